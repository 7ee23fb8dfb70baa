"""From a query and one state of the index to the answer: match, filter, count, rank, cut; the same for every engine."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from infopool.search.engine import Found, FoundOffer
from infopool.search.query import FACETS, Near, SearchQuery, Sort, Wish
from infopool.search.scoring import Scorer
from infopool.search.snapshots import Bools, Floats, Snapshot
from infopool.search.weights import WEIGHTS, Weights

STRICT = frozenset(facet.name for facet in FACETS if facet.strict)
NAMES = tuple(facet.name for facet in FACETS)

Keys = NDArray[np.float64]
"""What results are ordered by, smallest first."""

STEP = 1e9
"""One ticked facet an offer says nothing about weighs more than any score, day or distance."""


@dataclass(frozen=True)
class _Match:
    """Who fits a query."""

    fits: NDArray[np.complex64] | None
    """Scores and boosts of the words held; None for a query without words."""
    base: Bools
    """Who fits the words and the place and has not ended."""
    passing: dict[str, Bools]
    """Ticked facet -> who passes it."""

    def found(self, without: str = "") -> Bools:
        """Who passes all filters, leaving one facet's out."""
        masks = [mask for facet, mask in self.passing.items() if facet != without]
        return reduce(np.logical_and, masks, self.base)


class Answerer:
    """Answers queries from one snapshot. Safe to use from several threads."""

    def __init__(self, snapshot: Snapshot, weights: Weights = WEIGHTS) -> None:
        self.snapshot = snapshot
        self._weights = weights
        self._scorer = Scorer(snapshot, weights)

    def count(self, query: SearchQuery) -> int:
        """How many offers fit."""
        return int(np.count_nonzero(self._match(query, score=False).found()))

    def answer(self, query: SearchQuery) -> Found:
        """The offers that fit, best first, and the counts of all facets."""
        match = self._match(query, score=True)
        found = match.found()
        numbers = np.flatnonzero(found)
        asking = self._asking(query, numbers)
        scores = self._scores(query, match, numbers)
        page = _first(self._keys(query, numbers, scores, asking), query.offset, query.limit)
        return Found(
            total=len(numbers),
            offers=self._offers(query, numbers[page], scores[page].tolist()),
            facets=self._counts(match, found),
            unsure=int(np.count_nonzero(asking)) if asking is not None else 0,
        )

    def _match(self, query: SearchQuery, score: bool) -> _Match:
        base = self.snapshot.going_on(query.today.toordinal())
        fits = None
        if query.words and score:
            fits = self._scorer.fits(query.words)
            base = base & (fits.view(np.uint64) != 0)  # whoever holds a word has a rarity above 0
        elif query.words:
            base = base & self._scorer.holding_any(query.words)
        if query.near and query.near.within_km is not None:
            base = base & self._within(query.near, query.near.within_km)
        ticked = {facet: values for facet, values in query.filters.items() if values and facet in NAMES}
        return _Match(fits, base, {facet: self._passing(facet, values) for facet, values in ticked.items()})

    def _passing(self, facet: str, values: tuple[str, ...]) -> Bools:
        table = self.snapshot.facets
        having = table.having(facet, values)
        return having if facet in STRICT else having | ~table.known(facet)

    def _within(self, near: Near, kilometres: float) -> Bools:
        distances = self._distances(near)
        return np.asarray((distances <= kilometres) | (np.isnan(distances) & self.snapshot.everywhere))

    def _distances(self, near: Near) -> Floats:
        return self.snapshot.distances(near.latitude, near.longitude)

    def _asking(self, query: SearchQuery, numbers: NDArray[np.int64]) -> NDArray[np.int64] | None:
        """For each found offer how many ticked facets it says nothing about; None when none can be."""
        loose = _loose(query)
        if not loose:
            return None
        return np.asarray(np.sum([~self.snapshot.facets.known(facet)[numbers] for facet in loose], axis=0), np.int64)

    def _counts(self, match: _Match, found: Bools) -> dict[str, dict[str, int]]:
        table = self.snapshot.facets
        counts = table.counts(found, [facet for facet in NAMES if facet not in match.passing])
        for facet in match.passing:
            counts |= table.counts(match.found(without=facet), [facet])
        return {facet: counts[facet] for facet in NAMES if counts[facet]}

    def _scores(self, query: SearchQuery, match: _Match, numbers: NDArray[np.int64]) -> Floats:
        weights = self._weights
        if match.fits is None:
            scores = np.ones(len(numbers), np.float32)
        else:
            picked = match.fits[numbers]
            scores = picked.real
            if weights.coordination:
                held = picked.imag / np.float32(self._scorer.all_held(query.words))
                scores = scores * held ** np.float32(weights.coordination)
        scores = scores * self._standing(query)[numbers]
        for wish in query.wishes:
            scores = scores * (1 + np.float32(weights.wish * wish.boost) * self._granted(wish)[numbers])
        return np.asarray(scores * self._nearness(query.near)[numbers] if query.near else scores, np.float32)

    def _standing(self, query: SearchQuery) -> Floats:
        """What an offer's own state makes of any score: checked lately, the reader's language spoken."""
        day = query.today.toordinal()
        return self.snapshot.kept(("standing", day, query.language), lambda: self._find_standing(day, query.language))

    def _find_standing(self, day: int, language: str) -> Floats:
        weights = self._weights
        overdue = self.snapshot.rows["checked_on"] < day - weights.overdue_days
        spoken = self.snapshot.facets.having("language", (language,))
        return np.asarray(np.where(overdue, weights.overdue, 1.0) * (1 + weights.spoken * spoken), np.float32)

    def _nearness(self, near: Near) -> Floats:
        key = ("nearness", near.latitude, near.longitude)
        return self.snapshot.kept(key, lambda: self._find_nearness(near))

    def _find_nearness(self, near: Near) -> Floats:
        weights = self._weights
        distances = self._distances(near)
        lost = weights.distance * (1 - np.exp2(-distances / weights.distance_km))
        unplaced = np.where(self.snapshot.everywhere, weights.everywhere, weights.distance)
        return np.asarray(1 - np.where(np.isnan(distances), unplaced, lost), np.float32)

    def _keys(
        self, query: SearchQuery, numbers: NDArray[np.int64], scores: Floats, asking: NDArray[np.int64] | None
    ) -> Keys:
        keys = self._sort_keys(query, numbers) - scores / (1 + float(scores.max(initial=0)))
        if query.near and query.near.within_km is not None:
            keys += (STEP / 2) * np.isnan(self._distances(query.near)[numbers])
        return keys + STEP * asking if asking is not None else keys

    def _sort_keys(self, query: SearchQuery, numbers: NDArray[np.int64]) -> Keys:
        """Whole numbers, so that the score, made smaller than 1, orders those that are equal."""
        rows = self.snapshot.rows
        if query.sort is Sort.DISTANCE and query.near:
            tens_of_metres = np.round(self._distances(query.near)[numbers].astype(np.float64) * 100)
            return np.nan_to_num(tens_of_metres, nan=STEP / 4)
        if query.sort is Sort.CHECKED:
            return -rows["checked_on"][numbers].astype(np.float64)
        if query.sort is Sort.NEWEST:
            return -rows["changed_on"][numbers].astype(np.float64)
        if query.sort is Sort.START:
            starts = rows["starts_on"][numbers].astype(np.float64)
            return np.where(starts >= query.today.toordinal(), starts, STEP / 4)
        return np.zeros(len(numbers))

    def _offers(self, query: SearchQuery, page: NDArray[np.int64], scores: list[float]) -> tuple[FoundOffer, ...]:
        terms = [self._scorer.fit(word).by(page) for word in query.words]
        matched = _places([term >= 0 for term in terms], len(page))
        granted = _places([self._granted(wish)[page] for wish in query.wishes], len(page))
        numbers = page.tolist()
        asked = _loose(query)
        known = {facet: self.snapshot.facets.known(facet) for facet in asked}
        distances = self._distances(query.near) if query.near else None
        return tuple(
            FoundOffer(
                offer_id=int(self.snapshot.ids[number]),
                score=score,
                card=card,
                matched=matched[place],
                by=tuple(int(terms[word][place]) for word in matched[place]),
                granted=granted[place],
                ask=tuple(facet for facet in asked if not known[facet][number]),
                distance_km=_kilometres(distances, number),
            )
            for place, (number, score, card) in enumerate(
                zip(numbers, scores, self.snapshot.cards(numbers), strict=True)
            )
        )

    def _granted(self, wish: Wish) -> Bools:
        if wish.facet not in NAMES:
            return np.zeros(self.snapshot.size, np.bool_)
        return self.snapshot.facets.having(wish.facet, (wish.value,))


