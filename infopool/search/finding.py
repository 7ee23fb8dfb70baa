"""Finding: what somebody asked goes in, results with their reasons and next steps come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Lock

from sqlalchemy.orm import Session

from infopool.db import Database
from infopool.directory.regions import Region
from infopool.paths import REGIONS
from infopool.search import concepts, flattening, gazetteer, next_steps, reasons
from infopool.search.concepts import ExtraTerm, Vocabulary
from infopool.search.documents import OfferDocument
from infopool.search.engine import Found, FoundOffer, SearchEngine, open_engine
from infopool.search.gazetteer import Gazetteer
from infopool.search.indexing import Indexer
from infopool.search.query import Asked, SearchQuery
from infopool.search.results import FacetValue, Hit, SearchResults
from infopool.search.spelling import NOTHING, Lexicon
from infopool.search.understand import is_cut, understand
from infopool.settings import Settings


class Lexicons:
    """The words of the index as it is now: fetched anew whenever what can be found has changed."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._generation = ""
        self._lexicon = NOTHING

    def of(self, engine: SearchEngine) -> Lexicon:
        """The lexicon of the engine's present generation."""
        generation = engine.generation()
        with self._lock:
            if generation != self._generation:
                self._generation, self._lexicon = generation, Lexicon(engine.words)
            return self._lexicon


@dataclass(frozen=True)
class Search:
    """Everything finding needs; one per process, safe to use from several threads."""

    engine: SearchEngine
    vocabulary: Vocabulary
    gazetteer: Gazetteer
    region: Region
    lexicons: Lexicons = field(default_factory=Lexicons)

    def understand(self, asked: Asked) -> SearchQuery:
        """What is asked, in terms the engine can search."""
        return understand(asked, self.vocabulary, self.gazetteer, self.lexicons.of(self.engine))

    def count(self, asked: Asked) -> int:
        """How many offers `find` would find in all."""
        return self.engine.count(self.understand(asked))


def open_search(settings: Settings, region: Region, extra: Iterable[ExtraTerm] = ()) -> Search:
    """The search of an installation. `extra` are words that curators added: (language, concept, term)."""
    folder = REGIONS / settings.region
    return Search(
        open_engine(settings),
        concepts.load(extra=extra),
        gazetteer.load(region, folder if folder.is_dir() else Path(settings.region)),
        region,
    )


def indexer(search: Search, database: Database) -> Indexer:
    """What keeps this search's index in step with a database."""
    flatten = partial(_flatten, search)
    return Indexer(database, search.engine, flatten)


def _flatten(search: Search, session: Session, ids: Sequence[int]) -> Iterable[OfferDocument]:
    return flattening.documents(session, ids, search.region, search.vocabulary)


def find(search: Search, asked: Asked) -> SearchResults:
    """The offers that fit best, why they are there, the filters, and where to go when little fits.

    Raises `EngineBroken` when the index cannot be read; nothing a visitor types raises anything.
    """
    query = search.understand(asked)
    found = search.engine.search(query)
    few = found.total < next_steps.FEW
    return SearchResults(
        query=query,
        total=found.total,
        hits=tuple(_hit(offer, query, search.vocabulary) for offer in found.offers),
        facets=facet_values(found, query.filters),
        suggestions=next_steps.suggestions(search, asked, query) if few else (),
        ways_out=next_steps.ways_out(search, asked, query, found.total) if few else (),
        unsure=found.unsure,
        cut=is_cut(asked.text),
        ask_first=_ask_first(search, asked) if query.lost else (),
    )


def find_many(search: Search, asked: Asked) -> SearchResults:
    """The same offers in the same order, for lists of thousands: without why, and without where to go instead."""
    query = search.understand(asked)
    found = search.engine.search(query)
    hits = (Hit(offer.offer_id, offer.score, offer.card, offer.distance_km) for offer in found.offers)
    return SearchResults(query, found.total, tuple(hits), facet_values(found, query.filters))


ADVICE = "migration-advice"
"""The topic of those who advise about everything."""
MOST_ADVICE = 3


def _ask_first(search: Search, asked: Asked) -> tuple[Hit, ...]:
    """Who advises about everything, the nearest first where a place was chosen."""
    query = search.understand(replace(everything(asked), filters={"topic": (ADVICE,)}, near=asked.near))
    found = search.engine.search(replace(query, limit=MOST_ADVICE, offset=0)).offers
    return tuple(_hit(offer, query, search.vocabulary) for offer in found)


def _hit(offer: FoundOffer, query: SearchQuery, vocabulary: Vocabulary) -> Hit:
    return Hit(
        offer_id=offer.offer_id,
        score=offer.score,
        card=offer.card,
        distance_km=offer.distance_km,
        why=reasons.reasons(offer, query, vocabulary),
        ask=offer.ask,
    )


def facet_values(found: Found, filters: Mapping[str, Sequence[str]]) -> dict[str, tuple[FacetValue, ...]]:
    """Each facet's values with their counts, most offers first; ticked ones also when nothing has them."""
    facets: dict[str, tuple[FacetValue, ...]] = {}
    for facet in dict.fromkeys([*found.facets, *filters]):
        counts = {**dict.fromkeys(filters.get(facet, ()), 0), **found.facets.get(facet, {})}
        values = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        facets[facet] = tuple(FacetValue(value, count, value in filters.get(facet, ())) for value, count in values)
    return facets


def everything(asked: Asked) -> Asked:
    """The question without words, filters or place: all offers."""
    return replace(asked, text="", filters={}, near="", within_km=None)
