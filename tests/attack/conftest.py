"""A database for a whole file of tests that only look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from infopool.db import Database


@pytest.fixture(scope="module")
def own_database(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Database]:
    """An empty database at its newest form."""
    path = tmp_path_factory.mktemp("database") / "infopool.sqlite"
    path.write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()
