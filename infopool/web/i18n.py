"""The language of a page: read from the address, negotiated where there is none, and given to the templates."""

from __future__ import annotations

from typing import Any

from flask import Flask, Request, current_app, g, request
from flask_babel import Babel, Domain
from werkzeug.routing import BaseConverter, IntegerConverter, Map, ValidationError

from infopool import languages
from infopool.catalogues import Catalogue
from infopool.languages import Language
from infopool.web.wording import Wording, wording


class Spoken:
    """A catalogue under the names by which Flask-Babel calls it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.ugettext = catalogue.gettext
        self.ungettext = catalogue.ngettext
        self.upgettext = catalogue.pgettext
        self.unpgettext = catalogue.npgettext


class PageDomain(Domain):  # type: ignore[misc]
    """Our catalogues, read straight from their .po files, in place of compiled ones."""

    def get_translations(self) -> Spoken:
        """The catalogue of this page's language."""
        return Spoken(page_wording().translator)


class PageBabel(Babel):  # type: ignore[misc]
    """Flask-Babel with the language of the address and with our catalogues."""

    @property
    def domain_instance(self) -> PageDomain:
        """Where `gettext` looks, in templates and in views."""
        return PageDomain()


class LanguageConverter(BaseConverter):
    """The tag of an offered language in an address; any other is an unknown page."""

    regex = "[A-Za-z]{2,3}(?:-[A-Za-z]+)*"

    def to_python(self, value: str) -> Language:
        language = languages.BY_TAG.get(value)
        if language is None or not language.offered:
            raise ValidationError
        return language

    def to_url(self, value: Language | str) -> str:
        return value if isinstance(value, str) else value.tag


class NumberConverter(IntegerConverter):
    """The number of an offer or provider, as far as a database counts; beyond it is an unknown page."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, min=1, max=2**31 - 1)


def prepare(app: Flask) -> None:
    """Teach the application its languages and numbers; before any route is added."""
    app.url_map.converters |= {"language": LanguageConverter, "number": NumberConverter}
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_put_language)
    PageBabel(app, locale_selector=lambda: page_wording().code)


def page_language() -> Language:
    """The language of this page: the address decides, else what the browser wants."""
    if "language" not in g:
        g.language = _from_path(request.path) or wanted(request)
    found: Language = g.language
    return found


def page_wording() -> Wording:
    """How the language of this page writes."""
    return wording(page_language().tag)


def wanted(asking: Request) -> Language:
    """The best offered language for a browser's wishes, best first."""
    return languages.negotiate(tag for tag, quality in asking.accept_languages if quality > 0)


def _from_path(path: str) -> Language | None:
    language = languages.BY_TAG.get(path.removeprefix("/").split("/", 1)[0])
    return language if language and language.offered else None


def _take_language(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "language" in values:
        g.language = values.pop("language")


def _put_language(endpoint: str, values: dict[str, Any]) -> None:
    if "language" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        values["language"] = page_language().tag
