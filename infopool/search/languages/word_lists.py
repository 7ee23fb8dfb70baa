"""Lists of words by language and kind, as files beside this one hold them: a language, a kind, words with blanks."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from infopool.search.languages.letters import fold

_HERE = Path(__file__).parent


@cache
def listed(name: str, language: str, kind: str) -> frozenset[str]:
    """The words of a kind that the file of this name lists for a language, folded; none where it has no such line."""
    words = _table(name).get((language, kind), "").replace("\u200c", " ").split()
    return frozenset(fold(word, language) for word in words)


@cache
def _table(name: str) -> dict[tuple[str, str], str]:
    rows = (line.split("\t") for line in (_HERE / name).read_text(encoding="utf-8").splitlines()[1:])
    return {(language, kind): words for language, kind, words in rows}
