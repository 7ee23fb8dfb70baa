"""No update is lost, however many write at once."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from infopool.db import Database
from infopool.directory.columns import slot_from_plain, slot_to_plain
from infopool.directory.models import Offer, Provider
from infopool.directory.schedules import Pause, Slot, SlotKind
from tests.conftest import NOW
from tests.making import an_offer

WRITER = """
import sys
from sqlalchemy import select
from sqlalchemy.exc import StatementError
from infopool.db import Database
from infopool.directory.models import Provider
database = Database(sys.argv[1])
for _ in range(int(sys.argv[2])):
    with database.transaction() as session:
        provider = session.scalars(select(Provider)).one()
        provider.name = str(int(provider.name) + 1)
"""


def sqlite_only(database: Database) -> None:
    if not database.is_sqlite:
        pytest.skip("PostgreSQL answers a lost race with an error of its own")


def test_four_processes_that_count_lose_no_count(database: Database) -> None:
    sqlite_only(database)
    with database.transaction() as session:
        session.add(Provider(name="0"))
    address = database.url.render_as_string(hide_password=False)
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, address, "50"]) for _ in range(4)]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0, 0]
    with database.reading() as session:
        assert session.scalars(select(Provider.name)).one() == "200"


def test_a_reader_does_not_wait_for_a_writer(database: Database) -> None:
    with database.transaction() as writing:
        an_offer(writing)
        with database.reading() as session:
            assert session.scalars(select(Offer)).all() == []


def keep_and_fail(database: Database) -> None:
    with database.transaction() as session:
        an_offer(session)
        raise RuntimeError


def keep_without_a_zone(database: Database) -> None:
    with database.transaction() as session:
        an_offer(session).edited_at = datetime(2026, 1, 1)


def test_what_fails_is_taken_back(database: Database) -> None:
    with pytest.raises(RuntimeError):
        keep_and_fail(database)
    with database.reading() as session:
        assert session.scalars(select(Offer)).all() == []


def test_what_reading_would_change_is_not_kept(database: Database) -> None:
    with database.reading() as session:
        session.add(Provider(name="nobody"))
    with database.reading() as session:
        assert session.scalars(select(Provider)).all() == []


def test_sqlite_keeps_what_it_said_it_kept_through_a_power_cut(database: Database) -> None:
    sqlite_only(database)
    with database.writer.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_a_moment_comes_back_with_its_zone(database: Database) -> None:
    with database.transaction() as session:
        offer_id = an_offer(session).id
    with database.reading() as session:
        offer = session.get(Offer, offer_id)
        assert offer
        assert offer.edited_at == NOW
        assert offer.edited_at.tzinfo is not None


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="needs a zone"):
        keep_without_a_zone(database)


def test_a_slot_survives_its_column() -> None:
    moment = datetime(2027, 1, 12, 18, 30, tzinfo=UTC)
    slot = Slot(
        SlotKind.WEEKLY,
        weekdays=(1, 3),
        every=2,
        starts=moment.time(),
        from_date=moment.date(),
        except_dates=(moment.date(),),
        pauses=(Pause.SCHOOL_HOLIDAYS,),
        words="14-tägig",
    )
    assert slot_from_plain(slot_to_plain(slot)) == slot


def test_the_database_file_is_made_with_its_folder(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'deep' / 'er' / 'x.sqlite'}")
    with database.reading() as session:
        assert session.connection()
    database.close()
