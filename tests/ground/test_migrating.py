"""The database has a past: every migration is tried with rows in it, and the models meet the last one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from infopool import migrating
from infopool.db import Database
from infopool.directory import offers
from infopool.directory.models import EarlierText, MachineUse, Offer, OfferText
from infopool.directory.regions import load_region
from tests.conftest import NOW
from tests.making import a_draft, an_offer


@pytest.fixture
def fresh(tmp_path: Path, postgresql_url: str) -> Iterator[Database]:
    """A database with nothing in it, not even tables."""
    database = Database(postgresql_url or f"sqlite:///{tmp_path / 'fresh.sqlite'}")
    if postgresql_url:
        migrating.downgrade(database, "base")
    yield database
    if postgresql_url:
        migrating.upgrade(database)
    database.close()


def test_the_models_meet_the_newest_migration(database: Database) -> None:
    assert migrating.differences(database) == []


def test_an_empty_database_is_brought_to_the_newest_form(fresh: Database) -> None:
    assert not migrating.is_at_head(fresh)
    migrating.upgrade(fresh)
    assert migrating.is_at_head(fresh)


def test_upgrading_twice_does_nothing(database: Database) -> None:
    with database.transaction() as session:
        an_offer(session)
    migrating.upgrade(database)
    with database.reading() as session:
        assert len(session.scalars(select(Offer)).all()) == 1


def test_every_step_goes_down_and_up_again(fresh: Database) -> None:
    for revision in migrating.revisions():
        migrating.upgrade(fresh, revision)
    with fresh.transaction() as session:
        an_offer(session)
    for revision in ["base", *migrating.revisions()][-2::-1]:
        migrating.downgrade(fresh, revision)
    migrating.upgrade(fresh)
    assert migrating.differences(fresh) == []


def test_going_back_before_the_earlier_words_keeps_the_offers(fresh: Database) -> None:
    migrating.upgrade(fresh)
    with fresh.transaction() as session:
        offer = an_offer(session)
        offers.save(session, a_draft("Deutschkurs am Morgen"), now=NOW, region=load_region("waldshut"), offer=offer)
        session.add(MachineUse(month="2026-11", characters=12))
    with fresh.reading() as session:
        assert session.scalars(select(EarlierText.title)).all() == ["Deutschkurs am Abend"]
    migrating.downgrade(fresh, "0001")
    migrating.upgrade(fresh)
    with fresh.reading() as session:
        assert session.scalars(select(OfferText.title)).all() == ["Deutschkurs am Morgen"]
        assert session.scalars(select(EarlierText)).all() == []
