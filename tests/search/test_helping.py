"""Where one is helped with a concept too, when no offer is made for just that."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from infopool.directory.regions import load_region
from infopool.paths import REGIONS
from infopool.search import concepts, gazetteer
from infopool.search.concepts import NOT_TOLD
from infopool.search.query import CONCEPT, Asked, Word
from infopool.search.spelling import Lexicon
from infopool.search.understand import understand

TODAY = date(2026, 11, 22)
SHIPPED = concepts.load()
GAZETTEER = gazetteer.load(load_region("waldshut"), REGIONS / "waldshut")


def words(typed: str, language: str, held: Collection[str]) -> tuple[Word, ...]:
    """What is searched where offers are about these concepts."""
    lexicon = Lexicon(lambda space: dict.fromkeys(held, 1) if space == CONCEPT else {})
    return understand(Asked(typed, language, TODAY), SHIPPED, GAZETTEER, lexicon).words


def boost(words: tuple[Word, ...], code: str) -> float:
    """What a concept counts as one that helps too; 0 when it is not looked for."""
    found = (word.boost * term.weight for word in words if word.faint for term in word.terms if term.text == code)
    return max(found, default=0.0)


def test_those_who_help_too_are_looked_for_beside_it() -> None:
    found = words("deportation", "en", ["deportation", "lawyer", "migration-advice"])
    assert found[0].terms[0].text == "deportation"
    assert found[0].boost == 1.0
    assert 0 < boost(found, "lawyer") < 0.5


def test_they_count_more_where_no_offer_is_about_it() -> None:
    there = words("abschiebung", "de", ["deportation", "lawyer"])
    missing = words("abschiebung", "de", ["lawyer"])
    assert boost(missing, "lawyer") > boost(there, "lawyer") > 0


def test_who_helps_most_counts_most() -> None:
    found = words("ترحيل", "ar", SHIPPED.concepts)
    first, *_, last = SHIPPED.concepts["deportation"].helped_by
    assert boost(found, first) > boost(found, last) > 0


def test_only_what_some_offer_is_about_is_looked_for() -> None:
    found = words("deportation", "en", ["deportation"])
    assert not [word for word in found if word.faint]


def test_those_who_help_with_what_is_only_spoken_of_are_looked_for_too() -> None:
    found = words("my husband raised his hand against me and the children cry", "en", SHIPPED.concepts)
    faint = [word for word in found if word.faint]
    spoken_of = next(word.terms[0].text for word in faint if len(word.terms) == 1)
    helping = [{term.text for term in word.terms} for word in faint if len(word.terms) > 1]
    assert set(SHIPPED.concepts[spoken_of].helped_by) in helping


def test_in_danger_the_broader_help_comes_first_where_there_is_no_other() -> None:
    found = words("mein kind ist weg", "de", ["police", "children"])
    first = max(found, key=lambda word: word.boost)
    assert (first.terms[0].text, first.boost) == ("police", 3.0)


def test_the_file_names_concepts_of_the_vocabulary() -> None:
    for code, concept in SHIPPED.concepts.items():
        assert set(concept.helped_by) <= SHIPPED.concepts.keys() - {code}
        assert len(set(concept.helped_by)) == len(concept.helped_by) <= 6
    assert all(concept.helped_by for concept in SHIPPED.concepts.values() if concept.kind not in NOT_TOLD)
