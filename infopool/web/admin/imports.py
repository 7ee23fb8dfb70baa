"""Imports in the browser: bring a file, look at its columns, choose its rows, take them in, undo that."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from flask import Blueprint, abort, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from importers import columns, spreadsheet
from importers.headings import COLUMNS, TEXTS
from importers.limits import MAX_BYTES
from infopool import languages, queue
from infopool.curation import imports, imports_undo, imports_work, log
from infopool.curation.imports import BUSY, Brought, Lease, RunState, Uploads
from infopool.curation.imports_means import Lost, Means
from infopool.curation.imports_plan import Choice
from infopool.curation.models import Curator, ImportRun
from infopool.curation.rights import Action, may_with
from infopool.directory.reading.cleaning import clean
from infopool.messages import N_, Message, Problem
from infopool.web.admin import guard, imports_rows
from infopool.web.admin.presenters import imports as presenter
from infopool.web.admin.publishing import catch_up
from infopool.web.admin.showing import announce, go_to, show_desk, translated
from infopool.web.i18n import page_wording
from infopool.web.pool import pool
from infopool.web.searching import page_number

log_of_faults = logging.getLogger(__name__)

blueprint = Blueprint("desk_imports", __name__, url_prefix="/admin/imports")

PER_PAGE = 25
FORM_AROUND = 100_000
"""Bytes that the form around an uploaded file may take."""

DROPPED = announce("import-dropped", N_("Put aside. Nothing was changed."))
TOO_LATE = announce("import-too-late", N_("This import has gone on meanwhile."))


@blueprint.get("/")
def listing() -> str:
    """The imports so far, and the form for the next."""
    return _listing({}, {})


def _listing(typed: dict[str, str], problems: dict[str, str]) -> str:
    house, page = pool(), page_number(request.args.get("page", ""))
    with house.database.reading() as session:
        found, total = imports.runs(session, page=page, per_page=PER_PAGE)
        known = imports.sources(session)
    return show_desk(
        "admin/imports/listing.html",
        title=translated(N_("Imports")),
        runs=[presenter.run_line(run, house.region, page_wording()) for run in found],
        sources=known,
        groups=[("", translated(N_("as the list says"))), *_own_groups().items()],
        typed=typed,
        problems=problems,
        megabytes=MAX_BYTES // 1_000_000,
        page=page,
        pages=max(1, -(-total // PER_PAGE)),
    )


def _own_groups() -> dict[str, str]:
    """The working groups for which somebody may take offers in: code -> name."""
    groups = pool().region.working_groups
    return {group.code: group.name for group in groups if may_with(guard.curator(), Action.IMPORT, (group.code,))}


@blueprint.post("/")
def bring() -> Response | tuple[str, int]:
    """Take a file in and look at its columns."""
    # The only form of the site that may be this large; it is read in pieces and kept in a file.
    request.max_content_length = MAX_BYTES + FORM_AROUND
    try:
        upload = request.files.get("file")
    except RequestEntityTooLarge:
        return _listing({}, _said([_too_large()])), 413
    typed = {name: clean(request.form.get(name, "")[:1_000]) for name in ("source", "working_group")}
    filename = clean((upload.filename or "")[:300]) if upload else ""
    problems = imports.check(typed["source"], filename, typed["working_group"], frozenset(_own_groups()))
    uploads = Uploads.of(pool().settings.data)
    kept = uploads.put(upload.stream, MAX_BYTES) if upload and not problems else None
    if not problems and kept is None:
        problems = [_too_large()]
    if kept is None:
        return _listing(typed, _said(problems)), 422
    brought = Brought(kept[0], filename, kept[1], typed["source"], typed["working_group"])
    with pool().database.transaction() as session:
        imports.clear_away(session, uploads, now=pool().now())
        run = imports.begin(session, brought, guard.curator(), now=pool().now())
        lease = _hand_over(session, run, at_once=brought.size <= imports_work.SMALL_BYTES)
    _work(run.id, "look", lease)
    return go_to("desk_imports.show", run_id=run.id)


def _too_large() -> Problem:
    sentence = N_("The file is larger than %(size)s MB. Please split it, or leave out pictures and long texts.")
    return Problem("file", Message(sentence, {"size": MAX_BYTES // 1_000_000}))


def _said(problems: list[Problem]) -> dict[str, str]:
    return {problem.field: page_wording().say(problem.message) for problem in problems}


def _hand_over(session: Session, run: ImportRun, *, at_once: bool) -> Lease:
    """Take on the job of the next step; done by this very request when it is small."""
    worker = f"web:{secrets.token_hex(8)}" if at_once else ""
    return imports.hand_over(session, run, now=pool().now(), worker=worker)


def _work(run_id: int, step: str, lease: Lease) -> None:
    """Do a small step now. If that fails it is left to the background, which tries again."""
    if not lease.worker:
        return
    house = pool()
    uploads = Uploads.of(house.settings.data)
    means = Means(house.database, house.region, uploads, house.now, columns.look_at, spreadsheet.read)
    try:
        imports_work.do(means, run_id, step, lease)
    except Lost:
        return
    except Exception as fault:
        log_of_faults.exception("a step of an import failed; it is tried again in the background")
        with house.database.transaction() as session:
            queue.fail(session, lease.job_id, lease.worker, house.now(), type(fault).__name__)
    catch_up()


def _run(session: Session, run_id: int) -> ImportRun:
    return imports.get(session, run_id) or abort(404)


def _own_run(session: Session, run_id: int) -> ImportRun:
    """The run, if who is signed in may go on with it."""
    run = _run(session, run_id)
    if not imports.may_change(guard.curator(), run):
        guard.refuse()
    return run


@blueprint.get("/<number:run_id>/")
def show(run_id: int) -> str:
    """An import where it stands: being worked at, its columns, its rows, or what came of it."""
    with pool().database.reading() as session:
        run = _run(session, run_id)
        if run.state in BUSY:
            return _busy(session, run)
        if run.state == RunState.PLANNED:
            return imports_rows.page(session, run, _own(run))
        return _columns(run, {}, {}) if run.state == RunState.READ else _over(session, run)


def _own(run: ImportRun) -> bool:
    return imports.may_change(guard.curator(), run)


def _page(template: str, run: ImportRun, **content: Any) -> str:
    return show_desk(
        f"admin/imports/{template}.html",
        title=translated(N_("Import of “%(file)s”"), file=run.filename),
        run=run,
        line=presenter.run_line(run, pool().region, page_wording()),
        own=_own(run),
        **content,
    )


def _busy(session: Session, run: ImportRun) -> str:
    view = presenter.progress(run, imports.job_of(session, run), page_wording())
    return _page("busy", run, view=view)


def _columns(run: ImportRun, told: dict[str, list[str]], problems: dict[str, str]) -> str:
    found = list(imports.columns_of(run))
    wording = page_wording()
    refused = presenter.refusal(run, wording)
    return _page(
        "columns",
        run,
        columns=presenter.column_lines(found, told),
        further=max(0, len(found) - presenter.MOST_COLUMNS),
        fields=presenter.fields(wording),
        tongues=presenter.text_languages(wording),
        texts=TEXTS,
        problems=problems | ({"columns": refused} if refused and not problems else {}),
    )


@blueprint.post("/<number:run_id>/columns")
def understand(run_id: int) -> Response | tuple[str, int]:
    """Take what somebody says of the columns, and compare the rows with what is there."""
    with pool().database.transaction() as session:
        run = _own_run(session, run_id)
        found = list(imports.columns_of(run))[: presenter.MOST_COLUMNS]
        told = {str(one["name"]): _told(number, one) for number, one in enumerate(found)}
        if not any(field == "title" and not language for field, language in told.values()):
            sentence = N_("Say which column holds the title of the offers. These are there: %(names)s.")
            names = ", ".join(f"“{one['name']}”" for one in found)
            problem = {"columns": translated(sentence, names=names or "–")}
            return _columns(run, told, problem), 422
        before = {str(one["name"]): [one["field"], one["language"]] for one in found}
        changed = {name: what for name, what in told.items() if what != before[name] or name in run.mapping}
        if not imports.move(session, run, RunState.READ, RunState.PLANNING):
            return go_to("desk_imports.show", run_id=run_id)
        imports.remember(session, run, changed)
        lease = _hand_over(session, run, at_once=run.report.get("rows", 0) <= imports_work.SMALL_ROWS)
    _work(run_id, "plan", lease)
    return go_to("desk_imports.show", run_id=run_id)


def _told(number: int, column: dict[str, Any]) -> list[str]:
    """What the form says of a column; what it says wrongly or not at all stays as it was understood."""
    field = request.form.get(f"field-{number}", str(column["field"]))
    if field and field not in COLUMNS:
        field = str(column["field"])
    language = request.form.get(f"language-{number}", str(column["language"]))
    fine = field in TEXTS and language in languages.BY_TAG and language != languages.SOURCE_LANGUAGE
    return [field, language if fine else ""]


@blueprint.post("/<number:run_id>/rows")
def choose(run_id: int) -> Response:
    """Keep which rows are ticked; then go on to another page of them, or take them in."""
    with pool().database.transaction() as session:
        run = _own_run(session, run_id)
        if run.state != RunState.PLANNED:
            return go_to("desk_imports.show", run_id=run_id)
        plan = imports_rows.plan_of(run)
        run.chosen = imports_rows.chosen(plan, Choice.of(run.chosen), request.form).told()
        if request.form.get("do") != "take-in":
            return imports_rows.further(run_id, request.form)
        choice = Choice.of(run.chosen)
        count = sum(choice.takes(entry) for entry in plan.entries) + len(plan.gone) * choice.withdraw_gone
        if not imports.move(session, run, RunState.PLANNED, RunState.RUNNING):
            return go_to("desk_imports.show", run_id=run_id)
        log.note(session, guard.actor(), "confirmed", "import", run.id, now=pool().now(), after={"rows": count})
        lease = _hand_over(session, run, at_once=count <= imports_work.SMALL_ROWS)
    _work(run_id, "carry-out", lease)
    return go_to("desk_imports.show", run_id=run_id)


@blueprint.post("/<number:run_id>/back")
def back(run_id: int) -> Response:
    """Back from the rows to the columns."""
    with pool().database.transaction() as session:
        imports.move(session, _own_run(session, run_id), RunState.PLANNED, RunState.READ)
    return go_to("desk_imports.show", run_id=run_id)


@blueprint.post("/<number:run_id>/drop")
def drop(run_id: int) -> Response:
    """Put an import aside before anything was changed."""
    uploads = Uploads.of(pool().settings.data)
    with pool().database.transaction() as session:
        run = _own_run(session, run_id)
        done = imports.drop(session, run, uploads, guard.actor(), now=pool().now())
    return go_to("desk_imports.listing", done=DROPPED if done else TOO_LATE)


@blueprint.post("/<number:run_id>/undo")
def undo(run_id: int) -> Response:
    """Undo an import."""
    with pool().database.transaction() as session:
        run = _run(session, run_id)
        if not may_undo(guard.curator(), run):
            guard.refuse()
        if not imports.move(session, run, RunState.DONE, RunState.UNDOING):
            return go_to("desk_imports.show", run_id=run_id)
        imports_undo.ask(run, guard.curator())
        small = imports_undo.touched(session, run.id) <= imports_work.SMALL_ROWS
        lease = _hand_over(session, run, at_once=small)
    _work(run_id, "undo", lease)
    return go_to("desk_imports.show", run_id=run_id)


def may_undo(curator: Curator, run: ImportRun) -> bool:
    """Whether somebody may undo a run; each of its offers is looked at again for whose it is."""
    return imports.may_change(curator, run)


@blueprint.post("/<number:run_id>/retry")
def retry(run_id: int) -> Response:
    """Have a step that failed for good tried once more."""
    with pool().database.transaction() as session:
        job = imports.job_of(session, _own_run(session, run_id))
        if job:
            queue.try_again(session, job.id, pool().now())
    return go_to("desk_imports.show", run_id=run_id)


def _over(session: Session, run: ImportRun) -> str:
    wording = page_wording()
    left = run.report.get("undo", {}).get("left", ())[:PER_PAGE]
    return _page(
        "over",
        run,
        lines=presenter.outcome_lines(run, wording),
        refused=presenter.refusal(run, wording),
        left=[(url_for("desk_offers.show", offer_id=number), title) for number, title in left],
        failed=run.report.get("outcome", {}).get("failed", ())[:PER_PAGE],
        can_undo=run.state == RunState.DONE and _own(run) and imports_undo.can_be_undone(session, run),
    )
