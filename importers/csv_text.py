"""CSV files as programs and people write them: any usual encoding and separator, quotes, lines within a cell."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator

from importers.headings import rank
from importers.limits import MAX_BYTES, MAX_COLUMNS, MAX_ROWS

csv.field_size_limit(MAX_BYTES)  # the module's own limit would raise in the middle of a file; ours is on the whole file

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_USUAL = re.compile("[äöüÄÖÜßéèàáçñ€–—„“”‚‘’…§°«»•²½´©ëïôêâîûãõåøæœšžčćđłńśźżğışőűÉ\xa0]")
_LETTERS = re.compile("[äöüÄÖÜß]")

SEPARATORS = ";,\t|"


def read_csv(data: bytes) -> tuple[list[tuple[int, tuple[str, ...]]], tuple[int, ...]]:
    """The rows that hold anything, each with its number counted from 1, and the numbers of rows with a quotation mark
    that is opened and never closed (only that one line is read without quoting; the next row is whole again).

    Reading stops one row or column beyond the limits, so that the caller can refuse.
    """
    text = decode(data)
    lines = text.replace("\x00", "").splitlines(keepends=True) if "\r" in text else text.replace("\x00", "").split("\n")
    if "\r" not in text:
        lines = [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    lines = _only_real_line_ends(lines) if "\r" in text else lines
    first = re.match(r"sep=(.)\s*$", lines[0], re.I) if lines else None
    separator = first[1] if first else find_separator(lines[:200])
    rows: list[tuple[int, tuple[str, ...]]] = []
    broken: list[int] = []
    for number, (cells, is_broken) in enumerate(
        _records(lines[1:] if first else lines, separator), start=2 if first else 1
    ):
        if is_broken:
            broken.append(number)
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            rows.append((number, tuple(cells)))
        if len(rows) > MAX_ROWS or len(cells) > MAX_COLUMNS:
            break
    return rows, tuple(broken)


def _only_real_line_ends(lines: list[str]) -> list[str]:
    """`splitlines` also parts at form feeds and Unicode's own line signs, which may stand in a cell: joined again."""
    joined: list[str] = []
    for line in lines:
        if joined and not joined[-1].endswith(("\n", "\r")):
            joined[-1] += line
        else:
            joined.append(line)
    return joined


def decode(data: bytes) -> str:
    """The text of a file by its byte order mark, as UTF-8, as UTF-16 without a mark, else as the code page that gives
    most of the letters German knows. A file of mixed encodings is decoded line by line."""
    for mark, name in _BOMS:
        if data.startswith(mark) and not (name == "utf-16-le" and data.startswith(codecs.BOM_UTF32_LE)):
            return data[len(mark) :].decode(name, errors="replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_mixed(data)
    return _without_zeros(data) if text.count("\x00") > len(text) // 5 else text


def _without_zeros(data: bytes) -> str:
    little = data[1::2].count(0) >= data[0::2].count(0)
    return data.decode("utf-16-le" if little else "utf-16-be", errors="replace")


def _decode_mixed(data: bytes) -> str:
    if data.count(0) > len(data) // 5:
        return _without_zeros(data)
    page = _code_page(data)
    lines = data.split(b"\n")
    foreign = [line for line in lines if not line.isascii()]
    utf8 = sum(_is_utf8(line) for line in foreign)
    if utf8 * 2 < len(foreign):
        return data.decode(page, errors="replace")
    return "\n".join(line.decode("utf-8") if _is_utf8(line) else line.decode(page, errors="replace") for line in lines)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _code_page(data: bytes) -> str:
    """Windows, Mac or DOS: the same byte is "ä" in one and "š" in another, so the most German reading wins."""
    sample = bytes(byte for byte in data if byte > 127)[:20_000]
    best, page = -1e9, "cp1252"
    for name in ("cp1252", "mac_roman", "cp850"):
        text = sample.decode(name, errors="replace")
        score = 3 * len(_LETTERS.findall(text)) + len(_USUAL.findall(text)) - 2 * len(_USUAL.sub("", text))
        if score > best:
            best, page = score, name
    return page


def find_separator(lines: list[str]) -> str:
    """The separator by which the most headings are known; among equals the one that gives the most columns."""

    def worth(separator: str) -> tuple[float, int]:
        rows = [cells for cells, _ in _records(lines, separator)][:15]
        return max((rank(cells) for cells in rows), default=0), max((len(cells) for cells in rows), default=0)

    return max(SEPARATORS, key=worth)


def _records(lines: list[str], separator: str) -> Iterator[tuple[list[str], bool]]:
    """The records of the file, each with whether its quoting was broken."""
    start, width = 0, 0
    while start < len(lines):
        reader = csv.reader(iter(lines[start:]), delimiter=separator)
        used = 0
        for cells in reader:
            taken = reader.line_num - used
            if taken > 1 and _ran_away(lines[start + used : start + used + taken], separator, width):
                yield _unquoted(lines[start + used], separator), True
                start += used + 1
                break
            used = reader.line_num
            width = max(width, len(cells))
            yield cells, False
        else:
            return


def _ran_away(lines: list[str], separator: str, width: int) -> bool:
    """Whether a quotation mark swallowed rows: the quoting does not add up, and lines inside look like whole rows."""
    if width < 2 or not any(line.count(separator) >= width - 1 for line in lines[1:]):
        return False
    try:
        list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error:
        return True
    return False


def _unquoted(line: str, separator: str) -> list[str]:
    return [cell.strip().strip('"') for cell in line.rstrip("\r\n").split(separator)]
