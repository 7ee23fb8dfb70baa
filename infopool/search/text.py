"""Text into the words the index holds, and back to where they stood."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from infopool.search import compounds
from infopool.search.languages.letters import FOLDED_APART, MARKS, script_of
from infopool.search.languages.letters import fold as _fold
from infopool.search.languages.stopping import FUNCTION, stop_words
from infopool.search.languages.table import BY_TAG

Known = TypeVar("Known")

_WORD = re.compile(f"[\\w{MARKS}]+")
_JOINED = re.compile("(?<=[\u0400-\u04ff])['’`´‘](?=[\u0400-\u04ff])")
"""An apostrophe that belongs to a Cyrillic word (сім’я); in other scripts it ends a word (l'école, Tiengen'de)."""

MEMORY = 200_000
"""Words remembered per language before starting afresh."""

_folded: dict[str, dict[str, str]] = defaultdict(dict)
_stems: dict[str, dict[str, str]] = defaultdict(dict)
_terms: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)


@dataclass(frozen=True)
class Token:
    """A word where it stands in a text."""

    text: str
    """As it was written."""
    start: int
    end: int
    script: str
    """ISO 15924; empty for numbers and for scripts that are not ours."""


def words_with_positions(text: str) -> list[Token]:
    """The words of a text with their place in it, in characters; signs between them are left out."""
    return [
        Token(match.group(), match.start(), match.end(), script_of(match.group()))
        for match in _WORD.finditer(_with_word_borders(text))
    ]


def words(text: str) -> list[str]:
    """The words of a text as written, composed (NFC)."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return _WORD.findall(_with_word_borders(text))


def words_of_all(texts: Sequence[str]) -> list[list[str]]:
    """The words of many texts, none of which holds a line break."""
    together = unicodedata.normalize("NFC", "\n".join(texts))
    return [_WORD.findall(line) for line in _with_word_borders(together).split("\n")]


def _with_word_borders(text: str) -> str:
    """The text with the signs that part words as spaces; its length stays, so that places in it do."""
    text = text.replace("_", " ")
    if not text.isascii():
        text = _JOINED.sub("ʼ", text)
    return text


def fold(word: str, language: str = "") -> str:
    """One spelling for a word (see `languages.letters.fold`), remembered."""
    language = language if language in FOLDED_APART else ""
    memory = _folded[language]
    folded = memory.get(word)
    if folded is None:
        folded = _remember(memory, word, _fold(word, language))
    return folded


def stem(folded: str, language: str) -> str:
    """A folded word without its endings; words of a language without a stemmer, and numbers, stay as they are."""
    memory = _stems[language]
    known = memory.get(folded)
    if known is None:
        known = _remember(memory, folded, stem_anew(folded, language))
    return known


def stem_anew(folded: str, language: str) -> str:
    """The same, for callers who remember it themselves."""
    reading = BY_TAG.get(language)
    if reading is None or len(folded) < reading.shortest or folded[0].isdecimal():
        return folded
    if script_of(folded) not in reading.scripts:
        return folded
    return reading.stem(folded) or folded


def stems(folded: Sequence[str], language: str) -> dict[str, str]:
    """Many folded words with their stems, not remembered."""
    reading = BY_TAG.get(language)
    if reading is None:
        return {word: word for word in folded}
    stemmed = zip(folded, reading.stem_all(folded), strict=True)
    return {word: stem_anew(word, language) if _is_special(word, reading.scripts) else stem for word, stem in stemmed}


def _is_special(word: str, scripts: tuple[str, ...]) -> bool:
    return len(word) < 3 or word[0] < "a" or (scripts[0] != "Latn" and word[0] < "\u0300")


def analysed(word: str, language: str) -> str:
    """Fold and stem in one step."""
    return stem(fold(word, language), language)


def index_terms(text: str, language: str) -> list[str]:
    """What the index holds of a text: its words folded and stemmed, German compounds also as their parts, without empty
    words. The same words give the same terms on the side of the query."""
    memory = _terms[language]
    terms: list[str] = []
    for word in words(text):
        known = memory.get(word)
        if known is None:
            known = _remember(memory, word, tuple(word_terms(word, language)))
        terms += known
    return terms


def word_terms(word: str, language: str) -> list[str]:
    """The terms of one word: its stem first, then the stems of a compound's parts; none for an empty word."""
    folded = fold(word, language)
    if not folded or folded in stop_words(language, FUNCTION) or (len(folded) == 1 and not folded.isdecimal()):
        return []
    return [stem(folded, language), *part_stems(folded, language)]


def part_stems(folded: str, language: str) -> list[str]:
    """The stems of the parts of a compound, and of their parts (Suchtberatungsstelle: Sucht, Beratungsstelle, Beratung,
    Stelle); none when the word is not one."""
    if language != "de":
        return []
    found: list[str] = []
    for part in compounds.parts(folded):
        found += [part, *compounds.parts(part)]
    stems = (stem(part, language) for part in found)
    return [part for part in dict.fromkeys(stems) if part != stem(folded, language)]


def _remember(memory: dict[str, Known], word: str, known: Known) -> Known:
    if len(memory) >= MEMORY:
        memory.clear()
    memory[word] = known
    return known
