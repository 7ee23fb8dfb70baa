"""Imports at the desk: what is kept, what a killed worker leaves, what undoing brings back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select

from importers import columns, spreadsheet
from importers.headings import COLUMNS
from infopool.curation import imports, imports_history, imports_undo, imports_work
from infopool.curation.imports import Brought, Lease, RunState, Uploads
from infopool.curation.imports_means import Lost, Means
from infopool.curation.imports_plan import Choice, Plan
from infopool.curation.models import Curator, Edit, EditState, GroupRule, ImportRun, LogEntry, OfferVersion, Role
from infopool.db import Database
from infopool.directory import intake, offers
from infopool.directory.facts import State
from infopool.directory.models import IndexTask, Offer
from infopool.directory.regions import Region
from infopool.queue import Job, JobState
from infopool.web.admin.presenters.columns import LABELS
from tests.conftest import NOW
from tests.importers.workbooks import as_csv

HEADINGS = ("Nr", "Titel", "Thema", "Arbeitskreis")


def a_list(*titles: str, group: str = "Bildung/Sprache") -> bytes:
    return as_csv([HEADINGS, *((str(number), title, "Deutschkurs", group) for number, title in enumerate(titles, 1))])


@dataclass
class Room:
    """A desk without a browser: one curator, and a file taken through all steps."""

    means: Means
    curator: Curator

    def bring(self, content: bytes) -> int:
        kept = self.means.uploads.put(BytesIO(content), 1_000_000)
        assert kept
        with self.means.database.transaction() as session:
            run = imports.begin(session, Brought(kept[0], "liste.csv", kept[1], "liste"), self.curator, now=NOW)
            lease = imports.hand_over(session, run, now=NOW, worker="w")
        imports_work.do(self.means, run.id, "look", lease)
        return run.id

    def step(self, run_id: int, before: RunState, after: RunState, choice: Choice | None = None) -> Lease:
        """Move a run on and take its next job."""
        with self.means.database.transaction() as session:
            run = session.get_one(ImportRun, run_id)
            assert imports.move(session, run, before, after)
            if choice:
                run.chosen = choice.told()
            if after is RunState.UNDOING:
                imports_undo.ask(run, self.curator)
            return imports.hand_over(session, run, now=NOW, worker="w")

    def plan(self, content: bytes) -> int:
        run_id = self.bring(content)
        imports_work.do(self.means, run_id, "plan", self.step(run_id, RunState.READ, RunState.PLANNING))
        return run_id

    def take_in(self, content: bytes, choice: Choice = Choice({}, {})) -> int:  # noqa: B008 - frozen
        run_id = self.plan(content)
        lease = self.step(run_id, RunState.PLANNED, RunState.RUNNING, choice)
        imports_work.do(self.means, run_id, "carry-out", lease)
        return run_id

    def undo(self, run_id: int) -> None:
        imports_work.do(self.means, run_id, "undo", self.step(run_id, RunState.DONE, RunState.UNDOING))

    def run(self, run_id: int) -> ImportRun:
        return self.means.run(run_id)

    def titles(self) -> dict[str, str]:
        """Title -> state of all offers."""
        with self.means.database.reading() as session:
            return {offer.texts[0].title: offer.state for offer in session.scalars(select(Offer))}

    def edit(self, title: str, new: str) -> None:
        """A curator changes an offer."""
        with self.means.database.transaction() as session:
            offer = next(one for one in session.scalars(select(Offer)) if one.texts[0].title == title)
            draft = offers.draft_of(offer)
            texts = (replace(draft.texts[0], title=new),)
            offers.save(session, replace(draft, texts=texts), now=NOW, region=self.means.region, offer=offer)


@pytest.fixture
def room(database: Database, region: Region, tmp_path: Path) -> Room:
    means = Means(database, region, Uploads(tmp_path / "uploads"), lambda: NOW, columns.look_at, spreadsheet.read)
    with database.transaction() as session:
        curator = Curator(email="a@example.org", name="Frau Muster", role=Role.OFFICER, groups=(), invited_at=NOW)
        session.add(curator)
    return Room(means, curator)


def test_every_field_of_the_importer_has_words() -> None:
    assert list(LABELS) == list(COLUMNS)


def test_every_offer_keeps_a_version_and_a_line_of_the_log(room: Room, database: Database) -> None:
    run_id = room.take_in(a_list("Eins", "Zwei"))
    with database.reading() as session:
        kept = session.scalars(select(OfferVersion).where(OfferVersion.import_run_id == run_id)).all()
        logged = session.scalars(select(LogEntry.subject_id).where(LogEntry.action == "imported")).all()
    assert len(kept) == len(logged) == 2


def test_a_changed_offer_keeps_how_it_was(room: Room, database: Database) -> None:
    room.take_in(a_list("Eins"))
    room.take_in(a_list("Eins neu"))
    with database.reading() as session:
        rows = session.scalars(select(OfferVersion).order_by(OfferVersion.number))
        assert [row.content["texts"][0]["title"] for row in rows] == ["Eins", "Eins neu"]


def test_undoing_brings_back_what_was_there(room: Room) -> None:
    room.take_in(a_list("Eins", "Zwei"))
    room.undo(room.take_in(a_list("Eins neu", "Zwei", "Drei")))
    assert room.titles() == {"Eins": State.IN_REVIEW, "Zwei": State.IN_REVIEW, "Drei": State.WITHDRAWN}


def test_undoing_leaves_alone_what_somebody_has_changed_since(room: Room) -> None:
    run_id = room.take_in(a_list("Eins", "Zwei"))
    room.edit("Eins", "Von Hand")
    room.undo(run_id)
    assert room.titles() == {"Von Hand": State.IN_REVIEW, "Zwei": State.WITHDRAWN}
    assert [title for _, title in room.run(run_id).report["undo"]["left"]] == ["Von Hand"]


def test_after_undoing_the_list_can_be_taken_in_again(room: Room) -> None:
    room.take_in(a_list("Eins"))
    room.undo(room.take_in(a_list("Eins neu")))
    room.take_in(a_list("Eins neu"))
    assert room.titles() == {"Eins neu": State.IN_REVIEW}


def test_an_edited_offer_stays_unless_it_is_ticked(room: Room) -> None:
    room.take_in(a_list("Eins"))
    room.edit("Eins", "Von Hand")
    room.take_in(a_list("Eins neu"))
    assert list(room.titles()) == ["Von Hand"]
    room.take_in(a_list("Eins neu"), Choice({2: True}, {}))
    assert list(room.titles()) == ["Eins neu"]


def test_an_overwritten_edit_is_protected_again_after_undoing(room: Room) -> None:
    room.take_in(a_list("Eins"))
    room.edit("Eins", "Von Hand")
    room.undo(room.take_in(a_list("Eins neu"), Choice({2: True}, {})))
    assert list(room.titles()) == ["Von Hand"]
    assert room.run(room.plan(a_list("Eins neu"))).report["counts"] == {"protected": 1}


class Killed(BaseException):
    """The end of a worker."""


def killed_after(batches: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a worker die at a point between two transactions."""
    taken = imports_history.History.before
    left = [batches]

    def before(self: imports_history.History, *given: object) -> bool:
        if not left[0]:
            raise Killed
        left[0] -= 1
        return taken(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(imports_history.History, "before", before)


def test_a_killed_worker_is_followed_by_another_without_doubling(
    room: Room, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "BATCH", 3)
    run_id = room.plan(a_list(*(f"Kurs {number}" for number in range(10))))
    lease = room.step(run_id, RunState.PLANNED, RunState.RUNNING, Choice({}, {}))
    with monkeypatch.context() as dying:
        killed_after(2, dying)
        with pytest.raises(Killed):
            imports_work.do(room.means, run_id, "carry-out", lease)
    assert len(room.titles()) == 6
    imports_work.do(room.means, run_id, "carry-out", lease)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Offer)) == 10
        assert session.scalar(select(func.count()).where(OfferVersion.import_run_id == run_id)) == 10
    assert room.run(run_id).state == RunState.DONE


