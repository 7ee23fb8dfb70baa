"""The concepts of the field and the words for them in every language: loading, matching, tagging."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, takewhile
from pathlib import Path
from sys import intern
from typing import Any

from infopool.paths import VOCABULARY
from infopool.search import compiled, matching, ordinary, tagging, text
from infopool.search.apart import Apart
from infopool.search.associating import Associations
from infopool.search.compiled import Plain
from infopool.search.languages.letters import fold_all
from infopool.search.languages.stopping import empty_words
from infopool.search.languages.table import READINGS
from infopool.search.matching import LONGEST, Match, Read
from infopool.search.ondemand import OnDemand
from infopool.search.packed import Lines, Runs, packed, unpacked
from infopool.search.spellings import Spellings
from infopool.search.translating import Translations

AMBIGUOUS = "*"
"""Stands behind a term in the files that means different things alone."""
BETWEEN = " | "

ALSO_READ = {"ku": ("ckb",)}
"""Language -> further files whose words it reads: Sorani has a file of its own, for some of the concepts only, and
is understood with Kurmanji, whose file comes first and gives the labels."""

NOT_TOLD = frozenset({"wish", "language", "level"})
"""Kinds of concepts that nobody tells of, for they are said in a word."""

WEAK = 0.5
"""How likely a word of the "weak" column, or an ambiguous one, stands for its concept."""


@dataclass(frozen=True)
class Concept:
    """Suchbegriff. Something of the field that people look for, whatever they call it."""

    code: str
    kind: str
    """offer, audience, wish, institution, paper, place, language, level or status."""
    topics: tuple[str, ...]
    parent: str
    """The code of the broader concept, or empty."""
    helped_by: tuple[str, ...] = ()
    """Codes of others where one is helped with it too, the surest first."""


Row = tuple[str, str, float]
"""A concept's code, a term, and how likely the term stands for it."""
Columns = tuple[list[str], Sequence[str], list[float]]
"""Rows by column: thousands of tuples would take megabytes."""


