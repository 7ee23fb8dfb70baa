"""The offer form as its page shows it: what may be chosen, what was understood, what is worth a look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from infopool import languages
from infopool.curation.edits import Choice
from infopool.curation.forms import LABELS, TICKED, Difference, Fields, codes_in, text_in
from infopool.curation.forms_reading import Read
from infopool.curation.history import TextDifference
from infopool.curation.readability import Ease, readability
from infopool.directory import offers
from infopool.directory.drafts import OfferDraft
from infopool.directory.facts import AUDIENCES, FORMATS, LEVELS, RESIDENCE, Answer, CheckMethod, CostKind
from infopool.directory.models import Offer
from infopool.directory.regions import Region
from infopool.directory.topics import TOP, children
from infopool.directory.wording import Change, Piece, what_changed
from infopool.exchange.labels import Labels
from infopool.messages import N_, Message, Problem
from infopool.web.presenters import schedules
from infopool.web.wording import Wording, phone

FACETS = {
    "topics": "topic",
    "audiences": "audience",
    "levels_taught": "level",
    "formats": "format",
    "residence": "residence",
}
"""The field's name for the labels of its codes."""

YES_OR_NO: dict[str, str] = {
    "": N_("not known"),
    Answer.YES: N_("yes"),
    Answer.LIMITED: N_("partly, or on request"),
    Answer.NO: N_("no"),
}
CHECKED: dict[str, str] = {
    "": N_("not checked just now"),
    CheckMethod.PHONE: N_("checked today by phone"),
    CheckMethod.WEB: N_("checked today on the provider’s website"),
    CheckMethod.EMAIL: N_("checked today by e-mail"),
    CheckMethod.VISIT: N_("checked today by a visit"),
}
EASE: dict[Ease, str] = {
    Ease.EASY: N_("Easy to read. Thank you!"),
    Ease.FAIR: N_("Fairly easy to read."),
}
OWN_WORDS = {"yes": N_("yes"), "": N_("no")}
NOTHING = "–"


@dataclass(frozen=True)
class TopicGroup:
    """A top topic with those below it."""

    label: str
    choices: tuple[tuple[str, str], ...]
    opened: bool


@dataclass(frozen=True)
class Text:
    """Another language's text of the offer."""

    language: str
    outdated: bool


@dataclass(frozen=True)
class DifferenceView:
    """What differs in one field, word by word."""

    name: str
    label: str
    pieces: tuple[Piece, ...]
    before: str
    after: str


@dataclass(frozen=True)
class ChoiceView:
    """A part of the form to choose."""

    key: str
    label: str
    theirs: str
    mine: str
    pieces: tuple[Piece, ...]
    decided: str


def topic_groups(labels: Labels, ticked: Sequence[str], group: str) -> tuple[TopicGroup, ...]:
    """All topics under their headings; open are those with a tick and those of one's own working group."""
    return tuple(
        TopicGroup(
            labels.value("topic", top.code),
            tuple((topic.code, labels.value("topic", topic.code)) for topic in (top, *children(top.code))),
            any(topic.code in ticked for topic in (top, *children(top.code)))
            or bool(group and top.working_group == group and not ticked),
        )
        for top in TOP
    )


def ticks(labels: Labels, name: str) -> list[tuple[str, str]]:
    """What may be ticked in a field, each with its words."""
    codes: Iterable[str] = {
        "audiences": AUDIENCES,
        "levels_taught": LEVELS,
        "formats": FORMATS,
        "residence": RESIDENCE,
    }[name]
    return [(str(code), labels.value(FACETS[name], code)) for code in codes]


def answers(wording: Wording) -> list[tuple[str, str]]:
    """The answers to a yes-or-no question."""
    return [(str(code), wording.translator.gettext(words)) for code, words in YES_OR_NO.items()]


def checks(wording: Wording) -> list[tuple[str, str]]:
    """The ways to have checked an offer today."""
    return [(str(code), wording.translator.gettext(words)) for code, words in CHECKED.items()]


def levels(labels: Labels, wording: Wording) -> list[tuple[str, str]]:
    """The German one may need."""
    gettext = wording.translator.gettext
    needed = [(code, labels.value("level", code)) for code in LEVELS if code != "A0"]
    return [("", gettext(N_("not known"))), ("A0", gettext(N_("none"))), *needed]


def groups(region: Region, wording: Wording) -> list[tuple[str, str]]:
    """The working groups to choose from."""
    nobody = wording.translator.gettext(N_("the one that looks after the topic"))
    return [("", nobody), *((group.code, group.name) for group in region.working_groups)]


def field_labels(wording: Wording) -> dict[str, str]:
    """What the fields are called."""
    return {name: wording.translator.gettext(words) for name, words in LABELS.items()}


def sentences(problems: Iterable[Problem], wording: Wording) -> dict[str, str]:
    """Field -> its sentence, the first one of each."""
    said: dict[str, str] = {}
    for problem in problems:
        said.setdefault(problem.field, wording.say(problem.message))
    return said


def other_texts(offer: Offer | None, source: str, wording: Wording) -> tuple[Text, ...]:
    """The texts of an offer in other languages than the one the form edits."""
    return tuple(
        Text(wording.language_name(text.language), offers.is_outdated(offer, text))
        for text in (offer.texts if offer else ())
        if text.language != source and offer
    )


