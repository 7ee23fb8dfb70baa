"""Never a dead end: where to go when little or nothing fits, each step with the number of offers it leads to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from infopool.directory.regions import Place, distance_km
from infopool.directory.topics import BY_CODE
from infopool.search import text
from infopool.search.languages.table import BY_TAG
from infopool.search.query import Asked, Kind, SearchQuery, Understood
from infopool.search.results import WayOut

if TYPE_CHECKING:
    from infopool.search.finding import Search

FEW = 3
"""Fewer offers than this, and the page says where to go."""
WIDER_KM = (10.0, 25.0, 50.0)
MOST_NEIGHBOURS = 3
NEIGHBOURS_TRIED = 12
MOST_TOPICS = 2
MOST_SUGGESTIONS = 3


def ways_out(search: Search, asked: Asked, query: SearchQuery, total: int) -> tuple[WayOut, ...]:
    """The next steps: each leads to more offers than there are, none to nothing."""
    return (
        *_without_filters(search, asked, total),
        *_wider(search, asked, query, total),
        *_neighbours(search, asked, query),
        *_without_pieces(search, asked, query, total),
        *_topics(search, asked, query, total),
        *_all(search, asked, total),
    )


def _without_filters(search: Search, asked: Asked, total: int) -> Iterator[WayOut]:
    for facet, values in asked.filters.items():
        for value in values:
            left = tuple(other for other in values if other != value)
            count = search.count(replace(asked, filters={**asked.filters, facet: left}, offset=0))
            if count > total:
                yield WayOut("drop-filter", facet, count, value)


def _wider(search: Search, asked: Asked, query: SearchQuery, total: int) -> Iterator[WayOut]:
    if query.near is None or query.near.within_km is None:
        return
    for kilometres in WIDER_KM:
        if kilometres > query.near.within_km:
            count = search.count(replace(asked, within_km=kilometres))
            if count > total:
                yield WayOut("widen", f"{kilometres:g}", count)
                return


def _neighbours(search: Search, asked: Asked, query: SearchQuery) -> Iterator[WayOut]:
    """The nearest municipalities that have something, when the search is tied to a place."""
    here = _tied_to(search, asked, query)
    if here is None:
        return
    elsewhere = replace(asked, text=_without_place(query), near="", within_km=None)
    found = 0
    for place in _nearest(search, here):
        filters = {**asked.filters, "place": (place.code,)}
        count = search.count(replace(elsewhere, filters=filters))
        if count:
            yield WayOut("neighbour", place.code, count)
            found += 1
        if found == MOST_NEIGHBOURS:
            return


def _tied_to(search: Search, asked: Asked, query: SearchQuery) -> Place | None:
    """The place results are limited to, by a filter or a distance."""
    ticked = asked.filters.get("place", ())
    if ticked:
        return search.region.by_code.get(ticked[0])
    if query.near and query.near.within_km is not None:
        return search.region.by_code.get(query.near.place)
    return None


def _nearest(search: Search, here: Place) -> list[Place]:
    others = [place for place in search.region.municipalities if place.code not in (here.code, here.parent)]
    spot = (here.latitude, here.longitude)
    return sorted(others, key=lambda place: distance_km(spot, (place.latitude, place.longitude)))[:NEIGHBOURS_TRIED]


def _without_place(query: SearchQuery) -> str:
    place = next((piece for piece in query.understood if piece.kind == Kind.PLACE), None)
    return without(query.text, place) if place else query.text


def without(typed: str, piece: Understood) -> str:
    """The query with one piece cut out."""
    return f"{typed[: piece.start].rstrip()} {typed[piece.end :].lstrip()}".strip()


def _without_pieces(search: Search, asked: Asked, query: SearchQuery, total: int) -> Iterator[WayOut]:
    for piece in query.understood:
        if piece.kind == Kind.CORRECTION:
            continue
        shorter = replace(asked, text=without(query.text, piece), offset=0)
        left = search.understand(shorter)
        if left.words or piece.kind == Kind.PLACE:
            count = search.engine.count(left)
            if count > total:
                yield WayOut("drop-piece", piece.typed, count)


def _topics(search: Search, asked: Asked, query: SearchQuery, total: int) -> Iterator[WayOut]:
    """All there is about the topics of what was understood."""
    codes = [piece.id for piece in query.understood if piece.kind == Kind.CONCEPT]
    concepts = [search.vocabulary.concepts[code] for code in codes if code in search.vocabulary.concepts]
    topics = dict.fromkeys(topic for concept in concepts for topic in concept.topics)
    above = dict.fromkeys(BY_CODE[topic].parent for topic in topics if topic in BY_CODE and BY_CODE[topic].parent)
    found = 0
    for topic in [*topics, *above]:
        only = Asked("", asked.language, asked.today, filters={"topic": (topic,)}, near=asked.near)
        count = search.count(only) if topic in BY_CODE else 0
        if count > total:
            yield WayOut("topic", topic, count)
            found += 1
        if found == MOST_TOPICS:
            return


def _all(search: Search, asked: Asked, total: int) -> Iterator[WayOut]:
    count = search.count(Asked("", asked.language, asked.today))
    if count > total:
        yield WayOut("all", "", count)


def suggestions(search: Search, asked: Asked, query: SearchQuery) -> tuple[str, ...]:
    """Other words to try: the query with a word put right, and broader concepts; each finds something."""
    tried = dict.fromkeys([*_respelled(search, asked, query), *_broader(search, asked, query)])
    tried.pop(query.text.strip(), None)
    found = (words for words in tried if _finds(search, asked, words))
    return tuple(words for words, _ in zip(found, range(MOST_SUGGESTIONS), strict=False))


def _finds(search: Search, asked: Asked, words: str) -> bool:
    query = search.understand(replace(asked, text=words, exact=True, offset=0))
    return bool(query.words) and search.engine.count(query) > 0


def _respelled(search: Search, asked: Asked, query: SearchQuery) -> Iterator[str]:
    """The query with each word nobody understood exchanged for the nearest word of the vocabulary."""
    known = {piece.start for piece in query.understood if piece.exact}
    for token in text.words_with_positions(query.text):
        if token.start in known:
            continue
        for language in _languages(asked, token.script):
            terms = search.vocabulary.terms.get(language)
            folded = text.fold(token.text, language)
            if terms is None or folded in terms.spellings:
                continue
            near = terms.spellings.nearest(folded)
            if near:
                yield query.text[: token.start] + terms.spellings[near] + query.text[token.end :]


def _languages(asked: Asked, script: str) -> Sequence[str]:
    wanted = dict.fromkeys((asked.language, "de"))
    return [tag for tag in wanted if tag in BY_TAG and script in BY_TAG[tag].scripts]


def _broader(search: Search, asked: Asked, query: SearchQuery) -> Iterator[str]:
    for piece in query.understood:
        concept = search.vocabulary.concepts.get(piece.id) if piece.kind == Kind.CONCEPT else None
        if concept and concept.parent:
            yield search.vocabulary.label(concept.parent, asked.language)
