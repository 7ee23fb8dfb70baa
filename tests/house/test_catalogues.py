"""The catalogues are complete and sound."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog

from infopool import languages, translating
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
