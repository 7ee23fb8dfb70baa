"""One row of a table: its cells laid out by field, and what is kept aside and reported while they are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from importers.advice import ADVICE, CUT, FORMULA
from importers.headings import Heading, column_letter
from importers.limits import MAX_CELL
from infopool.directory.drafts import Unreadable
from infopool.directory.reading.cleaning import clean
from infopool.directory.reading.venues import PlaceNames
from infopool.directory.reading.words import is_blank
from infopool.messages import Message

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
    for heading in reversed(columns):
        row.headings[_key(heading, language)] = heading.written
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
        key = _key(heading, language)
        row.cells[key] = f"{row.cells[key]}\n{text}" if key in row.cells else text
    return row


def _key(heading: Heading, language: str) -> Key:
    return heading.field, heading.language if heading.language != language else ""


def _cleaned(raw: str) -> str:
    return clean(raw[: MAX_CELL * 3]) if raw else ""
