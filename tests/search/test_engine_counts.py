"""Totals, counts and order against a naive reading of the same offers, for any pool and any query."""

from __future__ import annotations

import math
import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infopool.search.documents import OfferDocument
from infopool.search.query import FACET_NAMES, FACETS, SearchQuery, Sort
from infopool.search.whoosh_engine import WhooshEngine
from tests.search.entries import SAECKINGEN, TIENGEN, TODAY, WALDSHUT, a_query, a_wish, an_entry, near, plain_words

STRICT = {facet.name for facet in FACETS if facet.strict}
LOOSE = [name for name in FACET_NAMES if name not in STRICT]

words = st.lists(st.sampled_from(["kurs", "treff", "abend", "laden"]), max_size=3).map(" ".join)
values = st.sets(st.sampled_from("abc")).map(lambda chosen: " ".join(sorted(chosen)))
facets = st.dictionaries(st.sampled_from(["topic", "place", "cost", "level", "time", "provider"]), values, max_size=4)
days = st.one_of(st.none(), st.integers(-2, 2).map(lambda n: TODAY + timedelta(days=n)))


@st.composite
def entries(draw: st.DrawFn, ids: st.SearchStrategy[int]) -> OfferDocument:
    return an_entry(
        draw(ids),
        draw(words),
        draw(words),
        at=draw(st.sampled_from([None, WALDSHUT, TIENGEN, SAECKINGEN])),
        card={"online": draw(st.booleans())},
        ends_on=draw(days),
        starts_on=draw(days),
        checked_on=draw(days),
        **draw(facets),
    )


pools = st.lists(entries(st.integers(0, 30)), max_size=12, unique_by=lambda entry: entry.id)
queries = st.builds(
    lambda typed, filters, radius, sort: a_query(
        typed,
        filters=filters,
        near=near(WALDSHUT, radius) if radius != 0 else None,
        sort=sort,
        wishes=(a_wish("time", "a"),),
        limit=50,
    ),
    words,
    facets,
    st.sampled_from([0, None, 1.0, 10.0]),
    st.sampled_from(list(Sort)),
)


def kilometres(entry: OfferDocument, query: SearchQuery) -> float | None:
    """The haversine formula, as it stands in books."""
    if entry.latitude is None or entry.longitude is None or query.near is None:
        return None
    phi, psi = math.radians(entry.latitude), math.radians(query.near.latitude)
    delta = math.radians(entry.longitude - query.near.longitude)
    half = math.sin((phi - psi) / 2) ** 2 + math.cos(phi) * math.cos(psi) * math.sin(delta / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(half))


def passes(entry: OfferDocument, query: SearchQuery, facet: str) -> bool:
    ticked = query.filters.get(facet, ())
    has = entry.facets.get(facet, ())
    return not ticked or bool(set(ticked) & set(has)) or (not has and facet not in STRICT)


def fits(entry: OfferDocument, query: SearchQuery, without: str = "") -> bool:
    held = set(" ".join(f"{text.title} {text.body}" for text in entry.texts.values()).split())
    distance = kilometres(entry, query)
    there = (
        query.near is None
        or query.near.within_km is None
        or (entry.card.online if distance is None else distance <= query.near.within_km)
    )
    return (
        (not query.words or any(word.typed in held for word in query.words))
        and (entry.ends_on is None or entry.ends_on >= TODAY)
        and there
        and all(passes(entry, query, facet) for facet in FACET_NAMES if facet != without)
    )


def asks(entry: OfferDocument, query: SearchQuery) -> list[str]:
    return [facet for facet in LOOSE if query.filters.get(facet) and not entry.facets.get(facet)]


def counts(pool: list[OfferDocument], query: SearchQuery) -> dict[str, dict[str, int]]:
    counted = {}
    for facet in FACET_NAMES:
        found = [entry for entry in pool if fits(entry, query, without=facet)]
        counter = Counter(value for entry in found for value in entry.facets.get(facet, ()))
        if counter:
            counted[facet] = dict(counter)
    return counted


def primary(entry: OfferDocument, query: SearchQuery) -> tuple[Any, ...]:
    """What must never fall along the results, whatever the scores are."""
    distance = kilometres(entry, query)
    nowhere = query.near is not None and query.near.within_km is not None and distance is None
    key: Any = 0
    if query.sort is Sort.DISTANCE and query.near:
        key = math.inf if distance is None else round(distance, 1)
    if query.sort is Sort.CHECKED:
        key = -(entry.checked_on or date.min).toordinal() if entry.checked_on else 0
    if query.sort is Sort.START:
        key = entry.starts_on.toordinal() if entry.starts_on and entry.starts_on >= TODAY else math.inf
    return len(asks(entry, query)), nowhere, key


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    pools,
    st.lists(st.tuples(entries(st.integers(0, 30)), st.integers(0, 30)), max_size=3),
    st.lists(queries, max_size=4),
)
def test_every_answer_is_what_a_naive_reading_gives(
    pool: list[OfferDocument], changes: list[tuple[OfferDocument, int]], asked: list[SearchQuery]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder), analyse=plain_words)
        engine.rebuild(pool)
        there = {entry.id: entry for entry in pool}
        for entry, gone in changes:
            engine.apply([entry], removed=[gone])
            there.pop(gone, None)
            there[entry.id] = entry
        for query in asked:
            check(engine, list(there.values()), query)


def check(engine: WhooshEngine, pool: list[OfferDocument], query: SearchQuery) -> None:
    expected = {entry.id: entry for entry in pool if fits(entry, query)}
    answer = engine.search(query)
    assert answer.total == engine.count(query) == len(expected)
    assert {offer.offer_id for offer in answer.offers} == set(expected)
    assert answer.facets == counts(pool, query)
    assert answer.unsure == sum(bool(asks(entry, query)) for entry in expected.values())
    order = [primary(expected[offer.offer_id], query) for offer in answer.offers]
    assert order == sorted(order)
    for offer in answer.offers:
        assert list(offer.ask) == asks(expected[offer.offer_id], query)
