"""German words for words of other languages, and how they are learnt."""

from __future__ import annotations

from pathlib import Path

import pytest

from infopool.search import text
from infopool.search.lexicon_build import build, sentences, train
from infopool.search.translating import Translations

DICTIONARY = """german	words
Schule	school
Schulamt	school office
Amt	house of blue schools | office for grey old schools and flats
Wohnung	flat | apartment
Unterkunft	accommodation | flat
schwer heben	lift heavy
"""


OTHERWISE = """german	words
Anwalt	Rechtsbeistand | Jurist
Flohmarkt	Markt für Gebrauchtes
"""


@pytest.fixture
def translations(tmp_path: Path) -> Translations:
    (tmp_path / "dictionary").mkdir()
    (tmp_path / "dictionary" / "en.tsv").write_text(DICTIONARY, encoding="utf-8")
    (tmp_path / "dictionary" / "de.tsv").write_text(OTHERWISE, encoding="utf-8")
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "en.tsv").write_text("word\tgerman\n# note\nhous\thaus:0.90\n", encoding="utf-8")
    return Translations(tmp_path)


def test_the_likeliest_translation_comes_first(translations: Translations) -> None:
    assert [term for term, _ in translations.german("flat", "en")] == ["wohnung", "unterkunft"]


def test_likelihoods_are_at_most_one_together(translations: Translations) -> None:
    assert 0.9 < sum(weight for _, weight in translations.german("flat", "en")) <= 1.0001


def test_two_words_are_translated_together_and_each_faintly(translations: Translations) -> None:
    assert "schulamt" in dict(translations.german("school offic", "en"))
    assert translations.german("school", "en")[0][0] == "schul"


def test_several_german_words_are_each_meant_a_little(translations: Translations) -> None:
    assert dict(translations.german("lift heavi", "en")).keys() == {"schwer", "heb"}


def test_three_words_are_translated_together_and_none_of_them_alone(translations: Translations) -> None:
    assert translations.german("hous blue school", "en") == (("amt", 1.0),)
    assert translations.german("blue", "en") == ()


def test_a_german_word_is_found_by_what_else_is_said_for_it_and_finds_it(translations: Translations) -> None:
    assert "anwalt" in dict(translations.german("rechtsbeistand", "de"))
    assert "rechtsbeistand" in dict(translations.german("anwalt", "de"))


def test_several_german_words_for_one_are_only_found(translations: Translations) -> None:
    assert "gebraucht" in dict(translations.german("flohmarkt", "de"))
    assert translations.german("gebraucht", "de") == ()


def test_what_else_is_said_counts_less_than_the_german_word_typed(translations: Translations) -> None:
    assert 0 < sum(weight for _, weight in translations.german("anwalt", "de")) < 0.5


def test_what_was_learnt_is_read_too(translations: Translations) -> None:
    assert translations.german("hous", "en") == (("haus", 1.0),)


def test_a_form_nobody_filed_is_found_by_its_beginning(translations: Translations) -> None:
    assert translations.german("accommodat", "en") == ()
    assert translations.nearly("accommodat", "en")[0][0] == "unterkunft"


def test_a_language_without_files_translates_nothing(translations: Translations) -> None:
    assert translations.german("shkoll", "sq") == ()
    assert translations.nearly("shkoll", "sq") == ()


def test_words_that_stand_together_again_and_again_are_learnt_as_translations() -> None:
    pairs = [
        (["red", "house"], ["rot", "haus"]),
        (["red", "car"], ["rot", "auto"]),
        (["old", "house"], ["alt", "haus"]),
    ]
    learnt = train(pairs, rounds=20)
    assert max(learnt["red"].items(), key=lambda item: item[1])[0] == "rot"
    assert max(learnt["house"].items(), key=lambda item: item[1])[0] == "haus"


def test_the_file_names_its_source() -> None:
    assert "CC BY 4.0" in build([("a school", "eine Schule")], "en")


def test_the_file_holds_words_as_they_are_written_most_often() -> None:
    learnt = build([("the schools", "die Schulen"), ("schools", "Schulen"), ("a school", "eine Schule")], "en")
    assert learnt.splitlines()[2:] == ["schools\tschul:1.00"]


def test_pages_are_learnt_from_line_by_line_and_no_line_twice() -> None:
    questions = [{"question_en": "Where?", "question_de": "Wo?"}]
    page = {"context_en": "School\nFlat", "context_de": "Schule\nWohnung"}
    torn = {"context_en": "School\nFlat", "context_de": "Schule"}
    assert sentences(questions, [page, page, torn], "en") == [
        ("Where?", "Wo?"),
        ("School", "Schule"),
        ("Flat", "Wohnung"),
    ]


def test_the_shipped_dictionaries_translate_in_every_language() -> None:
    shipped = Translations()
    typed = {"en": "school", "tr": "okul", "uk": "школа", "ru": "школа", "pl": "szkoła", "hr": "škola", "so": "iskuul"}
    stems = {tag: text.analysed(word, tag) for tag, word in typed.items()}
    assert [tag for tag, stem in stems.items() if not shipped.german(stem, tag)] == []
