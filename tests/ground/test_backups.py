"""A backup brings everything back, also into another kind of database."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from infopool import backups
from infopool.curation import counting, log, sessions
from infopool.curation.models import Curator, LogEntry, MonthKey, Passkey, Role, SignIn
from infopool.db import Database
from infopool.directory import offers, remarks
from infopool.directory.models import EarlierText, MachineUse, Offer, Remark
from infopool.directory.regions import Region
from tests.conftest import NOW, TODAY
from tests.making import a_draft, an_offer


@pytest.fixture
def saved(database: Database, tmp_path: Path) -> Path:
    with database.transaction() as session:
        offer = an_offer(session)
        remarks.leave(session, offer.id, "gone", "Niemand da", language="de", today=TODAY)
    backups.back_up(database, tmp_path / "pool.zip")
    return tmp_path / "pool.zip"


def the_offer(database: Database) -> Offer:
    with database.reading() as session:
        return session.scalars(select(Offer).options(*offers.WHOLE)).one()


def test_what_was_deleted_comes_back(database: Database, saved: Path) -> None:
    with database.transaction() as session:
        session.delete(session.scalars(select(Offer)).one())
    assert backups.restore(database, saved) is None
    assert offers.draft_of(the_offer(database)) == a_draft()


def test_what_came_later_is_gone(database: Database, saved: Path) -> None:
    with database.transaction() as session:
        an_offer(session, "Später")
    backups.restore(database, saved)
    assert offers.source_text(the_offer(database)).title == "Deutschkurs am Abend"


def test_an_empty_database_is_filled(saved: Path, tmp_path: Path) -> None:
    other = Database(f"sqlite:///{tmp_path / 'other.sqlite'}")
    assert backups.restore(other, saved) is None
    assert offers.draft_of(the_offer(other)) == a_draft()
    with other.reading() as session:
        assert session.scalars(select(Remark.words)).one() == "Niemand da"
    other.close()


def test_new_offers_after_a_restore_get_new_numbers(database: Database, saved: Path) -> None:
    backups.restore(database, saved)
    with database.transaction() as session:
        assert an_offer(session, "Danach").id > the_offer(database).id


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 torn"])
def test_what_is_no_backup_changes_nothing(database: Database, saved: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other.zip").write_bytes(content)
    assert backups.restore(database, tmp_path / "other.zip") is not None
    assert offers.draft_of(the_offer(database)) == a_draft()


def test_a_torn_backup_changes_nothing(database: Database, saved: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(saved) as whole, zipfile.ZipFile(tmp_path / "torn.zip", "w") as torn:
        for name in whole.namelist():
            if name != "contacts.jsonl":
                torn.writestr(name, whole.read(name))
    assert backups.restore(database, tmp_path / "torn.zip") is not None
    assert offers.draft_of(the_offer(database)) == a_draft()


def test_earlier_words_and_the_months_count_come_back(database: Database, tmp_path: Path, region: Region) -> None:
    with database.transaction() as session:
        offers.save(session, a_draft("Morgenkurs"), now=NOW, region=region, offer=an_offer(session))
        session.add(MachineUse(month="2026-11", characters=12))
    backups.back_up(database, tmp_path / "pool.zip")
    with database.transaction() as session:
        session.execute(delete(EarlierText))
        session.execute(delete(MachineUse))
    assert backups.restore(database, tmp_path / "pool.zip") is None
    with database.reading() as session:
        assert session.scalars(select(EarlierText.title)).all() == ["Deutschkurs am Abend"]
        assert session.scalars(select(MachineUse.characters)).all() == [12]


def test_people_and_what_they_did_come_back_and_open_sessions_do_not(database: Database, tmp_path: Path) -> None:
    with database.transaction() as session:
        curator = Curator(
            email="a@example.org", name="Frau Muster", role=Role.CURATOR, groups=("work",), invited_at=NOW
        )
        curator.passkeys = [Passkey(credential_id=b"\x00\xff", public_key=b"\x01", added_at=NOW)]
        session.add(curator)
        session.flush()
        sessions.begin(session, curator, NOW)
        log.note(session, log.Actor.of(curator), "changed", "offer", 7, now=NOW, before=None, after={"title": "Ö"})
        counting.add_terms(session, [("de", "schwimmkurs")], TODAY)
    backups.back_up(database, tmp_path / "desk.zip")
    assert backups.restore(database, tmp_path / "desk.zip") is None
    with database.reading() as session:
        (back,) = session.scalars(select(Curator))
        (key,) = session.scalars(select(Passkey))
        (entry,) = session.scalars(select(LogEntry))
        assert (back.groups, key.credential_id) == (("work",), b"\x00\xff")
        assert (entry.before, entry.after) == (None, {"title": "Ö"})
        assert session.scalars(select(SignIn)).all() == []
        assert session.scalars(select(MonthKey)).all() == []
