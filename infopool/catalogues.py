"""The words of the pages in each language: gettext catalogues, read from .po files when a language is first used."""

from __future__ import annotations

import gettext as standard
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from infopool import languages, paths
from infopool.languages import Language

CONTEXT_MARK = "\x04"
"""What gettext puts between a context and its message."""


class Catalogue:
    """Übersetzungskatalog. Answers like the standard library's gettext translations; what it lacks stays English."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], form_of: Callable[[int], int]) -> None:
        self._words = words
        self._form_of = form_of

    def gettext(self, message: str) -> str:
        """The sentence in this language, or as it stands."""
        forms = self._words.get(message)
        return forms[0] if forms else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form of the sentence for this count."""
        forms = self._words.get(msgid1)
        if forms:  # a single one where the language has no plural, as in Turkish
            return forms[min(self._form_of(abs(n)), len(forms) - 1)]
        return msgid1 if n == 1 else msgid2

    def pgettext(self, context: str, message: str) -> str:
        """The word in the meaning the context gives it."""
        forms = self._words.get(context + CONTEXT_MARK + message)
        return forms[0] if forms else message

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        """The form for this count, in the meaning the context gives."""
        forms = self._words.get(context + CONTEXT_MARK + msgid1)
        if forms:
            return forms[min(self._form_of(abs(n)), len(forms) - 1)]
        return msgid1 if n == 1 else msgid2

    def __len__(self) -> int:
        return len(self._words)


def file_of(tag: str, folder: Path | None = None) -> Path:
    """Where the catalogue of a language lies: `de-simple` in `de_simple/LC_MESSAGES/messages.po`."""
    return (folder or paths.TRANSLATIONS) / tag.replace("-", "_") / "LC_MESSAGES" / "messages.po"


def load(language: Language, folder: Path | None = None) -> Catalogue:
    """Read a language's catalogue; without a file it is empty and everything stays English.

    A language that reads another one's texts (easy German reads German) takes from there what it does not say itself.
    """
    words: dict[str, tuple[str, ...]] = {}
    form_of = standard.c2py("n != 1")
    for tag in dict.fromkeys((language.text_tag, language.tag)):
        path = file_of(tag, folder)
        if path.is_file():
            catalog = _read(path)
            words |= _words(catalog)
            form_of = standard.c2py(catalog.plural_expr)
    return Catalogue(words, form_of)


@cache
def translator(tag: str) -> Catalogue:
    """The catalogue of a language we know, read once; an unknown tag gets English."""
    language = languages.find(tag)
    return load(language) if language else Catalogue({}, lambda n: 0 if n == 1 else 1)


def _read(path: Path) -> Catalog:
    with path.open("rb") as lines:
        return read_po(lines, locale=None, ignore_obsolete=True)


def _words(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    # An uncertain (fuzzy) or unfinished translation is worse than the English sentence.
    found = {}
    for message in catalog:
        if not message.id or message.fuzzy:
            continue
        given = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        forms = tuple(form for form in given if form)
        if len(forms) == len(given):
            first = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
            found[(message.context + CONTEXT_MARK if message.context else "") + first] = forms
    return found
