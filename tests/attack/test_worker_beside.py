"""The worker beside the server: there from the start, back when it dies, gone with the server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from infopool import paths, queue
from infopool.db import Database
from infopool.jobs.work import utc_now
from infopool.queue import Job, JobState
from tests.attack.served import command, environ, start

pytestmark = pytest.mark.slow

PATIENCE = 40.0


def workers(server: int) -> list[int]:
    """The workers that belong to a server, by their command lines."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if b"--beside" in words and str(server).encode() in words:
                found.append(int(folder.name))
    return found


def wait_until(wanted: Callable[[], object]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not wanted():
        assert time.monotonic() < give_up, "it does not come about"
        time.sleep(0.2)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    assert command(tmp_path / "data", "db", "upgrade").returncode == 0
    return tmp_path / "data"


def job_state(data: Path, job_id: int) -> str:
    database = Database(f"sqlite:///{data / 'infopool.sqlite'}")
    with database.reading() as session:
        state = session.get_one(Job, job_id).state
    database.close()
    return state


def add(data: Path) -> int:
    database = Database(f"sqlite:///{data / 'infopool.sqlite'}")
    with database.transaction() as session:
        job = queue.add(session, "tidy", now=utc_now())
        assert job
    database.close()
    return job.id


def test_the_server_works_too_and_its_worker_comes_back_and_goes_with_it(data: Path, tmp_path: Path) -> None:
    served = start(data, tmp_path / "log")
    server = served.process.pid
    wait_until(lambda: workers(server))
    first = workers(server)[0]
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: workers(server) and workers(server) != [first])
    job_id = add(data)
    wait_until(lambda: job_state(data, job_id) == JobState.DONE)
    assert served.stop() == 0
    wait_until(lambda: not workers(server))


def test_the_worker_ends_with_a_server_that_was_killed(data: Path, tmp_path: Path) -> None:
    served = start(data, tmp_path / "log")
    wait_until(lambda: workers(served.process.pid))
    served.process.kill()
    served.process.wait()
    wait_until(lambda: not workers(served.process.pid))


def test_a_server_that_does_not_work_has_no_worker(data: Path, tmp_path: Path) -> None:
    served = start(data, tmp_path / "log", INFOPOOL_JOBS="apart")
    assert workers(served.process.pid) == []
    served.stop()


def test_a_worker_of_its_own_stops_politely(data: Path) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "infopool", "work"], env=environ(data), cwd=paths.TEMPLATES.parent
    )
    job_id = add(data)
    wait_until(lambda: job_state(data, job_id) == JobState.DONE)
    running.send_signal(signal.SIGTERM)
    assert running.wait(timeout=PATIENCE) == 0


def test_once_does_what_is_due_and_ends(data: Path) -> None:
    job_id = add(data)
    done = command(data, "work", "--once")
    assert done.returncode == 0
    assert "done" in done.stdout
    assert job_state(data, job_id) == JobState.DONE
