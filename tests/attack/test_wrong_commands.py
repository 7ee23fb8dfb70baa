"""What goes wrong at a terminal ends with a sentence, never with a traceback."""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from importers import fetching
from infopool.cli import main
from infopool.messages import Message
from infopool.search.indexing import Indexer

WRONG = {
    "an address that is none": ("import", "spreadsheet", "http://[::1"),
    "an address with a space": ("import", "spreadsheet", "http://127.0.0.1:9/a b"),
    "a port that is none": ("import", "spreadsheet", "http://127.0.0.1:99999/"),
    "an endless name": ("import", "spreadsheet", "a" * 5000),
    "a folder": ("import", "spreadsheet", "/"),
    "nowhere to write to": ("export", "csv", "/no/such/folder/x.csv"),
    "nowhere to back up to": ("backup", "/no/such/folder/x.zip"),
    "no judgements": ("evaluate", os.devnull, __file__),
    "a number beyond all": ("remarks", "done", "9" * 30),
    "a port beyond all": ("serve", "--port", "99999"),
}
BROKEN = {
    "no such region": {"INFOPOOL_REGION": "nosuch"},
    "a database of another kind": {"INFOPOOL_DATABASE_URL": "mysql://x/y"},
    "no database address": {"INFOPOOL_DATABASE_URL": "nonsense"},
    "no address": {"INFOPOOL_BASE_URL": "http://[::1"},
    "a folder that cannot be": {"INFOPOOL_DATA": "/proc/nosuch"},
    "a file in place of the folder": {"INFOPOOL_DATA": __file__},
}


def run(data: Path, *words: str, **environ: str) -> Result:
    base = {"INFOPOOL_DATA": str(data), "LC_ALL": "C.UTF-8", "INFOPOOL_DATABASE_URL": "", "INFOPOOL_REGION": ""}
    return CliRunner().invoke(main, list(words), env=base | environ)


def is_a_sentence(result: Result) -> bool:
    """Whether it ended as a refused command, with words."""
    return result.exit_code != 0 and isinstance(result.exception, SystemExit) and len(result.output.split()) > 3


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    assert run(folder, "db", "upgrade").exit_code == 0
    return folder


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_word_is_answered_with_a_sentence(data: Path, what: str) -> None:
    result = run(data, *WRONG[what])
    assert is_a_sentence(result), (result.output, result.exception)


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_setting_is_answered_with_a_sentence(data: Path, what: str) -> None:
    result = run(data, "search", "x", **BROKEN[what])
    assert is_a_sentence(result), (result.output, result.exception)


@pytest.mark.parametrize("words", [("search", "x"), ("db", "upgrade"), ("check",), ("export", "csv")])
def test_a_database_that_is_none_is_answered_with_a_sentence(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "infopool.sqlite").write_bytes(b"garbage " * 100)
    result = run(tmp_path, *words)
    assert is_a_sentence(result), (result.output, result.exception)


@pytest.mark.parametrize("facts", ["code = ", 'code = "a"'])
def test_a_region_that_is_none_is_answered_with_a_sentence(data: Path, tmp_path: Path, facts: str) -> None:
    (tmp_path / "region.toml").write_text(facts, encoding="utf-8")
    result = run(data, "search", "x", INFOPOOL_REGION=str(tmp_path))
    assert is_a_sentence(result), (result.output, result.exception)


def test_a_full_disk_is_answered_with_a_sentence(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Indexer, "rebuild", full)
    result = run(data, "index", "rebuild")
    assert is_a_sentence(result)
    assert "No space left" in result.output


class Source(BaseHTTPRequestHandler):
    """A web server of the unreliable kind."""

    def do_GET(self) -> None:
        if self.path == "/round":
            self.send_response(302)
            self.send_header("Location", "/round")
            self.end_headers()
            return
        self.send_response(404 if self.path == "/gone" else 200)
        if self.path == "/short":
            self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(400 if self.path in ("/slow", "/huge") else 1):
            self.wfile.write(b"Titel\n" * (2000 if self.path == "/huge" else 1))
            time.sleep(0.05 if self.path == "/slow" else 0)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def source() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Source)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.parametrize("path", ["/round", "/gone", "/slow", "/huge", "/nothing-there:x"])
def test_a_source_on_the_web_that_fails_is_answered_with_a_sentence(
    source: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LARGEST", 1_000_000)
    monkeypatch.setattr(fetching, "LONGEST", 0.5)
    began = time.monotonic()
    answer = fetching.fetch(source + path)
    assert isinstance(answer, Message) is (path != "/nothing-there:x")
    assert time.monotonic() - began < 5
