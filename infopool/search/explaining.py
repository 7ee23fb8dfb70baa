"""German offices and papers that a text names, with what they are called in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from infopool.search import text
from infopool.search.concepts import Vocabulary
from infopool.search.matching import Match

NAMED_IN_GERMAN = frozenset({"institution", "paper"})
"""Kinds of concepts whose German names one meets on doors and letters, so they are kept and explained."""
SURE = 0.6
"""How likely a word must mean the office or paper; "Gericht" is a court and a dish."""
TOO_GENERAL = frozenset({"documents"})
"""Concepts whose explanation tells nobody anything."""
MOST = 12
SOURCE = "de"


@dataclass(frozen=True)
class Explained:
    """A German word of a text and what the reader calls it."""

    german: str
    meaning: str


def explained(vocabulary: Vocabulary, words: str, language: str) -> tuple[Explained, ...]:
    """The offices and papers a text names in German, in the order of the text, each once; at most `MOST`.

    Nothing where the reader reads German, or calls it the same. `words` may be German or a translation that leaves
    the German names standing.
    """
    if language == SOURCE:
        return ()
    tokens = text.words_with_positions(words)

    def accept(match: Match) -> bool:
        code, likelihood = match.meanings[0]
        if vocabulary.concepts[code].kind not in NAMED_IN_GERMAN or code in TOO_GENERAL or likelihood < SURE:
            return False
        german = words[tokens[match.start].start : tokens[match.end - 1].end]
        # German names begin with a capital; a small letter means that the word is another one, or another language's.
        return german[:1].isupper() and not set(german) & set("\n.,;:!?")

    found: dict[str, Explained] = {}
    for match in vocabulary.matches([token.text for token in tokens], (SOURCE,), accept):
        code = match.meanings[0][0]
        german = words[tokens[match.start].start : tokens[match.end - 1].end]
        meaning = vocabulary.label(code, language)
        if code not in found and not _same(german, meaning) and not _same(meaning, vocabulary.label(code, SOURCE)):
            found[code] = Explained(german, meaning)
    return tuple(found.values())[:MOST]


def _same(one: str, other: str) -> bool:
    return text.fold(one, SOURCE) == text.fold(other, SOURCE)
