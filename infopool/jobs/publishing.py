"""Publishing at a set time."""

from __future__ import annotations

from infopool.curation import review
from infopool.jobs.work import Task, Work


def publish(work: Work, task: Task) -> None:
    """Publish an approved edit whose day has come."""
    with task.finishing() as session:
        review.publish_due(session, int(task.arguments["edit_id"]), work.now(), region=work.region)
    work.indexer().drain()
