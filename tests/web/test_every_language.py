"""Every public page in every language: framed right, and no word of another language that is not marked as such."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask

from infopool import languages
from infopool.catalogues import translator
from infopool.db import Database
from infopool.directory import facts
from infopool.directory.facts import Origin
from infopool.directory.topics import BY_CODE
from infopool.translating import PLACEHOLDER, template_file
from infopool.web import remarks
from tests.making import a_text, an_offer
from tests.web.pages import Element, Page, PageClient
from tests.web.world import COURSE, LAST, ONLINE, OUTDATED, SHELTER, STALE, WITHDRAWN, an_app, fill

TRANSLATED = LAST + 1
"""The offer that says everything in every language."""
GERMAN_ONLY = 2

PAGES: dict[str, int] = {
    "": 200,
    "search": 200,
    "search?q=deutschkurs": 200,
    "search?q=wohnungssuche": 200,
    "search?q=qqqqqq": 200,
    "search?topic=language&cost=free&near=tiengen&within=10&childcare=yes": 200,
    f"offers/{COURSE}": 200,
    f"offers/{TRANSLATED}": 200,
    f"offers/{GERMAN_ONLY}": 200,
    f"offers/{SHELTER}": 200,
    f"offers/{ONLINE}": 200,
    f"offers/{OUTDATED}": 200,
    f"offers/{STALE}": 200,
    f"offers/{COURSE}/thanks": 200,
    "topics": 200,
    "topics/language": 200,
    "topics/emergency": 200,
    "places": 200,
    "places/tiengen": 200,
    "providers/1": 200,
    "about": 200,
    "privacy": 200,
    "accessibility": 200,
    "imprint": 200,
    "nothing-here": 404,
    f"offers/{WITHDRAWN}": 410,
}
"""One of every kind, below the language, and what it answers."""

OFFERED = [language.tag for language in languages.offered()]

CODES = {
    code
    for code in (*BY_CODE, *facts.AUDIENCES, *facts.FORMATS, *facts.RESIDENCE)
    if not code.isalpha()  # "sport" is French too
}
READ_ALOUD = ("aria-label", "title", "placeholder", "alt")
TELLTALE = re.compile(r"\b(the|and|your|with|this|please|offers?)\b", re.IGNORECASE)
"""Words of English sentences that none of our other languages writes."""
OWN_LETTERS = re.compile(r"[^\W\d_A-Za-z\u00c0-\u024f]")
"""A letter that is not Latin."""
NAMES = re.compile(r"infopool|WhatsApp|\b[ABC][12]\b")
"""What is called the same in every language."""


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[PageClient]:
    """A visitor of a site with the offers of the world and one more, written in every language."""
    folder = tmp_path_factory.mktemp("everywhere")
    path = folder / "infopool.sqlite"
    path.write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite:///{path}")
    fill(database)
    with database.transaction() as session:
        an_offer(session, texts=tuple(in_words_of(tag) for tag in languages.SEARCHED), topics=("volunteering",))
    site: Flask = an_app(database, folder)
    yield PageClient(site)
    database.close()


def in_words_of(tag: str) -> object:
    """A text of an offer; its words are borrowed from the catalogue."""
    say = translator(tag).gettext
    origin = Origin.WRITTEN if tag == "de" else Origin.TRANSLATED
    return a_text(say("Volunteering"), tag, summary=say("You need no German."), documents=(say("ID"),), origin=origin)


@pytest.mark.parametrize("tag", OFFERED)
def test_every_page_is_whole_and_in_its_language(everywhere: PageClient, tag: str) -> None:
    faults = {}
    for path, status in PAGES.items():
        page = everywhere.get(f"/{tag}/{path}", status)
        html = page.root.find("html")[0]
        assert (html["lang"], html["dir"]) == (tag, languages.BY_TAG[tag].direction), path
        found = sorted(set(strangers(page, tag)))
        if found:
            faults[path] = found
    assert not faults, "\n".join(f"{path} {found}" for path, found in faults.items())


@pytest.mark.parametrize("tag", OFFERED)
def test_a_form_that_asks_again_does_so_in_its_language(everywhere: PageClient, tag: str) -> None:
    remarks.throttle.forget()
    page = everywhere.post(f"/{tag}/offers/{COURSE}/remarks", {}, 400, headers={"Sec-Fetch-Site": "same-origin"})
    assert list(strangers(page, tag)) == []


@pytest.mark.parametrize("tag", [tag for tag in OFFERED if languages.BY_TAG[tag].text_tag != "de"])
def test_german_words_are_marked_as_german(everywhere: PageClient, tag: str) -> None:
    page = everywhere.get(f"/{tag}/offers/{GERMAN_ONLY}")
    german = ("Wohnungssuche", "Wir suchen mit Ihnen eine Wohnung.", "Wohnhilfe Beispiel", "Bad Säckingen")
    for words in german:
        assert {language for text, language in texts(page) if text == words} == {"de"}, words


@pytest.mark.parametrize("tag", OFFERED)
def test_an_offer_in_the_language_of_the_page_is_shown_without_a_mark(everywhere: PageClient, tag: str) -> None:
    page = everywhere.get(f"/{tag}/offers/{TRANSLATED}")
    own = translator(languages.BY_TAG[tag].text_tag)
    assert page.heading == own.gettext("Volunteering")
    assert "lang" not in page.root.find("h1")[0].attributes


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Who we are", "untranslated"),
        ("Wer wir sind", "untranslated"),
        ("All offers: Sport", "untranslated"),
        ("housing-search", "a code"),
        ("See the map", "English"),
        ("Qui sommes-nous ?", ""),
    ],
)
def test_a_stranger_is_seen(text: str, kind: str) -> None:
    assert stranger(text, "fr") == kind


def test_latin_letters_are_seen_in_other_scripts() -> None:
    assert stranger("Tiengen", "ar") == "Latin letters"
    assert not stranger("بيانات الموقع (Impressum)", "ar")


def strangers(page: Page, tag: str) -> Iterator[str]:
    """Words on the page that belong to another language and are not marked with it."""
    found = ((text, stranger(text, tag)) for text, language in texts(page) if language == tag)
    return (f"{kind}: {text}" for text, kind in found if kind)


@cache
def stranger(text: str, tag: str) -> str:
    """What is wrong with words that stand on a page as the page's own; empty if nothing is."""
    words = NAMES.sub("", text)
    if text in CODES:
        return "a code"
    if foreign(tag).fullmatch(text):
        return "untranslated"
    if languages.BY_TAG[tag].script != "Latn" and re.search("[A-Za-z]{3}", words) and not OWN_LETTERS.search(words):
        return "Latin letters"
    return "English" if tag != "en" and TELLTALE.search(words) else ""


