"""What lies on a desk after years, written in bulk: the log, feedback, checks, links, words, sums, jobs, mails."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from infopool.curation.counting import week_of
from infopool.curation.models import (
    CheckRequest,
    ImportRun,
    Link,
    LogEntry,
    Mail,
    Need,
    SearchCount,
    WantedTerm,
)
from infopool.directory.models import Contact, Remark
from infopool.queue import Job, JobState

GROUP = "education"
OTHERS = ("ar", "en", "uk", "tr", "fa")
"""Languages some offers have a text in besides German."""
LEAST = 60
"""Rows of every kind, however small the pool is: more than one page of a listing."""


def many(size: int, share: float) -> int:
    """How many rows there are of what comes `share` times per offer."""
    return max(LEAST, int(size * share))


def lines(session: Session, size: int, chance: random.Random, now: datetime) -> None:
    """The log."""
    subjects = ("offer", "offer", "offer", "edit", "remark", "term", "check", "curator")
    session.execute(
        insert(LogEntry),
        [
            {
                "at": now - timedelta(minutes=chance.randrange(500_000)),
                "curator_id": 1 + number % 30,
                "who": f"Colleague {number % 30}",
                "action": chance.choice(("changed", "published", "checked")),
                "subject": chance.choice(subjects),
                "subject_id": 1 + chance.randrange(size),
                "before": {"title": "Deutschkurs", "cost": "free"},
                "after": {"title": "Deutschkurs am Abend", "cost": "paid"},
            }
            for number in range(many(size, 0.25))
        ],
    )


def remarks(session: Session, size: int, chance: random.Random, now: datetime) -> None:
    """What visitors said, one in five about no offer."""
    session.execute(
        insert(Remark),
        [
            {
                "kind": "suggestion" if number % 5 == 0 else "remark",
                "offer_id": None if number % 5 == 0 else 1 + chance.randrange(size),
                "words": "Dort geht niemand mehr ans Telefon. " * 3,
                "contact": "somebody@example.org" if number % 2 else "",
                "language": "de",
                "left_on": now.date() - timedelta(days=chance.randrange(300)),
                "working_group": GROUP if number % 5 == 0 else "",
                "closed_on": now.date() if number % 3 == 0 else None,
                "outcome": "corrected" if number % 3 == 0 else "",
            }
            for number in range(many(size, 0.025))
        ],
    )


def links(session: Session, size: int, chance: random.Random, now: datetime) -> None:
    """Web addresses, every second one failing."""
    used = sorted(set(session.scalars(select(Contact.value).where(Contact.kind == "website"))))
    chosen = chance.sample(used, min(len(used), many(size, 0.025)))
    session.execute(
        insert(Link),
        [
            {
                "url": url,
                "checked_at": now,
                "good": number % 2 == 0,
                "status": 200 if number % 2 == 0 else 404,
                "leads_to": f"{url}/new" if number % 4 == 0 else "",
                "fault": "" if number % 2 == 0 else "status",
                "failures": 0 if number % 2 == 0 else 3,
            }
            for number, url in enumerate(chosen)
        ],
    )


def checks(session: Session, size: int, chance: random.Random, now: datetime) -> None:
    """Questions to providers, some to call, some answered."""
    asked = chance.sample(range(1, size + 1), min(size // 2, many(size, 0.1)))
    answers = ("", "right", "change", "gone", "")
    session.execute(
        insert(CheckRequest),
        [
            {
                "offer_id": offer_id,
                "address": "kurse@example.org",
                "asked_at": now - timedelta(days=50),
                "reminded_at": now - timedelta(days=29),
                "to_call_at": now - timedelta(days=8) if number % 5 == 0 else None,
                "answered_at": now if answers[number % 5] in ("right", "change") else None,
                "answer": answers[number % 5],
            }
            for number, offer_id in enumerate(asked)
        ],
    )


def wanted(session: Session, size: int, chance: random.Random, now: datetime) -> None:
    """Words searched in vain, and needs."""
    week = week_of(now.date())
    decisions = ("", "", "", "noise", "concept")
    session.execute(
        insert(WantedTerm),
        [
            {
                "language": chance.choice(("de", *OTHERS)),
                "term": f"gesucht {number}",
                "hits": 10 + chance.randrange(200),
                "first_week": week,
                "last_week": week,
                "decision": decisions[number % 5],
                "target": "german-course" if decisions[number % 5] == "concept" else "",
                "decided_by": "Officer" if decisions[number % 5] else "",
            }
            for number in range(many(size, 0.015))
        ],
    )
    session.execute(
        insert(Need),
        [
            {"words": f"Bedarf {number}", "noted_on": now.date(), "noted_by": "Officer", "topic": "housing"}
            for number in range(LEAST)
        ],
    )


def numbers(session: Session, size: int, chance: random.Random, now: datetime) -> None:
    """Half a year of sums."""
    topics = ("", "german-course", "housing-search", "job-search", "doctors", "residence")
    places = ("", "waldshut", "tiengen", "bad-saeckingen", "wehr")
    rows = (
        {"week": week, "language": language, "topic": topic, "place": place, "result": result}
        for week in (week_of(now.date() - timedelta(weeks=back)) for back in range(26))
        for language in ("de", *OTHERS)
        for topic in topics
        for place in places
        for result in ("none", "few", "some")
    )
    session.execute(insert(SearchCount), [row | {"count": 1 + chance.randrange(40)} for row in rows])


def work(session: Session, size: int, chance: random.Random, now: datetime) -> None:
    """Jobs, mails and imports."""
    states = (JobState.DONE, JobState.DONE, JobState.DONE, JobState.FAILED, JobState.WAITING)
    session.execute(
        insert(Job),
        [
            {
                "name": chance.choice(("links", "checks", "send", "relearn", "forget")),
                "key": f"job-{number}",
                "arguments": {"of": number},
                "state": states[number % 5],
                "due_at": now + timedelta(minutes=number),
                "attempts": 1,
                "written_at": now,
                "finished_at": now if number % 5 < 4 else None,
                "fault": "TimeoutError" if number % 5 == 3 else "",
            }
            for number in range(many(size, 0.1))
        ],
    )
    session.execute(
        insert(Mail),
        [
            {
                "to": "kurse@example.org",
                "subject": "Stimmt Ihr Angebot noch?",
                "words": "Guten Tag. " * 40,
                "purpose": "check",
                "offer_id": 1 + chance.randrange(size),
                "written_at": now,
                "sent_at": None if number % 7 == 0 else now,
                "fault": "no answer" if number % 14 == 0 else "",
            }
            for number in range(many(size, 0.1))
        ],
    )
    session.execute(
        insert(ImportRun),
        [
            {
                "source": f"Liste {number % 7}",
                "filename": "angebote.xlsx",
                "stored_as": "",
                "mapping": {},
                "state": "done",
                "report": {"size": 200_000, "counts": {"new": 120, "changed": 40, "same": 300}},
                "chosen": {},
                "by": "Officer",
                "curator_id": 1,
                "at": now - timedelta(days=number),
                "finished_at": now - timedelta(days=number),
            }
            for number in range(LEAST)
        ],
    )


ALL = (lines, remarks, links, checks, wanted, numbers, work)
