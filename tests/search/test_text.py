"""How words are read in each language."""

from __future__ import annotations

import pytest

from infopool.search import text
from infopool.search.languages.letters import fold, fold_all, script_of
from infopool.search.languages.stopping import empty_words
from infopool.search.languages.table import READINGS


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "Säckingen", "Saeckingen"),
        ("de", "Säckingen", "SACKINGEN"),
        ("de", "Straße", "STRASSE"),
        ("de", "Bücher", "Bu\u0308cher"),
        ("fr", "École", "ecole"),
        ("ro", "școală", "şcoală"),
        ("tr", "ışık", "isik"),
        ("tr", "İş", "is"),
        ("pl", "Łódź", "lodz"),
        ("hr", "đak", "dak"),
        ("hr", "немачки", "nemački"),
        ("ku", "xanî", "xani"),
        ("ar", "ألمانية", "المانيه"),
        ("ar", "مَدْرَسَة", "مدرسه"),
        ("ar", "ســكن", "سكن"),
        ("fa", "کمک", "كمك"),
        ("fa", "۷۹۷۶۱", "79761"),
        ("ar", "٧٩٧٦١", "79761"),
        ("ps", "ښوونځي", "ښوونځی"),
        ("ti", "ሠላም", "ሰላም"),
        ("ti", "ኣብ", "አብ"),
        ("uk", "сім’я", "сім'я"),
        ("uk", "ґанок", "ганок"),
        ("ru", "жильё", "жилье"),
        ("ru", "кyрсы", "курсы"),
        ("en", "ﬁnd", "find"),
        ("en", "co\u00adurse", "course"),
    ],
)
def test_spellings_of_one_word_fold_alike(language: str, one: str, other: str) -> None:
    assert fold(one, language) == fold(other, language)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("de", "Bauer", "Bar"), ("de", "neue", "nue"), ("uk", "й", "и"), ("uk", "ї", "і"), ("de", "Quelle", "Qulle")],
)
def test_different_words_stay_apart(language: str, one: str, other: str) -> None:
    assert fold(one, language) != fold(other, language)


def test_folding_many_words_is_folding_each() -> None:
    words = ["Säckingen", "сім’я", "кyрсы", "٧٩٧٦١", "École", "ħ", "İstanbul", "ﬁn", "ሓኪም", "Straße", "", "Bau\u0308er"]
    for language in ("", "de", "hr", "ar"):
        assert fold_all(words, language) == [fold(word, language) for word in words]


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("de", "Kurs Kurse Kursen Kurses"),
        ("de", "Wohnung Wohnungen"),
        ("de", "Arzt Ärzte Ärzten"),
        ("en", "course courses"),
        ("en", "house houses housing"),
        ("fr", "emploi emplois"),
        ("fr", "gratuit gratuite gratuits"),
        ("it", "corso corsi"),
        ("es", "alemán alemana"),
        ("es", "médico médicos"),
        ("ro", "curs cursul cursuri cursurile cursului"),
        ("pl", "kurs kursy kursów kursu"),
        ("pl", "niemiecki niemieckiego niemieckim"),
        ("hr", "tečaj tečaja tečajevi"),
        ("hr", "njemački njemačkog njemačka"),
        ("sq", "kurs kursi kursin kurset kurseve"),
        ("sq", "shkollë shkolla shkollën"),
        ("tr", "kurs kursu kurslar kursları"),
        ("tr", "ev evi evde evler"),
        ("tr", "çocuk çocuğu çocuklar"),
        ("ku", "kurs kursa kursê kursan kursên"),
        ("so", "guri guriga guryo"),
        ("so", "shaqo shaqada"),
        ("uk", "житло житла житлом"),
        ("uk", "іспит іспити іспиту"),
        ("uk", "вивчення вивченні вивченню"),
        ("ar", "مدرسة مدرستي المدرسة"),
        ("uk", "курс курси курсів курсах"),
        ("ru", "курс курсы курсов курсах"),
        ("ar", "سكن السكن والسكن بالسكن"),
        ("ar", "دورة دورات الدورات"),
        ("ar", "ألمانية الألمانية"),
        ("fa", "کلاس کلاسهای کلاسها"),
        ("ti", "ኮርስ ኮርሳት"),
        ("ti", "ትምህርቲ ትምህርትታት"),
        ("ti", "ስራሕ ንስራሕ"),
    ],
)
def test_forms_of_one_word_meet(language: str, forms: str) -> None:
    assert len({text.analysed(form, language) for form in forms.split()}) == 1


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: reading.tag)
def test_every_language_has_empty_words(reading: object) -> None:
    assert len(empty_words(getattr(reading, "tag", ""))) >= 50


@pytest.mark.parametrize(
    ("word", "script"),
    [
        ("Kurs", "Latn"),
        ("курс", "Cyrl"),
        ("دورة", "Arab"),
        ("ኮርስ", "Ethi"),
        ("79761", ""),
        ("学校", ""),
        ("1a", "Latn"),
    ],
)
def test_the_script_of_a_word_is_known(word: str, script: str) -> None:
    assert script_of(word) == script


def test_words_are_found_where_they_stand() -> None:
    typed = "  Kurs in „Tiengen“, A1!"
    assert [typed[token.start : token.end] for token in text.words_with_positions(typed)] == [
        "Kurs",
        "in",
        "Tiengen",
        "A1",
    ]


def test_an_apostrophe_parts_words_but_not_in_cyrillic() -> None:
    assert text.words("l'école сім'я Tiengen'de") == ["l", "école", "сімʼя", "Tiengen", "de"]


def test_a_text_becomes_stems_without_empty_words() -> None:
    assert text.index_terms("Der Kurs für die Frauen", "de") == ["kur", "frau"]


def test_a_compound_is_indexed_whole_and_in_parts() -> None:
    terms = text.index_terms("Sprachkurse", "de")
    assert set(terms) == {
        text.analysed("Sprachkurs", "de"),
        text.analysed("Sprache", "de"),
        text.analysed("Kurs", "de"),
    }


def test_parts_of_parts_are_indexed_too() -> None:
    assert text.analysed("Beratung", "de") in text.index_terms("Suchtberatungsstelle", "de")


@pytest.mark.parametrize(
    ("language", "typed", "written"),
    [
        ("ar", "السكن", "سكن"),
        ("fa", "كمك", "کمک"),
        ("tr", "dil kursu", "dil kursları"),
        ("uk", "безкоштовні курси", "безкоштовний курс"),
    ],
)
def test_what_is_typed_meets_what_is_written(language: str, typed: str, written: str) -> None:
    assert text.index_terms(typed, language) == text.index_terms(written, language)


def test_a_language_nobody_knows_is_folded_only() -> None:
    assert text.index_terms("Ångström Häuser", "sv") == ["angstrom", "hauser"]
