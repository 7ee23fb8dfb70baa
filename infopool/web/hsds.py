"""The offers for programmes that speak HSDS 3.1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, json, request

from infopool import catalogues, languages
from infopool.directory import offers
from infopool.exchange import answers, asking, hsds
from infopool.exchange.asking import Faulty
from infopool.messages import N_, Message, Problem
from infopool.web.labels import labels_for
from infopool.web.pool import pool

blueprint = Blueprint("hsds", __name__, url_prefix="/hsds")

MOST_ON_A_PAGE = 100


@blueprint.get("/")
def root() -> Response:
    """What is spoken here."""
    return _reply(hsds.root(f"{_base()}/api/v1/openapi.json"))


@blueprint.get("/services")
def services() -> Response:
    """A page of services."""
    asked = asking.read_page(dict(request.args.lists()), hsds.PAGE_SIZE, MOST_ON_A_PAGE)
    if isinstance(asked, Faulty):
        return _refuse(asked.problems, 400)
    with pool().database.reading() as session:
        return _reply(hsds.page(session, _voice(), *asked))


@blueprint.get("/services/<uuid:service_id>")
def service(service_id: UUID) -> Response:
    """One service."""
    number = hsds.number_of(_base(), "services", service_id)
    with pool().database.reading() as session:
        offer = offers.published(session, number) if number and number <= asking.MOST_ID else None
        if offer is None:
            return _refuse((Problem("id", Message(N_("There is no such offer."))),), 404)
        return _reply(hsds.service_of(offer, _voice()))


@blueprint.after_request
def let_others_read(reply: Response) -> Response:
    """Open to every origin, without cookies."""
    reply.headers["Access-Control-Allow-Origin"] = "*"
    reply.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return reply


def _base() -> str:
    return pool().settings.base_url.rstrip("/")


def _voice() -> hsds.Voice:
    return hsds.Voice(labels_for(pool(), languages.SOURCE_LANGUAGE), _base(), pool().today())


def _refuse(problems: tuple[Problem, ...], status: int) -> Response:
    language = languages.negotiate(tag for tag, quality in request.accept_languages if quality > 0)
    reply = _json(answers.problems_answer(problems, catalogues.translator(language.tag)), status)
    reply.headers["Cache-Control"] = "no-store"
    return reply


def _reply(plain: Mapping[str, Any]) -> Response:
    reply = _json(plain, 200)
    reply.headers["Cache-Control"] = "public, max-age=60"
    reply.add_etag()
    reply.make_conditional(request)
    return reply


def _json(plain: Mapping[str, Any], status: int) -> Response:
    text = json.dumps(plain, ensure_ascii=False, sort_keys=False)
    return current_app.response_class(text.encode("utf-8", "replace"), status, mimetype="application/json")
