"""Two records that are the same: one keeps the facts that are chosen and all offers, the other goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from infopool.curation import log, records
from infopool.curation.imports_history import keep_versions
from infopool.curation.log import BY_ITSELF, Actor
from infopool.curation.records import FIELDS, SUBJECTS, Kind, Record
from infopool.directory import offers
from infopool.directory.models import Offer, Provider, Venue
from infopool.directory.regions import Region
from infopool.messages import Problem

BATCH = 200


@dataclass(frozen=True)
class Merged:
    """There is one record left, with so many offers of the other."""

    moved: int


def merged_facts(kind: Kind, kept: Record, other: Record, theirs: Mapping[str, str]) -> dict[str, str]:
    """The facts of the one record that is left: its own, and the other's where `theirs` says so.

    An address that either keeps secret stays secret; coordinates come together.
    """
    mine, its = records.facts(kept), records.facts(other)
    told = {field: its[field] if theirs.get(field) == "other" else mine[field] for field in FIELDS[kind]}
    if kind is Kind.VENUES:
        told["confidential"] = mine["confidential"] or its["confidential"]
        told["longitude"] = (its if theirs.get("latitude") == "other" else mine)["longitude"]
    return told


def merge(
    session: Session,
    kind: Kind,
    kept: Record,
    other: Record,
    theirs: Mapping[str, str],
    actor: Actor,
    *,
    now: datetime,
    region: Region,
) -> Merged | tuple[Problem, ...]:
    """Merge `other` into `kept`: all its offers move, each keeping a version of before, and the other record goes.

    The log keeps what it said. What sources bring next is still taken in; moving is nobody's edit of an offer.
    """
    told = merged_facts(kind, kept, other, theirs)
    gone = {"merged": other.id, **records.facts(other)}
    moved = _move(session, kind, kept, other, actor, now)
    number = other.id
    session.delete(other)
    session.flush()
    log.note(session, actor, "merged", SUBJECTS[kind], kept.id, now=now, before=gone, after={"offers": moved})
    log.note(session, actor, "merged-away", SUBJECTS[kind], number, now=now, before=gone, after={"into": kept.id})
    changed = records.change(session, kind, kept, told, actor, now=now, region=region, seen=records.seal(kept))
    if isinstance(changed, tuple):
        return changed
    offers.note_change(session, moved)
    return Merged(len(moved))


def _move(session: Session, kind: Kind, kept: Record, other: Record, actor: Actor, now: datetime) -> list[int]:
    column = Offer.provider_id if kind is Kind.PROVIDERS else Offer.venue_id
    ids = list(session.scalars(select(column.class_.id).where(column == other.id).order_by(Offer.id)))
    for start in range(0, len(ids), BATCH):
        found = list(offers.some(session, ids[start : start + BATCH]))
        keep_versions(session, found, BY_ITSELF, now=now)
        for offer in found:
            if offer.imported_version is not None and offer.imported_version == offer.version:
                offer.imported_version = offer.version + 1
            if isinstance(kept, Provider):
                offer.provider = kept
            elif isinstance(kept, Venue):
                offer.venue = kept
            flag_modified(offer, "edited_at")
        session.flush()
        keep_versions(session, found, actor, now=now)
    return ids