def test_a_worker_whose_job_went_to_another_stops(room: Room, database: Database) -> None:
    run_id = room.plan(a_list("Eins"))
    lease = room.step(run_id, RunState.PLANNED, RunState.RUNNING, Choice({}, {}))
    with database.transaction() as session:
        session.get_one(Job, lease.job_id).worker = "another"
    with pytest.raises(Lost):
        imports_work.do(room.means, run_id, "carry-out", lease)
    assert room.titles() == {}


def test_undoing_that_was_cut_short_goes_on(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports_undo, "CHUNK", 2)
    run_id = room.take_in(a_list(*(f"Kurs {number}" for number in range(5))))
    lease = room.step(run_id, RunState.DONE, RunState.UNDOING)
    some: Callable[..., int] = imports_undo._undo_some
    calls = [0]

    def dying(*given: object) -> int:
        calls[0] += 1
        if calls[0] == 2:
            raise Killed
        return some(*given)

    with monkeypatch.context() as patch:
        patch.setattr(imports_undo, "_undo_some", dying)
        with pytest.raises(Killed):
            imports_work.do(room.means, run_id, "undo", lease)
    imports_work.do(room.means, run_id, "undo", lease)
    assert set(room.titles().values()) == {State.WITHDRAWN}
    undone = room.run(run_id).report["undo"]
    assert (undone["withdrawn"], undone["left_count"]) == (5, 0)


