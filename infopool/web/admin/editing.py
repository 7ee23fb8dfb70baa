"""The room where offers are written: the form, keeping it by itself, the comparison after two wrote at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, Response, abort, jsonify, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from infopool import languages
from infopool.curation import edits, review, rights
from infopool.curation.edits import FASTER, OFFER_CHANGED, Choice, Kept, Overtaken
from infopool.curation.forms import Fields, complete, defaults, fields_of
from infopool.curation.models import Edit, EditState
from infopool.curation.rights import Action
from infopool.directory import offers
from infopool.directory.models import Offer, Provider
from infopool.messages import N_, Message, Problem
from infopool.web.admin import form_pages
from infopool.web.admin.form_pages import Sent
from infopool.web.admin.guard import actor, allow, curator
from infopool.web.admin.publishing import catch_up
from infopool.web.admin.showing import announce, go_to, show_desk, translated
from infopool.web.i18n import page_wording
from infopool.web.pool import pool

blueprint = Blueprint("desk_editing", __name__, url_prefix="/admin/editing")

T = TypeVar("T")
Page = tuple[str, int] | AnyResponse

announce("kept", N_("Kept as a draft. Visitors do not see it yet."))
announce("merged", N_("Both versions are put together. Please look at it once more."))
announce("sent", N_("Thank you. A colleague will look at it."))
announce("published", N_("Published. Visitors see it from now on."))
announce("scheduled", N_("Approved. It will be published on the day you chose."))
announce("dropped", N_("Put aside. Nothing is deleted; you can take it up again here."))

THEIRS = N_("This belongs to another working group. Please send it to review; a colleague there publishes it.")


def changing(work: Callable[[Session], T]) -> T:
    """Do something in a transaction of this pool; once more from the start when another came in between."""
    return edits.changing(pool().database, work)


@blueprint.get("/new")
def new() -> Page:
    """An empty form, with what one usually fills in."""
    house, who = pool(), curator()
    group = who.groups[0] if len(who.groups) == 1 else ""
    with house.database.reading() as session:
        last = session.scalars(
            select(Edit.offer_id)
            .where(Edit.author_id == who.id, Edit.offer_id.is_not(None))
            .order_by(Edit.saved_at.desc())
            .limit(1)
        ).first()
        fields = defaults(house.region, working_group=group, last=offers.get(session, last) if last else None)
        return form_pages.show_form(form_pages.form_for(session, house.region, fields))


@blueprint.get("/offers/<number:offer_id>")
def begin(offer_id: int) -> Page:
    """The form filled from an offer; what one has begun already is taken up again."""
    house = pool()
    with house.database.reading() as session:
        offer = offers.get(session, offer_id) or abort(404)
        allow(Action.EDIT, rights.groups_of(offer))
        begun = edits.mine_of(session, curator().id, offer_id)
        if begun:
            return go_to("desk_editing.edit", edit_id=begun.id)
        fields = fields_of(offers.draft_of(offer), house.region)
        form = form_pages.form_for(session, house.region, fields, offer=offer, look_around=False)
        return form_pages.show_form(form, problems=())


@blueprint.get("/<number:edit_id>")
def edit(edit_id: int) -> Page:
    """A form that was kept, exactly as it was typed."""
    house = pool()
    with house.database.reading() as session:
        found, offer = found_here(session, edit_id)
        if found.state not in edits.GOING_ON:
            return go_to("desk_offers.show", offer_id=offer.id) if offer else go_to("desk.home")
        form = form_pages.form_for(
            session,
            house.region,
            complete(found.fields),
            edit=found,
            offer=offer,
            base=found.base_version or 0,
            note=found.note,
        )
        return form_pages.show_form(form)


def found_here(session: Session, edit_id: int, *, hold: bool = False) -> tuple[Edit, Offer | None]:
    """An edit and its offer, if who is signed in may change both; else 404 or 403."""
    found = (edits.get if hold else edits.look)(session, edit_id) or abort(404)
    offer = offers.get(session, found.offer_id) if found.offer_id else None
    own = found.author_id == curator().id and offer is None
    allow(Action.EDIT, rights.groups_of(offer) if offer else () if own else rights.groups_of(found))
    return found, offer


@blueprint.post("/save")
def save() -> Page:
    """Everything the buttons of the form do, and the choice after a comparison."""
    given = form_pages.sent()
    page = changing(lambda session: _save(session, given))
    catch_up()
    return page


def _save(session: Session, given: Sent) -> Page:
    offer = _offer(session, given)
    if given.against:
        chosen = _choose(session, given)
        if not isinstance(chosen, Sent):
            return chosen
        given = chosen
    kept = _keep(session, given, offer)
    if isinstance(kept, Overtaken):
        return _compare(session, given, kept)
    if given.against:
        return go_to("desk_editing.edit", edit_id=kept.edit.id, done="merged")
    if kept.edit.state not in edits.GOING_ON:
        return _finish(session, given, kept.edit, None, "published")
    return _DO.get(given.action, _keep_as_draft)(session, given, kept.edit)


def _offer(session: Session, given: Sent) -> Offer | None:
    """The offer a form is about, if who is signed in may change it. An edit knows its offer better than the form."""
    if given.edit_id:
        return found_here(session, given.edit_id, hold=True)[1]
    if not given.offer_id:
        return None
    offer = offers.get(session, given.offer_id) or abort(404)
    allow(Action.EDIT, rights.groups_of(offer))
    return offer


def _keep(session: Session, given: Sent, offer: Offer | None) -> Kept | Overtaken:
    """Keep what was typed: in its edit, or in a new one."""
    house = pool()
    now = house.now()
    if given.edit_id:
        found, _ = found_here(session, given.edit_id)
        return edits.keep(
            session,
            found,
            given.fields,
            expected_version=given.version,
            now=now,
            region=house.region,
            note=given.note,
            by=actor(),
        )
    begun = edits.mine_of(session, curator().id, offer.id) if offer else None
    twin = None if offer else edits.twin_of(session, curator().id, given.fields, now)
    if twin:
        return Kept(twin)
    if begun:
        return Overtaken(begun, Message(FASTER, {"who": begun.author}))
    made = edits.begin(
        session,
        actor(),
        given.fields,
        now=now,
        region=house.region,
        offer=offer,
        base_version=given.base or None,
        note=given.note,
    )
    return Kept(made)


def _compare(session: Session, given: Sent, overtaken: Overtaken) -> Page:
    theirs = complete(overtaken.edit.fields)
    offer = offers.get(session, overtaken.edit.offer_id) if overtaken.edit.offer_id else None
    # The offer is no ancestor to judge by: the faster one may have been written into it already.
    choices = edits.choices(None, theirs, complete(given.fields))
    if overtaken.edit.state not in edits.GOING_ON:
        return _after_the_end(session, given, offer)
    return form_pages.show_comparison(given, theirs, choices, overtaken.why, against="edit", edit=overtaken.edit)


def _after_the_end(session: Session, given: Sent, offer: Offer | None) -> Page:
    """Somebody has finished the edit meanwhile: what was typed becomes an edit of its own."""
    made = edits.begin(
        session, actor(), given.fields, now=pool().now(), region=pool().region, offer=offer, note=given.note
    )
    return go_to("desk_editing.edit", edit_id=made.id, done="kept")


def _choose(session: Session, given: Sent) -> Sent | Page:
    """The form as it was put together from two; or the comparison again when a choice is missing or overtaken."""
    region = pool().region
    found, offer = found_here(session, given.edit_id)
    if given.against == "offer" and offer:
        theirs, choices = form_pages.against_offer(session, found, offer, region)
        seen, now = given.base, offer.version
    else:
        theirs = complete(found.fields)
        choices = edits.choices(None, theirs, complete(given.fields))
        seen, now = given.version, found.version
    open_ones = [one for one in choices if given.chosen.get(one.fields[0]) not in ("mine", "theirs")]
    if open_ones or seen != now:
        return _again(given, found, offer, theirs, choices)
    if given.against == "offer" and offer:
        found.base_version = offer.version
        session.flush()
    picked = {one.fields: given.chosen[one.fields[0]] for one in choices}
    fields = edits.merged(theirs, complete(given.fields), picked)
    return Sent(fields, found.id, found.version, given.offer_id, given.base, given.note, given.action, given.against)


def _again(given: Sent, found: Edit, offer: Offer | None, theirs: Fields, choices: list[Choice]) -> Page:
    why = Message(OFFER_CHANGED) if given.against == "offer" else Message(FASTER, {"who": found.author})
    base = offer.version if offer else 0
    shown = Sent(given.fields, found.id, found.version, given.offer_id, base, given.note, given.action)
    return form_pages.show_comparison(shown, theirs, choices, why, against=given.against, edit=found)


def _finish(session: Session, given: Sent, found: Edit, outcome: review.Outcome | Offer | None, done: str) -> Page:
    """Where to go after something was tried with an edit."""
    offer = offers.get(session, found.offer_id) if found.offer_id else None
    if isinstance(outcome, review.Conflict) and offer:
        theirs, choices = form_pages.against_offer(session, found, offer, pool().region)
        shown = Sent(given.fields, found.id, found.version, offer.id, offer.version, given.note, given.action)
        return form_pages.show_comparison(shown, theirs, choices, Message(OFFER_CHANGED), against="offer", edit=found)
    if isinstance(outcome, offers.Refused):
        fields = complete(found.fields)
        form = form_pages.form_for(
            session, pool().region, fields, edit=found, offer=offer, base=found.base_version or 0, note=found.note
        )
        return form_pages.show_form(form, problems=outcome.problems, status=400)
    if offer:
        return go_to("desk_offers.show", offer_id=offer.id, done=done)
    return go_to("desk_editing.edit", edit_id=found.id, done=done)


def _keep_as_draft(session: Session, given: Sent, found: Edit) -> Page:
    """Faults do not matter yet; without any, an offer that visitors do not see is written at once."""
    outcome = review.keep_as_draft(session, found, actor(), now=pool().now(), region=pool().region)
    if isinstance(outcome, review.Conflict):
        return _finish(session, given, found, outcome, "kept")
    return go_to("desk_editing.edit", edit_id=found.id, done="kept")


def _ask_for_review(session: Session, given: Sent, found: Edit) -> Page:
    outcome = review.ask_for_review(session, found, actor(), now=pool().now(), region=pool().region)
    return _finish(session, given, found, outcome, "sent")


def _publish(session: Session, given: Sent, found: Edit) -> Page:
    offer = offers.get(session, found.offer_id) if found.offer_id else None
    draft = review.understood(session, found, offer, pool().region).draft
    groups = {*review.groups_of(draft), *(rights.groups_of(offer) if offer else ())}
    if not rights.may_with(curator(), Action.PUBLISH, groups):
        refused = offers.Refused((Problem("working_group", Message(THEIRS)),))
        return _finish(session, given, found, refused, "")
    outcome = review.publish(session, found, actor(), now=pool().now(), region=pool().region)
    done = "scheduled" if isinstance(outcome, review.Scheduled) else "published"
    return _finish(session, given, found, outcome, done)


def _preview(session: Session, given: Sent, found: Edit) -> Page:
    return go_to("desk_preview.page", edit_id=found.id, tag=languages.SOURCE_LANGUAGE)


def _take_back(session: Session, given: Sent, found: Edit) -> Page:
    found.state, found.publish_at = EditState.OPEN, None
    return go_to("desk_editing.edit", edit_id=found.id, done="kept")


_DO: dict[str, Callable[[Session, Sent, Edit], Page]] = {
    "keep": _keep_as_draft,
    "review": _ask_for_review,
    "publish": _publish,
    "preview": _preview,
    "take-back": _take_back,
}
"""What each button of the form does; anything else keeps."""


@blueprint.post("/autosave")
def autosave() -> tuple[Response, int]:
    """Keep what was typed, without a word to anybody; the answer says what was understood."""
    given = form_pages.sent()

    def work(session: Session) -> tuple[Response, int]:
        offer = _offer(session, given)
        kept = _keep(session, given, offer)
        if isinstance(kept, Overtaken):
            return jsonify({"sentence": page_wording().say(kept.why)}), 409
        return jsonify(form_pages.answer(session, given, kept.edit, offer)), 200

    return changing(work)


@blueprint.get("/")
def drafts() -> str:
    """What one has begun and not finished, and what one has put aside."""
    with pool().database.reading() as session:
        mine = edits.begun_by(session, curator().id)
        aside = edits.begun_by(session, curator().id, EditState.DROPPED)
    return show_desk("admin/editing/drafts.html", title=translated(N_("My drafts")), mine=mine, aside=aside)


@blueprint.post("/<number:edit_id>/reopen")
def reopen(edit_id: int) -> AnyResponse:
    """Take up again what was put aside."""

    def work(session: Session) -> None:
        found, _ = found_here(session, edit_id, hold=True)
        if found.state == EditState.DROPPED:
            edits.reopen(session, found, actor(), pool().now())

    changing(work)
    return go_to("desk_editing.edit", edit_id=edit_id)


@blueprint.post("/<number:edit_id>/drop")
def drop(edit_id: int) -> AnyResponse:
    """Put an edit aside."""

    def work(session: Session) -> None:
        found, _ = found_here(session, edit_id, hold=True)
        if found.state in edits.GOING_ON:
            edits.drop(session, found, actor(), pool().now())

    changing(work)
    return go_to("desk_editing.drafts", done="dropped")


@blueprint.get("/providers")
def providers() -> Response:
    """Providers whose name holds what was typed, for under the field."""
    typed = request.args.get("q", "").strip()[:100]
    if len(typed) < 2 or "\x00" in typed:
        return jsonify([])
    named = select(Provider.name).where(Provider.name.icontains(typed, autoescape=True)).order_by(Provider.name)
    with pool().database.reading() as session:
        return jsonify(list(session.scalars(named.limit(8))))
