"""What visitors see when something is not as they expected: a sentence, the search field and a person to call."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import Flask, Response, g, jsonify, make_response, request
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from infopool.messages import N_
from infopool.search.engine import EngineBroken
from infopool.web.admin import doors
from infopool.web.i18n import page_wording
from infopool.web.showing import show

log = logging.getLogger("infopool.errors")

PROGRAMS = ("/api/", "/hsds", "/healthz")
"""Addresses asked by programs: they get JSON."""


@dataclass(frozen=True)
class Sorry:
    """A heading and what to do next."""

    heading: str
    advice: str


SORRY: dict[int, Sorry] = {
    400: Sorry(
        N_("We could not read this request."),
        N_("Please go back and try again. If it does not work, search here or call us."),
    ),
    403: Sorry(
        N_("This form did not come from our page."),
        N_("Please open the page of the offer and send the form from there."),
    ),
    404: Sorry(
        N_("This page does not exist."), N_("Perhaps the address has a typing mistake. Search here or call us.")
    ),
    405: Sorry(N_("This does not work here."), N_("Please start again with a search, or call us.")),
    410: Sorry(
        N_("This offer no longer exists."),
        N_("It was taken off the list. There may be something similar: search here or call us."),
    ),
    413: Sorry(N_("This is too long."), N_("Please go back and write less.")),
    429: Sorry(N_("That was too much at once."), N_("Please wait a few minutes and try again.")),
    500: Sorry(N_("Something went wrong on our side."), N_("We have noted it. Please try again later, or call us.")),
    503: Sorry(
        N_("The search is resting for a moment."),
        N_("Please try again in a minute. If it is urgent, call us."),
    ),
}
"""By status; any other gets what stands for its hundred."""
NOT_YOURS = Sorry(doors.NOT_YOURS, doors.WHOSE)
"""For people with an account who try what their role does not allow."""


def prepare(app: Flask) -> None:
    """Answer every failure of the application with a page."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(EngineBroken, _resting)
    app.register_error_handler(Exception, _ours)


def page(status: int) -> Response:
    """The page for a status, in the visitor's language."""
    sorry = (NOT_YOURS if g.get("not_allowed") else SORRY.get(status)) or SORRY[500 if status >= 500 else 400]
    gettext = page_wording().translator.gettext
    if request.path.startswith(PROGRAMS):
        problem = {"field": "", "message": gettext(sorry.heading)}
        return make_response(jsonify({"problems": [problem]}), status)
    heading, advice = gettext(sorry.heading), gettext(sorry.advice)
    return make_response(show("errors/page.html", title=heading, heading=heading, advice=advice, indexed=False), status)


def _http(error: HTTPException) -> Response:
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()  # type: ignore[return-value]
    if isinstance(error, SecurityError):
        # Somebody asked for another host: there is no address here that a page could lead to.
        return make_response("Bad request\n", 400, {"Content-Type": "text/plain; charset=utf-8"})
    answer = page(error.code or 500)
    if error.code == 405:
        answer.headers["Allow"] = dict(error.get_headers()).get("Allow", "GET, HEAD")
    if isinstance(error, InternalServerError):
        log.error("an answer failed", exc_info=error.original_exception)
    return answer


def _resting(error: EngineBroken) -> Response:
    log.error("the search index cannot be read: %s", error)
    answer = page(503)
    answer.headers["Retry-After"] = "60"
    return answer


def _ours(error: Exception) -> Response:
    # The words searched for stand in the address, so it does not go into the log.
    log.error("%s failed", request.endpoint or "a request", exc_info=error)
    return page(500)
