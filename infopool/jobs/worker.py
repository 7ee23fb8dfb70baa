"""The worker: takes one job after the other and sees to it that each comes to an end."""

from __future__ import annotations

import logging
import os
import secrets
import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.exc import DBAPIError

from infopool import queue
from infopool.curation import timetable
from infopool.curation.timetable import TIMETABLE, Regular
from infopool.jobs.handlers import HANDLERS
from infopool.jobs.work import GiveUp, Handler, Lost, NotNow, Stopped, Task, Work

log = logging.getLogger("infopool.jobs")

PAUSE = 2.0
"""Seconds between two looks when there is nothing to do."""
LOOK_AT_TIMETABLE = timedelta(seconds=30)
TAKEN_MEANWHILE = "40001"
"""What PostgreSQL says when another worker was quicker (serialization failure)."""
LONGEST_FAULT = 500
"""Characters of a fault that are kept; the whole of it stands in the log."""


def unique_name() -> str:
    """A name no other worker has, also not one with the same process number on another machine or after a restart."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"


@dataclass
class Worker:
    """Arbeiterin. One at a time in a process; as many processes as one likes."""

    work: Work
    handlers: Mapping[str, Handler] = field(default_factory=lambda: HANDLERS)
    regular: Iterable[Regular] = TIMETABLE
    name: str = field(default_factory=unique_name)
    _looked_at: datetime | None = None

    def run(self) -> None:
        """Do what is due until `work.stopping` is set; a job under way is finished first, or handed back if it is long.

        A database that cannot be reached for a while is waited for.
        """
        while not self.work.stopping.is_set():
            try:
                idle = not self.do_next()
            except DBAPIError:
                log.exception("the database did not answer")
                idle = True
            if idle:
                self.work.stopping.wait(PAUSE)

    def do_all(self) -> int:
        """Do everything that is due now, and what becomes due by doing it; returns how many jobs were done or tried."""
        done = 0
        self._looked_at = None
        while not self.work.stopping.is_set() and self.do_next():
            done += 1
        return done

    def do_next(self) -> bool:
        """Take the next job and bring it to an end, good or bad; False when nothing is due."""
        self._look_at_timetable()
        task = self._take()
        if task is None:
            return False
        try:
            self._handler_of(task)(self.work, task)
        except Lost:
            log.warning("%s (job %s) has gone to another worker", task.name, task.id)
        except Stopped:
            with self.work.database.transaction() as session:
                queue.hand_back(session, task.id, self.name, self.work.now())
        except Exception as fault:
            self._fail(task, fault)
        else:
            with self.work.database.transaction() as session:
                queue.finish(session, task.id, self.name, self.work.now())
        return True

    def _take(self) -> Task | None:
        with self.work.database.reading() as session:
            if not queue.any_due(session, self.work.now()):
                return None
        while True:
            try:
                with self.work.database.transaction() as session:
                    job = queue.take(session, self.name, self.work.now())
            except DBAPIError as fault:
                if getattr(fault.orig, "sqlstate", "") != TAKEN_MEANWHILE:
                    raise
            else:
                return Task(self.work, job.id, job.name, dict(job.arguments), job.attempts, self.name) if job else None

    def _handler_of(self, task: Task) -> Handler:
        handler = self.handlers.get(task.name)
        if handler is None:
            raise GiveUp(f"nobody here does “{task.name}”")
        return handler

    def _fail(self, task: Task, fault: Exception) -> None:
        expected = isinstance(fault, GiveUp | NotNow)
        told = str(fault) if expected else f"{type(fault).__name__}: {fault}"
        log.error("%s (job %s) failed: %s", task.name, task.id, told, exc_info=None if expected else fault)
        most = fault.most if isinstance(fault, NotNow) else queue.MOST_ATTEMPTS
        for_good = isinstance(fault, GiveUp)
        with self.work.database.transaction() as session:
            now, words = self.work.now(), _tame(told)
            queue.fail(session, task.id, self.name, now, words, for_good=for_good, most=most)

    def _look_at_timetable(self) -> None:
        """Turn what has become due by the clock into jobs."""
        now = self.work.now()
        if self._looked_at and now - self._looked_at < LOOK_AT_TIMETABLE:
            return
        self._looked_at = now
        zone = self.work.region.timezone
        with self.work.database.reading() as session:
            missing = timetable.not_taken_on(session, now, zone, self.regular)
        if missing:
            with self.work.database.transaction() as session:
                timetable.write_due(session, now, zone, missing)


def _tame(fault: str) -> str:
    """A fault as it may stand on a page: no control characters, not too long."""
    return "".join(sign if sign.isprintable() else " " for sign in fault)[:LONGEST_FAULT]
