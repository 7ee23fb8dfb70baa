"""Forms of German verbs, and words that only look like them."""

from __future__ import annotations

import pytest

from infopool.search import text
from infopool.search.languages import german
from infopool.search.languages.table import BY_TAG


def stem(word: str) -> str:
    return text.analysed(word, "de")


@pytest.mark.parametrize(
    "forms",
    [
        "sterben stirbt starb gestorben",
        "schlagen schlägt schlug geschlagen",
        "zahlen zahlt zahlte gezahlt",
        "arbeiten arbeitet arbeitete gearbeitet",
        "abholen abholt abgeholt abzuholen",
        "mitnehmen mitnimmt mitgenommen mitzunehmen",
        "verlieren verliert verlor verloren",
        "verkaufen verkauft verkaufte",
        "studieren studiert studierte",
        "fahren fährt Fahrt",
        "bekommen bekommt bekam",
    ],
)
def test_forms_of_a_verb_are_one_word(forms: str) -> None:
    assert len({stem(word) for word in forms.split()}) == 1


@pytest.mark.parametrize(
    ("noun", "verb"),
    [
        ("Sucht", "suchen"),
        ("Flucht", "fluchen"),
        ("Gericht", "reichen"),
        ("Macht", "machen"),
        ("Geld", "gelten"),
        ("Sprache", "sprechen"),
    ],
)
def test_a_noun_written_like_a_form_stays_itself(noun: str, verb: str) -> None:
    assert stem(noun) != stem(verb)


def test_a_form_of_two_verbs_belongs_to_neither() -> None:
    assert stem("gehört") not in {stem("hören"), stem("gehören")}


def test_many_words_at_once_have_the_stems_they_have_alone() -> None:
    words = [text.fold(word, "de") for word in ("gestorben", "Kurse", "abgeholt", "Sucht")]
    assert text.stems(words, "de") == {word: text.stem(word, "de") for word in words}


def test_the_verbs_stand_in_their_order_each_once() -> None:
    _, names = german._verbs()
    lines = german._VERBS.read_text(encoding="utf-8").splitlines()[1:]
    written = [line.split("\t")[0] for line in lines]
    assert len(names) == len(written)
    assert written == sorted(written, key=lambda word: text.fold(word, "de"))


def test_making_the_forms_needs_no_other_language() -> None:
    assert BY_TAG["de"].stem("hilft") == BY_TAG["de"].stem("helfen")
