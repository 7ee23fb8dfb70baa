"""What visitors say, at the desk: read it, go to the offer, say what was done."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, current_app, request, url_for
from werkzeug.wrappers import Response

from infopool import languages
from infopool.curation import feedback
from infopool.curation.rights import Action, may_with
from infopool.directory import offers
from infopool.directory.models import Offer, Remark
from infopool.directory.remarks import REASONS, SUGGESTION
from infopool.languages import Language
from infopool.messages import N_, Problem
from infopool.web import searching
from infopool.web.admin import guard
from infopool.web.admin.showing import announce, go_to, show_desk, translated
from infopool.web.i18n import page_wording
from infopool.web.pool import pool
from infopool.web.wording import phone

blueprint = Blueprint("desk_feedback", __name__, url_prefix="/admin/feedback")

CLOSED = announce("feedback-closed", N_("Done. The message is closed."))
HANDED_ON = announce("feedback-handed-on", N_("The suggestion is with the other working group now."))


@dataclass(frozen=True)
class Line:
    """One message of a visitor."""

    id: int
    on: str
    about: str
    offer_id: int
    reason: str
    words: str
    language: Language
    contact: str
    outcome: str
    closed: str
    mine: bool


@blueprint.get("/")
def listing() -> str:
    """What visitors said that concerns me."""
    closed = request.args.get("state") == "closed"
    with pool().database.reading() as session:
        page = searching.page_number(request.args.get("page", ""))
        found = feedback.find(session, guard.curator(), closed=closed, page=page)
        lines = [_line(remark, offer) for remark, offer in found.rows]
    return show_desk(
        "admin/feedback/listing.html", title=translated(N_("Feedback")), lines=lines, found=found, closed=closed
    )


@blueprint.get("/<number:remark_id>/")
def show(remark_id: int) -> str:
    """One message, and what can be done."""
    return _page(remark_id)


@blueprint.post("/<number:remark_id>/")
def close(remark_id: int) -> str | Response:
    """Close it with what was done."""
    house = pool()
    with house.database.transaction() as session:
        remark, offer = feedback.get(session, remark_id) or abort(404)
        guard.allow(Action.EDIT, feedback.groups_of(remark, offer))
        problems = feedback.close(
            session,
            remark,
            request.form.get("outcome", ""),
            request.form.get("answer", ""),
            guard.actor(),
            title=offers.source_text(offer).title if offer else "",
            region=house.region,
            address=_address(offer, remark.language),
            now=house.now(),
            today=house.today(),
        )
    if problems:
        return _page(remark_id, problems)
    return go_to(".listing", done=CLOSED)


@blueprint.post("/<number:remark_id>/offer")
def make_offer(remark_id: int) -> Response:
    """Begin an offer from a suggestion and go to its form."""
    house = pool()
    with house.database.transaction() as session:
        remark, offer = feedback.get(session, remark_id) or abort(404)
        if remark.kind != SUGGESTION:
            abort(404)
        guard.allow(Action.EDIT, feedback.groups_of(remark, offer))
        edit = feedback.make_offer(session, remark, guard.actor(), now=house.now(), region=house.region)
    return go_to("desk_editing.edit", edit_id=edit.id)


@blueprint.post("/<number:remark_id>/group")
def hand_on(remark_id: int) -> Response:
    """Give a suggestion to a working group."""
    house = pool()
    with house.database.transaction() as session:
        remark, offer = feedback.get(session, remark_id) or abort(404)
        guard.allow(Action.EDIT, feedback.groups_of(remark, offer))
        group = request.form.get("group", "")
        if not feedback.hand_to(session, remark, group, guard.actor(), region=house.region, now=house.now()):
            abort(400)
    return go_to(".listing", done=HANDED_ON)


def _page(remark_id: int, problems: tuple[Problem, ...] = ()) -> str:
    with pool().database.reading() as session:
        remark, offer = feedback.get(session, remark_id) or abort(404)
        line = _line(remark, offer)
    gettext = page_wording().translator.gettext
    return show_desk(
        "admin/feedback/show.html",
        title=line.about or translated(N_("A suggestion")),
        line=line,
        answer=remark.answer or request.form.get("answer", ""),
        chosen=request.form.get("outcome", ""),
        outcomes=[(code, gettext(words)) for code, words in feedback.OUTCOMES.items()],
        problems={problem.field: page_wording().say(problem.message) for problem in problems},
        by_mail="@" in line.contact,
        groups=[(group.code, group.name) for group in pool().region.working_groups],
        group=remark.working_group,
        may_begin="desk_editing.edit" in current_app.view_functions,
        edit_id=remark.edit_id,
    )


def _line(remark: Remark, offer: Offer | None) -> Line:
    wording, today = page_wording(), pool().today()
    gettext = wording.translator.gettext
    mine = may_with(guard.curator(), Action.EDIT, feedback.groups_of(remark, offer))
    # Whoever cannot answer need not know whom: an address is seen by those who need it.
    contact = remark.contact if mine else ""
    return Line(
        id=remark.id,
        on=wording.day(remark.left_on, today),
        about=offers.source_text(offer).title if offer and offer.texts else "",
        offer_id=remark.offer_id or 0,
        reason=gettext(REASONS[remark.reason]) if remark.reason in REASONS else "",
        words=remark.words,
        language=languages.find(remark.language) or languages.BY_TAG[languages.SOURCE_LANGUAGE],
        contact=phone(contact) if contact.startswith("+") else contact,
        outcome=gettext(feedback.OUTCOMES[remark.outcome]) if remark.outcome in feedback.OUTCOMES else "",
        closed=wording.day(remark.closed_on, today) if remark.closed_on else "",
        mine=mine,
    )


def _address(offer: Offer | None, tag: str) -> str:
    if offer is None:
        return ""
    base = pool().settings.base_url.rstrip("/")
    return base + url_for("public.offer", offer_id=offer.id, language=tag)
