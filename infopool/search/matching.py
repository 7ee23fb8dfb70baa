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


class Reading(NamedTuple):
    """A row of words as one language reads it."""

    terms: Terms
    words: list[Read]
    reaches: list[int]
    """For each word, how many words the longest term has that begins with it."""
    begins: list[bool]
    """For each word, whether a term may begin there: with it, with one soon after it that is typed the other way
    round, or in German with a compound typed as two words."""

    @classmethod
    def of(cls, terms: Terms, typed: Sequence[str]) -> Reading:
        """The words typed, read in the language of the terms."""
        words = [read(word, terms.language) for word in typed]
        reaches = [terms.reach(word.stem) for word in words]
        begins = [reach > 0 or terms.language == "de" for reach in reaches]
        for at, reach in enumerate(reaches):
            if reach >= 2:
                for before in range(max(0, at - 1 - MOST_BETWEEN), at):
                    begins[before] = True
        return cls(terms, words, reaches, begins)


def best(readings: Sequence[Reading], at: int, accept: Callable[[Match], bool]) -> Match | None:
    """The longest accepted run that begins at a word, in whichever language."""
    best: Match | None = None
    for reading in readings:
        found = _longest(reading, at) if reading.begins[at] else None
        if found and (best is None or found.weight > best.weight) and accept(found):
            best = found
    return best


def _longest(reading: Reading, at: int) -> Match | None:
    """The longest term that begins at a word."""
    straight = _straight(reading, at)
    if straight and (straight.weight > 1 and reading.reaches[at] <= straight.weight):
        return straight
    if reading.words[at].empty:
        return straight if straight and straight.weight > 1 else _turned(reading, at, at + 1) or straight
    skipping = _skipping(reading, at)
    if straight and straight.weight > 1:
        return skipping if skipping and skipping.weight > straight.weight else straight
    return skipping or _joined(reading.terms, reading.words, at) or straight


def _straight(reading: Reading, at: int) -> Match | None:
    terms, words = reading.terms, reading.words
    for length in range(min(reading.reaches[at], len(words) - at), 0, -1):
        run = words[at : at + length]
        meanings = terms.meanings([word.stem for word in run], " ".join([word.folded for word in run]))
        if meanings:
            return Match(at, at + length, meanings, terms.language, max(1, sum(not word.empty for word in run)))
    return None


def _skipping(reading: Reading, at: int) -> Match | None:
    """Terms whose empty words were left out or replaced ("course in German"), and pairs the other way round."""
    terms, words = reading.terms, reading.words
    full = [place for place in range(at, min(at + LONGEST, len(words))) if not words[place].empty]
    for length in range(min(reading.reaches[at], len(full)), 1, -1):
        last = full[length - 1]
        meanings = terms.meanings([words[place].stem for place in full[:length]])
        if meanings and last - at < length + MOST_BETWEEN:
            return Match(at, last + 1, meanings, terms.language, length)
    return _turned(reading, at, full[1]) if len(full) >= 2 and full[1] - at <= 1 + MOST_BETWEEN else None


def _turned(reading: Reading, first: int, second: int) -> Match | None:
    """A term of two words typed the other way round: suche Wohnung."""
    terms, words = reading.terms, reading.words
    if second < len(words) and reading.reaches[second] >= 2:
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
