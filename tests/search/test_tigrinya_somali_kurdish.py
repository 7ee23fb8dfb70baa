"""How words of Tigrinya, Somali and Kurdish are read, and what whole questions in them mean."""

from __future__ import annotations

from datetime import date

import pytest

from infopool.directory.regions import load_region
from infopool.paths import REGIONS
from infopool.search import concepts, gazetteer, text
from infopool.search.languages.letters import fold
from infopool.search.query import CONCEPT, Asked, Kind
from infopool.search.spelling import Lexicon, edits
from infopool.search.understand import understand

VOCABULARY = concepts.load()
GAZETTEER = gazetteer.load(load_region("waldshut"), REGIONS / "waldshut")
LEXICON = Lexicon(lambda space: dict.fromkeys(VOCABULARY.concepts, 1) if space == CONCEPT else {})


def found(typed: str, language: str) -> set[str]:
    """The concepts and wishes read from a query."""
    query = understand(Asked(typed, language, date(2026, 11, 22)), VOCABULARY, GAZETTEER, LEXICON)
    return {piece.id for piece in query.understood if piece.kind != Kind.CORRECTION}


@pytest.mark.parametrize(
    ("one", "other"), [("ክኸፍል", "ክከፍል"), ("ቖልዓ", "ቆልዓ"), ("ቈልዑ", "ቆልዑ"), ("ቍጽሪ", "ቁጽሪ"), ("ሃገር", "ሀገር"), ("ኵሉ", "ኩሉ")]
)
def test_spellings_of_one_tigrinya_word_fold_alike(one: str, other: str) -> None:
    assert fold(one, "ti") == fold(other, "ti")


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("ti", "ክመሃር ትመሃር ይመሃር ዝመሃር ምምሃር"),
        ("ti", "ይሃርመኒ ትሃርመና ምህራም"),
        ("ti", "ስራሕ ስራሐይ ስራሕና ብስራሕ ስራሕን"),
        ("ti", "ቆልዓ ቆልዑ ንቆልዑ ቆልዓይ"),
        ("ti", "ደቀይ ደቂ ደቁ"),
        ("so", "guri guriga gurigayga gurigeyga guryo"),
        ("so", "shaqo shaqada shaqadayda shaqadeeda"),
        ("so", "carruur caruur caruurta carruurtayda"),
        ("so", "dhakhtar dhaqtar dhakhtarka"),
        ("ku", "nexweş nexweşim nexweşê"),
        ("ku", "dixebitim bixebitim"),
        ("ku", "xanî xaniyek xaniyekî"),
    ],
)
def test_the_forms_of_a_word_have_one_stem(language: str, forms: str) -> None:
    assert len({text.analysed(form, language) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ti", "ክፍሊ", "ክኸፍል"),  # room, that I pay
        ("ti", "መጽሓፍ", "ምጽሓፍ"),  # book, to write
        ("so", "guri", "guur"),  # house, marriage
        ("so", "hoy", "hooyo"),  # home, mother
        ("ku", "dikarim", "kar"),  # I can, work
    ],
)
def test_words_that_only_look_alike_stay_apart(language: str, one: str, other: str) -> None:
    assert text.analysed(one, language) != text.analysed(other, language)


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("ti", "ስራሕ ኣጥፊአ ሓድሽ ስራሕ እደሊ ኣለኹ", {"dismissal", "job-search"}),
        ("ti", "ሰብኣየይ ይሃርመኒ", {"violence"}),
        ("ti", "ኣቦን ደቁን ቀዳም", {"saturday"}),
        ("ti", "ናይ ምሸት ኮርስ", {"evening", "german-course"}),
        ("ti", "geza kray waldshut", {"housing-search", "waldshut"}),
        ("so", "shaqadii waa la iga eryay shaqo cusub ayaan rabaa", {"dismissal", "job-search"}),
        ("so", "sharcigaygu wuu dhacayaa", {"permit-renewal"}),
        ("so", "koorso leh xanaano caruur", {"german-course", "childcare-during"}),
        ("ku", "min karê xwe winda kir li karekî nû digerim", {"dismissal", "job-search"}),
        ("ku", "kursa êvarê bi lênêrîna zarokan", {"german-course", "evening"}),
        ("ku", "شەوان خەوم لێ ناکەوێت", {"mental-health"}),
    ],
)
def test_what_people_write_is_understood(language: str, typed: str, meant: set[str]) -> None:
    assert meant <= found(typed, language)


@pytest.mark.parametrize(("language", "typed"), [("so", "kulmo"), ("ku", "jimareyek")])
def test_a_latin_word_of_its_reader_is_not_taken_for_one_of_another_script(language: str, typed: str) -> None:
    query = understand(Asked(typed, language, date(2026, 11, 22)), VOCABULARY, GAZETTEER, LEXICON)
    assert [piece.id for piece in query.understood if not piece.id.isascii() and piece.id > "\u0250"] == []


def test_a_syllable_counts_for_more_than_a_letter_when_slips_are_forgiven() -> None:
    assert (edits("ብሽክ"), edits("ብሽግለ"), edits("abcd")) == (0, 1, 0)


@pytest.mark.parametrize(
    ("typed", "meant"), [("ሓካም", "doctors"), ("ሳይኮልጂስት", "mental-health"), ("ጆብሲንተር", "job-center")]
)
def test_a_tigrinya_word_with_a_wrong_vowel_is_put_right_and_said_to_be(typed: str, meant: str) -> None:
    query = understand(Asked(typed, "ti", date(2026, 11, 22)), VOCABULARY, GAZETTEER, LEXICON)
    assert {piece.kind for piece in query.understood} == {Kind.CORRECTION, Kind.CONCEPT}
    assert meant in {piece.id for piece in query.understood}
