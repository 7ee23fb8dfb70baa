"""`python -m benchmarks [--quick] [--only NAME] [--corpus FOLDER]`"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import catalogues, corpus, desk, importing, pages, searching, understanding, updating
from benchmarks.reporting import Row, json_line, table

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
"""Further texts, if somebody keeps them beside the checkout."""


@dataclass(frozen=True)
class Benchmark:
    """One row of the table of benchmarks."""

    name: str
    measure: Callable[[corpus.Corpus, tuple[int, ...]], Iterable[Row]]
    sizes: tuple[int, ...]
    quick: tuple[int, ...]
    """Sizes for `--quick`, which stays under a minute in all."""


BENCHMARKS: tuple[Benchmark, ...] = (
    Benchmark("understand", understanding.measure, (0,), (0,)),
    Benchmark("search", searching.measure, (1_000, 10_000, 100_000), (1_000, 10_000)),
    Benchmark("change", updating.measure, (1_000, 10_000), (1_000,)),
    Benchmark("import", importing.measure, (1_000, 10_000), (1_000,)),
    Benchmark("pages", pages.measure, (200, 10_000), (200,)),
    Benchmark("desk", desk.measure, (200, 20_000), (200,)),
    Benchmark("catalogues", catalogues.measure, (), ()),
)


def main() -> None:
    """Run what is asked for and print it."""
    asked = _arguments()
    texts = corpus.load(asked.corpus if asked.corpus.is_dir() else None)
    print(f"{len(texts.pages)} texts and {len(texts.questions)} questions to make offers and queries from", flush=True)
    rows: list[Row] = []
    for benchmark in BENCHMARKS:
        if asked.only in ("", benchmark.name):
            for row in benchmark.measure(texts, asked.sizes or (benchmark.quick if asked.quick else benchmark.sizes)):
                rows.append(row)
                print(f"  {row.name} {row.remark}".rstrip(), flush=True)
    print(table(rows))
    print()
    print(json_line(rows))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--quick", action="store_true", help="small sizes only, under a minute")
    parser.add_argument("--only", default="", choices=["", *(benchmark.name for benchmark in BENCHMARKS)])
    parser.add_argument("--sizes", type=int, nargs="*", default=())
    parser.add_argument("--corpus", type=Path, default=BESIDE, help="folder with further texts (omosqa/)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
