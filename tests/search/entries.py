"""Index entries and queries in a line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from infopool.search.documents import Card, IndexedText, OfferDocument
from infopool.search.query import CONCEPT, Near, SearchQuery, Term, Wish, Word

TODAY = date(2026, 11, 22)

WALDSHUT = (47.6231, 8.2147)
TIENGEN = (47.6353, 8.2710)
"""About 4.4 km from Waldshut."""
SAECKINGEN = (47.5530, 7.9475)
"""About 21.5 km from Waldshut."""


def plain_words(text: str, language: str) -> list[str]:
    """Words as they stand, so that every answer of a test can be counted by hand."""
    return text.split()


def an_entry(
    number: int,
    title: str = "",
    body: str = "",
    *,
    written_in: str = "de",
    at: tuple[float, float] | None = None,
    card: Mapping[str, Any] | None = None,
    concepts: Mapping[str, float] | None = None,
    texts: Mapping[str, tuple[str, str]] | None = None,
    checked_on: date | None = TODAY,
    starts_on: date | None = None,
    ends_on: date | None = None,
    changed_on: date | None = None,
    **facets: str,
) -> OfferDocument:
    """An offer as the index holds it; facets are given as words: `topic="language housing"`."""
    written = texts or {written_in: (title, body)}
    return OfferDocument(
        id=number,
        texts={tag: IndexedText(*text) for tag, text in written.items()},
        concepts=concepts or {},
        facets={facet: tuple(values.split()) for facet, values in facets.items() if values},
        card=Card(number, {tag: (text[0], "") for tag, text in written.items()}, {}, **(card or {})),
        latitude=at[0] if at else None,
        longitude=at[1] if at else None,
        checked_on=checked_on,
        starts_on=starts_on,
        ends_on=ends_on,
        changed_on=changed_on,
    )


def a_word(*texts: str, space: str = "de", boost: float = 1.0) -> Word:
    """A word of a query with those that may stand for it, all for sure."""
    return Word(texts[0], tuple(Term(space, text) for text in texts), boost)


def a_concept(code: str) -> Word:
    return a_word(code, space=CONCEPT)


def a_query(words: str | tuple[Word, ...] = (), **more: Any) -> SearchQuery:
    """A query of plain German words, or of words made before."""
    asked = tuple(a_word(word) for word in words.split()) if isinstance(words, str) else words
    filters = {facet: tuple(values.split()) for facet, values in more.pop("filters", {}).items()}
    return SearchQuery("", more.pop("language", "de"), TODAY, words=asked, filters=filters, **more)


def near(point: tuple[float, float], within_km: float | None = None) -> Near:
    return Near("here", *point, within_km)


def a_wish(facet: str, value: str) -> Wish:
    return Wish(facet, value)
