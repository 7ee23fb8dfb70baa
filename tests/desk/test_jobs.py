"""What runs by itself, on the desk: what failed is seen and started again, mails are read where nobody gets them."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from infopool import queue
from infopool.curation import mails
from infopool.curation.models import LogEntry, Mail, Role
from infopool.curation.timetable import TIMETABLE
from infopool.db import Database
from infopool.queue import Job, JobState
from tests.conftest import NOW
from tests.desk.conftest import SitDown
from tests.desk.people import DeskClient
from tests.web.world import an_app


@pytest.fixture
def officer(sit_down: SitDown) -> DeskClient:
    return sit_down(Role.OFFICER)


def failed(database: Database, name: str = "send-mail", fault: str = "550 <b>no</b> such mailbox") -> int:
    with database.transaction() as session:
        job = queue.add(session, name, now=NOW, mail=3)
        assert job
        assert queue.take(session, "w", NOW)
        queue.fail(session, job.id, "w", NOW, fault, for_good=True)
        return job.id


def write(database: Database, purpose: str = "check", **more: object) -> int:
    facts = {"to": "kurse@example.org", "subject": "Stimmt das noch?", "words": "Guten Tag\n<b>Kurs</b>", **more}
    with database.transaction() as session:
        mail = Mail(language="de", purpose=purpose, written_at=NOW, **facts)
        mails.hand_over(session, mail, NOW)
        return mail.id


def test_every_regular_work_is_listed_with_its_next_time(officer: DeskClient) -> None:
    page = officer.get("/admin/jobs/")
    assert len(page.root.find("tbody")[-1].find("tr")) == len(TIMETABLE)
    assert page.root.find("tbody")[-1].text.count("November") >= len(TIMETABLE)


def test_the_last_run_and_its_fault_are_seen(officer: DeskClient, database: Database) -> None:
    failed(database, "tidy", "OperationalError: disk full")
    assert "disk full" in officer.get("/admin/jobs/").root.find("tbody")[-1].text


def test_a_failed_job_is_started_again_by_one_click(officer: DeskClient, database: Database) -> None:
    job_id = failed(database)
    page = officer.get("/admin/jobs/")
    assert "550 <b>no</b> such mailbox" in page.text
    page = officer.send(page.root.find("tbody")[0].find("form")[0]["action"])
    assert page.root.find("p", css="done")
    with database.reading() as session:
        assert session.get_one(Job, job_id).state == JobState.WAITING
        assert session.scalars(select(LogEntry).where(LogEntry.action == "job-started")).one().subject_id == job_id


def test_only_a_failed_job_is_started_again(officer: DeskClient, database: Database) -> None:
    with database.transaction() as session:
        job = queue.add(session, "tidy", now=NOW)
        assert job
    for job_id in (job.id, 999):
        assert officer.sends(f"/admin/jobs/{job_id}/") == 404


def test_a_long_job_shows_how_far_it_is(officer: DeskClient, database: Database) -> None:
    with database.transaction() as session:
        job = queue.add(session, "import", now=NOW)
        assert job
        queue.take(session, "w", NOW)
        queue.still_at_it(session, job.id, "w", NOW, 3, 10)
    bar = officer.get("/admin/jobs/").root.find("progress")[0]
    assert (bar["value"], bar["max"]) == ("3", "10")


def test_mails_are_read_where_they_go_into_a_folder(officer: DeskClient, database: Database) -> None:
    mail_id = write(database)
    page = officer.get("/admin/jobs/mails")
    assert "kurse@example.org" in page.text
    assert "<b>Kurs</b>" in officer.get(page.link("Stimmt das noch?")).text
    assert page.link("Stimmt das noch?") == f"/admin/jobs/mails/{mail_id}"


def test_a_mail_with_a_link_to_an_account_is_shown_to_nobody(officer: DeskClient, database: Database) -> None:
    mail_id = write(database, purpose="account", subject="Ihr Platz", words="http://x/geheim")
    assert "Ihr Platz" not in officer.get("/admin/jobs/mails").text
    officer.get(f"/admin/jobs/mails/{mail_id}", 404)


def test_mails_that_are_really_sent_are_not_read_here(officer: DeskClient, database: Database, tmp_path: Path) -> None:
    mail_id = write(database)
    app = an_app(database, tmp_path, mail_url="smtp://127.0.0.1:9")
    client = DeskClient(app)
    client.raw._cookies = officer.raw._cookies
    assert client.get("/admin/jobs/mails").links("Stimmt") == {}
    client.get(f"/admin/jobs/mails/{mail_id}", 404)


def test_a_mail_that_was_not_sent_says_why(officer: DeskClient, database: Database) -> None:
    mail_id = write(database)
    with database.transaction() as session:
        mails.note_fault(session, mail_id, "the mail server says: 550 no")
    assert "550 no" in officer.get("/admin/jobs/mails").text


def test_a_mail_whose_words_are_forgotten_is_still_listed(officer: DeskClient, database: Database) -> None:
    mail_id = write(database, to="", subject="", words="")
    officer.get("/admin/jobs/mails")
    officer.get(f"/admin/jobs/mails/{mail_id}")


def test_many_mails_and_faults_have_pages(officer: DeskClient, database: Database) -> None:
    for _ in range(30):
        failed(database, fault="x" * 500)
    for number in range(30):
        write(database, subject=f"Mail {number} " + "w" * 180)
    for address in ("/admin/jobs/", "/admin/jobs/?page=2", "/admin/jobs/mails", "/admin/jobs/mails?page=2"):
        page = officer.get(address)
        assert page.root.find("nav", css="pages")
        assert len(page.html) < 40_000


@pytest.mark.parametrize("role", [Role.CURATOR, Role.TRANSLATOR, Role.STEERING])
def test_it_is_for_the_integration_officer(sit_down: SitDown, database: Database, role: Role) -> None:
    job_id, mail_id = failed(database), write(database)
    desk = sit_down(role)
    for address in ("/admin/jobs/", "/admin/jobs/mails", f"/admin/jobs/mails/{mail_id}"):
        desk.get(address, 403)
    assert desk.sends(f"/admin/jobs/{job_id}/") == 403
