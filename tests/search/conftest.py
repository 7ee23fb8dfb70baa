"""The engines under test, each with an index of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from infopool.search.documents import OfferDocument
from infopool.search.engine import SearchEngine
from infopool.search.query import SearchQuery
from infopool.search.whoosh_engine import WhooshEngine
from tests.search.entries import plain_words

ENGINES: dict[str, Callable[[Path], SearchEngine]] = {
    "whoosh": lambda folder: WhooshEngine(folder, analyse=plain_words),
}
"""A further engine is one more row: it must pass everything that Whoosh passes."""

Holding = Callable[..., SearchEngine]


@pytest.fixture(params=sorted(ENGINES))
def make_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], SearchEngine]:
    """Opens the index of this test; every call is like one more process."""
    return lambda: ENGINES[request.param](tmp_path / "index")


@pytest.fixture
def engine(make_engine: Callable[[], SearchEngine]) -> SearchEngine:
    """An engine whose index holds nothing."""
    engine = make_engine()
    engine.rebuild([])
    return engine


@pytest.fixture
def holding(engine: SearchEngine) -> Holding:
    """Puts entries in: `holding(an_entry(1), an_entry(2))`."""

    def put(*entries: OfferDocument) -> SearchEngine:
        engine.apply(entries)
        return engine

    return put


def found(engine: SearchEngine, query: SearchQuery) -> list[int]:
    """The ids an engine finds, best first."""
    return [offer.offer_id for offer in engine.search(query).offers]
