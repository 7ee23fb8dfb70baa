""" "Is something wrong?": the one form of the public pages."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from infopool.directory import offers, remarks
from infopool.messages import Problem
from infopool.web import access
from infopool.web.i18n import page_language, page_wording
from infopool.web.labels import labels_for
from infopool.web.pool import pool
from infopool.web.presenters.offers import offer_page
from infopool.web.showing import show

blueprint = Blueprint("remarks", __name__)

throttle = access.Throttle(most=30, seconds=600)

reader = access.FormReader(most=2)
"""Half of a process's threads at most; the other half goes on answering."""


@blueprint.post("/<language:language>/offers/<number:offer_id>/remarks")
def leave(offer_id: int) -> tuple[str, int] | AnyResponse:
    """Keep what a visitor says is wrong."""
    if not access.is_from_our_pages(request, pool().settings.base_url):
        abort(403)
    refused = reader.read(request)
    if refused:
        abort(refused)
    if not throttle.lets_through():
        abort(429)
    problem = _keep(offer_id)
    if problem:
        return _again(offer_id, problem), 400
    return redirect(url_for("remarks.thanks", offer_id=offer_id), 303)


@blueprint.get("/<language:language>/offers/<number:offer_id>/thanks")
def thanks(offer_id: int) -> str:
    """Say thank you and lead back."""
    with pool().database.reading() as session:
        offer = offers.published(session, offer_id) or abort(404)
        view = offer_page(offer, labels_for(pool(), page_language().tag), page_wording(), pool().today())
    title = page_wording().translator.gettext("Thank you")
    return show("public/thanks.html", title=title, view=view, sensitive=view.sensitive, indexed=False)


def _keep(offer_id: int) -> Problem | None:
    reason, words = request.form.get("reason", ""), request.form.get("words", "")
    with pool().database.transaction() as session:
        if offers.published(session, offer_id) is None:
            abort(404)
        return remarks.leave(session, offer_id, reason, words, language=page_language().tag, today=pool().today())


def _again(offer_id: int, problem: Problem) -> str:
    """The form once more, with what is to mend and what was written."""
    with pool().database.reading() as session:
        offer = offers.published(session, offer_id) or abort(404)
        view = offer_page(offer, labels_for(pool(), page_language().tag), page_wording(), pool().today())
    return show(
        "public/remark.html",
        title=view.title.text,
        view=view,
        problem=problem.field,
        advice=page_wording().say(problem.message),
        written=request.form,
        sensitive=view.sensitive,
        indexed=False,
    )
