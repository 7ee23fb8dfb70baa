"""Measuring the search against judged queries.

Queries are JSON lines `{"id": "12", "lang": "ar", "q": "..."}`; judgements are tab-separated lines of query id, offer
and grade (0 to 3; a missing grade is 1; the four columns of TREC, with a 0 in second place, are read too). An offer is
named by its source key, or `id:7`. Measures, per language and over all: nDCG@10 (Järvelin and Kekäläinen 2002, gain
2^grade - 1, logarithmic discount), success@5 (a relevant offer among the first five), MRR@10 (Voorhees 1999) and the
share of queries that find nothing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import fsum, log2
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from infopool import languages
from infopool.search.finding import Search, find
from infopool.search.query import Asked
from infopool.search.results import Hit

DEPTH = 10
MEASURES = ("ndcg@10", "success@5", "mrr@10", "empty")
ALL = "all"


class Judged(NamedTuple):
    """A query with the grades of the offers that answer it."""

    id: str
    language: str
    text: str
    grades: Mapping[str, int]


def read_judged(queries: Path, qrels: Path) -> Iterator[Judged]:
    """The judged queries; refused (ValueError, with the line) when a line is neither JSON nor a judgement."""
    grades = _read_grades(qrels)
    for number, line in enumerate(queries.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        row = json.loads(line)
        name, text = _first(row, "id", "qid", "query_id"), _first(row, "q", "query", "text")
        if name is None or text is None:
            raise ValueError(f"{queries}:{number}: a query needs “id” and “q”")
        language = languages.find(str(_first(row, "lang", "language") or "de"))
        yield Judged(str(name), language.tag if language else "de", str(text), grades.get(str(name), {}))


def _first(row: Mapping[str, object], *names: str) -> object | None:
    return next((row[name] for name in names if name in row), None)


def _read_grades(qrels: Path) -> dict[str, dict[str, int]]:
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for number, line in enumerate(qrels.read_text(encoding="utf-8").splitlines(), 1):
        cells = line.split("\t") if "\t" in line else line.split()
        if not cells or not cells[0]:
            continue
        if number == 1 and not cells[-1].lstrip("-").isdecimal() and len(cells) > 2:
            continue  # a heading line
        if len(cells) == 4:
            del cells[1]
        if len(cells) not in {2, 3}:
            raise ValueError(f"{qrels}:{number}: expected query, offer and grade")
        grades[cells[0]][cells[1]] = int(cells[2]) if len(cells) == 3 else 1
    return grades


def evaluate(search: Search, questions: Iterable[Judged], today: date) -> dict[str, dict[str, float]]:
    """The measures per language, and under "all" over every query; "queries" says how many."""
    rows: dict[str, list[dict[str, float]]] = defaultdict(list)
    for judged in questions:
        results = find(search, Asked(judged.text, judged.language, today, limit=DEPTH))
        measured = measure([_grade(hit, judged.grades) for hit in results.hits], judged.grades)
        rows[judged.language].append(measured)
        rows[ALL].append(measured)
    return {
        language: {"queries": float(len(found)), **{name: fmean(row[name] for row in found) for name in MEASURES}}
        for language, found in sorted(rows.items())
    }


def _grade(hit: Hit, grades: Mapping[str, int]) -> int:
    names = (hit.card.source_key, f"{hit.card.source}:{hit.card.source_key}", f"id:{hit.offer_id}")
    return next((grades[name] for name in names if name in grades), 0)


def measure(found: Sequence[int], grades: Mapping[str, int]) -> dict[str, float]:
    """The measures of one answer: the grades of what was found, best first, against all grades there are."""
    ideal = _gain(sorted(grades.values(), reverse=True)[:DEPTH])
    first = next((rank for rank, grade in enumerate(found[:DEPTH], 1) if grade > 0), 0)
    return {
        "ndcg@10": _gain(found[:DEPTH]) / ideal if ideal else 0.0,
        "success@5": float(any(grade > 0 for grade in found[:5])),
        "mrr@10": 1 / first if first else 0.0,
        "empty": float(not found),
    }


def _gain(grades: Sequence[int]) -> float:
    return fsum((2.0**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades, 1) if grade > 0)


def table(scores: Mapping[str, Mapping[str, float]]) -> str:
    """The measures as lines to read."""
    lines = [f"{'':8}{'queries':>9}" + "".join(f"{name:>11}" for name in MEASURES)]
    for language, row in scores.items():
        lines.append(f"{language:8}{row['queries']:>9.0f}" + "".join(f"{row[name]:>11.3f}" for name in MEASURES))
    return "\n".join(lines)
