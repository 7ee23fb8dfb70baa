"""The start page: topics with their counts, places, what is new and what starts soon."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask import url_for

from infopool import languages
from infopool.catalogues import translator
from infopool.directory import topics
from infopool.directory.regions import Strip
from infopool.exchange.labels import Labels
from infopool.languages import Language
from infopool.messages import N_
from infopool.search.query import Asked, Sort
from infopool.search.results import Hit, SearchResults
from infopool.web.presenters.cards import CardView, Words, card_view, in_german
from infopool.web.wording import Wording

Find = Callable[[Asked], SearchResults]

MOST_NEW = 3
MOST_STARTING = 3
LOOKED_AT = 9
"""Offers that are looked at for them: what is about danger does not stand on the first page everybody opens."""
MOST_FACTS = 3
"""Chips on a card of the start page; the offer's own page has the others."""
SOON = timedelta(days=90)


@dataclass(frozen=True)
class Tile:
    """One topic of the index."""

    label: str
    icon: str
    address: str
    count: str
    urgent: bool = False


@dataclass(frozen=True)
class Row:
    """A row of places."""

    heading: str
    river: bool
    places: tuple[tuple[Words, str], ...]
    """(name, address)."""


@dataclass(frozen=True)
class Ask:
    """The question of the start page in another language."""

    language: Language
    question: str
    address: str


@dataclass(frozen=True)
class HomePage:
    """Everything the start page shows of its own."""

    tiles: tuple[Tile, ...]
    rows: tuple[Row, ...]
    newest: tuple[CardView, ...]
    starting: tuple[CardView, ...]
    asks: tuple[Ask, ...]
    example: str
    """What one might type, in the search field's own words."""


def home_page(find: Find, labels: Labels, wording: Wording, today: date) -> HomePage:
    """The start page; all it counts comes from the search, so it works while the database is busy."""
    newest = find(Asked("", wording.language.tag, today, sort=Sort.NEWEST, limit=LOOKED_AT))
    starting = find(Asked("", wording.language.tag, today, sort=Sort.START, limit=LOOKED_AT))
    return HomePage(
        tiles=tiles(newest, labels, wording),
        rows=tuple(_row(strip, labels, wording) for strip in labels.region.strips),
        newest=tuple(_short(hit, labels, wording, today) for hit in _harmless(newest.hits)[:MOST_NEW]),
        starting=tuple(_short(hit, labels, wording, today) for hit in _soon(starting.hits, today)[:MOST_STARTING]),
        asks=tuple(_asks(wording)),
        example=wording.translator.gettext(N_("e.g. evening course")),
    )


QUESTION = N_("What do you need?")
MOST_ASKS = 5


def _asks(wording: Wording) -> list[Ask]:
    # Easy German asks in the same words as German.
    others = [one for one in languages.offered() if not one.reads and one.tag != wording.language.text_tag]
    asked = [(language, translator(language.tag).gettext(QUESTION)) for language in others]
    spoken = [(language, words) for language, words in asked if words != QUESTION or language.tag == "en"]
    return [
        Ask(language, words, url_for("public.home", language=language.tag)) for language, words in spoken[:MOST_ASKS]
    ]


def tiles(counted: SearchResults, labels: Labels, wording: Wording) -> tuple[Tile, ...]:
    """The top topics with how many offers are under each."""
    counts = {value.value: value.count for value in counted.facets.get("topic", ())}
    return tuple(
        Tile(
            labels.value("topic", topic.code),
            topic.icon,
            url_for("public.topic", code=topic.code),
            wording.number(counts.get(topic.code, 0)),
            urgent=topic.code == "emergency",
        )
        for topic in topics.TOP
    )


def _row(strip: Strip, labels: Labels, wording: Wording) -> Row:
    # A region gives the headings in the languages it has; English is the one most readers get by with.
    heading = strip.heading.get(wording.language.text_tag) or strip.heading.get("en") or strip.heading["de"]
    names = labels.region.by_code
    places = ((in_german(names[code].name, wording), url_for("public.place", code=code)) for code in strip.places)
    return Row(heading, strip.code == "river", tuple(places))


def _short(hit: Hit, labels: Labels, wording: Wording, today: date) -> CardView:
    """A card without reasons: nobody has asked for anything yet."""
    return card_view(replace(hit, why=()), labels, wording, today, MOST_FACTS)


def _harmless(hits: Iterable[Hit]) -> list[Hit]:
    return [hit for hit in hits if not topics.is_sensitive(hit.card.topics)]


def _soon(hits: Iterable[Hit], today: date) -> list[Hit]:
    return [hit for hit in _harmless(hits) if _is_soon(hit.card.starts_on, today)]


def _is_soon(starts_on: str, today: date) -> bool:
    return bool(starts_on) and today < date.fromisoformat(starts_on) <= today + SOON
