"""What runs by itself: regular work, what failed, and the mails that go out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from infopool import queue
from infopool.curation import log, mails, timetable
from infopool.curation.models import Mail
from infopool.curation.timetable import HOW_OFTEN, Standing
from infopool.languages import direction_of
from infopool.messages import N_
from infopool.queue import Job, JobState
from infopool.web import searching
from infopool.web.admin import guard
from infopool.web.admin.showing import announce, go_to, show_desk, translated
from infopool.web.i18n import page_wording
from infopool.web.pool import pool

blueprint = Blueprint("desk_jobs", __name__, url_prefix="/admin/jobs")

PAGE = 25
STARTED = announce("job-started", N_("It is tried once more, within a minute."))
log.name_action("job-started", N_("started a job again"))

STATES: dict[str, str] = {
    JobState.WAITING: N_("waits"),
    JobState.RUNNING: N_("under way"),
    JobState.DONE: N_("done"),
    JobState.FAILED: N_("failed"),
}


@dataclass(frozen=True)
class RegularLine:
    """One regular work."""

    says: str
    often: str
    last: str
    state: str
    fault: str
    next: str


@dataclass(frozen=True)
class JobLine:
    """One job."""

    id: int
    name: str
    about: str
    when: str
    state: str
    attempts: int
    done: int
    steps: int
    fault: str


@dataclass(frozen=True)
class MailLine:
    """One mail."""

    id: int
    to: str
    subject: str
    written: str
    state: str
    fault: str


@blueprint.get("/")
def listing() -> str:
    """Regular work, what is under way and what failed."""
    house = pool()
    page = searching.page_number(request.args.get("page", ""))
    now = house.now()
    with house.database.reading() as session:
        regular = [_regular(one) for one in timetable.overview(session, now, house.region.timezone)]
        under_way = [_job(job) for job in queue.under_way(session, now)]
        failed, total = queue.failed(session, page, PAGE)
    return show_desk(
        "admin/jobs/listing.html",
        title=translated(N_("What runs by itself")),
        regular=regular,
        under_way=under_way,
        failed=[_job(job) for job in failed],
        page=page,
        pages=max(1, -(-total // PAGE)),
    )


@blueprint.post("/<number:job_id>/")
def try_again(job_id: int) -> Response:
    """Have a failed job done once more."""
    house = pool()
    with house.database.transaction() as session:
        if not queue.try_again(session, job_id, house.now()):
            abort(404)
        log.note(session, guard.actor(), "job-started", "job", job_id, now=house.now())
    return go_to("desk_jobs.listing", done=STARTED)


@blueprint.get("/mails")
def mails_out() -> str:
    """The mails that went out or wait, the newest first."""
    page = searching.page_number(request.args.get("page", ""))
    with pool().database.reading() as session:
        found, total = mails.listed(session, page, PAGE)
    return show_desk(
        "admin/jobs/mails.html",
        title=translated(N_("Mails")),
        lines=[_mail(mail) for mail in found],
        readable=_readable(),
        page=page,
        pages=max(1, -(-total // PAGE)),
    )


@blueprint.get("/mails/<number:mail_id>")
def mail(mail_id: int) -> str:
    """The words of one mail, where mails go into a folder and nobody else would read them."""
    with pool().database.reading() as session:
        found = session.get(Mail, mail_id)
    if found is None or not _readable() or found.purpose in mails.SECRET:
        abort(404)
    return show_desk(
        "admin/jobs/mail.html",
        title=found.subject or "–",
        mail=found,
        line=_mail(found),
        direction=direction_of(found.language),
    )


def _readable() -> bool:
    """Whether mails only go into a folder, so that they are to be read here."""
    return not pool().settings.mail_url


def _regular(standing: Standing) -> RegularLine:
    gettext, last = page_wording().translator.gettext, standing.last
    return RegularLine(
        says=gettext(standing.regular.says),
        often=gettext(HOW_OFTEN[standing.regular.every]),
        last=_moment(last.finished_at or last.written_at) if last else "–",
        state=gettext(STATES[last.state]) if last else "",
        fault=last.fault if last else "",
        next=_moment(standing.next),
    )


def _job(job: Job) -> JobLine:
    about = ", ".join(f"{name} {value}" for name, value in job.arguments.items())
    return JobLine(
        id=job.id,
        name=job.name,
        about=about[:80],
        when=_moment(job.finished_at or job.due_at),
        state=page_wording().translator.gettext(STATES[job.state]),
        attempts=job.attempts,
        done=job.done,
        steps=job.steps,
        fault=job.fault,
    )


def _mail(found: Mail) -> MailLine:
    gettext = page_wording().translator.gettext
    if found.sent_at:
        state = gettext(N_("put into the folder")) if _readable() else gettext(N_("sent"))
    else:
        state = gettext(N_("not sent")) if found.fault else gettext(STATES[JobState.WAITING])
    secret = found.purpose in mails.SECRET
    subject = gettext(N_("A mail with a link to an account")) if secret else found.subject
    return MailLine(0 if secret else found.id, found.to, subject or "–", _moment(found.written_at), state, found.fault)


def _moment(moment: datetime) -> str:
    """A day and a time of day."""
    here, wording = moment.astimezone(pool().region.timezone), page_wording()
    return f"{wording.day(here.date(), pool().today())}, {wording.hours(here.time(), None)}"
