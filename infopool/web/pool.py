"""What a request works with: the settings, the region, the database and the search, opened once per process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import cast

from flask import current_app

from infopool.db import Database
from infopool.directory.regions import Region, load_region
from infopool.search import finding, suggesting
from infopool.search.query import Asked
from infopool.search.results import SearchResults, Suggestion
from infopool.settings import Settings

Clock = Callable[[], datetime]
"""Gives the present moment, with its zone."""


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Pool:
    """Everything a view may ask. One per process, shared by its threads."""

    settings: Settings
    region: Region
    database: Database
    search: finding.Search
    now: Clock = utc_now

    def today(self) -> date:
        """The day it is in the region."""
        return self.now().astimezone(self.region.timezone).date()

    def warm_up(self) -> None:
        """Read the vocabulary of every language now, so that no visitor waits for it."""
        self.search.vocabulary.prepare()

    def find(self, asked: Asked) -> SearchResults:
        """The answer of the search."""
        return finding.find(self.search, asked)

    def suggest(self, text: str, language: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Lines for under the search field while somebody types."""
        return suggesting.suggest(self.search, text, language, self.today(), limit)


def open_pool(settings: Settings, now: Clock = utc_now) -> Pool:
    """Open everything these settings name."""
    region = load_region(settings.region)
    return Pool(settings, region, Database(settings.database), finding.open_search(settings, region), now)


def pool() -> Pool:
    """The pool of the application that answers this request."""
    return cast(Pool, current_app.extensions["infopool"])
