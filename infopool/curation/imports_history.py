"""The history of an import: every offer it touches keeps its earlier version, for a look back and for undoing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import insert, select, tuple_
from sqlalchemy.orm import Session

from infopool.curation import log
from infopool.curation.imports import Lease, RunState
from infopool.curation.log import Actor
from infopool.curation.models import ImportRun, LogEntry, OfferVersion
from infopool.directory import offers, plain
from infopool.directory.intake import Fate, ImportReport
from infopool.directory.models import Offer


def keep_versions(
    session: Session, found: Sequence[Offer], actor: Actor, *, now: datetime, import_run_id: int | None = None
) -> None:
    """Keep what many offers say now, as `log.keep_version` does for one, in two statements. They must be flushed."""
    if not found:
        return
    numbers = [(offer.id, offer.version) for offer in found]
    there = select(OfferVersion.offer_id, OfferVersion.number).where(
        tuple_(OfferVersion.offer_id, OfferVersion.number).in_(numbers)
    )
    known = {(row.offer_id, row.number) for row in session.execute(there)}
    rows = [
        {
            "offer_id": offer.id,
            "number": offer.version,
            "at": now,
            "who": actor.name,
            "state": offer.state,
            "content": plain.to_plain(offers.draft_of(offer)),
            "import_run_id": import_run_id,
        }
        for offer in found
        if (offer.id, offer.version) not in known
    ]
    if rows:
        session.execute(insert(OfferVersion), rows)


def note_many(session: Session, found: Sequence[Offer], actor: Actor, action: str, *, now: datetime, run: int) -> None:
    """A line of the log for each of many offers, in one statement."""
    rows = [
        {
            "at": now,
            "curator_id": actor.curator_id,
            "who": actor.name,
            "action": action,
            "subject": "offer",
            "subject_id": offer.id,
            "before": None,
            "after": {"import": run, "state": offer.state, "version": offer.version},
        }
        for offer in found
    ]
    if rows:
        session.execute(insert(LogEntry), rows)


@dataclass
class History:
    """Watches an import being carried out: keeps versions, writes the log, renews the lease."""

    run_id: int
    actor: Actor
    clock: Callable[[], datetime]
    lease: Lease | None = None
    steps: int = 0
    done: int = field(default=0)

    def before(self, session: Session, known: Sequence[Offer]) -> bool:
        """Keep what is about to be changed; False when the job has gone to another worker."""
        now = self.clock()
        if self.lease and not self.lease.renew(session, now, self.done, self.steps):
            return False
        keep_versions(session, known, self.actor, now=now)
        return True

    def after(self, session: Session, taken: Sequence[Offer], rows: int) -> None:
        """Keep what was written."""
        now = self.clock()
        keep_versions(session, taken, self.actor, now=now, import_run_id=self.run_id)
        note_many(session, taken, self.actor, "imported", now=now, run=self.run_id)
        self.done += rows
        if self.lease:
            self.lease.renew(session, now, self.done, self.steps)


def begin_outside(session: Session, source: str, filename: str, working_group: str, *, now: datetime) -> ImportRun:
    """A run of the command line, so that the desk can show and undo it. Whatever becomes of the command, what it has
    written so far belongs to this run."""
    run = ImportRun(
        source=source[:200],
        filename=filename[-300:],
        stored_as="",
        working_group=working_group,
        mapping={},
        state=RunState.DONE,
        report={},
        chosen={},
        by=OUTSIDE.name,
        curator_id=None,
        at=now,
    )
    session.add(run)
    session.flush()
    log.note(session, OUTSIDE, "done", "import", run.id, now=now, after={"source": source, "file": filename})
    return run


def tell_outside(session: Session, run_id: int, report: ImportReport, withdrawn: int, *, now: datetime) -> None:
    """Note what a run of the command line has done."""
    run = session.get(ImportRun, run_id)
    if run is None:
        return
    counts = {fate.value: count for fate, count in report.counted().items() if fate in (Fate.NEW, Fate.CHANGED)}
    failed = [(row.line, row.title) for row in report.failed]
    run.report = {"outcome": {"counts": counts, "withdrawn": withdrawn, "for_review": 0, "failed": failed}}
    run.finished_at = now


OUTSIDE = Actor("infopool import")
"""How the log calls whoever ran the command."""
