"""How old somebody is, read out of what is typed."""

from __future__ import annotations

from datetime import date

import pytest

from infopool.directory.regions import load_region
from infopool.paths import REGIONS
from infopool.search import concepts, gazetteer
from infopool.search.ages import BOOST
from infopool.search.query import CONCEPT, Asked, Term, Word
from infopool.search.spelling import Lexicon
from infopool.search.understand import understand

SHIPPED = concepts.load()
GAZETTEER = gazetteer.load(load_region("waldshut"), REGIONS / "waldshut")
ALL_HELD = Lexicon(lambda space: dict.fromkeys(SHIPPED.concepts, 1) if space == CONCEPT else {})
PEOPLE = {"children", "parents", "youth", "seniors"}


def words(typed: str, language: str) -> tuple[Word, ...]:
    return understand(Asked(typed, language, date(2026, 11, 22)), SHIPPED, GAZETTEER, ALL_HELD).words


def meant(typed: str, language: str) -> list[str]:
    """The people the numbers of a query are taken for, the likeliest first; some ages stand in the vocabulary."""
    numbers = (word for word in words(typed, language) if any(map(str.isdecimal, word.typed)))
    return [term.text for word in numbers for term in word.terms if term.text in PEOPLE]


@pytest.mark.parametrize(
    ("typed", "language", "people"),
    [
        ("ich bin 16 und suche arbeit", "de", "youth"),
        ("meine tochter 4 ist oft krank", "de", "children"),
        ("mein vater ist 70 jahre alt", "de", "seniors"),
        ("my son is 15, where can he play football", "en", "youth"),
        ("j'ai 17 ans et je veux parler", "fr", "youth"),
        ("15 yaşındayım iş arıyorum", "tr", "youth"),
        ("доньці 8 років, хоче плавати", "uk", "children"),
        ("мне 68 лет, хочу гулять", "ru", "seniors"),
        ("ابني عمره ١٦ سنة بده شغل", "ar", "youth"),
        ("دخترم ۵ ساله است و مریض است", "fa", "children"),
        ("16 salî me li kar digerim", "ku", "youth"),
        ("ወደይ 15 ዓመቱ ስፖርት ይደሊ", "ti", "youth"),
        ("wiilkaygu waa 16 jir shaqo", "so", "youth"),
    ],
)
def test_an_age_asks_for_what_there_is_for_these_people(typed: str, language: str, people: str) -> None:
    assert meant(typed, language)[0] == people


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("ich lerne seit 15 jahren deutsch", "de"),
        ("beratung bis 17 uhr", "de"),
        ("ich habe 4 kinder", "de"),
        ("i learned german, 3 months deposit", "en"),
        ("depuis 12 ans je travaille", "fr"),
        ("учила немецкий за 15 лет", "ru"),
        ("wohnung für 16 personen", "de"),
    ],
)
def test_other_numbers_are_no_ages(typed: str, language: str) -> None:
    assert meant(typed, language) == []


def test_who_is_neither_young_nor_old_is_meant_by_everything() -> None:
    assert meant("ich bin 45 und suche arbeit", "de") == []


def test_an_age_counts_less_than_what_is_looked_for() -> None:
    found = words("anna ist 16 und braucht nachhilfe", "de")
    assert Word("16", (Term(CONCEPT, "youth", 1.0), Term(CONCEPT, "children", 0.4)), BOOST, faint=True) in found
    assert max(word.boost for word in found) > BOOST
    assert not [term for word in found for term in word.terms if term.text == "16"]
