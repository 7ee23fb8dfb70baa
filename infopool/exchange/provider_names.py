"""The names of providers by their ids, taken from the index, so that naming a filter asks the database nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Lock

from infopool import languages
from infopool.search.engine import SearchEngine
from infopool.search.query import SearchQuery


class ProviderNames:
    """Looks a name up once per state of the index. Safe to use from several threads."""

    def __init__(self, engine: SearchEngine, today: Callable[[], date]) -> None:
        self._engine = engine
        self._today = today
        self._lock = Lock()
        self._generation = ""
        self._names: dict[str, str] = {}

    def __call__(self, provider_id: str) -> str:
        """The provider's name; empty when no offer in the index is hers."""
        names = self._current()
        if provider_id not in names:
            names[provider_id] = self._look_up(provider_id)
        return names[provider_id]

    def _current(self) -> dict[str, str]:
        with self._lock:
            generation = self._engine.generation()
            if generation != self._generation:
                self._generation, self._names = generation, {}
            return self._names

    def _look_up(self, provider_id: str) -> str:
        query = SearchQuery("", languages.SOURCE_LANGUAGE, self._today(), filters={"provider": (provider_id,)}, limit=1)
        found = self._engine.search(query).offers
        return found[0].card.provider if found else ""
