"""Words that only look like a word of another language."""

from __future__ import annotations

from datetime import date

import pytest

from infopool.directory.regions import load_region
from infopool.paths import REGIONS
from infopool.search import concepts, gazetteer
from infopool.search.languages.german import inflect_alike
from infopool.search.query import CONCEPT, Asked, SearchQuery
from infopool.search.spelling import Lexicon
from infopool.search.understand import understand

VOCABULARY = concepts.load()
GAZETTEER = gazetteer.load(load_region("waldshut"), REGIONS / "waldshut")
LEXICON = Lexicon(lambda space: dict.fromkeys(VOCABULARY.concepts, 1) if space == CONCEPT else {})


def read(typed: str, language: str) -> SearchQuery:
    asked = Asked(typed, language, date(2026, 11, 22))
    return understand(asked, VOCABULARY, GAZETTEER, LEXICON)


def found(typed: str, language: str) -> set[str]:
    return {piece.id for piece in read(typed, language).understood}


@pytest.mark.parametrize(
    ("typed", "language", "looks_like"),
    [
        ("my wife and children are still there", "en", "wifi"),
        ("i came here and do not know anybody", "en", "furniture"),
        ("i work a lot", "en", "mentoring"),
        ("ich hab viel Zeit", "de", "clothing"),
        ("ich brauche nächste Woche jemanden", "de", "customs"),
        ("nächste Woche", "de", "weekend"),
        ("notas del colegio", "es", "notary"),
    ],
)
def test_a_word_that_only_looks_alike_is_not_taken(typed: str, language: str, looks_like: str) -> None:
    assert looks_like not in found(typed, language)


@pytest.mark.parametrize(
    ("typed", "language", "code"),
    [
        ("kurs almanca", "de", "german-course"),
        ("Wohnungen", "en", "housing"),
        ("cours d'allemand", "en", "german-course"),
    ],
)
def test_a_word_of_another_language_is_understood_all_the_same(typed: str, language: str, code: str) -> None:
    assert code in found(typed, language)


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("nicht mehr leben", "de"),
        ("i don't want to live anymore", "en"),
        ("je ne veux plus vivre", "fr"),
        ("ما بدي عيش", "ar"),
        ("не хочу больше жить", "ru"),
        ("yaşamak istemiyorum", "tr"),
        ("nuk dua të jetoj", "sq"),
        ("میخوام بمیرم", "fa"),
    ],
)
def test_a_cry_for_help_is_understood(typed: str, language: str) -> None:
    assert {"suicide", "crisis-line", "crisis"} & found(typed, language)


def test_a_concept_is_found_whose_words_stand_apart() -> None:
    words = read("my children are at home with my parents, how can i bring them", "en").words
    assert any(term.text == "family-reunification" for word in words for term in word.terms)


@pytest.mark.parametrize(
    ("one", "other"),
    [("kurse", "kurs"), ("berat", "beraten"), ("wohnung", "wohnen"), ("helfen", "helfer"), ("lehrerin", "lehrerinnen")],
)
def test_forms_of_one_german_word_are_alike(one: str, other: str) -> None:
    assert inflect_alike(one, other)
    assert inflect_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("lehrer", "lehre"), ("trauma", "traum"), ("messer", "messe"), ("kellner", "keller")]
)
def test_german_words_that_only_share_their_stem_are_not(one: str, other: str) -> None:
    assert not inflect_alike(one, other)
