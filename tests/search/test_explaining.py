"""German offices and papers are explained in the reader's language."""

from __future__ import annotations

import pytest

from infopool.search.concepts import Vocabulary, load
from infopool.search.explaining import MOST, Explained, explained


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load()


def test_an_office_is_named_and_explained(vocabulary: Vocabulary) -> None:
    (word,) = explained(vocabulary, "Fragen Sie beim Jugendamt nach.", "en")
    assert word.german == "Jugendamt"
    assert "outh" in word.meaning


@pytest.mark.parametrize("language", ["ar", "ti", "fa", "uk", "so", "tr"])
def test_it_is_explained_in_every_language(vocabulary: Vocabulary, language: str) -> None:
    (word,) = explained(vocabulary, "Bringen Sie Ihre Aufenthaltserlaubnis mit.", language)
    assert word == Explained("Aufenthaltserlaubnis", vocabulary.label("residence-permit", language))


def test_whoever_reads_german_needs_no_explanation(vocabulary: Vocabulary) -> None:
    assert explained(vocabulary, "Jugendamt", "de") == ()


def test_a_name_left_standing_in_a_translation_is_explained_too(vocabulary: Vocabulary) -> None:
    assert [word.german for word in explained(vocabulary, "اسأل في Jugendamt عن ذلك", "ar")] == ["Jugendamt"]


def test_each_is_explained_once(vocabulary: Vocabulary) -> None:
    assert len(explained(vocabulary, "Jugendamt. Das Jugendamt hilft. Jugendämter", "en")) == 1


def test_words_of_two_sentences_are_none(vocabulary: Vocabulary) -> None:
    assert all("\n" not in word.german for word in explained(vocabulary, "Steuer\nID", "en"))


@pytest.mark.parametrize("text", ["Wir trinken Tee und sprechen Deutsch.", "das jugendamt", "", "..."])
def test_a_text_that_names_none_has_nothing_to_explain(vocabulary: Vocabulary, text: str) -> None:
    assert explained(vocabulary, text, "fr") == ()


def test_no_more_than_a_reader_bears(vocabulary: Vocabulary) -> None:
    text = ". ".join(vocabulary.label(code, "de") for code, one in vocabulary.concepts.items() if one.kind == "paper")
    assert len(explained(vocabulary, text, "ar")) == MOST
