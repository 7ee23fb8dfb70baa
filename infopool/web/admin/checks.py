"""Checks at the desk: which offers are due, whom to call, and one click for what came out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, abort, request, url_for
from sqlalchemy import ColumnElement, true
from werkzeug.wrappers import Response

from infopool.curation import checking, checking_answers, checking_list, log, rights, scope, todo
from infopool.curation.checking import Reason
from infopool.curation.checking_answers import METHODS, Result
from infopool.curation.checking_list import Entry, Kind
from infopool.curation.rights import Action
from infopool.directory import offers
from infopool.directory.facts import CheckMethod, ContactKind, State
from infopool.directory.models import Contact, Offer
from infopool.languages import direction_of
from infopool.messages import N_, Message
from infopool.web import searching
from infopool.web.admin import guard
from infopool.web.admin.publishing import catch_up
from infopool.web.admin.showing import announce, go_to, show_desk, translated
from infopool.web.i18n import page_wording
from infopool.web.pool import pool
from infopool.web.presenters.pages import PhoneNumber, number

blueprint = Blueprint("desk_checks", __name__, url_prefix="/admin/checks")

LISTS: dict[Kind, str] = {
    Kind.DUE: N_("Check is due"),
    Kind.CALL: N_("Please call"),
    Kind.ASKED: N_("Asked by mail"),
    Kind.HIDDEN: N_("Hidden, nobody answered"),
}
EXPLAINED: dict[Kind, str] = {
    Kind.DUE: N_("Whoever has a mailbox is asked by mail, fifty a day. You may also simply call."),
    Kind.CALL: N_(
        "They have not answered two mails, or have no mailbox. After six weeks visitors are told to call first."
    ),
    Kind.ASKED: N_("They are reminded after three weeks; two weeks later they stand under “Please call”."),
    Kind.HIDDEN: N_("Nobody answered for a year. One click brings an offer back."),
}
METHOD_LABELS: dict[CheckMethod, str] = {
    CheckMethod.PHONE: N_("by phone"),
    CheckMethod.WEB: N_("on the website"),
    CheckMethod.EMAIL: N_("by e-mail"),
    CheckMethod.VISIT: N_("by a visit"),
}
QUESTIONS = (
    N_("Does the offer still exist? Who is the right person for it now?"),
    N_("Are the times right? What about the holidays?"),
    N_("Is the place right? How do people find the entrance?"),
    N_("What does it cost? Who may come, and how does one register?"),
    N_("Which languages are spoken? Are there free places?"),
)
"""What to ask on the phone, in this order."""

log.name_action(checking_answers.NOBODY_THERE, N_("called, nobody there"))
log.name_action("called", N_("called"))
log.name_action("says-gone", N_("says that it is gone"))
log.name_action("doubted", N_("marked “please call first”"))

DONE: dict[Result, str] = {
    Result.RIGHT: announce("check-right", N_("Thank you. Visitors see that it was checked today.")),
    Result.NOBODY: announce("check-nobody", N_("Noted. The offer stays on the list.")),
    Result.GONE: announce("check-gone", N_("Visitors no longer see it. It stays here with its history.")),
}


@dataclass(frozen=True)
class Line:
    """One offer on a list."""

    id: int
    title: str
    language: str
    direction: str
    provider: str
    checked: str
    note: str
    phones: tuple[PhoneNumber, ...]
    says_gone: bool
    mine: bool


@blueprint.get("/")
def listing() -> str:
    """The lists, one at a time."""
    house = pool()
    kind = Kind(request.args["show"]) if request.args.get("show") in list(Kind) else Kind.DUE
    group = request.args.get("group", "")
    page = searching.page_number(request.args.get("page", ""))
    with house.database.reading() as session:
        mine = _chosen(group)
        counts = checking_list.counts(session, mine, house.now(), house.today())
        found = checking_list.find(session, kind, mine, house.now(), house.today(), page, counts[kind])
        lines = [_line(entry) for entry in found.rows]
    return show_desk(
        "admin/checks/listing.html",
        title=translated(N_("Checks")),
        kind=kind,
        lists=[(one, label, counts[one]) for one, label in LISTS.items()],
        explained=EXPLAINED[kind],
        lines=lines,
        found=found,
        group=group,
        groups=[(one.code, one.name) for one in house.region.working_groups],
    )


@blueprint.get("/<number:offer_id>/")
def call(offer_id: int) -> str:
    """One offer: whom to call, what to ask, what came out of it."""
    house = pool()
    with house.database.reading() as session:
        offer = _offer(offers.get(session, offer_id))
        line = _line(checking_list.entry(session, offer))
        tried = log.entries(session, "offer", offer.id, most=6)
    wording, gettext = page_wording(), page_wording().translator.gettext
    return show_desk(
        "admin/checks/call.html",
        title=line.title,
        line=line,
        facts=checking.summary(offer),
        contacts=[_reach(contact) for contact in offer.contacts],
        questions=QUESTIONS,
        methods=[(method.value, gettext(METHOD_LABELS[method])) for method in METHODS],
        lately=[
            (wording.day(_day(one.at), house.today()), one.who, log.ACTIONS.get(one.action, one.action))
            for one in tried
        ],
        hidden=offer.state == State.WITHDRAWN,
        public=url_for("public.offer", offer_id=offer.id, language="de") if offer.state == State.PUBLISHED else "",
        back=_back(),
    )


@blueprint.post("/<number:offer_id>/")
def note(offer_id: int) -> Response:
    """Keep what came out."""
    house = pool()
    result = request.form.get("result", "")
    method = request.form.get("method", "")
    how = CheckMethod(method) if method in METHODS else CheckMethod.PHONE
    with house.database.transaction() as session:
        offer = _offer(offers.get(session, offer_id))
        guard.allow(Action.EDIT, rights.groups_of(offer))
        if result not in list(Result):
            abort(400)
        if result == Result.GONE or offer.state == State.WITHDRAWN:
            guard.allow(Action.PUBLISH, rights.groups_of(offer))
        checking_answers.note_result(
            session, offer, guard.actor(), Result(result), how, now=house.now(), today=house.today()
        )
    catch_up()
    if result == Result.CHANGED:
        return go_to("desk_editing.begin", offer_id=offer_id)
    return go_to("desk_checks.listing", done=DONE[Result(result)], **_back())


def _action(code: str) -> str:
    return log.ACTIONS.get(code, code)


def _offer(offer: Offer | None) -> Offer:
    """The offer, if there is anything to check about it: visitors see it, or it was hidden for want of an answer."""
    if offer is None:
        abort(404)
    unchecked = offer.state == State.WITHDRAWN and offer.withdrawn_why == "unchecked"
    return offer if offer.state == State.PUBLISHED or unchecked else abort(404)


def _chosen(group: str) -> ColumnElement[bool]:
    """The offers a list is about: mine, those of one working group, or all."""
    if group == "all":
        return true()
    known = {one.code for one in pool().region.working_groups}
    return scope.of_groups([group]) if group in known else todo.mine(guard.curator())


def _back() -> dict[str, str]:
    """The list one came from."""
    given = request.values
    show = given.get("show", "") if given.get("show", "") in list(Kind) else ""
    groups = {one.code for one in pool().region.working_groups} | {"all"}
    group = given.get("group", "") if given.get("group", "") in groups else ""
    return {name: value for name, value in (("show", show), ("group", group)) if value}


def _line(entry: Entry) -> Line:
    offer, wording = entry.offer, page_wording()
    text = offers.source_text(offer)
    phones = [contact.value for contact in offer.contacts if contact.kind == ContactKind.PHONE]
    checked = wording.whole_day(offer.checked_on) if offer.checked_on else wording.translator.gettext(N_("never"))
    return Line(
        id=offer.id,
        title=text.title,
        language=text.language,
        direction=direction_of(text.language),
        provider=offer.provider.name if offer.provider else "",
        checked=checked,
        note=_note(entry),
        phones=tuple(number(value) for value in phones[:2]),
        says_gone=entry.says_gone,
        mine=rights.may_offer(guard.curator(), Action.EDIT, offer),
    )


def _note(entry: Entry) -> str:
    """What one should know before one calls."""
    wording, request_ = page_wording(), entry.request
    notes: list[Message] = []
    if request_ and entry.says_gone:
        notes.append(Message(N_("The provider says: no longer offered.")))
    elif request_ and request_.reason == Reason.NEXT_DATE and entry.offer.ends_on:
        day = wording.whole_day(entry.offer.ends_on)
        notes.append(Message(N_("Ends on %(day)s; is there a next date?"), {"day": day}))
    elif request_ and request_.address:
        notes.append(Message(N_("Asked on %(day)s."), {"day": wording.whole_day(_day(request_.asked_at))}))
    elif request_:
        notes.append(Message(N_("No mailbox is known.")))
    if entry.in_vain and entry.last_call:
        last = wording.whole_day(_day(entry.last_call))
        values = {"times": entry.in_vain, "day": last}
        notes.append(Message(N_("Called in vain: %(times)s, last on %(day)s."), values))
    return " ".join(wording.say(one) for one in notes)


def _reach(contact: Contact) -> tuple[str, str, str, str]:
    """(kind, address of the link, as read, note) of a way to reach the provider."""
    languages = page_wording().separated([page_wording().language_name(tag) for tag in contact.languages])
    said = ", ".join(part for part in (contact.note, languages) if part)
    if contact.kind == ContactKind.PHONE:
        shown = number(contact.value)
        return "phone", f"tel:{shown.dialled}", shown.shown, said
    if contact.kind == ContactKind.EMAIL:
        return "mail", f"mailto:{contact.value}", contact.value, said
    return "globe", contact.value, contact.value, said


def _day(moment: datetime) -> date:
    return moment.astimezone(pool().region.timezone).date()
