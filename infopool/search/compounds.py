"""German compounds and their parts: Sprachkurs is Sprache and Kurs."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from pathlib import Path

from infopool.search.languages.letters import fold

_COUNTS = Path(__file__).with_name("compounds.tsv")
_EXCEPTIONS = Path(__file__).with_name("compounds_by_hand.tsv")

SHORTEST = 7
"""Letters a word needs to be taken apart."""
SHORTEST_PART = 3
LONGEST = 60
"""Longer words are nobody's; taking them apart would only cost time."""
MOST_PARTS = 4

LINKS = (("", 1.0), ("s", 1.0), ("n", 1.0), ("en", 1.0), ("es", 0.5), ("er", 0.5), ("e", 0.5), ("ens", 0.5))
"""Fugenelemente, and how much a part joined by them is believed."""

PART_COSTS = 0.9
"""What each further part must win: few long parts are likelier than many short ones."""
SHORT_PART_COSTS = 0.5
WHOLE = 0.35
"""How strongly a word's own frequency speaks for leaving it whole."""


def parts(folded: str) -> tuple[str, ...]:
    """The parts of a folded German word, each a word of its own; empty when it is no compound.

    Parts must be words counted in a corpus of the field; the likeliest cut is the one with the highest geometric mean
    of their counts (Koehn and Knight 2003). A list made by hand goes first.
    """
    by_hand = _by_hand().get(folded)
    if by_hand is not None:
        return by_hand
    if not SHORTEST <= len(folded) <= LONGEST or not folded.isalpha() or not folded.isascii():
        return ()
    return _likeliest(folded)


@lru_cache(maxsize=50_000)
def _likeliest(word: str) -> tuple[str, ...]:
    best = _cuts(word)
    if best is None:
        return ()
    logs, found = best
    own = _counts().get(word, 0)
    if own and logs / len(found) + 0.3 < math.log(own + 1) * WHOLE:
        return ()
    return found if len(found) > 1 else ()


Cut = tuple[float, tuple[str, ...]]
"""The sum of the logarithms of the parts' counts, and the parts."""


def _cuts(word: str) -> Cut | None:
    """The best cut of the word: filled in from its end, the best for each beginning and number of parts."""
    best: dict[tuple[int, int], Cut] = {}
    for start in range(len(word) - SHORTEST_PART, -1, -1):
        for most in range(1, MOST_PARTS + 1):
            options = list(_options(word, start, most, best))
            if options:
                best[start, most] = max(options, key=_worth)
    return best.get((0, MOST_PARTS))


def _options(word: str, start: int, most: int, best: dict[tuple[int, int], Cut]) -> list[Cut]:
    options: list[Cut] = []
    last = _known(word[start:], last=True) if start else None
    if last:
        options.append((math.log(last[1] + 1), (last[0],)))
    if most == 1:
        return options
    for end in range(start + SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        rest = best.get((end, most - 1))
        known = _known(word[start:end], last=False) if rest else None
        if rest and known:
            options.append((math.log(known[1] + 1) + rest[0], (known[0], *rest[1])))
    return options


def _worth(cut: Cut) -> float:
    logs, found = cut
    short = sum(len(part) < 4 for part in found)
    return logs / len(found) - PART_COSTS * len(found) - SHORT_PART_COSTS * short


def _known(piece: str, last: bool) -> tuple[str, float] | None:
    """The word a piece stands for and its count: without its link, or with the e it lost (Sprach-kurs)."""
    counts = _counts()
    best: tuple[str, float] | None = None
    for link, belief in LINKS[:1] if last else LINKS:
        if link and not piece.endswith(link):
            continue
        base = piece[: len(piece) - len(link)] if link else piece
        count = counts.get(base, 0) if len(base) >= SHORTEST_PART else 0
        if not count and not last and not link and len(base) >= 4:
            base += "e"
            count = counts.get(base, 0)
        if count and (best is None or count * belief > best[1]):
            best = (base, count * belief)
    return best


def counted() -> dict[str, int]:
    """Folded words of the corpus with their counts."""
    return _counts()


@cache
def _counts() -> dict[str, int]:
    """Folded words that may be parts, with how often they stand in the corpus."""
    return {word: int(count) for word, count in _rows(_COUNTS)}


@cache
def _by_hand() -> dict[str, tuple[str, ...]]:
    """Written in common spelling, folded here; a word without parts stays whole."""
    return {fold(word, "de"): tuple(fold(found, "de").split()) for word, found in _rows(_EXCEPTIONS)}


def _rows(path: Path) -> list[tuple[str, str]]:
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return [(first, second) for first, second in (line.split("\t") for line in lines)]
