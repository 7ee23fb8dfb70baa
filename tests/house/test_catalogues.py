"""The catalogues are complete and sound."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from infopool import glossary, languages, translating
from infopool.catalogues import file_of
from infopool.translating import _faults, check, extract


def test_the_catalogues_have_no_faults() -> None:
    assert check() == []


def test_every_offered_language_has_a_catalogue() -> None:
    lacking = [language.tag for language in languages.offered() if not file_of(language.tag).is_file()]
    assert lacking in ([], ["en"])


def sample(msgid: str | tuple[str, str], msgstr: str | tuple[str, ...]) -> list[str]:
    template, catalog = Catalog(), Catalog(locale="de")
    template.add(msgid)
    catalog.add(msgid, msgstr)
    return list(_faults(catalog, template, languages.BY_TAG["de"]))


def test_a_dropped_placeholder_is_a_fault() -> None:
    assert "placeholders differ" in sample("Hello %(name)s", "Hallo")[0]


def test_a_placeholder_written_twice_is_a_fault() -> None:
    assert "placeholders differ" in sample("Hello %(name)s", "Hallo %(name)s %(name)s")[0]


def test_a_singular_may_leave_the_number_out() -> None:
    assert sample(("%(count)s day", "%(count)s days"), ("ein Tag", "%(count)s Tage")) == []


def test_a_missing_word_is_a_fault_in_an_offered_language() -> None:
    assert "no words yet" in sample("Hello", "")[0]


def test_a_lost_tag_is_a_fault() -> None:
    assert "tags differ" in sample("<b>Hello</b>", "Hallo")[0]


def test_extracting_twice_changes_nothing(tmp_path: Path) -> None:
    extract(folder=tmp_path)
    first = translating.template_file(tmp_path).read_text(encoding="utf-8")
    extract(folder=tmp_path)
    assert translating.template_file(tmp_path).read_text(encoding="utf-8") == first


def test_sentences_of_easy_language_are_asked_of_nobody_else() -> None:
    template = translating.collected()
    for tag, asked in (("de-simple", True), ("de", True), ("fr", False)):
        wanted = translating.wanted_in(languages.BY_TAG[tag], template)
        assert any(message.context == translating.EASY for message in wanted) == asked, tag


TERM = glossary.Term("Anmeldung", ("registration", "register"), {"uk": ("запис*", "запиш*"), "ar": ("*تسجيل",)})


def departing(msgid: str, msgstr: str, tag: str = "uk") -> list[str]:
    catalog = Catalog(locale=tag)
    catalog.add(msgid, msgstr)
    return list(glossary.departures(catalog, tag, (TERM,)))


def test_another_word_than_the_glossary_has_is_told() -> None:
    assert "“Anmeldung”" in departing("Please register first.", "Спочатку зареєструйтеся.")[0]


@pytest.mark.parametrize(
    ("msgid", "msgstr", "tag"),
    [
        ("Please register first.", "Спочатку запишіться.", "uk"),
        ("Registration", "التسجيل", "ar"),
        ("Please register first.", "Vă rugăm să vă înscrieți.", "ro"),
        ("The cash registers", "Каси", "uk"),
        ("%(register)s", "%(register)s", "uk"),
    ],
)
def test_words_of_the_glossary_in_any_form_are_fine(msgid: str, msgstr: str, tag: str) -> None:
    assert departing(msgid, msgstr, tag) == []


def test_the_glossary_knows_the_words_of_the_field_in_every_language() -> None:
    terms = glossary.read()
    assert len(terms) >= 40
    wanted = {language.tag for language in languages.offered()} - {"de", "en"}
    assert [term.german for term in terms if set(term.words) != wanted] == []


def test_the_catalogues_keep_to_the_glossary() -> None:
    assert len(translating.hints()) <= 5
