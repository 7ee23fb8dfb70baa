"""Offers turned inside out: from documents to, for every word, the documents that hold it."""

from __future__ import annotations

import json
import math
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import chain
from typing import Any

import numpy as np

from infopool import languages
from infopool.search.documents import Card, OfferDocument
from infopool.search.query import CONCEPT, FACET_NAMES

Analyse = Callable[[str, str], list[str]]
"""Text and language to analysed words."""

ROW = np.dtype(
    [
        ("id", "<i8"),
        ("latitude", "<f8"),
        ("longitude", "<f8"),
        ("checked_on", "<i4"),
        ("starts_on", "<i4"),
        ("ends_on", "<i4"),
        ("changed_on", "<i4"),
        ("everywhere", "<i4"),
    ]
)
"""The numbers of an offer, one row of fixed width: degrees (NaN: none), days since year 1 (0: none), and whether it
serves the whole region or happens online."""

_UNFIT = re.compile(r"[^a-z0-9-]")
"""What may not stand in a field's name, which is part of file names."""

LONGEST_WORD = 100
"""Characters; what is longer is not a word that anybody types."""

TITLE, TEXT, FACET = "title_", "text_", "facet_"
"""Beginnings of field names: the words of the title, all words of the text (the title's too), the values of a facet."""

Postings = tuple["array[int]", "array[float]"]


def space_of(tag: str) -> str:
    """The space in which the words of a text in this language are searched: easy German reads German."""
    language = languages.find(tag)
    return language.text_tag if language else _UNFIT.sub("", tag.lower())


class Batch:
    """Documents, numbered from 0 as they come, with all that an engine has to write about them."""

    def __init__(self, analyse: Analyse) -> None:
        self._analyse = analyse
        self.postings: dict[str, dict[str, Postings]] = defaultdict(lambda: defaultdict(_nobody))
        """Field, then term, then the numbers of the documents that hold it, rising, and how often each does."""
        self.ids: list[int] = []
        self.lengths: list[dict[str, int]] = []
        self.rows: list[bytes] = []
        self.cards: list[bytes] = []

    def __len__(self) -> int:
        return len(self.ids)

    def add_all(self, documents: Iterable[OfferDocument]) -> Batch:
        """Take these documents in."""
        for document in documents:
            self.add(document)
        return self

    def add(self, document: OfferDocument) -> None:
        """Take one document in."""
        number = len(self.ids)
        self.ids.append(document.id)
        self.lengths.append(self._take_texts(number, document))
        self._hold(number, CONCEPT, document.concepts.items())
        for facet in FACET_NAMES:
            values = document.facets.get(facet)
            if values:
                self._hold(number, FACET + facet, ((value, 1.0) for value in dict.fromkeys(values)))
        self.rows.append(_row(document))
        self.cards.append(write_card(document.card))

    def _take_texts(self, number: int, document: OfferDocument) -> dict[str, int]:
        titles: dict[str, list[str]] = defaultdict(list)
        bodies: dict[str, list[str]] = defaultdict(list)
        for tag, text in document.texts.items():
            space = space_of(tag)
            titles[space] += self._words(text.title, space)
            bodies[space] += self._words(text.body, space)
        lengths = {}
        for space, title in titles.items():
            lengths[TITLE + space] = self._count(number, TITLE + space, title)
            lengths[TEXT + space] = self._count(number, TEXT + space, chain(title, bodies[space]))
        return lengths

    def _words(self, text: str, space: str) -> list[str]:
        return [word for word in self._analyse(text, space) if len(word) <= LONGEST_WORD]

    def _count(self, number: int, field: str, words: Iterable[str]) -> int:
        counts = Counter(words)
        self._hold(number, field, counts.items())
        return counts.total()

    def _hold(self, number: int, field: str, terms: Iterable[tuple[str, float]]) -> None:
        holders = self.postings[field]
        for term, weight in terms:
            numbers, weights = holders[term]
            numbers.append(number)
            weights.append(weight)


def _nobody() -> Postings:
    return array("I"), array("f")


def _row(document: OfferDocument) -> bytes:
    everywhere = document.card.whole_region or document.card.online
    placed = document.latitude is not None and document.longitude is not None
    return np.array(
        (
            document.id,
            document.latitude if placed else math.nan,
            document.longitude if placed else math.nan,
            _day(document.checked_on),
            _day(document.starts_on),
            _day(document.ends_on),
            _day(document.changed_on),
            everywhere,
        ),
        ROW,
    ).tobytes()


def _day(day: date | None) -> int:
    return day.toordinal() if day else 0


def write_card(card: Card) -> bytes:
    """A card as the index keeps it: JSON."""
    # vars() and not asdict(): a card holds plain values only, copying them all would cost more than writing them.
    plain = json.dumps(vars(card), ensure_ascii=False, separators=(",", ":"), default=dict)
    return plain.encode("utf-8", "surrogatepass")


def read_card(kept: bytes) -> Card:
    """The card that `write_card` wrote."""
    plain: dict[str, Any] = json.loads(kept)
    for name in ("topics", "schedule", "levels", "languages"):
        plain[name] = tuple(plain[name])
    texts: Mapping[str, list[str]] = plain["texts"]
    plain["texts"] = {tag: (title, summary) for tag, (title, summary) in texts.items()}
    return Card(**plain)
