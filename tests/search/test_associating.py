"""What words speak of though they are no terms, and the word fields they come from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from infopool.directory.regions import load_region
from infopool.paths import REGIONS, VOCABULARY
from infopool.search import concepts, gazetteer, text
from infopool.search.associating import Associations, fields
from infopool.search.concepts import NOT_TOLD
from infopool.search.documents import Card
from infopool.search.engine import FoundOffer
from infopool.search.query import CONCEPT, Asked, SearchQuery, Term, Word
from infopool.search.reasons import reasons
from infopool.search.results import Reason, ReasonKind
from infopool.search.spelling import Lexicon
from infopool.search.understand import understand

TODAY = date(2026, 11, 22)
CODES = ("mould", "sewing", "pests")
TERMS = {"de": [("mould", "Schimmel im Bad"), ("sewing", "Nähen")], "en": [("sewing", "sewing circle")]}
SHIPPED = concepts.load()
GAZETTEER = gazetteer.load(load_region("waldshut"), REGIONS / "waldshut")
ALL_HELD = Lexicon(lambda space: dict.fromkeys(SHIPPED.concepts, 1) if space == CONCEPT else {})


@pytest.fixture
def associations(tmp_path: Path) -> Associations:
    lines = ["mould\tFleck Wand feucht Husten", "sewing\tFaden Nadel Kinderbett", "pests\tMaus Wand Husten", "x\tWand"]
    (tmp_path / "fields.tsv").write_text("concept\twords\n" + "\n".join(lines), encoding="utf-8")
    return Associations(tmp_path, CODES, lambda language: TERMS.get(language, []))


def of(associations: Associations, word: str, language: str = "de") -> dict[str, float]:
    return dict(associations.spoken_of(text.analysed(word, language), language))


def test_a_word_speaks_of_the_concepts_it_is_used_for(associations: Associations) -> None:
    assert of(associations, "Fleck").keys() == {"mould"}
    assert of(associations, "Husten").keys() == {"mould", "pests"}
    assert of(associations, "Auto") == {}


def test_a_word_of_few_concepts_says_more(associations: Associations) -> None:
    assert of(associations, "Fleck")["mould"] > of(associations, "Husten")["mould"]


def test_the_words_of_terms_count_too(associations: Associations) -> None:
    assert "mould" in of(associations, "Bad")


def test_parts_of_compounds_count_less(associations: Associations) -> None:
    assert 0 < of(associations, "Bett")["sewing"] < of(associations, "Kinderbett")["sewing"]


def test_other_languages_have_their_terms_and_the_german_words_they_are_translated_by(
    associations: Associations,
) -> None:
    assert of(associations, "circle", "en").keys() == {"sewing"}
    stained = dict(associations.spoken_of("stain", "en", ((text.analysed("Fleck", "de"), 0.4),)))
    assert stained["mould"] == pytest.approx(of(associations, "Fleck")["mould"] * 0.6)


def test_a_field_of_no_known_concept_is_left_out(associations: Associations) -> None:
    assert "x" not in of(associations, "Wand")


def test_every_concept_that_people_tell_of_has_a_field_in_the_order_of_the_concepts() -> None:
    told = [code for code, concept in SHIPPED.concepts.items() if concept.kind not in NOT_TOLD]
    assert list(dict.fromkeys(code for code, _ in fields(VOCABULARY))) == told


def test_a_field_names_many_words_each_once() -> None:
    by_concept: dict[str, list[str]] = {}
    for code, word in fields(VOCABULARY):
        assert text.words(word), word
        by_concept.setdefault(code, []).append(word)
    assert all(len(words) >= 25 for words in by_concept.values())
    assert all(len(words) == len(set(words)) for words in by_concept.values())


def faint(typed: str, language: str) -> list[Word]:
    query = understand(Asked(typed, language, TODAY), SHIPPED, GAZETTEER, ALL_HELD)
    return [word for word in query.words if word.faint]


def concepts_in(words: list[Word]) -> set[str]:
    return {term.text for word in words for term in word.terms if term.space == CONCEPT}


@pytest.mark.parametrize(
    ("language", "typed", "concept"),
    [
        ("de", "die Heizung ist kalt und an der Wand ist ein schwarzer Fleck", "mould"),
        ("en", "i want to knit and drink coffee with other women", "womens-cafe"),
        ("it", "mi hanno tagliato la luce perché non ho pagato le bollette", "electricity"),
        ("ru", "сосед кричит и бьёт кулаком в дверь", "house-rules"),
    ],
)
def test_a_situation_told_speaks_of_a_concept(language: str, typed: str, concept: str) -> None:
    assert concept in concepts_in(faint(typed, language))


def test_one_word_alone_speaks_of_nothing_it_does_not_name() -> None:
    assert faint("Fleck", "de") == []


def test_places_and_levels_speak_of_nothing() -> None:
    assert all("Tiengen" not in word.typed and "B1" not in word.typed for word in faint("B1 Kurs Tiengen abends", "de"))


def test_no_more_than_a_named_concept_counts_what_is_only_spoken_of() -> None:
    words = faint("mein Sohn hat die Scheibe vom Nachbarn kaputt gemacht, muss ich das zahlen", "de")
    assert words
    assert all(0 < word.boost <= 1 for word in words)


def found_by(*words: Word) -> tuple[Reason, ...]:
    card = Card(1, {"de": ("Titel", "")}, {})
    offer = FoundOffer(1, 1.0, card, tuple(range(len(words))), (0,) * len(words), (), (), None)
    return reasons(offer, SearchQuery("", "de", TODAY, words=words), SHIPPED)


def test_what_is_only_spoken_of_is_a_reason_where_nothing_else_is() -> None:
    named = Word("Schimmel", (Term(CONCEPT, "mould"),))
    spoken = Word("Fleck … Wand", (Term(CONCEPT, "pests"),), 0.5, faint=True)
    weaker = Word("Fleck … kalt", (Term(CONCEPT, "energy-saving"),), 0.3, faint=True)
    assert [reason.id for reason in found_by(named, spoken)] == ["mould"]
    assert found_by(spoken, weaker) == (Reason(ReasonKind.CONCEPT, "pests", "Fleck … Wand"),)
