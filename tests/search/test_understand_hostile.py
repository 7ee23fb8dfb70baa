"""Whatever is typed, understanding it raises nothing and takes a bounded time."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infopool.directory.regions import load_region
from infopool.paths import REGIONS
from infopool.search import concepts, gazetteer
from infopool.search.query import Asked, SearchQuery
from infopool.search.spelling import Lexicon
from infopool.search.text import index_terms
from infopool.search.understand import MOST_CHARACTERS, MOST_SEARCHED, is_cut, understand

TODAY = date(2026, 11, 22)
VOCABULARY = concepts.load()
GAZETTEER = gazetteer.load(load_region("waldshut"), REGIONS / "waldshut")
LEXICON = Lexicon(lambda space: {"wohnung": 3, "sprachkur": 5, "житл": 1})
LANGUAGES = ["de", "en", "ar", "uk", "tr", "ti", "so", "fa", "xx", ""]

SCRIPTS = [
    (0x20, 0x7E),
    (0xA0, 0x24F),
    (0x300, 0x36F),
    (0x370, 0x3FF),
    (0x400, 0x52F),
    (0x590, 0x5FF),
    (0x600, 0x6FF),
    (0x750, 0x77F),
    (0x900, 0x97F),
    (0xE00, 0xE7F),
    (0x1200, 0x137F),
    (0x1E00, 0x1FFF),
    (0x2000, 0x206F),
    (0x2150, 0x218F),
    (0x3040, 0x30FF),
    (0x4E00, 0x4FFF),
    (0xAC00, 0xAD00),
    (0xD800, 0xDFFF),
    (0xFB00, 0xFEFF),
    (0xFF00, 0xFFFF),
    (0x0, 0x1F),
    (0x1F300, 0x1F6FF),
    (0xE0000, 0xE007F),
]
"""Code point ranges: all scripts, emoji, controls, direction marks, lone surrogates."""


def read(typed: str, language: str) -> SearchQuery:
    return understand(Asked(typed, language, TODAY), VOCABULARY, GAZETTEER, LEXICON)


anything = st.text(st.characters(codec=None), max_size=300) | st.text(
    st.sampled_from("aeiouäßbkmst .,'’-/()абвгдأبتدኣብተ0123456789\u200f\u202e\ud800\U0001f600"), max_size=300
)


@given(typed=anything, language=st.sampled_from(LANGUAGES))
@settings(max_examples=1500, deadline=None)
def test_no_text_raises(typed: str, language: str) -> None:
    query = read(typed, language)
    is_cut(typed)
    assert all(query.text[piece.start : piece.end] == piece.typed for piece in query.understood)


@given(typed=anything, language=st.sampled_from(LANGUAGES))
@settings(max_examples=500, deadline=None)
def test_any_text_can_be_indexed(typed: str, language: str) -> None:
    assert all(term and not term.isspace() for term in index_terms(typed, language))


@pytest.mark.slow
def test_100_000_strings_over_all_scripts_raise_nothing() -> None:
    chance = random.Random(2026)
    for _ in range(100_000):
        ranges = chance.choices(SCRIPTS, k=2)
        letters = [chr(chance.randint(*chance.choice(ranges))) for _ in range(chance.randint(0, 14))]
        typed = "".join(letter if chance.random() < 0.85 else " " for letter in letters)
        read(typed, chance.choice(LANGUAGES))


@pytest.mark.parametrize(
    "typed",
    [
        "a" * 10_000,
        "ä " * 5_000,
        "kurs" * 2_500,
        "\u202e" * 10_000,
        "a\u0301" * 5_000,
        "🙂" * 10_000,
        "ﷺ" * 10_000,
        "wohnugssuhce " * 800,
        "' " * 5_000,
        "ا" * 10_000,
    ],
    ids=lambda typed: repr(typed[:6]),
)
def test_of_ten_thousand_letters_only_the_stated_part_is_read(typed: str) -> None:
    # What bounds the time is what is read at most; seconds are the benchmark's business.
    found = read(typed, "de")
    assert len(found.text) <= MOST_CHARACTERS
    assert len(found.words) <= MOST_SEARCHED
    assert is_cut(typed)
