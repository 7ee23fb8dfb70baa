"""Catalogues: how long they take to read and how much memory they take, all of them beside one.

Each is measured in a process of its own, so that nothing is there already, in time of the processor, so that other
work on the machine does not count; the shortest of several times is told.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable

from benchmarks.corpus import Corpus
from benchmarks.reporting import Row
from infopool import languages

TRIES = 5

MEASURED = """
import json, sys, time
from infopool import catalogues
from infopool.web.wording import wording

def resident():
    with open("/proc/self/statm") as numbers:
        return int(numbers.read().split()[1]) * 4096

before, started = resident(), time.process_time()
for tag in sys.argv[1:]:
    said = wording(tag)
    said.weekdays(range(7)), said.price(1850), said.language_name("de"), said.distance(2.5)
print(json.dumps([time.process_time() - started, resident() - before]))
"""
"""Reads the catalogues named and, as every page does, asks each language for a few dates and numbers."""


def measure(corpus: Corpus, sizes: Iterable[int]) -> Iterable[Row]:
    """One row for German alone, one for all offered languages, and how they compare; the sizes do not matter."""
    every = [language.tag for language in languages.offered()]
    one_seconds, one_bytes = _best(["de"])
    all_seconds, all_bytes = _best(every)
    yield _row("catalogues: one", one_seconds, one_bytes)
    yield _row(f"catalogues: all {len(every)}", all_seconds, all_bytes)
    yield Row(
        "catalogues: all / one",
        {
            "read_ratio": all_seconds / one_seconds,
            "memory_ratio": all_bytes / max(one_bytes, 1),
            "more_s": all_seconds - one_seconds,
            "more_MB": (all_bytes - one_bytes) / 1e6,
        },
    )


def _row(name: str, seconds: float, taken: float) -> Row:
    return Row(name, {"read_ms": 1000 * seconds, "memory_MB": taken / 1e6})


def _best(tags: list[str]) -> tuple[float, float]:
    """(seconds, bytes) of the quickest of several tries."""
    return min(_once(tags) for _ in range(TRIES))


def _once(tags: list[str]) -> tuple[float, float]:
    done = subprocess.run([sys.executable, "-c", MEASURED, *tags], capture_output=True, text=True, check=True)
    seconds, taken = json.loads(done.stdout)
    return seconds, taken
