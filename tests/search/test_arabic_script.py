"""Arabic, Persian and Pashto as people write them: word forms, whole situations, and their words in Latin letters."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from infopool.directory.regions import load_region
from infopool.paths import REGIONS
from infopool.search import concepts, gazetteer, text
from infopool.search.query import Asked, Kind
from infopool.search.spelling import NOTHING
from infopool.search.understand import understand

VOCABULARY = concepts.load()
GAZETTEER = gazetteer.load(load_region("waldshut"), Path(REGIONS / "waldshut"))


def found(typed: str, language: str) -> set[str]:
    """What a query is understood as, whether its words stand together or apart."""
    query = understand(Asked(typed, language, date(2026, 11, 22)), VOCABULARY, GAZETTEER, NOTHING)
    apart = {term.text for word in query.words for term in word.terms if term.space == "concept"}
    return {piece.id for piece in query.understood} | apart


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ar", "بعطلة", "العطلة"),
        ("ar", "لاولادي", "اولاد"),
        ("ar", "عالمدرسة", "مدرسة"),
        ("ar", "بالواجبات", "واجبات"),
        ("ar", "شغلو", "الشغل"),
        ("fa", "دوستم", "دوستان"),
        ("fa", "بچه‌هام", "بچه"),
        ("fa", "تنهاست", "تنها"),
        ("fa", "خانمم", "خانم‌ها"),
        ("ps", "ښځې", "ښځو"),
        ("ps", "ژبه", "ژبې"),
    ],
)
def test_forms_of_a_word_have_one_stem(language: str, one: str, other: str) -> None:
    assert text.analysed(one, language) == text.analysed(other, language)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ar", "والدين", "دين"),
        ("ar", "واحد", "احد"),
        ("fa", "خانم", "خانه"),
        ("fa", "مردم", "مرد"),
        ("fa", "سازمان", "ساز"),
        ("fa", "میزند", "میز"),
    ],
)
def test_words_that_only_seem_to_be_forms_stay_apart(language: str, one: str, other: str) -> None:
    assert text.analysed(one, language) != text.analysed(other, language)


@pytest.mark.parametrize(
    ("typed", "language", "code"),
    [
        ("المالك بدو يطلعنا من البيت", "ar", "notice-of-tenancy"),
        ("وين بيوزعو اكل ببلاش", "ar", "food-bank"),
        ("انا ممرضة وبدي شهادتي معترف فيها هون", "ar", "recognition"),
        ("جارتي زوجها بيضربها وهي خايفه", "ar", "violence"),
        ("میخواهم خانم و اولادهایم را به آلمان بیارم", "fa", "family-reunification"),
        ("صاحبخانه پول پیشم را پس نمیدهد", "fa", "rent-deposit"),
        ("پسرم رو تو مدرسه میزنن", "fa", "bullying"),
        ("شوهرم مرا لت میکند", "fa", "violence"),
        ("زوی مې په درس کې کمزوری دی", "ps", "homework-help"),
        ("د اقامت کارت مې تاریخ تیر شوی", "ps", "permit-renewal"),
        ("نور ژوند نه غواړم", "ps", "suicide"),
        ("کورس ته ځم ماشوم چیرته پریږدم", "ps", "childcare-during"),
    ],
)
def test_whole_situations_are_understood(typed: str, language: str, code: str) -> None:
    assert code in found(typed, language)


@pytest.mark.parametrize(
    ("typed", "language", "code"),
    [
        ("bdi shi8l", "ar", "job-search"),
        ("kors almani", "ar", "german-course"),
        ("3amal", "ar", "job-search"),
        ("kar mikham", "fa", "job-search"),
        ("vakil", "fa", "lawyer"),
        ("kor ghwaram", "ps", "housing-search"),
        ("da jabi kors b1", "ps", "german-course"),
    ],
)
def test_words_are_understood_in_latin_letters(typed: str, language: str, code: str) -> None:
    assert code in found(typed, language)


def test_a_german_word_stays_german_for_a_reader_of_arabic() -> None:
    query = understand(Asked("Kita Anmeldung", "ar", date(2026, 11, 22)), VOCABULARY, GAZETTEER, NOTHING)
    assert [(piece.kind, piece.id) for piece in query.understood] == [(Kind.CONCEPT, "daycare")]


def test_kar_is_work_only_for_who_reads_a_language_that_calls_it_so() -> None:
    assert "job-search" not in found("kar", "en")


@pytest.mark.parametrize(("typed", "language"), [("تأمين صحي", "ar"), ("بیمه صحی", "fa"), ("روغتیايي بیمه", "ps")])
def test_a_term_does_not_mean_a_longer_one_without_its_empty_words(typed: str, language: str) -> None:
    """Health insurance is not the lack of it."""
    query = understand(Asked(typed, language, date(2026, 11, 22)), VOCABULARY, GAZETTEER, NOTHING)
    assert [piece.id for piece in query.understood] == ["health-insurance"]
