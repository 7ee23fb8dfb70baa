"""The rows of an import, a page at a time: what would become of each, and which are to be taken in."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from infopool.curation.imports import Uploads
from infopool.curation.imports_plan import Choice, Plan
from infopool.curation.models import ImportRun
from infopool.curation.rights import Action
from infopool.directory import offers
from infopool.directory.intake import Fate
from infopool.directory.models import Offer
from infopool.messages import N_
from infopool.web.admin import guard
from infopool.web.admin.presenters import imports as presenter
from infopool.web.admin.showing import go_to, show_desk, translated
from infopool.web.i18n import page_wording
from infopool.web.pool import pool
from infopool.web.searching import page_number

PER_PAGE = 10
"""Each with all that the list says of it, so that the page stays under 30 kB."""
NOTES, GONE = "notes", "gone"
TABS = (*presenter.FATES, GONE, NOTES)


def plan_of(run: ImportRun) -> Plan:
    """The plan that lies beside the run's file."""
    path = Uploads.of(pool().settings.data).plan(run)
    if not path.is_file():
        abort(404)
    return Plan(path)


def page(session: Session, run: ImportRun, own: bool) -> str:
    """One page of rows of one fate, with their differences; or what is gone, or what could not be read."""
    plan, choice = plan_of(run), Choice.of(run.chosen)
    sizes = {str(fate): sum(entry.fate is fate for entry in plan.entries) for fate in Fate}
    sizes |= {GONE: len(plan.gone), NOTES: plan.notes(0, 0)[1]}
    tab = request.args.get("fate", "")
    if tab not in TABS or not sizes[tab]:
        tab = next((name for name in TABS if sizes[name]), Fate.NEW)
    pages = max(1, -(-sizes[tab] // PER_PAGE))
    number = min(page_number(request.args.get("page", "")), pages)
    first = (number - 1) * PER_PAGE
    wording = page_wording()
    return show_desk(
        "admin/imports/rows.html",
        title=translated(N_("Import of “%(file)s”"), file=run.filename),
        run=run,
        line=presenter.run_line(run, pool().region, wording),
        own=own,
        tabs=[(name, _label(name), sizes[name], name == tab) for name in TABS if sizes[name]],
        tab=tab,
        rows=_rows(session, plan, choice, tab, first) if tab in presenter.FATES else (),
        gone=plan.gone[first : first + PER_PAGE] if tab == GONE else (),
        notes=presenter.note_lines(plan.notes(first, PER_PAGE)[0], wording) if tab == NOTES else (),
        remarks=presenter.remark_lines(plan.remarks(), wording),
        choice=choice,
        chosen=sum(choice.takes(entry) for entry in plan.entries),
        gone_count=len(plan.gone),
        can_tick=tab in Choice.POSSIBLE,
        may_publish=guard.can(Action.PUBLISH),
        page=number,
        pages=pages,
    )


def _label(tab: str) -> str:
    return translated({GONE: N_("No longer in the list"), NOTES: N_("Notes")}.get(tab) or presenter.FATES[Fate(tab)])


def _rows(session: Session, plan: Plan, choice: Choice, tab: str, first: int) -> list[presenter.RowLine]:
    entries = [entry for entry in plan.entries if entry.fate == tab][first : first + PER_PAGE]
    rows = list(plan.rows(entries))
    ids = [row.offer_id for row in rows if row.offer_id and row.fate in (Fate.CHANGED, Fate.PROTECTED)]
    found = session.scalars(select(Offer).where(Offer.id.in_(ids)).options(*offers.WHOLE))
    there = {offer.id: offers.draft_of(offer) for offer in found}
    region, wording = pool().region, page_wording()
    return [presenter.row_line(row, there.get(row.offer_id or 0), choice, region, wording) for row in rows]


def chosen(plan: Plan, choice: Choice, form: MultiDict[str, str]) -> Choice:
    """The choice with what a page of the form says: about the rows it showed, about a whole fate, about the gone."""
    possible = {entry.line: entry for entry in plan.entries if entry.fate in Choice.POSSIBLE}
    ticked = set(form.getlist("row"))
    shown = [int(text) for text in form.getlist("shown")[:PER_PAGE] if text.isascii() and text.isdecimal()]
    lines = dict(choice.lines) | {line: str(line) in ticked for line in shown if line in possible}
    fates = dict(choice.fates)
    whole = form.get("whole", "")
    fate, _, word = whole.partition(":")
    if fate in Choice.POSSIBLE and word in ("yes", "no"):
        fates[fate] = word == "yes"
        lines = {line: on for line, on in lines.items() if possible[line].fate != fate}
    new = replace(choice, lines=lines, fates=fates)
    if form.get("gone") in ("leave", "withdraw"):
        new = replace(new, withdraw_gone=form["gone"] == "withdraw")
    if "asked-to-publish" in form:
        new = replace(new, publish=form.get("publish") == "yes" and guard.can(Action.PUBLISH))
    return new


def further(run_id: int, form: MultiDict[str, str]) -> Response:
    """To the page of rows that was asked for."""
    tab, _, page = form.get("go", "").partition(":")
    tab = tab or form.get("tab", "")
    return go_to(
        "desk_imports.show",
        run_id=run_id,
        fate=tab if tab in TABS else None,
        page=page_number(page or form.get("page", "")),
    )
