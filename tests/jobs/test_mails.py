"""Mails: written with their cause, sent once, tried again, given up with their fault."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from infopool.curation import mails, mails_sending
from infopool.curation.models import Mail
from infopool.jobs import mailing
from infopool.jobs.work import Lost, Task, Work
from infopool.jobs.worker import Worker
from infopool.messages import Problem
from infopool.queue import Job, JobState
from infopool.settings import SettingsFault, from_environ
from tests.conftest import NOW
from tests.jobs.conftest import Clock, MakeWork
from tests.jobs.offices import Office, open_office

TO = "kurse@traeger-im-landkreis.de"


@pytest.fixture
def office() -> Iterator[Office]:
    with open_office() as office:
        yield office


def write(work: Work, to: str = TO, subject: str = "Grüße", words: str = "Guten Tag", purpose: str = "check") -> int:
    mail = Mail(to=to, subject=subject, words=words, language="de", purpose=purpose, written_at=work.now())
    with work.database.transaction() as session:
        mails.hand_over(session, mail, work.now())
    return mail.id


def do(work: Work) -> None:
    Worker(work, regular=()).do_all()


def mail(work: Work, mail_id: int) -> Mail:
    with work.database.reading() as session:
        return session.get_one(Mail, mail_id)


def job_state(work: Work) -> str:
    with work.database.reading() as session:
        return session.scalars(select(Job.state).where(Job.name == "send-mail")).one()


def test_a_mail_is_sent_once(make_work: MakeWork, office: Office) -> None:
    work = make_work(mail_url=office.url)
    mail_id = write(work)
    do(work)
    do(work)
    assert office.recipients == [TO]
    assert mail(work, mail_id).sent_at == NOW


def test_a_mail_arrives_as_it_was_written(make_work: MakeWork, office: Office) -> None:
    words = "Sehr geehrte Träger,\n\n" + "ein langer Satz ohne Ende " * 60 + "\n.\nمرحبا ትግርኛ\n"
    work = make_work(mail_url=office.url, mail_from="pool@traeger.de", base_url="https://infopool.example.org")
    mail_id = write(work, subject="Stimmt das noch? („Çay“)", words=words)
    do(work)
    taken = office.taken[0]
    assert taken["Subject"] == "Stimmt das noch? („Çay“)"
    assert taken.get_content().replace("\r\n", "\n") == words
    assert taken["From"] == "infopool <pool@traeger.de>"
    assert taken["Auto-Submitted"] == "auto-generated"
    assert taken["Message-ID"] == f"<mail.{mail_id}.{int(NOW.timestamp())}@infopool.example.org>"
    assert taken["Content-Language"] == "de"


def test_a_mail_that_is_not_taken_now_is_tried_again(make_work: MakeWork, office: Office, clock: Clock) -> None:
    work = make_work(mail_url=office.url)
    mail_id = write(work)
    office.says = "451 try later"
    do(work)
    assert (mail(work, mail_id).fault, mail(work, mail_id).sent_at) == ("the mail server says: 451 try later", None)
    office.says = ""
    do(work)
    assert office.taken == []
    clock.on(minutes=1)
    do(work)
    assert len(office.taken) == 1
    assert mail(work, mail_id).fault == ""


def test_a_mail_that_is_never_taken_is_given_up_with_its_fault(make_work: MakeWork, office: Office) -> None:
    work = make_work(mail_url=office.url)
    mail_id = write(work)
    office.says = "550 no such mailbox"
    do(work)
    assert job_state(work) == JobState.FAILED
    assert mail(work, mail_id).fault == "the mail server says: 550 no such mailbox"
    assert office.tried == 1


def test_a_mail_waits_for_a_server_that_is_gone(make_work: MakeWork) -> None:
    work = make_work(mail_url="smtp://127.0.0.1:9")
    mail_id = write(work)
    do(work)
    assert job_state(work) == JobState.WAITING
    assert "cannot be reached" in mail(work, mail_id).fault


def test_a_mail_sent_again_after_a_crash_has_the_same_name(make_work: MakeWork, office: Office) -> None:
    work = make_work(mail_url=office.url)
    write(work)
    with work.database.reading() as session:
        job = session.scalars(select(Job)).one()
    for _ in range(2):  # both times the end is not noted: the job was never this worker's
        with pytest.raises(Lost):
            mailing.send(work, Task(work, job.id, job.name, job.arguments, 1, "killed"))
    assert len({message["Message-ID"] for message in office.taken}) == 1
    assert len(office.taken) == 2


@pytest.mark.parametrize("address", ["kurse@example.org", "x@demo.example", "x@kurs.test", "x@mail.example.com"])
def test_nothing_is_sent_to_addresses_kept_for_examples(make_work: MakeWork, office: Office, address: str) -> None:
    work = make_work(mail_url=office.url)
    write(work, address)
    do(work)
    assert (office.tried, job_state(work)) == (0, JobState.FAILED)


def test_without_a_server_mails_go_into_a_folder(work: Work) -> None:
    mail_id = write(work, "kurse@example.org")
    do(work)
    files = list((work.settings.data / "mail").iterdir())
    assert [file.suffix for file in files] == [".eml"]
    assert files[0].stat().st_mode & 0o077 == 0
    found = message_from_bytes(files[0].read_bytes(), policy=policy.default)
    assert (found["To"], found["Subject"]) == ("kurse@example.org", "Grüße")
    assert mail(work, mail_id).sent_at


BAD = ["", "kurse", "a@b@c.de", "a@b.de\nBcc: x@y.de", "a@b.de, x@y.de", "<a@b.de>", "a b@c.de", "a@b\r.de", "ä@b.de",
       "a@" + "x" * 300 + ".de", "a@\ud800.de", "a@b..de", "@b.de"]  # fmt: skip


@pytest.mark.parametrize("address", BAD)
def test_what_is_no_address_gets_no_mail(work: Work, address: str) -> None:
    with work.database.transaction() as session:
        written = mails.write(session, address, "check", "de", "check", now=NOW)
        assert isinstance(written, Problem)
        assert session.scalars(select(Mail)).all() == []


def test_an_address_with_umlauts_in_its_host_is_written_as_servers_want_it() -> None:
    assert mails.check_address("post@träger.de") is None
    assert mails.ascii_address("post@träger.de") == "post@xn--trger-hra.de"


@pytest.mark.parametrize("subject", ["A\r\nBcc: x@y.de", "A\nB", "A\x00B", "A\u2028B", "A\x1b[31m", "A\ud800"])
def test_a_subject_cannot_add_a_line_to_the_head(make_work: MakeWork, office: Office, subject: str) -> None:
    work = make_work(mail_url=office.url)
    cleaned = mails.one_line(subject)
    write(work, subject=cleaned)
    do(work)
    assert office.recipients == [TO]
    assert office.taken[0]["Subject"] == cleaned
    assert "Bcc" not in office.taken[0]


def test_the_words_of_mails_that_open_an_account_are_forgotten_once_sent(make_work: MakeWork, office: Office) -> None:
    work = make_work(mail_url=office.url)
    secret, plain = write(work, purpose="account"), write(work)
    do(work)
    assert (mail(work, secret).words, mail(work, plain).words) == ("", "Guten Tag")


def test_a_mail_nobody_handed_over_is_sent_all_the_same(make_work: MakeWork, office: Office) -> None:
    work = make_work(mail_url=office.url)
    with work.database.transaction() as session:
        session.add(Mail(to=TO, subject="x", words="y", language="de", purpose="check", written_at=NOW))
    Worker(work).do_all()
    assert office.recipients == [TO]


def test_a_mail_is_part_of_the_transaction_it_comes_from(work: Work) -> None:
    def broken() -> None:
        with work.database.transaction() as session:
            one = Mail(to=TO, subject="x", words="y", language="de", purpose="check", written_at=NOW)
            mails.hand_over(session, one, NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    with work.database.reading() as session:
        assert session.scalars(select(Mail)).all() == []
        assert session.scalars(select(Job)).all() == []


def test_words_of_mails_go_after_ninety_days(make_work: MakeWork, clock: Clock) -> None:
    work = make_work()
    mail_id = write(work)
    clock.on(days=89)
    Worker(work).do_all()
    assert mail(work, mail_id).words
    clock.on(days=2)
    Worker(work).do_all()
    assert (mail(work, mail_id).words, mail(work, mail_id).to) == ("", "")


def test_the_password_of_the_mail_server_is_not_shown() -> None:
    url = "smtp+starttls://pool:geheim%40x@mail.traeger.de:587"
    assert "geheim" not in repr(mails_sending.Server(url))


@pytest.mark.parametrize("url", ["mail.traeger.de", "http://mail.traeger.de", "smtp://", "smtp://host:port", "smtp:"])
def test_a_wrong_address_of_the_mail_server_is_refused(url: str) -> None:
    with pytest.raises(SettingsFault) as fault:
        from_environ({"INFOPOOL_MAIL_URL": url})
    assert [problem.field for problem in fault.value.problems] == ["INFOPOOL_MAIL_URL"]


@pytest.mark.parametrize("sender", ["pool", "a@b.de\nBcc: c@d.de", "a b@c.de"])
def test_a_wrong_sender_is_refused(sender: str) -> None:
    with pytest.raises(SettingsFault):
        from_environ({"INFOPOOL_MAIL_FROM": sender})


def test_a_mail_is_written_about_two_days_long(make_work: MakeWork, clock: Clock) -> None:
    work = make_work(mail_url="smtp://127.0.0.1:9")
    write(work)
    for _ in range(100):
        do(work)
        if job_state(work) == JobState.FAILED:
            break
        clock.on(hours=1)
    assert timedelta(days=1.4) < clock.now - NOW < timedelta(days=3)
