"""Pages: how long they take, how many a second the server gives out beside an empty page, their bytes and statements.

`served` counts the results pages of all searches as a running server gives them out: most from the pages it keeps,
those that may betray somebody made anew every time. Beside it stand the two kinds alone, `kept` (only searches whose
page is kept) and `anew` (a server that keeps none). The share is that of `served` beside the empty page.

Requests are made by `wrk` where it is installed (Debian's package); without it only the times inside one process are
measured.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import quote
from urllib.request import urlopen

from flask import Flask, render_template_string
from sqlalchemy import event

from benchmarks.corpus import Corpus
from benchmarks.importing import run, write_sheet
from benchmarks.reporting import Row, percentile
from infopool import create_app
from infopool.settings import Settings

ASKED = 150
"""Different searches."""
SECONDS = 2
"""How long each server is asked at a time."""
ROUNDS = 3
WARMING = 4
"""Seconds before that in which it is asked too: each of its processes meets every search once."""


def measure(corpus: Corpus, sizes: Iterable[int]) -> Iterable[Row]:
    """Rows for every size of the pool."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder)
            environ = os.environ | {"INFOPOOL_DATA": folder, "INFOPOOL_DATABASE_URL": ""}
            write_sheet(size, data / "offers.csv")
            run("db", "upgrade", environ=environ)
            run("import", "spreadsheet", str(data / "offers.csv"), "--publish", environ=environ)
            yield from _inside(corpus, size, data)
            yield from _served(corpus, size, environ)


def _searches(corpus: Corpus) -> list[str]:
    words = (re.findall(r"\w{3,}", page.title)[:3] for page in corpus.pages)
    asked = dict.fromkeys("+".join(quote(word) for word in found) for found in words if found)
    return [f"/de/search?q={text}" for text in list(asked)[:ASKED]]


def _inside(corpus: Corpus, size: int, data: Path) -> Iterator[Row]:
    with log_into_nothing():
        yield from _one_by_one(corpus, size, create_app(Settings(data=data, pages_kept=0)))


@contextmanager
def log_into_nothing() -> Iterator[None]:
    """Write the lines about requests, which takes its time, but where nobody reads them."""
    log = logging.getLogger("infopool.requests")
    level = log.level
    with open(os.devnull, "w", encoding="utf-8") as nothing:
        handler = logging.StreamHandler(nothing)
        log.addHandler(handler)
        log.setLevel(logging.INFO)
        yield
        log.removeHandler(handler)
        log.setLevel(level)


def _one_by_one(corpus: Corpus, size: int, app: Flask) -> Iterator[Row]:
    visitor = app.test_client()
    statements = [0]
    for engine in {app.extensions["infopool"].database.reader, app.extensions["infopool"].database.writer}:
        event.listen(engine, "before_cursor_execute", lambda *_: statements.__setitem__(0, statements[0] + 1))
    pages = {"results": _searches(corpus), "offer": [f"/de/offers/{n}" for n in range(1, 151)], "home": ["/de/"] * 50}
    for name, addresses in pages.items():
        for address in addresses:
            visitor.get(address)
        times, sizes, most = [], [], 0
        for address in addresses:
            statements[0] = 0
            started = time.perf_counter()
            answer = visitor.get(address, headers={"Accept-Encoding": "br"})
            times.append(1000 * (time.perf_counter() - started))
            sizes.append(len(answer.data) / 1024)
            most = max(most, statements[0])
        yield Row(
            f"{name} page, {size:,}",
            {
                "p50_ms": percentile(times, 50),
                "p95_ms": percentile(times, 95),
                "median_kB": percentile(sizes, 50),
                "largest_kB": max(sizes),
                "statements": float(most),
            },
        )


def _served(corpus: Corpus, size: int, environ: dict[str, str]) -> Iterator[Row]:
    if not shutil.which("wrk"):
        yield Row(f"served, {size:,}", remark="wrk is not installed: requests a second were not measured")
        return
    searches = _searches(corpus)
    with (
        _server("infopool.serving:ready_app", environ | {"INFOPOOL_PAGES_KEPT": "0"}) as without,
        _server("infopool.serving:ready_app", environ) as usual,
        _server("benchmarks.pages:empty_app", environ) as empty,
    ):
        kept = [path for path in searches if _is_kept(usual, path)]
        asked = {
            "anew": (without, searches),
            "kept": (usual, kept),
            "served": (usual, searches),
            "empty": (empty, ["/"]),
        }
        for port, paths in asked.values():
            _requests_per_second(port, paths, WARMING)
        # In turn, so that whatever else the machine does meanwhile slows all of them alike.
        rounds = [
            {name: _requests_per_second(port, paths, SECONDS) for name, (port, paths) in asked.items()}
            for _ in range(ROUNDS)
        ]
    values = {f"{name}_per_s": median(one[name] for one in rounds) for name in asked}
    share = median(one["served"] / one["empty"] for one in rounds)
    yield Row(f"served, {size:,}", values | {"share": share})


def _is_kept(port: int, path: str) -> bool:
    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
        return "no-store" not in answer.headers["Cache-Control"]


def empty_app() -> Flask:
    """An application whose only page is an empty one, made by the same libraries."""
    app = Flask("empty")
    app.add_url_rule("/", "empty", lambda: render_template_string("<!doctype html><title>empty</title>"))
    return app


@contextmanager
def _server(target: str, environ: dict[str, str]) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", target, "--factory", "--interface", "wsgi", "--port", str(port)]
    command += ["--workers", "2", "--blocking-threads", "4", "--no-ws", "--log-level", "critical"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, env=environ, **quiet)  # type: ignore[call-overload]
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not start")


def _requests_per_second(port: int, paths: list[str], seconds: int) -> float:
    listed = ",".join(f'"{path}"' for path in paths)
    # Packing is asked for as every browser does.
    script = (
        f'local p={{{listed}}}\nlocal h={{["Accept-Encoding"]="gzip, deflate, br"}}\nlocal i=0\n'
        "request=function() i=i%#p+1 return wrk.format(nil,p[i],h) end\n"
    )
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as lua:
        lua.write(script)
        lua.flush()
        said = subprocess.run(
            ["wrk", "-t1", "-c16", f"-d{seconds}s", "-s", lua.name, f"http://127.0.0.1:{port}"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if not found or "Non-2xx" in said:
        raise RuntimeError(said)
    return float(found.group(1))
