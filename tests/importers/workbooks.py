"""Workbooks made by hand for tests: honest ones, and ones that mean harm."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

import openpyxl

Rows = Sequence[Sequence[object]]

ODS_MIME = "application/vnd.oasis.opendocument.spreadsheet"
NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def as_csv(rows: Rows, separator: str = ";", encoding: str = "utf-8") -> bytes:
    """The rows as CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(rows: Rows, **more_sheets: Rows) -> bytes:
    """The rows as the first sheet of an XLSX, further ones by name."""
    book = openpyxl.Workbook()
    for name, cells in {"Angebote": rows, **more_sheets}.items():
        sheet = book.active if name == "Angebote" else book.create_sheet(name)
        assert sheet is not None
        sheet.title = name
        for row in cells:
            sheet.append(list(row))  # type: ignore[union-attr]
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_ods(rows: Rows) -> bytes:
    """The rows as the only sheet of an ODS."""
    return ods_of("".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows))


def ods_cell(value: object) -> str:
    """One text cell; empty for None and the empty text."""
    if value in (None, ""):
        return "<table:table-cell/>"
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'


def ods_of(rows_xml: str, prolog: str = "") -> bytes:
    """An ODS around the given rows."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<office:document-content '
        f"{NAMESPACES}><office:body><office:spreadsheet>"
        f'<table:table table:name="Angebote">{rows_xml}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": ODS_MIME, "content.xml": content})


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A ZIP archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def with_member(workbook: bytes, name: str, content: str | bytes) -> bytes:
    """The workbook with one member added or replaced."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        members: dict[str, str | bytes] = {member: archive.read(member) for member in archive.namelist()}
    return zipped({**members, name: content})
