"""Terms found though their words stand apart: "my wife is still there, can I bring her here"."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence

from infopool.search import text
from infopool.search.compiled import Plain
from infopool.search.matching import LONGEST, read
from infopool.search.packed import Runs, packed, unpacked

MOST = 4
"""Words a term may have to be found with others between its words."""


class Apart:
    """The terms of several words, by the stems of those that are not empty."""

    def __init__(self, terms: Sequence[str], language: str) -> None:
        filed: list[tuple[str, int]] = []
        self._lengths = array("I", bytes(4 * len(terms)))
        for number, words in enumerate(text.words_of_all(list(terms))):
            readings = [read(word, language) for word in words[:LONGEST]]
            stems = {word.stem for word in readings if not word.empty}
            if 2 <= len(stems) <= MOST:
                self._lengths[number] = len(stems)
                filed += [(stem, number) for stem in stems]
        self._by_stem = Runs(filed)

    def plain(self) -> Plain:
        """All of it as JSON can hold it."""
        return {"by_stem": self._by_stem.plain(), "lengths": packed(self._lengths)}

    @classmethod
    def of(cls, plain: Plain) -> Apart:
        """The terms again from what `plain` gave."""
        apart = cls((), "")
        apart._by_stem, apart._lengths = Runs.of(plain["by_stem"]), unpacked(plain["lengths"])
        return apart

    def find(self, stems: Iterable[str]) -> Iterable[tuple[int, tuple[str, ...]]]:
        """The numbers of the terms all of whose words are among these, in any order, with the stems."""
        held: dict[int, list[str]] = defaultdict(list)
        for stem in dict.fromkeys(stems):
            for number in self._by_stem.find(stem):
                held[number].append(stem)
        lengths = self._lengths
        return [(number, tuple(found)) for number, found in held.items() if len(found) == lengths[number]]
