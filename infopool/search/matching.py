"""Finding runs of words that stand for concepts: the longest first, with empty words between, in either order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from infopool.search import text
from infopool.search.languages.stopping import empty_words

if TYPE_CHECKING:
    from infopool.search.concepts import Terms

SHORTEST_PART = 3
"""Letters of a compound's part that is typed as a word of its own: "bo" and "sê" make no BOS."""
LONGEST = 8
"""Words of the longest term that is matched; what is longer is a sentence."""

MOST_BETWEEN = 2
"""Empty words that may stand between the words of a term; with more of them they hardly belong together ("I have work,
can I become a German" asks for no German for work)."""


@dataclass(frozen=True)
class Match:
    """A run of words that stands for a concept."""

    start: int
    end: int
    """Positions among the words looked at; the end is the first one after it."""
    meanings: tuple[tuple[str, float], ...]
    """Concept codes with likelihoods, the likeliest first; several when the words are ambiguous."""
    language: str
    weight: int
    """How many words that are not empty it explains."""


class Read(NamedTuple):
    """A word as one language reads it."""

    folded: str
    stem: str
    empty: bool


MEMORY = 4_000
"""Words remembered per language before starting afresh: all of them together are then some ten megabytes."""

_read: dict[str, dict[str, Read]] = defaultdict(dict)


def read(word: str, language: str) -> Read:
    """A word, folded and stemmed, and whether it is empty in the language; remembered."""
    memory = _read[language]
    known = memory.get(word)
    if known is None:
        if len(memory) >= MEMORY:
            memory.clear()
        folded = text.fold(word, language)
        known = memory[word] = Read(folded, text.stem_anew(folded, language), folded in empty_words(language))
    return known


def best(readings: Sequence[tuple[Terms, list[Read]]], at: int, accept: Callable[[Match], bool]) -> Match | None:
    """The longest accepted run that begins at a word, in whichever language."""
    best: Match | None = None
    for terms, words in readings:
        found = _longest(terms, words, at)
        if found and (best is None or found.weight > best.weight) and accept(found):
            best = found
    return best


def _longest(terms: Terms, words: Sequence[Read], at: int) -> Match | None:
    """The longest term that begins at a word."""
    straight = _straight(terms, words, at)
    if straight and (straight.weight > 1 and terms.reach(words[at].stem) <= straight.weight):
        return straight
    if words[at].empty:
        return straight if straight and straight.weight > 1 else _turned(terms, words, at, at + 1) or straight
    skipping = _skipping(terms, words, at)
    if straight and straight.weight > 1:
        return skipping if skipping and skipping.weight > straight.weight else straight
    return skipping or _joined(terms, words, at) or straight


def _straight(terms: Terms, words: Sequence[Read], at: int) -> Match | None:
    for length in range(min(terms.reach(words[at].stem), len(words) - at), 0, -1):
        run = words[at : at + length]
        meanings = terms.meanings([word.stem for word in run], " ".join(word.folded for word in run))
        if meanings:
            return Match(at, at + length, meanings, terms.language, max(1, sum(not word.empty for word in run)))
    return None


def _skipping(terms: Terms, words: Sequence[Read], at: int) -> Match | None:
    """Terms whose empty words were left out or replaced ("course in German"), and pairs the other way round."""
    full = [place for place in range(at, min(at + LONGEST, len(words))) if not words[place].empty]
    for length in range(min(terms.reach(words[at].stem), len(full)), 1, -1):
        meanings = terms.meanings([words[place].stem for place in full[:length]])
        if meanings and full[length - 1] - at < length + MOST_BETWEEN:
            return Match(at, full[length - 1] + 1, meanings, terms.language, length)
    return _turned(terms, words, at, full[1]) if len(full) >= 2 and full[1] - at <= 1 + MOST_BETWEEN else None


def _turned(terms: Terms, words: Sequence[Read], first: int, second: int) -> Match | None:
    """A term of two words typed the other way round: suche Wohnung."""
    if second < len(words) and terms.reach(words[second].stem) >= 2:
        meanings = terms.meanings([words[second].stem, words[first].stem])
        if meanings:
            return Match(first, second + 1, meanings, terms.language, 2)
    return None


def _joined(terms: Terms, words: Sequence[Read], at: int) -> Match | None:
    """A German compound typed as two words: Deutsch Kurs, Sprache Kurs, Wohnung Suche."""
    if terms.language != "de" or at + 1 >= len(words) or words[at + 1].empty:
        return None
    if min(len(words[at].folded), len(words[at + 1].folded)) < SHORTEST_PART:
        return None
    for folded in _compounds_of(words[at].folded, words[at + 1].folded):
        meanings = terms.meanings([text.stem(folded, "de")], folded)
        if meanings:
            return Match(at, at + 2, meanings, "de", 2)
    return None


def _compounds_of(first: str, second: str) -> list[str]:
    shorter = [first[:-1] + second] if first.endswith("e") else []
    return [first + second, first + "s" + second, first + "n" + second, *shorter]
