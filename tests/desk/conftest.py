"""A desk over a database of the test's own, and people who sit down at it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from infopool.curation import sessions
from infopool.curation.models import Curator, Role
from infopool.db import Database
from infopool.web.admin import guard
from tests.conftest import NOW
from tests.desk.people import DeskClient
from tests.web.world import an_app, fill

SitDown = Callable[..., DeskClient]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """A folder with the offers of `world` and their index, made once: a copy is quicker than making it anew."""
    folder = tmp_path_factory.mktemp("filled")
    path = folder / "infopool.sqlite"
    path.write_bytes(sqlite_template.read_bytes())
    made = Database(f"sqlite:///{path}")
    fill(made)
    an_app(made, folder).extensions["infopool"].database.close()
    made.close()  # nobody else may have it open while its journal is put into it
    with made.writer.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
        connection.exec_driver_sql("BEGIN")
    made.close()
    return folder


@pytest.fixture
def desk_site(database: Database, tmp_path: Path, filled: Path) -> Flask:
    """A site over the offers of `world`, that a test may change."""
    if not database.is_sqlite:
        fill(database)
        return an_app(database, tmp_path)
    (tmp_path / "infopool.sqlite").write_bytes((filled / "infopool.sqlite").read_bytes())
    shutil.copytree(filled / "index", tmp_path / "index")
    return an_app(database, tmp_path, indexed=True)


@pytest.fixture
def sit_down(desk_site: Flask, database: Database) -> SitDown:
    """Signs somebody in: a role, working groups, a name; returns the browser she sits at."""

    def sign_in(
        role: Role = Role.CURATOR, groups: tuple[str, ...] = ("education",), name: str = "Frau Muster"
    ) -> DeskClient:
        with database.transaction() as session:
            curator = Curator(
                email=f"{name.split()[-1].lower()}-{role}@example.org",
                name=name,
                role=role,
                groups=groups if role is Role.CURATOR else (),
                invited_at=NOW,
                joined_at=NOW,
            )
            session.add(curator)
            session.flush()
            token = sessions.begin(session, curator, NOW)
        client = DeskClient(desk_site)
        client.raw.set_cookie(guard.cookie_name(desk_site.extensions["infopool"].settings), token)
        client.curator_id = curator.id
        return client

    return sign_in
