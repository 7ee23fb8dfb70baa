"""Small changes: how long one changed offer takes into the index, and how long until another process finds it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks.corpus import Corpus, Offers, short_queries
from benchmarks.reporting import Row, percentile
from infopool.search.whoosh_engine import WhooshEngine

CHANGES = 15


def measure(corpus: Corpus, sizes: Iterable[int]) -> Iterable[Row]:
    """A row for every size."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            yield Row(f"change {size:,}", _measure_one(corpus, size, Path(folder)))


def _measure_one(corpus: Corpus, size: int, folder: Path) -> dict[str, float]:
    writer = WhooshEngine(folder)
    writer.rebuild(Offers(corpus, size))
    reader = WhooshEngine(folder)
    query = short_queries(corpus, 1)[0].query()
    changes = list(Offers(corpus, size + 1))[:CHANGES] if size < 20_000 else list(Offers(corpus, CHANGES))
    applied, noticed = [], []
    for offer in changes:
        reader.search(query)
        started = time.perf_counter()
        writer.apply([offer])
        done = time.perf_counter()
        while reader.generation() != writer.generation():
            time.sleep(0.001)
        reader.search(query)
        applied.append(1000 * (done - started))
        noticed.append(1000 * (time.perf_counter() - done))
    return {
        "apply_p50_ms": percentile(applied, 50),
        "apply_p95_ms": percentile(applied, 95),
        "noticed_p50_ms": percentile(noticed, 50),
        "noticed_p95_ms": percentile(noticed, 95),
    }
