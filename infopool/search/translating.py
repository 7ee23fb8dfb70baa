"""German words for words of other languages: what serves where no concept explains a word.

Two sources are mixed. The dictionary (`vocabulary/dictionary/<language>.tsv`) is written by hand: German words of the
field, each with what people type for it, likeliest first; in the German one, what else is said in German. The lexicon
(`vocabulary/lexicon/<language>.tsv`) is learnt from parallel sentences (see `lexicon_build`): a word and German stems
with probabilities.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from sys import intern
from threading import Lock

from infopool.paths import VOCABULARY
from infopool.search import compiled, text
from infopool.search.languages.letters import fold_all
from infopool.search.languages.stopping import empty_words
from infopool.search.packed import Table

BETWEEN = " | "
RANKS = (1.0, 0.5, 0.3, 0.2)
"""How much the first, second, ... translation of a German word counts before all are brought to a sum of 1."""
PART = 0.25
"""What the parts of a German compound get of its weight."""
ONE_OF_TWO = 0.2
"""What one word of a translation of two words gets."""
MOST_TOGETHER = 4
"""Words of the longest translation that is found."""
OTHERWISE = 0.4
"""What all that is said otherwise in German counts together beside the word typed. Tuned on OMoS-QA's train split;
anything from .3 to .7 serves as well."""
OTHER_RANKS = (1.0, 0.7, 0.5, 0.4, 0.4, 0.4)
"""`RANKS` for them: whoever says it otherwise does not mean the first one much more than the second."""
ONE_OF_MORE = 0.3
"""What each word counts of several that together say it otherwise."""
LEXICON = 0.4
"""The lexicon's share where both know a word. Tuned on halves of OMoS-QA's train split, each with what was learnt from
the other; anything from .3 to .5 serves as well."""
MOST = 6
LEAST = 0.04
"""German words kept for a word, and the smallest probability."""
WRITTEN = "="
"""Stands before words that are filed as they are written, not by their stems."""
SAME = 0.3
"""How much of their weight two translations share at least to be the same."""
BEGINNING = 5
ARABIC_BEGINNING = 4
MOST_ENDING = 2
"""Letters a word must share with a known one to pass for another form of it, and by how many its end may differ."""
_ARABIC = frozenset({"ar", "fa", "ps"})
_CLITICS = "وفبكلس"

German = tuple[tuple[str, float], ...]
"""German stems with how likely each translates a word, the likeliest first."""

_Table = Mapping[str, Mapping[str, float]]


class Translations:
    """The translations of all languages; each is read when it is first needed. Safe between threads."""

    def __init__(self, folder: Path = VOCABULARY) -> None:
        self._folder = folder
        self._ready: dict[str, Table] = {}
        self._lock = Lock()

    def german(self, stem: str, language: str, folded: str = "") -> German:
        """The German stems for a word's stem, or for several with spaces between; empty when nobody knows it. What the
        word means as it is written (`folded`) goes before what others with its stem mean."""
        known = self._of(language)
        return _german((folded and known.get(WRITTEN + folded)) or known.get(stem))

    def nearly(self, stem: str, language: str) -> German:
        """The German stems for the known word nearest to one nobody knows: another form, or without the preposition
        that Arabic writes together with it. Empty when none is near."""
        for bare in _without_clitics(stem) if language in _ARABIC else ():
            if german := self.german(bare, language):
                return german
        known = self._of(language)
        shared = max(len(stem) - MOST_ENDING, ARABIC_BEGINNING if language in _ARABIC else BEGINNING)
        if len(stem) < shared or not known:
            return ()
        near = [key for key in known.beginning(stem[:shared]) if abs(len(key) - len(stem)) <= MOST_ENDING]
        return _german(known.get(min(near, key=lambda key: (abs(len(key) - len(stem)), key)))) if near else ()

    def knows(self, stem: str, language: str) -> bool:
        """Whether the word has a translation."""
        return stem in self._of(language)

    def _of(self, language: str) -> Table:
        known = self._ready.get(language)
        if known is None:
            with self._lock:
                known = self._ready.get(language)
                if known is None:
                    known = self._ready[language] = load(self._folder, language)
        return known


def _without_clitics(stem: str) -> list[str]:
    return [stem[1:], stem[2:]] if len(stem) >= 5 and stem[0] in _CLITICS else []


@lru_cache(maxsize=20_000)
def _german(written: str) -> German:
    """What a line of the table says."""
    pairs = (pair.partition(":") for pair in written.split())
    return tuple((intern(term), float(weight)) for term, _, weight in pairs)


def load(folder: Path, language: str) -> Table:
    """The translations of one language: stem -> German stems, each with its weight behind a colon. They stay written
    as long as nobody asks for them; those of the shipped files are kept ready made."""
    if folder != VOCABULARY:
        return Table(_new(folder, language))
    return Table.of(compiled.kept(f"translations-{language}", lambda: Table(_new(folder, language)).plain()))


def _new(folder: Path, language: str) -> dict[str, str]:
    path = folder / "dictionary" / f"{language}.tsv"
    if language == "de":
        return {stem: _written(terms, OTHERWISE) for stem, terms in _normal(_otherwise(path)).items()}
    by_hand = _normal(_dictionary(path, language))
    learnt = _normal(_lexicon(folder / "lexicon" / f"{language}.tsv", language))
    mixed = {key: _mixed(by_hand.get(key, {}), learnt.get(key, {})) for key in {**by_hand, **learnt}}
    told_apart = _told_apart(mixed, by_hand, language)
    return {key: _written(terms) for key, terms in mixed.items() if key[0] != WRITTEN or key in told_apart}


def _told_apart(mixed: _Table, by_hand: _Table, language: str) -> set[str]:
    """The words written by hand that mean something else than others with the same stem: they go before their stem."""
    words = [key[1:] for key in by_hand if key[0] == WRITTEN]
    stems = text.stems(words, language)
    return {WRITTEN + word for word in words if _shared(mixed[WRITTEN + word], mixed[stems[word]]) < SAME}


def _shared(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How much of the weight of two translations lies on the same German words, 0 to 1."""
    return sum(min(weight, other.get(term, 0.0)) for term, weight in one.items())


