"""A list of offers becomes drafts; what cannot be read becomes a sentence with row and column."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import importers
from importers.contract import Read
from importers.headings import COLUMNS
from infopool.directory.checks import check
from infopool.directory.drafts import Capacity, Check, Cost, OfferDraft, ProviderDraft, SpokenLanguage, VenueDraft
from infopool.directory.facts import Answer, CheckMethod, CostKind, CostPeriod, Origin, ProviderKind
from infopool.directory.reading.cleaning import clean
from infopool.directory.regions import Region
from infopool.directory.schedules import Slot, SlotKind
from infopool.paths import DEMO
from tests.importers.workbooks import as_csv, as_ods, as_xlsx, saved

WHOLE = {
    "Nr": "12",
    "Titel": "Deutsch am Abend",
    "Kurzbeschreibung": "Für alle, die tagsüber arbeiten.",
    "Beschreibung": "Zwei Abende in der Woche.",
    "Träger": "Abendschule Beispiel",
    "Trägerart": "Verein",
    "Thema": "Deutschkurs, Prüfung",
    "Zielgruppe": "Erwachsene, Eltern",
    "Sprachen": "Deutsch, Arabisch (nach Absprache)",
    "Deutschniveau": "A2, ab A1",
    "Kosten": "20 € pro Monat",
    "Format": "vor Ort und online",
    "Kinderbetreuung": "ja",
    "Nur für Frauen": "x",
    "Barrierefrei": "teilweise",
    "Anmeldung": "telefonisch",
    "Hinweise zur Anmeldung": "Bitte vorher anrufen.",
    "Termine": "Mo und Mi 18:00-20:00",
    "Beginn": "11.01.2027",
    "Ende": "31.03.2027",
    "Anmeldeschluss": "04.01.2027",
    "Straße": "Beispielstraße 4",
    "PLZ": "79761",
    "Ort": "Waldshut-Tiengen",
    "Gebiet": "ganzer Landkreis",
    "Telefon": "030 23125-110",
    "E-Mail": "kurs@example.org",
    "Website": "example.org/kurs",
    "Unterlagen": "Ausweis, Foto",
    "Aufenthaltsstatus": "für alle",
    "Arbeitskreis": "Arbeitskreis Bildung/Sprache",
    "Plätze frei": "4",
    "Wartezeit": "etwa 3 Monate",
    "Gültig bis": "31.03.2027",
    "Vertraulich": "nein",
    "Geprüft am": "01.09.2026",
    "Geprüft von": "A. Muster",
    "Prüfweg": "Telefon",
    "Quelle": "Liste des Helferkreises",
    "Titel (en)": "German in the evening",
    "Kurzbeschreibung (en)": "For people who work during the day.",
}


def read(rows: list[list[str]], region: Region) -> Read:
    return importers.read("spreadsheet", as_csv(rows), region)


def one(region: Region, **cells: str) -> tuple[OfferDraft, Read]:
    """The only draft of a sheet with a title and these cells (`_` in a name stands for a space)."""
    headings = ["Titel", *(name.replace("_", " ") for name in cells)]
    answer = read([headings, ["Ein Angebot", *cells.values()]], region)
    return answer.drafts[0][1], answer


@pytest.fixture(scope="module")
def whole(region: Region) -> OfferDraft:
    return read([list(WHOLE), list(WHOLE.values())], region).drafts[0][1]


def test_a_whole_row_is_understood_without_a_remark(region: Region) -> None:
    answer = read([list(WHOLE), list(WHOLE.values())], region)
    assert (answer.refused, answer.unreadable, answer.unknown, answer.remarks) == (None, (), (), ())


def test_a_whole_row_passes_the_checks_of_the_directory(whole: OfferDraft, region: Region) -> None:
    assert check(whole, region) == ()


def test_the_texts_stand_by_language(whole: OfferDraft) -> None:
    assert [(text.language, text.title, text.origin) for text in whole.texts] == [
        ("de", "Deutsch am Abend", Origin.WRITTEN),
        ("en", "German in the evening", Origin.TRANSLATED),
    ]
    assert whole.texts[0].registration == "telefonisch\nBitte vorher anrufen."
    assert whole.texts[0].documents == ("Ausweis", "Foto")


def test_the_facts_are_codes(whole: OfferDraft) -> None:
    assert whole.provider == ProviderDraft("Abendschule Beispiel", ProviderKind.ASSOCIATION)
    assert whole.topics == ("german-course", "language-exam")
    assert whole.audiences == ("adults", "parents")
    assert whole.languages == (SpokenLanguage("de"), SpokenLanguage("ar", "nach Absprache"))
    assert (whole.levels_taught, whole.level_required) == (("A2",), "A1")
    assert whole.cost == Cost(CostKind.PAID, 2_000, CostPeriod.MONTH)
    assert whole.formats == ("on-site", "online")
    answers = (whole.childcare, whole.women_only, whole.wheelchair, whole.registration_needed)
    assert answers == (Answer.YES, Answer.YES, Answer.LIMITED, Answer.YES)
    assert whole.residence == ("everyone",)
    assert whole.working_group == "education"


def test_the_times_and_dates_are_values(whole: OfferDraft) -> None:
    assert whole.schedule == (Slot(SlotKind.WEEKLY, (0, 2), starts=time(18), ends=time(20)),)
    days = (whole.starts_on, whole.ends_on, whole.register_by, whole.valid_until)
    assert days == (date(2027, 1, 11), date(2027, 3, 31), date(2027, 1, 4), date(2027, 3, 31))
    assert whole.capacity == Capacity(4, "etwa 3 Monate", date(2026, 9, 1))
    assert whole.check == Check(date(2026, 9, 1), "A. Muster", CheckMethod.PHONE)


def test_the_venue_and_the_contacts_are_values(whole: OfferDraft) -> None:
    assert whole.venue == VenueDraft("", "Beispielstraße 4", "79761", "Waldshut-Tiengen", "waldshut-tiengen")
    assert [contact.value for contact in whole.contacts] == [
        "+493023125110",
        "kurs@example.org",
        "https://example.org/kurs",
    ]
    assert (whole.source, whole.source_key) == ("Liste des Helferkreises", "12")


def test_the_county_as_a_place_served_is_the_regions_own_code(whole: OfferDraft, region: Region) -> None:
    assert whole.places == (region.code,)


def test_csv_xlsx_and_ods_read_the_same(region: Region) -> None:
    rows = [list(WHOLE), list(WHOLE.values()), ["13", "Treff", "", "", "", "", "Raumfahrt"]]
    answers = [importers.read("spreadsheet", write(rows), region) for write in (as_csv, as_xlsx, as_ods)]
    assert answers[0] == answers[1] == answers[2]
    assert [str(note.why) for note in answers[0].unreadable] == [str(note.why) for note in answers[1].unreadable]


def test_the_columns_may_stand_in_any_order(whole: OfferDraft, region: Region) -> None:
    turned = dict(reversed(WHOLE.items()))
    assert read([list(turned), list(turned.values())], region).drafts[0][1] == whole


def test_english_headings_are_understood(whole: OfferDraft, region: Region) -> None:
    english = dict(zip(WHOLE, WHOLE, strict=True)) | {
        "Nr": "Number",
        "Titel": "Title",
        "Kurzbeschreibung": "Short description",
        "Beschreibung": "Description",
        "Träger": "Provider",
        "Thema": "Topics",
        "Zielgruppe": "Audience",
        "Sprachen": "Languages",
        "Deutschniveau": "German level",
        "Kosten": "Cost",
        "Termine": "Times",
        "Beginn": "Start date",
        "Ende": "End date",
        "Straße": "Street",
        "PLZ": "Postcode",
        "Ort": "Town",
        "Telefon": "Phone",
        "Titel (en)": "Title (English)",
    }
    assert read([list(english.values()), list(WHOLE.values())], region).drafts[0][1] == whole


def test_a_workbook_may_hold_real_dates_numbers_and_ticks(region: Region) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Nr", "Titel", "Beginn", "Geprüft am", "Kosten", "PLZ", "Kinderbetreuung", "Plätze frei", "Ort"])
    sheet.append([7, "Kurs", date(2027, 1, 11), datetime(2026, 9, 1), 12.5, 79664, True, 4, "Wehr"])
    sheet["E2"].number_format = '#,##0.00 "€"'
    draft = importers.read("spreadsheet", saved(book), region).drafts[0][1]
    assert (draft.source_key, draft.starts_on, draft.check.on) == ("7", date(2027, 1, 11), date(2026, 9, 1))
    assert (draft.cost, draft.childcare, draft.capacity.free_places) == (Cost(CostKind.PAID, 1_250), Answer.YES, 4)
    assert draft.venue == VenueDraft("", "", "79664", "Wehr", "wehr")


def test_only_a_title_is_required(region: Region) -> None:
    (line, draft), *_ = read([["Titel"], ["Nur ein Titel"]], region).drafts
    assert (line, draft) == (2, OfferDraft(texts=draft.texts))
    assert (draft.childcare, draft.cost.kind) == (Answer.UNKNOWN, CostKind.UNKNOWN)


def test_a_row_without_a_title_is_reported_as_lost_and_the_others_stay(region: Region) -> None:
    answer = read([["Titel", "Ort"], ["", "Wehr"], ["Kurs", "Murg"]], region)
    assert [line for line, _ in answer.drafts] == [3]
    assert [(note.line, note.column, note.row_lost) for note in answer.unreadable] == [(2, "Titel", True)]


def test_a_row_with_a_title_in_another_language_only_is_kept(region: Region) -> None:
    draft = read([["Titel", "Titel (en)"], ["", "Swimming"]], region).drafts[0][1]
    assert [(text.language, text.title, text.origin) for text in draft.texts] == [("en", "Swimming", Origin.WRITTEN)]


def test_a_text_without_a_title_in_its_language_is_kept_aside(region: Region) -> None:
    draft, answer = one(region, **{"Beschreibung_(en)": "Swimming for everyone."})
    assert [text.language for text in draft.texts] == ["de"]
    assert draft.kept == (("Beschreibung (en)", "Swimming for everyone."),)
    assert [note.column for note in answer.unreadable] == ["Beschreibung (en)"]


def test_a_text_in_a_language_the_site_does_not_know_is_kept_aside_and_said_once(region: Region) -> None:
    answer = read([["Titel", "Titel (vi)"], ["Kurs", "Khóa học"], ["Treff", "Gặp gỡ"]], region)
    assert answer.drafts[0][1].kept == (("Titel (vi)", "Khóa học"),)
    assert ["does not know their language" in str(remark) for remark in answer.remarks] == [True]


def test_unknown_columns_are_kept_with_the_offer_and_reported_once(region: Region) -> None:
    answer = read([["Titel", "Farbe", ""], ["Kurs", "blau", "lose"], ["Treff", "rot", ""]], region)
    assert answer.drafts[0][1].kept == (("Farbe", "blau"), ("C", "lose"))
    assert answer.unknown == ("Farbe",)
    assert [str(remark) for remark in answer.remarks] == [
        "The column “Farbe” is not known; what stands in it was kept as a note for the curators."
    ]


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Thema", "Raumfahrt"),
        ("Zielgruppe", "Astronauten"),
        ("Sprachen", "Wulkanisch-Dialekt"),
        ("Deutschniveau", "ziemlich gut"),
        ("Kosten", "bitte fragen"),
        ("Termine", "wenn der Hahn kräht"),
        ("Format", "im Traum"),
        ("Kinderbetreuung", "mal sehen"),
        ("Nur für Frauen", "mal sehen"),
        ("Barrierefrei", "mal sehen"),
        ("Anmeldung", "mal sehen"),
        ("Beginn", "irgendwann"),
        ("Ende", "31.02.2027"),
        ("Anmeldeschluss", "bald"),
        ("Gültig bis", "lange"),
        ("Geprüft am", "gestern"),
        ("Gebiet", "Atlantis"),
        ("Telefon", "siehe unten"),
        ("E-Mail", "folgt"),
        ("Website", "javascript:x"),
        ("Aufenthaltsstatus", "schwierig"),
        ("Arbeitskreis", "Raumfahrt"),
        ("Trägerart", "Raumstation"),
        ("Plätze frei", "einige"),
    ],
)
def test_a_cell_nobody_understands_is_kept_and_reported_with_its_row_and_column(
    heading: str, text: str, region: Region
) -> None:
    draft, answer = one(region, **{heading.replace(" ", "_"): text})
    assert (heading, text) in draft.kept
    assert [(note.line, note.column) for note in answer.unreadable] == [(2, heading)]
    assert text in str(answer.unreadable[0].why)
    assert check(draft, region) == ()


def test_times_and_costs_nobody_understands_are_still_shown_as_words(region: Region) -> None:
    draft, _ = one(region, Termine="wenn der Hahn kräht", Kosten="bitte fragen")
    assert draft.schedule == (Slot(SlotKind.WORDS, words="wenn der Hahn kräht"),)
    assert draft.cost == Cost(words="bitte fragen")


def test_an_empty_cell_is_unknown_and_never_no(region: Region) -> None:
    draft, answer = one(region, Kinderbetreuung="", Nur_für_Frauen="-", Barrierefrei="k. A.", Anmeldung="?")
    assert {draft.childcare, draft.women_only, draft.wheelchair, draft.registration_needed} == {Answer.UNKNOWN}
    assert answer.unreadable == ()


def test_a_bare_level_is_required_where_german_is_not_the_subject(region: Region) -> None:
    course, _ = one(region, Thema="Deutschkurs", Deutschniveau="B1")
    workshop, _ = one(region, Thema="Internet & Handy", Deutschniveau="B1")
    assert (course.levels_taught, course.level_required) == (("B1",), "")
    assert (workshop.levels_taught, workshop.level_required) == ((), "B1")


def test_an_address_in_one_cell_is_taken_apart(region: Region) -> None:
    draft, _ = one(region, Adresse="Pfarrheim, Beispielstr. 4, 79761 Tiengen")
    assert draft.venue == VenueDraft("Pfarrheim", "Beispielstr. 4", "79761", "Tiengen", "tiengen")


def test_street_and_town_in_the_street_column_are_taken_apart(region: Region) -> None:
    draft, _ = one(region, Straße="Beispielstr. 4, 79664 Wehr")
    assert draft.venue == VenueDraft("", "Beispielstr. 4", "79664", "Wehr", "wehr")


def test_a_postcode_that_belongs_to_another_town_is_reported_and_both_are_kept(region: Region) -> None:
    draft, answer = one(region, PLZ="79713", Ort="Wehr")
    assert draft.venue == VenueDraft("", "", "79713", "Wehr", "wehr")
    assert [note.column for note in answer.unreadable] == ["PLZ"]


def test_online_as_a_town_is_a_format(region: Region) -> None:
    draft, _ = one(region, Ort="online")
    assert (draft.venue, draft.formats) == (None, ("online",))


@pytest.mark.parametrize(
    ("written", "confidential"),
    [("ja", True), ("x", True), ("nein", False), ("", False), ("lieber nicht zeigen?", True)],
)
def test_an_address_is_confidential_unless_somebody_says_no(written: str, confidential: bool, region: Region) -> None:
    draft, _ = one(region, Straße="Beispielstraße 4", Ort="Wehr", Vertraulich=written)
    assert draft.venue is not None
    assert draft.venue.confidential is confidential


def test_the_sea_off_africa_is_no_coordinate(region: Region) -> None:
    draft, answer = one(region, Ort="Wehr", lat="0", lon="0")
    assert draft.venue == VenueDraft("", "", "", "Wehr", "wehr")
    assert len(answer.unreadable) == 1


def test_coordinates_are_read_with_a_comma_too(region: Region) -> None:
    draft, _ = one(region, lat="47,6232", lon="8.2142")
    assert draft.venue == VenueDraft(latitude=47.6232, longitude=8.2142)


def test_several_phone_columns_and_a_mail_in_the_wrong_one_are_all_read(region: Region) -> None:
    draft, answer = one(
        region, Telefon_1="030 23125-110", Telefon_2="0171 3920031", Mobil="info@example.org", Kontakt="www.example.org"
    )
    assert [contact.value for contact in draft.contacts] == [
        "+493023125110", "+491713920031", "info@example.org", "https://www.example.org",
    ]  # fmt: skip
    assert answer.unreadable == ()


def test_weekday_and_clock_time_in_two_columns_belong_together(region: Region) -> None:
    draft, _ = one(region, Wochentag="Mo, Mi", Uhrzeit="18-20 Uhr")
    assert draft.schedule == (Slot(SlotKind.WEEKLY, (0, 2), starts=time(18), ends=time(20)),)


def test_the_same_number_twice_loses_no_row(region: Region) -> None:
    answer = read([["Nr", "Titel"], ["7", "Kurs"], ["7", "Treff"]], region)
    assert [draft.source_key for _, draft in answer.drafts] == ["7", "7 (2)"]
    assert [(note.line, note.column, note.row_lost) for note in answer.unreadable] == [(3, "Nr", False)]


def test_a_long_title_is_shortened_and_kept_whole(region: Region) -> None:
    title = "Wort " * 80
    draft = read([["Titel"], [title]], region).drafts[0][1]
    assert len(draft.texts[0].title) <= 300
    assert draft.kept == (("Titel", title.strip()),)
    assert check(draft, region) == ()


def test_marks_that_turn_text_around_do_not_get_in(region: Region) -> None:
    draft = read([["Titel"], ["Kurs\u202egnal"]], region).drafts[0][1]
    assert draft.texts[0].title == "Kursgnal"


def test_html_is_read_as_its_words(region: Region) -> None:
    draft, _ = one(region, Beschreibung="<p>Ein <b>Kurs</b></p><script>alert(1)</script>")
    assert draft.texts[0].description == "Ein Kurs"


def test_the_quote_of_our_own_export_is_taken_off_again(region: Region) -> None:
    draft = read([["Titel"], ["'=Formel als Titel"]], region).drafts[0][1]
    assert draft.texts[0].title == "=Formel als Titel"


def test_of_several_sheets_the_list_is_read_and_the_others_are_named(region: Region) -> None:
    data = as_xlsx([["Notizen"], ["nur so"]], Liste=[["Titel", "Ort"], ["Kurs", "Wehr"]])
    answer = importers.read("spreadsheet", data, region)
    assert [draft.texts[0].title for _, draft in answer.drafts] == ["Kurs"]
    assert ["“Angebote” was not read" in str(remark) for remark in answer.remarks] == [True]


def test_a_line_above_the_headings_is_reported(region: Region) -> None:
    answer = read([["Angebote 2026"], [], ["Titel", "Ort"], ["Kurs", "Wehr"]], region)
    assert [(note.line, note.row_lost) for note in answer.unreadable] == [(1, False)]
    assert [line for line, _ in answer.drafts] == [4]


def test_progress_is_told_to_the_end(region: Region) -> None:
    heard: list[tuple[int, int]] = []
    rows = [["Titel"], *([f"Angebot {number}"] for number in range(250))]
    importers.IMPORTERS["spreadsheet"].read(as_csv(rows), region, progress=lambda done, of: heard.append((done, of)))
    assert heard == [(100, 251), (200, 251), (251, 251)]


def test_a_file_that_is_not_there_is_a_sentence(region: Region) -> None:
    assert "could not be opened" in str(importers.read("spreadsheet", "nirgends/liste.csv", region).refused)


def test_of_the_demo_pool_nearly_every_cell_is_understood(region: Region) -> None:
    answer = importers.read("spreadsheet", DEMO / "offers.csv", region)
    with (DEMO / "offers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    cells = sum(bool(cell) for row in rows[1:] for cell in row)
    assert len(answer.drafts) == len(rows) - 1
    assert len(answer.unreadable) <= 0.05 * cells
    assert [problem for _, draft in answer.drafts for problem in check(draft, region)] == []


def test_the_demo_workbook_reads_like_the_demo_csv(region: Region) -> None:
    answers = [importers.read("spreadsheet", DEMO / name, region) for name in ("offers.csv", "offers.xlsx")]
    assert answers[0].drafts == answers[1].drafts


HEADINGS = st.sampled_from(
    [words[0] for words in COLUMNS.values()] + ["Titel (en)", "Titel (ar)", "Farbe", "", "x" * 300]
)
CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "",
            "ja",
            "=1+1",
            "'=x",
            "31.02.2026",
            "Mo 9-12",
            "20 €",
            "A2",
            "\x00",
            "\u202e",
            "a" * 5_000,
            '"',
            "79761",
            "Titel",
        ]
    ),
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(HEADINGS, min_size=1, max_size=12),
    st.lists(st.lists(CELLS, max_size=14), max_size=8),
    st.sampled_from(";,\t|"),
)
def test_every_row_of_any_table_becomes_a_draft_or_is_reported(
    headings: list[str], rows: list[list[str]], separator: str
) -> None:
    table = [["Nr", "Titel", *headings], *rows]
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(table)
    answer = importers.read("spreadsheet", text.getvalue().encode("utf-8", "replace"), REGION[0])
    filled = {line for line, cells in enumerate(table, start=1) if any(clean(cell) for cell in cells)}
    told = {line for line, _ in answer.drafts} | {note.line for note in answer.unreadable}
    assert answer.refused or len(filled - told) == 1  # the row of headings
    assert [problem for _, draft in answer.drafts for problem in check(draft, REGION[0])] == []


REGION: list[Region] = []


@pytest.fixture(autouse=True, scope="module")
def _region_at_hand(region: Region) -> None:
    REGION.append(region)
