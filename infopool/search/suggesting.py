"""Lines under the search field while somebody types; none leads to nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from infopool.languages import SOURCE_LANGUAGE
from infopool.search import text as texts
from infopool.search.documents import Card
from infopool.search.finding import Search
from infopool.search.query import CONCEPT, Asked, SearchQuery, Term, Word
from infopool.search.results import Suggestion

SHORTEST = 2
"""Letters from which on something is suggested."""
MOST_CONCEPTS = 5
MOST_TERMS = 60
"""Terms looked at that begin with what was typed."""
NOT_SUGGESTED = frozenset({"wish", "level", "language"})
"""Kinds of concepts nobody looks for alone."""
MOST_PLACES = 2
MOST_PROVIDERS = 2
LOOKED_AT = 12
"""Offers whose titles and providers are looked at."""


def suggest(search: Search, text: str, language: str, today: date, limit: int = 8) -> tuple[Suggestion, ...]:
    """What somebody may be typing: concepts in her language, places, providers, offers. At most `limit` lines, each
    with the number of offers it leads to, never zero. Any text is accepted."""
    typed = text[:100].strip()
    words = texts.words(typed)
    if not words or len(typed) < SHORTEST:
        return ()
    concepts = list(islice(_concepts(search, typed, language, today), MOST_CONCEPTS))
    lines: list[Suggestion] = [
        *(concepts or islice(_continued(search, typed, words, language, today), MOST_CONCEPTS)),
        *islice(_places(search, typed, language, today), MOST_PLACES),
        *_offers(search, typed, words[-1], language, today),
    ]
    return tuple({line.text.casefold(): line for line in reversed(lines)}.values())[::-1][:limit]


def _concepts(search: Search, typed: str, language: str, today: date) -> Iterator[Suggestion]:
    """Concepts one of whose words begins with what was typed: first those whose name does, then by number of offers."""
    found: dict[str, Suggestion] = {}
    for tag in dict.fromkeys((language, SOURCE_LANGUAGE)):
        for code, term in _beginning(search, tag, typed):
            if code not in found and search.vocabulary.concepts[code].kind not in NOT_SUGGESTED:
                word = Word(term, (Term(CONCEPT, code),))
                count = search.engine.count(SearchQuery(term, language, today, words=(word,)))
                if count:
                    found[code] = Suggestion(term, "concept", code, count)
    labels = {search.vocabulary.label(code, language) for code in found}
    yield from sorted(found.values(), key=lambda line: (line.text not in labels, -line.count, line.text))


def _continued(search: Search, typed: str, words: list[str], language: str, today: date) -> Iterator[Suggestion]:
    """What was typed with its last word completed to a concept: "free ger" to "free German course"."""
    if len(words) < 2:
        return
    before = typed[: typed.rindex(words[-1])] if words[-1] in typed else ""
    for line in _concepts(search, words[-1], language, today) if before else ():
        count = search.count(Asked(before + line.text, language, today))
        if count:
            yield Suggestion(before + line.text, "concept", line.id, count)


def _beginning(search: Search, language: str, typed: str) -> list[tuple[str, str]]:
    """(concept, term) in one language; of several terms of a concept its name, else the shortest."""
    terms = search.vocabulary.terms.get(language)
    if terms is None:
        return []
    folded = " ".join(texts.fold(word, language) for word in texts.words(typed))
    shown: dict[str, str] = {}
    for code, term in terms.beginning(folded, MOST_TERMS):
        known = shown.get(code)
        if known is None or (known != terms.labels[code] and (term == terms.labels[code] or len(term) < len(known))):
            shown[code] = term
    return list(shown.items())


def _places(search: Search, typed: str, language: str, today: date) -> Iterator[Suggestion]:
    for place in search.gazetteer.beginning(typed, 2 * MOST_PLACES):
        count = search.engine.count(SearchQuery("", language, today, filters={"place": (place.code,)}))
        if count:
            yield Suggestion(place.name, "place", place.code, count)


def _offers(search: Search, typed: str, last: str, language: str, today: date) -> Iterator[Suggestion]:
    """Providers and offers among what the words find, if they hold a word that begins like the last one typed."""
    query = search.understand(Asked(typed, language, today, limit=LOOKED_AT))
    if not query.words:
        return
    cards = [offer.card for offer in search.engine.search(query).offers]
    yield from islice(_providers(search, cards, last, language, today), MOST_PROVIDERS)
    for card in cards:
        title = _title(card, language)
        if _begins(title, last):
            yield Suggestion(title, "offer", str(card.id), 1)


def _providers(search: Search, cards: Iterable[Card], last: str, language: str, today: date) -> Iterator[Suggestion]:
    named = {card.provider_id: card.provider for card in cards if card.provider_id and _begins(card.provider, last)}
    for code, name in named.items():
        count = search.engine.count(SearchQuery("", language, today, filters={"provider": (str(code),)}))
        if count:
            yield Suggestion(name, "provider", str(code), count)


def _title(card: Card, language: str) -> str:
    for tag in (language, SOURCE_LANGUAGE, *card.texts):
        if tag in card.texts:
            return card.texts[tag][0]
    return ""


def _begins(name: str, beginning: str) -> bool:
    folded = texts.fold(beginning, "de")
    return any(texts.fold(word, "de").startswith(folded) for word in texts.words(name))
