"""Keeps the search index in step with what is committed: the queue, the rebuild, the comparison."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from infopool.db import Database
from infopool.directory.facts import State
from infopool.directory.models import IndexTask, Offer
from infopool.messages import N_, Message, counted
from infopool.search.documents import OfferDocument
from infopool.search.engine import EngineBroken, SearchEngine

Flatten = Callable[[Session, Sequence[int]], Iterable[OfferDocument]]
"""From offers' ids to the documents of those that visitors may see."""

TASKS = 500
"""Notes of the queue acted on in one step of the index."""
CHUNK = 200
"""Offers read from the database at a time; it bounds the memory of a rebuild."""


@dataclass(frozen=True)
class Comparison:
    """How the index stands to the database."""

    published: int
    indexed: int
    missing: frozenset[int] = frozenset()
    """Published offers that the index does not have."""
    surplus: frozenset[int] = frozenset()
    """Offers in the index that are not published."""
    waiting: frozenset[int] = frozenset()
    """Changed offers whose change has not reached the index yet."""
    broken: bool = False

    @property
    def in_step(self) -> bool:
        """Whether visitors find exactly what is published, as it is now."""
        return not (self.broken or self.missing or self.surplus or self.waiting)

    @property
    def can_catch_up(self) -> bool:
        """Whether acting on the queue would bring it in step, so that no rebuild is needed."""
        return not self.broken and self.missing | self.surplus <= self.waiting

    def sentence(self) -> Message:
        """The same for a person."""
        if self.broken:
            return Message(N_("The search index cannot be read. Rebuild it."))
        if self.in_step:
            return counted(
                "The search index is in step: %(count)s offer.",
                "The search index is in step: %(count)s offers.",
                self.indexed,
            )
        return Message(
            N_("The search index is out of step: %(missing)s missing, %(surplus)s too many, %(waiting)s waiting."),
            {"missing": len(self.missing), "surplus": len(self.surplus), "waiting": len(self.waiting)},
        )


@dataclass(frozen=True)
class Indexer:
    """Brings committed changes into the index.

    A change leaves a note in its own transaction (`directory.offers.note_change`); `drain` acts on the notes after the
    commit, in this or any later process. A note goes only after the index has taken the change, and acting on one twice
    does no harm, so nothing is lost however a process ends, and several may drain at once.
    """

    database: Database
    engine: SearchEngine
    flatten: Flatten

    def drain(self) -> int:
        """Act on all notes there are; returns how many. A broken index is rebuilt on the way."""
        done = 0
        while tasks := self._next_tasks():
            ids = sorted(set(tasks.values()))
            try:
                # The offers are read when the engine draws them, which is when no one else writes: nothing that another
                # process has meanwhile brought in is replaced by an older state. What is not published yields nothing.
                self.engine.apply(self._documents([ids]), removed=ids)
            except EngineBroken:
                self.rebuild()
            self._forget(tasks)
            done += len(tasks)
        return done

    def rebuild(self) -> int:
        """Write the whole index anew and switch to it; returns the number of offers in it."""
        tasks = self._next_tasks(limit=None)
        count = self.engine.rebuild(self._documents(self._published_in_chunks()))
        self._forget(tasks)
        return count

    def compare(self) -> Comparison:
        """How the index stands to the database."""
        with self.database.reading() as session:
            waiting = frozenset(session.scalars(select(IndexTask.offer_id)))
            published = frozenset(session.scalars(select(Offer.id).where(Offer.state == State.PUBLISHED)))
        try:
            indexed = self.engine.ids()
        except EngineBroken:
            return Comparison(len(published), 0, waiting=waiting, broken=True)
        return Comparison(len(published), len(indexed), published - indexed, indexed - published, waiting)

    def ensure(self) -> bool:
        """Bring the index in step, whatever state it is in; returns whether it had to be rebuilt for that."""
        comparison = self.compare()
        if comparison.can_catch_up and not self.engine.is_outdated():
            self.drain()
            return False
        self.rebuild()
        self.drain()
        return True

    def _next_tasks(self, limit: int | None = TASKS) -> dict[int, int]:
        with self.database.reading() as session:
            rows = session.execute(select(IndexTask.id, IndexTask.offer_id).order_by(IndexTask.id).limit(limit))
            return {row.id: row.offer_id for row in rows}

    def _forget(self, tasks: Iterable[int]) -> None:
        left = list(tasks)
        while left:
            with self.database.transaction() as session:
                session.execute(delete(IndexTask).where(IndexTask.id.in_(left[:TASKS])))
            left = left[TASKS:]

    def _documents(self, chunks: Iterable[Sequence[int]]) -> Iterator[OfferDocument]:
        for ids in chunks:
            for start in range(0, len(ids), CHUNK):
                with self.database.reading() as session:
                    yield from self.flatten(session, ids[start : start + CHUNK])

    def _published_in_chunks(self) -> Iterator[list[int]]:
        last = -1
        while True:
            wanted = select(Offer.id).where(Offer.state == State.PUBLISHED, Offer.id > last)
            with self.database.reading() as session:
                ids = list(session.scalars(wanted.order_by(Offer.id).limit(CHUNK)))
            if not ids:
                return
            yield ids
            last = ids[-1]
