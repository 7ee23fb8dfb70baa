"""Headings: which column holds what, in any order and in any spelling a person would recognise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel import Locale

from infopool.directory.reading.cleaning import clean
from infopool.directory.reading.spoken import known_name
from infopool.directory.reading.tables import rows, words_in
from infopool.directory.reading.words import Synonyms
from infopool.languages import BY_TAG

COLUMNS: dict[str, tuple[str, ...]] = {
    row["field"]: words_in(row["words"]) for row in rows(Path(__file__).with_name("headings.tsv"))
}
"""Field -> the headings people give it; the first is the one our own spreadsheet uses."""

TEXTS = frozenset({"title", "summary", "description", "registration_words", "documents"})
"""The fields that exist once per language: "Titel (en)"."""

SEVERAL = frozenset(
    {
        "phones",
        "mobile",
        "emails",
        "websites",
        "topics",
        "audiences",
        "languages",
        "documents",
        "places",
        "contact",
        "times",
        "residence",
    }
)
"""The fields that may stand in more than one column; the cells are read one after the other."""


@dataclass(frozen=True)
class Heading:
    """One column's heading as written, and what it was understood as."""

    written: str
    field: str = ""
    """Empty when nobody knows it."""
    language: str = ""
    """The language of a text column that names one ("Titel (en)")."""


@dataclass(frozen=True)
class HeadingRow:
    """The row that names the columns."""

    line: int
    columns: tuple[Heading, ...]
    again: tuple[int, ...] = ()
    """Further rows that look like headings."""


_TABLE = Synonyms(COLUMNS, closeness=88.0)
_TAGGED = re.compile(
    r"^(?P<name>.+?)\s*[(\[]\s*(?P<tag>[^()\[\]]{2,40})\s*[)\]]\s*$"
    r"|^(?P<name2>.+?)\s*[_\-/:]\s*(?P<tag2>[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,8})?)\s*$"
    r"|^(?P<name3>.+?)\s+(?:auf\s+|in\s+)?(?P<tag3>[^\W\d_]{2,20})\s*$"
)
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


@lru_cache(maxsize=2_000)
def understand(written: str) -> Heading:
    """What a heading means. "Titel (en)", "description_de" and "Titel auf Arabisch" name a language, too."""
    text = " ".join(written.replace("*", " ").split()).strip(" :;.")
    if not text or len(text) > 120:
        return Heading(written)
    exact = _TABLE.exactly(text)
    if exact:
        return Heading(written, exact)
    tagged = _with_language(written, text)
    if tagged:
        return tagged
    without = re.sub(r"\s*[(\[][^()\[\]]*[)\]]", " ", text).strip() or text
    field = _TABLE.exactly(without) or _TABLE.exactly(re.sub(r"[\s_]*\d{1,2}$", "", without)) or _TABLE.find(without)
    return Heading(written, field)


def _with_language(written: str, text: str) -> Heading | None:
    found = _TAGGED.match(text)
    if not found:
        return None
    name, tag = next(
        (found[name], found[tag])
        for name, tag in (("name", "tag"), ("name2", "tag2"), ("name3", "tag3"))
        if found[name]
    )
    field, language = _TABLE.find(name), language_tag(tag)
    return Heading(written, field, language) if field in TEXTS and language else None


@lru_cache(maxsize=500)
def language_tag(text: str) -> str:
    """The tag of a text's language as written in a heading: `en`, `en-GB`, `Englisch`; empty when it names none."""
    text = text.strip()
    if _TAG.fullmatch(text):
        parts = text.replace("_", "-").split("-")
        tag = "-".join(
            [
                parts[0].lower(),
                *(
                    part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part.lower()
                    for part in parts[1:]
                ),
            ]
        )
        for candidate in (tag, tag.lower(), parts[0].lower()):
            if candidate in BY_TAG:
                return candidate
        if parts[0].lower() in Locale.parse("de").languages or parts[0].lower() in ("prs", "kmr"):
            return tag[:20]
    return known_name(text)