def test_a_step_that_is_done_is_not_done_again(room: Room, database: Database) -> None:
    run_id = room.take_in(a_list("Eins"))
    with database.transaction() as session:
        session.execute(IndexTask.__table__.delete())  # type: ignore[attr-defined]
        job = session.scalars(select(Job).order_by(Job.id.desc())).first()
        assert job
        assert job.state == JobState.DONE
    imports_work.do(room.means, run_id, "carry-out", Lease(job.id, "w"))
    with database.reading() as session:
        assert session.scalars(select(IndexTask)).first() is None


def test_four_eyes_never_publish_at_once(room: Room, database: Database) -> None:
    with database.transaction() as session:
        session.add(GroupRule(group="education", four_eyes=True))
    room.take_in(a_list("Eins"), Choice({}, {}, publish=True))
    assert room.titles() == {"Eins": State.IN_REVIEW}


def test_with_four_eyes_changes_of_published_offers_wait(room: Room, database: Database) -> None:
    room.take_in(a_list("Eins"), Choice({}, {}, publish=True))
    assert room.titles() == {"Eins": State.PUBLISHED}
    with database.transaction() as session:
        session.add(GroupRule(group="education", four_eyes=True))
    run_id = room.take_in(a_list("Eins neu"))
    assert room.titles() == {"Eins": State.PUBLISHED}
    with database.reading() as session:
        edit = session.scalars(select(Edit)).one()
    assert (edit.state, edit.title) == (EditState.IN_REVIEW, "Eins neu")
    assert room.run(run_id).report["outcome"]["for_review"] == 1


def test_undoing_takes_back_what_still_waits_for_a_second_person(room: Room, database: Database) -> None:
    room.take_in(a_list("Eins"), Choice({}, {}, publish=True))
    with database.transaction() as session:
        session.add(GroupRule(group="education", four_eyes=True))
    run_id = room.take_in(a_list("Eins neu"))
    with database.reading() as session:
        assert imports_undo.can_be_undone(session, room.run(run_id))
    room.undo(run_id)
    with database.reading() as session:
        assert session.scalars(select(Edit)).one().state == EditState.DROPPED


def test_an_offer_changed_between_plan_and_doing_is_left_alone(room: Room) -> None:
    room.take_in(a_list("Eins"))
    run_id = room.plan(a_list("Eins neu"))
    room.edit("Eins", "Von Hand")
    lease = room.step(run_id, RunState.PLANNED, RunState.RUNNING, Choice({}, {}))
    imports_work.do(room.means, run_id, "carry-out", lease)
    assert list(room.titles()) == ["Von Hand"]
    assert room.run(run_id).report["outcome"]["failed"] == [[2, "Eins neu"]]
    assert room.run(run_id).report["outcome"]["counts"] == {}


def test_rights_are_looked_at_again_when_it_is_done(room: Room, database: Database) -> None:
    run_id = room.plan(a_list("Eins"))
    with database.transaction() as session:
        session.get_one(Curator, room.curator.id).role = Role.STEERING
    lease = room.step(run_id, RunState.PLANNED, RunState.RUNNING, Choice({}, {}))
    imports_work.do(room.means, run_id, "carry-out", lease)
    assert room.titles() == {}


def test_a_plan_reads_back_as_it_was_written(room: Room, database: Database) -> None:
    cells = {
        "Nr": "1",
        "Titel": "Eins",
        "Titel (ar)": "واحد",
        "Kosten": "20 € pro Monat",
        "Termine": "Mo und Mi 18-20 Uhr",
        "Sprachen": "Deutsch, Arabisch",
        "Telefon": "030 23125120",
        "Straße": "Weg 1",
        "PLZ": "79761",
        "Ort": "Tiengen",
        "Beginn": "01.09.2026",
        "Unbekannt": "=1+1",
    }
    content = as_csv([tuple(cells), tuple(cells.values())])
    run_id = room.plan(content)
    plan = Plan(room.means.uploads.plan(room.run(run_id)))
    (row,) = plan.rows(plan.entries)
    assert intake.fingerprint_of(row.draft) == row.fingerprint


def test_files_of_old_runs_are_cleared_away(room: Room, database: Database) -> None:
    done, left = room.take_in(a_list("Eins")), room.plan(a_list("Zwei"))
    with database.transaction() as session:
        later = NOW + imports.FILES_KEPT + timedelta(days=1)
        assert imports.clear_away(session, room.means.uploads, now=later) == 2
    assert not list(room.means.uploads.folder.iterdir())
    assert (room.run(done).state, room.run(left).state) == (RunState.DONE, RunState.DROPPED)


def test_an_old_run_can_still_be_undone(room: Room, database: Database) -> None:
    run_id = room.take_in(a_list("Eins"))
    with database.transaction() as session:
        imports.clear_away(session, room.means.uploads, now=NOW + timedelta(days=99))
    room.undo(run_id)
    assert room.titles() == {"Eins": State.WITHDRAWN}


def test_a_file_that_is_too_large_is_not_kept(room: Room) -> None:
    assert room.means.uploads.put(BytesIO(b"x" * 101), 100) is None
    assert not list(room.means.uploads.folder.iterdir())
