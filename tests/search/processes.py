"""Child processes to kill."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection

FORK = multiprocessing.get_context("fork")


def kill_after(seconds: float, work: Callable[[], Iterator[int]]) -> list[int]:
    """Let a child work for a moment after its first step, kill it (-9) wherever it is; returns what it had yielded."""
    ours, theirs = FORK.Pipe(duplex=False)
    child = FORK.Process(target=_run, args=(work, theirs), daemon=True)
    child.start()
    theirs.close()
    assert ours.poll(60), "the child never began"
    time.sleep(seconds)
    os.kill(child.pid or 0, signal.SIGKILL)
    child.join()
    return _all_of(ours)


def _run(work: Callable[[], Iterator[int]], reports: Connection) -> None:
    for step in work():
        reports.send(step)


def _all_of(reports: Connection) -> list[int]:
    seen: list[int] = []
    try:
        while reports.poll():
            seen.append(reports.recv())
    except EOFError:
        pass
    return seen
