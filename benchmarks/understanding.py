"""Understanding queries: the time it takes per language, and what the vocabulary takes in time and memory: when it is
loaded, and when the first queries come."""

from __future__ import annotations

import gc
import time
import tracemalloc
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
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
FIRST = 20
"""Queries that count as the first of a language."""


def measure(_corpus: Corpus, _sizes: Iterable[int]) -> Iterable[Row]:
    """A row for loading, and one for each language over its judged needs, every query asked anew."""
    yield Row("vocabulary", {"load_s": _seconds_to_load(), "memory_mb": _memory()})
    with TemporaryDirectory() as folder:
        search = needs.demo_search(Path(folder))
        yield Row(
            "vocabulary in use", {"memory_mb": _memory_in_use(search), "slowest_first_ms": _slowest_first(search)}
        )
        search.vocabulary.prepare()
        for tag in needs.languages():
            queries = [query.text for query in needs.judged("", [tag])]
            times = {text: _milliseconds(search, text, tag) for text in queries}
            short = [times[text] for text in queries if len(text.split()) <= SHORT]
            long = [times[text] for text in queries if len(text.split()) > SHORT]
            yield Row(f"understand {tag}", {**_quantiles("short", short), **_quantiles("question", long)})


def _memory_in_use(search: Search) -> float:
    """Megabytes that all languages hold, with what is remembered, once some thousand queries have been understood."""
    tracemalloc.start()
    search = replace(search, vocabulary=concepts.load())
    search.vocabulary.prepare()
    for query in needs.judged("tune"):
        search.understand(Asked(query.text, query.language, needs.TODAY))
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held / 1e6


def _slowest_first(search: Search) -> float:
    """Milliseconds of the slowest of the first twenty queries in each language after the start: what is laid out only
    when somebody needs it must not keep her waiting."""
    search = replace(search, vocabulary=concepts.load())
    search.vocabulary.prepare()
    gc.collect()
    gc.freeze()  # as a server does before it answers
    asked = [query for tag in needs.languages() for query in islice(needs.judged("tune", [tag]), FIRST)]
    slowest = max(_once(search, query.text, query.language) for query in asked)
    gc.unfreeze()
    return 1000 * slowest


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
