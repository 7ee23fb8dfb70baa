"""Files that are no lists of offers, or mean harm: each gets one clear sentence, soon, and nothing else."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

import importers
from importers import IMPORTERS
from importers.contract import Read
from infopool.directory.regions import Region
from tests.importers.workbooks import as_csv, as_ods, as_xlsx, ods_of, saved, with_member, zipped

ROWS = [["Nr", "Titel", "Ort"], ["1", "Deutschkurs", "Wehr"]]
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def read(data: bytes, region: Region) -> Read:
    return IMPORTERS["spreadsheet"].read(data, region)


def a_sparse_workbook() -> bytes:
    """A few kilobytes with one cell in the last column of the last row."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "Titel", "weit weg"
    return saved(book)


def a_lying_workbook() -> bytes:
    """A sheet of two rows that says it reaches to the last column of the last row."""
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension '
        'ref="A1:XFD1048576"/><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Titel</t></is></c></row><row r="2"><c r="A2" '
        't="inlineStr"><is><t>Kurs</t></is></c></row>'
        "</sheetData></worksheet>"
    )
    return with_member(as_xlsx(ROWS), "xl/worksheets/sheet1.xml", sheet)


def a_wide_row(columns: int) -> list[list[str]]:
    return [["Titel", *(f"Spalte {number}" for number in range(columns))], ["Kurs", *(["x"] * columns)]]


def many_rows(count: int) -> list[list[str]]:
    return [["Titel"], *([f"Angebot {number}"] for number in range(count))]


