"""The work of an import: looking at columns, planning row by row, carrying out. Each step can be begun again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from infopool.curation import edits, imports, imports_plan, imports_undo, log, review, rights
from infopool.curation.forms import fields_of
from infopool.curation.imports import Lease, RunState
from infopool.curation.imports_history import History
from infopool.curation.imports_means import Lost, Means
from infopool.curation.imports_plan import Choice, Plan, message_to_plain
from infopool.curation.log import Actor
from infopool.curation.models import Curator, Edit, GroupRule, ImportRun
from infopool.curation.rights import Action
from infopool.directory import intake, offers
from infopool.directory.drafts import OfferDraft
from infopool.directory.facts import State
from infopool.directory.intake import Fate, ImportReport, Row
from infopool.directory.models import Offer
from infopool.messages import N_, Message, Problem

ANOTHER_GROUP = N_("This offer belongs to another working group; please leave it to them.")
SEEN = 500
"""Rows read between two signs of life."""
SMALL_ROWS, SMALL_BYTES = 300, 1_000_000
"""Up to here a step is done at once; beyond it is work for the background."""


def look(means: Means, run_id: int, lease: Lease) -> None:
    """Find the columns of a file; what is remembered of its source goes before its headings."""
    run = means.run(run_id)
    found = means.look_at(means.uploads.path(run), imports.mapping_of(run))
    with means.finishing(run_id, lease, RunState.READING) as (_, run):
        if isinstance(found, Message):
            _fail(run, found, means.clock())
            return
        columns = [
            {"name": one.name, "field": one.field, "language": one.language, "examples": list(one.examples)}
            for one in found.columns
        ]
        run.report = run.report | {"columns": columns, "rows": found.rows}
        run.state = RunState.READ


def plan(means: Means, run_id: int, lease: Lease) -> None:
    """Decide what would become of each row, and keep that beside the file. Changes no offer."""
    run = means.run(run_id)
    read = means.read(
        means.uploads.path(run),
        means.region,
        mapping=imports.mapping_of(run),
        progress=lambda done, total: _alive(means, lease, done, total),
    )
    if read.refused:
        with means.finishing(run_id, lease, RunState.PLANNING) as (_, run):
            run.report = run.report | {"refused": message_to_plain(read.refused)}
            run.state = RunState.READ
        return
    with means.database.reading() as session:
        report = intake.plan(
            session,
            read.drafts,
            source=run.source,
            region=means.region,
            unreadable=read.unreadable,
            working_group=run.working_group,
        )
        curator = session.get(Curator, run.curator_id)
        assert curator is not None
        report = _allowed(session, report, curator)
    imports_plan.write(means.uploads.plan(run), report, read.remarks)
    with means.finishing(run_id, lease, RunState.PLANNING) as (_, run):
        counts = {fate.value: count for fate, count in report.counted().items()}
        told = {"counts": counts, "gone": len(report.gone), "notes": len(report.unreadable), "refused": None}
        run.report, run.chosen, run.state = run.report | told, {}, RunState.PLANNED


def _alive(means: Means, lease: Lease, done: int, total: int) -> None:
    if done % SEEN == 0:
        with means.database.transaction() as session:
            if not lease.renew(session, means.clock(), done, total):
                raise Lost


def _allowed(session: Session, report: ImportReport, curator: Curator) -> ImportReport:
    """The same, without what somebody may not do: other groups' offers are refused, row by row, with that sentence."""
    groups = _groups(session, [row.offer_id for row in report.rows if row.offer_id])

    @cache
    def may(concerned: tuple[str, ...]) -> bool:
        return rights.may_with(curator, Action.IMPORT, concerned)

    def judged(row: Row) -> Row:
        fine = row.fate not in Choice.POSSIBLE or (
            may(review.groups_of(row.draft)) and (row.offer_id is None or may(groups[row.offer_id]))
        )
        no = (Problem("working_group", Message(ANOTHER_GROUP)),)
        return row if fine else replace(row, fate=Fate.REFUSED, problems=no)

    of_gone = _groups(session, [gone.offer_id for gone in report.gone])
    gone = tuple(gone for gone in report.gone if may(of_gone[gone.offer_id]))
    return replace(report, rows=tuple(judged(row) for row in report.rows), gone=gone)


