"""Indexing and searching: our engine beside others, on the same offers, queries and analysed words.

Every query asks for the top 20 with their cards, one ticked topic, offers that have not ended, and truthful counts of
all thirteen facets. Cold is the first time a query is asked of an index just opened, warm the median of
three times after it (a query that was only interrupted by other work on the machine does not count as slow).
All engines must find the same number of offers and of counts, or the benchmark stops. Words are analysed once before
anything is measured, which has a row of its own; every engine then meets words it has met before, as in daily use.
"""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from statistics import median

from benchmarks.corpus import Ask, Corpus, Offers, questions, short_queries
from benchmarks.engines import CONTESTANTS, Contestant
from benchmarks.reporting import Row, percentile
from infopool.search.documents import OfferDocument
from infopool.search.text import index_terms

Asks = Mapping[str, list[Ask]]


def measure(corpus: Corpus, sizes: Iterable[int]) -> Iterable[Row]:
    """A row for every engine at every size."""
    asks = {"short": short_queries(corpus), "question": questions(corpus)}
    for size in sizes:
        yield from _measure_size(list(Offers(corpus, size)), asks)


def _measure_size(offers: list[OfferDocument], asks: Asks) -> Iterable[Row]:
    size = len(offers)
    yield Row(f"words {size:,}", {"analysis_offers_per_s": size / _seconds(lambda: _analyse(offers))})
    agreed: list[tuple[int, int]] = []
    for make in CONTESTANTS:
        with tempfile.TemporaryDirectory() as folder:
            try:
                contestant = make(Path(folder))
            except ImportError as missing:
                yield Row(f"search {size:,} {make.name}", {}, f"skipped: {missing}")
                continue
            yield Row(f"search {size:,} {contestant.name}", _measure_one(contestant, offers, asks, Path(folder)))
            answers = [contestant.ask(ask) for queries in asks.values() for ask in queries]
            agreed = agreed or answers
            assert answers == agreed, f"{contestant.name} answers otherwise"


def _analyse(offers: list[OfferDocument]) -> None:
    for offer in offers:
        for text in offer.texts.values():
            index_terms(text.title, "de")
            index_terms(text.body, "de")


def _measure_one(contestant: Contestant, offers: list[OfferDocument], asks: Asks, folder: Path) -> dict[str, float]:
    values = {"index_offers_per_s": len(offers) / _seconds(lambda: contestant.build(offers))}
    values["index_mb"] = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    values["open_ms"] = 1000 * _seconds(contestant.open)
    for kind, queries in asks.items():
        cold = [_milliseconds(contestant, ask) for ask in queries]
        warm = [median(_milliseconds(contestant, ask) for _ in range(3)) for ask in queries]
        for round_, times in (("cold", cold), ("warm", warm)):
            values[f"{kind}_{round_}_p50_ms"] = percentile(times, 50)
            values[f"{kind}_{round_}_p95_ms"] = percentile(times, 95)
    return values


def _milliseconds(contestant: Contestant, ask: Ask) -> float:
    return 1000 * _seconds(lambda: contestant.ask(ask))


def _seconds(work: Callable[[], object]) -> float:
    gc.collect(0)
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
