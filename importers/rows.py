"""One row of a table becomes one draft: every cell through its reader, what nobody understands kept and reported."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from importers.advice import ADVICE, CUT, FORMULA, NO_TITLE, NOT_PLACED, ODD_COORDINATES, ODD_POSTCODE, TITLE_CUT, TITLELESS
from importers.headings import Heading
from importers.limits import MAX_CELL
from infopool.directory.drafts import (
    Capacity,
    Check,
    ContactDraft,
    Cost,
    OfferDraft,
    ProviderDraft,
    SpokenLanguage,
    TextDraft,
    Unreadable,
    VenueDraft,
)
from infopool.directory.facts import Answer, CheckMethod, Origin, ProviderKind
from infopool.directory.reading import choices, contacts
from infopool.directory.reading.answers import read_answer
from infopool.directory.reading.cleaning import clean
from infopool.directory.reading.costs import read_cost
from infopool.directory.reading.dates import read_date
from infopool.directory.reading.levels import Levels, read_levels
from infopool.directory.reading.capacities import read_free_places
from infopool.directory.reading.spoken import read_languages
from infopool.directory.reading.times import read_times
from infopool.directory.reading.venues import Address, PlaceNames, read_address
from infopool.directory.reading.words import cut, is_blank
from infopool.directory.schedules import Schedule
from infopool.directory.topics import BY_CODE
from infopool.messages import Message

LONGEST_TITLE = 300

Key = tuple[str, str]
"""A field and, for texts, the language; empty is the language of the sheet."""


@dataclass
class Row:
    """The cells of one row by field, and what is gathered while they are read."""

    line: int
    places: PlaceNames
    language: str
    cells: dict[Key, str]
    headings: dict[Key, str]
    """The heading above each cell, as written."""
    kept: list[tuple[str, str]] = field(default_factory=list)
    reports: list[Unreadable] = field(default_factory=list)

    def cell(self, field_name: str, language: str = "") -> str:
        """The text of a field; empty when there is none or it says nothing."""
        text = self.cells.get((field_name, language), "")
        return "" if is_blank(text) else text

    def heading(self, field_name: str, language: str = "") -> str:
        """The heading of a field as the sheet has it."""
        return self.headings.get((field_name, language), field_name)

    def keep(self, field_name: str, text: str, why: Message, language: str = "") -> None:
        """Sets a text aside for the curators and says why."""
        heading = self.heading(field_name, language)
        self.kept.append((heading, text))
        self.reports.append(Unreadable(self.line, heading, why))

    def read(self, field_name: str, reader: Callable[[str], tuple[Any, str]]) -> Any:
        """What a reader makes of a field's cell; the rest is kept and reported with an advice what to write."""
        value, left = reader(self.cell(field_name))
        if left:
            self.keep(field_name, left, Message(ADVICE[field_name], {"text": shortened(left)}))
        return value


def shortened(text: str, most: int = 80) -> str:
    """A text short enough to be named in a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def make_row(line: int, columns: tuple[Heading, ...], cells: tuple[str, ...], places: PlaceNames, language: str) -> Row:
    """Lays the cells out by field; cells of unknown columns are kept, too long ones and formulas are reported."""
    row = Row(line, places, language, {}, {})
    for number, raw in enumerate(cells):
        text = _cleaned(raw)
        if not text:
            continue
        heading = columns[number] if number < len(columns) else Heading("")
        name = heading.written or column_letter(number)
        if len(text) > MAX_CELL:
            text = text[:MAX_CELL]
            row.reports.append(Unreadable(line, name, Message(CUT, {"most": MAX_CELL})))
        if text.startswith("=") and len(text) > 1:
            row.reports.append(Unreadable(line, name, Message(FORMULA)))
        if not heading.field:
            row.kept.append((name, text))
            continue
        key = (heading.field, heading.language if heading.language != language else "")
        row.cells[key] = f"{row.cells[key]}\n{text}" if key in row.cells else text
        row.headings.setdefault(key, name)
    return row


def _cleaned(raw: str) -> str:
    return clean(raw[: MAX_CELL * 3]) if raw else ""


def column_letter(number: int) -> str:
    """The letter a spreadsheet program shows above a column, counted from 0: A, B, ... Z, AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


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
    venue, formats = _venue(row), _formats(row)
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
        contacts=_contacts(row),
        capacity=Capacity(free_places, waiting, as_of),
        check=Check(checked_on, row.cell("checked_by")[:200], _check_method(row)),
        valid_until=_day(row, "valid_until"),
        working_group=row.read("working_group", lambda text: choices.read_working_group(text, row.places.region.working_groups)),
        source=row.cell("source")[:200],
        source_key=row.cell("number")[:150],
        kept=tuple(row.kept),
    )


# Texts.


def _texts(row: Row) -> tuple[TextDraft, ...]:
    """The texts, the sheet's own language first. A text without a title is kept aside: no page could show it."""
    languages = [""] + sorted({language for _, language in row.cells if language})
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


def _registration(row: Row) -> tuple[Answer, str]:
    """Whether one must register; what the cell says beyond yes and no ("telefonisch") tells how."""
    text = row.cell("registration")
    answer, left = read_answer(text, "registration_needed")
    if answer is Answer.UNKNOWN and left:
        answer = Answer.YES if re.search(r"\b(?:anmeld|termin|voranmeld|register|book|anruf)", left, re.I) and not re.search(r"\b(?:nicht|kein|ohne|no|not)", left, re.I) else answer
        if answer is Answer.UNKNOWN:
            row.keep("registration", left, Message(ADVICE["registration"], {"text": shortened(left)}))
        return answer, text
    plain = read_answer(text)[0] is answer and not left
    return answer, "" if plain else text


