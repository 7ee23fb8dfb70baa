"""Terms found though their words stand apart: "my wife is still there, can I bring her here"."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence

from infopool.search import text
from infopool.search.matching import LONGEST, read

MOST = 4
"""Words a term may have to be found with others between its words."""


class Apart:
    """The terms of several words, by the stems of those that are not empty."""

    def __init__(self, terms: Sequence[str], language: str) -> None:
        self._by_stem: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._lengths = bytearray(len(terms))
        for number, words in enumerate(text.words_of_all(list(terms))):
            readings = [read(word, language) for word in words[:LONGEST]]
            stems = {word.stem for word in readings if not word.empty}
            if 2 <= len(stems) <= MOST:
                self._lengths[number] = len(stems)
                for stem in stems:
                    self._by_stem[stem].append(number)
        self._by_stem.default_factory = None

    def find(self, stems: Iterable[str]) -> Iterable[tuple[int, tuple[str, ...]]]:
        """The numbers of the terms all of whose words are among these, in any order, with the stems."""
        held: dict[int, list[str]] = defaultdict(list)
        for stem in dict.fromkeys(stems):
            for number in self._by_stem.get(stem, ()):
                held[number].append(stem)
        lengths = self._lengths
        return [(number, tuple(found)) for number, found in held.items() if len(found) == lengths[number]]