def _loose(query: SearchQuery) -> list[str]:
    """The ticked facets that an offer may say nothing about, in the order of the table."""
    return [facet for facet in NAMES if query.filters.get(facet) and facet not in STRICT]


def _places(rows: list[Bools], length: int) -> list[tuple[int, ...]]:
    """For each column the places of the rows that say yes."""
    if not rows:
        return [()] * length
    return [tuple(column.nonzero()[0].tolist()) for column in np.array(rows).T]


def _kilometres(distances: Floats | None, number: int) -> float | None:
    if distances is None or np.isnan(distances[number]):
        return None
    return float(distances[number])


def _first(keys: Keys, offset: int, limit: int) -> NDArray[np.int64]:
    """The places of the smallest keys from `offset` on, `limit` of them; equal keys in the order they stand in."""
    wanted = min(offset + limit, len(keys))
    if wanted <= offset:
        return np.zeros(0, np.int64)
    if wanted < len(keys):
        cut = np.partition(keys, wanted - 1)[wanted - 1]
        below = np.flatnonzero(keys < cut)
        places = np.concatenate([below, np.flatnonzero(keys == cut)[: wanted - len(below)]])
    else:
        places = np.arange(len(keys))
    return places[np.argsort(keys[places], kind="stable")][offset:wanted]