def texts(page: Page) -> Iterator[tuple[str, str]]:
    """(words, the language they are marked with) of everything that is read on a page or aloud."""
    for element in page.root.all():
        if element.tag in ("script", "style", "title"):  # a title holds names, and no element of it can be marked
            continue
        words = [child for child in element.children if isinstance(child, str)]
        words += [element[name] for name in READ_ALOUD if element[name]]
        for one in words:
            if one.strip():
                yield re.sub(r"\s+", " ", one).strip(), marked(element)


def marked(element: Element) -> str:
    """The language an element's words are in; `-` for names and numbers, which are isolated and belong to none."""
    if element.tag == "bdi":
        return "-"
    return element["lang"] or (marked(element.parent) if element.parent else "")


@cache
def foreign(tag: str) -> re.Pattern[str]:
    """All English and German sentences of the catalogues that a language says otherwise, with or without values."""
    own, german = translator(tag), translator("de")
    mine = {form for forms in own._words.values() for form in forms}
    others: set[str] = set()
    for message in _template():
        msgid = message if isinstance(message, str) else message[0]
        others |= {msgid} if tag != "en" else set()
        others |= {german.gettext(msgid)} - {msgid} if languages.BY_TAG[tag].text_tag != "de" else set()
    # "Sport" and "Online" read the same in many; what is all values ("%(price)s") says nothing.
    told = [words for words in sorted(others - mine) if len(PLACEHOLDER.sub("", words).strip()) > 2]
    return re.compile("|".join(".+?".join(map(re.escape, PLACEHOLDER.split(words))) for words in told))


@cache
def _template() -> tuple[str | tuple[str, str], ...]:
    with template_file().open("rb") as lines:
        return tuple(message.id for message in read_po(lines) if message.id and not message.context)
