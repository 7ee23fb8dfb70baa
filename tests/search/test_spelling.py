"""Mistyped words."""

from __future__ import annotations

import pytest

from infopool.search.spelling import ByLength, Lexicon, nearest

WORDS = ["wohnung", "beratung", "kindergarten", "kurs", "kunst", "anmeldung", "abmeldung"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wohnug", "wohnung"),
        ("wohnnug", "wohnung"),
        ("wohnumg", "wohnung"),
        ("bohnung", "wohnung"),
        ("kindergardn", "kindergarten"),
        ("kinderkarden", "kindergarten"),
    ],
)
def test_a_wrong_letter_is_forgiven(typed: str, meant: str) -> None:
    assert nearest(typed, WORDS) == meant


@pytest.mark.parametrize("typed", ["kurt", "kus", "wohmumg", "kinterkardem", "", "zebra"])
def test_short_words_and_many_wrong_letters_are_not(typed: str) -> None:
    assert nearest(typed, WORDS) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wohnug", "wohnung"),
        ("wohnumg", "wohnung"),
        ("bohnung", None),
        ("wohnumk", None),
        ("wohnung", None),
        ("", None),
    ],
)
def test_one_wrong_letter_that_is_not_the_first_is_safe_to_guess(typed: str, meant: str | None) -> None:
    assert ByLength(WORDS).one_off(typed) == meant


def test_of_two_equally_near_the_one_in_more_offers_is_meant() -> None:
    lexicon = Lexicon(lambda _: {"anmeldung": 9, "abmeldung": 2})
    assert lexicon.space("de").nearest("ameldung") == "anmeldung"


def test_the_same_first_letter_counts_more_than_frequency() -> None:
    lexicon = Lexicon(lambda _: {"haus": 90, "kasse": 1, "masse": 50})
    assert lexicon.space("de").nearest("kassse") == "kasse"


def test_beginnings_come_with_the_commonest_first() -> None:
    lexicon = Lexicon(lambda _: {"wohnung": 5, "wohngeld": 9, "woche": 20, "arbeit": 3})
    assert lexicon.space("de").beginning("wohn", 5) == ["wohngeld", "wohnung"]


def test_the_words_of_a_language_are_fetched_once() -> None:
    asked: list[str] = []

    def words(language: str) -> dict[str, int]:
        asked.append(language)
        return {"kurs": 1}

    lexicon = Lexicon(words)
    assert lexicon.knows("de", "kurs")
    assert not lexicon.knows("de", "amt")
    assert asked == ["de"]