def rank(cells: Sequence[str]) -> float:
    """How much a row looks like the headings: its known headings, each field counted once, a title far ahead."""
    fields = {
        (heading.field, heading.language)
        for heading in map(understand, (cell.strip() for cell in cells[:220]))
        if heading.field
    }
    return len(fields) + (3 if ("title", "") in fields else 0)


def is_heading(cell: str) -> bool:
    """Whether a cell is, word for word, one of the headings people write."""
    return len(cell) < 60 and bool(_TABLE.exactly(cell))


def _is_heading_row(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    known = sum(bool(understand(cell.strip()).field) for cell in filled[:220])
    return known >= 3 and known >= 0.6 * len(filled)


Mapping = dict[str, tuple[str, str]]
"""What somebody says that columns mean: name (as `column_names` has it) -> field (empty: keep it aside), language."""


def column_names(cells: Sequence[str]) -> list[str]:
    """A name for every column of a row of headings: its heading, else its letter; a number tells twins apart."""
    names: list[str] = []
    for number, cell in enumerate(cells):
        name = first = " ".join(clean(cell[:2_000]).split())[:200] or column_letter(number)
        again = 2
        while name in names:
            name = f"{first} ({again})"
            again += 1
        names.append(name)
    return names


def column_letter(number: int) -> str:
    """The letter a spreadsheet program shows above a column, counted from 0: A, B, ... Z, AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def likely_headings(table: Sequence[tuple[int, Sequence[str]]], mapping: Mapping) -> tuple[int, Sequence[str]] | None:
    """The row among the first fifteen that looks most like headings, by its own words and by those of a mapping."""

    def likeness(cells: Sequence[str]) -> float:
        return rank(cells) + sum(2 for name in column_names(cells[:220]) if name in mapping)

    candidates = [(likeness(cells), -line, cells) for line, cells in table[:15]]
    if not candidates:
        return None
    _, line, cells = max(candidates, key=lambda candidate: candidate[:2])
    return -line, cells


def find_headings(table: Sequence[tuple[int, Sequence[str]]], mapping: Mapping | None = None) -> HeadingRow | None:
    """The row of headings among the first fifteen, the one with the most known headings (the first among equals).

    Rows above it are a title or a remark. What a `mapping` says of a column goes before its heading. None when no row
    names a title column: without it nothing can be read.
    """
    found = likely_headings(table, mapping or {})
    if found is None:
        return None
    line, cells = -found[0], list(found[1])
    if mapping:  # somebody may have said what stands below an empty heading
        cells += [""] * (min(max(len(row) for _, row in table), 220) - len(cells))
    columns = understood_columns(cells, mapping or {})
    if not any(heading.field == "title" for heading in columns):
        return None
    title = next(number for number, heading in enumerate(columns) if heading.field == "title")
    again = tuple(
        other
        for other, others in table
        if other != -line and title < len(others) and is_heading(others[title]) and _is_heading_row(others)
    )
    return HeadingRow(-line, tuple(columns), again)


def understood_columns(cells: Sequence[str], mapping: Mapping) -> list[Heading]:
    """What each column of a row of headings holds."""
    columns = [understand(cell.strip()) for cell in cells]
    told: set[int] = set()
    for number, name in enumerate(column_names(cells)):
        if name in mapping:
            field, language = mapping[name]
            columns[number] = Heading(columns[number].written, field, language if field in TEXTS else "")
            told.add(number)
    return _each_field_once(columns, told)


def _each_field_once(columns: list[Heading], told: set[int]) -> list[Heading]:
    """A second column for the same thing is not understood, unless the field may stand in several; the one of which
    somebody has said so comes first."""
    seen: set[tuple[str, str]] = set()
    once = list(columns)
    for number in sorted(range(len(columns)), key=lambda number: (number not in told, number)):
        heading = columns[number]
        key = (heading.field, heading.language)
        if key in seen and heading.field not in SEVERAL:
            once[number] = Heading(heading.written)
        seen.add(key)
    return once
