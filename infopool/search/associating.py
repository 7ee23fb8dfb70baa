"""What a word speaks of though it is no term: the concepts in whose telling it turns up.

Two sources are put together for German: the terms of the concepts, word by word, and their word fields
(`vocabulary/fields.tsv`), the words people use when they tell of such a need, written by hand. For every other language
its own terms and, by way of the translations, the German ones.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import log
from pathlib import Path
from threading import Lock

from infopool.paths import VOCABULARY
from infopool.search import compiled, text
from infopool.search.matching import LONGEST, read
from infopool.search.packed import Runs
from infopool.search.translating import German

SATURATION = 0.5
"""How fast more terms with a word stop telling more of a concept, and ..."""
LENGTH = 0.5
"""... how much it is held against a concept that it has many words, 0 to 1. Both as in BM25."""
RARITY = 1.5
"""The power of a word's rarity: a word of few concepts tells much more than one of many. These three, and those in
`expanding`, were tuned on practice queries in 18 languages written for needs over the demo offers."""
PART = 0.3
"""What a part of a compound counts beside the compound."""
MOST = 40
"""Concepts kept for a word."""
TRANSLATED = 1.5
"""A German word counts as much as it is likely to be meant, times this, and never more than one typed."""
MEMORY = 2_000
"""Words remembered before starting afresh."""

_STEP = 1000
_ROOM = 1 << 16
"""A concept and how strongly a word speaks of it stand in one number: place * `_ROOM` + strength * `_STEP`."""

Row = tuple[str, str]
"""A concept's code and a term, or a word of its field."""
SpokenOf = tuple[tuple[str, float], ...]
"""Concept codes with how strongly a word speaks of them, above 0."""


class Associations:
    """What the words of all languages speak of; a language is read when it is first needed. Safe between threads."""

    def __init__(self, folder: Path, codes: Sequence[str], terms: Callable[[str], Iterable[Row]]) -> None:
        """`terms` gives the concepts' terms in a language."""
        self._folder, self._codes, self._terms = folder, tuple(codes), terms
        self._ready: dict[str, Runs] = {}
        self._known: dict[tuple[str, str, German], SpokenOf] = {}
        self._lock = Lock()

    def spoken_of(self, stem: str, language: str, german: German = ()) -> SpokenOf:
        """What a word speaks of, by its stem and by its German translations."""
        key = stem, language, german
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= MEMORY:
                self._known.clear()
            known = self._known[key] = self._spoken_of(stem, language, german)
        return known

    def _spoken_of(self, stem: str, language: str, german: German) -> SpokenOf:
        found: dict[int, float] = {}
        translated = [(term, "de", min(1.0, weight * TRANSLATED)) for term, weight in german]
        for word, tag, share in [(stem, language, 1.0), *translated]:
            share /= _STEP
            for number in self._of(tag).find(word):
                place, strength = number // _ROOM, number % _ROOM * share
                if strength > found.get(place, 0.0):
                    found[place] = strength
        best = sorted((-strength, self._codes[place]) for place, strength in found.items())
        return tuple((code, -strength) for strength, code in best[:MOST])

    def prepare(self, language: str) -> None:
        """Read a language now."""
        self._of(language)

    def _of(self, language: str) -> Runs:
        known = self._ready.get(language)
        if known is None:
            with self._lock:
                known = self._ready.get(language)
                if known is None:
                    known = self._ready[language] = self._load(language)
        return known

    def _load(self, language: str) -> Runs:
        """Those of the shipped files are kept ready made."""
        if self._folder != VOCABULARY:
            return self._new(language)
        return Runs.of(compiled.kept(f"associations-{language}", lambda: self._new(language).plain()))

    def _new(self, language: str) -> Runs:
        rows = [*self._terms(language), *(fields(self._folder) if language == "de" else ())]
        places = {code: place for place, code in enumerate(self._codes)}
        strengths = _strengths(_counted(rows, language, places), len(self._codes))
        return Runs(
            (stem, places[code] * _ROOM + min(_ROOM - 1, round(strength * _STEP)))
            for stem, of in strengths.items()
            for code, strength in of.items()
        )


def fields(folder: Path) -> Iterator[Row]:
    """Concepts with the words of their fields, one by one; none where the folder has no such file."""
    path = folder / "fields.tsv"
    for line in path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else ():
        code, _, words = line.partition("\t")
        yield from ((code, word) for word in words.split())


def _counted(rows: Iterable[Row], language: str, known: Mapping[str, int]) -> dict[str, Counter[str]]:
    """Stem -> concept -> how much of its terms the stem is. A word of a long term says less of what the term is about
    than one that is a term alone."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for code, term in rows:
        if code in known:
            words = [word for typed in text.words(term)[:LONGEST] if not (word := read(typed, language)).empty]
            for word in words:
                share = len(words) ** -0.5
                counted[word.stem][code] += share
                for part in text.part_stems(word.folded, language):
                    counted[part][code] += share * PART
    return counted


def _strengths(counted: Mapping[str, Counter[str]], concepts: int) -> dict[str, dict[str, float]]:
    """Stem -> concept -> how strongly the stem speaks of it: its rarity among the concepts, times how often the
    concept's terms hold it, saturated."""
    lengths: Counter[str] = Counter()
    for of in counted.values():
        lengths.update(of)
    mean = lengths.total() / max(1, len(lengths))
    slowed = {code: SATURATION * (1 - LENGTH + LENGTH * length / mean) for code, length in lengths.items()}
    return {
        stem: {code: rarity(len(of), concepts) * often / (often + slowed[code]) for code, often in of.items()}
        for stem, of in counted.items()
    }


def rarity(having: int, concepts: int) -> float:
    """What a word tells that so many of the concepts have: the most it can speak of one of them."""
    return float(log(1 + concepts / having) ** RARITY)
