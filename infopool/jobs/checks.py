"""Asking providers, reminding them, and what follows when nobody answers."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from infopool.curation import checking, lapsing
from infopool.curation.checking import Asking
from infopool.jobs.work import Task, Work

Step = Callable[[Session], int]
"""Does a part of what is left to do and says how much; 0 when nothing is left."""

MOST_BATCHES = 10_000


def ask_providers(work: Work, task: Task) -> None:
    """Do what is due today, in small transactions. Each is whole in itself and does nothing the second time."""
    settings, region = work.settings, work.region
    asking = Asking(region, settings.base_url, settings.secret())
    asking_at_most = checking.MOST_ADDRESSES // checking.BATCH
    steps: tuple[tuple[Step, int], ...] = (
        (lambda session: lapsing.settle(session, work.now(), region), 1),
        (lambda session: lapsing.hide(session, work.now()), MOST_BATCHES),
        (lambda session: lapsing.tell_to_call_first(session, work.now(), region), MOST_BATCHES),
        (lambda session: lapsing.hand_to_group(session, work.now()), MOST_BATCHES),
        (lambda session: checking.remind(session, asking, work.now()), MOST_BATCHES),
        (lambda session: checking.ask_for_next_dates(session, asking, work.now()), asking_at_most),
        (lambda session: checking.ask_due(session, asking, work.now()), asking_at_most),
    )
    for number, (step, most) in enumerate(steps, 1):
        _until_done(work, task, step, most, number, len(steps))
    work.indexer().drain()


def _until_done(work: Work, task: Task, step: Step, most: int, number: int, steps: int) -> None:
    for _ in range(most):
        with work.database.transaction() as session:
            done = step(session)
        task.still_at_it(number, steps)
        if not done:
            return
