"""The field's words for a translator."""

from __future__ import annotations

from pathlib import Path

import pytest

from infopool import languages
from infopool.curation.terms import words_for
from infopool.directory.wording import terms_in

CSV = 'de,en,ar\n"Gemeinde, Ort","place, places","*مكان*, *أماكن*"\nKita,daycare,\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "glossary.csv").write_text(CSV, encoding="utf-8")
    return tmp_path


def test_each_german_word_has_its_name(folder: Path) -> None:
    assert words_for("ar", folder) == {"Gemeinde": "…مكان… / …أماكن…", "Ort": "…مكان… / …أماكن…"}


def test_english_has_its_words_too(folder: Path) -> None:
    assert words_for("en", folder)["Kita"] == "daycare"


def test_without_a_glossary_there_are_no_words(tmp_path: Path) -> None:
    assert words_for("ar", tmp_path) == {}


@pytest.mark.parametrize("tag", [language.tag for language in languages.LANGUAGES if language.tag != "de"])
def test_the_glossary_has_words_for_every_language(tag: str) -> None:
    assert len(words_for(tag)) > 20


def test_a_term_is_found_also_where_german_bends_or_joins_it() -> None:
    words = {"Anmeldung": "kayıt", "Kita": "kreş", "Schule": "okul"}
    assert terms_in("Zur Anmeldung in den Kitas", words) == [("Anmeldung", "kayıt"), ("Kita", "kreş")]
