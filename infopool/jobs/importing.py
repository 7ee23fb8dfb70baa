"""Imports in the background: each step of a large file is a job, begun again where a killed worker left it."""

from __future__ import annotations

from importers import columns, spreadsheet
from infopool.curation import imports, imports_work
from infopool.curation.imports import Lease, Uploads
from infopool.curation.imports_means import Lost as RunLost
from infopool.curation.imports_means import Means
from infopool.jobs.work import Lost, Task, Work


def take_in(work: Work, task: Task) -> None:
    """Do the step of an import that a job stands for; what it changed reaches the search at once."""
    uploads = Uploads.of(work.settings.data)
    means = Means(work.database, work.region, uploads, work.now, columns.look_at, spreadsheet.read)
    lease = Lease(task.id, task.worker)
    try:
        imports_work.do(means, int(task.arguments["run"]), str(task.arguments["step"]), lease)
    except RunLost:
        raise Lost from None
    work.indexer().drain()


def clear_uploads(work: Work, task: Task) -> None:
    """Delete files that were brought and are not needed any more."""
    with task.finishing() as session:
        imports.clear_away(session, Uploads.of(work.settings.data), now=work.now())
