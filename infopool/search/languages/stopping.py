"""Empty words: those that say nothing in a text, and those people ask with."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from infopool.search.languages.letters import fold

_FILE = Path(__file__).with_name("stop_words.tsv")

FUNCTION = "function"
"""Words that never say what something is about; left out of the index and of queries."""

ASKING = "asking"
"""Words people put around what they want ("where can I find"); left out of queries only."""

TELLING = "telling"
"""Words people tell of themselves with ("I live in ..."): they may stand in terms, but are not searched alone."""


@cache
def stop_words(language: str, kind: str) -> frozenset[str]:
    """The empty words of a language, folded; none for a language that has no list."""
    words = _table().get((language, kind), "").replace("\u200c", " ").split()
    return frozenset(fold(word, language) for word in words)


@cache
def _table() -> dict[tuple[str, str], str]:
    rows = (line.split("\t") for line in _FILE.read_text(encoding="utf-8").splitlines()[1:])
    return {(language, kind): words for language, kind, words in rows}


@cache
def empty_words(language: str) -> frozenset[str]:
    """Both kinds together: what is left out of a query."""
    return stop_words(language, FUNCTION) | stop_words(language, ASKING)
