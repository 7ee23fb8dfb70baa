"""Deleting what is no longer needed: the least is kept, and for the shortest time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from infopool.curation import counting, feedback, mails, sessions
from infopool.curation.models import SignIn, Ticket, Tries
from infopool.jobs.work import Task, Work
from infopool.queue import Job, JobState

WORDS_OF_MAILS = timedelta(days=90)
DONE_JOBS = timedelta(days=14)
FAILED_JOBS = timedelta(days=90)
TICKETS = timedelta(days=7)
"""After they were good."""
TRIES = timedelta(days=1)


def tidy(work: Work, task: Task) -> None:
    """Delete what has had its time."""
    with task.finishing() as session:
        now = work.now()
        mails.forget_words(session, now - WORDS_OF_MAILS)
        feedback.forget(session, work.today())
        counting.forget(session, work.today())
        _forget_sessions(session, now)
        _forget_jobs(session, now)


def _forget_sessions(session: Session, now: datetime) -> None:
    over = or_(SignIn.begun_at < now - sessions.LONGEST, SignIn.seen_at < now - sessions.IDLE)
    session.execute(delete(SignIn).where(over))
    session.execute(delete(Ticket).where(Ticket.good_until < now - TICKETS))
    session.execute(delete(Tries).where(Tries.begun_at < now - TRIES))


def _forget_jobs(session: Session, now: datetime) -> None:
    session.execute(delete(Job).where(Job.state == JobState.DONE, Job.finished_at < now - DONE_JOBS))
    session.execute(delete(Job).where(Job.state == JobState.FAILED, Job.finished_at < now - FAILED_JOBS))
