"""From a row to a draft: every cell through its reader."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from importers.advice import ADVICE, CUT, NO_TITLE, TITLE_CUT, TITLELESS
from importers.limits import MAX_CELL
from importers.rows import Row, shortened
from importers.whereabouts import contacts_of, is_only_online, venue_of
from infopool.directory.drafts import (
    Capacity,
    Check,
    Cost,
    OfferDraft,
    ProviderDraft,
    SpokenLanguage,
    TextDraft,
    Unreadable,
)
from infopool.directory.facts import Answer, CheckMethod, Format, Origin, ProviderKind
from infopool.directory.reading import choices
from infopool.directory.reading.answers import read_answer
from infopool.directory.reading.capacities import read_free_places
from infopool.directory.reading.costs import read_cost
from infopool.directory.reading.dates import read_date
from infopool.directory.reading.levels import Levels, read_levels
from infopool.directory.reading.spoken import read_languages
from infopool.directory.reading.times import doubt_about, read_times
from infopool.directory.reading.words import cut
from infopool.directory.schedules import Schedule
from infopool.directory.topics import BY_CODE
from infopool.messages import Message

LONGEST_TITLE = 300


def draft_of(row: Row) -> OfferDraft | None:
    """The draft of a row; None when it has no title in any language (the row's reports say so)."""
    texts = _texts(row)
    if not texts:
        row.reports.append(Unreadable(row.line, row.heading("title"), Message(NO_TITLE), row_lost=True))
        return None
    topics = row.read("topics", choices.read_topics)
    levels = _levels(row, topics, texts[0].title)
    registration_needed, registration = _registration(row)
    texts = (_with_registration(texts[0], registration), *texts[1:])
    checked_on = _day(row, "checked_on")
    free_places: int | None = row.read("free_places", read_free_places)
    waiting = row.cell("waiting")[:300]
    as_of = _day(row, "capacity_as_of") or (checked_on if waiting or free_places is not None else None)
    venue, formats = venue_of(row), _formats(row)
    return OfferDraft(
        texts=texts,
        provider=_provider(row),
        topics=topics,
        audiences=row.read("audiences", choices.read_audiences),
        languages=_spoken(row),
        levels_taught=levels.taught,
        level_required=levels.required,
        cost=_cost(row),
        formats=formats,
        childcare=_answer(row, "childcare"),
        women_only=_answer(row, "women_only"),
        wheelchair=_answer(row, "wheelchair"),
        registration_needed=registration_needed,
        residence=row.read("residence", choices.read_residence),
        schedule=_schedule(row),
        starts_on=_day(row, "starts_on"),
        ends_on=_day(row, "ends_on"),
        register_by=_day(row, "register_by"),
        places=row.read("places", row.places.read_places),
        venue=venue,
        contacts=contacts_of(row),
        capacity=Capacity(free_places, waiting, as_of),
        check=Check(checked_on, row.cell("checked_by")[:200], _check_method(row)),
        valid_until=_day(row, "valid_until"),
        working_group=row.read(
            "working_group", lambda text: choices.read_working_group(text, row.places.region.working_groups)
        ),
        source=row.cell("source")[:200],
        source_key=row.cell("number")[:150],
        kept=tuple(row.kept),
    )


def _texts(row: Row) -> tuple[TextDraft, ...]:
    """The texts, the sheet's own language first. A text without a title is kept aside: no page could show it."""
    languages = ["", *sorted({language for _, language in row.cells if language})]
    texts = [_text(row, language) for language in languages]
    titled = [text for text in texts if text.title]
    for language, text in zip(languages, texts, strict=True):
        if titled and not text.title:
            _keep_untitled(row, language)
    own = any(text.language == row.language for text in titled)
    return tuple(
        replace(text, origin=Origin.TRANSLATED) if own and text.language != row.language else text for text in titled
    )


def _text(row: Row, language: str) -> TextDraft:
    title = " ".join(row.cell("title", language).split())
    description = row.cell("description", language)
    if len(title) > LONGEST_TITLE:
        row.keep("title", title, Message(TITLE_CUT, {"most": LONGEST_TITLE}), language)
        title = shortened(title, LONGEST_TITLE)
    summary = row.cell("summary", language)
    if len(summary) > 2_000:
        summary, description = shortened(summary, 300), f"{summary}\n\n{description}".strip()
    return TextDraft(
        language or row.language,
        title,
        summary,
        description[:MAX_CELL],
        _at_most(row, "registration_words", language, 4_000),
        _documents(row.cell("documents", language)),
    )


def _at_most(row: Row, field_name: str, language: str, most: int) -> str:
    text = row.cell(field_name, language)
    if len(text) > most:
        row.keep(field_name, text, Message(CUT, {"most": most}), language)
    return text[:most]


def _documents(text: str) -> tuple[str, ...]:
    pieces = cut(text, "\n;|•") if re.search(r"[\n;|•]", text) else cut(text, ",")
    return tuple(piece.lstrip("-–* ") for piece in pieces if piece.strip("-–* "))


def _keep_untitled(row: Row, language: str) -> None:
    for field_name in ("summary", "description", "registration_words", "documents"):
        text = row.cell(field_name, language)
        if text:
            row.keep(field_name, text, Message(TITLELESS), language)


TELLS_HOW = re.compile(
    r"telef|online|mail|schrift|persön|phone|person|termin|appoint|anruf|call|vor ort|büro|formular|kommen|drop in",
    re.IGNORECASE,
)
"""Words in an answer to "registration?" that say more than yes or no: how."""


def _registration(row: Row) -> tuple[Answer, str]:
    """Whether one must register; what the cell says beyond yes and no ("telefonisch") tells how."""
    text = row.cell("registration")
    answer, left = read_answer(text, "registration_needed")
    if answer is Answer.UNKNOWN and left:
        answer = (
            Answer.YES
            if re.search(r"\b(?:anmeld|termin|voranmeld|register|book|anruf)", left, re.I)
            and not re.search(r"\b(?:nicht|kein|ohne|no|not)", left, re.I)
            else answer
        )
        if answer is Answer.UNKNOWN:
            row.keep("registration", left, Message(ADVICE["registration"], {"text": shortened(left)}))
        return answer, text
    return answer, text if left or TELLS_HOW.search(text) else ""


def _with_registration(text: TextDraft, words: str) -> TextDraft:
    if not words or words in text.registration:
        return text
    return replace(text, registration=f"{words}\n{text.registration}".strip()[:4_000])


def _provider(row: Row) -> ProviderDraft | None:
    name = " ".join(row.cell("provider").split())
    kind: ProviderKind = row.read("provider_kind", choices.read_provider_kind)
    return ProviderDraft(shortened(name, 300), kind) if name else None


def _spoken(row: Row) -> tuple[SpokenLanguage, ...]:
    spoken: tuple[SpokenLanguage, ...] = row.read("languages", read_languages)
    return spoken


def _levels(row: Row, topics: tuple[str, ...], title: str) -> Levels:
    """A bare "A2" is taught where German is the subject, and needed where it is not."""
    subjects = {BY_CODE[code].parent or code for code in topics}
    is_course = "language" in subjects or (
        not subjects and re.search("deutsch|sprach|german|language|kurs|course", title, re.I) is not None
    )
    both: Levels = row.read("level", lambda text: read_levels(text, is_course))
    needed: Levels = row.read("level_required", lambda text: read_levels(text, False))
    taught: Levels = row.read("level_taught", lambda text: read_levels(text, True))
    return Levels(taught.taught or both.taught, needed.required or both.required)


def _cost(row: Row) -> Cost:
    cost: Cost = row.read("cost", read_cost)
    return cost


def _answer(row: Row, field_name: str) -> Answer:
    answer: Answer = row.read(field_name, lambda text: read_answer(text, field_name))
    return answer


def _check_method(row: Row) -> CheckMethod | None:
    method: CheckMethod | None = row.read("checked_how", choices.read_check_method)
    return method


def _day(row: Row, field_name: str) -> date | None:
    day: date | None = row.read(field_name, read_date)
    return day


def _schedule(row: Row) -> Schedule:
    """The times; weekdays and clock times in two columns of their own belong together."""
    apart = " ".join(filter(None, (row.cell("weekdays"), row.cell("clock"))))
    if apart:
        row.cells["times", ""] = "\n".join(filter(None, (row.cell("times"), apart)))
        other = row.heading("weekdays" if row.cell("weekdays") else "clock")
        row.headings.setdefault(("times", ""), other)
    schedule, left = read_times(row.cell("times"))
    if left:
        row.keep("times", left, doubt_about(left) or Message(ADVICE["times"], {"text": shortened(left)}))
    return schedule


def _formats(row: Row) -> tuple[str, ...]:
    formats: tuple[str, ...] = row.read("formats", choices.read_formats)
    if not formats and is_only_online(row.cell("town")):
        return (Format.ONLINE,)
    return tuple(str(form) for form in formats)
