"""The room where changes are looked at: what waits, what it changes word by word, approving, sending back; and whether
visitors see an offer at all."""

from __future__ import annotations

from flask import Blueprint, abort, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from infopool.curation import duplicates, edits, review, rights
from infopool.curation.edits import OFFER_CHANGED
from infopool.curation.forms import Fields, complete, differences, empty, fields_of
from infopool.curation.models import Edit, EditState
from infopool.curation.rights import Action
from infopool.directory import offers
from infopool.directory.facts import State
from infopool.directory.models import Offer
from infopool.messages import N_, Message, Problem
from infopool.web.admin import form_pages
from infopool.web.admin.editing import Page, changing
from infopool.web.admin.form_pages import Sent
from infopool.web.admin.guard import actor, allow, curator
from infopool.web.admin.presenters import editing as presenter
from infopool.web.admin.publishing import catch_up
from infopool.web.admin.showing import announce, go_to, show_desk, translated
from infopool.web.i18n import page_language, page_wording
from infopool.web.labels import labels_for
from infopool.web.pool import pool

blueprint = Blueprint("desk_reviewing", __name__, url_prefix="/admin/review")

announce("sent-back", N_("Sent back to whoever wrote it."))
announce("withdrawn", N_("Taken off. Visitors no longer see it; nothing is deleted."))

LONGEST_WORDS = 2_000


