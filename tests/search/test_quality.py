"""How well people find: thresholds a little under what is reached, so that no change lowers it unseen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from infopool.search import evaluating, finding
from infopool.search.finding import Search
from infopool.search.query import Asked
from tests.search import needs

EVERY = 3
"""One in so many judged queries is asked, to be quick; `python -m benchmarks.quality` asks all."""

Scores = dict[str, dict[str, float]]


@pytest.fixture(scope="module")
def search() -> Iterator[Search]:
    with TemporaryDirectory() as folder:
        yield needs.demo_search(Path(folder))


@pytest.fixture(scope="module")
def scores(search: Search) -> Scores:
    asked = [query for at, query in enumerate(needs.judged("")) if at % EVERY == 0]
    return evaluating.evaluate(search, asked, needs.TODAY)


def test_nearly_everybody_finds_a_right_offer_among_the_first_five(scores: Scores) -> None:
    assert scores["all"]["success@5"] >= 0.945


def test_no_language_is_left_behind(scores: Scores) -> None:
    found = {tag: row["success@5"] for tag, row in scores.items() if tag != "all"}
    assert len(found) == 18
    assert {tag: share for tag, share in found.items() if share < 0.9} == {}


def test_the_first_right_offer_stands_high(scores: Scores) -> None:
    assert scores["all"]["mrr@10"] >= 0.85


def test_hardly_a_query_finds_nothing(scores: Scores) -> None:
    assert scores["all"]["empty"] <= 0.003


NO_LONGER = {
    "de": ("Suizid", "ich will nicht mehr leben", "Selbstmordgedanken und keine Wohnung"),
    "en": ("suicide", "dont want to live anymore"),
    "fr": ("suicide", "je ne veux plus vivre"),
    "it": ("suicidio", "non voglio più vivere"),
    "es": ("suicidio", "quiero matarme"),
    "ro": ("sinucidere", "nu mai vreau să trăiesc"),
    "pl": ("samobójstwo", "nie chcę żyć"),
    "hr": ("samoubojstvo", "хоћу да умрем"),
    "sq": ("vetëvrasje", "nuk dua të jetoj më"),
    "tr": ("intihar", "artık yaşamak istemiyorum"),
    "ar": ("انتحار", "لا أريد أن أعيش"),
    "fa": ("خودکشی", "میخواهم بمیرم"),
    "ps": ("ځان وژنه", "غواړم مړ شم"),
    "ku": ("xwekuştin", "ez naxwazim bijîm"),
    "ti": ("ርእሰ ቅትለት", "ክነብር ኣይደልን"),
    "so": ("is dil", "waxaan rabaa inaan dhinto"),
    "uk": ("самогубство", "не хочу жити"),
    "ru": ("самоубийство", "не хочу жить"),
}


@pytest.mark.parametrize("language", NO_LONGER)
def test_who_does_not_want_to_live_is_led_to_the_crisis_lines_first(search: Search, language: str) -> None:
    for typed in NO_LONGER[language]:
        first = finding.find(search, Asked(typed, language, needs.TODAY)).hits[0]
        assert "crisis" in first.card.topics, typed
