"""A large list is taken in by the worker beside the server while visitors search; the worker is killed on the way."""

from __future__ import annotations

import os
import signal
import statistics
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from benchmarks.importing import write_sheet
from infopool.curation import sessions
from infopool.curation.imports import RunState
from infopool.curation.models import Curator, ImportRun, OfferVersion, Role
from infopool.db import Database
from infopool.directory.facts import State
from infopool.directory.models import IndexTask, Offer
from infopool.queue import Job, JobState
from tests.attack.served import Served, command, start

ROWS = int(os.environ.get("INFOPOOL_TEST_ROWS", "800"))
"""How many; 10,000 were tried, too, which takes some minutes."""
PATIENCE = 60 + ROWS / 20
"""Seconds the work may take on a busy machine."""
BOUNDARY = "----a-boundary"


class Desk:
    """Somebody signed in at a real server."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.database = Database(f"sqlite:///{served.data / 'infopool.sqlite'}")
        now = datetime.now(UTC)
        with self.database.transaction() as session:
            curator = Curator(email="a@example.org", name="A", role=Role.OFFICER, groups=(), invited_at=now)
            session.add(curator)
            session.flush()
            self.cookie = f"infopool={sessions.begin(session, curator, now)}"

    def send(self, path: str, body: bytes = b"", kind: str = "application/x-www-form-urlencoded") -> int:
        """The status that answers a form."""
        line = HTTPConnection("127.0.0.1", self.served.port, timeout=60)
        line.request(
            "POST",
            path,
            body,
            {"Cookie": self.cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": kind},
        )
        return line.getresponse().status

    def bring(self, sheet: bytes) -> int:
        """Upload a list."""
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="source"\r\n\r\ngroß\r\n'.encode(),
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="l.csv"\r\n\r\n'.encode(),
            sheet,
            f"\r\n--{BOUNDARY}--\r\n".encode(),
        ]
        return self.send("/admin/imports/", b"".join(parts), f"multipart/form-data; boundary={BOUNDARY}")

    def run(self) -> ImportRun:
        with self.database.reading() as session:
            return session.scalars(select(ImportRun)).one()

    def wait_for(self, state: RunState, times: list[float]) -> None:
        """Search like a visitor until the run has come so far."""
        give_up = time.monotonic() + PATIENCE
        while self.run().state != state:
            assert time.monotonic() < give_up, f"{self.run().state} after {PATIENCE} s"
            self.search(times)

    def search(self, times: list[float]) -> None:
        """One visitor's search, its seconds noted."""
        began = time.perf_counter()
        status, _ = self.served.get("/de/search?q=Deutschkurs+am+Abend", timeout=30)
        times.append(time.perf_counter() - began)
        assert status == 200
        time.sleep(0.1)

    def kill_worker(self) -> None:
        """End the worker as a power cut does, and let its lease run out."""
        for process in Path("/proc").iterdir():
            with suppress(OSError):
                words = (process / "cmdline").read_bytes().split(b"\0") if process.name.isdigit() else []
                if b"work" in words and str(self.served.process.pid).encode() in words:
                    os.kill(int(process.name), signal.SIGKILL)
        with self.database.transaction() as session:
            past = datetime.now(UTC) - timedelta(minutes=1)
            session.execute(update(Job).where(Job.state == JobState.RUNNING).values(leased_until=past))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    data = tmp_path / "data"
    for words in (("db", "upgrade"), ("demo",)):
        assert command(data, *words).returncode == 0
    served = start(data, tmp_path / "log")
    made = Desk(served)
    yield made
    made.database.close()
    served.stop()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the worker in /proc")
def test_visitors_search_while_a_large_list_is_taken_in_and_its_worker_killed(desk: Desk, tmp_path: Path) -> None:
    write_sheet(ROWS, tmp_path / "l.csv")
    times: list[float] = []
    assert desk.bring((tmp_path / "l.csv").read_bytes()) == 303
    desk.wait_for(RunState.READ, times)
    assert desk.send("/admin/imports/1/columns") == 303
    desk.wait_for(RunState.PLANNED, times)
    assert desk.send("/admin/imports/1/rows", b"do=take-in&asked-to-publish=yes&publish=yes") == 303
    give_up = time.monotonic() + PATIENCE
    while count(desk, Offer.source == "groß") < ROWS / 4 and time.monotonic() < give_up:
        desk.search(times)
    desk.kill_worker()
    desk.wait_for(RunState.DONE, times)
    assert count(desk, Offer.source == "groß", Offer.state == State.PUBLISHED) == ROWS
    assert count(desk, OfferVersion.import_run_id == 1) == ROWS
    while count(desk, IndexTask.id > 0):
        desk.search(times)
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"{ROWS} rows, {len(times)} searches, median {statistics.median(times):.3f} s, p95 {p95:.3f} s")
    assert p95 < 2.0


def count(desk: Desk, *where: object) -> int:
    """How many rows there are."""
    with desk.database.reading() as session:
        return session.scalar(select(func.count()).where(*where)) or 0  # type: ignore[arg-type]
