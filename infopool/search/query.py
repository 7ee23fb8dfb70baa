"""What is asked of the search, as frozen values: no address of a page, no word of an engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

CONCEPT = "concept"
"""The space of concept codes; every other space is the tag of a language."""


@dataclass(frozen=True)
class Term:
    """One entry of the index: an analysed word of a language, or the code of a concept."""

    space: str
    text: str
    weight: float = 1.0
    """How likely it stands for the word typed, 0 to 1; 1 for the word itself."""


@dataclass(frozen=True)
class Word:
    """One word (or phrase) of the query with everything in the index that may stand for it.

    It is scored as ONE word whose frequency is the weighted sum over its terms (probabilistic structured queries,
    Darwish and Oard 2003), so that a word with many translations does not outweigh one with few.
    """

    typed: str
    terms: tuple[Term, ...]
    boost: float = 1.0
    faint: bool = False
    """Whether it is only what the words typed may speak of together: it ranks, and explains where nothing else does."""


class Kind(StrEnum):
    """What a piece of the query was understood as."""

    CONCEPT = "concept"
    WISH = "wish"
    PLACE = "place"
    LEVEL = "level"
    LANGUAGE = "language"
    CORRECTION = "correction"
    WORD = "word"


@dataclass(frozen=True)
class Understood:
    """One piece of the query and what was made of it; the page shows it and lets the visitor leave it out."""

    kind: Kind
    id: str
    """The concept's, place's, level's ... code; for a correction the word searched instead."""
    typed: str
    """The piece as it stands in the query."""
    start: int
    """Where the piece begins in the query, in characters; with `end` it can be cut out."""
    end: int
    exact: bool = True
    """False when it was only guessed (a typo mended, a word heard by ear)."""


@dataclass(frozen=True)
class Leftover:
    """A word of the query that no concept explains; it is searched as it is written, and by its translations."""

    typed: str
    start: int
    """Where it begins in the query, in characters."""
    end: int
    known: bool
    """Whether our word lists, a translation or an offer know it."""
    held: bool
    """Whether some offer holds it, or what it may stand for."""
    german: tuple[str, ...] = ()
    """The German words searched for it, the likeliest first; empty where offers hold the word itself."""

    @property
    def strange(self) -> bool:
        """Whether nobody understood it: it changes nothing about what is found."""
        return not self.known


@dataclass(frozen=True)
class Wish:
    """A fact that lifts an offer but never excludes one."""

    facet: str
    value: str
    boost: float = 1.0
    understood: Understood | None = None


@dataclass(frozen=True)
class Near:
    """Where the visitor wants it, and within how many kilometres (None: any distance, nearer first)."""

    place: str
    latitude: float
    longitude: float
    within_km: float | None = None


class Sort(StrEnum):
    """How results are ordered."""

    RELEVANCE = "relevance"
    DISTANCE = "distance"
    CHECKED = "checked"
    START = "start"
    NEWEST = "newest"


@dataclass(frozen=True)
class SearchQuery:
    """Suche. Everything the engine needs to answer."""

    text: str
    """What was typed, cut at the stated length."""
    language: str
    """The reader's language."""
    today: date
    words: tuple[Word, ...] = ()
    understood: tuple[Understood, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    wishes: tuple[Wish, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Ticked values per facet: any of them within a facet, all of the facets together. An offer that does not say
    (unknown) stays, after those that do, unless the facet is strict."""
    near: Near | None = None
    sort: Sort = Sort.RELEVANCE
    limit: int = 20
    offset: int = 0

    @property
    def lost(self) -> bool:
        """Whether something was typed and nothing of it was understood, speaks of something, or stands in any offer."""
        pieces = (piece for piece in self.understood if piece.kind != Kind.CORRECTION)
        found = any(pieces) or any(word.held for word in self.leftovers) or any(word.faint for word in self.words)
        return bool(self.text.strip()) and not found


@dataclass(frozen=True)
class FacetKind:
    """One row of the facet table."""

    name: str
    """As in the address and the API."""
    strict: bool = False
    """Whether an offer that does not say is left out when a value is ticked."""


FACETS: tuple[FacetKind, ...] = (
    FacetKind("topic", strict=True),
    FacetKind("place", strict=True),
    FacetKind("language"),
    FacetKind("level"),
    FacetKind("cost"),
    FacetKind("format"),
    FacetKind("time"),
    FacetKind("childcare"),
    FacetKind("women_only"),
    FacetKind("wheelchair"),
    FacetKind("residence"),
    FacetKind("audience"),
    FacetKind("provider", strict=True),
)
"""Filter, in the order the pages show them. Values: topic and place codes, language tags, levels `A0` to `C2` an offer
teaches or is open to, the codes of `directory.facts`, `yes` for the yes-or-no facts (limited counts as yes, with its
word on the card), provider ids."""

FACET_NAMES: tuple[str, ...] = tuple(facet.name for facet in FACETS)


@dataclass(frozen=True)
class Asked:
    """What a visitor asked, before it is understood: what was typed and what was ticked."""

    text: str
    language: str
    today: date
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    near: str = ""
    """The code of the place chosen, empty for none."""
    within_km: float | None = None
    sort: Sort = Sort.RELEVANCE
    limit: int = 20
    offset: int = 0
    exact: bool = False
    """Search the words exactly as typed: mend nothing, guess nothing."""
