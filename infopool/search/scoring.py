"""How well offers fit the words of a query: BM25F over arrays, one word with all that may stand for it at a time."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from infopool.search.inverting import TEXT, TITLE
from infopool.search.query import CONCEPT, Term, Word
from infopool.search.snapshots import Bools, Bounded, Floats, Holders, Numbers, Snapshot
from infopool.search.weights import Weights

ROOM = 16_000_000
"""How many (offer, score) pairs of words are kept at most, 12 bytes each."""

SURELY = 0.5
"""How likely a concept must be meant to be why an offer was found, whatever words stand there too."""
FIRST = np.float32(1e6)
"""More than any word counts in an offer."""

DENSE = 8
"""A word that more than one in so many offers holds is added as a whole array: faster than picking its offers out."""


@dataclass(frozen=True)
class Fit:
    """Which offers hold a word, and how well each fits it."""

    numbers: Numbers
    """Rising."""
    scores: Floats
    rarity: np.float32
    """How much it says that an offer holds the word; above 0."""
    places: NDArray[np.int16]
    """For each, which of the word's terms says best why it was found, by its place among them: a concept that is surely
    meant, else the one that counts most."""
    everyone: NDArray[np.complex64] | None = None
    """For a word that many hold: `pairs` for every offer."""

    def pairs(self) -> NDArray[np.complex64]:
        """Score and rarity of each that holds it. They travel as one complex number, because picking offers out of an
        array is what costs time."""
        return self.scores + np.complex64(1j) * self.rarity

    def holding(self, numbers: NDArray[np.int64]) -> Bools:
        """Which of these offers hold the word."""
        if not len(self.numbers):
            return np.zeros(len(numbers), np.bool_)
        return np.asarray(self.numbers.take(self.numbers.searchsorted(numbers), mode="clip") == numbers)

    def by(self, numbers: NDArray[np.int64]) -> NDArray[np.int16]:
        """Which of the word's terms says best why each of these offers was found; -1 for those that hold none."""
        if not len(self.numbers):
            return np.full(len(numbers), -1, np.int16)
        places = self.places.take(self.numbers.searchsorted(numbers), mode="clip")
        return np.where(self.holding(numbers), places, np.int16(-1))


