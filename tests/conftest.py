"""What all tests share: a database of their own (SQLite, or PostgreSQL when one is named), the region, the clock."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from infopool import migrating
from infopool.db import Base, Database
from infopool.directory.regions import Region, load_region

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def region() -> Region:
    return load_region("waldshut")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at its newest form, made once; a copy is quicker than migrating for every test."""
    path = tmp_path_factory.mktemp("template") / "empty.sqlite"
    database = Database(f"sqlite:///{path}")
    migrating.upgrade(database)
    database.close()  # nobody else may have it open while its journal is put into it
    with database.writer.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
        connection.exec_driver_sql("BEGIN")
    database.close()
    return path


@pytest.fixture(scope="session")
def postgresql_url() -> str:
    """The address of a PostgreSQL database of this test process's own, at its newest form; empty when none is named."""
    named = os.environ.get("INFOPOOL_TEST_DATABASE_URL", "")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    url = named
    if named and worker:
        url = f"{named}_{worker}"
        server = Database(named)
        with server.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{server.url.database}_{worker}"'))
            connection.execute(text(f'CREATE DATABASE "{server.url.database}_{worker}"'))
        server.close()
    if url:
        database = Database(url)
        migrating.upgrade(database)
        database.close()
    return url


@pytest.fixture
def database(tmp_path: Path, sqlite_template: Path, postgresql_url: str) -> Iterator[Database]:
    """An empty database at its newest form."""
    if not postgresql_url:
        path = tmp_path / "infopool.sqlite"
        path.write_bytes(sqlite_template.read_bytes())
        database = Database(f"sqlite:///{path}")
        yield database
    else:
        database = Database(postgresql_url)
        yield database
        with database.writer.begin() as connection:
            tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
            connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    database.close()
