"""Why an offer was found, and where it differs from what was wished."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from infopool.directory.columns import slot_from_plain
from infopool.directory.schedules import times_of_day
from infopool.languages import SOURCE_LANGUAGE
from infopool.search import text, written
from infopool.search.concepts import Vocabulary
from infopool.search.documents import Card
from infopool.search.engine import FoundOffer
from infopool.search.query import CONCEPT, Kind, SearchQuery, Term, Understood, Wish, Word
from infopool.search.results import Reason, ReasonKind

NEARBY_KM = 10.0
"""Farther away than this, nearness is no reason."""

Values = tuple[str, ...]


def reasons(offer: FoundOffer, query: SearchQuery, vocabulary: Vocabulary) -> tuple[Reason, ...]:
    """The reasons, each once: what it is about, words it holds, nearness, wishes granted, language, differences."""
    found = [
        *_words(offer, query, vocabulary),
        *_place(offer, query),
        *_granted(offer, query),
        *_language(offer, query),
        *_differences(offer, query),
    ]
    return tuple(dict.fromkeys(found))


def _words(offer: FoundOffer, query: SearchQuery, vocabulary: Vocabulary) -> Iterator[Reason]:
    """One reason for each piece typed: what it is about; else the word itself; else what stands for it. Where there is
    none, what the words may speak of together."""
    pieces = {piece.typed: piece for piece in query.understood if piece.kind != Kind.CORRECTION}
    found: dict[str, Reason] = {}
    faint: list[Reason] = []
    for position, place in zip(offer.matched, offer.by, strict=True):
        word = query.words[position]
        piece = pieces.get(word.typed)
        if word.faint:
            faint.append(_reason(word, word.terms[place], offer.card))
        elif piece is None or (piece.kind in (Kind.CONCEPT, Kind.WISH) and piece.id in vocabulary.concepts):
            reason = _reason(word, word.terms[place], offer.card)
            best = found.setdefault(word.typed, reason)
            if _directness(reason) > _directness(best):
                found[word.typed] = reason
    yield from found.values() or faint[:1]


def _reason(word: Word, term: Term, card: Card) -> Reason:
    if term.space == CONCEPT:
        return Reason(ReasonKind.CONCEPT, term.text, word.typed)
    typed = {stem for part in text.words(word.typed) for stem in text.word_terms(part, term.space)[:1]}
    if term.text in typed:
        return Reason(ReasonKind.WORD, word.typed, word.typed, language=term.space)
    return Reason(ReasonKind.WORD, written.in_offer(term, card), word.typed, language=term.space)


def _directness(reason: Reason) -> int:
    if reason.kind == ReasonKind.CONCEPT:
        return 3
    return 2 if reason.id == reason.typed else 1


def _place(offer: FoundOffer, query: SearchQuery) -> Iterator[Reason]:
    if query.near and offer.distance_km is not None and offer.distance_km <= NEARBY_KM:
        yield Reason(ReasonKind.PLACE, query.near.place)


def _granted(offer: FoundOffer, query: SearchQuery) -> Iterator[Reason]:
    for position in offer.granted:
        wish = query.wishes[position]
        typed = wish.understood.typed if wish.understood else ""
        if wish.facet == "language":
            yield Reason(ReasonKind.LANGUAGE, wish.value, typed)
        else:
            yield Reason(ReasonKind.WISH, wish.value, typed, wish.facet)


def _language(offer: FoundOffer, query: SearchQuery) -> Iterator[Reason]:
    """That somebody there speaks the reader's language is worth saying even when it was not asked."""
    if query.language != SOURCE_LANGUAGE and query.language in offer.card.languages:
        wished = next((wish for wish in query.wishes if (wish.facet, wish.value) == ("language", query.language)), None)
        if wished is None:
            yield Reason(ReasonKind.LANGUAGE, query.language)


def _differences(offer: FoundOffer, query: SearchQuery) -> Iterator[Reason]:
    granted = {_piece(query.wishes[position]) for position in offer.granted}
    for wish in query.wishes:
        if _piece(wish) not in granted and _says_otherwise(wish, offer.card):
            granted.add(_piece(wish))  # one difference for a piece that several facts could grant
            yield Reason(ReasonKind.DIFFERS, wish.value, wish.understood.typed if wish.understood else "", wish.facet)


def _piece(wish: Wish) -> Understood | tuple[str, str]:
    return wish.understood or (wish.facet, wish.value)


def _says_otherwise(wish: Wish, card: Card) -> bool:
    values = _SAID.get(wish.facet, _nothing)(card)
    return bool(values) and wish.value not in values


def _nothing(_card: Card) -> Values:
    return ()


def _times(card: Card) -> Values:
    return tuple(times_of_day(tuple(slot_from_plain(dict(plain)) for plain in card.schedule)))


def _known(values: Iterable[str]) -> Values:
    return tuple(value for value in values if value and value != "unknown")


_SAID: dict[str, Callable[[Card], Values]] = {
    "time": _times,
    "cost": lambda card: _known([str(card.cost.get("kind", ""))]),
    "childcare": lambda card: _known(["yes" if card.childcare == "limited" else card.childcare]),
    "women_only": lambda card: _known([card.women_only]),
    "wheelchair": lambda card: _known(["yes" if card.wheelchair == "limited" else card.wheelchair]),
    "level": lambda card: card.levels,
    "language": lambda card: card.languages,
}
"""Fact -> what a card says about it; empty when it says nothing, which is no difference."""
