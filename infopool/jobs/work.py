"""What a handler works with: the installation, and the job in its hands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from threading import Event
from typing import Any

from sqlalchemy.orm import Session

from infopool import queue
from infopool.db import Database
from infopool.directory.regions import Region
from infopool.search import finding, own_words
from infopool.search.concepts import ExtraTerm
from infopool.search.indexing import Indexer
from infopool.settings import Settings

Clock = Callable[[], datetime]
"""Gives the present moment, with its zone."""


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


class Lost(Exception):
    """The job has meanwhile gone to another worker: whoever was at it stops and changes nothing."""


class Stopped(Exception):
    """The worker is asked to stop: the job is handed back and begun again by the next one."""


class GiveUp(Exception):
    """It went wrong and would go wrong again: the job fails with these words, without being tried again."""


class NotNow(Exception):
    """It went wrong and may go well later; tried up to `most` times, with longer and longer pauses."""

    def __init__(self, why: str, most: int = queue.MOST_ATTEMPTS) -> None:
        super().__init__(why)
        self.most = most


@dataclass
class Work:
    """Arbeitsplatz. The installation as the handlers see it; one per worker."""

    settings: Settings
    region: Region
    database: Database
    now: Clock = utc_now
    stopping: Event = field(default_factory=Event)
    """Set when the worker is to stop."""
    _search: tuple[frozenset[ExtraTerm], finding.Search] | None = None

    def today(self) -> date:
        """The day it is in the region."""
        return self.now().astimezone(self.region.timezone).date()

    def indexer(self) -> Indexer:
        """What keeps the search index in step; it knows the words curators have added so far."""
        words = own_words.read(self.database)
        if self._search is None or self._search[0] != frozenset(words):
            self._search = frozenset(words), finding.open_search(self.settings, self.region, words)
        return finding.indexer(self._search[1], self.database)


@dataclass(frozen=True)
class Task:
    """Der Auftrag in der Hand. A job that a worker has taken."""

    work: Work
    id: int
    name: str
    arguments: dict[str, Any]
    attempt: int
    """1 at the first try."""
    worker: str

    @contextmanager
    def finishing(self) -> Iterator[Session]:
        """The transaction of the job's last effect: the job is done in the same moment, so both are kept or neither.

        Raises Lost (and takes everything back) when the job has meanwhile gone to somebody else. A handler that does
        all it does inside has each of its effects exactly once.
        """
        with self.work.database.transaction() as session:
            yield session
            if not queue.finish(session, self.id, self.worker, self.work.now()):
                raise Lost

    def still_at_it(self, done: int = 0, steps: int = 0) -> None:
        """To be said at least every few minutes during long work: renews the lease and notes progress for the desk.

        Raises Lost or Stopped when the work is to end here.
        """
        if self.work.stopping.is_set():
            raise Stopped
        with self.work.database.transaction() as session:
            if not queue.still_at_it(session, self.id, self.worker, self.work.now(), done, steps):
                raise Lost


Handler = Callable[[Work, Task], None]
"""Does a job. What it raises is its fault: see Lost, Stopped, GiveUp and NotNow; any other is tried again later."""
