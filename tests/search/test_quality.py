"""How well people find: thresholds a little under what is reached, so that no change lowers it unseen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from infopool.search import evaluating
from tests.search import needs

EVERY = 3
"""One in so many judged queries is asked, to be quick; `python -m benchmarks.quality` asks all."""

Scores = dict[str, dict[str, float]]


@pytest.fixture(scope="module")
def scores() -> Iterator[Scores]:
    with TemporaryDirectory() as folder:
        search = needs.demo_search(Path(folder))
        asked = [query for at, query in enumerate(needs.judged("")) if at % EVERY == 0]
        yield evaluating.evaluate(search, asked, needs.TODAY)


def test_nearly_everybody_finds_a_right_offer_among_the_first_five(scores: Scores) -> None:
    assert scores["all"]["success@5"] >= 0.89


def test_no_language_is_left_behind(scores: Scores) -> None:
    found = {tag: row["success@5"] for tag, row in scores.items() if tag != "all"}
    assert len(found) == 18
    assert {tag: share for tag, share in found.items() if share < 0.75} == {}


def test_the_first_right_offer_stands_high(scores: Scores) -> None:
    assert scores["all"]["mrr@10"] >= 0.80


def test_hardly_a_query_finds_nothing(scores: Scores) -> None:
    assert scores["all"]["empty"] <= 0.01
