"""Finding, from words typed to results: the real vocabulary, the real engine, a made-up pool."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from infopool.directory.regions import load_region
from infopool.paths import REGIONS
from infopool.search import concepts, finding, gazetteer
from infopool.search.documents import Card, IndexedText, OfferDocument
from infopool.search.engine import EngineBroken, SearchEngine
from infopool.search.finding import Search
from infopool.search.query import Asked
from infopool.search.results import Reason, ReasonKind, SearchResults
from infopool.search.suggesting import suggest
from infopool.search.whoosh_engine import WhooshEngine

TODAY = date(2026, 11, 22)
REGION = load_region("waldshut")
VOCABULARY = concepts.load()
GAZETTEER = gazetteer.load(REGION, REGIONS / "waldshut")


def an_offer(number: int, title: str, *topics: str, place: str = "waldshut", **facts: Any) -> OfferDocument:
    """An offer in a place; `times`, `cost`, `languages`, `body`, `provider` say more."""
    body, where = str(facts.get("body", "")), REGION.by_code[place]
    facets = {"topic": topics, "place": (place,), "provider": (str(facts.get("provider_id", number)),)}
    facets |= {
        facet: tuple(facts[key]) for facet, key in (("time", "times"), ("language", "languages")) if key in facts
    }
    facets |= {"cost": (facts["cost"],)} if "cost" in facts else {}
    schedule = tuple({"kind": "weekly", "weekdays": [1], "starts": start} for start in facts.get("starts", ()))
    card = Card(
        number,
        {"de": (title, "")},
        {"de": "written"},
        provider=str(facts.get("provider", "Beispielverein")),
        provider_id=int(facts.get("provider_id", number)),
        place=place,
        languages=tuple(facts.get("languages", ())),
        cost={"kind": facts.get("cost", "unknown")},
        schedule=schedule,
    )
    return OfferDocument(
        id=number,
        texts={"de": IndexedText(title, f"{body}\n{card.provider}")},
        concepts=VOCABULARY.tag({"de": (title, "", body)}, topics),
        facets=facets,
        card=card,
        latitude=where.latitude,
        longitude=where.longitude,
        checked_on=TODAY,
    )


POOL = (
    an_offer(1, "Deutsch am Abend", "german-course", times=["evening"], starts=["18:30"], cost="free"),
    an_offer(2, "Deutschkurs am Vormittag", "german-course", place="tiengen", times=["morning"], starts=["09:00"]),
    an_offer(3, "Sprachcafé", "language-practice", place="wehr", languages=["ar", "de"], cost="free"),
    an_offer(4, "Hilfe bei der Wohnungssuche", "housing-search", provider="Caritasverein Beispiel", provider_id=77),
    an_offer(5, "Mietrecht: Sprechstunde", "tenancy", place="bad-saeckingen", cost="paid"),
    an_offer(6, "Nähen und Reden", "women", place="st-blasien", body="Treff für Frauen"),
    an_offer(7, "Zahnärzte, die Arabisch sprechen", "doctors", languages=["ar"]),
)


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    engine: SearchEngine = WhooshEngine(tmp_path_factory.mktemp("index"))
    engine.rebuild(POOL)
    return Search(engine, VOCABULARY, GAZETTEER, REGION)


def ask(search: Search, typed: str, language: str = "de", **more: Any) -> SearchResults:
    return finding.find(search, Asked(typed, language, TODAY, **more))


def ids(results: SearchResults) -> list[int]:
    return [hit.offer_id for hit in results.hits]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("wo finde ich einen abendkurs deutsch", 1),
        ("Deutschkurs Tiengen", 2),
        ("wohnung suchen", 4),
        ("Wohnungssuhce", 4),
        ("Zahnarzt", 7),
        ("Ärger mit dem Vermieter", 5),
        ("nähen", 6),
        ("Zahnärzte Arabisch", 7),
    ],
)
def test_the_offer_that_fits_comes_first(search: Search, typed: str, first: int) -> None:
    assert ids(ask(search, typed))[0] == first


def test_without_words_all_offers_are_found(search: Search) -> None:
    assert ask(search, "").total == len(POOL)


def test_a_wish_alone_lifts_and_excludes_nothing(search: Search) -> None:
    results = ask(search, "abends")
    assert results.total == len(POOL)
    assert ids(results)[0] == 1


def test_a_wish_finds_offers_though_no_offer_holds_the_words_beside_it(search: Search) -> None:
    assert ids(ask(search, "Xylophonbau abends"))[0] == 1


def test_a_place_finds_offers_though_no_offer_holds_the_words_beside_it(search: Search) -> None:
    assert ids(ask(search, "Xylophonbau Wehr"))[0] == 3


def test_a_hit_says_which_concept_it_was_found_by(search: Search) -> None:
    assert Reason(ReasonKind.CONCEPT, "german-course", "Sprachkurs") in ask(search, "Sprachkurs").hits[0].why


def test_when_no_offer_is_about_a_thing_the_broader_one_serves(search: Search) -> None:
    results = ask(search, "Mietspiegel Mietkaution")
    assert ids(results)[0] == 5


def test_the_broader_concept_is_the_reason_then(search: Search) -> None:
    hit = ask(search, "Sprachtandem").hits[0]
    assert (hit.offer_id, hit.why[0]) == (3, Reason(ReasonKind.CONCEPT, "language-practice", "Sprachtandem"))


def test_a_hit_says_which_word_it_holds(search: Search) -> None:
    assert Reason(ReasonKind.WORD, "Reden", "Reden", language="de") in ask(search, "Reden").hits[0].why


def test_a_hit_says_which_word_it_holds_for_another_one(search: Search) -> None:
    why = ask(search, "plaudern").hits[0].why
    assert why == (Reason(ReasonKind.WORD, "Reden", "plaudern", language="de"),)
    assert why[0].stands_for_another


def test_each_piece_typed_has_one_reason(search: Search) -> None:
    why = ask(search, "Zahnarztpraxis").hits[0].why
    assert [reason.typed for reason in why if reason.typed] == ["Zahnarztpraxis"]


def test_a_wish_granted_is_a_reason(search: Search) -> None:
    hit = next(hit for hit in ask(search, "Deutschkurs abends").hits if hit.offer_id == 1)
    assert Reason(ReasonKind.WISH, "evening", "abends", "time") in hit.why


def test_a_wish_not_granted_is_named_too(search: Search) -> None:
    hit = next(hit for hit in ask(search, "Deutschkurs abends").hits if hit.offer_id == 2)
    assert Reason(ReasonKind.DIFFERS, "evening", "abends", "time") in hit.why


def test_what_an_offer_does_not_say_is_no_difference(search: Search) -> None:
    hit = next(hit for hit in ask(search, "Sprachcafé abends").hits if hit.offer_id == 3)
    assert ReasonKind.DIFFERS not in {reason.kind for reason in hit.why}


def test_nearness_is_a_reason(search: Search) -> None:
    assert Reason(ReasonKind.PLACE, "tiengen") in ask(search, "Deutschkurs Tiengen").hits[0].why


def test_the_readers_language_spoken_there_is_a_reason(search: Search) -> None:
    hit = next(hit for hit in ask(search, "Sprachcafé", "ar").hits if hit.offer_id == 3)
    assert Reason(ReasonKind.LANGUAGE, "ar") in hit.why


def test_every_facet_value_has_a_count(search: Search) -> None:
    facets = ask(search, "").facets
    assert {value.value: value.count for value in facets["cost"]} == {"free": 2, "paid": 1}


def test_a_ticked_value_is_listed_even_when_nothing_has_it(search: Search) -> None:
    facets = ask(search, "Deutschkurs", filters={"topic": ("debt",)}).facets
    assert [(value.count, value.ticked) for value in facets["topic"] if value.value == "debt"] == [(0, True)]


def ways(results: SearchResults) -> dict[tuple[str, str], int]:
    return {(way.kind, way.value or way.id): way.count for way in results.ways_out}


def test_a_filter_that_leaves_nothing_can_be_dropped(search: Search) -> None:
    assert ways(ask(search, "Wohnungssuche", filters={"place": ("wehr",)}))["drop-filter", "wehr"] > 0


def test_the_neighbours_are_named_that_have_one(search: Search) -> None:
    found = ways(ask(search, "Nähkurs nähen", filters={"place": ("haeusern",)}))
    assert found["neighbour", "st-blasien"] == 1


def test_a_circle_can_be_widened(search: Search) -> None:
    found = ways(ask(search, "nähen", near="waldshut", within_km=5.0))
    assert found["widen", "25"] == 1


def test_the_topic_is_offered_when_little_fits(search: Search) -> None:
    assert ways(ask(search, "nähen", filters={"place": ("wehr",)}))["topic", "women"] > 0


def test_all_offers_are_the_last_way_out(search: Search) -> None:
    results = ask(search, "xyzzy")
    assert results.total == 0
    assert [(way.kind, way.count) for way in results.ways_out] == [("all", len(POOL))]


@pytest.mark.parametrize(
    ("typed", "filters"),
    [("xyzzy", {}), ("nähen", {"place": ("wehr",)}), ("Hebamme", {}), ("Zahnarzt B1", {"cost": ("paid",)})],
)
def test_every_way_out_leads_somewhere_new(search: Search, typed: str, filters: dict[str, tuple[str, ...]]) -> None:
    results = ask(search, typed, filters=filters)
    assert results.ways_out
    assert [way for way in results.ways_out if way.count <= results.total and way.kind != "neighbour"] == []


def test_with_enough_results_there_is_no_way_out(search: Search) -> None:
    assert ask(search, "").ways_out == ()


def test_a_suggestion_finds_something(search: Search) -> None:
    results = ask(search, "Hebamme")
    assert [words for words in results.suggestions if ask(search, words, exact=True).total == 0] == []


def test_other_words_are_suggested_when_mending_is_off(search: Search) -> None:
    assert "Wohnungssuche" in ask(search, "Wohnungssuhce", exact=True).suggestions


def test_too_long_a_query_is_said_to_be_cut(search: Search) -> None:
    assert ask(search, "Deutschkurs " * 40).cut
    assert not ask(search, "Deutschkurs").cut


def test_pages_follow_one_another(search: Search) -> None:
    first, second = ask(search, "", limit=4), ask(search, "", limit=4, offset=4)
    assert sorted(ids(first) + ids(second)) == [offer.id for offer in POOL]


def test_words_new_in_the_index_are_known_at_once(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    engine.rebuild([])
    search = Search(engine, VOCABULARY, GAZETTEER, REGION)
    assert ask(search, "Zwiebelkuchenabend").total == 0
    engine.apply([an_offer(1, "Zwiebelkuchenabend")])
    assert ask(search, "Zwiebelkuchnabend").total == 1


def test_a_broken_index_is_said_to_be_broken(tmp_path: Path) -> None:
    search = Search(WhooshEngine(tmp_path / "nothing"), VOCABULARY, GAZETTEER, REGION)
    with pytest.raises(EngineBroken):
        ask(search, "Deutschkurs")


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("deutschk", "concept", "Deutschkurs"),
        ("wohnungss", "concept", "Wohnungssuche"),
        ("wald", "place", "Waldshut"),
        ("nähen und re", "offer", "Nähen und Reden"),
        ("caritasv", "provider", "Caritasverein Beispiel"),
    ],
)
def test_something_is_suggested_while_typing(search: Search, typed: str, kind: str, text: str) -> None:
    assert (kind, text) in {(line.kind, line.text) for line in suggest(search, typed, "de", TODAY)}


@pytest.mark.parametrize("typed", ["d", "de", "wo", "frau", "miet", "schwangersch", "xyzzy", "", "🙂", "a" * 5000])
def test_no_suggestion_leads_to_nothing(search: Search, typed: str) -> None:
    lines = suggest(search, typed, "de", TODAY)
    assert [line for line in lines if line.count < 1 or ask(search, line.text).total < 1] == []


def test_no_more_is_suggested_than_asked(search: Search) -> None:
    assert len(suggest(search, "de", "de", TODAY, limit=2)) <= 2
