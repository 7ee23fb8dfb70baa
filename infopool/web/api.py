"""The JSON API, version 1: what the pages can find and show, for other programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, current_app, json, request

from infopool import catalogues, languages
from infopool.directory import offers
from infopool.directory.topics import is_sensitive
from infopool.exchange import answers, asking
from infopool.exchange.asking import Faulty
from infopool.exchange.offer_answer import offer_answer
from infopool.languages import Language
from infopool.messages import N_, Message, Problem
from infopool.search.engine import EngineBroken
from infopool.search.query import Asked
from infopool.web.labels import labels_for
from infopool.web.openapi import document
from infopool.web.pool import pool

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

SECONDS_KEPT = 60
"""How long an answer may be shown again without asking; private, because an address holds what somebody typed."""

OTHER_METHODS = ("POST", "PUT", "PATCH", "DELETE")


@blueprint.get("/search")
def search() -> Response:
    """Find offers."""
    return _answered(_search)


@blueprint.get("/offers/<int:offer_id>")
def offer(offer_id: int) -> Response:
    """Everything visitors may know about one offer."""
    return _answered(lambda language: _offer(offer_id, language))


@blueprint.get("/topics")
def topics() -> Response:
    """The topics, with the number of offers under each."""
    return _answered(lambda language: _counted(answers.topics_answer, language))


@blueprint.get("/places")
def places() -> Response:
    """The places, with the number of offers for each."""
    return _answered(lambda language: _counted(answers.places_answer, language))


@blueprint.get("/suggest")
def suggest() -> Response:
    """What to show below a search field while somebody types."""
    return _answered(_suggest)


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The description of this API."""
    return _reply(document(pool().region, pool().settings.base_url))


@blueprint.route("/", defaults={"rest": ""}, methods=("GET", *OTHER_METHODS))
@blueprint.route("/<path:rest>", methods=("GET", *OTHER_METHODS))
def nothing(rest: str) -> Response:
    """An address the API does not have, or a method it does not take."""
    if request.method in OTHER_METHODS:
        reply = _refuse(
            [Problem("method", Message(N_("This API is only for reading. Use GET.")))], _own_language(), 405
        )
        reply.headers["Allow"] = "GET, HEAD, OPTIONS"
        return reply
    sentence = N_("There is nothing at this address. /api/v1/openapi.json lists what there is.")
    return _refuse([Problem("path", Message(sentence))], _own_language(), 404)


@blueprint.errorhandler(EngineBroken)
def without_index(_error: EngineBroken) -> Response:
    """The index cannot be read just now."""
    sentence = N_("The search is being repaired. Please try again in a minute.")
    reply = _refuse([Problem("", Message(sentence))], _own_language(), 503)
    reply.headers["Retry-After"] = "60"
    return reply


@blueprint.after_request
def let_others_read(reply: Response) -> Response:
    """Every page of the world may read this, without cookies and without leave."""
    reply.headers["Access-Control-Allow-Origin"] = "*"
    reply.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.method == "OPTIONS":
        reply.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        reply.headers["Access-Control-Allow-Headers"] = "If-None-Match"
    return reply


def _answered(answer: Callable[[Language], Response]) -> Response:
    language = asking.read_language(_parameters(), _accepted())
    if isinstance(language, Faulty):
        return _refuse(language.problems, _own_language())
    reply = answer(language)
    reply.headers["Content-Language"] = language.tag
    reply.vary.add("Accept-Language")
    return reply


def _search(language: Language) -> Response:
    asked = asking.read_question(_parameters(), language, pool().region, pool().today())
    if isinstance(asked, Faulty):
        return _refuse(asked.problems, language)
    return _reply(answers.search_answer(pool().find(asked), labels_for(pool(), language.tag)))


def _offer(offer_id: int, language: Language) -> Response:
    faulty = asking.only_language(_parameters())
    if faulty:
        return _refuse(faulty.problems, language)
    with pool().database.reading() as session:
        found = offers.published(session, offer_id) if offer_id <= asking.MOST_ID else None
        if found is None:
            return _refuse([Problem("id", Message(N_("There is no such offer.")))], language, 404)
        reply = _reply(offer_answer(found, labels_for(pool(), language.tag)))
        if is_sensitive(found.topics):
            reply.headers["Cache-Control"] = "no-store"
        return reply


def _counted(make: Callable[..., Mapping[str, Any]], language: Language) -> Response:
    faulty = asking.only_language(_parameters())
    if faulty:
        return _refuse(faulty.problems, language)
    everything = pool().find(Asked("", language.tag, pool().today(), limit=1))
    return _reply(make(labels_for(pool(), language.tag), everything))


def _suggest(language: Language) -> Response:
    limit = asking.read_count(_parameters(), "limit", usual=8, most=20)
    if isinstance(limit, Faulty):
        return _refuse(limit.problems, language)
    text = request.args.get("q", "").strip()
    found = pool().suggest(text, language.tag, limit) if text else ()
    return _reply(answers.suggest_answer(text, language.tag, found))


def _parameters() -> dict[str, list[str]]:
    return dict(request.args.lists())


def _accepted() -> list[str]:
    return [tag for tag, quality in request.accept_languages if quality > 0]


def _own_language() -> Language:
    """The language for a problem when the one asked for is the problem, or none is."""
    asked = asking.read_language(_parameters(), _accepted())
    return languages.negotiate(_accepted()) if isinstance(asked, Faulty) else asked


def _refuse(problems: list[Problem] | tuple[Problem, ...], language: Language, status: int = 400) -> Response:
    reply = _json(answers.problems_answer(problems, catalogues.translator(language.tag)), status)
    reply.headers["Content-Language"] = language.tag
    reply.headers["Cache-Control"] = "no-store"
    reply.vary.add("Accept-Language")
    return reply


def _reply(plain: Mapping[str, Any]) -> Response:
    reply = _json(plain, 200)
    reply.headers["Cache-Control"] = f"private, max-age={SECONDS_KEPT}"
    reply.add_etag()
    reply.make_conditional(request)
    return reply


def _json(plain: Mapping[str, Any], status: int) -> Response:
    # Sorted keys would put "facets" before "hits"; people read this too, so the order of the promise is kept.
    text = json.dumps(plain, ensure_ascii=False, sort_keys=False, separators=(",", ":"))
    return current_app.response_class(text.encode("utf-8", "replace"), status, mimetype="application/json")
