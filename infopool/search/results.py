"""What the search answers, as frozen values; presenters make words and pages of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from infopool.search.documents import Card
from infopool.search.query import SearchQuery


class ReasonKind(StrEnum):
    """Why an offer is among the results."""

    WORD = "word"
    CONCEPT = "concept"
    PLACE = "place"
    WISH = "wish"
    LANGUAGE = "language"
    DIFFERS = "differs"


@dataclass(frozen=True)
class Reason:
    """Warum gefunden. "курси німецької -> German course", "near Tiengen", "you wrote evening: this one is at 18:30"."""

    kind: ReasonKind
    id: str
    """The concept, place or facet value it is about; for words what the offer has for the one typed, empty when that
    is not known."""
    typed: str = ""
    """What the visitor typed for it."""
    facet: str = ""
    """For wishes and differences: which fact."""
    language: str = ""
    """For words that stand for the one typed: theirs."""

    @property
    def stands_for_another(self) -> bool:
        """Whether the offer has another word than the one typed."""
        return self.kind == ReasonKind.WORD and bool(self.id) and self.id.casefold() != self.typed.casefold()


@dataclass(frozen=True)
class Hit:
    """Treffer. An offer and the reasons it is here."""

    offer_id: int
    score: float
    card: Card
    distance_km: float | None = None
    why: tuple[Reason, ...] = ()
    ask: tuple[str, ...] = ()
    """Facets that were ticked and that this offer does not say anything about: ask."""


@dataclass(frozen=True)
class FacetValue:
    """One line of a filter: what ticking it (with all other filters as they are) would show."""

    value: str
    count: int
    ticked: bool = False


@dataclass(frozen=True)
class WayOut:
    """A next step when little or nothing fits, with the number of offers it leads to (never zero)."""

    kind: str
    """drop-filter, drop-piece, widen, neighbour, topic or all."""
    id: str
    """The facet, piece, distance in km, place or topic."""
    count: int
    value: str = ""


@dataclass(frozen=True)
class SearchResults:
    """Suchergebnis."""

    query: SearchQuery
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    suggestions: tuple[str, ...] = ()
    """Other words to try ("did you mean"); each finds something."""
    ways_out: tuple[WayOut, ...] = ()
    unsure: int = 0
    """How many of the total do not say something that was ticked."""
    cut: bool = False
    """Whether the words typed were longer than the search reads."""
    ask_first: tuple[Hit, ...] = ()
    """Offers that advise about everything, for who was not understood at all."""


@dataclass(frozen=True)
class Suggestion:
    """One line under the search field while typing; it never leads to nothing."""

    text: str
    """What would be searched."""
    kind: str
    """concept, offer, place or provider."""
    id: str
    count: int
