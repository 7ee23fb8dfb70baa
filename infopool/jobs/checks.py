"""Asking providers, reminding them, and what follows when nobody answers."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from infopool.curation import checking, lapsing
from infopool.curation.checking import Asking
from infopool.jobs.work import Task, Work


def ask_providers(work: Work, task: Task) -> None:
    """Do what is due today. Every step is whole in itself and does nothing the second time."""
    settings, region = work.settings, work.region
    asking = Asking(region, settings.base_url, settings.secret())
    steps: tuple[Callable[[Session], int], ...] = (
        lambda session: lapsing.settle(session, work.now(), region),
        lambda session: lapsing.hide(session, work.now()),
        lambda session: lapsing.tell_to_call_first(session, work.now(), region),
        lambda session: lapsing.hand_to_group(session, work.now()),
        lambda session: checking.remind(session, asking, work.now()),
        lambda session: checking.ask_for_next_dates(session, asking, work.now()),
        lambda session: checking.ask_due(session, asking, work.now()),
    )
    for number, step in enumerate(steps, 1):
        with work.database.transaction() as session:
            step(session)
        task.still_at_it(number, len(steps))
    work.indexer().drain()
