"""From what was typed into the offer form to an offer, and what is wrong with it, each fault at its field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from infopool.curation.forms import (
    ADDRESS,
    ANSWERS,
    CONTACT_FIELDS,
    DAYS,
    READERS,
    TICKED,
    WORDS,
    Fields,
    codes_in,
    complete,
    empty,
    fields_of,
    same,
    source_of,
    text_in,
)
from infopool.directory.checks import check
from infopool.directory.drafts import (
    Capacity,
    Check,
    ContactDraft,
    Cost,
    OfferDraft,
    ProviderDraft,
    TextDraft,
    VenueDraft,
)
from infopool.directory.facts import Answer, CheckMethod, ContactKind, Origin
from infopool.directory.reading.answers import read_answer
from infopool.directory.reading.capacities import read_free_places
from infopool.directory.reading.cleaning import clean
from infopool.directory.reading.contacts import read_phones
from infopool.directory.reading.costs import read_cost
from infopool.directory.reading.dates import read_date
from infopool.directory.reading.spoken import read_languages
from infopool.directory.reading.times import doubt_about, read_times
from infopool.directory.reading.venues import PlaceNames
from infopool.directory.regions import Region
from infopool.directory.schedules import Schedule
from infopool.messages import N_, Message, Problem

T = TypeVar("T")

LEFT: dict[str, str] = {
    "languages": N_("We do not know the language “%(text)s”. Please write its name in full, like “Arabisch”."),
    "places": N_("We do not know the place “%(text)s”. Please write a municipality, or “ganzer Landkreis”."),
    "phones": N_("“%(text)s” is no phone number. Please write it like 07751 12345, remarks in brackets."),
    "emails": N_("“%(text)s” is no e-mail address. Please write it like name@example.org."),
    "websites": N_("“%(text)s” is no web address. Please write it like www.example.org."),
    "free_places": N_("Please write a number, like 4."),
    "starts_on": N_("Please write the day like 01.09.2027."),
    "ends_on": N_("Please write the day like 01.09.2027."),
    "register_by": N_("Please write the day like 01.09.2027."),
    "valid_until": N_("Please write the day like 01.09.2027."),
    "publish_on": N_("Please write the day like 01.09.2027."),
}
"""What to write instead of something nobody understood, by field."""
ODD_ADDRESS = N_("The postcode %(postcode)s does not belong to %(town)s. Please check both.")
ONLY_WORDS = N_("We show “%(text)s” as it stands; the search does not know these times.")
NO_AMOUNT = N_("We show “%(text)s” as it stands; the search does not know what it costs.")

_FROM_CHECKS = {"texts": "title", "key": "title", "phone": "phones", "email": "emails", "website": "websites"}
"""The checks' names for what the form calls otherwise."""


@dataclass(frozen=True)
class Read:
    """What was understood."""

    draft: OfferDraft
    problems: tuple[Problem, ...] = ()
    """What must be mended before it can be published."""
    hints: tuple[Problem, ...] = ()
    """What is worth a look, and harmless."""
    publish_on: date | None = None
    small_correction: bool = False


@dataclass
class _Reader:
    fields: Fields
    base: OfferDraft
    region: Region
    before: Fields = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    hints: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str:
        return clean(text_in(self.fields, name))

    def line(self, name: str) -> str:
        return " ".join(self.text(name).split())

    def unchanged(self, *names: str) -> bool:
        return all(same(self.fields[name], self.before[name]) for name in names)

    def read(self, name: str, reader: Callable[[str], tuple[T, str]], kept: T) -> T:
        """The value of a field; what the base has where the field says the same, and a fault for what is left over."""
        if self.unchanged(name):
            return kept
        value, left = reader(self.text(name))
        if left.strip():
            self.problems.append(Problem(name, Message(LEFT[name], {"text": _short(left)})))
        return value


def read(
    fields: Fields,
    region: Region,
    *,
    base: OfferDraft | None = None,
    author: str = "",
    today: date,
) -> Read:
    """The offer a form describes. `base` is the offer it was filled from: what the form does not speak of (other
    languages' texts, coordinates, the source) stays as it is there. `author` and `today` sign a check that is ticked.
    Never raises, whatever was typed."""
    base = base or empty()
    reader = _Reader(complete(fields), base, region, complete(fields_of(base, region)))
    draft = _draft(reader, author, today)
    publish_on = reader.read("publish_on", read_date, None)
    problems = [*reader.problems, *_from_checks(draft, region, {problem.field for problem in reader.problems})]
    return Read(draft, tuple(problems), tuple(reader.hints), publish_on, text_in(fields, "small") == "yes")


def _from_checks(draft: OfferDraft, region: Region, known: set[str]) -> Iterator[Problem]:
    """The faults every offer is checked for, at the form's fields; a field that has one already needs no second."""
    for problem in check(draft, region):
        name = problem.field.split(" (")[0]
        name = _FROM_CHECKS.get(name, name)
        if name not in known:
            known.add(name)
            yield Problem(name, problem.message)


def _draft(reader: _Reader, author: str, today: date) -> OfferDraft:
    base = reader.base
    names = place_names(reader.region)
    ticked: dict[str, Any] = {name: _ticks(reader, name) for name in TICKED}
    days: dict[str, Any] = {name: reader.read(name, read_date, getattr(base, name)) for name in DAYS}
    answers: dict[str, Any] = {name: _answer(reader, name) for name in ANSWERS}
    return replace(
        base,
        texts=_texts(reader),
        provider=_provider(reader),
        languages=reader.read("languages", read_languages, base.languages),
        level_required=reader.line("level_required"),
        cost=_cost(reader),
        schedule=_schedule(reader),
        places=reader.read("places", names.read_places, base.places),
        venue=_venue(reader, names),
        contacts=_contacts(reader),
        capacity=_capacity(reader, today),
        check=_check(reader, author, today),
        working_group=reader.line("working_group"),
        kept=() if text_in(reader.fields, "forget_kept") == "yes" else base.kept,
        **(ticked | days | answers),
    )


