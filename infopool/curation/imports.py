"""Imports at the desk: a file on its way from being brought, over being looked at, to being carried out or undone."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from infopool import queue
from infopool.curation import log
from infopool.curation.log import Actor
from infopool.curation.models import ColumnMapping, Curator, ImportRun, Role
from infopool.curation.rights import RIGHTS, Action, Reach, may_with
from infopool.directory.models import Offer
from infopool.directory.reading.cleaning import clean
from infopool.messages import N_, Message, Problem
from infopool.queue import Job, JobState

JOB = "import"
"""The name of the job that does a step of an import in the background."""
FILES_KEPT = timedelta(days=30)
"""How long an uploaded file stays after its import is over, or was never gone on with."""
LONGEST_SOURCE = 100
CHUNK = 1 << 18


class RunState(StrEnum):
    """Stand einer Einlesung."""

    READING = "reading"
    """Somebody is looking at its columns, in the background."""
    READ = "read"
    """Its columns are known and wait for a curator's word."""
    PLANNING = "planning"
    PLANNED = "planned"
    """What would become of each row is known and waits for a curator's word."""
    RUNNING = "running"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"
    FAILED = "failed"
    """The file could not be read; the report says why."""
    DROPPED = "dropped"


BUSY = frozenset({RunState.READING, RunState.PLANNING, RunState.RUNNING, RunState.UNDOING})
"""Something is being done in the background."""
OPEN = frozenset({RunState.READING, RunState.READ, RunState.PLANNING, RunState.PLANNED})
"""Nothing has been changed yet; it can be dropped."""
STEPS: dict[RunState, str] = {
    RunState.READING: "look",
    RunState.PLANNING: "plan",
    RunState.RUNNING: "carry-out",
    RunState.UNDOING: "undo",
}
"""What is done in a busy state."""


@dataclass(frozen=True)
class Uploads:
    """Ablage. The folder of the files that were brought, each under a random name of ours."""

    folder: Path

    @classmethod
    def of(cls, data: Path) -> Uploads:
        """The uploads of an installation's data folder."""
        return cls(data / "uploads")

    def put(self, stream: IO[bytes], most: int) -> tuple[str, int] | None:
        """Keep what comes, for the owner's eyes only; gives its name and size, or None when it is more than allowed."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name, size = secrets.token_hex(16), 0
        path = self.folder / name
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            while piece := stream.read(CHUNK):
                size += len(piece)
                if size > most:
                    break
                out.write(piece)
        if size <= most:
            return name, size
        path.unlink()
        return None

    def path(self, run: ImportRun) -> Path:
        """Where a run's file lies."""
        return self.folder / run.stored_as

    def plan(self, run: ImportRun) -> Path:
        """Where a run's plan lies."""
        return self.folder / f"{run.stored_as}.plan"

    def forget(self, run: ImportRun) -> None:
        """Delete a run's file and plan."""
        if run.stored_as:
            for path in (self.path(run), self.plan(run), self.plan(run).with_suffix(".index")):
                with contextlib.suppress(FileNotFoundError):
                    path.unlink()


@dataclass(frozen=True)
class Brought:
    """What somebody brings: the file as it was stored, its name at home, where it comes from."""

    stored_as: str
    filename: str
    size: int
    source: str
    working_group: str = ""


def check(source: str, filename: str, working_group: str, groups: frozenset[str]) -> list[Problem]:
    """What is wrong with what somebody brings, apart from the file's content."""
    problems = []
    if not filename:
        problems.append(Problem("file", Message(N_("Choose a file."))))
    if not source:
        problems.append(Problem("source", Message(N_("Say where the list comes from, for example “VHS-Kurse”."))))
    elif len(source) > LONGEST_SOURCE:
        sentence = N_("Shorten this text to %(most)s characters or fewer.")
        problems.append(Problem("source", Message(sentence, {"most": LONGEST_SOURCE})))
    if working_group and working_group not in groups:
        problems.append(Problem("working_group", Message(N_("Choose one of your own working groups."))))
    return problems


def begin(session: Session, brought: Brought, curator: Curator, *, now: datetime) -> ImportRun:
    """Take a file in; its columns are to be looked at next, with what is remembered of this source."""
    run = ImportRun(
        source=brought.source,
        filename=clean(brought.filename)[:300],
        stored_as=brought.stored_as,
        working_group=brought.working_group,
        mapping=remembered(session, brought.source),
        state=RunState.READING,
        report={"size": brought.size},
        chosen={},
        by=curator.name,
        curator_id=curator.id,
        at=now,
    )
    session.add(run)
    session.flush()
    log.note(session, Actor.of(curator), "brought", "import", run.id, now=now, after=_told(run))
    return run


def _told(run: ImportRun) -> dict[str, Any]:
    return {"source": run.source, "file": run.filename, "working_group": run.working_group}


def get(session: Session, run_id: int) -> ImportRun | None:
    """The run with this number, or None."""
    return session.get(ImportRun, run_id)


