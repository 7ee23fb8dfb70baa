"""Languages, topics, audiences, places and contacts, as people name them."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infopool.directory.drafts import SpokenLanguage
from infopool.directory.facts import ProviderKind
from infopool.directory.reading import choices, contacts
from infopool.directory.reading.answers import read_answer
from infopool.directory.reading.capacities import read_free_places
from infopool.directory.reading.cleaning import clean
from infopool.directory.reading.costs import read_cost
from infopool.directory.reading.dates import read_date
from infopool.directory.reading.levels import read_levels
from infopool.directory.reading.spoken import read_languages
from infopool.directory.reading.tables import words_of
from infopool.directory.reading.times import read_times
from infopool.directory.reading.venues import Address, PlaceNames, read_address
from infopool.directory.reading.words import fold
from infopool.directory.regions import Region

LANGUAGES: list[tuple[str, list[tuple[str, str]]]] = [
    ("Deutsch, Arabisch", [("de", ""), ("ar", "")]),
    ("Deutsch, Arabisch (nach Absprache), engl.", [("de", ""), ("ar", "nach Absprache"), ("en", "")]),
    ("Deutsch und Englisch", [("de", ""), ("en", "")]),
    ("Deutsch/Englisch/Französisch", [("de", ""), ("en", ""), ("fr", "")]),
    ("Arabisch nach Absprache", [("ar", "nach Absprache")]),
    ("deutsch; türkisch", [("de", ""), ("tr", "")]),
    ("Dari, Farsi, Paschtu", [("prs", ""), ("fa", ""), ("ps", "")]),
    ("Kurdisch (Kurmandschi), Sorani", [("ku", ""), ("ckb", "")]),
    ("Tigrinya, Somali, Amharisch", [("ti", ""), ("so", ""), ("am", "")]),
    ("Ukrainisch\nRussisch", [("uk", ""), ("ru", "")]),
    ("de, en", [("de", ""), ("en", "")]),
    ("German, English, Arabic", [("de", ""), ("en", ""), ("ar", "")]),
    ("Українська", [("uk", "")]),
    ("العربية", [("ar", "")]),
    ("Deutsche Gebärdensprache", [("gsg", "")]),
    ("Ungarisch, Bulgarisch, Georgisch", [("hu", ""), ("bg", ""), ("ka", "")]),
    ("Deutsch, Englsich", [("de", ""), ("en", "")]),
    ("Deutsch, Deutsch", [("de", "")]),
    ("Deutsch; Dolmetscher nach Absprache", [("de", ""), ("mul", "Dolmetscher nach Absprache")]),
    ("", []),
    ("-", []),
]


@pytest.mark.parametrize(("text", "spoken"), LANGUAGES, ids=[text for text, _ in LANGUAGES])
def test_languages_are_understood(text: str, spoken: list[tuple[str, str]]) -> None:
    assert read_languages(text) == (tuple(SpokenLanguage(tag, note) for tag, note in spoken), "")


def test_words_that_name_no_language_are_left_over() -> None:
    assert read_languages("Deutsch, Klingonisch-Dialekt") == ((SpokenLanguage("de"),), "Klingonisch-Dialekt")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Deutschkurs", ("german-course",)),
        ("Deutschkurs, Prüfung", ("german-course", "language-exam")),
        ("Sprachcafé / Deutsch üben", ("language-practice",)),
        ("Sprachcafé / Deutsch üben, Begegnung", ("language-practice", "meeting")),
        ("Kinder & Freizeit", ("children-leisure",)),
        ("Internet & Handy", ("digital",)),
        ("Wohnungssuche; Mietrecht", ("housing-search", "tenancy")),
        ("Schulden und Tafel", ("debt", "food-bank")),
        ("wohnungssuche", ("housing-search",)),
        ("Wohnungsuche", ("housing-search",)),
        ("Finding a home", ("housing-search",)),
        ("german-course", ("german-course",)),
        ("Reading and writing", ("literacy",)),
        ("", ()),
    ],
)
def test_topics_are_understood(text: str, codes: tuple[str, ...]) -> None:
    assert choices.read_topics(text) == (codes, "")


def test_an_unknown_topic_is_left_over_and_the_known_ones_stay() -> None:
    assert choices.read_topics("Deutschkurs, Raumfahrt") == (("german-course",), "Raumfahrt")


def test_no_word_stands_for_two_topics() -> None:
    codes: dict[str, set[str]] = {}
    for code, words in words_of("topics").items():
        for word in words:
            codes.setdefault(fold(word), set()).add(code)
    assert {word: found for word, found in codes.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("alle", ("everyone",)),
        ("Frauen, Eltern", ("women", "parents")),
        ("Kinder und Jugendliche", ("children", "youth")),
        ("Menschen mit Behinderung", ("disability",)),
        ("EU-Bürger", ("eu-citizens",)),
        ("Seniorinnen und Senioren", ("seniors",)),
        ("young people", ("youth",)),
        ("Arbeitssuchende", ("jobseekers",)),
    ],
)
def test_audiences_are_understood(text: str, codes: tuple[str, ...]) -> None:
    assert choices.read_audiences(text) == (codes, "")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("für alle", ("everyone",)),
        ("alle, auch ohne Papiere", ("everyone", "no-papers")),
        ("Asylbewerber, Geduldete", ("asylum-seeker", "tolerated")),
        ("Aufenthaltserlaubnis, EU-Bürger", ("permit", "eu")),
        ("§ 24", ("ukraine",)),
        ("Niederlassungserlaubnis", ("settled",)),
        ("", ()),
    ],
)
def test_residence_is_understood(text: str, codes: tuple[str, ...]) -> None:
    assert choices.read_residence(text) == (codes, "")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("vor Ort", ("on-site",)),
        ("vor Ort und online", ("on-site", "online")),
        ("hybrid", ("on-site", "online")),
        ("telefonisch", ("phone",)),
        ("Hausbesuch", ("home-visit",)),
        ("per Chat", ("online",)),
        ("Präsenz, Zoom", ("on-site", "online")),
    ],
)
def test_formats_are_understood(text: str, codes: tuple[str, ...]) -> None:
    assert choices.read_formats(text) == (codes, "")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Verein", ProviderKind.ASSOCIATION),
        ("e. V.", ProviderKind.ASSOCIATION),
        ("Behörde", ProviderKind.AUTHORITY),
        ("Wohlfahrtsverband", ProviderKind.WELFARE),
        ("Helferkreis", ProviderKind.VOLUNTEER_CIRCLE),
        ("VHS", ProviderKind.SCHOOL),
        ("school", ProviderKind.SCHOOL),
        ("", ProviderKind.OTHER),
    ],
)
def test_kinds_of_providers_are_understood(text: str, kind: ProviderKind) -> None:
    assert choices.read_provider_kind(text) == (kind, "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Arbeitskreis Wohnen", "housing"),
        ("AK Wohnen", "housing"),
        ("Wohnen", "housing"),
        ("Arbeitskreis Bildung/Sprache", "education"),
        ("Bildung und Sprache", "education"),
        ("AK Arbeit/Ausbildung", "work"),
        ("work", "work"),
        ("", ""),
    ],
)
def test_working_groups_are_found_by_the_words_of_their_names(text: str, code: str, region: Region) -> None:
    assert choices.read_working_group(text, region.working_groups) == (code, "")


PHONES: list[tuple[str, list[tuple[str, str]]]] = [
    ("07751 123456", [("+497751123456", "")]),
    ("07751/12 34-56", [("+497751123456", "")]),
    ("(07751) 123456", [("+497751123456", "")]),
    ("+49 7751 123456", [("+497751123456", "")]),
    ("+49 (0)7751 123456", [("+497751123456", "")]),
    ("0049 7751 123456", [("+497751123456", "")]),
    ("030 23125-110", [("+493023125110", "")]),
    ("Tel.: 030 23125-110", [("+493023125110", "")]),
    ("030 23125-110, 0171 3920031", [("+493023125110", ""), ("+491713920031", "")]),
    ("030 23125-110 / 0171 3920031", [("+493023125110", ""), ("+491713920031", "")]),
    ("030 23125-110 oder 0171 3920031", [("+493023125110", ""), ("+491713920031", "")]),
    ("030 23125-110 / -111", [("+493023125110", ""), ("+493023125111", "")]),
    ("0171 3920011 (auch WhatsApp)", [("+491713920011", "auch WhatsApp")]),
    ("030 23125-110 (Mo-Fr 9-12 Uhr)", [("+493023125110", "Mo-Fr 9-12 Uhr")]),
    ("Frau Muster: 030 23125-110", [("+493023125110", "Frau Muster")]),
    ("Tel. 030 23125-110\nMobil: 0171 3920031", [("+493023125110", ""), ("+491713920031", "Mobil")]),
    ("112", [("112", "")]),
    ("110", [("110", "")]),
    ("115", [("115", "")]),
    ("116117", [("116117", "")]),
    ("116 016", [("116016", "")]),
    ("0800 1110111", [("08001110111", "")]),
    ("0800 1110111, 0800 1110222", [("08001110111", ""), ("08001110222", "")]),
    ("+49 800 1110111", [("08001110111", "")]),
    ("+41 56 200 00 00", [("+41562000000", "")]),
    ("", []),
]


@pytest.mark.parametrize(("text", "found"), PHONES, ids=[text for text, _ in PHONES])
def test_phones_are_understood(text: str, found: list[tuple[str, str]]) -> None:
    phones, left = contacts.read_phones(text)
    assert ([(phone.value, phone.note) for phone in phones], left) == (found, "")


@pytest.mark.parametrize("text", ["siehe Website", "12345", "Fax: 07751 123457", "0"])
def test_what_is_no_phone_is_left_over(text: str) -> None:
    assert contacts.read_phones(text) == ((), text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("info@example.org", ["info@example.org"]),
        ("a@example.org; b@example.org", ["a@example.org", "b@example.org"]),
        ("E-Mail: info@Example.ORG", ["info@example.org"]),
        ("info(at)example.org", ["info@example.org"]),
        ("mailto:info@example.org", ["info@example.org"]),
    ],
)
def test_email_addresses_are_understood(text: str, found: list[str]) -> None:
    emails, left = contacts.read_emails(text)
    assert ([email.value for email in emails], left) == (found, "")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://example.org/kurse", ["https://example.org/kurse"]),
        ("www.example.org", ["https://www.example.org"]),
        ("example.org/kurse?nr=4", ["https://example.org/kurse?nr=4"]),
        ("http://example.org", ["http://example.org"]),
        ("HTTPS://Example.org/A", ["https://example.org/A"]),
        ("example.org, www.example.com", ["https://example.org", "https://www.example.com"]),
    ],
)
def test_websites_are_understood(text: str, found: list[str]) -> None:
    websites, left = contacts.read_websites(text)
    assert ([website.value for website in websites], left) == (found, "")


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "ftp://example.org/x", "file:///etc/passwd", "http://user@example.org", "folgt"]
)
def test_what_is_no_web_address_is_left_over(text: str) -> None:
    found, left = contacts.read_websites(text)
    assert found == ()
    assert left


ADDRESSES: list[tuple[str, Address]] = [
    ("Beispielstr. 4, 79761 Waldshut-Tiengen", Address("", "Beispielstr. 4", "79761", "Waldshut-Tiengen")),
    (
        "Pfarrheim, Beispielstr. 4, 79761 Waldshut-Tiengen",
        Address("Pfarrheim", "Beispielstr. 4", "79761", "Waldshut-Tiengen"),
    ),
    ("Beispielstr. 4\n79761 Waldshut-Tiengen", Address("", "Beispielstr. 4", "79761", "Waldshut-Tiengen")),
    ("79761 Waldshut-Tiengen, Beispielstraße 4a", Address("", "Beispielstraße 4a", "79761", "Waldshut-Tiengen")),
    ("D-79761 Waldshut", Address("", "", "79761", "Waldshut")),
    ("Am Musterbach 7", Address("", "Am Musterbach 7", "", "")),
    ("Gemeindehaus", Address("Gemeindehaus", "", "", "")),
    ("", Address()),
]


@pytest.mark.parametrize(("text", "address"), ADDRESSES, ids=[text for text, _ in ADDRESSES])
def test_an_address_in_one_cell_is_taken_apart(text: str, address: Address) -> None:
    assert read_address(text) == address


@pytest.mark.parametrize(
    ("postcode", "town", "code"),
    [
        ("79761", "Waldshut-Tiengen", "waldshut-tiengen"),
        ("79761", "Tiengen", "tiengen"),
        ("79761", "", "waldshut-tiengen"),
        ("79713", "", "bad-saeckingen"),
        ("", "Bad Säckingen", "bad-saeckingen"),
        ("", "Bad Saeckingen", "bad-saeckingen"),
        ("", "Laufenburg", "laufenburg"),
        ("", "Laufenburg (Baden)", "laufenburg"),
        ("", "Gemeinde Wutöschingen", "wutoeschingen"),
        ("", "St.Blasien", "st-blasien"),
        ("79837", "", ""),  # three municipalities share it
        ("79837", "Ibach", "ibach"),
        ("02625", "Bautzen", ""),
    ],
)
def test_an_address_finds_its_place(postcode: str, town: str, code: str, region: Region) -> None:
    assert PlaceNames(region).code_of(postcode, town) == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Stühlingen, Eggingen, Wutach", ("stuehlingen", "eggingen", "wutach")),
        ("Wehr und Bad Säckingen", ("wehr", "bad-saeckingen")),
        ("Waldshut und Umgebung", ("waldshut",)),
        ("", ()),
    ],
)
def test_places_served_are_found(text: str, codes: tuple[str, ...], region: Region) -> None:
    assert PlaceNames(region).read_places(text) == (codes, "")


@pytest.mark.parametrize("text", ["ganzer Landkreis", "Landkreis Waldshut", "kreisweit", "whole county"])
def test_the_whole_county_is_one_code(text: str, region: Region) -> None:
    assert PlaceNames(region).read_places(text) == ((region.code,), "")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  a   b ", "a b"),
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\x00b\x07c", "abc"),
        ("<p>Ein <b>Kurs</b></p><p>für&nbsp;alle</p>", "Ein Kurs\n\nfür alle"),
        ("<script>alert(1)</script>Kurs", "Kurs"),
        ('<a href="https://example.org">hier</a>', "hier (https://example.org)"),
        ('<a href="javascript:alert(1)">hier</a>', "hier"),
        ("Müller &amp; Söhne", "Müller & Söhne"),
        ("Kinder < 3 Jahre", "Kinder < 3 Jahre"),
        ("'=1+1", "=1+1"),
        ("'@example", "@example"),
        ("'s Lädele", "'s Lädele"),
        ("a\r\nb", "a\nb"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_a_cell_is_cleaned(raw: str, text: str) -> None:
    assert clean(raw) == text


READERS: list[Callable[[str], object]] = [
    read_answer,
    read_cost,
    read_date,
    read_levels,
    read_languages,
    read_times,
    read_free_places,
    read_address,
    contacts.read_phones,
    contacts.read_emails,
    contacts.read_websites,
    choices.read_topics,
    choices.read_audiences,
    choices.read_residence,
    choices.read_formats,
]


@pytest.mark.parametrize(
    "unit", ["a", "1 ", "Mo ", "1.", "(", "- ", "a, ", "A1 ", "und ", "https://a", "a@", "§ ", "Ferien und "]
)
def test_no_reader_takes_long_over_a_long_cell(unit: str) -> None:
    started = time.monotonic()
    for reader in READERS:
        reader(unit * (900 // len(unit)))
        reader(unit * 20_000)
    assert time.monotonic() - started < 2


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_no_reader_raises_on_any_text(text: str) -> None:
    for reader in READERS:
        reader(clean(text))
