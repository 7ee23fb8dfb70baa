"""The address of a search and what it asks, both ways."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from infopool.directory import topics
from infopool.directory.facts import AUDIENCES, FORMATS, LEVELS, RESIDENCE, TIMES, CostKind
from infopool.directory.regions import Region
from infopool.languages import find as find_language
from infopool.search.query import FACET_NAMES, Asked, Sort

PAGE_SIZE = 15
"""Results on a page."""
LAST_PAGE = 200
"""Further pages nobody reads, and they cost the most."""
DISTANCES = (5, 10, 25, 50)
"""Kilometres one can choose."""
LONGEST_TEXT = 500
"""Characters taken from the address; the search itself reads fewer and says so."""
MOST_VALUES = 12
"""Values ticked within one facet; more cannot be ticked by hand."""

_KNOWN: dict[str, frozenset[str]] = {
    "topic": frozenset(topics.BY_CODE),
    "level": frozenset(LEVELS),
    "cost": frozenset(CostKind) - {CostKind.UNKNOWN},
    "format": frozenset(FORMATS),
    "time": frozenset(TIMES),
    "childcare": frozenset({"yes"}),
    "women_only": frozenset({"yes"}),
    "wheelchair": frozenset({"yes"}),
    "residence": frozenset(RESIDENCE),
    "audience": frozenset(AUDIENCES),
}


def read(args: MultiDict[str, str], *, language: str, today: date, region: Region) -> Asked:
    """What an address asks. What it says wrongly (an unknown place, a page that is no number) is left out: a link on
    an old leaflet should still find something."""
    near = args.get("near", "")
    return Asked(
        text=args.get("q", "")[:LONGEST_TEXT].strip(),
        language=language,
        today=today,
        filters=_filters(args, region),
        near=near if near in region.by_code else "",
        within_km=_distance(args.get("within", "")),
        sort=_sort(args.get("sort", "")),
        limit=PAGE_SIZE,
        offset=(page_number(args.get("page", "")) - 1) * PAGE_SIZE,
        exact=args.get("exact", "") == "1",
    )


def page_of(asked: Asked) -> int:
    """Which page of the results is asked for, from 1."""
    return asked.offset // asked.limit + 1


def write(asked: Asked, *, page: int = 1) -> str:
    """The query string of an address that asks this; empty when nothing is asked."""
    pairs: list[tuple[str, str]] = [("q", asked.text)] if asked.text else []
    pairs += [(name, value) for name in FACET_NAMES for value in asked.filters.get(name, ())]
    if asked.near:
        pairs.append(("near", asked.near))
    if asked.within_km is not None:
        pairs.append(("within", f"{asked.within_km:g}"))
    if asked.sort != Sort.RELEVANCE:
        pairs.append(("sort", asked.sort))
    if asked.exact:
        pairs.append(("exact", "1"))
    if page > 1:
        pairs.append(("page", str(page)))
    return urlencode(pairs)


def without_filter(asked: Asked, facet: str, value: str = "") -> Asked:
    """The same without one ticked value, or without the whole facet."""
    kept = tuple(ticked for ticked in asked.filters.get(facet, ()) if value and ticked != value)
    filters = {name: values for name, values in asked.filters.items() if name != facet}
    return replace(asked, filters=filters | ({facet: kept} if kept else {}), offset=0)


def with_filter(asked: Asked, facet: str, value: str) -> Asked:
    """The same with one more value ticked."""
    values = tuple(dict.fromkeys((*asked.filters.get(facet, ()), value)))
    return replace(asked, filters={**asked.filters, facet: values}, offset=0)


def without_piece(asked: Asked, start: int, end: int) -> Asked:
    """The same without a piece of the text."""
    return without_pieces(asked, [(start, end)])


def without_pieces(asked: Asked, pieces: Iterable[tuple[int, int]]) -> Asked:
    """The same without several pieces of the text, each from its first to behind its last character."""
    text = asked.text
    for start, end in sorted(pieces, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return replace(asked, text=" ".join(text.split()), offset=0)


def _filters(args: MultiDict[str, str], region: Region) -> dict[str, tuple[str, ...]]:
    ticked = {}
    for name in FACET_NAMES:
        values = dict.fromkeys(value for value in args.getlist(name) if _is_known(name, value, region))
        if values:
            ticked[name] = tuple(values)[:MOST_VALUES]
    return ticked


def _is_known(facet: str, value: str, region: Region) -> bool:
    if facet == "place":
        return value in region.by_code or value == region.code
    if facet == "language":
        return bool(find_language(value)) or (value.isascii() and value.isalpha() and len(value) <= 3)
    if facet == "provider":
        return value.isascii() and value.isdecimal() and len(value) < 10
    return value in _KNOWN[facet]


def _distance(text: str) -> float | None:
    return next((float(km) for km in DISTANCES if text == str(km)), None)


def _sort(text: str) -> Sort:
    return Sort(text) if text in set(Sort) else Sort.RELEVANCE


def page_number(text: str) -> int:
    """A page as an address names it; anything else is the first."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
    return min(max(number, 1), LAST_PAGE)


def ticked(asked: Asked) -> Iterable[tuple[str, str]]:
    """Every ticked value with its facet, in the order of the filters."""
    return ((name, value) for name in FACET_NAMES for value in asked.filters.get(name, ()))
