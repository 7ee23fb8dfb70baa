"""The one table of how the words of each language are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

import Stemmer

from infopool.search.languages import endings
from infopool.search.languages.endings import Stem


@dataclass(frozen=True)
class Reading:
    """How words of one language are read: its scripts, first the usual one, and its stemmer for folded words."""

    tag: str
    scripts: tuple[str, ...]
    stem: Stem


def _snowball(name: str, prepare: Callable[[str], str] = str) -> Stem:
    """A Snowball stemmer for folded words, applied twice: once leaves Kurs and Kurse (alemán, alemana) apart."""
    stemmer = Stemmer.Stemmer(name, maxCacheSize=0)
    lock = Lock()

    def stem(word: str) -> str:
        with lock:  # a Snowball stemmer works in a buffer of its own
            return str(stemmer.stemWord(stemmer.stemWord(prepare(word))))

    return stem


def _without_plural(word: str) -> str:
    """French plurals that Snowball leaves alone: emplois."""
    return word[:-1] if len(word) > 4 and word[-1] in "sx" else word


READINGS: tuple[Reading, ...] = (
    Reading("de", ("Latn",), _snowball("german")),
    Reading("en", ("Latn",), _snowball("english")),
    Reading("fr", ("Latn",), _snowball("french", _without_plural)),
    Reading("it", ("Latn",), _snowball("italian")),
    Reading("es", ("Latn",), _snowball("spanish")),
    Reading("ro", ("Latn",), endings.ROMANIAN),
    Reading("pl", ("Latn",), endings.POLISH),
    Reading("hr", ("Latn", "Cyrl"), endings.CROATIAN),
    Reading("sq", ("Latn",), endings.ALBANIAN),
    Reading("tr", ("Latn",), endings.TURKISH),
    Reading("ar", ("Arab",), endings.arabic),
    Reading("fa", ("Arab",), endings.PERSIAN),
    Reading("ps", ("Arab",), endings.PASHTO),
    Reading("ku", ("Latn", "Arab"), endings.in_either_script(endings.KURMANJI, endings.SORANI)),
    Reading("ti", ("Ethi",), endings.tigrinya),
    Reading("so", ("Latn",), endings.SOMALI),
    Reading("uk", ("Cyrl",), endings.UKRAINIAN),
    Reading("ru", ("Cyrl",), _snowball("russian")),
)

BY_TAG: dict[str, Reading] = {reading.tag: reading for reading in READINGS}


def languages_of(script: str) -> tuple[str, ...]:
    """The tags of the languages written in a script, those that use it as their usual one first."""
    usual = tuple(reading.tag for reading in READINGS if reading.scripts[0] == script)
    return usual + tuple(reading.tag for reading in READINGS if script in reading.scripts[1:])