class Scorer:
    """Scores the words of queries against one snapshot; a word once scored is kept."""

    def __init__(self, snapshot: Snapshot, weights: Weights) -> None:
        self._snapshot = snapshot
        self._weights = weights
        self._kept: Bounded[Fit] = Bounded(ROOM)

    def fit(self, word: Word) -> Fit:
        """Who holds a word, and how well they fit."""
        return self._kept.get(word.terms, lambda: self._fit(word), lambda fit: len(fit.numbers) + 16)

    def fits(self, words: Iterable[Word]) -> NDArray[np.complex64]:
        """For every offer the sum of its words' scores (real part) and of their rarities (imaginary part), each word
        as often as its boost says."""
        total = np.zeros(self._snapshot.size, np.complex64)
        for word in words:
            fit = self.fit(word)
            if fit.everyone is not None:
                total += fit.everyone if word.boost == 1 else np.complex64(word.boost) * fit.everyone
            elif len(fit.numbers):
                total[fit.numbers] += np.complex64(word.boost) * fit.pairs()
        return total

    def all_held(self, words: Iterable[Word]) -> float:
        """The imaginary part of an offer that holds all words that anybody holds."""
        fits = ((word.boost, self.fit(word)) for word in words)
        return float(sum(boost * fit.rarity for boost, fit in fits if len(fit.numbers)))

    def holding_any(self, words: Iterable[Word]) -> Bools:
        """Which offers hold at least one of the words."""
        found = np.zeros(self._snapshot.size, np.bool_)
        for word in words:
            found[self.fit(word).numbers] = True
        return found

    def _fit(self, word: Word) -> Fit:
        by_formula = self._as_whoosh if self._weights.formula == "whoosh" else self._bm25f
        fit = by_formula(word)
        if len(fit.numbers) * DENSE <= self._snapshot.size:
            return fit
        everyone = np.zeros(self._snapshot.size, np.complex64)
        everyone[fit.numbers] = fit.pairs()
        return replace(fit, everyone=everyone)

    def _bm25f(self, word: Word) -> Fit:
        evidence: list[Holders] = []
        holding = 0.0
        for term in word.terms:
            fields = list(self._evidence(term))
            holding += term.weight * (len(fields[0].numbers) if fields else 0)
            evidence.append(self._of_one(fields))
        numbers, often, places = self._sum(evidence, [_says_more(term) for term in word.terms])
        k1 = np.float32(self._weights.k1)
        rarity = self._rarity(holding)
        return Fit(numbers, rarity * often * (k1 + 1) / (often + k1), rarity, places)

    def _of_one(self, fields: list[Holders]) -> Holders:
        """The fields of one term together. Who holds it in the title holds it in the first, the text, too."""
        if not fields:
            return Holders(np.empty(0, np.int32), np.empty(0, np.float32))
        first, *others = fields
        often = first.weights.copy() if others else first.weights
        for other in others:
            often[first.numbers.searchsorted(other.numbers)] += other.weights
        return Holders(first.numbers, often)

    def _evidence(self, term: Term) -> Iterable[Holders]:
        """How often each offer holds a term, lengths taken into account; first the field that has all who hold it."""
        weights = self._weights
        if term.space == CONCEPT:
            yield from self._field(CONCEPT, term, weights.concept, None)
        else:
            yield from self._field(TEXT + term.space, term, 1.0, weights.text_b)
            yield from self._field(TITLE + term.space, term, weights.title, weights.title_b)

    def _field(self, field: str, term: Term, weight: float, b: float | None) -> Iterable[Holders]:
        holders = self._snapshot.holders(field, term.text)
        if holders is not None:
            factor = np.float32(weight * term.weight)
            often = holders.weights * factor
            if b is not None:
                often = often / self._snapshot.norm(field, b)[holders.numbers]
            yield Holders(holders.numbers, often)

    def _sum(self, evidence: list[Holders], first: list[bool]) -> tuple[Numbers, Floats, NDArray[np.int16]]:
        """Who holds any of the terms, how often they count together, and which says best why: one of the `first`, or
        the one that counts most."""
        if len(evidence) == 1:
            return evidence[0].numbers, evidence[0].weights, np.zeros(len(evidence[0].numbers), np.int16)
        total, most = np.zeros((2, self._snapshot.size), np.float32)
        places = np.zeros(self._snapshot.size, np.int16)
        for place, holders in enumerate(evidence):
            total[holders.numbers] += holders.weights
            says = holders.weights + FIRST if first[place] else holders.weights
            places[holders.numbers[says > most[holders.numbers]]] = place
            most[holders.numbers] = np.maximum(most[holders.numbers], says)
        numbers = np.flatnonzero(total).astype(np.int32)
        return numbers, total[numbers], places[numbers]

    def _rarity(self, holding: float) -> np.float32:
        size = self._snapshot.size
        holding = min(holding, size)
        return np.float32(math.log(1 + (size - holding + 0.5) / (holding + 0.5)))

    def _as_whoosh(self, word: Word) -> Fit:
        evidence = [self._of_one(list(self._whoosh_evidence(term))) for term in word.terms]
        numbers, scores, places = self._sum(evidence, [False] * len(word.terms))
        return Fit(numbers, scores, np.float32(1), places)

    def _whoosh_evidence(self, term: Term) -> Iterable[Holders]:
        weights = self._weights
        fields = ((TEXT, weights.text_b, 1.0), (TITLE, weights.title_b, weights.title))
        if term.space != CONCEPT:
            for kind, b, weight in fields:
                holders = self._snapshot.holders(kind + term.space, term.text)
                if holders is not None:
                    scores = self._whoosh_scores(kind + term.space, term.text, holders, b)
                    yield Holders(holders.numbers, scores * np.float32(weight * term.weight))

    def _whoosh_scores(self, field: str, text: str, holders: Holders, b: float) -> Floats:
        """Whoosh's BM25F (whoosh.scoring.bm25): dead documents count in its statistics."""
        snapshot = self._snapshot
        holding = sum(part.terms(field).get(text, 0) for part in snapshot.parts)
        rarity = math.log(snapshot.documents / (holding + 1)) + 1
        mean = sum(part.total_length(field) for part in snapshot.parts) / snapshot.documents
        lengths = snapshot.lengths(field)[holders.numbers]
        k1 = self._weights.k1
        often = holders.weights
        return np.asarray(rarity * (often * (k1 + 1)) / (often + k1 * ((1 - b) + b * lengths / mean)), np.float32)


def _says_more(term: Term) -> bool:
    return term.space == CONCEPT and term.weight >= SURELY
