"""Searches are counted, people are not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from infopool.curation import counting
from infopool.curation.counting import Searched
from infopool.curation.models import MonthKey, RareTerm, SearchCount, WantedTerm
from infopool.db import Database
from infopool.web.counting import AGAIN_AFTER, SearchCounter

FIRST = date(2026, 11, 2)


def wanted(database: Database) -> list[tuple[str, int]]:
    with database.reading() as session:
        return [(term.term, term.hits) for term in session.scalars(select(WantedTerm))]


def come(database: Database, term: str, *, days: int, a_day: int = 1, language: str = "de") -> None:
    for day in range(days):
        for _ in range(a_day):
            with database.transaction() as session:
                counting.add_terms(session, [(language, term)], FIRST + timedelta(days=day))


def test_a_word_on_four_days_is_written_down_nowhere(database: Database) -> None:
    come(database, "schwimmkurs", days=4, a_day=20)
    assert wanted(database) == []


def test_a_word_on_five_days_but_seldom_is_written_down_nowhere(database: Database) -> None:
    come(database, "schwimmkurs", days=5, a_day=1)
    assert wanted(database) == []


def test_a_word_on_five_days_and_ten_times_is_written_down(database: Database) -> None:
    come(database, "schwimmkurs", days=5, a_day=2)
    assert wanted(database) == [("schwimmkurs", 10)]


def test_from_then_on_it_is_counted(database: Database) -> None:
    come(database, "schwimmkurs", days=5, a_day=3)
    assert wanted(database) == [("schwimmkurs", 15)]


def test_the_same_word_of_two_languages_is_two(database: Database) -> None:
    come(database, "sport", days=5, a_day=1)
    come(database, "sport", days=5, a_day=1, language="pl")
    assert wanted(database) == []


@pytest.mark.parametrize(
    "words",
    [
        "leyla.muster@example.org",
        "https://example.org/x",
        "0170 1234567",
        "DE89 3704 0044",
        "Aktenzeichen 12345",
        "ein Satz mit mehr als vier Wörtern",
        "x" * 41,
        "+++",
        "12",
        "",
    ],
)
def test_what_may_name_somebody_is_dropped_at_once(words: str) -> None:
    assert counting.term_of(words) == ""


def test_words_are_counted_however_they_are_typed() -> None:
    assert counting.term_of("  Schwimm Kurs ") == counting.term_of("schwimm  KURS") == "schwimm kurs"


def test_ten_thousand_searches_leave_no_name_in_the_database(database: Database, tmp_path: object) -> None:
    names = [f"Leyla Musterfrau {number}" for number in range(250)] + [
        f"0{170_000_000 + number}" for number in range(250)
    ]
    for day in range(3):
        with database.transaction() as session:
            terms = [("de", term) for name in names if (term := counting.term_of(name))]
            counting.add_terms(session, terms, FIRST + timedelta(days=day))
    with database.reading() as session:
        kept = [column for row in session.execute(select(RareTerm.fingerprint)) for column in row]
        assert session.scalars(select(WantedTerm)).all() == []
    assert kept
    assert not any("leyla" in value.lower() for value in kept)


def test_the_key_of_a_month_is_destroyed_with_it(database: Database) -> None:
    come(database, "schwimmkurs", days=3)
    with database.transaction() as session:
        counting.forget(session, date(2026, 12, 1))
    with database.reading() as session:
        assert session.scalars(select(MonthKey)).all() == []
        assert session.scalars(select(RareTerm)).all() == []


def test_sums_older_than_a_year_go(database: Database) -> None:
    with database.transaction() as session:
        counting.add(session, {("2025-W40", "de", "", "", "some"): 3, ("2026-W40", "de", "", "", "some"): 4})
        counting.forget(session, FIRST)
    with database.reading() as session:
        assert [row.week for row in session.scalars(select(SearchCount))] == ["2026-W40"]


def test_the_place_of_a_search_about_violence_is_not_counted() -> None:
    searched = Searched("ar", "violence", "tiengen", 3)
    assert counting.cell_of(searched, FIRST)[3] == ""


def test_small_sums_are_in_the_total_and_in_no_table(database: Database) -> None:
    with database.transaction() as session:
        counting.add(session, {("2026-W45", "ti", "housing", "murg", "none"): 4})
        sums = counting.sums(session, FIRST)
    assert sums.searches == sums.in_vain == 4
    assert (sums.languages, sums.topics, sums.places) == ((), (), ())


class TestCounter:
    """The sums of a process."""

    def counter(self, database: Database, clock: list[float]) -> SearchCounter:
        return SearchCounter(database, lambda: FIRST, lambda: clock[0])

    def test_nothing_is_written_before_its_time(self, database: Database) -> None:
        counter = self.counter(database, [0.0])
        counter.count(Searched("de", "housing", "", 0))
        with database.reading() as session:
            assert session.scalars(select(SearchCount)).all() == []
        counter.flush()
        with database.reading() as session:
            assert [row.count for row in session.scalars(select(SearchCount))] == [1]

    def test_the_same_words_count_once_in_ten_minutes(self, database: Database) -> None:
        clock = [0.0]
        counter = self.counter(database, clock)
        for moment in (0.0, 1.0, AGAIN_AFTER - 1, AGAIN_AFTER + 1):
            clock[0] = moment
            counter.count(Searched("de", "", "", 0, ("Schwimmkurs",)))
            counter.flush()
        with database.reading() as session:
            assert [rare.hits for rare in session.scalars(select(RareTerm))] == [2]

    def test_what_cannot_be_written_is_kept_for_the_next_time(self, database: Database, tmp_path: object) -> None:
        broken = Database("sqlite:////nowhere/at/all.sqlite")
        counter = SearchCounter(broken, lambda: FIRST)
        counter.count(Searched("de", "housing", "", 0))
        counter.flush()
        counter._database = database
        counter.flush()
        with database.reading() as session:
            assert [row.count for row in session.scalars(select(SearchCount))] == [1]
