"""A pool as it may be after years, written in bulk: offers with all that hangs on them, and what lies on the desk.

Of everything there are as many as a share of `size` says, and at least a few pages of a listing.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from benchmarks import desk_tasks
from benchmarks.corpus import Corpus, Offers
from benchmarks.desk_tasks import GROUP, OTHERS, many
from infopool.curation import edits, log
from infopool.curation.forms import complete, fields_of
from infopool.curation.log import Actor
from infopool.curation.models import (
    Curator,
    EditState,
    OfferVersion,
    Role,
)
from infopool.db import Database
from infopool.directory import offers, plain
from infopool.directory.drafts import SpokenLanguage
from infopool.directory.facts import Origin, State
from infopool.directory.models import Contact, Offer, OfferText, Provider, Venue
from infopool.directory.regions import Region
from infopool.directory.schedules import Slot, SlotKind
from infopool.search.documents import OfferDocument

STATES = (State.DRAFT, State.IN_REVIEW, State.WITHDRAWN, State.WITHDRAWN)
"""One of these is the state of one offer in twelve."""
CHUNK = 2_000


def fill(database: Database, corpus: Corpus, size: int, region: Region, now: datetime) -> None:
    """Write a pool of `size` offers, two curators (an officer and one of `GROUP`), and what waits for them."""
    chance = random.Random(size)
    with database.transaction() as session:
        _people(session, now)
        _records(session, size, chance, region)
    _grow(database, list(Offers(corpus, size)), size, chance, now)
    with database.transaction() as session:
        for write in desk_tasks.ALL:
            write(session, size, chance, now)
    with database.transaction() as session:
        _versions(session, size, now)
        _edits(session, size, chance, now, region)


def grow(database: Database, corpus: Corpus, size: int, to: int, now: datetime) -> None:
    """Let a pool that was filled with `size` offers have `to`, and more of what is said and noted about them."""
    chance = random.Random(to)
    _grow(database, list(Offers(corpus, to))[size:], size, chance, now)
    with database.transaction() as session:
        for write in (desk_tasks.lines, desk_tasks.remarks):
            write(session, to, chance, now)


def _grow(database: Database, made: Sequence[OfferDocument], size: int, chance: random.Random, now: datetime) -> None:
    for start in range(0, len(made), CHUNK):
        with database.transaction() as session:
            _offers(session, made[start : start + CHUNK], size, chance, now)


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
        "provider_id": 1 + int(facets["provider"][0]) % (1 + size // 50),
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
        "version": 2 if document.id % 8 == 0 else 1,
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
