"""What a request works with: the settings, the region, the database and the search, opened once per process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Lock
from typing import cast

from flask import current_app

from infopool.db import Database
from infopool.directory.regions import Region, load_region
from infopool.search import concepts, finding, own_words, suggesting
from infopool.search.engine import EngineBroken
from infopool.search.query import Asked
from infopool.search.results import SearchResults, Suggestion
from infopool.settings import Settings

Clock = Callable[[], datetime]
"""Gives the present moment, with its zone."""


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


class Pool:
    """Everything a view may ask. One per process, shared by its threads."""

    def __init__(
        self, settings: Settings, region: Region, database: Database, search: finding.Search, now: Clock = utc_now
    ) -> None:
        self.settings = settings
        self.region = region
        self.database = database
        self.now = now
        self._search = search
        self._words = own_words.read(database)
        self._generation = _generation(search)
        self._rereading = Lock()

    @property
    def search(self) -> finding.Search:
        """The search, with the words curators have added. They are looked at anew when the index has changed, as
        adding one changes it; so a search asks the database nothing."""
        generation = _generation(self._search)
        if generation != self._generation:
            with self._rereading:
                if generation != self._generation:
                    words = own_words.read(self.database)
                    if words != self._words:
                        self._search = replace(self._search, vocabulary=concepts.load(extra=words))
                        self._words = words
                    self._generation = generation
        return self._search

    def generation(self) -> str:
        """The state of the index; empty when it cannot be read. Asks the database nothing."""
        return _generation(self._search)

    def today(self) -> date:
        """The day it is in the region."""
        return self.now().astimezone(self.region.timezone).date()

    def warm_up(self) -> None:
        """Read the vocabulary of every language now, so that no visitor waits for it."""
        self.search.vocabulary.prepare()

    def find(self, asked: Asked) -> SearchResults:
        """The answer of the search."""
        return finding.find(self.search, asked)

    def find_many(self, asked: Asked) -> SearchResults:
        """The answer of the search for lists of thousands: without why each offer is there."""
        return finding.find_many(self.search, asked)

    def suggest(self, text: str, language: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Lines for under the search field while somebody types."""
        return suggesting.suggest(self.search, text, language, self.today(), limit)


def open_pool(settings: Settings, now: Clock = utc_now) -> Pool:
    """Open everything these settings name."""
    region, database = load_region(settings.region), Database(settings.database)
    search = finding.open_search(settings, region, own_words.read(database))
    return Pool(settings, region, database, search, now)


def _generation(search: finding.Search) -> str:
    try:
        return search.engine.generation()
    except EngineBroken:
        return ""


def pool() -> Pool:
    """The pool of the application that answers this request."""
    return cast(Pool, current_app.extensions["infopool"])
