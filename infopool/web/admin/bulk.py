"""Many offers at once: chosen in a listing, then what to do, what would happen, and doing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import Blueprint, Response, abort, request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer

from infopool.curation import bulk
from infopool.curation.bulk import MOST, Order, Outcome, What
from infopool.curation.checking import Asking
from infopool.curation.models import LogEntry
from infopool.directory import offers
from infopool.directory.reading.cleaning import clean
from infopool.exchange import csv_xlsx
from infopool.messages import N_, NN_, Message, Problem
from infopool.web.admin import asking as listings
from infopool.web.admin import guard
from infopool.web.admin.publishing import catch_up
from infopool.web.admin.showing import go_to, show_desk, translated
from infopool.web.i18n import page_wording
from infopool.web.pool import pool

blueprint = Blueprint("desk_bulk", __name__, url_prefix="/admin/bulk")

SHOWN = 10
"""Offers named on the page; the rest is counted."""
LONGEST_QUERY = 4_000

DEEDS: dict[What, tuple[str, str]] = {
    What.CHECK: (N_("Mark as checked"), N_("How it was checked")),
    What.ASSIGN: (N_("Assign to a working group"), N_("Working group")),
    What.ADD_TOPIC: (N_("Add a topic"), N_("Topic")),
    What.REMOVE_TOPIC: (N_("Take a topic away"), N_("Topic")),
    What.ADD_AUDIENCE: (N_("Add a group of people"), N_("For whom")),
    What.REMOVE_AUDIENCE: (N_("Take a group of people away"), N_("For whom")),
    What.WITHDRAW: (N_("Withdraw"), N_("Why")),
    What.PUBLISH: (N_("Publish"), ""),
    What.ASK: (N_("Ask the providers by mail whether it is still right"), ""),
}
"""What can be done: its words, and what is asked with it."""

FORMATS = {
    "csv": ("text/csv; charset=utf-8", csv_xlsx.write_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", csv_xlsx.write_xlsx),
}


@dataclass(frozen=True)
class DeedView:
    """One thing that can be done."""

    code: str
    label: str
    asks: str
    values: tuple[tuple[str, str], ...]


@blueprint.post("/")
def choose() -> str | tuple[str, int]:
    """The offers that were ticked in a listing, or all that it has: what is to be done to them?"""
    with pool().database.reading() as session:
        ids = _chosen(session)
        return _choose(session, ids, {})


def _chosen(session: Session) -> list[int]:
    """The numbers of offers that a form brings: ticked, told one by one by the next form, or all of a listing."""
    if request.form.get("all") == "yes":
        told = parse_qsl(request.form.get("query", "")[:LONGEST_QUERY])
        return listings.ids(session, MultiDict(told), _groups())[:MOST]
    given = [*request.form.getlist("offer"), *request.form.get("chosen", "").split(",")]
    return bulk.numbers(given)


def _groups() -> dict[str, str]:
    return {group.code: group.name for group in pool().region.working_groups}


def _choose(session: Session, ids: Sequence[int], problems: dict[str, str]) -> str:
    return show_desk(
        "admin/bulk/choose.html",
        title=_headline(len(ids)),
        titles=_titles(session, ids[:SHOWN]),
        further=max(0, len(ids) - SHOWN),
        chosen=",".join(map(str, ids)),
        deeds=[_deed(what) for what in What],
        at_most=MOST if len(ids) == MOST else 0,
        problems=problems,
        typed=request.form,
    )


def _headline(count: int) -> str:
    return page_wording().count(count, NN_("%(count)s offer chosen", "%(count)s offers chosen"))


def _deed(what: What) -> DeedView:
    label, asks = DEEDS[what]
    choices = tuple((code, translated(words)) for code, words in bulk.values(what, pool().region).items())
    return DeedView(what, translated(label), translated(asks) if asks else "", choices)


def _titles(session: Session, ids: Sequence[int]) -> list[tuple[int, str]]:
    return [(offer.id, bulk.title_of(offer)) for offer in offers.some(session, ids)]


def _order() -> Order | Problem:
    what = request.form.get("what", "")
    return bulk.read(what, request.form.get(f"value-{what}", ""), clean(request.form.get("words", "")), pool().region)


@blueprint.post("/look")
def look() -> str | tuple[str, int]:
    """What would happen, before anything does."""
    order = _order()
    with pool().database.reading() as session:
        ids = _chosen(session)
        if isinstance(order, Problem):
            return _choose(session, ids, {order.field: page_wording().say(order.message)}), 422
        outcome = bulk.foresee(session, order, ids, guard.curator())
    return show_desk(
        "admin/bulk/look.html",
        title=_sentence(order),
        order=order,
        chosen=",".join(map(str, ids)),
        **_told(outcome),
    )


def _sentence(order: Order) -> str:
    label, asks = DEEDS[order.what]
    words = translated(bulk.values(order.what, pool().region).get(order.value, "")) if asks else ""
    return f"{translated(label)}: {words}" if words else translated(label)


def _told(outcome: Outcome) -> dict[str, object]:
    wording = page_wording()
    named = [(left.offer_id, left.title, wording.say(left.why)) for left in outcome.left[:NAMED_LEFT]]
    return {
        "count": len(outcome.done),
        "titles": outcome.titles,
        "left": named,
        "left_count": len(outcome.left),
    }


NAMED_LEFT = 100
"""Offers that are left out are named up to here."""


@blueprint.post("/do")
def carry_out() -> Answer:
    """Do it; each offer is looked at once more, and keeps a version of how it was."""
    house, order = pool(), _order()
    if isinstance(order, Problem):
        abort(400)
    with house.database.reading() as session:
        ids = _chosen(session)
    asking = Asking(house.region, house.settings.base_url, house.settings.secret())
    outcome = bulk.carry_out(
        house.database, order, ids, guard.curator(), now=house.now(), today=house.today(), asking=asking
    )
    left = [(one.offer_id, one.title, _plain(one.why)) for one in outcome.left[:NAMED_LEFT]]
    told = {"what": order.what, "value": order.value, "left": left, "all_left": len(outcome.left)}
    with house.database.transaction() as session:
        entry = LogEntry(
            at=house.now(),
            curator_id=guard.curator().id,
            who=guard.curator().name,
            action="changed-many",
            subject="bulk",
            subject_id=None,
            before=None,
            after=told | {"offers": list(outcome.done)},
        )
        session.add(entry)
        session.flush()
        number = entry.id
    catch_up()
    return go_to("desk_bulk.done", entry_id=number)


def _plain(message: Message) -> list[object]:
    return [message.text, dict(message.params)]


@blueprint.get("/<number:entry_id>/")
def done(entry_id: int) -> str:
    """What was done, from the log."""
    with pool().database.reading() as session:
        entry = session.get(LogEntry, entry_id)
        if entry is None or entry.subject != "bulk" or entry.curator_id != guard.curator().id:
            abort(404)
        titles = _titles(session, entry.after["offers"][:SHOWN])
    told = entry.after
    order = Order(What(told["what"]), told["value"])
    left = [(number, title, translated(text, **params)) for number, title, (text, params) in told["left"]]
    return show_desk(
        "admin/bulk/done.html",
        title=_sentence(order),
        count=len(told["offers"]),
        titles=titles,
        further=max(0, len(told["offers"]) - SHOWN),
        left=left,
        left_count=told["all_left"],
    )


@blueprint.post("/export")
def export() -> Response:
    """Exactly these offers as a sheet; secret addresses stay out of it."""
    kind = request.form.get("format", "")
    if kind not in FORMATS:
        abort(400)
    media_type, write = FORMATS[kind]
    with pool().database.reading() as session:
        content = write(offers.some(session, _chosen(session)), pool().region)
    reply = Response(content, content_type=media_type)
    reply.headers["Content-Disposition"] = f'attachment; filename="infopool-{pool().today():%Y-%m-%d}.{kind}"'
    return reply
