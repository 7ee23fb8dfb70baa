"""A real browser on a real server, both on this machine only."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import make_server

from infopool.db import Database
from tests.browser.served import Quiet
from tests.web.world import an_app, fill

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

ARTEFACTS = Path(__file__).resolve().parents[2] / "test-artefacts"
"""Where pictures of the pages are put, for people to look at."""

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[str]:
    """Where the site of these tests answers."""
    folder = tmp_path_factory.mktemp("browser")
    path = folder / "infopool.sqlite"
    path.write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite:///{path}")
    fill(database)
    server = make_server("127.0.0.1", 0, an_app(database, folder), threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    database.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's chromium, started once."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        pytest.skip("no chromium on this machine: apt-get install chromium")
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def window(chromium: Any) -> Any:
    """A browser window that most tests share; opening one anew takes longer than reading a page."""
    return chromium.new_context(reduced_motion="reduce").new_page()


@pytest.fixture
def visit(chromium: Any, window: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Opens a page of the site: `visit("/de/", width=360)`, with options in a window of its own.

    Whatever the browser complains about fails the test.
    """
    contexts, complaints = [], []

    def note(line: Any) -> None:
        if line.type in ("error", "warning"):
            complaints.append(line.text)

    def open_page(path: str, *, width: int = 360, height: int = 800, **options: object) -> Any:
        page = window
        if options:
            contexts.append(chromium.new_context(reduced_motion="reduce", **options))
            page = contexts[-1].new_page()
            page.on("console", note)
        page.emulate_media(media="screen", color_scheme="light")
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address + path)
        return page

    window.on("console", note)
    yield open_page
    window.remove_listener("console", note)
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility checker, as a script."""
    found = find_spec("axe_playwright_python")
    if found is None or not found.submodule_search_locations:
        pytest.skip("axe-playwright-python is not installed")
    return (Path(found.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")
