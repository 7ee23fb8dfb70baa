"""The pages behind a topic, a place and a provider, and the overviews that lead to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import request, url_for

from infopool.directory import topics
from infopool.directory.models import Provider
from infopool.directory.regions import Place
from infopool.directory.topics import Topic
from infopool.exchange.labels import Labels
from infopool.messages import N_
from infopool.search.query import Asked, Sort
from infopool.search.results import SearchResults
from infopool.web import searching
from infopool.web.presenters.cards import Words, in_german
from infopool.web.presenters.homes import Find
from infopool.web.presenters.searches import Listing, address, listing
from infopool.web.wording import Wording


@dataclass(frozen=True)
class Link:
    """A link and how many offers it leads to."""

    words: Words
    address: str
    count: str


@dataclass(frozen=True)
class ListPage:
    """A page that lists offers under a heading."""

    heading: Words
    icon: str
    lead: str
    listing: Listing
    below: tuple[Link, ...]
    """Narrower topics."""
    refine: str
    """The search page that shows the same, with all filters."""
    website: str = ""


@dataclass(frozen=True)
class TopicRows:
    """A top topic with those below it."""

    top: Link
    icon: str
    below: tuple[Link, ...]


def question(page: str, language: str, today: date, *, near: str, filters: Mapping[str, str]) -> Asked:
    """What a list page asks the search."""
    return Asked(
        "",
        language,
        today,
        filters={name: (value,) for name, value in filters.items()},
        near=near,
        sort=Sort.DISTANCE if near else Sort.RELEVANCE,
        limit=searching.PAGE_SIZE,
        offset=(searching.page_number(page) - 1) * searching.PAGE_SIZE,
    )


def topic_page(topic: Topic, asked: Asked, find: Find, labels: Labels, wording: Wording) -> ListPage:
    """The offers under a topic."""
    results = find(asked)
    counts = _counts(results, "topic")
    below = tuple(
        _topic_link(child, counts, labels, wording) for child in topics.children(topic.code) if counts.get(child.code)
    )
    heading = Words(labels.value("topic", topic.code))
    return ListPage(heading, topic.icon, "", _listed(results, asked, labels, wording), below, address(asked))


def place_page(place: Place, asked: Asked, find: Find, labels: Labels, wording: Wording) -> ListPage:
    """The offers at and around a place."""
    results = find(asked)
    lead = wording.translator.gettext(N_("The nearest come first, then those that come to you or take place online."))
    heading = in_german(place.name, wording)
    return ListPage(heading, "pin", lead, _listed(results, asked, labels, wording), (), address(asked))


def provider_page(provider: Provider, asked: Asked, find: Find, labels: Labels, wording: Wording) -> ListPage:
    """All offers of a provider."""
    results = find(asked)
    return ListPage(
        in_german(provider.name, wording),
        "people",
        labels.provider_kind(provider.kind),
        _listed(results, asked, labels, wording),
        (),
        address(asked),
        provider.website if provider.website.startswith(("https://", "http://")) else "",
    )


def topics_page(results: SearchResults, labels: Labels, wording: Wording) -> tuple[TopicRows, ...]:
    """Every topic."""
    counts = _counts(results, "topic")
    return tuple(
        TopicRows(
            _topic_link(top, counts, labels, wording),
            top.icon,
            tuple(_topic_link(child, counts, labels, wording) for child in topics.children(top.code)),
        )
        for top in topics.TOP
    )


def places_page(results: SearchResults, labels: Labels, wording: Wording) -> tuple[Link, ...]:
    """Every place."""
    counts = _counts(results, "place")
    return tuple(
        Link(
            in_german(place.name, wording),
            url_for("public.place", code=place.code),
            wording.number(counts.get(place.code, 0)),
        )
        for place in sorted(labels.region.places, key=lambda place: place.name)
    )


def _listed(results: SearchResults, asked: Asked, labels: Labels, wording: Wording) -> Listing:
    made = listing(results, asked, labels, wording)
    here = request.path
    return made.turned(
        f"{here}?page={made.page - 1}" if made.page > 2 else here if made.page == 2 else "",
        f"{here}?page={made.page + 1}" if made.page < made.pages else "",
    )


def _counts(results: SearchResults, facet: str) -> dict[str, int]:
    return {value.value: value.count for value in results.facets.get(facet, ())}


def _topic_link(topic: Topic, counts: Mapping[str, int], labels: Labels, wording: Wording) -> Link:
    return Link(
        Words(labels.value("topic", topic.code)),
        url_for("public.topic", code=topic.code),
        wording.number(counts.get(topic.code, 0)),
    )
