"""The description of the JSON API in OpenAPI 3.1; lists of values come from the same tables the API reads."""

from __future__ import annotations

from typing import Any

from infopool import __version__, languages
from infopool.directory.regions import Region
from infopool.exchange import asking
from infopool.search.query import FACETS, Sort
from infopool.web import openapi_schemas
from infopool.web.openapi_schemas import PROBLEMS, array, reference, text

Plain = dict[str, Any]

FACET_HELP: dict[str, str] = {
    "topic": "A topic; a top topic includes the ones below it.",
    "place": "A municipality or district that is served; /places lists them.",
    "language": "A language spoken there, as a BCP 47 tag.",
    "level": "A German level taught, or with which one can take part; A0 is: no German yet.",
    "cost": "What it costs.",
    "format": "How one takes part.",
    "time": "Time of day, weekend, or by appointment.",
    "childcare": "Whether children are looked after meanwhile.",
    "women_only": "Whether it is for women only.",
    "wheelchair": "Whether a wheelchair gets in.",
    "residence": "A residence status that is welcome.",
    "audience": "Whom it is for.",
    "provider": "A provider, by its number.",
}
"""What each facet means, for programmers; English like all of the description."""


def document(region: Region, base_url: str) -> Plain:
    """The whole description, for an installation reached under `base_url`."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "infopool",
            "version": __version__,
            "summary": f"Help for newcomers: {region.name}",
            "description": "Read only, open to every origin, without keys and without cookies.",
        },
        "servers": [{"url": base_url.rstrip("/")}],
        "paths": _paths(region),
        "components": {
            "schemas": openapi_schemas.SCHEMAS,
            "responses": {
                "Faulty": _answer("Parameters that cannot be used, each with what to write instead.", PROBLEMS),
                "Nothing": _answer("There is nothing at this address.", PROBLEMS),
                "NoIndex": _answer("The search is being repaired; try again later.", PROBLEMS),
            },
        },
    }


def _paths(region: Region) -> Plain:
    searched = {"503": {"$ref": "#/components/responses/NoIndex"}}
    missing = {"404": {"$ref": "#/components/responses/Nothing"}}
    return {
        "/api/v1/search": _get("Find offers", "Search", _search_parameters(region), searched),
        "/api/v1/offers/{id}": _get("One offer", "Offer", [_id(), _lang()], missing),
        "/api/v1/topics": _get("All topics", "Topics", [_lang()], searched),
        "/api/v1/places": _get("All places", "Places", [_lang()], searched),
        "/api/v1/suggest": _get(
            "What to show while somebody types",
            "Suggestions",
            [_parameter("q", "What has been typed.", text()), _lang(), _limit(8, 20)],
            searched,
        ),
        "/hsds/": _get("What HSDS this speaks", "HsdsRoot", [], {}),
        "/hsds/services": _get("Offers as HSDS 3.1 services", "HsdsPage", _page_parameters(), {}),
        "/hsds/services/{id}": _get("One offer as an HSDS 3.1 service", "HsdsService", [_uuid()], missing),
        "/healthz": {
            "get": {
                "summary": "Whether this installation can serve",
                "responses": {
                    "200": _answer("It can.", reference("Health")),
                    "503": _answer("It cannot.", reference("Health")),
                },
            }
        },
    }


def _get(summary: str, schema: str, parameters: list[Plain], further: Plain) -> Plain:
    faulty = {"400": {"$ref": "#/components/responses/Faulty"}} if parameters else {}
    responses = {"200": _answer(summary, reference(schema)), **faulty, **further}
    return {"get": {"summary": summary, "parameters": parameters, "responses": responses}}


def _answer(description: str, schema: Plain) -> Plain:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _parameter(name: str, description: str, schema: Plain, **more: object) -> Plain:
    return {"name": name, "in": "query", "description": description, "schema": schema, **more}


def _id() -> Plain:
    number = {"type": "integer", "minimum": 1}
    return {"name": "id", "in": "path", "required": True, "schema": number, "description": "The offer’s number."}


def _uuid() -> Plain:
    schema = {"type": "string", "format": "uuid"}
    return {"name": "id", "in": "path", "required": True, "schema": schema, "description": "The service’s id."}


def _lang() -> Plain:
    tags = ", ".join(languages.BY_TAG)
    words = f"Language of the answer: {tags}, or a tag close to one of them. Without it, Accept-Language decides."
    return _parameter("lang", words, text())


def _limit(usual: int, most: int) -> Plain:
    schema = {"type": "integer", "minimum": 1, "maximum": most, "default": usual}
    return _parameter("limit", "How many at most.", schema)


def _search_parameters(region: Region) -> list[Plain]:
    offset = {"type": "integer", "minimum": 0, "maximum": asking.FARTHEST_OFFSET, "default": 0}
    kilometres = {"type": "number", "exclusiveMinimum": 0, "maximum": asking.FARTHEST_KM}
    order = {"type": "string", "enum": [str(sort) for sort in Sort], "default": str(Sort.RELEVANCE)}
    return [
        _parameter("q", "Words, in any language; empty finds everything.", text()),
        _lang(),
        _limit(asking.LIMIT, asking.MOST_HITS),
        _parameter("offset", "How many hits to pass over.", offset),
        *(_facet(facet.name, facet.strict, region) for facet in FACETS),
        _parameter("near", "Nearer to this place is better.", {"type": "string", "enum": list(region.by_code)}),
        _parameter("within", "At most this many kilometres from `near`.", kilometres),
        _parameter("sort", "The order of the hits.", order),
        _parameter("exact", "Search the words as typed; mend and guess nothing.", {"type": "boolean"}),
    ]


def _facet(name: str, strict: bool, region: Region) -> Plain:
    known = asking.facet_values(name, region)
    unsaid = "left out" if strict else "kept, after the others"
    words = (
        f"{FACET_HELP[name]} Repeat it or separate values by commas: any of them. Offers that do not say are {unsaid}."
    )
    return _parameter(name, words, array({"type": "string", **({"enum": list(known)} if known else {})}))


def _page_parameters() -> list[Plain]:
    whole = {"type": "integer", "minimum": 1}
    return [
        _parameter("page", "Which page, from 1.", {**whole, "default": 1}),
        _parameter("per_page", "How many services a page has.", {**whole, "maximum": 100, "default": 50}),
    ]
