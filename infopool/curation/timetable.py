"""What is done by itself again and again: the table of regular work, and its turning into jobs, once a period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from infopool import queue
from infopool.messages import N_
from infopool.queue import Job


class Every(StrEnum):
    """Wie oft."""

    FIVE_MINUTES = "five-minutes"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"


HOW_OFTEN: dict[Every, str] = {
    Every.FIVE_MINUTES: N_("every five minutes"),
    Every.HOUR: N_("every hour"),
    Every.DAY: N_("every day"),
    Every.WEEK: N_("every week"),
}


@dataclass(frozen=True)
class Regular:
    """Regelmäßige Arbeit. A job that is due once in every period."""

    name: str
    """The handler's name in `jobs.handlers.HANDLERS`."""
    every: Every
    says: str
    """What it does, as a sentence for the desk."""
    at: time = time(0)
    """When in the period, by the region's clock: the time of day; for a week the one of its Monday; for an hour or less
    it has no meaning."""


TIMETABLE: tuple[Regular, ...] = (
    Regular("index", Every.FIVE_MINUTES, N_("Bring changes into the search that a stopped process left behind.")),
    Regular("send-mails", Every.FIVE_MINUTES, N_("Send mails that wait.")),
    Regular("ask-providers", Every.DAY, N_("Ask providers whether their offers are still right."), at=time(8)),
    Regular("check-links", Every.HOUR, N_("Look whether the web addresses in offers still lead somewhere.")),
    Regular("tidy", Every.DAY, N_("Delete what is no longer needed."), at=time(3, 30)),
    Regular("clear-uploads", Every.DAY, N_("Delete uploaded lists a month after their import."), at=time(3)),
)
"""Everything that is done again and again. A new line here needs a line in `jobs.handlers.HANDLERS`."""


def period_start(regular: Regular, now: datetime, zone: ZoneInfo) -> datetime:
    """When the last period began whose moment has come by now."""
    here = now.astimezone(zone)
    if regular.every is Every.FIVE_MINUTES:
        return here.replace(minute=here.minute - here.minute % 5, second=0, microsecond=0)
    if regular.every is Every.HOUR:
        return here.replace(minute=0, second=0, microsecond=0)
    back = here.weekday() if regular.every is Every.WEEK else 0
    begins = datetime.combine(here.date() - timedelta(days=back), regular.at, zone)
    if begins > here:
        begins -= timedelta(days=7 if regular.every is Every.WEEK else 1)
    return begins


def next_start(regular: Regular, now: datetime, zone: ZoneInfo) -> datetime:
    """When it is due the next time."""
    began = period_start(regular, now, zone)
    if regular.every in (Every.FIVE_MINUTES, Every.HOUR):
        return began + timedelta(minutes=5 if regular.every is Every.FIVE_MINUTES else 60)
    # By the clock on the wall: a day may have 23 or 25 hours.
    return datetime.combine(began.date() + timedelta(days=7 if regular.every is Every.WEEK else 1), regular.at, zone)


def key_of(regular: Regular, now: datetime, zone: ZoneInfo) -> str:
    """What names the job of the present period: `tidy:2026-11-22`, `check-links:2026-W47`. Taken on once only."""
    began = period_start(regular, now, zone)
    if regular.every is Every.WEEK:
        year, week, _ = began.isocalendar()
        return f"{regular.name}:{year}-W{week:02}"
    if regular.every is Every.DAY:
        return f"{regular.name}:{began.date()}"
    # In UTC: an hour that the clocks go through twice is two.
    return f"{regular.name}:{began.astimezone(ZoneInfo('UTC')):%Y-%m-%dT%H:%M}"


def not_taken_on(
    session: Session, now: datetime, zone: ZoneInfo, table: Iterable[Regular] = TIMETABLE
) -> list[Regular]:
    """The regular work whose moment has come and that nobody has taken on in this period."""
    keys = {key_of(regular, now, zone): regular for regular in table}
    there = set(session.scalars(select(Job.key).where(Job.key.in_(list(keys)))))
    return [regular for key, regular in keys.items() if key not in there]


def write_due(session: Session, now: datetime, zone: ZoneInfo, table: Iterable[Regular] = TIMETABLE) -> list[Job]:
    """Take on the jobs whose moment has come, unless somebody has done so already; gives the new ones.

    Periods in which nobody looked are not made up for: what is done regularly does all there is to do.
    """
    taken_on = (queue.add(session, regular.name, now=now, key=key_of(regular, now, zone)) for regular in table)
    return [job for job in taken_on if job is not None]


@dataclass(frozen=True)
class Standing:
    """How a regular work stands: the last time it was taken on, and when it is due next."""

    regular: Regular
    last: Job | None
    next: datetime


def overview(
    session: Session, now: datetime, zone: ZoneInfo, table: Iterable[Regular] = TIMETABLE
) -> tuple[Standing, ...]:
    """All regular work as it stands; one statement."""
    lines = tuple(table)
    newest = select(func.max(Job.id)).where(Job.name.in_([line.name for line in lines])).group_by(Job.name)
    last = {job.name: job for job in session.scalars(select(Job).where(Job.id.in_(newest)))}
    return tuple(Standing(line, last.get(line.name), next_start(line, now, zone)) for line in lines)
