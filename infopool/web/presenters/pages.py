"""What stands on every page: the title, the languages it exists in, the people one can call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for

from infopool import languages
from infopool.directory.regions import HELPLINES, Helpline, Region
from infopool.languages import Language
from infopool.web.presenters import schedules
from infopool.web.presenters.schedules import When
from infopool.web.wording import Wording, dialled, phone

EXIT_ADDRESS = "https://www.dwd.de/"
"""Where the quick way out of a page leads: the weather, that anybody may be reading."""


LONGEST_QUERY = 4_000
"""Characters of a question that the language links carry along; it stands on the page once for every language."""


@dataclass(frozen=True)
class Tongue:
    """One language of the switcher."""

    language: Language
    address: str
    current: bool


@dataclass(frozen=True)
class PhoneNumber:
    """A number as it is read and as it is dialled."""

    shown: str
    dialled: str


@dataclass(frozen=True)
class HelplineView:
    """Notruf."""

    label: str
    number: PhoneNumber


@dataclass(frozen=True)
class DeskView:
    """The people behind the site."""

    number: PhoneNumber
    email: str
    address: str
    hours: tuple[When, ...]


def number(value: str) -> PhoneNumber:
    """A phone number for a page."""
    return PhoneNumber(phone(value), dialled(value))


def tongues(current: Language) -> tuple[Tongue, ...]:
    """Every offered language with the address of this very page in it, the query kept."""
    endpoint, values, query = _here()
    return tuple(
        Tongue(language, url_for(endpoint, **(values | {"language": language.tag})) + query, language == current)
        for language in languages.offered()
    )


def _here() -> tuple[str, dict[str, Any], str]:
    """Endpoint, values and query of this page; the start page's for a page that is in one language only."""
    rule = request.url_rule
    if request.method not in ("GET", "HEAD") or rule is None or "language" not in rule.arguments:
        return "public.home", {}, ""
    query = request.query_string.decode("ascii", "ignore") if len(request.query_string) <= LONGEST_QUERY else ""
    return rule.endpoint, dict(request.view_args or {}), f"?{query}" if query else ""


def alternates(switcher: Iterable[Tongue], base_url: str) -> tuple[tuple[str, str], ...]:
    """(language tag, whole address) of this page in every language, for search engines."""
    return tuple((tongue.language.tag, base_url.rstrip("/") + tongue.address.split("?")[0]) for tongue in switcher)


def helplines(region: Region, wording: Wording, most: int | None = None) -> tuple[HelplineView, ...]:
    """The emergency numbers, the most important first."""
    return tuple(_helpline(helpline, wording) for helpline in region.helplines[:most])


def _helpline(helpline: Helpline, wording: Wording) -> HelplineView:
    label = wording.translator.gettext(HELPLINES[helpline.code]) if helpline.code in HELPLINES else helpline.code
    return HelplineView(label, number(helpline.number))


def desk(region: Region, wording: Wording, today: date) -> DeskView:
    """Whom to call, and when somebody is there."""
    hours = schedules.full(region.desk.hours, wording, today)
    return DeskView(number(region.desk.phone), region.desk.email, region.desk.address, hours)


def about_easy_language(wording: Wording) -> str:
    """What pages in easy language say about themselves; empty on all others."""
    if not wording.language.reads:
        return ""
    return wording.translator.pgettext(
        "easy language",
        "These pages are in easy language: the sentences are short, hard words are explained. "
        "Readers with learning difficulties have not tested them yet.",
    )
