"""The shapes of the JSON API's answers, as JSON Schema; a test holds every real answer against them."""

from __future__ import annotations

from typing import Any

from infopool.directory.facts import Answer, CheckMethod, ContactKind, CostKind, CostPeriod, Origin
from infopool.directory.schedules import Pause, SlotKind
from infopool.search.query import FACET_NAMES, Kind

Schema = dict[str, Any]


def reference(name: str) -> Schema:
    """A schema by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def text() -> Schema:
    """Any text."""
    return {"type": "string"}


def one_of(values: Any) -> Schema:
    """One of a fixed set of texts."""
    return {"type": "string", "enum": [str(value) for value in values]}


def array(items: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": items}


def whole(least: int = 0) -> Schema:
    """A whole number from `least` up."""
    return {"type": "integer", "minimum": least}


def or_null(schema: Schema) -> Schema:
    """The schema, or null for unknown."""
    return {"anyOf": [schema, {"type": "null"}]}


def exactly(**properties: Schema) -> Schema:
    """An object with all of these properties and no other."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


DAY: Schema = {"type": "string", "format": "date"}
TIME: Schema = {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?$"}
SOURCE = exactly(name=text(), key=text())
CODED = exactly(value=text(), label=text())
ANSWER = one_of(Answer)

PROBLEMS = exactly(problems={**array(exactly(field=text(), message={"type": "string", "minLength": 1})), "minItems": 1})

SLOT: Schema = {
    "type": "object",
    "description": "One line of a schedule; what is not there is at its default.",
    "properties": {
        "kind": one_of(SlotKind),
        "weekdays": array({"type": "integer", "minimum": 0, "maximum": 6, "description": "0 is Monday."}),
        "nth": array({"type": "integer", "description": "Which of the month; -1 is the last."}),
        "every": {**whole(1), "description": "Every how many weeks."},
        "on": DAY,
        "starts": TIME,
        "ends": TIME,
        "from_date": DAY,
        "until_date": DAY,
        "except_dates": array(DAY),
        "pauses": array(one_of(Pause)),
        "words": text(),
    },
    "required": ["kind"],
    "additionalProperties": False,
}

WORDS = {"title": text(), "summary": text(), "description": text(), "registration": text(), "documents": array(text())}

OFFER = exactly(
    id=whole(1),
    url=text(),
    language=text(),
    **WORDS,
    texts={
        "type": "object",
        "description": "Every text by its language.",
        "additionalProperties": exactly(**WORDS, origin=one_of(Origin), outdated={"type": "boolean"}),
    },
    provider=or_null(exactly(id=whole(1), name=text(), kind=CODED, website=or_null(text()))),
    topics=array(CODED),
    audiences=array(CODED),
    languages=array(exactly(value=text(), label=text(), note=text())),
    levels_taught=array(CODED),
    level_required=or_null(text()),
    residence=array(CODED),
    women_only=ANSWER,
    cost=exactly(
        value=one_of(CostKind),
        label=text(),
        euros=or_null({"type": "number", "minimum": 0}),
        period=or_null(one_of(CostPeriod)),
        words=text(),
    ),
    formats=array(CODED),
    childcare=ANSWER,
    wheelchair=ANSWER,
    registration_needed=ANSWER,
    schedule=array(SLOT),
    zone=text(),
    times=array(CODED),
    starts_on=or_null(DAY),
    ends_on=or_null(DAY),
    register_by=or_null(DAY),
    places=array(CODED),
    venue=or_null(
        exactly(
            name=text(),
            street=text(),
            postcode=text(),
            town=text(),
            place=or_null(CODED),
            latitude=or_null({"type": "number"}),
            longitude=or_null({"type": "number"}),
        )
    ),
    address_is_confidential={"type": "boolean"},
    contacts=array(exactly(kind=one_of(ContactKind), value=text(), note=text(), languages=array(text()))),
    capacity=exactly(free_places=or_null(whole()), waiting=text(), as_of=or_null(DAY)),
    edited_at={"type": "string", "format": "date-time"},
    checked=exactly(on=or_null(DAY), by=text(), how=or_null(one_of(CheckMethod))),
    valid_until=or_null(DAY),
    working_group=or_null(text()),
    source=SOURCE,
)

FACET_VALUES = array(exactly(value=text(), label=text(), count=whole()))

SEARCH = exactly(
    query=exactly(
        q=text(),
        lang=text(),
        understood=array(exactly(kind=one_of(Kind), id=text(), label=text(), **{"from": text()})),
        not_understood={**array(text()), "description": "Words that nobody knows; they change nothing about the hits."},
    ),
    total=whole(),
    limit=whole(1),
    offset=whole(),
    hits=array(
        exactly(
            id=whole(1),
            title=text(),
            language={"type": "string", "description": "The language of title and summary."},
            summary=text(),
            url={"type": "string", "description": "The offer’s page, on this server."},
            score={"type": "number"},
            why={**array(text()), "description": "Whole sentences: why this offer is here."},
            source=SOURCE,
        )
    ),
    facets={
        "type": "object",
        "propertyNames": {"enum": list(FACET_NAMES)},
        "additionalProperties": FACET_VALUES,
    },
    suggestions={**array(text()), "description": "Other words to try; each finds something."},
)

PLACE = exactly(
    code=text(),
    name=text(),
    ags={"type": "string", "pattern": "^[0-9]{8}$"},
    parent=or_null(text()),
    latitude={"type": "number"},
    longitude={"type": "number"},
    postcodes=array({"type": "string", "pattern": "^[0-9]{5}$"}),
    count=whole(),
)

HSDS_SERVICE: Schema = {
    "type": "object",
    "description": "See https://docs.openreferral.org/en/3.1/",
    "properties": {"id": {"type": "string", "format": "uuid"}, "name": text(), "status": text()},
    "required": ["id", "name", "status"],
}

HSDS_PAGE = exactly(
    total_items=whole(),
    total_pages=whole(),
    page_number=whole(1),
    size=whole(),
    first_page={"type": "boolean"},
    last_page={"type": "boolean"},
    empty={"type": "boolean"},
    contents=array(reference("HsdsService")),
)

SCHEMAS: dict[str, Schema] = {
    "Search": SEARCH,
    "Offer": OFFER,
    "Topics": exactly(topics=array(exactly(code=text(), label=text(), parent=or_null(text()), count=whole()))),
    "Places": exactly(region=exactly(code=text(), name=text()), places=array(PLACE), attribution=array(text())),
    "Suggestions": exactly(
        query=exactly(q=text(), lang=text()),
        suggestions=array(exactly(text=text(), kind=text(), id=text(), count=whole(1))),
    ),
    "Problems": PROBLEMS,
    "Health": exactly(
        status=one_of(("ok", "broken")), database=one_of(("ok", "broken")), index=one_of(("ok", "broken"))
    ),
    "HsdsRoot": exactly(version=text(), profile=text(), openapi_url=text()),
    "HsdsService": HSDS_SERVICE,
    "HsdsPage": HSDS_PAGE,
}
"""Every shape by its name."""
