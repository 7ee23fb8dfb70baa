"""Opens an XLSX or ODS file in a process of its own, with little memory and time, and writes its cells as JSON.

It is started as a script and imports nothing of ours but the limits beside it. Standard input: the file. Standard
output: `{"tables": [[name, [[row, [cell, ...]], ...]], ...]}`, or `{"refused": code}`.
"""

from __future__ import annotations

import io
import json
import os
import runpy
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

LIMITS = runpy.run_path(str(Path(__file__).with_name("limits.py")))
MAX_ROWS, MAX_COLUMNS, MAX_CELL = LIMITS["MAX_ROWS"], LIMITS["MAX_COLUMNS"], LIMITS["MAX_CELL"]

Row = tuple[int, list[str]]


class Refused(Exception):
    """Why the file is not read; the argument is one of the codes the caller knows."""


def main() -> None:
    """Reads the file of the kind named on the command line from standard input."""
    limit_this_process()
    try:
        data = sys.stdin.buffer.read()
        refuse_entities(data)
        read = {"xlsx": xlsx_sheets, "ods": ods_sheets}[sys.argv[1]]
        answer: dict[str, Any] = {"tables": collect(read(data))}
    except Refused as refusal:
        answer = {"refused": str(refusal)}
    except MemoryError:
        answer = {"refused": "memory"}
    except Exception:  # whatever a hostile file makes a parser raise: one clear answer
        answer = {"refused": "broken"}
    json.dump(answer, sys.stdout, ensure_ascii=True)
    sys.stdout.flush()
    os._exit(0)  # taking down a deep tree could still overflow the stack; there is nothing left to tidy


