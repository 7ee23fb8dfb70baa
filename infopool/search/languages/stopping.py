"""Empty words: those that say nothing in a text, and those people ask with."""

from __future__ import annotations

from functools import cache

from infopool.search.languages.word_lists import listed

FUNCTION = "function"
"""Words that never say what something is about; left out of the index and of queries."""

ASKING = "asking"
"""Words people put around what they want ("where can I find"); left out of queries only."""

TELLING = "telling"
"""Words people tell of things with ("I live in", "already two years"): they may stand in terms, but are not searched
alone."""


def stop_words(language: str, kind: str) -> frozenset[str]:
    """The empty words of a language, folded; none for a language that has no list."""
    return listed("stop_words.tsv", language, kind)


@cache
def empty_words(language: str) -> frozenset[str]:
    """Both kinds together: what is left out of a query."""
    return stop_words(language, FUNCTION) | stop_words(language, ASKING)
