"""Counting searches: gathered in memory while pages are answered, put into the database now and then beside them.

No search waits for it and none asks the database. A process that is killed loses the sums of its last minute and
nothing else.
"""

from __future__ import annotations

import atexit
import logging
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from datetime import date
from threading import Event, Lock, Thread

from flask import Flask, current_app, g

from infopool.curation import counting
from infopool.curation.counting import Cell, Searched
from infopool.db import Database
from infopool.directory.topics import BY_CODE
from infopool.search.results import SearchResults
from infopool.web.keeping import HOOKS, Facts

log = logging.getLogger(__name__)

EVERY = 60.0
"""Seconds between two times that the sums go into the database."""
AGAIN_AFTER = 600.0
"""Seconds within which the same words count once: somebody who reloads a page is one."""
MOST_TERMS = 2_000
"""Words remembered between two times; more are not counted."""
EXTENSION = "infopool.search_counter"


class SearchCounter:
    """Zählwerk. The sums of one process that are not in the database yet."""

    def __init__(
        self, database: Database, today: Callable[[], date], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._database, self._today, self._clock = database, today, clock
        self._lock = Lock()
        self._cells: Counter[Cell] = Counter()
        self._terms: set[tuple[str, str]] = set()
        self._lately: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._stop = Event()
        self._thread: Thread | None = None

    def count(self, searched: Searched) -> None:
        """Count one search."""
        cell = counting.cell_of(searched, self._today())
        terms = {(searched.language, term) for words in searched.in_vain if (term := counting.term_of(words))}
        now = self._clock()
        with self._lock:
            self._cells[cell] += 1
            for key in terms:
                if now - self._lately.get(key, -AGAIN_AFTER) >= AGAIN_AFTER and len(self._lately) < MOST_TERMS:
                    self._lately[key] = now
                    self._terms.add(key)

    def flush(self) -> None:
        """Put what was counted into the database; what cannot be put there now is tried again with the next."""
        now = self._clock()
        with self._lock:
            cells, terms = self._cells, self._terms
            self._cells, self._terms = Counter(), set()
            while self._lately and next(iter(self._lately.values())) <= now - AGAIN_AFTER:
                self._lately.popitem(last=False)
        if not cells and not terms:
            return
        try:
            with self._database.transaction() as session:
                counting.add(session, cells)
                counting.add_terms(session, terms, self._today())
        except Exception:
            log.exception("searches could not be counted; they are kept for the next time")
            with self._lock:
                self._cells += cells
                self._terms |= terms

    def begin(self) -> None:
        """Put the sums into the database now and then, and at the end of the process."""
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._work, daemon=True, name="search-counter")
                self._thread.start()
                atexit.register(self.flush)

    def _work(self) -> None:
        while not self._stop.wait(EVERY):
            self.flush()


def prepare(app: Flask) -> None:
    """Give the application its counter; it counts kept pages too, which Flask never sees."""
    house = app.extensions["infopool"]
    counter = SearchCounter(house.database, house.today)
    app.extensions[EXTENSION] = counter

    def count_kept(facts: Facts) -> None:
        searched = facts.get("searched")
        if isinstance(searched, Searched):
            counter.count(searched)

    app.extensions.setdefault(HOOKS, []).append(count_kept)


def note(results: SearchResults, language: str, topics: tuple[str, ...], *, sensitive: bool) -> None:
    """Count the search behind this page, and leave word for counting it again when the page is handed out once more."""
    searched = searched_of(results, language, topics, sensitive=sensitive)
    g.page_facts = {"searched": searched}
    counter: SearchCounter = current_app.extensions[EXTENSION]
    counter.count(searched)
    counter.begin()


def searched_of(results: SearchResults, language: str, topics: tuple[str, ...], *, sensitive: bool) -> Searched:
    """What is counted of a search: of a page that may betray somebody neither place nor words."""
    near = results.query.near
    top = next((BY_CODE[code].parent or code for code in topics if code in BY_CODE), "")
    return Searched(
        language=language,
        topic=top,
        place=near.place if near and not sensitive else "",
        found=results.total,
        in_vain=() if sensitive else _in_vain(results),
    )


def _in_vain(results: SearchResults) -> tuple[str, ...]:
    """The whole query where nothing was found at all; else its words that no offer and no word list knows."""
    query = results.query
    if query.text and (results.total == 0 or query.lost):
        return (query.text,)
    return tuple(word.typed for word in query.leftovers if not word.held)
