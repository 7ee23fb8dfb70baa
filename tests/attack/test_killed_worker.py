"""Killing workers in the midst of their work: no job is lost, and each has its effect once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import func, select

from infopool import paths, queue
from infopool.curation.models import RareTerm
from infopool.db import Database
from infopool.jobs.work import utc_now
from infopool.queue import Job, JobState

GIVE_UP = 150.0
"""Seconds after which the workers are taken to be stuck."""


class Workers:
    """Starts workers, one at a time, and kills them."""

    def __init__(self, database: Database, data: Path) -> None:
        url = database.url.render_as_string(hide_password=False)
        program = Path(__file__).with_name("counting_worker.py")
        self._nest = subprocess.Popen(
            [sys.executable, str(program), url, str(data)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=paths.TEMPLATES.parent,
            env={"PYTHONPATH": str(paths.TEMPLATES.parent)},
        )

    def start(self) -> int:
        """The process number of a new worker."""
        assert self._nest.stdin
        assert self._nest.stdout
        self._nest.stdin.write(b"one more\n")
        self._nest.stdin.flush()
        return int(self._nest.stdout.readline())

    def end(self) -> None:
        """Start no more."""
        assert self._nest.stdin
        self._nest.stdin.close()
        self._nest.wait(timeout=20)


def end(worker: int, how: signal.Signals) -> None:
    """End a worker and wait until it is gone."""
    os.kill(worker, how)
    with suppress(ProcessLookupError):
        for _ in range(2000):
            os.kill(worker, 0)
            time.sleep(0.01)
        raise AssertionError("the worker does not end")


def left(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Job).where(Job.state != JobState.DONE)) or 0


def torture(database: Database, data: Path, jobs: int, kills: int) -> None:
    """Do so many jobs while the worker is killed so often, at random moments; then look at what is there."""
    data.mkdir()
    with database.transaction() as session:
        for number in range(jobs):
            queue.add(session, "count", now=utc_now(), number=number)
    chance, began, workers = random.Random(7), time.monotonic(), Workers(database, data)
    for _ in range(kills):
        running = workers.start()
        # Kills come while work is going on: the pace is taken from how much is left.
        target = left(database) - jobs / (kills + 1) * chance.uniform(0.4, 1.4)
        while left(database) > max(target, 1) and time.monotonic() - began < GIVE_UP:
            time.sleep(chance.uniform(0.001, 0.02))
        end(running, signal.SIGKILL)
    running = workers.start()
    while left(database) and time.monotonic() - began < GIVE_UP:
        time.sleep(0.1)
    end(running, signal.SIGKILL)
    workers.end()
    with database.reading() as session:
        states = Counter(session.scalars(select(Job.state)))
        effects = Counter(mark.split("-")[0] for mark in session.scalars(select(RareTerm.fingerprint)))
    begun = Counter((data / "begun").read_text(encoding="utf-8").split())
    assert states == {JobState.DONE: jobs}
    assert effects == {str(number): 1 for number in range(jobs)}
    assert set(begun) == set(effects)
    assert sum(begun.values()) <= jobs + kills


def test_a_few_kills_lose_nothing_and_double_nothing(database: Database, tmp_path: Path) -> None:
    torture(database, tmp_path / "data", jobs=40, kills=2)


@pytest.mark.slow
def test_thirty_kills_in_four_hundred_jobs_lose_nothing_and_double_nothing(database: Database, tmp_path: Path) -> None:
    torture(database, tmp_path / "data", jobs=400, kills=30)
