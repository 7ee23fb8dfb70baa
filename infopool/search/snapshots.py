"""One state of the index as arrays: who holds which word, facts, facets. It never changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any, Generic, Protocol, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from infopool.search.documents import Card
from infopool.search.facets import FacetTable
from infopool.search.inverting import FACET, ROW, TEXT
from infopool.search.query import CONCEPT, FACET_NAMES

Bools = NDArray[np.bool_]
Floats = NDArray[np.float32]
Numbers = NDArray[np.int32]

EARTH_KM = 6371.0
V = TypeVar("V")


class Part(Protocol):
    """A piece of an index as an engine wrote it, opened and checked; it never changes, but its documents may die."""

    rows: NDArray[Any]
    """One `inverting.ROW` for each document."""

    def postings(self, field: str, term: str) -> tuple[Numbers, Floats] | None:
        """Who holds a term: the documents' numbers, rising, and how often each holds it."""
        ...

    def terms(self, field: str) -> Mapping[str, int]:
        """The terms of a field and how many documents hold each."""
        ...

    def lengths(self, field: str) -> Floats | None:
        """The words each document has in a field; None when none has any."""
        ...

    def total_length(self, field: str) -> int:
        """All words of all documents in a field."""
        ...

    def cards(self, numbers: Sequence[int]) -> list[Card]:
        """What the result cards of these documents show."""
        ...


@dataclass(frozen=True)
class Holders:
    """The offers that hold a term."""

    numbers: Numbers
    """Rising."""
    weights: Floats


class Bounded(Generic[V]):
    """Keeps what was computed, up to a total size; what was not used for longest goes first. Safe between threads."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._used = 0
        self._kept: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], V], size: Callable[[V], int] = lambda _value: 1) -> V:
        """What is kept under the key, made first if it is not there."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][0]
        value = make()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = (value, size(value))
                self._used += self._kept[key][1]
            while self._used > self._room and len(self._kept) > 1:
                self._used -= self._kept.popitem(last=False)[1][1]
        return value