def _with_registration(text: TextDraft, words: str) -> TextDraft:
    if not words or words in text.registration:
        return text
    return replace(text, registration=f"{words}\n{text.registration}".strip()[:4_000])


# Facts.


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
    is_course = "language" in subjects or (not subjects and re.search("deutsch|sprach|german|language|kurs|course", title, re.I) is not None)
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
        together = "\n".join(filter(None, (row.cell("times"), apart)))
        key = next(key for key in (("times", ""), ("weekdays", ""), ("clock", "")) if key in row.headings)
        row.cells["times", ""] = together
        row.headings.setdefault(("times", ""), row.headings[key])
    schedule: Schedule = row.read("times", read_times)
    return schedule


def _formats(row: Row) -> tuple[str, ...]:
    formats: tuple[str, ...] = row.read("formats", choices.read_formats)
    if not formats and _is_only_online(row.cell("town")):
        return ("online",)
    return tuple(str(form) for form in formats)


def _is_only_online(town: str) -> bool:
    return town.strip().lower() in {"online", "digital", "internet", "zoom"}


# Where and how.


def _venue(row: Row) -> VenueDraft | None:
    whole = _address(row)
    name = ", ".join(filter(None, (row.cell("venue"), whole.name)))
    confidential = _is_confidential(row)
    latitude, longitude = _coordinates(row)
    if not any((name, whole.street, whole.postcode, whole.town, confidential, latitude)):
        return None
    if row.places.contradicts(whole.postcode, whole.town):
        values = {"postcode": whole.postcode, "town": whole.town}
        row.reports.append(Unreadable(row.line, row.heading("postcode"), Message(ODD_POSTCODE, values)))
    place = row.places.code_of(whole.postcode, whole.town)
    return VenueDraft(
        name[:300], whole.street[:300], whole.postcode[:10], whole.town[:200], place, latitude, longitude, confidential
    )


def _address(row: Row) -> Address:
    """The address from its own columns; a column that holds a whole address fills what the others leave open."""
    street = " ".join(filter(None, (row.cell("street"), row.cell("house_number"))))
    postcode, town = row.cell("postcode"), row.cell("town")
    parts = [read_address(text) for text in (street, row.cell("address")) if text]
    in_town = read_address(town) if re.search(r"\d{5}", town) else Address(town="" if _is_only_online(town) else town)
    in_postcode = read_address(postcode) if re.search(r"\d{5}\D", postcode + " ") else Address(postcode=re.sub(r"\s", "", postcode))
    if street and not parts[0].street and not parts[0].postcode:
        parts[0] = Address(street=street)
    if row.cell("address") and not parts[-1].postcode and not parts[-1].street and row.places.find(row.cell("address")):
        parts[-1] = Address(town=row.cell("address"))
    found = [*parts, in_postcode, in_town]
    first = {name: next((value for part in found if (value := getattr(part, name))), "") for name in ("name", "street", "town", "postcode")}
    if len(first["postcode"]) > 10:
        row.keep("postcode", first["postcode"], Message(ADVICE["postcode"], {"text": shortened(first["postcode"])}))
        first["postcode"] = ""
    return Address(**first)


def _is_confidential(row: Row) -> bool:
    """What nobody understands in this column counts as yes: an address shown by mistake cannot be taken back."""
    answer, left = read_answer(row.cell("confidential"), "confidential")
    if left:
        row.keep("confidential", left, Message(ADVICE["confidential"], {"text": shortened(left)}))
    return answer in (Answer.YES, Answer.LIMITED) or (answer is Answer.UNKNOWN and bool(left))


def _coordinates(row: Row) -> tuple[float | None, float | None]:
    texts = row.cell("latitude"), row.cell("longitude")
    if not any(texts):
        return None, None
    try:
        latitude, longitude = (float(text.replace(",", ".").strip("° NEO")) for text in texts)
    except ValueError:
        latitude = longitude = 0.0
    if (latitude, longitude) == (0.0, 0.0) or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        row.keep("latitude", ", ".join(texts), Message(ODD_COORDINATES))
        return None, None
    return latitude, longitude


def _contacts(row: Row) -> tuple[ContactDraft, ...]:
    """Phones, then e-mail, then websites, each once. A cell may hold what belongs into its neighbour."""
    found: list[ContactDraft] = []
    country = row.places.region.country
    for field_name, reader in _readers(country).items():
        text = row.cell(field_name)
        read, left = reader(text)
        for other in _readers(country).values():
            if left:
                more, left = other(left)
                read = (*read, *more)
        found.extend(read)
        if left:
            row.keep(field_name, left, Message(ADVICE.get(field_name, NOT_PLACED), {"text": shortened(left)}))
    order = ["phone", "email", "website"]
    return tuple(sorted({(one.kind, one.value): one for one in reversed(found)}.values(), key=lambda one: (order.index(one.kind), found.index(one))))


def _readers(country: str) -> dict[str, Callable[[str], tuple[tuple[ContactDraft, ...], str]]]:
    def phones(text: str) -> tuple[tuple[ContactDraft, ...], str]:
        return contacts.read_phones(text, country)

    return {
        "emails": contacts.read_emails,
        "websites": contacts.read_websites,
        "phones": phones,
        "mobile": phones,
        "contact": lambda text: ((), text),
    }
