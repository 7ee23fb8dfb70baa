"""Words as people type them: cleaned, folded for comparing, cut into pieces, and looked up in a table of synonyms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from rapidfuzz import fuzz, process

NOT_SAID = re.compile(
    r"^\s*(?:[-–—?./]{1,3}|k\.?\s?a\.?|n\.?/a\.?|unbekannt|unknown|keine angaben?|tbd"
    r"|offen\?)\s*$",
    re.I,
)


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """The text for comparing: lower case, no accents, ä/ae/a alike, ß as ss, and every other sign a single space."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = plain.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    return " ".join(re.findall(r"\w+", plain.replace("_", " ")))


def is_blank(text: str) -> bool:
    """Whether a cell says nothing: empty, a dash, "k. A.", a question mark."""
    return not text.strip() or NOT_SAID.match(text) is not None


LONGEST_READ = 1_000
"""Characters of a cell that a reader looks at: what is longer is prose, not a fact, and could take very long."""


def is_prose(text: str) -> bool:
    """Whether a text is too long to be a fact; readers leave it over whole."""
    return len(text) > LONGEST_READ


def cut(text: str, marks: str = ",;\n|") -> list[str]:
    """The pieces between the marks, but never inside brackets; empty pieces are left out."""
    pieces, depth, start = [], 0, 0
    for at, sign in enumerate(text):
        if sign in "([":
            depth += 1
        elif sign in ")]":
            depth = max(0, depth - 1)
        elif sign in marks and not depth:
            pieces.append(text[start:at])
            start = at + 1
    pieces.append(text[start:])
    return [piece.strip() for piece in pieces if piece.strip(" \t.")]


def without_brackets(text: str) -> tuple[str, str]:
    """The text outside brackets, and what stood in them: `("Arabisch", "nach Absprache")`."""
    notes = re.findall(r"[(\[]([^()\[\]]*)[)\]]", text)
    bare = re.sub(r"\s*[(\[][^()\[\]]*[)\]]\s*", " ", text)
    return " ".join(bare.split()), ", ".join(note.strip() for note in notes if note.strip())


class Synonyms:
    """A table from the words people use to our codes, asked in any spelling."""

    def __init__(self, table: Mapping[str, Iterable[str]], closeness: float = 90.0) -> None:
        """`table` maps each code to its words; `closeness` is what a slip of the finger must reach (0-100)."""
        self._codes: dict[str, str] = {}
        for code, words in table.items():
            for word in words:
                self._codes.setdefault(fold(word), code)
        self._codes.pop("", None)
        self._long = [word for word in self._codes if len(word) >= 6]
        self._closeness = closeness

    def find(self, text: str) -> str:
        """The code for a word in any spelling, forgiving one slip of the finger in a long word; empty when unknown."""
        return self.exactly(text) or self._nearly(fold(text))

    def exactly(self, text: str) -> str:
        """The code for a word, without forgiving anything but spelling variants; empty when unknown."""
        return self._codes.get(fold(text), "")

    def _nearly(self, word: str) -> str:
        if len(word) < 6 or len(word) > 60:
            return ""
        near = process.extract(word, self._long, scorer=fuzz.ratio, score_cutoff=self._closeness, limit=3)
        codes = {self._codes[found] for found, _, _ in near}
        return codes.pop() if len(codes) == 1 else ""


JOINTS = re.compile(r"\s+(?:und|oder|sowie|bzw\.?|and|or|u\.|o\.)\s+|\s*[&+/]\s*|\s*\n\s*", re.I)
"""What joins two things named in one piece."""


def choose(text: str, find: Callable[[str], str]) -> tuple[tuple[str, ...], str]:
    """The codes named in a list people wrote, each once, in their order; and the pieces nobody knew.

    A piece is looked up whole first, because labels such as "Kinder & Freizeit" hold a joint themselves.
    """
    if is_blank(text):
        return (), ""
    if is_prose(text):
        return (), text
    codes: list[str] = []
    left: list[str] = []
    for piece in cut(text, ",;\n|•·"):
        parts = [piece] if find(piece) else [part for part in JOINTS.split(piece) if part.strip()]
        for part in parts:
            code = find(part) or find(without_brackets(part)[0])
            (codes if code else left).append(code or part.strip())
    return tuple(dict.fromkeys(codes)), ", ".join(left)