def _groups(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Offer -> the working groups it belongs to."""
    groups: dict[int, tuple[str, ...]] = {}
    for start in range(0, len(ids), intake.BATCH):
        columns = select(Offer.id, Offer.working_group, Offer.topics)
        for row in session.execute(columns.where(Offer.id.in_(ids[start : start + intake.BATCH]))):
            groups[row.id] = rights.groups_of(Offer(working_group=row.working_group, topics=row.topics))
    return groups


def carry_out(means: Means, run_id: int, lease: Lease) -> None:
    """Do what was chosen of a plan. What was done before the worker was stopped is not done twice."""
    run = means.run(run_id)
    told = Plan(means.uploads.plan(run))
    choice = Choice.of(run.chosen)
    actor = Actor(run.by, run.curator_id)
    with means.database.reading() as session:
        curator = session.get(Curator, run.curator_id)
        assert curator is not None
        # Rights may have changed since the plan was made.
        wanted = tuple(told.rows(entry for entry in told.entries if choice.takes(entry)))
        allowed = _allowed(session, ImportReport(told.source, wanted, told.gone), curator)
        rows = tuple(row for row in allowed.rows if row.fate is not Fate.REFUSED)
        publish = _may_publish(session, curator) if choice.publish else _never
        apart = _for_review(session, rows)
    at_once = tuple(replace(row, fate=_as_taken(row.fate)) for row in rows if row.offer_id not in apart)
    gone = allowed.gone if choice.withdraw_gone else ()
    steps = len(rows) + len(gone)
    history = History(run_id, actor, means.clock, lease, steps)
    done = intake.carry_out(
        means.database,
        ImportReport(told.source, at_once, gone),
        now=means.clock(),
        publish=publish,
        withdraw_gone=choice.withdraw_gone,
        witness=history,
    )
    if not done.done:
        raise Lost
    proposed = _propose(means, run, [row for row in rows if row.offer_id in apart], actor, lease)
    protected = [row.offer_id for row in rows if row.fate is Fate.PROTECTED]
    failed = {row.line for row in done.failed}
    taken = (row.fate.value for row in rows if row.offer_id not in apart and row.line not in failed)
    outcome = {
        "counts": dict(Counter(taken)),
        "withdrawn": len(gone),
        "for_review": proposed,
        "failed": [(row.line, row.title) for row in done.failed],
    }
    with means.finishing(run_id, lease, RunState.RUNNING) as (session, run):
        run.report = run.report | {"outcome": outcome, "protected": protected}
        run.state, run.finished_at = RunState.DONE, means.clock()
        log.note(session, actor, "done", "import", run.id, now=means.clock(), after=outcome)


def _as_taken(fate: Fate) -> Fate:
    return Fate.CHANGED if fate is Fate.PROTECTED else fate


def _never(draft: OfferDraft) -> bool:
    return False


def _four_eyed(session: Session) -> frozenset[str]:
    """The working groups in which nobody publishes alone."""
    return frozenset(session.scalars(select(GroupRule.group).where(GroupRule.four_eyes)))


def _may_publish(session: Session, curator: Curator) -> intake.Publish:
    """Whether a new offer may go to the public at once: hers to publish, and no group of it wants four eyes."""
    four_eyed = _four_eyed(session)

    def may(draft: OfferDraft) -> bool:
        groups = review.groups_of(draft)
        return rights.may_with(curator, Action.PUBLISH, groups) and not four_eyed & set(groups)

    return may


def _for_review(session: Session, rows: Sequence[Row]) -> frozenset[int]:
    """The offers visitors see already and whose groups want four eyes: their changes wait for a second person."""
    four_eyed = _four_eyed(session)
    ids = [row.offer_id for row in rows if row.offer_id] if four_eyed else []
    apart = {number for number, groups in _groups(session, ids).items() if four_eyed & set(groups)}
    seen = select(Offer.id).where(Offer.id.in_(sorted(apart)), Offer.state == State.PUBLISHED)
    return frozenset(session.scalars(seen)) if apart else frozenset()


def _propose(means: Means, run: ImportRun, rows: Sequence[Row], actor: Actor, lease: Lease) -> int:
    """Put changes before a second person; gives how many. One that waits already is not put there twice."""
    note = imports_undo.note_of(run)
    proposed = 0
    for start in range(0, len(rows), CHUNK):
        with means.database.transaction() as session:
            if not lease.renew(session, means.clock()):
                raise Lost
            for row in rows[start : start + CHUNK]:
                offer = offers.get(session, row.offer_id or 0)
                there = select(Edit.id).where(Edit.offer_id == row.offer_id, Edit.note == note)
                if offer is None or offer.version != row.version or session.scalars(there).first():
                    continue
                fields = fields_of(row.draft, means.region)
                edit = edits.begin(
                    session, actor, fields, now=means.clock(), region=means.region, offer=offer, note=note
                )
                review.ask_for_review(session, edit, actor, now=means.clock(), region=means.region)
                proposed += 1
    return proposed


CHUNK = 100


def _fail(run: ImportRun, why: Message, now: datetime) -> None:
    run.report = run.report | {"refused": message_to_plain(why)}
    run.state, run.finished_at = RunState.FAILED, now


def do(means: Means, run_id: int, step: str, lease: Lease) -> None:
    """Do the step of a run that its job stands for; nothing when the run has gone on already. Lost: stop, no harm."""
    steps: Mapping[str, tuple[RunState, Step]] = {
        "look": (RunState.READING, look),
        "plan": (RunState.PLANNING, plan),
        "carry-out": (RunState.RUNNING, carry_out),
        "undo": (RunState.UNDOING, imports_undo.undo),
    }
    state, work = steps[step]
    with means.database.reading() as session:
        run = imports.get(session, run_id)
    if run is not None and run.state == state:
        work(means, run_id, lease)


Step = Callable[[Means, int, Lease], None]
