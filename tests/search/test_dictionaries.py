"""The dictionaries: what every line of them must be like, so that a native speaker can review them."""

from __future__ import annotations

import unicodedata

import pytest

from infopool.languages import SEARCHED, SOURCE_LANGUAGE
from infopool.paths import VOCABULARY
from infopool.search import text, translating

TRANSLATED = sorted(set(SEARCHED) - {SOURCE_LANGUAGE})
WORDS = 3000
"""German words that every other language translates at least."""
MOST = 6
"""Words behind a German one."""


def rows(language: str) -> list[tuple[str, list[str]]]:
    """The lines of a language's dictionary."""
    lines = (VOCABULARY / "dictionary" / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "german\twords"
    return [
        (german, words.split(translating.BETWEEN)) for german, _, words in (line.partition("\t") for line in lines[1:])
    ]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_language_translates_three_thousand_german_words(language: str) -> None:
    assert len(rows(language)) >= WORDS


@pytest.mark.parametrize("language", [*TRANSLATED, SOURCE_LANGUAGE])
def test_the_lines_are_sorted_and_none_stands_twice(language: str) -> None:
    words = [german for german, _ in rows(language)]
    assert words == sorted(set(words), key=lambda word: (word.lower(), word))


@pytest.mark.parametrize("language", [*TRANSLATED, SOURCE_LANGUAGE])
def test_the_words_are_composed_trimmed_and_none_stands_twice_in_a_line(language: str) -> None:
    wrong = [
        (german, words)
        for german, words in rows(language)
        if not 1 <= len(words) <= MOST
        or len(set(words)) < len(words)
        or any(not word or word != unicodedata.normalize("NFC", " ".join(word.split())) for word in (german, *words))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", [*TRANSLATED, SOURCE_LANGUAGE])
def test_no_german_word_is_an_empty_one(language: str) -> None:
    assert [german for german, _ in rows(language) if not text.word_terms(german, SOURCE_LANGUAGE)] == []
