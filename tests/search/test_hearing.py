"""Words written as they sound."""

from __future__ import annotations

from datetime import date

import pytest

from infopool.directory.regions import load_region
from infopool.paths import REGIONS
from infopool.search import concepts, gazetteer
from infopool.search.hearing import cyrillic_key, ethiopic_skeleton, german_key, skeleton
from infopool.search.query import CONCEPT, Asked, Kind
from infopool.search.spelling import Lexicon
from infopool.search.understand import understand

VOCABULARY = concepts.load()
GAZETTEER = gazetteer.load(load_region("waldshut"), REGIONS / "waldshut")
LEXICON = Lexicon(lambda space: dict.fromkeys(VOCABULARY.concepts, 1) if space == CONCEPT else {})


@pytest.mark.parametrize(
    ("heard", "written"), [("schprachkurs", "sprachkurs"), ("arbaytsamt", "arbeitsamt"), ("vonung", "wohnung")]
)
def test_german_written_by_ear_has_the_key_of_the_word(heard: str, written: str) -> None:
    assert german_key(heard) == german_key(written)


@pytest.mark.parametrize(("typed", "word"), [("zhytlo", "житло"), ("robota", "робота"), ("shkola", "школа")])
def test_a_cyrillic_word_typed_in_latin_letters_has_its_key(typed: str, word: str) -> None:
    assert cyrillic_key(typed) == cyrillic_key(word)


@pytest.mark.parametrize(("typed", "word"), [("sakan", "سكن"), ("karyabi", "كاريابي"), ("madrasa", "مدرسه")])
def test_an_arabic_word_typed_in_latin_letters_has_its_consonants(typed: str, word: str) -> None:
    assert skeleton(typed) == skeleton(word)


def test_the_names_of_ethiopic_syllables_give_their_consonants() -> None:
    assert ethiopic_skeleton("ስራሕ") == ethiopic_skeleton("sirah")


@pytest.mark.parametrize(
    ("typed", "language", "code"),
    [
        ("zhytlo", "en", "housing"),
        ("sakan", "ar", "housing"),
        ("kar yabi", "fa", "job-search"),
        ("robota", "uk", "work"),
        ("kursy nemetskogo", "ru", "german-course"),
        ("schprachkurs", "tr", "german-course"),
        ("arbaytsamt", "en", "employment-agency"),
        ("kindagarten", "de", "kindergarten"),
        ("vonung", "ar", "housing"),
    ],
)
def test_what_is_written_as_it_sounds_is_understood(typed: str, language: str, code: str) -> None:
    query = understand(Asked(typed, language, date(2026, 11, 22)), VOCABULARY, GAZETTEER, LEXICON)
    assert code in {piece.id for piece in query.understood}


def test_a_word_heard_is_shown_as_a_guess() -> None:
    query = understand(Asked("bazneshastegi", "fa", date(2026, 11, 22)), VOCABULARY, GAZETTEER, LEXICON)
    [guess] = [piece for piece in query.understood if piece.kind == Kind.CORRECTION]
    assert (guess.typed, guess.exact) == ("bazneshastegi", False)
