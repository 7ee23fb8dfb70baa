"""Pages over a real database and a real index, every one inspected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from infopool.db import Database
from infopool.web import remarks
from tests.web.pages import PageClient
from tests.web.world import an_app, fill


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Flask]:
    """The site over the offers of `world`, made once; no test may change them."""
    folder = tmp_path_factory.mktemp("site")
    path = folder / "infopool.sqlite"
    path.write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite:///{path}")
    fill(database)
    yield an_app(database, folder)
    database.close()


@pytest.fixture
def pages(site: Flask) -> PageClient:
    """A visitor of the site."""
    return PageClient(site)


@pytest.fixture
def own_site(database: Database, tmp_path: Path) -> Flask:
    """A site of the test's own, that it may change."""
    fill(database)
    remarks.throttle.forget()
    return an_app(database, tmp_path)
