"""The field's own words in every language, and where a catalogue leaves them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog

from infopool import paths

PLACEHOLDER = re.compile(r"%\(\w+\)s")


@dataclass(frozen=True)
class Term:
    """Fachwort. One word of the field."""

    german: str
    english: tuple[str, ...]
    """How our sentences name it, in small letters."""
    words: dict[str, tuple[str, ...]]
    """Language -> what it is called there; `*` stands for any letters, where a language bends its words."""

    def is_in(self, sentence: str) -> bool:
        """Whether an English sentence speaks of it."""
        return bool(_any_of(self.english).search(PLACEHOLDER.sub(" ", sentence)))

    def is_kept(self, translation: str, tag: str) -> bool:
        """Whether a translation calls it by its name; so does every one in a language the glossary does not know."""
        known = self.words.get(tag, ())
        return not known or bool(_any_of(known).search(translation))


def read(folder: Path | None = None) -> tuple[Term, ...]:
    """The glossary: a table with a column per language; a cell holds one word, or several after commas."""
    path = (folder or paths.TRANSLATIONS) / "glossary.csv"
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(_term(row) for row in csv.DictReader(lines))


def _term(row: dict[str, str]) -> Term:
    words = {tag: _words(cell) for tag, cell in row.items() if tag not in ("de", "en") and cell.strip()}
    return Term(row["de"], _words(row["en"]), words)


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split(",") if word.strip())


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, whole unless a `*` lets letters follow or go before."""
    patterns = (re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


def departures(catalog: Catalog, tag: str, terms: tuple[Term, ...]) -> Iterator[str]:
    """Where a catalogue calls something by another word than the glossary does; hints for a reader, not faults."""
    for message in catalog:
        ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
        forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        said = " ".join(form for form in forms if form)
        for term in terms if said and ids[0] else ():
            if term.is_in(" ".join(ids)) and not term.is_kept(said, tag):
                yield f"“{term.german}” is not called {' / '.join(term.words[tag])}: {ids[0]!r} -> {said!r}"
