"""What the work of an import is done with: the installation, the importer, the lease of its job."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy.orm import Session

from infopool import queue
from infopool.curation import imports
from infopool.curation.imports import Lease, RunState, Uploads
from infopool.curation.models import ImportRun
from infopool.db import Database
from infopool.directory.drafts import OfferDraft, Unreadable
from infopool.directory.regions import Region
from infopool.messages import Message


class Column(Protocol):
    """A column as the importer found it."""

    @property
    def name(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def examples(self) -> tuple[str, ...]: ...


class Look(Protocol):
    """A list as the importer found it."""

    @property
    def columns(self) -> Sequence[Column]: ...
    @property
    def rows(self) -> int: ...


class Read(Protocol):
    """What the importer read."""

    @property
    def drafts(self) -> Sequence[tuple[int, OfferDraft]]: ...
    @property
    def unreadable(self) -> Sequence[Unreadable]: ...
    @property
    def refused(self) -> Message | None: ...
    @property
    def remarks(self) -> Sequence[Message]: ...


class LookAt(Protocol):
    """Finds the columns of a file."""

    def __call__(self, source: Path, mapping: dict[str, tuple[str, str]], /) -> Look | Message: ...


class ReadFile(Protocol):
    """Reads the offers of a file."""

    def __call__(
        self,
        source: Path,
        region: Region,
        *,
        mapping: dict[str, tuple[str, str]],
        progress: Callable[[int, int], None],
    ) -> Read: ...


class Lost(Exception):
    """The step has meanwhile gone to another worker."""


@dataclass(frozen=True)
class Means:
    """Werkbank. What a step works with. The importer is handed in: reading files is not the desk's business."""

    database: Database
    region: Region
    uploads: Uploads
    clock: Callable[[], datetime]
    look_at: LookAt
    read: ReadFile

    def run(self, run_id: int) -> ImportRun:
        """The run with this number, which is there."""
        with self.database.reading() as session:
            run = imports.get(session, run_id)
        assert run is not None
        return run

    @contextmanager
    def finishing(self, run_id: int, lease: Lease, state: RunState) -> Iterator[tuple[Session, ImportRun]]:
        """The transaction of a step's end: its job is done in the same moment. Raises Lost when the run has gone on."""
        with self.database.transaction() as session:
            run = imports.get(session, run_id)
            if run is None or run.state != state:
                raise Lost
            yield session, run
            if not queue.finish(session, lease.job_id, lease.worker, self.clock()):
                raise Lost
