"""Words mistyped: which known word was meant."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from heapq import nlargest

from rapidfuzz import process
from rapidfuzz.distance import OSA

ONE_EDIT_FROM = 5
TWO_EDITS_FROM = 9
"""Letters a word needs before one or two wrong letters are forgiven."""
LAST = "\U0010ffff"
"""Stands behind every letter in the order of signs."""
SYLLABLES = "\u1200"
"""Where the Ethiopic signs begin: each stands for a consonant and its vowel."""


def edits(word: str) -> int:
    """How many wrong letters are forgiven in a word of this length."""
    letters = len(word) + (SYLLABLES <= word[:1] <= "\u139f") * (len(word) // 4)
    return 0 if letters < ONE_EDIT_FROM else 1 if letters < TWO_EDITS_FROM else 2


def distance(one: str, other: str) -> int:
    """How many letters are wrong: put in, left out, put for another, or changed with their neighbour."""
    return int(OSA.distance(one, other))


def nearest(word: str, *known: Sequence[str], weight: Callable[[str], float] = lambda _: 0.0) -> str | None:
    """The word, of one or several lists of known ones, that was likely meant, or None when nothing is near enough:
    fewest letters wrong (optimal string alignment), then the same first letter, then the heaviest."""
    most = edits(word)
    if not most:
        return None
    near = [
        row for words in known for row in process.extract(word, words, scorer=OSA.distance, score_cutoff=most, limit=20)
    ]
    best = min(near, key=lambda row: (row[1], row[0][:1] != word[:1], -weight(row[0]), row[0]), default=None)
    return str(best[0]) if best else None


class ByLength:
    """Words laid out by length, so that only those of nearly the same length are compared."""

    def __init__(self, words: Iterable[str]) -> None:
        self._rows: dict[int, list[str]] = {}
        for word in sorted(words):
            self._rows.setdefault(len(word), []).append(word)

    def _around(self, length: int, most: int) -> list[list[str]]:
        """The words whose length differs by at most so many letters."""
        sizes = range(length - most, length + most + 1)
        return [self._rows[size] for size in sizes if size in self._rows]

    def nearest(self, word: str, weight: Callable[[str], float] = lambda _: 0.0) -> str | None:
        """As the function of that name."""
        most = edits(word)
        return nearest(word, *self._around(len(word), most), weight=weight) if most else None

    def one_off(self, word: str) -> str | None:
        """The word with the same first letter and one other letter wrong, or None."""
        letter = word[:1]
        alike = [row[bisect_left(row, letter) : bisect_left(row, letter + LAST)] for row in self._around(len(word), 1)]
        near = nearest(word, *alike)
        return near if near and distance(near, word) == 1 else None


class SpaceWords:
    """The words one language has in the index."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts = counts

    @cached_property
    def by_length(self) -> ByLength:
        """For finding near words."""
        return ByLength(self.counts)

    @cached_property
    def in_order(self) -> list[str]:
        """For finding beginnings."""
        return sorted(self.counts)

    def nearest(self, word: str) -> str | None:
        """The word of the index likely meant, the one in more offers when two are equally near."""
        return self.by_length.nearest(word, lambda known: self.counts.get(known, 0))

    def beginning(self, letters: str, limit: int) -> list[str]:
        """The words in most offers that begin with these letters."""
        start = bisect_left(self.in_order, letters)
        end = bisect_left(self.in_order, letters + LAST)
        return nlargest(limit, self.in_order[start:end], key=lambda word: self.counts.get(word, 0))


class Lexicon:
    """The words of the index, language by language, fetched when first asked for."""

    def __init__(self, words: Callable[[str], Mapping[str, int]]) -> None:
        """`words` answers the words of a language with the number of offers that hold each."""
        self._words = words
        self._spaces: dict[str, SpaceWords] = {}

    def space(self, language: str) -> SpaceWords:
        """The words of one language."""
        known = self._spaces.get(language)
        if known is None:
            known = self._spaces[language] = SpaceWords(self._words(language))
        return known

    def knows(self, language: str, term: str) -> bool:
        """Whether an offer's text in this language holds the term."""
        return term in self.space(language).counts


NOTHING = Lexicon(lambda _: {})
"""The lexicon of an empty index."""