@blueprint.get("/")
def listing() -> str:
    """What waits for a review, of one's own working groups; and what is approved for a later day."""
    house = pool()
    number = request.args.get("page", "1")
    page = int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 1
    groups = None if curator().role != "curator" else curator().groups
    with house.database.reading() as session:
        found, total = review.waiting(session, groups, page=max(1, page))
        coming = review.scheduled(session, groups)
    pages = max(1, -(-total // review.PAGE))
    return show_desk(
        "admin/reviewing/listing.html",
        title=translated(N_("To review")),
        waiting=found,
        coming=coming,
        total=total,
        page=min(max(1, page), pages),
        pages=pages,
        day=_day,
        origins=ORIGINS,
        groups={group.code: group.name for group in house.region.working_groups},
    )


ORIGINS: dict[str, str] = {
    "provider": N_("from the provider"),
    "visitor": N_("suggested by a visitor"),
    "import": N_("from an import"),
}


def _day(moment: object) -> str:
    zoned = moment.astimezone(pool().region.timezone)  # type: ignore[attr-defined]
    return page_wording().day(zoned.date(), pool().today())


@blueprint.get("/<number:edit_id>")
def show(edit_id: int) -> Page:
    """One change, word by word."""
    with pool().database.reading() as session:
        found, offer = _there(session, edit_id)
        if found.state not in edits.GOING_ON:
            return go_to("desk_offers.show", offer_id=offer.id) if offer else go_to("desk_reviewing.listing")
        return _show(session, found, offer)


def _there(session: Session, edit_id: int, *, hold: bool = False) -> tuple[Edit, Offer | None]:
    found = (edits.get if hold else edits.look)(session, edit_id) or abort(404)
    offer = offers.get(session, found.offer_id) if found.offer_id else None
    allow(Action.PUBLISH, rights.groups_of(offer) if offer else rights.groups_of(found))
    return found, offer


def _show(
    session: Session, found: Edit, offer: Offer | None, problems: tuple[Problem, ...] = (), status: int = 200
) -> Page:
    house, wording = pool(), page_wording()
    labels = labels_for(house, page_language().tag)
    read = review.understood(session, found, offer, house.region)
    public = review.seen_by_visitors(session, offer)
    before = fields_of(public or empty(), house.region)
    after = _together(session, found, offer)
    alone = review.why_not(session, found, actor(), review.groups_of(read.draft))
    page = show_desk(
        "admin/reviewing/show.html",
        title=found.title or translated(N_("Without a title")),
        edit=found,
        offer=offer,
        compared=public is not None,
        public=offer is not None and offer.state == State.PUBLISHED,
        differences=presenter.differences(differences(before, after), before, after, labels, wording),
        problems=presenter.sentences((*problems, *read.problems), wording),
        label=presenter.field_labels(wording),
        hints=presenter.sentences(read.hints, wording),
        alike=form_pages.named(duplicates.alike(session, read.draft, but=offer.id if offer else 0)),
        alone=wording.say(alone.message) if alone else "",
        own=found.author_id == curator().id,
        publish_on=wording.whole_day(read.publish_on) if read.publish_on else "",
        approved=_day(found.publish_at) if found.publish_at else "",
        day=_day,
        origins=ORIGINS,
    )
    return page, status


def _together(session: Session, found: Edit, offer: Offer | None) -> Fields:
    """What the offer would say: the edit put together with what has changed in the offer since it began."""
    mine = complete(found.fields)
    if offer is None:
        return mine
    theirs, choices = form_pages.against_offer(session, found, offer, pool().region)
    return edits.merged(theirs, mine, {one.fields: one.decided for one in choices})


@blueprint.post("/<number:edit_id>/approve")
def approve(edit_id: int) -> Page:
    """Publish a change, now or on its day."""
    page = changing(lambda session: _approve(session, edit_id))
    catch_up()
    return page


def _approve(session: Session, edit_id: int) -> Page:
    found, offer = _there(session, edit_id, hold=True)
    seen = request.form.get("version", ""), request.form.get("seen", "")
    if seen != (str(found.version), str(offer.version if offer else "")):
        return _show(session, found, offer, (Problem("review", Message(review.CHANGED)),), 409)
    read = review.understood(session, found, offer, pool().region)
    allow(Action.PUBLISH, review.groups_of(read.draft))
    outcome = review.publish(session, found, actor(), now=pool().now(), region=pool().region)
    if isinstance(outcome, review.Conflict) and offer:
        return _compare(session, found, offer)
    if isinstance(outcome, offers.Refused):
        return _show(session, found, offer, outcome.problems, 400)
    done = "scheduled" if isinstance(outcome, review.Scheduled) else "published"
    if found.offer_id is None:
        return go_to("desk_reviewing.listing", done=done)
    return go_to("desk_offers.show", offer_id=found.offer_id, done=done)


def _compare(session: Session, found: Edit, offer: Offer) -> Page:
    theirs, choices = form_pages.against_offer(session, found, offer, pool().region)
    given = Sent(complete(found.fields), found.id, found.version, offer.id, offer.version, found.note)
    return form_pages.show_comparison(given, theirs, choices, Message(OFFER_CHANGED), against="offer", edit=found)


@blueprint.post("/<number:edit_id>/send-back")
def send_back(edit_id: int) -> AnyResponse:
    """Give a change back to its author with a note."""

    def work(session: Session) -> None:
        found, _ = _there(session, edit_id, hold=True)
        if found.state == EditState.IN_REVIEW:
            review.send_back(session, found, actor(), _words(), pool().now())

    changing(work)
    return go_to("desk_reviewing.listing", done="sent-back")


def _words() -> str:
    return form_pages.one_text(request.form.get("words", ""))[:LONGEST_WORDS]


@blueprint.get("/offers/<number:offer_id>")
def offer(offer_id: int) -> Page:
    """Whether visitors see an offer, and what can be done about it."""
    with pool().database.reading() as session:
        found = _offer(session, offer_id)
        waiting = [one for one in edits.going_on(session, offer_id) if one.state == EditState.IN_REVIEW]
        if waiting and found.state != State.PUBLISHED:
            return go_to("desk_reviewing.show", edit_id=waiting[0].id)
        return _show_offer(found)


def _offer(session: Session, offer_id: int) -> Offer:
    found = offers.get(session, offer_id) or abort(404)
    allow(Action.PUBLISH, rights.groups_of(found))
    return found


def _show_offer(found: Offer, problem: Problem | None = None, status: int = 200) -> Page:
    wording = page_wording()
    page = show_desk(
        "admin/reviewing/offer.html",
        title=offers.source_text(found).title if found.texts else translated(N_("Without a title")),
        offer=found,
        public=found.state == State.PUBLISHED,
        withdrawn=found.state == State.WITHDRAWN,
        whys=[(code, wording.translator.gettext(words)) for code, words in review.WITHDRAWN_WHY.items()],
        chosen=request.form.get("why", ""),
        words=request.form.get("words", ""),
        problems=presenter.sentences((problem,) if problem else (), wording),
    )
    return page, status


@blueprint.post("/offers/<number:offer_id>/publish")
def publish(offer_id: int) -> Page:
    """Show an offer to visitors, as it is."""

    def work(session: Session) -> Page:
        found = _offer(session, offer_id)
        problem = review.publish_offer(session, found, actor(), pool().now())
        if problem:
            return _show_offer(found, problem, 400)
        return go_to("desk_offers.show", offer_id=offer_id, done="published")

    page = changing(work)
    catch_up()
    return page


@blueprint.post("/offers/<number:offer_id>/withdraw")
def withdraw(offer_id: int) -> Page:
    """Take an offer off the public pages."""

    def work(session: Session) -> Page:
        found = _offer(session, offer_id)
        problem = review.withdraw(session, found, actor(), request.form.get("why", ""), _words(), pool().now())
        if problem:
            return _show_offer(found, problem, 400)
        return go_to("desk_offers.show", offer_id=offer_id, done="withdrawn")

    page = changing(work)
    catch_up()
    return page
