"""A worker whose jobs count themselves, for tests that kill it: run as a program with the address of a database.

A job writes its number twice: into the table in the transaction that ends it, and before that into a file, which no
transaction takes back.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

from infopool import queue
from infopool.curation.models import RareTerm
from infopool.db import Database
from infopool.directory.regions import load_region
from infopool.jobs import worker
from infopool.jobs.work import Task, Work
from infopool.settings import Settings


def count(work: Work, task: Task) -> None:
    """Leave a mark in both places."""
    number = task.arguments["number"]
    with (work.settings.data / "begun").open("a", encoding="utf-8") as begun:
        begun.write(f"{number}\n")
    with task.finishing() as session:
        session.add(RareTerm(month="2026-11", fingerprint=f"{number}-{task.attempt}-{task.worker}"))


def work_on(url: str, data: str) -> None:
    """Work until killed."""
    place = Work(Settings(data=Path(data), database_url=url), load_region("waldshut"), Database(url))
    worker.Worker(place, {"count": count}, regular=()).run()


def main(url: str, data: str) -> None:
    """Start a worker for each line that is read, and tell the number of its process. Starting is quick that way: what
    takes long, reading the program, is done once."""
    queue.LEASE = timedelta(seconds=0.5)
    worker.PAUSE = 0.05
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        number = os.fork()
        if not number:
            work_on(url, data)
            os._exit(0)
        print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