def runs(session: Session, *, page: int, per_page: int) -> tuple[list[ImportRun], int]:
    """One page of all runs, the newest first, and how many there are."""
    numbers = list(session.scalars(select(ImportRun.id).order_by(ImportRun.id.desc())))
    wanted = numbers[(page - 1) * per_page : page * per_page]
    found = select(ImportRun).where(ImportRun.id.in_(wanted)).order_by(ImportRun.id.desc())
    return list(session.scalars(found)), len(numbers)


def sources(session: Session, most: int = 200) -> list[str]:
    """The sources offers came from, by name."""
    named = select(Offer.source).where(Offer.source.is_not(None), Offer.source != "").distinct()
    return sorted(name for name in session.scalars(named.limit(most)) if name)


def may_change(curator: Curator, run: ImportRun) -> bool:
    """Whether somebody may go on with a run or undo it: who brought it, or who looks after all groups."""
    reach = RIGHTS[Role(curator.role)].get(Action.IMPORT)
    own = run.curator_id == curator.id and may_with(curator, Action.IMPORT, (run.working_group,))
    return reach is Reach.ALL or (own and reach is not None)


def remembered(session: Session, source: str) -> dict[str, list[str]]:
    """What was said of a source's columns the last time."""
    kept = session.get(ColumnMapping, source)
    return dict(kept.mapping) if kept else {}


def remember(session: Session, run: ImportRun, mapping: dict[str, list[str]]) -> None:
    """Keep what a curator says of a run's columns: for this run, and for the source's next one."""
    run.mapping = mapping
    kept = session.get(ColumnMapping, run.source)
    if kept is None:
        session.add(ColumnMapping(source=run.source, mapping=mapping))
    else:
        kept.mapping = {**kept.mapping, **mapping}


def mapping_of(run: ImportRun) -> dict[str, tuple[str, str]]:
    """The same as the importer wants it."""
    return {str(name): (str(told[0]), str(told[1])) for name, told in (run.mapping or {}).items()}


@dataclass(frozen=True)
class Lease:
    """Who does a step: the job and the worker it is lent to."""

    job_id: int
    worker: str

    def renew(self, session: Session, now: datetime, done: int = 0, steps: int = 0) -> bool:
        """Say that the worker is still at it; False when the job has gone to somebody else meanwhile."""
        return queue.still_at_it(session, self.job_id, self.worker, now, done, steps)


def move(session: Session, run: ImportRun, before: RunState, after: RunState) -> bool:
    """Bring a run from one state to the next; False when it is not in that state (any more), as at a second click."""
    done = session.execute(
        update(ImportRun).where(ImportRun.id == run.id, ImportRun.state == before).values(state=after)
    )
    session.refresh(run)
    return bool(done.rowcount)  # type: ignore[attr-defined]


def hand_over(session: Session, run: ImportRun, *, now: datetime, worker: str = "") -> Lease:
    """Take on the job of a run's busy state. With `worker` it is lent to it at once: it does the job itself, now, and
    whoever finds it silent for too long takes it over."""
    job = queue.add(session, JOB, now=now, run=run.id, step=STEPS[RunState(run.state)])
    assert job is not None
    if worker:
        job.state, job.worker, job.leased_until, job.attempts = JobState.RUNNING, worker, now + queue.LEASE, 1
    return Lease(job.id, worker)


def job_of(session: Session, run: ImportRun) -> Job | None:
    """The job that a busy run waits for."""
    waiting = select(Job).where(Job.name == JOB, Job.state != JobState.DONE).order_by(Job.id.desc())
    return next((job for job in session.scalars(waiting.limit(200)) if job.arguments.get("run") == run.id), None)


def drop(session: Session, run: ImportRun, uploads: Uploads, actor: Actor, *, now: datetime) -> bool:
    """Give a run up before anything was changed, or because its file cannot be read; False when it is too late."""
    if not any(move(session, run, state, RunState.DROPPED) for state in (*OPEN, RunState.FAILED)):
        return False
    run.finished_at = now
    log.note(session, actor, "dropped", "import", run.id, now=now, after=_told(run))
    uploads.forget(run)
    return True


def clear_away(session: Session, uploads: Uploads, *, now: datetime) -> int:
    """Delete the files of runs that are over, or that nobody has gone on with, for `FILES_KEPT`; gives how many."""
    old = select(ImportRun).where(ImportRun.stored_as != "", ImportRun.at < now - FILES_KEPT)
    cleared = 0
    for run in session.scalars(old):
        if run.state in BUSY or (run.finished_at and run.finished_at > now - FILES_KEPT):
            continue
        uploads.forget(run)
        run.stored_as = ""
        if run.state in OPEN:
            run.state, run.finished_at = RunState.DROPPED, now
        cleared += 1
    return cleared


def columns_of(run: ImportRun) -> Iterator[dict[str, Any]]:
    """The run's columns as they were found: name, field, language, examples."""
    yield from run.report.get("columns", ())