def limit_this_process() -> None:
    """Bounds memory and processor time, and keeps out optional libraries that would need much of both."""
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl takes it when it is there; its threads eat the memory
    sys.modules["lxml"] = None  # type: ignore[assignment]
    sys.modules["defusedxml"] = None  # type: ignore[assignment]  # slow; `refuse_entities` is stricter and was here before
    try:
        import resource
    except ImportError:  # not on every system; the caller's time limit remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (LIMITS["MEMORY"], LIMITS["MEMORY"]))
    resource.setrlimit(resource.RLIMIT_CPU, (LIMITS["SECONDS"], LIMITS["SECONDS"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def refuse_entities(data: bytes) -> None:
    """Refuses a workbook with a document type or entities anywhere: no spreadsheet program writes them.

    The parser reads UTF-8 and UTF-16 by itself and every other encoding only if it is a superset of ASCII, so looking
    for the bytes is enough once UTF-16 is refused as well.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.lower().endswith((".xml", ".rels", ".vml")):
                text = archive.read(name)
                check(
                    b"<!" not in text.replace(b"<!--", b"").replace(b"<![CDATA[", b"") and b"\x00" not in text[:4],
                    "harmful",
                )


def collect(sheets: Iterable[tuple[str, Iterable[Row]]]) -> list[tuple[str, list[Row]]]:
    """The rows that hold anything, sheet by sheet; Refused beyond the limits."""
    tables: list[tuple[str, list[Row]]] = []
    letters = 0
    for name, rows in sheets:
        kept: list[Row] = []
        for number, cells in rows:
            while cells and not cells[-1].strip():
                cells.pop()
            if not cells:
                continue
            letters += sum(map(len, cells))
            check(len(kept) < MAX_ROWS, "rows")
            check(len(cells) <= MAX_COLUMNS, "columns")
            check(letters <= LIMITS["MAX_TEXT"], "large")
            kept.append((number, cells))
        if kept:
            tables.append((name, kept))
    return tables


def check(fits: bool, code: str) -> None:
    """Refuses with the code unless it fits."""
    if not fits:
        raise Refused(code)


def xlsx_sheets(data: bytes) -> Iterator[tuple[str, Iterator[Row]]]:
    """The visible sheets of an XLSX file."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    for sheet in book.worksheets[: LIMITS["MAX_SHEETS"]]:
        if sheet.sheet_state == "visible":
            sheet.reset_dimensions()  # what the file says about its size may be a lie
            yield sheet.title, xlsx_rows(sheet)


def xlsx_rows(sheet: Any) -> Iterator[Row]:
    """The rows of a sheet with their numbers, the cells as text."""
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if row:
            yield number, [as_text(cell.value, cell) if cell.value is not None else "" for cell in row]


def as_text(value: Any, cell: Any = None) -> str:
    """A cell's value as somebody would type it: ISO dates, "ja"/"nein", whole numbers without a point."""
    if isinstance(value, str):
        return value[: MAX_CELL + 1]
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        return hours_and_minutes(value)
    if isinstance(value, (int, float)):
        return number_as_text(value, str(getattr(cell, "number_format", "")))
    return str(getattr(value, "text", value))[: MAX_CELL + 1]


def hours_and_minutes(value: timedelta) -> str:
    """A duration as spreadsheet programs store a time of day."""
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def number_as_text(value: float, shown_as: str = "") -> str:
    """A number with a comma, with the euro sign the cell shows and the leading zeros its format asks for."""
    if shown_as.strip("0") == "" and len(shown_as) > 1 and value == int(value):
        return f"{int(value):0{len(shown_as)}d}"
    text = str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.10g}".replace(".", ",")
    return f"{text} €" if "€" in shown_as or "EUR" in shown_as else text


TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def ods_sheets(data: bytes) -> Iterator[tuple[str, Iterator[Row]]]:
    """The sheets of an ODS file; repeated rows and cells are counted, but repeated only within the limits."""
    from xml.etree.ElementTree import iterparse

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "META-INF/manifest.xml" in archive.namelist():
            check(b"encryption-data" not in archive.read("META-INF/manifest.xml"), "encrypted")
        events = iterparse(archive.open("content.xml"), events=("start", "end"))
        for event, node in events:
            if event == "start" and node.tag == f"{TABLE}table":
                yield node.get(f"{TABLE}name", ""), ods_rows(events, node)


def ods_rows(events: Any, table: Any) -> Iterator[Row]:
    """The rows up to the end of the table, each node emptied once it is read."""
    number = 0
    for event, node in events:
        if event == "end" and node.tag == f"{TABLE}table":
            table.clear()
            return
        if event == "end" and node.tag == f"{TABLE}table-row":
            repeated = count(node, "rows")
            cells = ods_cells(node)
            for step in range(min(repeated, MAX_ROWS + 1) if any(cell.strip() for cell in cells) else 0):
                yield number + step + 1, list(cells)
            number += repeated
            node.clear()


def ods_cells(row: Any) -> list[str]:
    """The cells of a row as text, empty ones at its end left out."""
    cells: list[str] = []
    for cell in row:
        if cell.tag in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            text = ods_text(cell)
            repeated = count(cell, "columns")
            check(not text.strip() or len(cells) + repeated <= MAX_COLUMNS, "columns")
            cells.extend([text] * min(repeated, MAX_COLUMNS + 1 - min(len(cells), MAX_COLUMNS)))
    return cells


def count(node: Any, what: str) -> int:
    """How often a row or cell stands there."""
    value = node.get(f"{TABLE}number-{what}-repeated", "1")
    return max(1, int(value)) if value.isdigit() and len(value) < 9 else 1


def ods_text(cell: Any) -> str:
    """What a cell holds: its formula, its typed value, else its words, one paragraph a line."""
    formula = cell.get(f"{TABLE}formula")
    if formula:
        return str(formula)[str(formula).find("=") :][: MAX_CELL + 1] if "=" in formula else str(formula)
    kind = cell.get(f"{OFFICE}value-type")
    if kind == "date":
        return str(cell.get(f"{OFFICE}date-value", "")).removesuffix("T00:00:00").replace("T", " ")
    if kind == "boolean":
        return "ja" if cell.get(f"{OFFICE}boolean-value") == "true" else "nein"
    words = "\n".join("".join(words_of(paragraph)) for paragraph in cell if paragraph.tag == f"{TEXT}p")
    if kind == "time":
        return words
    if kind in ("float", "currency") and not words.startswith("0"):
        value = number_as_text(float(cell.get(f"{OFFICE}value", "0")))
        return f"{value} €" if cell.get(f"{OFFICE}currency") == "EUR" or "€" in words else value
    return words[: MAX_CELL + 1]


def words_of(node: Any) -> Iterator[str]:
    """The words of a paragraph, with the spaces and line breaks that stand there as signs of their own."""
    yield node.text or ""
    for child in node:
        if child.tag == f"{TEXT}s":
            yield " " * min(int(child.get(f"{TEXT}c", "1")), 100)
        elif child.tag in (f"{TEXT}line-break", f"{TEXT}tab"):
            yield "\n" if child.tag.endswith("break") else "\t"
        elif not child.tag.startswith(OFFICE):
            yield from words_of(child)
        yield child.tail or ""


if __name__ == "__main__":
    main()
