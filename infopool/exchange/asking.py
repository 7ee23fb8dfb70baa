"""Reading what a program asks: parameters as they come in an address, into a question, or into problems to mend."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from infopool import languages
from infopool.directory.facts import AUDIENCES, COSTS, FORMATS, LEVELS, RESIDENCE, TIMES
from infopool.directory.regions import Region
from infopool.directory.topics import BY_CODE as TOPICS
from infopool.messages import N_, Message, Problem
from infopool.search.query import FACET_NAMES, Asked, Sort

Parameters = Mapping[str, Sequence[str]]
"""Name -> every value given for it, in order."""

LIMIT = 10
"""Hits in an answer when the program does not say."""
MOST_HITS = 100
FARTHEST_OFFSET = 100_000
FARTHEST_KM = 500
MOST_ID = 2**31 - 1
"""What a column of whole numbers holds in every database."""
MOST_VALUES = 50
"""Values of one facet in one question."""

ONCE = ("q", "lang", "limit", "offset", "near", "within", "sort", "exact")
"""Parameters that make sense only once."""

MOST_UNKNOWN = 20
"""Unknown parameters named in an answer; whoever sends more has made one mistake many times."""

_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}", re.IGNORECASE)
_YES_FACETS = frozenset({"childcare", "women_only", "wheelchair"})


@dataclass(frozen=True)
class Faulty:
    """The question cannot be answered as it is asked."""

    problems: tuple[Problem, ...]


def read_language(parameters: Parameters, accepted: Sequence[str]) -> languages.Language | Faulty:
    """The language of the answer: `lang`, or else the best offered one for what the program accepts."""
    tag = _one(parameters, "lang")
    if not tag:
        return languages.negotiate(accepted)
    language = languages.find(tag) if len(tag) <= 35 else None
    return language or Faulty((_language_problem(tag),))


def read_question(parameters: Parameters, language: languages.Language, region: Region, today: date) -> Asked | Faulty:
    """The question in the parameters of a search; refused with EVERY problem at once."""
    problems = [*_unknown(parameters, (*ONCE, *FACET_NAMES)), *_repeated(parameters)]
    limit = _number(parameters, "limit", LIMIT, 1, MOST_HITS, problems)
    offset = _number(parameters, "offset", 0, 0, FARTHEST_OFFSET, problems)
    filters = _filters(parameters, region, problems)
    near = _near(parameters, region, problems)
    within = _within(parameters, near, problems)
    sort = _sort(parameters, problems)
    exact = _exact(parameters, problems)
    if problems:
        return Faulty(tuple(problems))
    text = _one(parameters, "q")
    return Asked(text, language.tag, today, filters, near, within, sort, limit, offset, exact)


def read_count(parameters: Parameters, name: str, usual: int, most: int) -> int | Faulty:
    """A whole number from 1 to `most` among parameters of which only `q`, `lang` and this one are known."""
    problems = [*_unknown(parameters, ("q", "lang", name)), *_repeated(parameters)]
    count = _number(parameters, name, usual, 1, most, problems)
    return Faulty(tuple(problems)) if problems else count


def read_page(parameters: Parameters, usual: int, most: int) -> tuple[int, int] | Faulty:
    """The number and size of a page, `page` and `per_page` as HSDS calls them."""
    problems = _unknown(parameters, ("page", "per_page"))
    number = _number(parameters, "page", 1, 1, FARTHEST_OFFSET, problems)
    size = _number(parameters, "per_page", usual, 1, most, problems)
    return Faulty(tuple(problems)) if problems else (number, size)


def only_language(parameters: Parameters) -> Faulty | None:
    """What is wrong with parameters of which only `lang` is known; None when nothing is."""
    problems = (*_unknown(parameters, ("lang",)), *_repeated(parameters))
    return Faulty(problems) if problems else None


def _one(parameters: Parameters, name: str) -> str:
    values = parameters.get(name) or ("",)
    return values[0].strip()


def _unknown(parameters: Parameters, known: Sequence[str]) -> list[Problem]:
    sentence = N_("This parameter is not known here. Known are: %(known)s.")
    names = ", ".join(known)
    unknown = [name for name in parameters if name not in known]
    return [Problem(name[:60], Message(sentence, {"known": names})) for name in unknown[:MOST_UNKNOWN]]


def _repeated(parameters: Parameters) -> list[Problem]:
    sentence = N_("Write this parameter only once.")
    return [Problem(name, Message(sentence)) for name in ONCE if len(parameters.get(name, ())) > 1]


def _number(parameters: Parameters, name: str, usual: int, least: int, most: int, problems: list[Problem]) -> int:
    given = _one(parameters, name)
    if not given:
        return usual
    if re.fullmatch("[0-9]{1,9}", given) and least <= int(given) <= most:
        return int(given)
    sentence = N_("Write a whole number from %(least)s to %(most)s.")
    problems.append(Problem(name, Message(sentence, {"least": least, "most": most})))
    return usual


def _filters(parameters: Parameters, region: Region, problems: list[Problem]) -> dict[str, tuple[str, ...]]:
    filters = {}
    for facet in FACET_NAMES:
        values = _values(parameters.get(facet, ()))
        fits = _known_values(facet, region)
        wrong = [value for value in values if not fits(value)]
        problems += [_value_problem(facet, value) for value in wrong[:MOST_VALUES]]
        if len(values) > MOST_VALUES:
            problems.append(Problem(facet, Message(N_("Write at most %(most)s values."), {"most": MOST_VALUES})))
        if values:
            filters[facet] = values
    return filters


def _values(given: Sequence[str]) -> tuple[str, ...]:
    parts = (part.strip() for text in given for part in text.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _known_values(facet: str, region: Region) -> Callable[[str], bool]:
    if facet == "language":
        return lambda value: bool(_TAG.fullmatch(value))
    if facet == "provider":
        return lambda value: bool(re.fullmatch("[1-9][0-9]{0,8}", value))
    known = facet_values(facet, region)
    return lambda value: value in known


def facet_values(facet: str, region: Region) -> tuple[str, ...]:
    """The values a facet may have; empty for those that grow with the offers (languages and providers)."""
    if facet in _YES_FACETS:
        return ("yes", "no")
    tables: dict[str, Sequence[str] | Mapping[str, object]] = {
        "topic": TOPICS,
        "place": (*region.by_code, region.code),
        "level": LEVELS,
        "cost": COSTS,
        "format": FORMATS,
        "time": TIMES,
        "residence": RESIDENCE,
        "audience": AUDIENCES,
    }
    return tuple(str(code) for code in tables.get(facet, ()))


def _near(parameters: Parameters, region: Region, problems: list[Problem]) -> str:
    place = _one(parameters, "near")
    if place and place not in region.by_code:
        problems.append(_value_problem("near", place))
    return place


def _within(parameters: Parameters, near: str, problems: list[Problem]) -> float | None:
    given = _one(parameters, "within")
    if not given:
        return None
    if not near:
        problems.append(Problem("within", Message(N_("Name a place with “near” as well."))))
    if re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,3})?", given) and 0 < float(given) <= FARTHEST_KM:
        return float(given)
    sentence = N_("Write a distance in kilometres, more than 0 and at most %(most)s.")
    problems.append(Problem("within", Message(sentence, {"most": FARTHEST_KM})))
    return None


def _sort(parameters: Parameters, problems: list[Problem]) -> Sort:
    given = _one(parameters, "sort")
    if not given or given in list(Sort):
        return Sort(given) if given else Sort.RELEVANCE
    problems.append(_choice_problem("sort", tuple(Sort)))
    return Sort.RELEVANCE


def _exact(parameters: Parameters, problems: list[Problem]) -> bool:
    given = _one(parameters, "exact").lower()
    if given not in {"", "0", "1", "false", "true"}:
        problems.append(_choice_problem("exact", ("true", "false")))
    return given in {"1", "true"}


def _choice_problem(field: str, known: Sequence[str]) -> Problem:
    return Problem(field, Message(N_("Write one of these: %(known)s."), {"known": ", ".join(known)}))


def _value_problem(field: str, value: str) -> Problem:
    return Problem(field, Message(N_("“%(code)s” is not one of the known values."), {"code": value[:60]}))


def _language_problem(tag: str) -> Problem:
    tags = ", ".join(languages.BY_TAG)
    sentence = N_("The language “%(tag)s” is not known here. Known are: %(known)s.")
    return Problem("lang", Message(sentence, {"tag": tag[:35], "known": tags}))