class Snapshot:
    """Stand des Index. Offers are numbered from 0 in the order of their ids, so the order of numbers breaks ties.

    Dead documents (replaced or taken out, but still lying in a part) are left out here once and for all: nothing that
    reads a snapshot meets them, and an index changed step by step answers exactly like one built anew.
    """

    def __init__(self, parts: Sequence[tuple[Part, Sequence[int]]]) -> None:
        self.parts = tuple(part for part, _dead in parts)
        self.documents = sum(len(part.rows) for part in self.parts)
        """With the dead ones."""
        live = [_alive(part, dead) for part, dead in parts]
        rows = [part.rows[alive] for part, alive in zip(self.parts, live, strict=True)]
        self._order(live, np.concatenate([np.zeros(0, ROW), *rows]))
        self._memory: Bounded[Any] = Bounded(64)

    def _order(self, live: list[Bools], rows: NDArray[Any]) -> None:
        order = np.argsort(rows["id"], kind="stable")
        self.rows = rows[order]
        self.size = len(rows)
        rank = np.empty(self.size, np.int32)
        rank[order] = np.arange(self.size, dtype=np.int32)
        self._rank: list[Numbers | None] = []
        self._home = np.empty((self.size, 2), np.int32)
        start = 0
        for index, alive in enumerate(live):
            numbers = np.full(len(alive), -1, np.int32)
            numbers[alive] = rank[start : start + int(alive.sum())]
            self._home[numbers[alive], 0] = index
            self._home[numbers[alive], 1] = np.flatnonzero(alive)
            as_written = len(alive) == self.size and bool((numbers == np.arange(self.size)).all())
            self._rank.append(None if as_written else numbers)
            start += int(alive.sum())

    @cached_property
    def ids(self) -> NDArray[np.int64]:
        """The offers' ids, rising."""
        return np.ascontiguousarray(self.rows["id"])

    def holders(self, field: str, term: str) -> Holders | None:
        """The offers that hold a term, or None."""
        found = [self._in_part(index, field, term) for index in range(len(self.parts))]
        pieces = [piece for piece in found if piece is not None and len(piece[0])]
        if not pieces:
            return None
        if len(pieces) == 1:
            return Holders(*pieces[0])
        numbers = np.concatenate([piece[0] for piece in pieces])
        weights = np.concatenate([piece[1] for piece in pieces])
        return Holders(*_sorted(numbers, weights))

    def _in_part(self, index: int, field: str, term: str) -> tuple[Numbers, Floats] | None:
        found = self.parts[index].postings(field, term)
        rank = self._rank[index]
        if found is None or rank is None:
            return found
        numbers = rank[found[0]]
        alive = numbers >= 0
        return _sorted(numbers[alive], found[1][alive])

    def lengths(self, field: str) -> Floats:
        """The words each offer has in a field."""
        return self.kept(("lengths", field), lambda: self._read_lengths(field))

    def _read_lengths(self, field: str) -> Floats:
        lengths = np.zeros(self.size, np.float32)
        for part, rank in zip(self.parts, self._rank, strict=True):
            read = part.lengths(field)
            if read is not None:
                alive = np.arange(len(read)) if rank is None else np.flatnonzero(rank >= 0)
                lengths[alive if rank is None else rank[alive]] = read[alive]
        return lengths

    def norm(self, field: str, b: float) -> Floats:
        """BM25's correction for long texts, one number per offer: 1 at the mean length of those that have the field."""
        return self.kept(("norm", field, b), lambda: self._norm(field, b))

    def _norm(self, field: str, b: float) -> Floats:
        lengths = self.lengths(field)
        mean = lengths[lengths > 0].mean() if lengths.any() else 1.0
        return np.asarray((1 - b) + b * lengths / mean, np.float32)

    @cached_property
    def facets(self) -> FacetTable:
        """Which offers have which values."""
        values = {facet: dict(self._holders_of_all(FACET + facet)) for facet in FACET_NAMES}
        return FacetTable(self.size, values)

    def _holders_of_all(self, field: str) -> Iterator[tuple[str, Numbers]]:
        for term in sorted({term for part in self.parts for term in part.terms(field)}):
            holders = self.holders(field, term)
            if holders is not None:
                yield term, holders.numbers

    def words(self, space: str) -> dict[str, int]:
        """The terms of a space and how many offers hold each. A replaced offer's common words count until its part is
        written anew; a word that no living offer holds is not among them."""
        field = space if space == CONCEPT else TEXT + space
        counts: dict[str, int] = {}
        for index, part in enumerate(self.parts):
            rank = self._rank[index]
            dead = 0 if rank is None else int((rank < 0).sum())
            for term, count in part.terms(field).items():
                if count <= dead:
                    found = self._in_part(index, field, term)
                    count = len(found[0]) if found else 0
                if count:
                    counts[term] = counts.get(term, 0) + count
        return counts

    def going_on(self, day: int) -> Bools:
        """Which offers have not ended on a day."""
        ends = self.rows["ends_on"]
        return self.kept(("going on", day), lambda: (ends == 0) | (ends >= day))

    @cached_property
    def everywhere(self) -> Bools:
        """Which offers serve the whole region or happen online."""
        return np.asarray(self.rows["everywhere"] != 0)

    def distances(self, latitude: float, longitude: float) -> Floats:
        """Kilometres from a point to each offer along the great circle, NaN for offers without coordinates."""
        return self.kept(("km", latitude, longitude), lambda: self._distances(latitude, longitude))

    def _distances(self, latitude: float, longitude: float) -> Floats:
        here = _on_sphere(np.array([latitude]), np.array([longitude]))[:, 0]
        chord = np.sqrt(((self._points - here[:, None]) ** 2).sum(axis=0))
        return np.asarray(2 * EARTH_KM * np.arcsin(np.minimum(chord / 2, 1)), np.float32)

    @cached_property
    def _points(self) -> NDArray[np.float64]:
        return _on_sphere(self.rows["latitude"], self.rows["longitude"])

    def cards(self, numbers: Sequence[int]) -> list[Card]:
        """The result cards of these offers, in this order."""
        homes = [self._home[number] for number in numbers]
        return [self.parts[part].cards([int(place)])[0] for part, place in homes]

    def number_of(self, offer_id: int) -> int | None:
        """The number of an offer, or None when it is not in the index."""
        number = int(np.searchsorted(self.ids, offer_id))
        return number if number < self.size and self.ids[number] == offer_id else None

    def homes(self, offer_ids: Sequence[int]) -> list[tuple[int, int]]:
        """Where the living documents of these offers lie: the part's index and the number in it."""
        numbers = [self.number_of(offer_id) for offer_id in offer_ids]
        return [(int(self._home[n, 0]), int(self._home[n, 1])) for n in numbers if n is not None]

    def kept(self, key: Hashable, make: Callable[[], V]) -> V:
        """What was computed from this snapshot under the key; the last 64 such arrays are kept."""
        return cast(V, self._memory.get(key, make))


def _alive(part: Part, dead: Sequence[int]) -> Bools:
    alive = np.ones(len(part.rows), np.bool_)
    alive[list(dead)] = False
    return alive


def _sorted(numbers: Numbers, weights: Floats) -> tuple[Numbers, Floats]:
    if len(numbers) < 2 or bool((numbers[1:] > numbers[:-1]).all()):
        return numbers, weights
    order = np.argsort(numbers, kind="stable")
    return numbers[order], weights[order]


def _on_sphere(latitude: NDArray[np.float64], longitude: NDArray[np.float64]) -> NDArray[np.float64]:
    phi, theta = np.radians(latitude), np.radians(longitude)
    return np.stack([np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)])
