"""What every search engine must do, in our own words, and how the one of an installation is opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from infopool.search.documents import Card, OfferDocument
from infopool.search.query import SearchQuery
from infopool.settings import Settings


@dataclass(frozen=True)
class FoundOffer:
    """One offer the engine found."""

    offer_id: int
    score: float
    card: Card
    matched: tuple[int, ...]
    """Which of the query's words it holds, by their position in `query.words`."""
    by: tuple[int, ...]
    """For each of these the place, among the word's terms, of the one that says best why it was found: a concept that
    is surely meant, else the one that counts most in this offer."""
    granted: tuple[int, ...]
    """Which of the query's wishes it grants, by position."""
    ask: tuple[str, ...]
    """Ticked facets it does not say anything about."""
    distance_km: float | None


@dataclass(frozen=True)
class Found:
    """The engine's answer."""

    total: int
    offers: tuple[FoundOffer, ...]
    facets: Mapping[str, Mapping[str, int]]
    """Facet -> value -> how many offers with that value fit the words and all OTHER facets' filters; no zeros."""
    unsure: int


class SearchEngine(Protocol):
    """Suchmaschine. One contract, one suite of tests for every engine. Safe to use from several threads."""

    def search(self, query: SearchQuery) -> Found:
        """The offers that hold at least one of the words (all offers when there are none) and pass the filters, best
        first; offers past their end are left out. An engine that cannot be read raises `EngineBroken`."""
        ...

    def count(self, query: SearchQuery) -> int:
        """How many offers `search` would find in all, without the work of ranking them."""
        ...

    def words(self, space: str) -> Mapping[str, int]:
        """The analysed words of a language (or the concepts) in the index, with the number of offers that hold each."""
        ...

    def card(self, offer_id: int) -> Card | None:
        """The card of one offer, or None when it is not in the index."""
        ...

    def apply(self, documents: Iterable[OfferDocument], removed: Iterable[int] = ()) -> None:
        """Put documents in (replacing those with the same id) and take others out, in one step others see whole."""
        ...

    def rebuild(self, documents: Iterable[OfferDocument]) -> int:
        """Write a new index beside the old one and switch to it in one step; returns the number of documents."""
        ...

    def ids(self) -> frozenset[int]:
        """The offers in the index."""
        ...

    def generation(self) -> str:
        """Changes whenever what can be found changes, in this process or another."""
        ...

    def is_outdated(self) -> bool:
        """Whether the index was written by another version of the search (other words, other stems): it can be
        searched, but should be rebuilt."""
        ...


class EngineBroken(Exception):
    """The index cannot be read; it must be rebuilt. Visitors are answered without it meanwhile."""


def open_engine(settings: Settings) -> SearchEngine:
    """The engine these settings name; the embedded one unless they name another."""
    from infopool.search.whoosh_engine import WhooshEngine

    return WhooshEngine(settings.index_folder)
