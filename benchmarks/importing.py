"""Gathering: how many rows of a spreadsheet are read, kept and indexed in a second, and in how much memory."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks.corpus import Corpus
from benchmarks.reporting import Row
from infopool.paths import DEMO


def measure(corpus: Corpus, sizes: Iterable[int]) -> Iterable[Row]:
    """A row for every size: the whole command, as a curator runs it, the first time and again."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            yield Row(f"import {size:,} rows", _measure_one(size, Path(folder)))


def write_sheet(size: int, path: Path) -> None:
    """The demo's rows again and again, each with a number and a title of its own."""
    with (DEMO / "offers.csv").open(encoding="utf-8-sig", newline="") as demo:
        rows = list(csv.DictReader(demo, delimiter=";"))
    with path.open("w", encoding="utf-8", newline="") as sheet:
        writer = csv.DictWriter(sheet, list(rows[0]), delimiter=";")
        writer.writeheader()
        for number in range(size):
            row = rows[number % len(rows)]
            writer.writerow(row | {"Nr": str(number + 1), "Titel": f"{row['Titel']} ({number + 1})"})


def _measure_one(size: int, folder: Path) -> dict[str, float]:
    sheet = folder / "offers.csv"
    write_sheet(size, sheet)
    environ = os.environ | {"INFOPOOL_DATA": str(folder / "data"), "INFOPOOL_DATABASE_URL": ""}
    run("db", "upgrade", environ=environ)
    seconds, megabytes = run("import", "spreadsheet", str(sheet), "--publish", environ=environ)
    again, _ = run("import", "spreadsheet", str(sheet), "--publish", environ=environ)
    return {"rows_per_s": size / seconds, "seconds": seconds, "peak_MB": megabytes, "again_seconds": again}


def run(*words: str, environ: dict[str, str]) -> tuple[float, float]:
    """Run a command of infopool as a process of its own; its seconds and its peak memory in megabytes."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "infopool", *words], env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"infopool {' '.join(words)} ended with {process.returncode}")
    return time.perf_counter() - started, used.ru_maxrss / 1024
