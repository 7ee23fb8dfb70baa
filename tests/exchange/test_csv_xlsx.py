"""The whole spreadsheet: headings, rows, and cells that can do no harm."""

from __future__ import annotations

import csv
import io
from datetime import date, time
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from infopool.db import Database
from infopool.directory import offers
from infopool.directory.drafts import Capacity, ContactDraft, ProviderDraft, VenueDraft
from infopool.directory.facts import Answer, ContactKind, ProviderKind
from infopool.directory.reading.cleaning import clean
from infopool.directory.schedules import Slot, SlotKind
from infopool.exchange.csv_xlsx import COLUMNS, PHONE, Row, as_csv, as_xlsx, harmless, row_of, sheet
from tests.making import a_text, an_offer
from tests.promised import HEADINGS


@pytest.fixture
def exported(database: Database, labels_in):
    def make(**facts: Any) -> Row:
        with database.transaction() as session:
            return row_of(offers.draft_of(an_offer(session, **facts)), labels_in("de"))

    return make


def test_every_promised_column_is_there_in_its_order() -> None:
    ours = [column.heading for column in COLUMNS if column.heading in HEADINGS]
    assert ours == HEADINGS


def test_an_offer_fills_its_cells(exported) -> None:
    row = exported(
        source="spreadsheet",
        source_key="12",
        schedule=(Slot(SlotKind.WEEKLY, weekdays=(0, 2), starts=time(18), ends=time(20)),),
        provider=ProviderDraft("Schule Beispiel", ProviderKind.SCHOOL),
        starts_on=date(2026, 9, 1),
        childcare=Answer.YES,
        capacity=Capacity(4, "", None),
        contacts=(ContactDraft(ContactKind.PHONE, "+493023125120", "vormittags"),),
    )
    wanted = {
        "Nr": "12",
        "Titel": "Deutschkurs am Abend",
        "Termine": "Mo und Mi 18:00-20:00",
        "Sprachen": "Deutsch, Arabisch (nach Absprache)",
        "Deutschniveau": "Kurs A2",
        "Kosten": "kostenlos",
        "Kinderbetreuung": "ja",
        "Barrierefrei": "",
        "Beginn": "01.09.2026",
        "PLZ": "79761",
        "Telefon": "+493023125120 (vormittags)",
        "Plätze frei": "4",
        "Geprüft am": "22.11.2026",
    }
    assert {heading: row[heading] for heading in wanted} == wanted


def test_other_languages_have_columns_of_their_own(exported) -> None:
    row = exported(texts=(a_text(), a_text("Курс", "uk", summary="")))
    assert row["Titel (uk)"] == "Курс"
    assert "Kurzbeschreibung (uk)" not in row


def test_what_an_importer_kept_goes_back_where_it_stood(exported) -> None:
    row = exported(kept=(("Raum", "12"), ("Zielgruppe", "Zaubernde")), audiences=("adults",))
    assert row["Raum"] == "12"
    assert row["Zielgruppe"].endswith(", Zaubernde")


def test_a_confidential_address_is_marked(exported) -> None:
    venue = VenueDraft("", "Geheimweg 1", "79761", "Waldshut-Tiengen", "tiengen", confidential=True)
    assert exported(venue=venue)["Vertraulich"] == "ja"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "\r=", "＝", "＋", "－", "＠", " =", "\n="])
def test_a_formula_is_made_harmless_in_csv(sign: str) -> None:
    assert harmless(f"{sign}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize("number", ["+49 30 23125-110", "+493023125110", "+49 (30) 23125/110"])
def test_a_phone_number_stays_as_it_is(number: str) -> None:
    assert harmless(number) == number


@example("\x1f=1+1")
@given(st.text())
def test_no_cell_of_a_csv_begins_like_a_formula(words: str) -> None:
    cell = harmless(words)
    assert PHONE.match(cell) or not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize("words", ["=1+1", "-10 % für alle", "@home", "+ ein Tag", "'tis", "normal"])
def test_the_importer_takes_our_mark_off_again(words: str) -> None:
    assert clean(harmless(words)) == words


def test_csv_is_read_back_as_it_was() -> None:
    rows = [{"Titel": 'a;"b"\nc', "Nr": "1"}, {"Titel": "ä 🙂"}]
    content = as_csv(("Nr", "Titel"), rows)
    assert content.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert read == [["Nr", "Titel"], ["1", 'a;"b"\nc'], ["", "ä 🙂"]]


def test_every_cell_of_a_workbook_is_a_text() -> None:
    rows = [{"Nr": "007", "Titel": "=1+1"}, {"Nr": "01.09.2026", "Titel": "\x00kaputt"}]
    sheet = load_workbook(io.BytesIO(as_xlsx(("Nr", "Titel"), rows))).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == ["Nr", "Titel", "007", "=1+1", "01.09.2026", "kaputt"]


def test_kept_columns_keep_the_order_they_were_read_in() -> None:
    rows = [{"b": "1", "Titel (uk)": "x", "d": "1"}, {"a": "2", "b": "2", "c": "2", "d": "2"}]
    assert sheet(rows)[0][len(COLUMNS) :] == ("Titel (uk)", "a", "b", "c", "d")
