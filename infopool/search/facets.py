"""Facets as arrays: which offers have which values, who passes a filter, how many of the found have each value."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Numbers = NDArray[np.int32]

MANY = 200
"""Values from which a facet is counted offer by offer instead of value by value."""


class FacetTable:
    """For every value of every facet a row of bits, one bit per offer; counting is AND and counting ones.

    A facet with very many values (providers) would make a tall table of nearly empty rows; it is kept as pairs of offer
    and value instead.
    """

    def __init__(self, size: int, values: Mapping[str, Mapping[str, Numbers]]) -> None:
        self.size = size
        self._few = {facet: held for facet, held in values.items() if len(held) <= MANY}
        self._many = {facet: _Pairs(held) for facet, held in values.items() if len(held) > MANY}
        self._rows: dict[str, slice] = {}
        self._row_of: dict[tuple[str, str], int] = {}
        rows = [holders for held in self._few.values() for holders in held.values()]
        self._bits = np.zeros((len(rows), -(-size // 64)), np.uint64)
        for row, holders in enumerate(rows):
            self._bits[row] = pack(_member(size, holders))
        self._name_rows()
        self._known = {facet: self._anyone(facet) for facet in values}

    def _name_rows(self) -> None:
        start = 0
        for facet, held in self._few.items():
            for place, value in enumerate(held):
                self._row_of[facet, value] = start + place
            self._rows[facet] = slice(start, start + len(held))
            start += len(held)

    def _anyone(self, facet: str) -> Bools:
        if facet in self._many:
            return _member(self.size, self._many[facet].numbers)
        return _unpack(np.bitwise_or.reduce(self._bits[self._rows[facet]], axis=0, initial=0), self.size)

    def having(self, facet: str, values: Collection[str]) -> Bools:
        """Which offers have any of these values."""
        if facet in self._many:
            return self._many[facet].having(self.size, values)
        rows = [self._row_of[facet, value] for value in values if (facet, value) in self._row_of]
        return _unpack(np.bitwise_or.reduce(self._bits[rows], axis=0, initial=0), self.size)

    def known(self, facet: str) -> Bools:
        """Which offers say anything about a facet."""
        return self._known[facet]

    def counts(self, found: Bools, facets: Collection[str]) -> dict[str, dict[str, int]]:
        """How many of the found offers have each value of these facets; no zeros."""
        counted = {facet: self._many[facet].counts(found) for facet in facets if facet in self._many}
        few = [facet for facet in facets if facet in self._few]
        if few:
            counted |= self._counts_of_few(pack(found), few)
        return {facet: counted[facet] for facet in facets}

    def _counts_of_few(self, found: NDArray[np.uint64], facets: list[str]) -> dict[str, dict[str, int]]:
        whole = len(facets) > len(self._few) // 2
        parts = slice(None) if whole else np.concatenate([np.arange(*self._rows[f].indices(10**6)) for f in facets])
        ones = np.bitwise_count(self._bits[parts] & found).sum(axis=1, dtype=np.int64).tolist()
        counted = {}
        start = 0
        for facet in self._few if whole else facets:
            values = self._few[facet]
            counted[facet] = {value: n for value, n in zip(values, ones[start : start + len(values)], strict=True) if n}
            start += len(values)
        return counted


class _Pairs:
    """A facet as pairs of offer and value."""

    def __init__(self, held: Mapping[str, Numbers]) -> None:
        self.values = list(held)
        self._code = {value: code for code, value in enumerate(self.values)}
        self.numbers = np.concatenate(list(held.values()))
        self.codes = np.repeat(np.arange(len(held)), [len(holders) for holders in held.values()])

    def having(self, size: int, values: Collection[str]) -> Bools:
        wanted = [self._code[value] for value in values if value in self._code]
        return _member(size, self.numbers[np.isin(self.codes, wanted)])

    def counts(self, found: Bools) -> dict[str, int]:
        counts = np.bincount(self.codes[found[self.numbers]], minlength=len(self.values))
        return {self.values[code]: int(counts[code]) for code in np.flatnonzero(counts).tolist()}


def pack(found: Bools) -> NDArray[np.uint64]:
    """Yes and no as bits, 64 offers to a word."""
    packed = np.zeros(-(-len(found) // 64) * 8, np.uint8)
    bits = np.packbits(found, bitorder="little")
    packed[: len(bits)] = bits
    return packed.view(np.uint64)


def _unpack(bits: NDArray[np.uint64], size: int) -> Bools:
    return np.unpackbits(bits.view(np.uint8), count=size, bitorder="little").view(np.bool_)


def _member(size: int, numbers: Numbers) -> Bools:
    member = np.zeros(size, np.bool_)
    member[numbers] = True
    return member
