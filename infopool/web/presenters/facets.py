"""The filters beside the results: groups of lines to tick, with how many offers each would show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from infopool.directory import topics
from infopool.directory.facts import AUDIENCES, COSTS, FORMATS, LEVELS, RESIDENCE, TIMES
from infopool.exchange.labels import Labels
from infopool.messages import N_, Message
from infopool.search.query import Asked, Sort
from infopool.search.results import FacetValue, SearchResults
from infopool.web.searching import DISTANCES
from infopool.web.wording import Wording

MOST_LINES = 10
"""Lines of a group that could have very many; ticked ones are always among them."""

MOST_WORDS = 500
"""Words remembered of one facet in one language; an address may tick languages that do not exist."""

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("When"), ("time",)),
    (N_("Where"), ()),
    (N_("Topic"), ("topic",)),
    (N_("German level"), ("level",)),
    (N_("Cost"), ("cost",)),
    (N_("Good to know"), ("childcare", "women_only", "wheelchair")),
    (N_("Language spoken"), ("language",)),
    (N_("For whom"), ("audience",)),
    (N_("On site or from home"), ("format",)),
    (N_("Residence status"), ("residence",)),
    (N_("Only in these places"), ("place",)),
    (N_("Provider"), ("provider",)),
)
"""What the groups are called and which facets each holds, in the order of the page."""

OPEN_AT_FIRST = frozenset({N_("When"), N_("Where")})

IN_ORDER: dict[str, tuple[str, ...]] = {
    "time": tuple(TIMES),
    "level": LEVELS,
    "cost": tuple(COSTS),
    "format": tuple(FORMATS),
    "audience": tuple(AUDIENCES),
    "residence": tuple(RESIDENCE),
}
"""Facets whose values have an order of their own; the others stand with the most frequent first."""


class Line(NamedTuple):
    """One value to tick. A page has about a hundred: a tuple, because a template takes one apart at once."""

    name: str
    value: str
    label: str
    count: str  # type: ignore[assignment]
    ticked: bool = False


@dataclass(frozen=True)
class Group:
    """One folding group of a filter."""

    heading: str
    lines: tuple[Line, ...]
    open: bool
    where: bool = False
    """Whether it also holds the choice of a place to be near to, and how far."""


@dataclass(frozen=True)
class Choice:
    """One entry of a choice: of a place, of a distance, of an order."""

    value: str
    label: str
    chosen: bool = False


def groups(results: SearchResults, labels: Labels, wording: Wording) -> tuple[Group, ...]:
    """The filter groups that have something to tick."""
    made = (_group(heading, facets, results, labels, wording) for heading, facets in GROUPS)
    return tuple(group for group in made if group.lines or group.where)


def _group(heading: str, facets: tuple[str, ...], results: SearchResults, labels: Labels, wording: Wording) -> Group:
    lines = tuple(line for facet in facets for line in _lines(facet, results, labels, wording))
    opened = heading in OPEN_AT_FIRST or any(line.ticked for line in lines)
    return Group(wording.translator.gettext(heading), lines, opened, where=not facets)


def _lines(facet: str, results: SearchResults, labels: Labels, wording: Wording) -> Iterator[Line]:
    known = _words(labels.language, labels.region.code, facet)
    for value in _shown(facet, results.facets.get(facet, ())):
        code = value.value
        # What a provider is called changes with the index; all other words are the same as long as the process lives.
        label = known.get(code)
        if label is None:
            label = labels.value(facet, code)
            if facet != "provider" and len(known) < MOST_WORDS:
                known[code] = label
        yield Line(facet, code, label, wording.number(value.count), value.ticked)


@cache
def _words(language: str, region: str, facet: str) -> dict[str, str]:
    """Code -> word, of the codes of a facet that were named in this language so far."""
    return {}


def _shown(facet: str, values: tuple[FacetValue, ...]) -> list[FacetValue]:
    if facet == "topic":
        return _topics(values)
    order = IN_ORDER.get(facet)
    if order:
        places = {code: position for position, code in enumerate(order)}
        return sorted((value for value in values if value.value in places), key=lambda value: places[value.value])
    if facet in ("childcare", "women_only", "wheelchair"):
        return [value for value in values if value.value == "yes"]
    frequent = sorted(values, key=lambda value: (not value.ticked, -value.count, value.value))
    return frequent[: max(MOST_LINES, sum(value.ticked for value in values))]


def _topics(values: tuple[FacetValue, ...]) -> list[FacetValue]:
    """The top topics, and below a ticked one (or beside a ticked one below) what belongs to it."""
    by_code = {value.value: value for value in values if value.value in topics.BY_CODE}
    opened = {topics.BY_CODE[code].parent or code for code, value in by_code.items() if value.ticked}
    codes = [topic.code for topic in topics.TOPICS if not topic.parent or topic.parent in opened]
    return [by_code[code] for code in codes if code in by_code]


def places(chosen: str, labels: Labels, wording: Wording) -> tuple[Choice, ...]:
    """The places one can be near to; none is the first."""
    by_name = sorted(labels.region.places, key=lambda place: place.name)
    nowhere = Choice("", wording.translator.gettext(N_("anywhere")), not chosen)
    return (nowhere, *(Choice(place.code, place.name, place.code == chosen) for place in by_name))


def distances(asked: Asked, wording: Wording) -> tuple[Choice, ...]:
    """How far one would go."""
    far = Choice("", wording.translator.gettext(N_("any distance")), asked.within_km is None)
    near = (
        Choice(
            str(km),
            wording.say(Message(N_("up to %(distance)s"), {"distance": wording.distance(km)})),
            asked.within_km == km,
        )
        for km in DISTANCES
    )
    return (*near, far)


SORTS: dict[Sort, str] = {
    Sort.RELEVANCE: N_("Best match"),
    Sort.DISTANCE: N_("Nearest"),
    Sort.START: N_("Starting soon"),
    Sort.CHECKED: N_("Just checked"),
    Sort.NEWEST: N_("Newest"),
}
"""Short, so that a phone has room for the one in use."""


def sorts(asked: Asked, *, is_near: bool, wording: Wording) -> tuple[Choice, ...]:
    """The orders that make sense: the nearest first only when it is known near to what."""
    return tuple(
        Choice(sort, wording.translator.gettext(label), sort == asked.sort)
        for sort, label in SORTS.items()
        if is_near or sort != Sort.DISTANCE
    )
