"""Work that keeps the house in order: the index in step, old things gone."""

from __future__ import annotations

from infopool.jobs.work import Task, Work


def index(work: Work, task: Task) -> None:
    """Act on the notes for the search index that a killed process has left."""
    work.indexer().drain()


def relearn(work: Work, task: Task) -> None:
    """Read all offers anew with the words curators have added; visitors search the index there is until then."""
    work.indexer().rebuild()
