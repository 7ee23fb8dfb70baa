"""A search as its page: what was understood, the results, the next steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import url_for

from infopool import languages
from infopool.directory import topics
from infopool.exchange.labels import Labels
from infopool.messages import N_, NN_, Message
from infopool.search.concepts import Vocabulary
from infopool.search.query import Asked, Kind, Leftover, SearchQuery, Sort, Understood
from infopool.search.results import SearchResults, WayOut
from infopool.web import searching
from infopool.web.presenters import facets
from infopool.web.presenters.cards import CardView, Words, card_view, in_german
from infopool.web.presenters.facets import Choice, Group
from infopool.web.wording import Wording

SHORT = 4
"""Words up to which a query is no whole question."""
AS_WRITTEN = N_("“%(word)s”, as written")
MOST_NAMED = 5
"""Words named of those that brought nothing."""


@dataclass(frozen=True)
class Piece:
    """One piece of what was understood; its address is the same search without it."""

    words: Words
    address: str
    german: Words | None = None
    """What is searched for it, where that is another word."""


@dataclass(frozen=True)
class Correction:
    """A word that was searched in place of what was typed."""

    searched: str
    exactly: str
    """The address that searches the words as typed."""


@dataclass(frozen=True)
class Unread:
    """Words of the query that brought nothing, named so that nobody thinks they did."""

    words: tuple[str, ...]
    more: bool
    """Whether there were more words than are named."""
    without: str
    """The address that leaves them out; empty when nothing would remain."""


@dataclass(frozen=True)
class NextStep:
    """A way on, and what it leads to."""

    text: str
    address: str
    gain: str


@dataclass(frozen=True)
class Listing:
    """Trefferliste. What every page with results shows."""

    total: int
    headline: str
    cards: tuple[CardView, ...]
    unsure_cards: tuple[CardView, ...]
    """Those that do not say something that was ticked; they stand below."""
    unsure: str
    """The sentence above them."""
    page: int
    pages: int
    pages_line: str
    previous: str
    following: str

    def turned(self, previous: str, following: str) -> Listing:
        """The same with other addresses for the page before and after."""
        return replace(self, previous=previous, following=following)


@dataclass(frozen=True)
class SearchPage:
    """Everything the search page shows."""

    asked: Asked
    text: str
    listing: Listing
    pieces: tuple[Piece, ...]
    correction: Correction | None
    strange: Unread | None
    """Words nobody understood."""
    unheld: Unread | None
    """Words we know, which stand in no offer."""
    lost: bool
    """Whether nothing at all was understood."""
    ask_first: tuple[CardView, ...]
    cut: bool
    groups: tuple[Group, ...]
    hidden: tuple[tuple[str, str], ...]
    """What the filter form carries along unseen."""
    places: tuple[Choice, ...]
    distances: tuple[Choice, ...]
    near: str
    sorts: tuple[tuple[Choice, str], ...]
    sorted_by: str
    next_steps: tuple[NextStep, ...]
    suggestions: tuple[tuple[str, str], ...]


def search_page(results: SearchResults, asked: Asked, labels: Labels, wording: Wording) -> SearchPage:
    """The answer of a search as its page."""
    asked = replace(asked, text=results.query.text)
    near = results.query.near.place if results.query.near else asked.near
    choices = facets.sorts(asked, is_near=bool(near), wording=wording)
    return SearchPage(
        asked=asked,
        text=asked.text,
        listing=listing(results, asked, labels, wording),
        pieces=tuple(_pieces(results, asked, labels, wording)),
        correction=_correction(results, asked, labels),
        strange=_unread(results.query, asked, [word for word in results.query.leftovers if word.strange]),
        unheld=_unread(results.query, asked, _unheld(results.query)),
        lost=results.query.lost,
        ask_first=tuple(card_view(hit, labels, wording, asked.today) for hit in results.ask_first),
        cut=results.cut,
        groups=facets.groups(results, labels, wording),
        hidden=_hidden(asked),
        places=facets.places(near, labels, wording),
        distances=facets.distances(asked, wording),
        near=near,
        sorts=tuple((choice, address(replace(asked, sort=Sort(choice.value), offset=0))) for choice in choices),
        sorted_by=next((choice.label for choice in choices if choice.chosen), choices[0].label),
        next_steps=tuple(
            step for way in results.ways_out if (step := _next_step(way, results, asked, labels, wording))
        ),
        suggestions=tuple((text, address(replace(asked, text=text, offset=0))) for text in results.suggestions),
    )


def asked_about(results: SearchResults, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The topics a visitor ticked or wrote about."""
    pieces = [piece.id for piece in results.query.understood if piece.kind == Kind.CONCEPT]
    concepts = [vocabulary.concepts[code] for code in pieces if code in vocabulary.concepts]
    written = (topic for concept in concepts for topic in concept.topics)
    return (*results.query.filters.get("topic", ()), *written)