HOSTILE: dict[str, tuple[bytes, str]] = {
    "an empty file": (b"", "The file is empty"),
    "only a byte order mark": (b"\xef\xbb\xbf\r\n", "The file is empty"),
    "a PDF named .xlsx": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "This is a PDF"),
    "binary": (bytes(range(256)) * 40, "This is not a spreadsheet"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "This is a picture"),
    "a web page": (b"<!DOCTYPE html><html><table><tr><td>Titel</td></tr></table></html>", "This is a web page"),
    "an old Excel file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "This is an old Excel file"),
    "an encrypted XLSX": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "protected by a password",
    ),
    "an encrypted ODS": (
        with_member(as_ods(ROWS), "META-INF/manifest.xml", "<manifest:encryption-data/>"),
        "protected by a password",
    ),
    "macros": (with_member(as_xlsx(ROWS), "xl/vbaProject.bin", b"\x00"), "contains macros"),
    "a Word document": (zipped({"word/document.xml": "<w:document/>"}), "This is a text document"),
    "some archive": (zipped({"liste.csv": "Titel\nKurs"}), "This is a ZIP archive"),
    "half an archive": (as_xlsx(ROWS)[:900], "The file is damaged"),
    "an XLSX with nonsense inside": (
        with_member(as_xlsx(ROWS), "xl/worksheets/sheet1.xml", "<nonsense"),
        "The file is damaged",
    ),
    "an XLSX with entities": (
        with_member(as_xlsx(ROWS), "xl/sharedStrings.xml", f'<?xml version="1.0"?>{ENTITIES}<sst>&c;</sst>'),
        "definitions that no spreadsheet program writes",
    ),
    "an XLSX that wants a file of ours": (
        with_member(as_xlsx(ROWS), "xl/sharedStrings.xml", f'<?xml version="1.0"?>{OUTSIDE}<sst>&a;</sst>'),
        "definitions that no spreadsheet program writes",
    ),
    "an ODS with entities": (ods_of("", ENTITIES), "definitions that no spreadsheet program writes"),
    "entities hidden in UTF-16": (
        with_member(as_ods(ROWS), "content.xml", f'<?xml version="1.0"?>{ENTITIES}<x>&c;</x>'.encode("utf-16")),
        "definitions that no spreadsheet program writes",
    ),
    "a zip bomb": (with_member(as_xlsx(ROWS), "xl/media/1.xml", b"\x00" * 60_000_000), "unpacks to far more"),
    "an archive of 10,000 members": (zipped({f"xl/{n}.xml": "" for n in range(10_000)}), "unpacks to far more"),
    "one cell far away": (a_sparse_workbook(), "more than 200 columns"),
    "50 MB in one cell": (b"Titel;Ort\n" + b"a" * 50_000_000, "larger than 40 MB"),
    "50 MB in one cell of a workbook": (
        with_member(as_xlsx(ROWS), "xl/sharedStrings.xml", b"<sst><si><t>" + b"a" * 50_000_000 + b"</t></si></sst>"),
        "unpacks to far more",
    ),
    "300 columns": (as_csv(a_wide_row(300)), "more than 200 columns"),
    "300 columns in a workbook": (as_xlsx(a_wide_row(300)), "more than 200 columns"),
    "too many rows": (as_csv(many_rows(20_001)), "more than 20000 rows"),
    "a row repeated a million times": (
        ods_of('<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
            'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'),
        "more than 20000 rows",
    ),
    "a cell repeated 16,384 times": (
        ods_of('<table:table-row><table:table-cell office:value-type="string" '
            'table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>'),
        "more than 200 columns",
    ),
    "elements nested 100,000 deep": (ods_of("<a>" * 100_000 + "</a>" * 100_000), "The file is empty"),
    "no headings": (b"Haus;Baum\n1;2\n", "No row of headings with a title"),
    "only headings": (b"Nr;Titel;Ort\n", "no offers below them"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_cannot_be_read_gets_one_clear_sentence_soon(name: str, region: Region) -> None:
    data, sentence = HOSTILE[name]
    started = time.monotonic()
    answer = read(data, region)
    assert answer.refused is not None
    assert sentence in str(answer.refused)
    assert answer.drafts == ()
    assert time.monotonic() - started < 20


def test_a_sheet_that_lies_about_its_size_is_read_for_what_it_holds(region: Region) -> None:
    answer = read(a_lying_workbook(), region)
    assert [draft.texts[0].title for _, draft in answer.drafts] == ["Kurs"]


def test_empty_rows_repeated_to_the_end_of_the_sheet_do_no_harm(region: Region) -> None:
    tail = (
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    rows = (
        "<table:table-row><table:table-cell "
        'office:value-type="string"><text:p>{}</text:p></table:table-cell></table:table-row>'
    )
    answer = read(ods_of(rows.format("Titel") + rows.format("Kurs") + tail), region)
    assert [line for line, _ in answer.drafts] == [2]


def test_a_long_cell_is_cut_and_reported_and_no_other_row_suffers(region: Region) -> None:
    answer = read(as_csv([["Titel", "Beschreibung"], ["Kurs", "a" * 30_000], ["Treff", "kurz"]]), region)
    assert [len(draft.texts[0].description) for _, draft in answer.drafts] == [20_000, 4]
    assert [(note.line, note.column) for note in answer.unreadable] == [(2, "Beschreibung")]


def test_formulas_are_kept_as_text_and_never_calculated(region: Region) -> None:
    for data in (as_csv([["Titel", "Kosten"], ["=1+1", "=2*10"]]), as_xlsx([["Titel", "Kosten"], ["=1+1", "=2*10"]])):
        (_, draft), *others = read(data, region).drafts
        assert others == []
        assert draft.texts[0].title == "=1+1"
        assert draft.cost.words == "=2*10"


def test_formulas_are_reported_with_row_and_column(region: Region) -> None:
    notes = read(as_csv([["Titel", "Beschreibung"], ["Kurs", '=HYPERLINK("http://example.org")']]), region).unreadable
    assert [(note.line, note.column, "formula" in str(note.why)) for note in notes] == [(2, "Beschreibung", True)]


def test_a_second_row_of_headings_gets_a_clear_sentence_and_is_no_offer(region: Region) -> None:
    headings = ["Nr", "Titel", "Ort", "Kosten"]
    answer = read(as_csv([headings, headings, ["1", "Kurs", "Wehr", "frei"]]), region)
    assert [draft.texts[0].title for _, draft in answer.drafts] == ["Kurs"]
    assert [(note.line, "second row of headings" in str(note.why)) for note in answer.unreadable] == [(2, True)]


def test_the_process_that_opens_workbooks_has_little_memory() -> None:
    script = Path(importers.__file__).with_name("workbook_process.py")
    greedy = f"import runpy; runpy.run_path({str(script)!r})['limit_this_process'](); bytearray(600_000_000)"
    done = subprocess.run([sys.executable, "-c", greedy], capture_output=True, text=True, check=False)
    assert "MemoryError" in done.stderr


def test_ten_thousand_malformed_rows_are_all_accounted_for(region: Region) -> None:
    nonsense = [
        "",
        "x" * 1_000,
        "=1+1",
        "\u202eabc",
        "31.02.2026",
        "7",
        "'",
        '"',
        "\x07",
        "Mo 8-2",
        "ÄÖÜ",
        "<b>x</b>",
        "0,0",
    ]
    chooser = random.Random(4)
    rows = [[str(chooser.randrange(9_000)), *chooser.choices(nonsense, k=6)] for _ in range(10_000)]
    headings = ["Nr", "Titel", "Beginn", "Kosten", "Termine", "Telefon", "Ort"]
    answer = read(as_csv([headings, *rows]), region)
    lost = {note.line for note in answer.unreadable if note.row_lost}
    taken = {line for line, _ in answer.drafts}
    assert taken | lost == set(range(2, 10_002))
    assert not taken & lost
    assert len({draft.source_key for _, draft in answer.drafts}) == len(taken)
