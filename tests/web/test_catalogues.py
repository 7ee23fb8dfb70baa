"""Catalogues, read from their .po files."""

from __future__ import annotations

from pathlib import Path

import pytest

from infopool import catalogues, languages
from infopool.catalogues import Catalogue

POLISH = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

msgid "Search"
msgstr "Szukaj"

#, fuzzy
msgid "Close"
msgstr "Zamek"

msgid "Empty"
msgstr ""

msgid "%(count)s offer"
msgid_plural "%(count)s offers"
msgstr[0] "%(count)s oferta"
msgstr[1] "%(count)s oferty"
msgstr[2] "%(count)s ofert"

msgctxt "verb"
msgid "Call"
msgstr "Zadzwoń"
"""


@pytest.fixture
def polish(tmp_path: Path) -> Catalogue:
    write(tmp_path, "pl", POLISH)
    return catalogues.load(languages.BY_TAG["pl"], tmp_path)


def write(folder: Path, name: str, words: str) -> None:
    path = folder / name / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(words, encoding="utf-8")


def test_a_sentence_is_translated(polish: Catalogue) -> None:
    assert polish.gettext("Search") == "Szukaj"


@pytest.mark.parametrize("sentence", ["Close", "Empty", "Never seen"])
def test_what_is_uncertain_empty_or_missing_stays_english(polish: Catalogue, sentence: str) -> None:
    assert polish.gettext(sentence) == sentence


@pytest.mark.parametrize(("count", "form"), [(1, "oferta"), (3, "oferty"), (5, "ofert"), (22, "oferty"), (0, "ofert")])
def test_the_form_follows_the_count_by_the_rule_of_the_language(polish: Catalogue, count: int, form: str) -> None:
    assert polish.ngettext("%(count)s offer", "%(count)s offers", count) == f"%(count)s {form}"


def test_a_language_without_plural_has_its_one_form_for_every_count(tmp_path: Path) -> None:
    head = 'msgid ""\nmsgstr "Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    words = 'msgid "%(count)s offer"\nmsgid_plural "%(count)s offers"\nmsgstr[0] "%(count)s hizmet"\n'
    write(tmp_path, "tr", head + words)
    turkish = catalogues.load(languages.BY_TAG["tr"], tmp_path)
    said = {turkish.ngettext("%(count)s offer", "%(count)s offers", count) for count in (0, 1, 2, 5)}
    assert said == {"%(count)s hizmet"}


def test_a_word_of_two_meanings_is_told_apart_by_its_context(polish: Catalogue) -> None:
    assert polish.pgettext("verb", "Call") == "Zadzwoń"
    assert polish.gettext("Call") == "Call"


def test_without_a_file_everything_stays_english(tmp_path: Path) -> None:
    empty = catalogues.load(languages.BY_TAG["so"], tmp_path)
    assert empty.gettext("Search") == "Search"
    assert empty.ngettext("%(count)s offer", "%(count)s offers", 2) == "%(count)s offers"


def test_easy_german_takes_from_german_what_it_does_not_say_itself(tmp_path: Path) -> None:
    write(tmp_path, "de", 'msgid "Search"\nmsgstr "Suchen"\n\nmsgid "Close"\nmsgstr "Schließen"\n')
    write(tmp_path, "de_simple", 'msgid "Close"\nmsgstr "Zu"\n')
    easy = catalogues.load(languages.BY_TAG["de-simple"], tmp_path)
    assert (easy.gettext("Search"), easy.gettext("Close")) == ("Suchen", "Zu")
