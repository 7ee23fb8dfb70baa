"""The files of the vocabulary: whole, in order, and honest about words that mean several things."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from datetime import date

import pytest

from infopool.paths import VOCABULARY
from infopool.search import text
from infopool.search.concepts import ALSO_READ, AMBIGUOUS, BETWEEN
from infopool.search.languages.table import READINGS

LANGUAGES = [reading.tag for reading in READINGS]
FILES = {tag: tag for tag in LANGUAGES} | {also: tag for tag, others in ALSO_READ.items() for also in others}
"""File -> the language it is read in."""


def lines(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (VOCABULARY / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]]


def words(cell: str) -> list[str]:
    return cell.split(BETWEEN) if cell else []


def key(term: str, language: str) -> str:
    """What is the same to the search."""
    return " ".join(text.fold(word, language) for word in text.words(term.rstrip(AMBIGUOUS)))


CODES = [line[0] for line in lines("concepts")]


def test_the_concepts_are_sorted_and_named_once() -> None:
    assert sorted(set(CODES)) == CODES
    assert len(CODES) >= 350


def test_a_broader_concept_is_one_of_them() -> None:
    assert {line[3] for line in lines("concepts")} <= {*CODES, ""}


@pytest.mark.parametrize("name", FILES)
def test_the_lines_are_sorted_and_name_concepts(name: str) -> None:
    codes = [line[0] for line in lines(name)]
    assert codes == sorted(set(codes))
    assert set(codes) <= set(CODES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_concept_has_words_in_every_language(language: str) -> None:
    assert {line[0] for line in lines(language) if words(line[1])} == set(CODES)


@pytest.mark.parametrize("name", FILES)
def test_the_words_are_composed_trimmed_and_none_stands_twice_in_a_line(name: str) -> None:
    for code, strong, weak in lines(name):
        terms = [*words(strong), *words(weak)]
        assert [
            term for term in terms if term != unicodedata.normalize("NFC", " ".join(term.split())) or not term
        ] == []
        keys = [key(term, FILES[name]) for term in terms]
        assert len(set(keys)) == len(keys), (code, [term for term in terms if keys.count(key(term, FILES[name])) > 1])


@pytest.mark.parametrize("name", FILES)
def test_a_word_of_two_concepts_is_marked_in_both_or_weak(name: str) -> None:
    concepts: dict[str, set[str]] = defaultdict(set)
    unmarked: set[str] = set()
    for code, strong, weak in lines(name):
        for term in (*words(strong), *words(weak)):
            concepts[key(term, FILES[name])].add(code)
        unmarked |= {key(term, FILES[name]) for term in words(strong) if not term.endswith(AMBIGUOUS)}
    assert {term: codes for term, codes in concepts.items() if len(codes) > 1 and term in unmarked} == {}


def test_of_every_language_it_is_said_who_wrote_and_who_reviewed_it() -> None:
    status = lines("status")
    assert sorted(line[0] for line in status) == sorted(LANGUAGES)
    for tag, written_by, written_on, reviewed_by, reviewed_on, note in status:
        assert written_by
        assert date.fromisoformat(written_on)
        assert bool(reviewed_by) == bool(reviewed_on and date.fromisoformat(reviewed_on))
        assert reviewed_by or "needs review" in note, tag
