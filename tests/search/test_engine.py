"""What every search engine must do: a made-up pool in which every answer can be counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from infopool.search.engine import EngineBroken, SearchEngine
from infopool.search.query import Sort, Term, Word
from tests.search.conftest import Holding, found
from tests.search.entries import (
    SAECKINGEN,
    TIENGEN,
    TODAY,
    WALDSHUT,
    a_concept,
    a_query,
    a_wish,
    a_word,
    an_entry,
    near,
)

DAY = timedelta(days=1)


class TestWords:
    def test_an_offer_with_the_word_in_its_title_or_text_is_found(self, holding: Holding) -> None:
        engine = holding(an_entry(1, "kurs"), an_entry(2, "treff", "kurs"), an_entry(3, "treff"))
        assert sorted(found(engine, a_query("kurs"))) == [1, 2]

    def test_one_of_several_words_is_enough(self, holding: Holding) -> None:
        engine = holding(an_entry(1, "kurs"), an_entry(2, "treff"), an_entry(3, "laden"))
        assert sorted(found(engine, a_query("kurs treff"))) == [1, 2]

    def test_without_words_all_offers_are_found(self, holding: Holding) -> None:
        assert found(holding(an_entry(2), an_entry(1)), a_query()) == [1, 2]

    def test_a_word_nobody_holds_finds_nothing(self, holding: Holding) -> None:
        answer = holding(an_entry(1, "kurs")).search(a_query("mondfahrt"))
        assert (answer.total, answer.offers, answer.facets) == (0, (), {})

    def test_the_title_counts_more_than_the_text(self, holding: Holding) -> None:
        engine = holding(an_entry(1, "treff abend", "kurs"), an_entry(2, "kurs abend", "treff"))
        assert found(engine, a_query("kurs")) == [2, 1]

    def test_an_offer_with_more_of_the_words_comes_first(self, holding: Holding) -> None:
        engine = holding(an_entry(1, "kurs kurs kurs"), an_entry(2, "kurs abend"), an_entry(3, "abend abend"))
        assert found(engine, a_query("kurs abend"))[0] == 2

    def test_a_rare_word_counts_more_than_a_common_one(self, holding: Holding) -> None:
        engine = holding(*(an_entry(n, "kurs") for n in range(1, 9)), an_entry(9, "nähen"))
        assert found(engine, a_query("kurs nähen"))[0] == 9

    def test_a_short_text_wins_over_a_long_one(self, holding: Holding) -> None:
        engine = holding(an_entry(1, "a", "kurs " + "viel " * 60), an_entry(2, "a", "kurs viel"))
        assert found(engine, a_query("kurs")) == [2, 1]

    def test_an_offer_says_which_words_it_holds(self, holding: Holding) -> None:
        offers = holding(an_entry(1, "kurs"), an_entry(2, "kurs abend")).search(a_query("abend laden kurs")).offers
        assert {offer.offer_id: offer.matched for offer in offers} == {1: (2,), 2: (0, 2)}

    def test_a_word_is_found_in_its_own_language_only(self, holding: Holding) -> None:
        engine = holding(an_entry(1, "gift"), an_entry(2, "gift", written_in="en"))
        assert found(engine, a_query((a_word("gift", space="en"),))) == [2]

    def test_easy_german_is_searched_as_german(self, holding: Holding) -> None:
        assert found(holding(an_entry(1, "kurs", written_in="de-simple")), a_query("kurs")) == [1]

    def test_a_language_we_do_not_offer_is_searched_too(self, holding: Holding) -> None:
        engine = holding(an_entry(1, "你好", written_in="zh-Hant"))
        assert found(engine, a_query((a_word("你好", space="zh-hant"),))) == [1]

    def test_half_a_character_in_a_text_or_query_hurts_nobody(self, holding: Holding) -> None:
        engine = holding(an_entry(1, "kurs \ud83d", "w" * 5000))
        assert found(engine, a_query("\ud83d kurs")) == [1]


class TestWordsThatMayStandForAnother:
    def test_any_of_them_finds_an_offer(self, holding: Holding) -> None:
        engine = holding(an_entry(1, "kurs"), an_entry(2, "course", written_in="en"), an_entry(3, "laden"))
        word = Word("course", (Term("en", "course"), Term("de", "kurs", 0.7)))
        assert found(engine, a_query((word,))) == [2, 1]

    def test_they_count_as_one_word(self, holding: Holding) -> None:
        engine = holding(an_entry(1, "wohnung"), an_entry(2, "lehrgang"), an_entry(3, "kurs"))
        words = (a_word("kurs", "lehrgang", "seminar"), a_word("wohnung"))
        scores = {offer.offer_id: offer.score for offer in engine.search(a_query(words)).offers}
        assert scores[1] > scores[2] == pytest.approx(scores[3])

    def test_an_offer_with_two_of_them_holds_one_word(self, holding: Holding) -> None:
        offer = holding(an_entry(1, "kurs lehrgang")).search(a_query((a_word("kurs", "lehrgang"),))).offers[0]
        assert offer.matched == (0,)

    def test_a_less_likely_one_counts_less(self, holding: Holding) -> None:
        engine = holding(an_entry(1, "lauf"), an_entry(2, "kurs"))
        word = Word("course", (Term("de", "kurs", 0.8), Term("de", "lauf", 0.2)))
        assert found(engine, a_query((word,))) == [2, 1]

    def test_a_word_with_a_boost_counts_more(self, holding: Holding) -> None:
        engine = holding(an_entry(1, "kurs"), an_entry(2, "treff"))
        assert found(engine, a_query((a_word("kurs"), a_word("treff", boost=2.0)))) == [2, 1]


class TestConcepts:
    def test_an_offer_is_found_by_what_it_is_about(self, holding: Holding) -> None:
        engine = holding(an_entry(1, concepts={"german-course": 1.0}), an_entry(2, concepts={"housing": 1.0}))
        assert found(engine, a_query((a_concept("german-course"),))) == [1]

    def test_the_more_it_is_about_it_the_better(self, holding: Holding) -> None:
        engine = holding(an_entry(1, concepts={"course": 0.2}), an_entry(2, concepts={"course": 0.9}))
        assert found(engine, a_query((a_concept("course"),))) == [2, 1]


class TestFilters:
    def test_any_of_the_values_of_one_facet(self, holding: Holding) -> None:
        engine = holding(an_entry(1, topic="work"), an_entry(2, topic="housing"), an_entry(3, topic="law"))
        assert found(engine, a_query(filters={"topic": "work law"})) == [1, 3]

    def test_all_of_the_facets(self, holding: Holding) -> None:
        engine = holding(an_entry(1, topic="work", cost="free"), an_entry(2, topic="work", cost="paid"))
        assert found(engine, a_query(filters={"topic": "work", "cost": "free"})) == [1]

    def test_an_offer_that_does_not_say_comes_after_those_that_do(self, holding: Holding) -> None:
        engine = holding(an_entry(1, "kurs kurs"), an_entry(2, "x", "kurs lang lang", cost="free"))
        answer = engine.search(a_query("kurs", filters={"cost": "free"}))
        assert [(offer.offer_id, offer.ask) for offer in answer.offers] == [(2, ()), (1, ("cost",))]

    def test_the_more_it_does_not_say_the_lower_it_comes(self, holding: Holding) -> None:
        engine = holding(an_entry(1), an_entry(2, cost="free"), an_entry(3, cost="free", level="A1"))
        assert found(engine, a_query(filters={"cost": "free", "level": "A1"})) == [3, 2, 1]

    def test_the_unsure_are_counted(self, holding: Holding) -> None:
        engine = holding(an_entry(1), an_entry(2, cost="free"), an_entry(3, cost="paid"))
        answer = engine.search(a_query(filters={"cost": "free"}))
        assert (answer.total, answer.unsure) == (2, 1)

    def test_a_strict_facet_leaves_out_who_does_not_say(self, holding: Holding) -> None:
        assert found(holding(an_entry(1), an_entry(2, place="wehr")), a_query(filters={"place": "wehr"})) == [2]

    def test_an_unknown_facet_and_an_empty_one_change_nothing(self, holding: Holding) -> None:
        assert found(holding(an_entry(1)), a_query(filters={"colour": "red", "topic": ""})) == [1]

    def test_a_value_nobody_has_finds_nobody(self, holding: Holding) -> None:
        assert found(holding(an_entry(1, topic="work")), a_query(filters={"topic": "moon"})) == []


class TestFacets:
    def test_each_value_is_counted_among_the_found(self, holding: Holding) -> None:
        engine = holding(
            an_entry(1, "kurs", topic="work language"), an_entry(2, "kurs", topic="work"), an_entry(3, topic="law")
        )
        assert engine.search(a_query("kurs")).facets == {"topic": {"work": 2, "language": 1}}

    def test_a_ticked_facet_counts_as_if_it_were_not_ticked(self, holding: Holding) -> None:
        engine = holding(an_entry(1, cost="free"), an_entry(2, cost="paid"), an_entry(3))
        assert engine.search(a_query(filters={"cost": "free"})).facets["cost"] == {"free": 1, "paid": 1}

    def test_the_other_facets_count_under_the_ticked_one(self, holding: Holding) -> None:
        engine = holding(
            an_entry(1, topic="work", cost="free"), an_entry(2, topic="work", cost="paid"), an_entry(3, topic="law")
        )
        answer = engine.search(a_query(filters={"cost": "free"}))
        assert answer.facets["topic"] == {"work": 1, "law": 1}

    def test_many_providers_are_counted_too(self, holding: Holding) -> None:
        engine = holding(*(an_entry(n, provider=str(n % 300)) for n in range(1, 601)))
        counts = engine.search(a_query(filters={"provider": "7 8"})).facets["provider"]
        assert (len(counts), set(counts.values())) == (300, {2})

    def test_many_providers_can_be_ticked(self, holding: Holding) -> None:
        engine = holding(*(an_entry(n, provider=str(n % 300)) for n in range(1, 601)))
        assert found(engine, a_query(filters={"provider": "7 8"})) == [7, 8, 307, 308]


class TestTime:
    def test_an_offer_past_its_end_is_gone_from_results_and_counts(self, holding: Holding) -> None:
        engine = holding(an_entry(1, ends_on=TODAY - DAY, topic="work"), an_entry(2, topic="work"))
        answer = engine.search(a_query())
        assert (answer.total, found(engine, a_query()), answer.facets) == (1, [2], {"topic": {"work": 1}})

    def test_on_its_last_day_an_offer_is_still_there(self, holding: Holding) -> None:
        assert found(holding(an_entry(1, ends_on=TODAY)), a_query()) == [1]

    def test_an_offer_long_unchecked_sinks_a_little(self, holding: Holding) -> None:
        engine = holding(an_entry(1, "kurs", checked_on=TODAY - 366 * DAY), an_entry(2, "kurs"))
        assert found(engine, a_query("kurs")) == [2, 1]

    def test_an_offer_checked_a_year_ago_does_not_sink(self, holding: Holding) -> None:
        engine = holding(an_entry(1, "kurs", checked_on=TODAY - 365 * DAY), an_entry(2, "kurs"))
        assert found(engine, a_query("kurs")) == [1, 2]


class TestPlaceAndPerson:
    def test_nearer_offers_come_first(self, holding: Holding) -> None:
        engine = holding(an_entry(1, "kurs", at=SAECKINGEN), an_entry(2, "kurs", at=TIENGEN))
        assert found(engine, a_query("kurs", near=near(WALDSHUT))) == [2, 1]

    def test_the_distance_is_told_in_kilometres(self, holding: Holding) -> None:
        offer = holding(an_entry(1, at=SAECKINGEN)).search(a_query(near=near(WALDSHUT))).offers[0]
        assert offer.distance_km == pytest.approx(21.5, abs=0.3)

    def test_without_a_place_no_distance_is_told(self, holding: Holding) -> None:
        assert holding(an_entry(1, at=SAECKINGEN)).search(a_query()).offers[0].distance_km is None

    def test_a_radius_leaves_out_what_is_farther(self, holding: Holding) -> None:
        engine = holding(an_entry(1, at=SAECKINGEN), an_entry(2, at=TIENGEN), an_entry(3))
        assert found(engine, a_query(near=near(WALDSHUT, 10))) == [2]

    def test_a_radius_keeps_what_is_everywhere_after_the_near(self, holding: Holding) -> None:
        engine = holding(
            an_entry(1, "kurs kurs", card={"online": True}),
            an_entry(2, "kurs", card={"whole_region": True}),
            an_entry(3, "x", "kurs lang lang", at=TIENGEN),
        )
        answer = engine.search(a_query("kurs", near=near(WALDSHUT, 10)))
        assert (answer.offers[0].offer_id, {offer.offer_id for offer in answer.offers[1:]}) == (3, {1, 2})

    def test_what_is_everywhere_has_no_distance(self, holding: Holding) -> None:
        engine = holding(an_entry(1, card={"online": True}))
        assert engine.search(a_query(near=near(WALDSHUT, 10))).offers[0].distance_km is None

    def test_an_offer_in_the_readers_language_rises_a_little(self, holding: Holding) -> None:
        engine = holding(an_entry(1, "kurs", language="de"), an_entry(2, "kurs", language="de ar"))
        assert found(engine, a_query("kurs", language="ar")) == [2, 1]

    def test_a_wish_lifts_but_never_excludes(self, holding: Holding) -> None:
        engine = holding(an_entry(1, "kurs"), an_entry(2, "kurs", time="morning"), an_entry(3, "kurs", time="evening"))
        answer = engine.search(a_query("kurs", wishes=(a_wish("cost", "free"), a_wish("time", "evening"))))
        assert [(offer.offer_id, offer.granted) for offer in answer.offers] == [(3, (1,)), (1, ()), (2, ())]


class TestSorting:
    def test_by_distance_with_those_nowhere_last(self, holding: Holding) -> None:
        engine = holding(an_entry(1), an_entry(2, at=SAECKINGEN), an_entry(3, at=TIENGEN))
        assert found(engine, a_query(near=near(WALDSHUT), sort=Sort.DISTANCE)) == [3, 2, 1]

    def test_by_the_day_of_the_check_with_the_never_checked_last(self, holding: Holding) -> None:
        engine = holding(an_entry(1, checked_on=None), an_entry(2, checked_on=TODAY - 9 * DAY), an_entry(3))
        assert found(engine, a_query(sort=Sort.CHECKED)) == [3, 2, 1]

    def test_by_start_soonest_first_and_those_running_after(self, holding: Holding) -> None:
        engine = holding(
            an_entry(1, starts_on=TODAY - DAY),
            an_entry(2, starts_on=TODAY + 9 * DAY),
            an_entry(3, starts_on=TODAY),
            an_entry(4),
        )
        assert found(engine, a_query(sort=Sort.START)) == [3, 2, 1, 4]

    def test_newest_first(self, holding: Holding) -> None:
        engine = holding(an_entry(1, changed_on=TODAY - DAY), an_entry(2, changed_on=TODAY))
        assert found(engine, a_query(sort=Sort.NEWEST)) == [2, 1]

    def test_among_equals_the_better_fit_comes_first(self, holding: Holding) -> None:
        engine = holding(an_entry(1, "x", "kurs lang", changed_on=TODAY), an_entry(2, "kurs", changed_on=TODAY))
        assert found(engine, a_query("kurs", sort=Sort.NEWEST)) == [2, 1]

    @pytest.mark.parametrize("sort", list(Sort))
    def test_whoever_does_not_say_stays_below_in_every_order(self, holding: Holding, sort: Sort) -> None:
        early = {"changed_on": TODAY - DAY, "checked_on": TODAY - DAY, "starts_on": TODAY + 9 * DAY, "at": SAECKINGEN}
        late = {"changed_on": TODAY, "checked_on": TODAY, "starts_on": TODAY + DAY, "at": TIENGEN}
        engine = holding(an_entry(1, **late), an_entry(2, cost="free", **early))
        assert found(engine, a_query(filters={"cost": "free"}, sort=sort, near=near(WALDSHUT))) == [2, 1]

    @pytest.mark.parametrize("sort", list(Sort))
    def test_pages_one_after_another_are_the_whole(self, holding: Holding, sort: Sort) -> None:
        engine = holding(*(an_entry(n, "kurs " * (n % 3), topic="work", at=TIENGEN) for n in range(40, 0, -1)))
        whole = found(engine, a_query("kurs", sort=sort, limit=100, near=near(WALDSHUT)))
        pages = [
            found(engine, a_query("kurs", sort=sort, limit=7, offset=n, near=near(WALDSHUT))) for n in range(0, 42, 7)
        ]
        assert [number for page in pages for number in page] == whole

    def test_equals_stand_in_the_order_of_their_ids(self, holding: Holding) -> None:
        engine = holding(*(an_entry(n, "kurs") for n in (30, 2, 17, 9)))
        assert found(engine, a_query("kurs", limit=3)) == [2, 9, 17]

    def test_beyond_the_last_page_there_is_nothing(self, holding: Holding) -> None:
        answer = holding(an_entry(1)).search(a_query(offset=20))
        assert (answer.total, answer.offers) == (1, ())


class TestTheIndex:
    def test_count_says_what_search_would_find(self, holding: Holding) -> None:
        engine = holding(
            an_entry(1, "kurs", cost="free"), an_entry(2, "kurs", ends_on=TODAY - DAY), an_entry(3, "kurs", cost="paid")
        )
        query = a_query("kurs fehlt", filters={"cost": "free"}, near=near(WALDSHUT))
        assert engine.count(query) == engine.search(query).total == 1

    def test_words_are_listed_with_the_number_of_offers(self, holding: Holding) -> None:
        engine = holding(an_entry(1, "kurs", "kurs abend"), an_entry(2, "kurs"), an_entry(3, "tea", written_in="en"))
        assert dict(engine.words("de")) == {"kurs": 2, "abend": 1}

    def test_concepts_are_listed_too(self, holding: Holding) -> None:
        assert dict(holding(an_entry(1, concepts={"housing": 0.5})).words("concept")) == {"housing": 1}

    def test_the_words_of_a_removed_offer_are_gone(self, holding: Holding) -> None:
        engine = holding(an_entry(1, "kurs"), an_entry(2, "laden"))
        engine.apply([], removed=[2])
        assert dict(engine.words("de")) == {"kurs": 1}

    def test_a_card_comes_back_as_it_went_in(self, holding: Holding) -> None:
        entry = an_entry(7, "kurs \ud83d", card={"topics": ("work",), "cost": {"kind": "free", "cents": None}})
        assert holding(entry).card(7) == entry.card

    def test_an_offer_that_is_not_there_has_no_card(self, engine: SearchEngine) -> None:
        assert engine.card(7) is None

    def test_an_offer_put_in_again_replaces_itself(self, holding: Holding) -> None:
        engine = holding(an_entry(1, "kurs"), an_entry(2, "kurs"))
        engine.apply([an_entry(1, "laden")])
        assert (found(engine, a_query("kurs")), found(engine, a_query("laden"))) == ([2], [1])

    def test_a_removed_offer_is_gone(self, holding: Holding) -> None:
        engine = holding(an_entry(1), an_entry(2))
        engine.apply([], removed=[1, 99])
        assert (engine.ids(), found(engine, a_query())) == ({2}, [2])

    def test_an_offer_both_removed_and_put_in_stays(self, holding: Holding) -> None:
        engine = holding(an_entry(1, "kurs"))
        engine.apply([an_entry(1, "laden")], removed=[1])
        assert found(engine, a_query("laden")) == [1]

    def test_rebuilding_leaves_only_what_was_given(self, holding: Holding) -> None:
        engine = holding(an_entry(1), an_entry(2))
        assert (engine.rebuild(iter([an_entry(3)])), engine.ids()) == (1, {3})

    def test_every_change_has_a_new_generation(self, engine: SearchEngine) -> None:
        seen = [engine.generation()]
        engine.apply([an_entry(1)])
        seen.append(engine.generation())
        engine.apply([], removed=[1])
        seen.append(engine.generation())
        engine.rebuild([])
        assert len({*seen, engine.generation()}) == 4

    def test_a_change_of_nothing_changes_nothing(self, holding: Holding) -> None:
        engine = holding(an_entry(1))
        before = engine.generation()
        engine.apply([], removed=[99])
        assert engine.generation() == before

    def test_an_empty_index_answers(self, engine: SearchEngine) -> None:
        query = a_query("kurs", filters={"topic": "work"}, wishes=(a_wish("cost", "free"),), near=near(WALDSHUT, 5))
        assert (engine.search(query).total, engine.count(a_query()), engine.ids(), dict(engine.words("de"))) == (
            0,
            0,
            frozenset(),
            {},
        )

    def test_without_an_index_the_engine_is_broken(self, make_engine: Callable[[], SearchEngine]) -> None:
        with pytest.raises(EngineBroken):
            make_engine().search(a_query())
        with pytest.raises(EngineBroken):
            make_engine().apply([an_entry(1)])

    def test_a_fresh_index_is_not_outdated(self, engine: SearchEngine) -> None:
        assert not engine.is_outdated()

    def test_an_index_changed_step_by_step_answers_like_one_built_anew(self, holding: Holding) -> None:
        pool = {n: an_entry(n, "kurs", "abend " * (n % 5), topic="work" if n % 3 else "law") for n in range(60)}
        engine = holding(*pool.values())
        for n in range(0, 60, 2):
            changed = {n: an_entry(n, "laden kurs", topic="law", cost="free"), 100 - n: an_entry(100 - n, "treff")}
            engine.apply(changed.values(), removed=[n + 1])
            pool = {number: entry for number, entry in (pool | changed).items() if number != n + 1}
        queries = [a_query("kurs abend", filters={"cost": "free"}, limit=200), a_query("treff laden", limit=200)]
        stepwise = [engine.search(query) for query in queries]
        engine.rebuild(pool.values())
        assert [engine.search(query) for query in queries] == stepwise
