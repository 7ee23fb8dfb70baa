"""Facets as arrays: which offers have which values, who passes a filter, how many of the found have each value."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Numbers = NDArray[np.int32]
Bits = NDArray[np.uint64]
Counts = NDArray[np.int64]

MANY = 200
"""A facet with more values (providers) gets no rows of bits: they would be nearly empty."""

STEP = 3.0
"""Picking up one value of one offer takes about as long as looking at so many words of bits (measured)."""


class FacetTable:
    """The values of all facets, held twice, because few found offers and many are counted fastest in different ways.

    As rows of bits, one row per value and one bit per offer: counting is AND and counting ones, the same work however
    many are found. And offer by offer, as lists of values: counting is picking up the values of the found.
    """

    def __init__(self, size: int, values: Mapping[str, Mapping[str, Numbers]]) -> None:
        self.size = size
        self._values = values
        self._names = {facet: np.array(list(held), np.object_) for facet, held in values.items()}
        self._few = {facet: _Rows(size, held.values()) for facet, held in values.items() if len(held) <= MANY}
        self._many = {facet: _Lists(size, held.values()) for facet, held in values.items() if len(held) > MANY}
        self._lists = _Lists(size, [holders for facet in self._few for holders in values[facet].values()])
        self._known = {facet: self.having(facet, held) for facet, held in values.items()}

    def having(self, facet: str, values: Collection[str]) -> Bools:
        """Which offers have any of these values."""
        having = np.zeros(self.size, np.bool_)
        for value in values:
            if value in self._values[facet]:
                having[self._values[facet][value]] = True
        return having

    def known(self, facet: str) -> Bools:
        """Which offers say anything about a facet."""
        return self._known[facet]

    def counts(self, found: Bools, facets: Collection[str]) -> dict[str, dict[str, int]]:
        """How many of the found offers have each value of these facets; no zeros."""
        few = [facet for facet in self._few if facet in facets]
        many = [facet for facet in self._many if facet in facets]
        by_lists = self._lists.work(int(np.count_nonzero(found))) * STEP < sum(self._few[facet].work for facet in few)
        numbers = np.flatnonzero(found) if many or by_lists else np.zeros(0, np.int64)
        counted = {facet: self._many[facet].counts(numbers) for facet in many}
        if by_lists:
            counted |= self._count_by_lists(numbers)
        else:
            bits = _pack(found)
            counted |= {facet: self._few[facet].counts(bits) for facet in few}
        return {facet: self._named(facet, counted[facet]) for facet in facets}

    def _count_by_lists(self, numbers: NDArray[np.int64]) -> dict[str, Counts]:
        ends = np.cumsum([len(self._names[facet]) for facet in self._few])
        return dict(zip(self._few, np.split(self._lists.counts(numbers), ends[:-1]), strict=True))

    def _named(self, facet: str, counts: Counts) -> dict[str, int]:
        some = counts.nonzero()[0]
        return dict(zip(self._names[facet][some].tolist(), counts[some].tolist(), strict=True))


class _Rows:
    """Values as rows of bits."""

    def __init__(self, size: int, holders: Collection[Numbers]) -> None:
        self._bits = np.zeros((len(holders), -(-size // 64)), np.uint64)
        for row, numbers in enumerate(holders):
            self._bits[row] = _pack(_member(size, numbers))
        self.work = self._bits.size

    def counts(self, found: Bits) -> Counts:
        return np.asarray(np.bitwise_count(self._bits & found).sum(axis=1, dtype=np.uint32), np.int64)


class _Lists:
    """Values as one list per offer, the lists end to end."""

    def __init__(self, size: int, holders: Collection[Numbers]) -> None:
        self._size = size
        self._values = len(holders)
        numbers = np.concatenate([np.zeros(0, np.int32), *holders])
        codes = np.repeat(np.arange(len(holders)), [len(held) for held in holders])
        self._listed = codes[np.argsort(numbers, kind="stable")]
        lengths = np.bincount(numbers, minlength=size)
        self._starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
        self._single = bool((lengths == 1).all())

    def work(self, found: int) -> float:
        """About how many values so many found offers have."""
        return found * len(self._listed) / max(1, self._size)

    def counts(self, numbers: NDArray[np.int64]) -> Counts:
        return np.bincount(self._listed[self._places(numbers)], minlength=self._values)

    def _places(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        starts = self._starts[numbers]
        if self._single or not len(numbers):
            return starts
        lengths = self._starts[numbers + 1] - starts
        ends = np.cumsum(lengths)
        return np.repeat(starts - ends + lengths, lengths) + np.arange(ends[-1])


def _pack(found: Bools) -> Bits:
    """Yes and no as bits, 64 offers to a word."""
    packed = np.zeros(-(-len(found) // 64) * 8, np.uint8)
    bits = np.packbits(found, bitorder="little")
    packed[: len(bits)] = bits
    return packed.view(np.uint64)


def _member(size: int, numbers: Numbers) -> Bools:
    member = np.zeros(size, np.bool_)
    member[numbers] = True
    return member
