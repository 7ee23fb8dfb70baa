"""An engine that lives in a folder: one state after another, each complete, seen by every process, never half."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import ParamSpec, TypeVar

from infopool.search import generations
from infopool.search.answering import Answerer
from infopool.search.compiled import recipe
from infopool.search.documents import Card, OfferDocument
from infopool.search.engine import EngineBroken, Found
from infopool.search.generations import Manifest
from infopool.search.inverting import Analyse, Batch
from infopool.search.query import SearchQuery
from infopool.search.snapshots import Part, Snapshot
from infopool.search.text import index_terms
from infopool.search.weights import WEIGHTS, Weights

LOOK_AGAIN = 0.25
"""Seconds after which a search looks whether another process has changed the index."""
BATCH = 250_000
"""Documents a rebuild writes at a time; it bounds its memory."""

P = ParamSpec("P")
R = TypeVar("R")


def or_broken(read: Callable[P, R]) -> Callable[P, R]:
    """Make one thing, EngineBroken, of whatever reading a damaged file may raise (pickles raise what they like)."""

    @wraps(read)
    def reading(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return read(*args, **kwargs)
        except EngineBroken:
            raise
        except Exception as fault:
            raise EngineBroken(f"the index cannot be read: {fault!r}") from fault

    return reading


class _State:
    """One state of the index, opened."""

    def __init__(self, manifest: Manifest, parts: list[tuple[str, Part, list[int]]], weights: Weights) -> None:
        self.manifest = manifest
        self.parts = {key: part for key, part, _dead in parts}
        snapshot = Snapshot([(part, dead) for _key, part, dead in parts])
        snapshot.facets  # noqa: B018 - made here, so that no visitor waits for it
        self.answerer = Answerer(snapshot, weights)


class EmbeddedEngine(ABC):
    """What every engine in a folder does alike; how files are written and read is the subclass's.

    Implements `SearchEngine`. `weights` is the table of the ranking's numbers, `analyse` makes words of a text.
    """

    def __init__(self, folder: Path, weights: Weights = WEIGHTS, analyse: Analyse = index_terms) -> None:
        self._root = Path(folder)
        self._weights = weights
        self._analyse = analyse
        self._opening = Lock()
        self._state: _State | None = None
        self._mark: object = None
        self._next_look = 0.0
        self._fault: EngineBroken | None = None

    @abstractmethod
    def _create(self, folder: Path) -> Manifest:
        """Lay out an empty index in a new folder."""

    @abstractmethod
    def _write(self, before: Manifest, batch: Batch, gone: Sequence[tuple[int, int]]) -> Manifest:
        """Write a state that has the batch in addition and the gone documents (part, number) no more, beside the state
        before, whose files stay as they are."""

    @abstractmethod
    def _read(self, manifest: Manifest, open_parts: Mapping[str, Part]) -> list[tuple[str, Part, list[int]]]:
        """Open the parts of a state, each with its name and its dead documents, after checking every file."""

    def search(self, query: SearchQuery) -> Found:
        """See `SearchEngine.search`."""
        return self._current().answerer.answer(query)

    def count(self, query: SearchQuery) -> int:
        """See `SearchEngine.count`."""
        return self._current().answerer.count(query)

    def words(self, space: str) -> Mapping[str, int]:
        """See `SearchEngine.words`."""
        snapshot = self._current().answerer.snapshot
        return snapshot.kept(("words", space), lambda: snapshot.words(space))

    def card(self, offer_id: int) -> Card | None:
        """See `SearchEngine.card`."""
        snapshot = self._current().answerer.snapshot
        number = snapshot.number_of(offer_id)
        return None if number is None else snapshot.cards([number])[0]

    def ids(self) -> frozenset[int]:
        """See `SearchEngine.ids`."""
        return frozenset(self._current().answerer.snapshot.ids.tolist())

    def generation(self) -> str:
        """See `SearchEngine.generation`."""
        return self._current().manifest.name

    def is_outdated(self) -> bool:
        """See `SearchEngine.is_outdated`."""
        return self._current().manifest.recipe != recipe()

    def apply(self, documents: Iterable[OfferDocument], removed: Iterable[int] = ()) -> None:
        """See `SearchEngine.apply`. The documents are drawn after all others have finished writing, so a generator that
        reads the database hands in nothing older than what is already there. A document wins over its own removal."""
        with generations.writing(self._root):
            state = self._current(now=True)
            batch = Batch(self._analyse).add_all(documents)
            gone = state.answerer.snapshot.homes(sorted({*removed, *batch.ids}))
            if gone or len(batch):
                generations.sweep_folder(self._root / state.manifest.folder, state.manifest)
                self._make_current(self._write(state.manifest, batch, gone))

    def rebuild(self, documents: Iterable[OfferDocument]) -> int:
        """See `SearchEngine.rebuild`. The documents are drawn while others wait with their writing."""
        with generations.writing(self._root):
            folder = self._root / generations.fresh_folder(self._root)
            folder.mkdir(mode=0o700)
            manifest = self._create(folder)
            left = iter(documents)
            while True:
                batch = Batch(self._analyse).add_all(islice(left, BATCH))
                manifest = self._write(manifest, batch, ())
                if len(batch) < BATCH:
                    break
            self._make_current(manifest)
        return manifest.documents

    def _make_current(self, manifest: Manifest) -> None:
        generations.write_current(self._root, manifest)
        generations.sweep(self._root, manifest)
        self._current(now=True)

    def _current(self, now: bool = False) -> _State:
        """The state that counts; looked up anew when somebody may have changed it, or `now`."""
        state = self._state
        if state is not None and not now and time.monotonic() < self._next_look:
            return state
        with self._opening:
            seen = generations.mark(self._root)
            if seen is None or seen != self._mark or now:
                self._open(seen)
            self._next_look = time.monotonic() + LOOK_AGAIN
            if self._state is None:
                # It stays broken until CURRENT changes; looking at every file again for each visitor helps nobody.
                raise self._fault or EngineBroken("no index")
            return self._state

    def _open(self, seen: object) -> None:
        try:
            self._state, self._fault = self._open_current(), None
        except EngineBroken as fault:
            self._state, self._fault = None, fault
        self._mark = seen

    def _open_current(self) -> _State:
        """Open what CURRENT names. Files may vanish because a newer state has just replaced this one: then CURRENT
        names others, and those are tried."""
        manifest = generations.read_current(self._root)
        while True:
            if self._state and self._state.manifest.name == manifest.name:
                return self._state
            try:
                return self._open_state(manifest)
            except EngineBroken:
                newer = generations.read_current(self._root)
                if newer.name == manifest.name:
                    raise
                manifest = newer

    @or_broken
    def _open_state(self, manifest: Manifest) -> _State:
        before = self._state
        open_parts = before.parts if before and before.manifest.folder == manifest.folder else {}
        return _State(manifest, self._read(manifest, open_parts), self._weights)
