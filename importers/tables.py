"""From the bytes of a file to tables of texts, whatever wrote it; hostile files are refused with one sentence."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from importers.csv_text import read_csv
from importers.limits import (
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_ROWS,
    MAX_UNPACKED,
    SECONDS,
)
from infopool.messages import N_, Message

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One sheet: its rows that hold anything, each with its number as the spreadsheet program shows it."""

    name: str
    rows: tuple[tuple[int, Cells], ...]
    broken: tuple[int, ...] = ()
    """Rows (of a CSV file) in which a quotation mark was opened and never closed."""


Refusal = Message

_TOO_LARGE = Message(
    N_("The file is larger than %(size)s MB. Please split it, or leave out pictures and long texts."),
    {"size": MAX_BYTES // 1_000_000},
)
_TOO_MUCH_INSIDE = Message(
    N_(
        "This file unpacks to far more than a list of offers holds. It was not opened, because "
        "it may be meant to do harm. Please save the list anew as .xlsx or .csv."
    )
)
_HARMFUL = Message(
    N_(
        "The file holds definitions that no spreadsheet program writes. It was not opened, because it may be meant to"
        " do harm. Please save the list anew as .xlsx or .csv."
    )
)
_TOO_MANY_ROWS = Message(
    N_("The file has more than %(rows)s rows. Please split it into several files."), {"rows": MAX_ROWS}
)
_TOO_MANY_COLUMNS = Message(
    N_(
        "The file has more than %(columns)s columns. Please delete the columns that do not "
        "belong to the list, also far to the right."
    ),
    {"columns": MAX_COLUMNS},
)
_BROKEN = Message(
    N_("The file is damaged and could not be opened. Please open it in your spreadsheet program and save it anew.")
)
_TOO_LONG = Message(
    N_(
        "Reading the file took too long or needed too much memory, so it was given up. Please "
        "save the list anew as .csv and try again."
    )
)
_EMPTY = Message(N_("The file is empty."))
_BINARY = Message(N_("This is not a spreadsheet. Please save your list as .xlsx, .ods or .csv."))
_MACROS = Message(
    N_("The file contains macros (small programs). Please save it as .xlsx, without macros, and try again.")
)
_ENCRYPTED = Message(N_("The file is protected by a password. Please save it without a password and try again."))
_OLD_EXCEL = Message(N_("This is an old Excel file (.xls). Please open it and save it as .xlsx."))
_KINDS: tuple[tuple[bytes, Message], ...] = (
    (
        b"%PDF",
        Message(
            N_(
                "This is a PDF, not a spreadsheet, whatever its name says. Please save your list as "
                ".xlsx, .ods or .csv."
            )
        ),
    ),
    (
        b"{\\rtf",
        Message(N_("This is a text document, not a spreadsheet. Please save your list as .xlsx, .ods or .csv.")),
    ),
    (b"\x89PNG", Message(N_("This is a picture, not a spreadsheet. Please save your list as .xlsx, .ods or .csv."))),
    (
        b"\xff\xd8\xff",
        Message(N_("This is a picture, not a spreadsheet. Please save your list as .xlsx, .ods or .csv.")),
    ),
    (b"GIF8", Message(N_("This is a picture, not a spreadsheet. Please save your list as .xlsx, .ods or .csv."))),
)
_DOCUMENT = Message(N_("This is a text document, not a spreadsheet. Please save your list as .xlsx, .ods or .csv."))
_WEB_PAGE = Message(
    N_("This is a web page, not a spreadsheet. Please open it in your spreadsheet program and save it as .xlsx.")
)
_ZIP = Message(N_("This is a ZIP archive, not a spreadsheet. Please unpack it and import the list inside."))

_FROM_CHILD = {
    "rows": _TOO_MANY_ROWS,
    "columns": _TOO_MANY_COLUMNS,
    "large": _TOO_MUCH_INSIDE,
    "harmful": _HARMFUL,
    "encrypted": _ENCRYPTED,
    "broken": _BROKEN,
    "memory": _TOO_LONG,
}
"""What the child process may answer instead of tables."""


def read_tables(source: bytes | Path) -> tuple[Table, ...] | Refusal:
    """The tables of a file, or why it cannot be read. Nothing in it is ever evaluated.

    Files larger than MAX_BYTES are refused before they are read. XLSX and ODS are opened in a process of its own with
    limited memory and time, after a look at the archive's table of contents.
    """
    size = source.stat().st_size if isinstance(source, Path) else len(source)
    if size > MAX_BYTES:
        return _TOO_LARGE
    data = source.read_bytes() if isinstance(source, Path) else source
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        return _EMPTY
    if data.startswith(b"PK"):
        return _read_archive(data)
    refusal = _not_a_table(data)
    return refusal or _limited(read_csv(data))


def _not_a_table(data: bytes) -> Refusal | None:
    for magic, message in _KINDS:
        if data.startswith(magic):
            return message
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ENCRYPTED if "EncryptedPackage".encode("utf-16-le") in data else _OLD_EXCEL
    head = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table")):
        return _WEB_PAGE
    return _BINARY if _looks_binary(data) else None


def _looks_binary(data: bytes) -> bool:
    """Many control characters in the first 64 kB, where UTF-16's zero bytes are not taken for them."""
    sample = data[:65_536]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    zeros = sample.count(0)
    if zeros and max(sample[0::2].count(0), sample[1::2].count(0)) >= 0.95 * zeros and zeros > 0.2 * len(sample):
        return False
    controls = sum(sample.count(code) for code in (*range(1, 9), *range(14, 32), 127)) + zeros
    return controls > max(8, len(sample) * 0.05)


def _read_archive(data: bytes) -> tuple[Table, ...] | Refusal:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            kind = _archive_kind(archive)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        OSError,
        ValueError,
        RuntimeError,
        EOFError,
        UnicodeError,
        IndexError,
    ):
        return _BROKEN
    return kind if isinstance(kind, Message) else _in_child(kind, data)


