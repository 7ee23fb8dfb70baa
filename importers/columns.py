"""Looking at a list before reading it: its columns, what each was understood as, and examples of what stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from importers.headings import Mapping, column_names, likely_headings, understood_columns
from importers.rows import shortened
from importers.spreadsheet import best
from importers.tables import read_tables
from infopool.directory.reading.cleaning import clean
from infopool.messages import N_, Message

EXAMPLES = 3
LONGEST_EXAMPLE = 60
LOOKED_AT = 200
"""Rows in which examples are looked for."""
_NOT_THERE = Message(N_("The file could not be opened. Please check its name."))


@dataclass(frozen=True)
class Column:
    """One column of a list."""

    name: str
    """Its heading, or its letter where it has none; every column of a list has another."""
    field: str
    """What it holds, as `headings.COLUMNS` names it; empty when it is kept aside."""
    language: str
    """The language of its texts, where its heading names one."""
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Look:
    """What a list looks like."""

    columns: tuple[Column, ...]
    rows: int
    """Rows that hold anything, the headings not counted."""
    sheet: str = ""

    @property
    def has_title(self) -> bool:
        """Whether a column of titles was found; without one nothing can be read."""
        return any(column.field == "title" for column in self.columns)


def look_at(source: bytes | Path, mapping: Mapping | None = None) -> Look | Message:
    """The columns of a list, or why it cannot be read. Where no row of headings is found, the likeliest one counts."""
    try:
        tables = read_tables(source)
    except OSError:
        return _NOT_THERE
    if isinstance(tables, Message):
        return tables
    table, _ = best(tables, mapping)
    found = likely_headings(table.rows, mapping or {})
    line, cells = found or (0, ())
    below = [row for number, row in table.rows if number > line]
    width = max([len(cells), *(len(row) for row in below[:LOOKED_AT])], default=0)
    headings = [*cells, *[""] * (width - len(cells))]
    columns = tuple(
        Column(name, heading.field, heading.language, _examples(below, number))
        for number, (name, heading) in enumerate(
            zip(column_names(headings), understood_columns(headings, mapping or {}), strict=True)
        )
    )
    return Look(tuple(column for column in columns if column.field or column.examples), len(below), table.name)


def _examples(rows: list[tuple[str, ...]], number: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in rows[:LOOKED_AT]:
        words = shortened(clean(row[number][:2_000]), LONGEST_EXAMPLE) if number < len(row) else ""
        if words:
            found[words] = None
        if len(found) == EXAMPLES:
            break
    return tuple(found)
