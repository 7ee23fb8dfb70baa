"""A pool as it may be after years, written in bulk: offers with all that hangs on them, and what lies on the desk.

All that is made up here is at most as many as `size` says times the share below, and at least a page of a listing.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from benchmarks.corpus import Corpus, Offers
from infopool.curation import edits, log
from infopool.curation.counting import week_of
from infopool.curation.forms import complete, fields_of
from infopool.curation.log import Actor
from infopool.curation.models import (
    CheckRequest,
    Curator,
    EditState,
    ImportRun,
    Link,
    LogEntry,
    Mail,
    Need,
    OfferVersion,
    Role,
    SearchCount,
    WantedTerm,
)
from infopool.db import Database
from infopool.directory import offers, plain
from infopool.directory.drafts import SpokenLanguage
from infopool.directory.facts import Origin, State
from infopool.directory.models import Contact, Offer, OfferText, Provider, Remark, Venue
from infopool.directory.regions import Region
from infopool.directory.schedules import Slot, SlotKind
from infopool.queue import Job, JobState
from infopool.search.documents import OfferDocument

GROUP = "education"
OTHERS = ("ar", "en", "uk", "tr", "fa")
"""Languages some offers have a text in besides German."""
STATES = (State.DRAFT, State.IN_REVIEW, State.WITHDRAWN, State.WITHDRAWN)
"""One of these is the state of one offer in twelve."""
LEAST = 60
"""Rows of every kind, however small the pool is: more than one page of a listing."""
CHUNK = 2_000


def fill(database: Database, corpus: Corpus, size: int, region: Region, now: datetime) -> None:
    """Write a pool of `size` offers, two curators (an officer and one of `GROUP`), and what waits for them."""
    chance = random.Random(size)
    with database.transaction() as session:
        _people(session, now)
        _records(session, size, chance, region)
    made = list(Offers(corpus, size))
    for start in range(0, size, CHUNK):
        with database.transaction() as session:
            _offers(session, made[start : start + CHUNK], size, chance, now)
    with database.transaction() as session:
        for write in (_lines, _remarks, _links, _checks, _wanted, _numbers, _work):
            write(session, size, chance, now)
    with database.transaction() as session:
        _versions(session, size, now)
        _edits(session, size, chance, now, region)


def many(size: int, share: float) -> int:
    """How many rows there are of what comes `share` times per offer."""
    return max(LEAST, int(size * share))


def _people(session: Session, now: datetime) -> None:
    people = [("Officer", Role.OFFICER, ()), ("Curator", Role.CURATOR, (GROUP,))]
    people += [(f"Colleague {number}", Role.CURATOR, ("housing", "work")) for number in range(30)]
    session.add_all(
        Curator(
            email=f"{name.replace(' ', '-').lower()}@example.org",
            name=name,
            role=role,
            groups=groups,
            invited_at=now,
            joined_at=now,
        )
        for name, role, groups in people
    )


def _records(session: Session, size: int, chance: random.Random, region: Region) -> None:
    number_of_providers = 1 + size // 50
    providers = ({"name": f"Träger {number}", "kind": "other"} for number in range(number_of_providers))
    session.execute(
        insert(Provider),
        [row | {"website": f"https://provider{number}.example/"} for number, row in enumerate(providers)],
    )
    places = region.places
    session.execute(
        insert(Venue),
        [
            {
                "name": f"Haus {number}" if number % 3 else "",
                "street": f"Musterstraße {number}",
                "postcode": f"797{chance.randrange(100):02}",
                "town": place.name,
                "place": place.code,
                "latitude": place.latitude,
                "longitude": place.longitude,
                "confidential": number % 50 == 0,
            }
            for number in range(1 + size // 10)
            for place in [chance.choice(places)]
        ],
    )


def _offers(session: Session, made: Sequence[OfferDocument], size: int, chance: random.Random, now: datetime) -> None:
    session.execute(insert(Offer), [_offer(document, size, chance, now) for document in made])
    session.execute(insert(OfferText), [row for document in made for row in _texts(document, chance)])
    session.execute(insert(Contact), [row for document in made for row in _contacts(document, size, chance)])


def _offer(document: OfferDocument, size: int, chance: random.Random, now: datetime) -> dict[str, Any]:
    facets = document.facets
    state = chance.choice(STATES) if document.id % 12 == 0 else State.PUBLISHED
    return {
        "id": document.id,
        "version": 2,
        "state": state,
        "topics": facets["topic"],
        "audiences": facets.get("audience", ()),
        "languages": tuple(SpokenLanguage(tag) for tag in facets["language"]),
        "levels_taught": facets.get("level", ()),
        "residence": facets.get("residence", ()),
        "formats": facets.get("format", ()),
        "schedule": (Slot(SlotKind.WEEKLY, weekdays=(1, 3)),),
        "places": facets["place"][:1],
        "starts_on": document.starts_on,
        "ends_on": document.ends_on,
        "edited_at": now - timedelta(minutes=chance.randrange(500_000)),
        "checked_on": document.checked_on if document.id % 10 else None,
        "checked_by": "Redaktion",
        "checked_how": "phone",
        "working_group": chance.choice(("", "", GROUP, "housing", "work")),
        "withdrawn_why": "over" if state == State.WITHDRAWN else "",
        "source": f"Liste {document.id % 7}" if document.id % 2 else None,
        "source_key": str(document.id),
        "provider_id": 1 + int(facets["provider"][0]),
        "venue_id": 1 + chance.randrange(1 + size // 10),
    }


def _texts(document: OfferDocument, chance: random.Random) -> Iterator[dict[str, Any]]:
    title, words = document.texts["de"].title, document.texts["de"].body
    source = {
        "offer_id": document.id,
        "language": "de",
        "title": f"{title} {document.id}"[:300],
        "summary": words[:140],
        "description": words,
        "origin": Origin.WRITTEN,
        "version": 1 + document.id % 3,
        "made_from": None,
    }
    yield source
    for tag in chance.sample(OTHERS, 1 + document.id % 2):
        origin = Origin.MACHINE if chance.random() < 0.2 else Origin.TRANSLATED
        yield source | {"language": tag, "origin": origin, "version": 1, "made_from": 1}


def _contacts(document: OfferDocument, size: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    provider = document.facets["provider"][0]
    plain = {"offer_id": document.id, "note": "", "languages": ()}
    yield plain | {"kind": "phone", "value": f"+4930231251{chance.randrange(max(20, size // 3)):05}"}
    yield plain | {"kind": "email", "value": f"info@provider{provider}.example"}
    if document.id % 2:
        yield plain | {"kind": "website", "value": f"https://provider{provider}.example/{document.id % 40}"}


def _lines(session: Session, size: int, chance: random.Random, now: datetime) -> None:
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


def _remarks(session: Session, size: int, chance: random.Random, now: datetime) -> None:
    session.execute(
        insert(Remark),
        [
            {
                "kind": "suggestion" if number % 5 == 0 else "remark",
                "offer_id": None if number % 5 == 0 else 1 + chance.randrange(size),
                "reason": "",
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


def _links(session: Session, size: int, chance: random.Random, now: datetime) -> None:
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


def _checks(session: Session, size: int, chance: random.Random, now: datetime) -> None:
    asked = chance.sample(range(1, size + 1), min(size, many(size, 0.1)))
    answers = ("", "right", "change", "gone", "")
    session.execute(
        insert(CheckRequest),
        [
            {
                "offer_id": offer_id,
                "address": "kurse@example.org",
                "language": "de",
                "reason": "due",
                "asked_at": now - timedelta(days=50),
                "reminded_at": now - timedelta(days=29),
                "to_call_at": now - timedelta(days=8) if number % 5 == 0 else None,
                "answered_at": now if answers[number % 5] in ("right", "change") else None,
                "answer": answers[number % 5],
            }
            for number, offer_id in enumerate(asked)
        ],
    )


def _wanted(session: Session, size: int, chance: random.Random, now: datetime) -> None:
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


def _numbers(session: Session, size: int, chance: random.Random, now: datetime) -> None:
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


def _work(session: Session, size: int, chance: random.Random, now: datetime) -> None:
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
                "working_group": GROUP,
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


def _versions(session: Session, size: int, now: datetime) -> None:
    """A version of one offer in five, and thirty of the first."""
    actor = Actor("Colleague 1", 3)
    wanted = list(range(1, size + 1, 5))
    for start in range(0, len(wanted), CHUNK):
        for offer in offers.some(session, wanted[start : start + CHUNK]):
            session.add(_version(offer, 2, now))
            if offer.id == 1:
                session.add_all(_version(offer, 2 + number, now) for number in range(1, 30))
                log.note(session, actor, "changed", "offer", 1, now=now, before={"a": 1}, after={"a": 2})
        session.flush()
        session.expunge_all()
    session.execute(update(Offer).where(Offer.id == 1).values(version=31))


def _version(offer: Offer, number: int, now: datetime) -> OfferVersion:
    content = plain.to_plain(offers.draft_of(offer))
    return OfferVersion(offer_id=offer.id, number=number, at=now, who="Colleague 1", state=offer.state, content=content)


def _edits(session: Session, size: int, chance: random.Random, now: datetime, region: Region) -> None:
    """Half of them the curator's and open, the others wait for a review; the last is approved for a later day."""
    count = many(size, 0.015)
    chosen = chance.sample(range(2, size + 1), min(size - 1, count))
    for number, offer in enumerate(offers.some(session, sorted(chosen))):
        fields = fields_of(offers.draft_of(offer), region) | {"summary": f"Anders gesagt {number}."}
        fields = complete(fields) if number % 6 else complete({"title": f"Neu {number}", "working_group": GROUP})
        edit = edits.begin(
            session,
            Actor("Curator", 2) if number % 2 else Actor(f"Colleague {number % 30}", 3 + number % 30),
            fields,
            now=now,
            region=region,
            offer=offer if number % 6 else None,
        )
        edit.state = EditState.OPEN if number % 2 else EditState.IN_REVIEW
        edit.publish_at = now + timedelta(days=3) if number % 20 == 0 else None
