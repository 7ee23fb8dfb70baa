"""A worker over a database of the test's own, with a clock the test sets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from infopool.db import Database
from infopool.directory.regions import Region
from infopool.jobs.work import Work
from infopool.settings import Settings
from tests.conftest import NOW


class Clock:
    """Stands still until it is put on."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def on(self, **span: float) -> datetime:
        """Put it on by so many days, hours, minutes ..."""
        self.now += timedelta(**span)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


MakeWork = Callable[..., Work]


@pytest.fixture
def make_work(database: Database, region: Region, tmp_path: Path, clock: Clock) -> MakeWork:
    """The installation as handlers see it; settings may be said otherwise."""

    def make(**more: object) -> Work:
        url = database.url.render_as_string(hide_password=False)
        settings = Settings(data=tmp_path / "data", database_url=url, **more)  # type: ignore[arg-type]
        return Work(settings, region, database, clock)

    return make


@pytest.fixture
def work(make_work: MakeWork) -> Work:
    return make_work()
