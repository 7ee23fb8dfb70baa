"""Offers that may be the same one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from infopool.curation import duplicates
from infopool.curation.duplicates import CLOSE, alike, differ_in_numbers, likeness
from infopool.db import Database
from infopool.directory.drafts import ContactDraft, OfferDraft, TextDraft, VenueDraft
from infopool.directory.facts import ContactKind, State
from tests.making import a_draft, an_offer

SAME = [
    ("Deutschkurs A1 am Abend", "Deutsch-Kurs A1 abends"),
    ("Sprachcafé Tiengen", "Sprachcafe in Tiengen"),
    ("Nähtreff am Freitag", "Näh-Treff freitags"),
    ("Kleiderkammer Wehr", "Kleiderkammer in Wehr"),
    ("Begegnungscafé", "BEGEGNUNGSCAFE"),
    ("Deutsch für Frauen mit Kinderbetreuung", "Deutsch für Frauen, Kinderbetreuung"),
    ("Schuldnerberatung der Caritas", "Caritas Schuldnerberatung"),
    ("Integrationskurs mit Alphabetisierung", "Alphabetisierung im Integrationskurs"),
    ("Fahrradwerkstatt", "Fahrrad-Werkstatt"),
]
OTHERS = [
    ("Deutschkurs am Abend", "Deutschkurs am Morgen"),
    ("Sprachcafé Tiengen", "Sprachcafé Wehr"),
    ("Migrationsberatung", "Schwangerschaftsberatung"),
    ("Deutsch", "Deutsch für den Beruf"),
    ("Beratung", "Beratung für Frauen bei Gewalt"),
    ("Spielgruppe für Kinder", "Sportgruppe für Kinder"),
]
SERIES = [
    ("Deutsch A1 Teil 2", "Deutsch A1 Teil 3"),
    ("Deutschkurs A1", "Deutschkurs A2"),
    ("Deutsch A2.1", "Deutsch A2.2"),
    ("Nähkurs I", "Nähkurs II"),
    ("Kurs 2026", "Kurs 2027"),
]


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


def nothing(title: str = "Etwas ganz Eigenes", **facts: object) -> OfferDraft:
    return OfferDraft(texts=(TextDraft("de", title),), **facts)  # type: ignore[arg-type]


def whys(session: Session, draft: OfferDraft) -> dict[int, list[str]]:
    return {one.offer_id: [str(why) for why in one.why] for one in alike(session, draft)}


@pytest.mark.parametrize(("one", "other"), SAME)
def test_titles_that_mean_the_same(one: str, other: str) -> None:
    assert likeness(one, other) >= CLOSE
    assert not differ_in_numbers(one, other)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_titles_that_only_look_alike(one: str, other: str) -> None:
    assert likeness(one, other) < CLOSE


@pytest.mark.parametrize(("one", "other"), SERIES)
def test_parts_and_levels_of_a_series_are_different_offers(session: Session, one: str, other: str) -> None:
    assert differ_in_numbers(one, other)
    an_offer(session, one)
    assert alike(session, a_draft(other)) == ()


@pytest.mark.parametrize(("one", "other"), SAME)
def test_a_similar_title_is_found(session: Session, one: str, other: str) -> None:
    offer = an_offer(session, one, contacts=(), venue=None)
    assert whys(session, nothing(other)) == {offer.id: ["a similar title"]}


def test_the_same_phone_is_found_however_it_was_written(session: Session) -> None:
    offer = an_offer(session)
    draft = nothing(contacts=(ContactDraft(ContactKind.PHONE, "+493023125120"),))
    assert whys(session, draft) == {offer.id: ["the same phone number"]}


@pytest.mark.parametrize(
    "address", ["https://example.org/kurs", "http://www.example.org/kurs/", "https://example.org/kurs?von=hier"]
)
def test_the_same_website_is_found_whatever_stands_around_it(session: Session, address: str) -> None:
    offer = an_offer(session, contacts=(ContactDraft(ContactKind.WEBSITE, "https://www.example.org/kurs"),))
    draft = nothing(contacts=(ContactDraft(ContactKind.WEBSITE, address),))
    assert whys(session, draft) == {offer.id: ["the same website"]}


def test_the_same_address_is_found_with_strasse_and_str(session: Session) -> None:
    offer = an_offer(session, venue=VenueDraft("", "Beispielstraße 4", "79761", "Waldshut"), contacts=())
    draft = nothing(venue=VenueDraft("Saal", "Beispielstr. 4", "79761", "Waldshut-Tiengen"))
    assert whys(session, draft) == {offer.id: ["the same address"]}


def test_another_offer_of_the_same_provider_is_none(session: Session) -> None:
    an_offer(session, "Deutschkurs am Abend")
    assert alike(session, a_draft("Nähen und Kochen")) == ()


def test_more_reasons_come_first(session: Session) -> None:
    alone = an_offer(session, "Deutschkurs am Abend", contacts=(), venue=None)
    both = an_offer(session, "Deutschkurs am Abend", venue=None)
    assert list(whys(session, a_draft(venue=None))) == [both.id, alone.id]


def test_a_number_that_a_whole_house_shares_says_nothing(session: Session) -> None:
    for number in range(duplicates.CROWD + 1):
        an_offer(session, f"Angebot {number}", venue=None)
    assert whys(session, nothing(contacts=(ContactDraft(ContactKind.PHONE, "+493023125120"),))) == {}


def test_withdrawn_ones_and_the_offer_itself_are_no_doubles(session: Session) -> None:
    an_offer(session, state=State.WITHDRAWN)
    own = an_offer(session)
    assert alike(session, a_draft(), but=own.id) == ()


def test_drafts_are_doubles_too(session: Session) -> None:
    offer = an_offer(session, state=State.DRAFT)
    assert list(whys(session, a_draft())) == [offer.id]


@pytest.mark.parametrize("title", ["", "%", "_____", "a", "\\", "دورة ألمانية", "'; --", "1 2 3"])
def test_no_title_breaks_it(session: Session, title: str) -> None:
    an_offer(session)
    alike(session, nothing(title))
