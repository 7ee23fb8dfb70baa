"""A desk over a database of the test's own, and people who sit down at it."""

from __future__ import annotations

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


@pytest.fixture
def desk_site(database: Database, tmp_path: Path) -> Flask:
    """A site over the offers of `world`, that a test may change."""
    fill(database)
    return an_app(database, tmp_path)


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
