"""What a query holds that nobody understood: named, and never a dead end."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from infopool.directory.regions import load_region
from infopool.paths import REGIONS
from infopool.search import concepts, finding, gazetteer
from infopool.search.documents import Card, IndexedText, OfferDocument
from infopool.search.finding import Search
from infopool.search.query import Asked
from infopool.search.whoosh_engine import WhooshEngine

TODAY = date(2026, 11, 22)
REGION = load_region("waldshut")
VOCABULARY = concepts.load()


def an_offer(number: int, title: str, topic: str) -> OfferDocument:
    return OfferDocument(
        id=number,
        texts={"de": IndexedText(title, "")},
        concepts=VOCABULARY.tag({"de": (title, "", "")}, (topic,)),
        facets={"topic": (topic,)},
        card=Card(number, {"de": (title, "")}, {}),
        checked_on=TODAY,
    )


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    folder: Path = tmp_path_factory.mktemp("index")
    engine = WhooshEngine(folder)
    engine.rebuild(
        [
            an_offer(1, "Deutschkurs am Abend", "german-course"),
            an_offer(2, "Migrationsberatung für Erwachsene", "migration-advice"),
            an_offer(3, "Grillfest am See", "meeting"),
        ]
    )
    return Search(engine, VOCABULARY, gazetteer.load(REGION, REGIONS / "waldshut"), REGION)


def asked(typed: str, language: str = "de") -> Asked:
    return Asked(typed, language, TODAY)


def left(search: Search, typed: str, language: str = "de") -> list[tuple[str, bool, bool]]:
    return [(word.typed, word.known, word.held) for word in search.understand(asked(typed, language)).leftovers]


def test_a_word_nobody_knows_is_left_over(search: Search) -> None:
    assert left(search, "Deutschkurs qxqxqx") == [("qxqxqx", False, False)]


def test_a_word_of_an_offer_is_searched_as_written(search: Search) -> None:
    [(typed, _, held)] = left(search, "Grillfest")
    assert (typed, held) == ("Grillfest", True)


def test_a_word_we_can_translate_is_known_though_no_offer_has_it(search: Search) -> None:
    assert left(search, "сніг", "uk") == [("сніг", True, False)]


def test_a_word_that_no_offer_holds_is_left_over_with_the_german_words_searched_for_it(search: Search) -> None:
    [word] = search.understand(asked("озеро", "uk")).leftovers
    assert (word.held, word.german) == (True, ("See",))


def test_a_word_that_offers_hold_stands_for_itself(search: Search) -> None:
    assert [word.german for word in search.understand(asked("Grillfest")).leftovers] == [()]


def test_empty_words_and_numbers_are_not_left_over(search: Search) -> None:
    assert left(search, "wo finde ich einen Deutschkurs 2026") == []


def test_single_letters_are_not_left_over(search: Search) -> None:
    assert left(search, "Deutschkurs x") == []


def test_the_piece_can_be_cut_out(search: Search) -> None:
    query = search.understand(asked("  qxqxqx  Deutschkurs"))
    [word] = query.leftovers
    assert query.text[word.start : word.end] == "qxqxqx"


@pytest.mark.parametrize("typed", ["qxqxqx", "你好", "wo finde ich"])
def test_who_is_not_understood_is_sent_to_those_who_advise_about_everything(search: Search, typed: str) -> None:
    results = finding.find(search, asked(typed))
    assert results.query.lost
    assert [hit.offer_id for hit in results.ask_first] == [2]


@pytest.mark.parametrize("typed", ["", "Deutschkurs qxqxqx", "Grillfest", "Tiengen", "kostenlos"])
def test_who_is_understood_in_part_is_not(search: Search, typed: str) -> None:
    results = finding.find(search, asked(typed))
    assert not results.query.lost
    assert results.ask_first == ()
