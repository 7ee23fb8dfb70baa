""" "Is something wrong?" and "Suggest an offer": the two forms of the public pages."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from infopool.directory import offers, remarks
from infopool.messages import N_, Problem
from infopool.web import access
from infopool.web.entrance import let_in
from infopool.web.i18n import page_language, page_wording
from infopool.web.labels import labels_for
from infopool.web.pool import pool
from infopool.web.presenters.offers import offer_page
from infopool.web.showing import show

blueprint = Blueprint("remarks", __name__)

throttle = access.Throttle(most=30, seconds=600)

PROPOSE = N_("Suggest an offer")
TRAP = "homepage"
"""The name of the field that nobody sees; robots fill in whatever there is."""

reader = access.FormReader(most=2)
"""Half of a process's threads at most; the other half goes on answering."""


@blueprint.post("/<language:language>/offers/<number:offer_id>/remarks")
def leave(offer_id: int) -> tuple[str, int] | AnyResponse:
    """Keep what a visitor says is wrong."""
    let_in(throttle, reader)
    problem = None if _is_a_robot() else _keep(offer_id)
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
        contact = request.form.get("contact", "")
        return remarks.leave(
            session, offer_id, reason, words, language=page_language().tag, today=pool().today(), contact=contact
        )


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


@blueprint.get("/<language:language>/propose")
def propose() -> str:
    """The form for an offer that is missing here."""
    return _proposal({}, None)


@blueprint.post("/<language:language>/propose")
def take_proposal() -> tuple[str, int] | AnyResponse:
    """Keep what a visitor suggests."""
    let_in(throttle, reader)
    form = request.form
    if not _is_a_robot():
        with pool().database.transaction() as session:
            problem = remarks.suggest(
                session,
                form.get("title", ""),
                form.get("words", ""),
                language=page_language().tag,
                today=pool().today(),
                contact=form.get("contact", ""),
            )
        if problem:
            return _proposal(form, problem), 400
    return redirect(url_for("remarks.proposed"), 303)


@blueprint.get("/<language:language>/propose/thanks")
def proposed() -> str:
    """Say thank you for a suggestion."""
    return show("public/proposed.html", title=page_wording().translator.gettext("Thank you"), indexed=False)


def _proposal(written: Mapping[str, str], problem: Problem | None) -> str:
    return show(
        "public/propose.html",
        title=page_wording().translator.gettext(PROPOSE),
        problem=problem.field if problem else "",
        advice=page_wording().say(problem.message) if problem else "",
        written=written,
    )


def _is_a_robot() -> bool:
    """Whether the field was filled that people do not see. What a robot sends is thanked for and not kept."""
    return bool(request.form.get(TRAP, "").strip())