class Terms:
    """The terms of one language, found by the stems of their words."""

    def __init__(self, language: str, rows: Columns, made: Plain | None = None) -> None:
        """`made` is what `plain` gave for the same rows, to save the making."""
        self.language = language
        self.seen: dict[str, tagging.Word] = {}
        """What tagging remembers of words."""
        self._codes, written, self._likelihoods = rows
        self._terms = written if isinstance(written, Lines) else Lines(written)
        self._spelled: dict[int, str] = {}
        self.labels: dict[str, str] = {}
        for number, code in enumerate(self._codes):
            if code not in self.labels:
                self.labels[code] = self._terms[number]
        self._made = made or {}
        self._filed: dict[str, int | Sequence[int]] = self._made.get("filed", {})
        """Stem -> the row of the one-word term that has it, or the rows."""
        self._reach: dict[str, int] = self._made.get("reach", {})
        """Stem -> words of the longest term that begins with it, 0 where it only stands further back."""
        self.spellings: Spellings = made["spellings"] if made else self._file_all()
        self._runs = Runs.of(made["runs"]) if made else self._take_runs()
        """The stems of longer terms -> their rows."""

    def plain(self) -> Plain:
        """All that was made of the rows, and these, as JSON can hold it."""
        return {
            "rows": (self._codes, self._terms.plain(), self._likelihoods),
            "filed": self._filed,
            "reach": self._reach,
            "spellings": self.spellings.plain(),
            "runs": self._runs.plain(),
            "apart": self._apart.plain(),
            "order": packed(self._in_order),
        }

    @classmethod
    def of(cls, language: str, plain: Plain) -> Terms:
        """The terms again from what `plain` gave. Equal words are kept once: they would take megabytes."""
        codes, terms, likelihoods = plain["rows"]
        same: dict[Any, Any] = {}
        once = same.setdefault
        rows = (
            [intern(code) for code in codes],
            Lines.of(terms),
            [once(likelihood, likelihood) for likelihood in likelihoods],
        )
        made = {name: plain[name] for name in ("runs", "apart", "order")}
        for name in ("filed", "reach"):
            made[name] = {once(stem, stem): number for stem, number in plain[name].items()}
        made["spellings"] = Spellings.of(language, plain["spellings"], same)
        return cls(language, rows, made)

    def _file_all(self) -> Spellings:
        """File every term under its stems; returns how their words are written."""
        written = [words[:LONGEST] for words in text.words_of_all(self._terms)]
        words = list(set(chain.from_iterable(written)))
        fold_of = dict(zip(words, fold_all(words, self.language), strict=True))
        stem_of = text.stems([folded for folded in set(fold_of.values()) if folded], self.language)
        self._reach = dict.fromkeys(sorted(stem_of.values()), 0)
        empty = empty_words(self.language)
        shorter: list[tuple[list[str], int]] = []
        for number, row in enumerate(written):
            folded = [fold_of[word] for word in row if fold_of[word]]
            if folded:
                self._file([stem_of[word] for word in folded], number)
            if len(folded) > 2:  # people leave the empty words out
                full = [stem_of[word] for word in folded if word not in empty]
                if 2 <= len(full) < len(folded):
                    shorter.append((full, number))
        whole = frozenset(self._filed)
        for full, number in shorter:  # what is a term as it stands means that and nothing longer
            if " ".join(full) not in whole:
                self._file(full, number)
        return Spellings(self.language, {fold_of[word]: word for word in chain.from_iterable(written)})

    def _take_runs(self) -> Runs:
        """What was filed under several stems, taken out of what is filed under one."""
        runs = {key: self._filed.pop(key) for key in [key for key in self._filed if " " in key]}
        rows = ((key, (found,) if isinstance(found, int) else found) for key, found in runs.items())
        return Runs((key, number) for key, numbers in rows for number in numbers)

    def _file(self, stems: Sequence[str], number: int) -> None:
        key = " ".join(stems)
        known = self._filed.get(key)
        if known is None:
            self._filed[key] = number
        else:
            self._filed[key] = (*((known,) if isinstance(known, int) else known), number)
        if self._reach.get(stems[0], 0) < len(stems):
            self._reach[stems[0]] = len(stems)

    def _folded(self, number: int) -> str:
        """The folded words of a term; remembered, because the ambiguous ones are asked for again and again."""
        known = self._spelled.get(number)
        if known is None:
            known = self._spelled[number] = self._fold(number)
        return known

    def _fold(self, number: int) -> str:
        words = (text.fold(word, self.language) for word in text.words(self._terms[number]))
        return " ".join(filter(None, words))

    def knows(self, stem: str) -> bool:
        """Whether this stem stands in some term."""
        return stem in self._reach

    def writes(self, folded: str) -> bool:
        """Whether a word stands in some term in just this form."""
        return folded in self.spellings

    def means(self, word: Read) -> bool:
        """Whether a word is a term alone, in this form or another, and not only part of longer ones."""
        return word.stem in self._filed

    def differs(self, word: Read) -> int:
        """How a word differs from the nearest one-word term with its stem: 0 when it is that term, else by how many
        letters it is longer or shorter, at least 1."""
        terms = self.spelled(word.stem)
        if word.folded in terms:
            return 0
        return min((max(1, abs(len(term) - len(word.folded))) for term in terms), default=len(word.folded))

    def terms_of(self, stem: str) -> list[str]:
        """The one-word terms with a stem, as they are written."""
        return [self._terms[number] for number in self._alone(stem)]

    def spelled(self, stem: str) -> list[str]:
        """The same, folded."""
        return [self._folded(number) for number in self._alone(stem)]

    def _alone(self, stem: str) -> Sequence[int]:
        found = self._filed.get(stem, ())
        return (found,) if isinstance(found, int) else found

    def reach(self, stem: str) -> int:
        """Words of the longest term that begins with this stem; 0 when none does."""
        return self._reach.get(stem, 0)

    def meanings(self, stems: Sequence[str], folded: str = "") -> tuple[tuple[str, float], ...]:
        """What the stems stand for, as (concept, likelihood), the likeliest first; terms spelled exactly as `folded` go
        before others that only share the stems."""
        found = self._filed.get(stems[0], ()) if len(stems) == 1 else self._runs.find(" ".join(stems))
        if isinstance(found, int):
            return ((self._codes[found], self._likelihoods[found]),)
        if not found:
            return ()
        exact = tuple(number for number in found if folded and self._folded(number) == folded)
        return _ranked([(self._codes[number], self._likelihoods[number]) for number in exact or found])

    @cached_property
    def _apart(self) -> Apart:
        kept = self._made.pop("apart", None)
        return Apart.of(kept) if kept else Apart(self._terms, self.language)

    def scattered(self, stems: Iterable[str]) -> dict[str, tuple[float, tuple[str, ...]]]:
        """The concepts of which all words of some term are among these, in any order and with others in between: how
        likely, and the stems."""
        found: dict[str, tuple[float, tuple[str, ...]]] = {}
        for number, held in self._apart.find(stems):
            code, likelihood = self._codes[number], self._likelihoods[number]
            if likelihood > found.get(code, (0.0, ()))[0]:
                found[code] = likelihood, held
        return found

    @cached_property
    def _in_order(self) -> array[int]:
        """The rows in the order of their folded terms, for finding what begins with some letters."""
        kept = self._made.pop("order", None)
        if kept:
            return unpacked(kept)
        return array("I", sorted(range(len(self._codes)), key=lambda row: (self._fold(row), self._codes[row])))

    def beginning(self, folded: str, limit: int) -> list[tuple[str, str]]:
        """(concept, term) of terms that begin with some folded letters, in the alphabet's order."""
        at = bisect_left(self._in_order, folded, key=self._folded)
        near = takewhile(lambda row: self._folded(row).startswith(folded), self._in_order[at : at + limit])
        return [(self._codes[row], self._terms[row]) for row in near]