def _dictionary(path: Path, language: str) -> _Table:
    """The dictionary turned round: stem of a translation -> German stems with weights."""
    table: dict[str, dict[str, float]] = defaultdict(dict)
    written = [(german, words.split(BETWEEN)) for german, words in _rows(path)]
    readings = _readings([word for _, words in written for word in words], language)
    for german, words in written:
        weights = _german_terms(german)
        for rank, word in zip(RANKS, words, strict=False):
            for key, share in _keys(readings[word]):
                known = table[key]
                for term, weight in weights:
                    known[term] = known.get(term, 0.0) + rank * share * weight
    return table


def _otherwise(path: Path) -> _Table:
    """Stem of a German word -> stems of what else people say for it. It holds both ways: what stands behind a word is
    found by it and finds it; several words together are only found."""
    table: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for german, words in _rows(path):
        head = _german_terms(german)
        for rank, said in zip(OTHER_RANKS, words.split(BETWEEN), strict=False):
            parts = text.words(said)
            terms = _german_terms(said) if len(parts) == 1 else _each(parts)
            pairs = [(head[:1], terms), (terms[:1], head)] if len(parts) == 1 else [(head[:1], terms)]
            for typed, found in pairs:
                for (stem, _), (term, weight) in product(typed, found):
                    table[stem][term] = max(table[stem][term], rank * weight)
    return {stem: {term: weight for term, weight in terms.items() if term != stem} for stem, terms in table.items()}


def _each(words: Sequence[str]) -> tuple[tuple[str, float], ...]:
    return tuple((intern(term), ONE_OF_MORE) for word in words for term in text.word_terms(word, "de")[:1])


def _readings(written: Sequence[str], language: str) -> dict[str, list[tuple[str, str]]]:
    """For each translation its words that are not empty, folded, with their stems."""
    if not written:
        return {}
    parts = text.words_of_all(written)
    words = list({word for row in parts for word in row})
    folded = dict(zip(words, fold_all(words, language), strict=True))
    stems = text.stems([word for word in dict.fromkeys(folded.values()) if word], language)
    empty = empty_words(language)
    return {
        word: [(folded[part], stems[folded[part]]) for part in row if folded[part] and folded[part] not in empty]
        for word, row in zip(written, parts, strict=True)
    }


@cache
def _german_terms(word: str) -> tuple[tuple[str, float], ...]:
    parts = text.words(word)
    if len(parts) > 1:
        return _each(parts)
    terms = text.word_terms(word, "de")
    return tuple((intern(term), PART if at else 1.0) for at, term in enumerate(terms))


def _keys(readings: Sequence[tuple[str, str]]) -> list[tuple[str, float]]:
    """What a translation is filed under: all its stems together; two words also each alone, faintly; one word also as
    it is written."""
    stems = [stem for _, stem in readings]
    if len(stems) == 1:
        return [(stems[0], 1.0), (WRITTEN + readings[0][0], 1.0)]
    alone = [(stem, ONE_OF_TWO) for stem in stems] if len(stems) == 2 else []
    return [(" ".join(stems), 1.0), *alone] if 1 <= len(stems) <= MOST_TOGETHER else []


def _lexicon(path: Path, language: str) -> _Table:
    rows = dict(_rows(path))
    stems = text.stems(list(rows), language)
    table: dict[str, dict[str, float]] = defaultdict(dict)
    for word, pairs in rows.items():
        for pair in pairs.split(" "):
            term, _, share = pair.partition(":")
            for key in (stems[word], WRITTEN + word):
                table[key][intern(term)] = max(float(share), table[key].get(term, 0.0))
    return table


def _normal(table: _Table) -> _Table:
    return {stem: _to_one(terms) for stem, terms in table.items()}


def _to_one(terms: Mapping[str, float]) -> dict[str, float]:
    total = sum(terms.values()) or 1.0
    return {term: weight / total for term, weight in terms.items()}


def _mixed(by_hand: Mapping[str, float], learnt: Mapping[str, float]) -> dict[str, float]:
    share = LEXICON if by_hand and learnt else float(bool(learnt))
    return {
        term: (1 - share) * by_hand.get(term, 0.0) + share * learnt.get(term, 0.0) for term in {**by_hand, **learnt}
    }


def _written(terms: Mapping[str, float], factor: float = 1.0) -> str:
    """The likeliest of them as a line of the table."""
    best = sorted(terms.items(), key=lambda item: (-item[1], item[0]))[:MOST]
    return " ".join(f"{term}:{weight * factor:.4g}" for term, weight in best if weight * factor >= LEAST)


def german_words(path: Path) -> Iterator[str]:
    """The German words of a dictionary's file."""
    return (german for german, _ in _rows(path))


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            if line and not line.startswith("#"):
                first, _, second = line.partition("\t")
                yield first, second
