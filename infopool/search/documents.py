"""An offer as the index holds it: flat, with everything a result card shows, so that a search asks no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class IndexedText:
    """The words of an offer in one language, as people wrote them; the engine analyses them."""

    title: str
    body: str
    """Summary, description, registration, provider, topics' and venue's names: all other words worth finding."""


@dataclass(frozen=True)
class Card:
    """What a result card shows. Only plain values, so that it travels as JSON; labels are made by the pages.

    `texts` holds title and summary by language; facts are codes. A confidential address never gets here.
    """

    id: int
    texts: Mapping[str, tuple[str, str]]
    """Language tag -> (title, summary)."""
    text_origins: Mapping[str, str]
    """Language tag -> origin, with "outdated" in place of the origin when the source has changed since."""
    provider: str = ""
    provider_id: int | None = None
    topics: tuple[str, ...] = ()
    place: str = ""
    """The code of the venue's place, empty when it has none or the address is confidential."""
    whole_region: bool = False
    online: bool = False
    cost: Mapping[str, Any] = field(default_factory=dict)
    """kind, cents, period, words."""
    schedule: tuple[Mapping[str, Any], ...] = ()
    """The slots, as `columns.slot_to_plain` writes them."""
    levels: tuple[str, ...] = ()
    level_required: str = ""
    languages: tuple[str, ...] = ()
    childcare: str = "unknown"
    women_only: str = "unknown"
    wheelchair: str = "unknown"
    registration_needed: str = "unknown"
    free_places: int | None = None
    waiting: str = ""
    capacity_as_of: str = ""
    starts_on: str = ""
    register_by: str = ""
    checked_on: str = ""
    checked_how: str = ""
    doubted: bool = False
    """Whether we have asked in vain since the last check: people should call first."""
    phone: str = ""
    """The first phone number, so that a list of results can be called from."""
    source: str = ""
    source_key: str = ""


@dataclass(frozen=True)
class OfferDocument:
    """An offer, flat."""

    id: int
    texts: Mapping[str, IndexedText]
    """By language tag."""
    concepts: Mapping[str, float]
    """Concept code -> how strongly the offer is about it, above 0 up to 1."""
    facets: Mapping[str, tuple[str, ...]]
    """Facet name -> values; a facet without a value is unknown."""
    card: Card
    latitude: float | None = None
    longitude: float | None = None
    checked_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    """The last day it is worth showing: the earlier of its end and its validity."""
    changed_on: date | None = None