def listing(results: SearchResults, asked: Asked, labels: Labels, wording: Wording) -> Listing:
    """The results with their pages."""
    cards = [(hit, card_view(hit, labels, wording, asked.today)) for hit in results.hits]
    page, pages = searching.page_of(asked), max(1, -(-results.total // asked.limit))
    values = {"page": wording.number(page), "pages": wording.number(pages)}
    return Listing(
        total=results.total,
        headline=wording.count(results.total, NN_("%(count)s offer", "%(count)s offers")),
        cards=tuple(card for hit, card in cards if not hit.ask),
        unsure_cards=tuple(card for hit, card in cards if hit.ask),
        unsure=_unsure(results, wording),
        page=page,
        pages=pages,
        pages_line=wording.say(Message(N_("Page %(page)s of %(pages)s"), values)),
        previous=address(asked, page=page - 1) if page > 1 else "",
        following=address(asked, page=page + 1) if page < pages else "",
    )


def address(asked: Asked, *, page: int = 1) -> str:
    """The address of the page that answers this."""
    query = searching.write(asked, page=page)
    return url_for("public.search") + (f"?{query}" if query else "")


def _unsure(results: SearchResults, wording: Wording) -> str:
    forms = NN_(
        "%(count)s offer does not say everything you ticked. Please ask there.",
        "%(count)s offers do not say everything you ticked. Please ask there.",
    )
    return wording.count(results.unsure, forms) if results.unsure else ""


def _pieces(results: SearchResults, asked: Asked, labels: Labels, wording: Wording) -> list[Piece]:
    typed = [
        Piece(_piece_words(piece, labels, wording), address(searching.without_piece(asked, piece.start, piece.end)))
        for piece in _shown(results.query.understood)
    ]
    typed += [
        _as_searched(word, address(searching.without_piece(asked, word.start, word.end)), wording)
        for word in _as_written(results.query)
    ]
    ticked = [
        Piece(_value_words(facet, value, labels, wording), address(searching.without_filter(asked, facet, value)))
        for facet, value in searching.ticked(asked)
    ]
    typed_near = any(piece.kind == Kind.PLACE and piece.id == asked.near for piece in results.query.understood)
    near = [] if typed_near and asked.within_km is None else _near_piece(asked, labels, wording)
    return [*typed, *ticked, *near]


def _as_searched(word: Leftover, without: str, wording: Wording) -> Piece:
    if word.german:
        return Piece(Words(word.typed), without, Words(", ".join(word.german), languages.SOURCE_LANGUAGE))
    return Piece(Words(wording.say(Message(AS_WRITTEN, {"word": word.typed}))), without)


def _shown(pieces: tuple[Understood, ...]) -> list[Understood]:
    """The pieces to show: a mended word is told of in a sentence, so here it stands only if it became nothing else."""
    others = [piece for piece in pieces if piece.kind != Kind.CORRECTION]
    alone = [piece for piece in pieces if piece not in others and not any(_overlap(piece, other) for other in others)]
    return sorted((*others, *alone), key=lambda piece: piece.start)


def _as_written(query: SearchQuery) -> list[Leftover]:
    """The words searched as they are written: of short queries, because of a whole question most words are."""
    if not _is_short(query):
        return []
    return [word for word in query.leftovers if word.held and not any(_overlap(word, one) for one in query.understood)]


def _unheld(query: SearchQuery) -> list[Leftover]:
    """The words we know that stand in no offer: of short queries, because a whole question is full of them."""
    return [word for word in query.leftovers if word.known and not word.held] if _is_short(query) else []


def _is_short(query: SearchQuery) -> bool:
    return len(query.text.split()) <= SHORT


def _unread(query: SearchQuery, asked: Asked, words: Sequence[Leftover]) -> Unread | None:
    if not words:
        return None
    rest = searching.without_pieces(asked, [(word.start, word.end) for word in words])
    remains = query.understood or any(word.held for word in query.leftovers)
    typed = tuple(dict.fromkeys(word.typed for word in words))
    return Unread(typed[:MOST_NAMED], len(typed) > MOST_NAMED, address(rest) if remains else "")


def _overlap(one: Understood | Leftover, other: Understood | Leftover) -> bool:
    return one.start < other.end and other.start < one.end


def _piece_words(piece: Understood, labels: Labels, wording: Wording) -> Words:
    label = labels.understood(piece)
    return in_german(label, wording) if piece.kind == Kind.PLACE else Words(label)


def _value_words(facet: str, value: str, labels: Labels, wording: Wording) -> Words:
    label = labels.value(facet, value)
    return in_german(label, wording) if facet in ("place", "provider") else Words(label)


def _near_piece(asked: Asked, labels: Labels, wording: Wording) -> list[Piece]:
    if not asked.near:
        return []
    place = labels.place(asked.near)
    if asked.within_km is None:
        words = Message(N_("near %(place)s"), {"place": place})
    else:
        values = {"distance": wording.distance(asked.within_km), "place": place}
        words = Message(N_("up to %(distance)s from %(place)s"), values)
    sort = Sort.RELEVANCE if asked.sort == Sort.DISTANCE else asked.sort
    return [Piece(Words(wording.say(words)), address(replace(asked, near="", within_km=None, sort=sort, offset=0)))]


def _correction(results: SearchResults, asked: Asked, labels: Labels) -> Correction | None:
    guessed = [piece for piece in results.query.understood if not piece.exact]
    told = [piece for piece in guessed if piece.kind == Kind.CORRECTION]
    mended = told + [piece for piece in guessed if not any(_overlap(piece, other) for other in told)]
    mended = [piece for piece in mended if piece.kind != Kind.WORD]
    if not mended:
        return None
    searched = asked.text
    for piece in sorted(mended, key=lambda piece: -piece.start):
        searched = searched[: piece.start] + labels.understood(piece) + searched[piece.end :]
    return Correction(searched, address(replace(asked, exact=True, offset=0)))


def _hidden(asked: Asked) -> tuple[tuple[str, str], ...]:
    carried = [("q", asked.text), ("sort", "" if asked.sort == Sort.RELEVANCE else asked.sort)]
    carried.append(("exact", "1" if asked.exact else ""))
    return tuple((name, value) for name, value in carried if value)


def _next_step(way: WayOut, results: SearchResults, asked: Asked, labels: Labels, wording: Wording) -> NextStep | None:
    made = _way(way, results, asked, labels, wording)
    if made is None:
        return None
    text, leads_to = made
    gain = wording.count(way.count, NN_("%(count)s offer", "%(count)s offers"))
    return NextStep(wording.say(text), address(leads_to), gain)


def _way(
    way: WayOut, results: SearchResults, asked: Asked, labels: Labels, wording: Wording
) -> tuple[Message, Asked] | None:
    if way.kind == "drop-filter":
        label = labels.value(way.id, way.value) if way.value else labels.facet(way.id)
        return Message(N_("Search without “%(filter)s”"), {"filter": label}), searching.without_filter(
            asked, way.id, way.value
        )
    if way.kind == "drop-piece":
        piece = next((piece for piece in results.query.understood if way.id in (piece.id, piece.typed)), None)
        if piece is None:
            return None
        shorter = searching.without_piece(asked, piece.start, piece.end)
        return Message(N_("Search without “%(filter)s”"), {"filter": labels.understood(piece)}), shorter
    if way.kind == "widen":
        return _wider(way, asked, wording)
    if way.kind == "neighbour":
        return Message(N_("Look in %(place)s"), {"place": labels.place(way.id)}), _neighbour(way, results, asked)
    if way.kind == "topic" and way.id in topics.BY_CODE:
        only = Asked("", asked.language, asked.today, filters={"topic": (way.id,)}, near=asked.near, limit=asked.limit)
        return Message(N_("See everything about “%(topic)s”"), {"topic": labels.value("topic", way.id)}), only
    if way.kind == "all":
        return Message(N_("See all offers")), Asked("", asked.language, asked.today, limit=asked.limit)
    return None


def _wider(way: WayOut, asked: Asked, wording: Wording) -> tuple[Message, Asked]:
    if not way.id or not way.id.replace(".", "", 1).isdecimal():
        return Message(N_("Search at any distance")), replace(asked, within_km=None, offset=0)
    kilometres = float(way.id)
    sentence = Message(N_("Search up to %(distance)s away"), {"distance": wording.distance(kilometres)})
    return sentence, replace(asked, within_km=kilometres, offset=0)


def _neighbour(way: WayOut, results: SearchResults, asked: Asked) -> Asked:
    """The same in another place: the place typed is cut out, the place ticked is exchanged."""
    typed = next((piece for piece in results.query.understood if piece.kind == Kind.PLACE), None)
    elsewhere = searching.without_piece(asked, typed.start, typed.end) if typed else asked
    if "place" in asked.filters:
        elsewhere = searching.without_filter(elsewhere, "place")
    return searching.with_filter(replace(elsewhere, near="", within_km=None), "place", way.id)
