"""Understanding queries: the time it takes per language, and what loading the vocabulary takes in time and memory."""

from __future__ import annotations

import gc
import time
import tracemalloc
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.corpus import Corpus
from benchmarks.reporting import Row, percentile
from infopool.search import concepts
from infopool.search.finding import Search
from infopool.search.query import Asked
from tests.search import needs

SHORT = 4
"""Words up to which a query counts as short."""


def measure(_corpus: Corpus, _sizes: Iterable[int]) -> Iterable[Row]:
    """A row for loading, and one for each language over its judged needs, every query asked anew."""
    yield Row("vocabulary", {"load_s": _seconds_to_load(), "memory_mb": _memory()})
    with TemporaryDirectory() as folder:
        search = needs.demo_search(Path(folder))
        search.vocabulary.prepare()
        for tag in needs.languages():
            queries = [query.text for query in needs.judged("", [tag])]
            times = {text: _milliseconds(search, text, tag) for text in queries}
            short = [times[text] for text in queries if len(text.split()) <= SHORT]
            long = [times[text] for text in queries if len(text.split()) > SHORT]
            yield Row(f"understand {tag}", {**_quantiles("short", short), **_quantiles("question", long)})


def _quantiles(name: str, times: list[float]) -> dict[str, float]:
    return {f"{name}_p50_ms": percentile(times, 50), f"{name}_p95_ms": percentile(times, 95)}


def _milliseconds(search: Search, text: str, tag: str) -> float:
    """The median of three: other work on the machine is not the search's."""
    return 1000 * median(_once(search, text, tag) for _ in range(3))


def _once(search: Search, text: str, tag: str) -> float:
    started = time.perf_counter()
    search.understand(Asked(text, tag, needs.TODAY))
    return time.perf_counter() - started


def _seconds_to_load() -> float:
    gc.collect()
    started = time.process_time()
    concepts.load().prepare()
    return time.process_time() - started


def _memory() -> float:
    """Megabytes that all languages hold once they are ready."""
    tracemalloc.start()
    vocabulary = concepts.load()
    vocabulary.prepare()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert vocabulary.concepts
    return held / 1e6
