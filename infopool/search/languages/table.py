"""The one table of how the words of each language are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

import Stemmer

from infopool.search.languages import arabic_script, endings, german
from infopool.search.languages.endings import Stem
from infopool.search.languages.letters import fold


@dataclass(frozen=True)
class Reading:
    """How words of one language are read: its scripts, first the usual one, and its stemmer for folded words."""

    tag: str
    scripts: tuple[str, ...]
    stem: Stem
    shortest: int = 3
    """Signs a word needs to be stemmed."""

    def stem_all(self, words: Sequence[str]) -> list[str]:
        """The stems of many folded words."""
        if isinstance(self.stem, _Snowball):
            return self.stem.all(words)
        return [self.stem(word) for word in words]


class _Snowball:
    """A Snowball stemmer for folded words, applied twice: once leaves Kurs and Kurse (alemán, alemana) apart."""

    def __init__(self, name: str, prepare: Stem = str) -> None:
        self._stemmer = Stemmer.Stemmer(name, maxCacheSize=0)
        self._prepare = prepare
        self._lock = Lock()  # a Snowball stemmer works in a buffer of its own

    def __call__(self, word: str) -> str:
        with self._lock:
            return str(self._stemmer.stemWord(self._stemmer.stemWord(self._prepare(word))))

    def all(self, words: Sequence[str]) -> list[str]:
        """Many words at once."""
        prepared = list(words) if self._prepare is str else [self._prepare(word) for word in words]
        with self._lock:
            return list(self._stemmer.stemWords(self._stemmer.stemWords(prepared)))


class _German(_Snowball):
    """The same, and the forms of verbs as the verb."""

    def __init__(self) -> None:
        super().__init__("german")
        self._verbs = german.verb_stems(lambda word: fold(word, "de"), super().__call__)

    def __call__(self, word: str) -> str:
        stem = super().__call__(word)
        return self._verbs.get(stem, stem)

    def all(self, words: Sequence[str]) -> list[str]:
        """Many words at once."""
        return [self._verbs.get(stem, stem) for stem in super().all(words)]


def _without_plural(word: str) -> str:
    """French plurals that Snowball leaves alone: emplois."""
    return word[:-1] if len(word) > 4 and word[-1] in "sx" else word


READINGS: tuple[Reading, ...] = (
    Reading("de", ("Latn",), _German()),
    Reading("en", ("Latn",), _Snowball("english")),
    Reading("fr", ("Latn",), _Snowball("french", _without_plural)),
    Reading("it", ("Latn",), _Snowball("italian")),
    Reading("es", ("Latn",), _Snowball("spanish")),
    Reading("ro", ("Latn",), endings.ROMANIAN),
    Reading("pl", ("Latn",), endings.POLISH),
    Reading("hr", ("Latn", "Cyrl"), endings.CROATIAN),
    Reading("sq", ("Latn",), endings.ALBANIAN),
    Reading("tr", ("Latn",), endings.TURKISH),
    Reading("ar", ("Arab",), arabic_script.arabic),
    Reading("fa", ("Arab",), arabic_script.PERSIAN),
    Reading("ps", ("Arab",), arabic_script.PASHTO),
    Reading("ku", ("Latn", "Arab"), endings.in_either_script(endings.kurmanji, endings.SORANI)),
    Reading("ti", ("Ethi",), endings.tigrinya, shortest=2),
    Reading("so", ("Latn",), endings.somali),
    Reading("uk", ("Cyrl",), endings.UKRAINIAN),
    Reading("ru", ("Cyrl",), _Snowball("russian")),
)

BY_TAG: dict[str, Reading] = {reading.tag: reading for reading in READINGS}


def languages_of(script: str) -> tuple[str, ...]:
    """The tags of the languages written in a script, those that use it as their usual one first."""
    usual = tuple(reading.tag for reading in READINGS if reading.scripts[0] == script)
    return usual + tuple(reading.tag for reading in READINGS if script in reading.scripts[1:])
