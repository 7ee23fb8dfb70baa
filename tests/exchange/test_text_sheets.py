"""Texts for translators as a spreadsheet, and what comes back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from importers import tables
from infopool.directory.drafts import TextDraft
from infopool.directory.facts import Origin
from infopool.directory.translations import Handed, Need, Received, Wanted
from infopool.exchange import text_sheets
from infopool.messages import Message
from tests.making import a_text

SOURCE = a_text("=Kurs", summary="Zeile 1\nZeile 2; mit Strichpunkt", documents=("Pass", "Zeugnis"))
MISSING = Wanted(7, True, Need.MISSING, "ar", SOURCE, 3)
ARABIC = TextDraft("ar", "دورة", "ملخص", documents=("جواز", "شهادة"), origin=Origin.TRANSLATED)
OUTDATED = replace(MISSING, need=Need.OUTDATED, target=ARABIC, target_version=2, before=replace(SOURCE, title="=Krs"))


def cells(data: bytes) -> list[tuple[int, tuple[str, ...]]]:
    read = tables.read_tables(data)
    assert not isinstance(read, Message), read
    return list(read[0].rows)


def received(rows: list[tuple[int, tuple[str, ...]]]) -> Received:
    answer = text_sheets.read(rows)
    assert isinstance(answer, Received), answer
    return answer


def filled(rows: list[tuple[int, tuple[str, ...]]], place: int, words: str) -> list[tuple[int, tuple[str, ...]]]:
    """The rows with words in one column of all but the first."""
    return [
        (line, row if line == 1 else (*row[:place], words if index else "x" * 3, *row[place + 1 :]))
        for index, (line, row) in enumerate(rows)
    ]


@pytest.mark.parametrize("write", [text_sheets.write_csv, text_sheets.write_xlsx])
def test_a_sheet_comes_back_as_it_went(write: object) -> None:
    [handed] = received(cells(write([OUTDATED], "ar"))).handed  # type: ignore[operator]
    assert handed == Handed(7, ARABIC, made_from=3, seen=2, confirmed=False, source=SOURCE)


def test_the_headings_are_what_translators_know() -> None:
    assert cells(text_sheets.write_csv([MISSING], "ar"))[0][1][:4] == ("Nr", "Feld", "Deutsch", "Arabisch (ar)")


def test_a_row_says_what_has_changed() -> None:
    assert "[-Krs-]{+Kurs+}" in cells(text_sheets.write_csv([OUTDATED], "ar"))[1][1][5]


def test_what_is_filled_in_is_handed_in() -> None:
    rows = filled(cells(text_sheets.write_csv([MISSING], "ar")), 3, "نص")
    [handed] = received(rows).handed
    assert handed.text == TextDraft("ar", "نص", "نص", documents=("نص",), origin=Origin.TRANSLATED)


def test_an_x_says_that_the_text_stays_right() -> None:
    [handed] = received(filled(cells(text_sheets.write_csv([OUTDATED], "ar")), 4, "x")).handed
    assert handed.confirmed


def test_no_cell_begins_like_a_formula() -> None:
    assert b'"=Kurs' not in text_sheets.write_csv([MISSING], "ar")
    assert b";=Kurs" not in text_sheets.write_csv([MISSING], "ar")


def test_columns_may_stand_in_another_order() -> None:
    rows = [(line, row[::-1]) for line, row in cells(text_sheets.write_csv([OUTDATED], "ar"))]
    [handed] = received(rows).handed
    assert handed.text == ARABIC


def test_a_row_without_its_number_is_left_out_and_named() -> None:
    rows = [(1, ("Nr", "Feld", "Stand", "Arabisch (ar)")), (2, ("", "Titel", "v1-0", "دورة"))]
    answer = received(rows)
    assert answer.handed == ()
    assert [note.line for note in answer.unreadable] == [2]


@pytest.mark.parametrize("versions", ["3/1", "v3", "v-1-0", "v" + "9" * 30 + "-0", ""])
def test_a_changed_version_is_not_guessed(versions: str) -> None:
    rows = [(1, ("Nr", "Feld", "Stand", "Arabisch (ar)")), (2, ("7", "Titel", versions, "دورة"))]
    assert len(received(rows).unreadable) == 1


@pytest.mark.parametrize(
    "headings",
    [(), ("Titel", "Ort"), ("Nr", "Feld", "Stand"), ("Nr", "Feld", "Stand", "Klingonisch (tlh)")],
)
def test_a_sheet_of_another_kind_is_refused_with_a_sentence(headings: tuple[str, ...]) -> None:
    assert isinstance(text_sheets.read([(1, headings), (2, ("7",))]), Message)