def _archive_kind(archive: zipfile.ZipFile) -> str | Refusal:
    """ "xlsx" or "ods", or why not; only the table of contents and two tiny members are looked at."""
    members = archive.infolist()
    names = {member.filename for member in members}
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if (
        len(members) > MAX_MEMBERS
        or unpacked > MAX_UNPACKED
        or (unpacked > 10_000_000 and unpacked > MAX_RATIO * max(packed, 1))
    ):
        return _TOO_MUCH_INSIDE
    if any(member.flag_bits & 1 for member in members):
        return _ENCRYPTED
    if any(name.lower().endswith("vbaproject.bin") for name in names) or any(
        name.startswith(("Basic/", "Scripts/")) for name in names
    ):
        return _MACROS
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names and "mimetype" in names:
        if archive.getinfo("mimetype").file_size > 200:
            return _BROKEN
        return "ods" if b"spreadsheet" in archive.read("mimetype") else _DOCUMENT
    return _DOCUMENT if "word/document.xml" in names else _ZIP


def _in_child(kind: str, data: bytes) -> tuple[Table, ...] | Refusal:
    """Opens the workbook in a process that may be killed: it gives up its memory and time, never ours."""
    command = [sys.executable, "-I", str(Path(__file__).with_name("workbook_process.py")), kind]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS + 5, check=False)
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return _TOO_LONG
    if "refused" in answer:
        return _FROM_CHILD[answer["refused"]]
    return (
        tuple(Table(name, tuple((line, tuple(cells)) for line, cells in rows)) for name, rows in answer["tables"])
        or _EMPTY
    )


def _limited(table: tuple[list[tuple[int, Cells]], tuple[int, ...]]) -> tuple[Table, ...] | Refusal:
    rows, broken = table
    if not rows:
        return _EMPTY
    if len(rows) > MAX_ROWS:
        return _TOO_MANY_ROWS
    if any(len(cells) > MAX_COLUMNS for _, cells in rows):
        return _TOO_MANY_COLUMNS
    return (Table("", tuple(rows), broken),)