def _ticks(reader: _Reader, name: str) -> tuple[str, ...]:
    """The codes ticked: those that were there in their old order, then what is new."""
    before: tuple[str, ...] = getattr(reader.base, name)
    if reader.unchanged(name):
        return before
    ticked = codes_in(reader.fields, name)
    return tuple(dict.fromkeys([*(code for code in before if code in ticked), *ticked]))


_NAMES: dict[str, tuple[Region, PlaceNames]] = {}


def place_names(region: Region) -> PlaceNames:
    """The names of a region's places, prepared once."""
    known = _NAMES.get(region.code)
    if known is None or known[0] is not region:
        known = _NAMES[region.code] = (region, PlaceNames(region))
    return known[1]


def _texts(reader: _Reader) -> tuple[TextDraft, ...]:
    """The source text with its new words, where it stood; the others as they are."""
    old = source_of(reader.base)
    if reader.unchanged(*WORDS) and reader.base.texts:
        return reader.base.texts
    documents = tuple(line for line in reader.text("documents").split("\n") if line)
    new = replace(
        old,
        title=reader.line("title"),
        summary=reader.text("summary"),
        description=reader.text("description"),
        registration=reader.text("registration"),
        documents=old.documents if reader.unchanged("documents") else documents,
        origin=Origin.WRITTEN if old.origin is Origin.MACHINE else old.origin,
    )
    if not reader.base.texts:
        return (new,)
    return tuple(new if text is old else text for text in reader.base.texts)


def _provider(reader: _Reader) -> ProviderDraft | None:
    if reader.unchanged("provider"):
        return reader.base.provider
    name = reader.line("provider")
    return ProviderDraft(name) if name else None


def _cost(reader: _Reader) -> Cost:
    if reader.unchanged("cost"):
        return reader.base.cost
    cost, left = read_cost(reader.text("cost"))
    if left:
        reader.hints.append(Problem("cost", Message(NO_AMOUNT, {"text": _short(left)})))
    return cost


def _schedule(reader: _Reader) -> Schedule:
    if reader.unchanged("times"):
        return reader.base.schedule
    text = reader.text("times")
    schedule, left = read_times(text)
    if left:
        why = doubt_about(left) or Message(ONLY_WORDS, {"text": _short(left)})
        reader.hints.append(Problem("times", why))
    return schedule


def _venue(reader: _Reader, names: PlaceNames) -> VenueDraft | None:
    """The address; with its coordinates only as long as it is the same one."""
    confidential = text_in(reader.fields, "confidential") == "yes"
    if reader.unchanged(*ADDRESS):
        kept = reader.base.venue
        if kept is None:
            return VenueDraft(confidential=True) if confidential else None
        return replace(kept, confidential=confidential)
    name, street, postcode, town = (reader.line(part) for part in ADDRESS)
    if not any((name, street, postcode, town, confidential)):
        return None
    if names.contradicts(postcode, town):
        values = {"postcode": postcode, "town": town}
        reader.hints.append(Problem("postcode", Message(ODD_ADDRESS, values)))
    return VenueDraft(name, street, postcode, town, names.code_of(postcode, town), confidential=confidential)


def _contacts(reader: _Reader) -> tuple[ContactDraft, ...]:
    """Phones, e-mail, websites; who answers in which language stays with the number."""
    if reader.unchanged(*CONTACT_FIELDS):
        return reader.base.contacts
    spoken = {(contact.kind, contact.value): contact.languages for contact in reader.base.contacts}
    found: list[ContactDraft] = []
    for name, kind in CONTACT_FIELDS.items():
        kept = tuple(contact for contact in reader.base.contacts if contact.kind is kind)
        found += reader.read(name, _reader_of(kind, reader.region.country), kept)
    return tuple(replace(one, languages=spoken.get((one.kind, one.value), one.languages)) for one in found)


def _reader_of(kind: ContactKind, country: str) -> Callable[[str], tuple[tuple[ContactDraft, ...], str]]:
    if kind is ContactKind.PHONE:
        return lambda text: read_phones(text, country)
    return READERS[kind]


def _capacity(reader: _Reader, today: date) -> Capacity:
    if reader.unchanged("free_places", "waiting"):
        return reader.base.capacity
    free = reader.read("free_places", read_free_places, reader.base.capacity.free_places)
    waiting = reader.text("waiting")
    return Capacity(free, waiting, today if free is not None or waiting else None)


def _check(reader: _Reader, author: str, today: date) -> Check:
    """The check that is ticked. It holds for the day the form was opened on: typing goes on for days now and then."""
    method = text_in(reader.fields, "checked")
    if method == CheckMethod.PROVIDER:
        return Check(today, "", CheckMethod.PROVIDER)
    if method in (CheckMethod.PHONE, CheckMethod.WEB, CheckMethod.VISIT, CheckMethod.EMAIL):
        ticked_on = read_date(text_in(reader.fields, "checked_on"))[0] or today
        return Check(min(ticked_on, today), author, CheckMethod(method))
    return reader.base.check


def _answer(reader: _Reader, name: str) -> Answer:
    typed = reader.line(name)
    return Answer(typed) if typed in list(Answer) else read_answer(typed, name)[0]


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