def _ranked(meanings: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    best: dict[str, float] = {}
    for code, likelihood in meanings:
        best[code] = max(likelihood, best.get(code, 0.0))
    return tuple(sorted(best.items(), key=lambda item: -item[1]))


class Vocabulary:
    """All concepts with their words in all languages that have a file."""

    def __init__(
        self,
        concepts: Mapping[str, Concept],
        terms: Mapping[str, Terms],
        translations: Translations | None = None,
        associations: Associations | None = None,
    ) -> None:
        self.concepts = concepts
        self.terms = terms
        self.translations = translations or Translations()
        self.associations = associations or Associations(VOCABULARY, (), lambda _: ())
        self.words_of: dict[str, dict[str, bool]] = defaultdict(dict)
        """What is remembered of words in finding out which language a query is in: whether a language knows them."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that have words."""
        return tuple(self.terms)

    def prepare(self) -> None:
        """Make every language ready now, as a server does before it answers."""
        for language in self.terms:
            self.terms[language]
            self.translations.knows("", language)
            self.associations.prepare(language)
            ordinary.known(language)

    def label(self, code: str, language: str) -> str:
        """What a concept is called in a language; in German where it has no name yet; the code when nobody knows it."""
        for tag in (language, "de"):
            terms = self.terms.get(tag)
            if terms and code in terms.labels:
                return terms.labels[code]
        return code

    def matches(
        self, words: Sequence[str], languages: Sequence[str], accept: Callable[[Match], bool] = lambda _: True
    ) -> Iterator[Match]:
        """The runs of words that stand for concepts and are accepted, from left to right, none overlapping.

        At each word the longest run is taken; of equally long ones that of the language named first. Empty words in
        between may be missing, and two words may stand in either order.
        """
        known = (terms for tag in languages if (terms := self.terms.get(tag)))
        readings = [matching.Reading.of(terms, words) for terms in known]
        at = 0
        while at < len(words):
            match = matching.best(readings, at, accept)
            if match:
                yield match
            at = match.end if match else at + 1

    def tag(
        self,
        texts: Mapping[str, tuple[str, str, str]],
        topics: Sequence[str] = (),
        facets: Mapping[str, Sequence[str]] | None = None,
    ) -> dict[str, float]:
        """The concepts an offer is about, with a strength above 0 up to 1 (see `tagging`).

        `texts` holds (title, summary, all else) by language; `facets` what else is known: levels, audiences.
        """
        return tagging.tag(self, texts, topics, facets or {})


ExtraTerm = tuple[str, str, str]
"""(language, concept, term): a word curators added."""


def load(folder: Path = VOCABULARY, extra: Iterable[ExtraTerm] = ()) -> Vocabulary:
    """The vocabulary of a folder: `concepts.tsv` and a file for each language that has one, with the curators' own
    words put over it. Words for concepts that do not exist are left out."""
    helped_by = {row[0]: tuple(row[1].split()) for row in _rows(folder / "helped_by.tsv")}
    concepts = {row[0]: _concept(row, helped_by.get(row[0], ())) for row in _rows(folder / "concepts.tsv")}
    added = defaultdict(list)
    for language, code, term in extra:
        added[language].append((code, term))
    makers = {
        reading.tag: partial(_terms, folder, reading.tag, added[reading.tag], concepts)
        for reading in READINGS
        if added[reading.tag] or (folder / f"{reading.tag}.tsv").exists()
    }
    told = [code for code, concept in concepts.items() if concept.kind not in NOT_TOLD]
    associations = Associations(folder, told, lambda language: _written(folder, language))
    return Vocabulary(concepts, OnDemand(makers), Translations(folder), associations)


def _written(folder: Path, language: str) -> Iterator[tuple[str, str]]:
    """The concepts' terms in the files of a language."""
    for tag in (language, *ALSO_READ.get(language, ())):
        for code, strong, weak in ((*row, "", "")[:3] for row in _rows(folder / f"{tag}.tsv")):
            yield from ((code, term.rstrip(AMBIGUOUS)) for term in (*_split(strong), *_split(weak)))


def _terms(folder: Path, language: str, added: Sequence[tuple[str, str]], concepts: Mapping[str, Concept]) -> Terms:
    """The terms of one language; those of the shipped files, to which nothing was added, are kept ready made."""
    if folder != VOCABULARY or added:
        return _new_terms(folder, language, added, concepts)
    plain = compiled.kept(f"terms-{language}", lambda: _new_terms(folder, language, (), concepts).plain())
    return Terms.of(language, plain)


def _new_terms(folder: Path, language: str, added: Sequence[tuple[str, str]], concepts: Mapping[str, Concept]) -> Terms:
    written = [row for tag in (language, *ALSO_READ.get(language, ())) for row in _rows(folder / f"{tag}.tsv")]
    rows = _term_rows(written, added, concepts)
    return Terms(language, ([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]))


def _concept(row: list[str], helped_by: tuple[str, ...]) -> Concept:
    code, kind, topics, parent = row[:4]
    return Concept(code, kind, tuple(topic for topic in topics.split(",") if topic), parent, helped_by)


def _term_rows(rows: list[list[str]], added: Sequence[tuple[str, str]], concepts: Mapping[str, Concept]) -> list[Row]:
    found: list[Row] = []
    for code, strong, weak in ((*row, "", "")[:3] for row in rows):
        if code in concepts:
            found += [_row(code, term, 1.0) for term in _split(strong)]
            found += [_row(code, term, WEAK) for term in _split(weak)]
    found += [_row(code, term, 1.0) for code, term in added if code in concepts]
    return found


def _row(code: str, term: str, likelihood: float) -> Row:
    if term.endswith(AMBIGUOUS):
        return code, term.rstrip(AMBIGUOUS), min(likelihood, WEAK)
    return code, term, likelihood


def _split(cell: str) -> list[str]:
    return cell.split(BETWEEN) if cell else []


def _rows(path: Path) -> list[list[str]]:
    """The lines of a file below its heading, as cells; none when there is no such file."""
    if not path.exists():
        return []
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:] if line.strip()]
