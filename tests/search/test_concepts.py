"""The vocabulary: loading, matching, tagging."""

from __future__ import annotations

from pathlib import Path

import pytest

from infopool.search import concepts
from infopool.search.concepts import Vocabulary

CONCEPTS = """code	kind	topics	parent	gloss
course	offer	language		Courses
evening	wish			In the evening
german-course	offer	german-course	course	German course
housing	offer	housing		Housing
lang-de	language			German
notice	offer	housing		Notice of tenancy
dismissal	offer	work		Dismissal
"""
GERMAN = """code	terms	weak
course	Kurs | Kurse	Lernen
evening	abends | am Abend
german-course	Deutschkurs | Deutsch für Anfänger	Deutsch*
housing	Wohnen | Wohnung suchen
lang-de	auf Deutsch	Deutsch*
notice	Wohnungskündigung | Kündigung*
dismissal	Entlassung | Kündigung*
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "concepts.tsv").write_text(CONCEPTS, encoding="utf-8")
    (tmp_path / "de.tsv").write_text(GERMAN, encoding="utf-8")
    return tmp_path


@pytest.fixture
def vocabulary(folder: Path) -> Vocabulary:
    return concepts.load(folder)


def codes(vocabulary: Vocabulary, typed: str, *languages: str) -> list[list[str]]:
    matches = vocabulary.matches(typed.split(), languages or ("de",))
    return [[code for code, _ in match.meanings] for match in matches]


def test_only_languages_with_a_file_are_there(vocabulary: Vocabulary) -> None:
    assert vocabulary.languages == ("de",)


def test_the_first_term_is_the_label(vocabulary: Vocabulary) -> None:
    assert vocabulary.label("german-course", "de") == "Deutschkurs"


def test_without_a_name_of_its_own_the_german_label_serves(vocabulary: Vocabulary) -> None:
    assert vocabulary.label("german-course", "ar") == "Deutschkurs"


def test_a_concept_nobody_knows_is_called_by_its_code(vocabulary: Vocabulary) -> None:
    assert vocabulary.label("no-such-thing", "de") == "no-such-thing"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Deutschkurse abends", [["german-course"], ["evening"]]),
        ("DEUTSCHKURS", [["german-course"]]),
        ("Deutsch Kurs", [["german-course"]]),
        ("Deutsch Anfänger", [["german-course"]]),
        ("suche Wohnung", [["housing"]]),
        ("Wohnungen suchen", [["housing"]]),
        ("am Abend", [["evening"]]),
        ("Kurs", [["course"]]),
        ("Hund", []),
        ("", []),
    ],
)
def test_terms_are_matched_longest_first(vocabulary: Vocabulary, typed: str, found: list[list[str]]) -> None:
    assert codes(vocabulary, typed) == found


def test_words_with_many_empty_ones_between_are_no_term(vocabulary: Vocabulary) -> None:
    assert codes(vocabulary, "Deutsch aber für Anfänger") == [["german-course"]]
    assert codes(vocabulary, "Deutsch aber das ist nicht für Anfänger") != [["german-course"]]


def test_an_ambiguous_word_keeps_its_meanings(vocabulary: Vocabulary) -> None:
    assert codes(vocabulary, "Kündigung") == [["notice", "dismissal"]]


def test_a_weak_word_is_less_likely(vocabulary: Vocabulary) -> None:
    [match] = vocabulary.matches(["Lernen"], ["de"])
    assert match.meanings == (("course", concepts.WEAK),)


def test_a_language_that_is_not_asked_for_is_not_matched(vocabulary: Vocabulary) -> None:
    assert codes(vocabulary, "Deutschkurs", "ar") == []


def test_curators_words_are_put_over_the_files(folder: Path) -> None:
    vocabulary = concepts.load(folder, extra=[("de", "housing", "Bude"), ("tr", "housing", "konut"), ("de", "no", "x")])
    assert codes(vocabulary, "Bude") == [["housing"]]
    assert codes(vocabulary, "konut", "tr") == [["housing"]]


def test_a_title_says_more_than_a_description(vocabulary: Vocabulary) -> None:
    title = vocabulary.tag({"de": ("Deutschkurs", "", "")})
    rest = vocabulary.tag({"de": ("", "", "Deutschkurs")})
    assert title["german-course"] > rest["german-course"] > 0


def test_a_broader_concept_gets_a_part(vocabulary: Vocabulary) -> None:
    tags = vocabulary.tag({"de": ("Deutschkurs", "", "")})
    assert 0 < tags["course"] < tags["german-course"]


def test_a_topic_is_a_concept(vocabulary: Vocabulary) -> None:
    assert vocabulary.tag({}, ("german-course",))["german-course"] == 1.0


def test_the_topics_decide_what_an_ambiguous_word_means(vocabulary: Vocabulary) -> None:
    tags = vocabulary.tag({"de": ("Kündigung", "", "")}, ("housing",))
    assert tags["notice"] == 1.0
    assert tags["dismissal"] < 0.5


def test_a_compound_nobody_filed_is_read_by_its_parts(vocabulary: Vocabulary) -> None:
    assert 0 < vocabulary.tag({"de": ("Computerkurs", "", "")})["course"] < 1


def test_levels_and_audiences_are_concepts_too() -> None:
    tags = concepts.load().tag({}, (), {"level": ("B1",), "audience": ("women",)})
    assert tags["level-b1"] == 1.0
    assert tags["women"] > 0


def test_a_strength_is_above_0_up_to_1() -> None:
    tags = concepts.load().tag({"de": ("Deutschkurs B1 für Frauen am Abend", "Kostenlos", "Mit Kinderbetreuung")})
    assert len(tags) > 5
    assert [code for code, strength in tags.items() if not 0 < strength <= 1] == []


def test_the_shipped_vocabulary_has_a_german_name_for_every_concept() -> None:
    vocabulary = concepts.load()
    assert set(vocabulary.terms["de"].labels) == set(vocabulary.concepts)
