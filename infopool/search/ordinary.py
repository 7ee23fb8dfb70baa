"""Ordinary words: what people say beside what they look for. They are no slips of anything."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from zlib import crc32

from infopool.paths import VOCABULARY
from infopool.search import compiled, text, written
from infopool.search.languages.letters import fold_all

GERMAN = "de"


def is_ordinary(stem: str, language: str) -> bool:
    """Whether the word with this stem is known to be one of the language, though it means nothing to the search."""
    numbers, number = known(language), _number(stem)
    at = bisect_left(numbers, number)
    return (at < len(numbers) and numbers[at] == number) or (language == GERMAN and bool(written.german_word(stem)))


@cache
def known(language: str) -> Sequence[int]:
    """A number for each stem of a language's list, rising: four bytes in place of a word each. One in a million words
    is wrongly thought to be on it."""
    return array("I", compiled.kept(f"ordinary-{language}", lambda: {"numbers": _read(language)})["numbers"])


def _read(language: str) -> list[int]:
    """A line of the file holds words with spaces between."""
    path = VOCABULARY / "ordinary" / f"{language}.txt"
    words = text.words(path.read_text(encoding="utf-8")) if path.exists() else []
    folded = [word for word in fold_all(words, language) if word]
    return sorted({_number(stem) for stem in text.stems(folded, language).values()})


def _number(stem: str) -> int:
    return crc32(stem.encode())
