"""Work that is done later, by whichever process gets to it: one table, in the same database as everything else.

A job is written in the transaction that gives rise to it, so it is there exactly when its cause is. A worker takes it
on a lease; if the worker dies, the lease runs out and another one takes it. So nothing is lost, and a job may begin a
second time: whoever does one must be able to bear that.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ColumnElement, Index, Integer, String, Text, and_, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from infopool.db import Base
from infopool.directory.columns import UtcDateTime

LEASE = timedelta(minutes=5)
"""How long a worker keeps a job without saying that it is still at it."""
MOST_ATTEMPTS = 5
"""After so many a job rests with its error until somebody looks at it."""
MOST_ABANDONED = 10
"""So often a job may lose its worker; after that it is taken for what kills them."""
FIRST_WAIT = timedelta(minutes=1)
"""Before the second attempt; four times as long before each further one."""
LONGEST_WAIT = timedelta(hours=6)
"""Between two attempts."""
ABANDONED = "its worker was gone each time"
"""The fault of a job that no worker has ever come to the end of, not even to say why."""


class JobState(StrEnum):
    """Stand eines Auftrags."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """Auftrag."""

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_next", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), index=True)
    key: Mapped[str | None] = mapped_column(String(200), unique=True)
    """What makes it the same job: a second one with this key is not taken on."""
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(8), default=JobState.WAITING)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    worker: Mapped[str] = mapped_column(String(60), default="")
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fault: Mapped[str] = mapped_column(Text, default="")
    done: Mapped[int] = mapped_column(Integer, default=0)
    """Steps done, of `steps`; for a bar of progress."""
    steps: Mapped[int] = mapped_column(Integer, default=0)


def add(
    session: Session,
    name: str,
    *,
    now: datetime,
    key: str | None = None,
    due_at: datetime | None = None,
    **arguments: Any,
) -> Job | None:
    """Take on a job, to be done from `due_at` on; None when there is one of this key already, done or not."""
    if key is not None and session.scalars(select(Job.id).where(Job.key == key)).first() is not None:
        return None
    job = Job(name=name, key=key, arguments=arguments, due_at=due_at or now, written_at=now, state=JobState.WAITING)
    try:
        # Of two who take on the same job in the same moment the second learns it here, not at the end.
        with session.begin_nested():
            session.add(job)
    except IntegrityError:
        return None
    return job


def any_due(session: Session, now: datetime) -> bool:
    """Whether there is anything to take, without taking it; for looking often without keeping writers waiting."""
    return session.scalars(select(Job.id).where(_is_due(now)).limit(1)).first() is not None


def take(session: Session, worker: str, now: datetime) -> Job | None:
    """The next job that is due, leased to this worker; one whose worker went silent counts as due. None when idle.

    A job that was taken often and never came to an end may be what kills its workers: it fails instead.
    """
    next_one = select(Job).where(_is_due(now)).order_by(Job.due_at, Job.id).limit(1)
    while job := session.scalars(next_one.with_for_update(skip_locked=True)).first():
        if job.attempts < MOST_ABANDONED or job.state != JobState.RUNNING:
            job.state, job.worker, job.leased_until = JobState.RUNNING, worker, now + LEASE
            job.attempts += 1
            session.flush()
            return job
        job.state, job.finished_at, job.leased_until, job.fault = JobState.FAILED, now, None, ABANDONED
        session.flush()
    return None


def _is_due(now: datetime) -> ColumnElement[bool]:
    waiting = and_(Job.state == JobState.WAITING, Job.due_at <= now)
    abandoned = and_(Job.state == JobState.RUNNING, Job.leased_until <= now)
    return or_(waiting, abandoned)


def still_at_it(session: Session, job_id: int, worker: str, now: datetime, done: int = 0, steps: int = 0) -> bool:
    """Renew the lease and note progress; False when the job has meanwhile gone to somebody else: stop then."""
    job = session.get(Job, job_id)
    if job is None or job.worker != worker or job.state != JobState.RUNNING:
        return False
    job.leased_until = now + LEASE
    job.done, job.steps = done or job.done, steps or job.steps
    return True


def finish(session: Session, job_id: int, worker: str, now: datetime) -> bool:
    """Mark a job done; to be called in the transaction of its last effect, so that both are kept or neither."""
    job = session.get(Job, job_id)
    if job is None or job.worker != worker or job.state != JobState.RUNNING:
        return False
    job.state, job.finished_at, job.leased_until, job.fault = JobState.DONE, now, None, ""
    return True


def fail(
    session: Session,
    job_id: int,
    worker: str,
    now: datetime,
    fault: str,
    *,
    for_good: bool = False,
    most: int = MOST_ATTEMPTS,
) -> None:
    """Note what went wrong; it is tried again later, until it was tried `most` times or `for_good` says so."""
    job = session.get(Job, job_id)
    if job is None or job.worker != worker or job.state != JobState.RUNNING:
        return
    job.fault, job.leased_until = fault, None
    if for_good or job.attempts >= most:
        job.state, job.finished_at = JobState.FAILED, now
    else:
        job.state, job.due_at = JobState.WAITING, now + min(FIRST_WAIT * 4 ** (job.attempts - 1), LONGEST_WAIT)


def hand_back(session: Session, job_id: int, worker: str, now: datetime) -> None:
    """Give up a job that a worker was stopped in the midst of, as if it had not been taken."""
    job = session.get(Job, job_id)
    if job is not None and job.worker == worker and job.state == JobState.RUNNING:
        job.state, job.due_at, job.leased_until, job.worker = JobState.WAITING, now, None, ""
        job.attempts -= 1


def try_again(session: Session, job_id: int, now: datetime) -> bool:
    """Have a failed job done once more; False when it has not failed."""
    job = session.get(Job, job_id)
    if job is None or job.state != JobState.FAILED:
        return False
    job.state, job.due_at, job.attempts, job.finished_at = JobState.WAITING, now, 0, None
    return True


def failed(session: Session, page: int, size: int) -> tuple[list[Job], int]:
    """One page of the jobs that have failed, the newest first, and how many there are."""
    wanted = select(Job).where(Job.state == JobState.FAILED).order_by(Job.finished_at.desc(), Job.id.desc())
    total = session.scalar(select(func.count()).select_from(Job).where(Job.state == JobState.FAILED)) or 0
    return list(session.scalars(wanted.limit(size).offset((page - 1) * size))), total


def under_way(session: Session, now: datetime, most: int = 10) -> list[Job]:
    """Jobs that somebody is at, or that wait to be tried again."""
    tried = and_(Job.state == JobState.WAITING, Job.attempts > 0)
    return list(
        session.scalars(select(Job).where(or_(Job.state == JobState.RUNNING, tried)).order_by(Job.id).limit(most))
    )
