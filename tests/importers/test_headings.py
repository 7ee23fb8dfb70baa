"""Headings in any order and spelling a person would recognise."""

from __future__ import annotations

import pytest

from importers.headings import COLUMNS, TEXTS, find_headings, understand
from infopool.directory.reading.words import fold
from tests.promised import HEADINGS

PROMISED = [
    *HEADINGS,
    "Trägerart",
    "Plätze frei",
    "Wartezeit",
    "Gebiet",
    "Anmeldeschluss",
    "Gültig bis",
    "Hinweise zur Anmeldung",
    "Vertraulich",
    "Quelle",
]


def test_every_promised_heading_is_the_name_of_its_field() -> None:
    firsts = {words[0] for words in COLUMNS.values()}
    assert [heading for heading in PROMISED if heading not in firsts] == []


def test_no_heading_stands_for_two_fields() -> None:
    fields: dict[str, set[str]] = {}
    for field, words in COLUMNS.items():
        for word in words:
            fields.setdefault(fold(word), set()).add(field)
    assert {word: found for word, found in fields.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("titel", "title"),
        ("TITEL", "title"),
        (" Titel: ", "title"),
        ("Titel*", "title"),
        ("Name des Angebots", "title"),
        ("Title", "title"),
        ("Traeger", "provider"),
        ("Anbieter", "provider"),
        ("Themen", "topics"),
        ("Strasse", "street"),
        ("Straße, Nr.", "street"),
        ("Postleitzahl", "postcode"),
        ("Zip", "postcode"),
        ("Tel.", "phones"),
        ("Telefon 1", "phones"),
        ("Telefon 2", "phones"),
        ("Telefonummer", "phones"),
        ("e-mail", "emails"),
        ("E-Mail-Adresse", "emails"),
        ("EMail", "emails"),
        ("Homepage", "websites"),
        ("Kosten (€)", "cost"),
        ("Kosten in Euro", "cost"),
        ("Öffnungszeiten", "times"),
        ("Oeffnungszeiten", "times"),
        ("opening_hours", "times"),
        ("spoken_languages", "languages"),
        ("organisation_name", "provider"),
        ("Beschreibng", "description"),
        ("Aufenthaltstatus", "residence"),
        ("Geprüft am (Datum)", "checked_on"),
    ],
)
def test_a_heading_is_recognised(written: str, field: str) -> None:
    assert (understand(written).field, understand(written).language) == (field, "")


@pytest.mark.parametrize(
    ("written", "field", "language"),
    [
        ("Titel (en)", "title", "en"),
        ("Titel (EN)", "title", "en"),
        ("Titel [ar]", "title", "ar"),
        ("Kurzbeschreibung (ar)", "summary", "ar"),
        ("Beschreibung (uk)", "description", "uk"),
        ("description_en", "description", "en"),
        ("Titel_de", "title", "de"),
        ("title-fr", "title", "fr"),
        ("Titel (en-GB)", "title", "en"),
        ("Titel (Englisch)", "title", "en"),
        ("Titel auf Arabisch", "title", "ar"),
        ("Titel Ukrainisch", "title", "uk"),
        ("Titel (de-simple)", "title", "de-simple"),
        ("Titel (prs)", "title", "prs"),
        ("Hinweise zur Anmeldung (en)", "registration_words", "en"),
        ("Unterlagen (tr)", "documents", "tr"),
    ],
)
def test_a_heading_may_name_a_language(written: str, field: str, language: str) -> None:
    assert field in TEXTS
    assert (understand(written).field, understand(written).language) == (field, language)


@pytest.mark.parametrize(
    "written", ["", "Farbe", "F19", "Bemerkungen intern", "x", "Nr. 7b des Antrags", "💡", "a" * 500]
)
def test_an_unknown_heading_stays_unknown(written: str) -> None:
    assert understand(written).field == ""


def test_the_headings_may_stand_below_a_title() -> None:
    found = find_headings(
        [(1, ["Angebote im Landkreis, Stand Titel"]), (3, ["Nr", "Titel", "Ort"]), (4, ["1", "Kurs", "Wehr"])]
    )
    assert found is not None
    assert found.line == 3


def test_without_a_title_column_there_are_no_headings() -> None:
    assert find_headings([(1, ["Nr", "Ort", "Telefon"]), (2, ["1", "Wehr", "112"])]) is None


def test_a_second_column_for_the_same_thing_is_not_understood() -> None:
    found = find_headings([(1, ["Titel", "Kosten", "Preis"]), (2, ["Kurs", "frei", "5 €"])])
    assert found is not None
    assert [heading.field for heading in found.columns] == ["title", "cost", ""]
