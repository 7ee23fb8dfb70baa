"""Looking whether the web addresses in offers still lead somewhere: slowly, and never two at once to the same host."""

from __future__ import annotations

import time

from infopool.curation import links
from infopool.jobs.strangers import Asker
from infopool.jobs.work import Task, Work

AT_ONCE = 200
"""Addresses asked in one go; the others wait for the next hour."""
BETWEEN = 3.0
"""Seconds between two questions to the same host."""


def check(work: Work, task: Task) -> None:
    """Ask for all addresses that are due. Each answer is kept by itself, so a second beginning goes on behind it."""
    with work.database.transaction() as session:
        links.note_used(session)
    with work.database.reading() as session:
        waiting = links.by_host(links.due(session, work.now(), AT_ONCE))
    asker = Asker(f"infopool link check (+{work.settings.base_url})")
    last_asked: dict[str, float] = {}
    try:
        for number, (link_id, url) in enumerate(waiting):
            _wait_for(links.host_of(url), last_asked, work)
            answer = asker.ask(url)
            with work.database.transaction() as session:
                links.note_answer(
                    session,
                    link_id,
                    good=answer.good,
                    status=answer.status,
                    leads_to=answer.leads_to,
                    fault=answer.fault,
                    now=work.now(),
                )
            task.still_at_it(number + 1, len(waiting))
    finally:
        asker.close()


def _wait_for(host: str, last_asked: dict[str, float], work: Work) -> None:
    """Leave a host in peace for a moment between two questions."""
    pause = last_asked.get(host, -BETWEEN) + BETWEEN - time.monotonic()
    if pause > 0:
        work.stopping.wait(pause)
    last_asked[host] = time.monotonic()
