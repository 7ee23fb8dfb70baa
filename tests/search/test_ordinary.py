"""Ordinary words are no slips of anything."""

from __future__ import annotations

import pytest

from infopool.languages import SEARCHED
from infopool.paths import VOCABULARY
from infopool.search import text
from infopool.search.ordinary import is_ordinary

LEAST = 1500
"""Words a list holds at least."""


@pytest.mark.parametrize("language", SEARCHED)
def test_every_language_has_a_list_sorted_and_without_doubles(language: str) -> None:
    words = (VOCABULARY / "ordinary" / f"{language}.txt").read_text(encoding="utf-8").split()
    assert words == sorted(set(words))
    assert len(words) >= LEAST


@pytest.mark.parametrize(("word", "language"), [("klettern", "de"), ("Treppe", "de"), ("bored", "en")])
def test_what_everybody_says_is_ordinary(word: str, language: str) -> None:
    assert is_ordinary(text.analysed(word, language), language)


def test_a_slip_is_not_ordinary() -> None:
    assert not is_ordinary(text.analysed("Wohnugn", "de"), "de")