def understood(read: Read, fields: Fields, labels: Labels, wording: Wording, today: date) -> dict[str, list[str]]:
    """What was understood of what was typed, field by field, as lines to stand below it."""
    draft = read.draft
    said = {
        "times": [_when(line) for line in schedules.full(draft.schedule, wording, today)],
        "cost": [_cost(draft, labels, wording)] if text_in(fields, "cost").strip() else [],
        "languages": [wording.separated([_spoken(one.tag, one.note, wording) for one in draft.languages])],
        "places": [wording.separated([labels.place(code) for code in draft.places])],
        "phones": [_number(one.value, one.note) for one in draft.contacts if one.kind == "phone"],
        "town": [labels.place(draft.venue.place)] if draft.venue and draft.venue.place else [],
    }
    for name in ("starts_on", "ends_on", "register_by", "valid_until"):
        day = getattr(draft, name)
        said[name] = [wording.weekday_and_day(day, date.min)] if day else []
    said["publish_on"] = [wording.weekday_and_day(read.publish_on, date.min)] if read.publish_on else []
    return {name: [line for line in lines if line] for name, lines in said.items()}


def _when(line: schedules.When) -> str:
    return ", ".join(part for part in (line.days, line.hours, *line.notes) if part)


def _cost(draft: OfferDraft, labels: Labels, wording: Wording) -> str:
    cost = draft.cost
    if cost.kind == CostKind.PAID and cost.cents:
        return wording.price(cost.cents, cost.period)
    return labels.value("cost", cost.kind) if cost.kind != CostKind.UNKNOWN else ""


def _spoken(tag: str, note: str, wording: Wording) -> str:
    name = wording.language_name(tag)
    return f"{name} ({note})" if note and note != name else name


def _number(value: str, note: str) -> str:
    return f"{phone(value)} ({note})" if note else phone(value)


def how_it_reads(fields: Fields, wording: Wording, language: str) -> dict[str, list[str]]:
    """How hard the words are to read, for the two fields where it matters; German is the only language we can judge."""
    if language != languages.SOURCE_LANGUAGE:
        return {"summary": [], "description": []}
    return {name: _ease(text_in(fields, name), wording) for name in ("summary", "description")}


def _ease(text: str, wording: Wording) -> list[str]:
    found = readability(text)
    praise = EASE.get(found.ease) if found.ease else None
    said = [wording.translator.gettext(praise)] if praise else []
    return said + [wording.say(hint) for hint in found.hints()]


def readable(name: str, fields: Fields, labels: Labels, wording: Wording) -> str:
    """What stands in a field, in words."""
    gettext = wording.translator.gettext
    if name in TICKED:
        return ", ".join(labels.value(FACETS[name], code) for code in codes_in(fields, name))
    text = text_in(fields, name)
    if name in ("childcare", "women_only", "wheelchair", "registration_needed"):
        return gettext(YES_OR_NO[text]) if text in YES_OR_NO and text else ""
    if name == "confidential":
        return gettext(OWN_WORDS.get(text, text))
    if name == "working_group":
        return {group.code: group.name for group in labels.region.working_groups}.get(text, text)
    if name == "level_required" and text:
        return gettext(N_("none")) if text == "A0" else labels.value("level", text)
    return text


def differences(
    found: Iterable[Difference], before: Fields, after: Fields, labels: Labels, wording: Wording
) -> list[DifferenceView]:
    """What differs between two contents, word by word, in people's words."""
    views = []
    for one in found:
        old, new = (readable(one.field, fields, labels, wording) for fields in (before, after))
        label = wording.translator.gettext(LABELS[one.field])
        views.append(DifferenceView(one.field, label, pieces(old, new), old, new))
    return views


FEW_KEPT = 0.4
"""Where less than this share of the letters stays, word by word is harder to read than one after the other."""


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """What has changed, word by word; a text that is new altogether stands after the old one."""
    found = what_changed(before, after)
    kept = sum(len(piece.words) for piece in found if piece.change is Change.KEPT)
    if before and after and kept < FEW_KEPT * max(len(before), len(after)):
        return (Piece(Change.GONE, before), Piece(Change.KEPT, "\n"), Piece(Change.NEW, after))
    return found


def text_differences(found: Iterable[TextDifference], wording: Wording) -> list[DifferenceView]:
    """What differs in the texts of other languages, word by word."""
    gettext = wording.translator.gettext
    return [
        DifferenceView(
            f"{one.language}-{one.field}",
            f"{wording.language_name(one.language)}: {gettext(LABELS[one.field])}",
            pieces(one.before, one.after),
            one.before,
            one.after,
        )
        for one in found
    ]


def choice_views(
    found: Iterable[Choice], theirs: Fields, mine: Fields, labels: Labels, wording: Wording
) -> list[ChoiceView]:
    """The parts two people have filled differently, side by side."""
    return [_choice(one, theirs, mine, labels, wording) for one in found]


def _choice(one: Choice, theirs: Fields, mine: Fields, labels: Labels, wording: Wording) -> ChoiceView:
    old, new = (_unit(one.fields, fields, labels, wording) for fields in (theirs, mine))
    label = wording.separated([wording.translator.gettext(LABELS[name]) for name in one.fields])
    return ChoiceView(one.fields[0], label, old or NOTHING, new or NOTHING, pieces(old, new), one.decided)


def _unit(names: Iterable[str], fields: Fields, labels: Labels, wording: Wording) -> str:
    return "\n".join(part for name in names if (part := readable(name, fields, labels, wording)))


def hidden(fields: Mapping[str, str | list[str]]) -> list[tuple[str, str]]:
    """All fields as pairs, to travel with a page unseen."""
    pairs: list[tuple[str, str]] = []
    for name, value in fields.items():
        pairs += [(name, one) for one in value] if isinstance(value, list) else [(name, value)]
    return pairs


def said(messages: Iterable[Message], wording: Wording) -> list[str]:
    """Sentences in the language of the page."""
    return [wording.say(message) for message in messages]
