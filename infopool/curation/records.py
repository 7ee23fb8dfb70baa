"""Providers and venues as records of their own: listed, looked at, changed in one place for all their offers."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rapidfuzz import fuzz, process
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from infopool.curation import log
from infopool.curation.log import Actor
from infopool.directory import offers
from infopool.directory.checks import check_venue
from infopool.directory.drafts import VenueDraft
from infopool.directory.facts import PROVIDER_KINDS
from infopool.directory.models import Offer, Provider, Venue
from infopool.directory.reading.cleaning import clean
from infopool.directory.reading.words import fold
from infopool.directory.regions import Region
from infopool.messages import N_, Message, Problem

PAGE = 25
CLOSE = 88.0
"""How alike two names must be (0-100) to be named as perhaps the same."""
MOST_ALIKE = 5

Record = Provider | Venue


class Kind(StrEnum):
    """Art eines Eintrags, as it stands in addresses."""

    PROVIDERS = "providers"
    VENUES = "venues"


MODELS: dict[Kind, type[Provider] | type[Venue]] = {Kind.PROVIDERS: Provider, Kind.VENUES: Venue}
SUBJECTS: dict[Kind, str] = {Kind.PROVIDERS: "provider", Kind.VENUES: "venue"}
"""What the log calls them."""
FIELDS: dict[Kind, tuple[str, ...]] = {
    Kind.PROVIDERS: ("name", "kind", "website"),
    Kind.VENUES: ("name", "street", "postcode", "town", "place", "latitude", "longitude", "confidential"),
}
"""Their facts, in the order of the form."""


@dataclass(frozen=True)
class Line:
    """A record of a listing, with how many offers use it."""

    record: Record
    used: int


def title_of(record: Record) -> str:
    """What a record is called on a page."""
    if isinstance(record, Provider):
        return record.name
    return ", ".join(part for part in (record.name, record.street, f"{record.postcode} {record.town}".strip()) if part)


def listing(session: Session, kind: Kind, words: str, page: int) -> tuple[list[Line], int]:
    """One page of records whose facts hold all of these words, and how many there are in all."""
    model = MODELS[kind]
    where = _holding(kind, words)
    total = session.scalar(select(func.count()).select_from(model).where(*where)) or 0
    used = select(func.count()).where(_link(kind) == model.id).scalar_subquery()
    order = (Provider.name, Provider.id) if kind is Kind.PROVIDERS else (Venue.town, Venue.street, Venue.name, Venue.id)
    rows = select(model, used).where(*where).order_by(*order).limit(PAGE).offset((page - 1) * PAGE)
    return [Line(record, count) for record, count in session.execute(rows)], total


def _link(kind: Kind) -> ColumnElement[int | None]:
    column = Offer.provider_id if kind is Kind.PROVIDERS else Offer.venue_id
    return column.expression


def _holding(kind: Kind, words: str) -> list[ColumnElement[bool]]:
    columns = [Provider.name] if kind is Kind.PROVIDERS else [Venue.name, Venue.street, Venue.postcode, Venue.town]
    return [or_(*(column.icontains(word, autoescape=True) for column in columns)) for word in words.split()[:6]]


def get(session: Session, kind: Kind, number: int) -> Record | None:
    """The record with this number, or None."""
    return session.get(Provider, number) if kind is Kind.PROVIDERS else session.get(Venue, number)


def users(session: Session, kind: Kind, number: int, page: int = 1, most: int = PAGE) -> tuple[list[Offer], int]:
    """One page of the offers that use a record, and how many there are."""
    ids = list(session.scalars(select(Offer.id).where(_link(kind) == number).order_by(Offer.id)))
    return list(offers.some(session, ids[(page - 1) * most : page * most])), len(ids)


def facts(record: Record) -> dict[str, str]:
    """The facts of a record as a form shows them."""
    kind = Kind.PROVIDERS if isinstance(record, Provider) else Kind.VENUES
    return {field: _shown(getattr(record, field)) for field in FIELDS[kind]}


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if value is None:
        return ""
    return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",") if isinstance(value, float) else str(value)


def seal(record: Record) -> str:
    """A mark of what a record says now, to notice at saving that somebody else was quicker."""
    return hashlib.sha256(json.dumps(facts(record), sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Changed:
    """The record says it now, in so many offers."""

    offers: int


def change(
    session: Session,
    kind: Kind,
    record: Record,
    typed: Mapping[str, str],
    actor: Actor,
    *,
    now: datetime,
    region: Region,
    seen: str,
) -> Changed | tuple[Problem, ...]:
    """Change the facts of a record, and with it what all its offers say; or say what is wrong."""
    if seen != seal(record):
        sentence = N_("Somebody has changed this meanwhile. Please look at it once more; what you typed is still here.")
        return (Problem("seen", Message(sentence)),)
    values = read(session, kind, record, typed, region)
    if isinstance(values, tuple):
        return values
    before = facts(record)
    for field, value in values.items():
        setattr(record, field, value)
    session.flush()
    after = facts(record)
    if after == before:
        return Changed(0)
    told = {field: (before[field], after[field]) for field in after if before[field] != after[field]}
    log.note(
        session,
        actor,
        "written",
        SUBJECTS[kind],
        record.id,
        now=now,
        before={field: pair[0] for field, pair in told.items()},
        after={field: pair[1] for field, pair in told.items()},
    )
    ids = list(session.scalars(select(Offer.id).where(_link(kind) == record.id)))
    offers.note_change(session, ids)
    return Changed(len(ids))


def read(
    session: Session, kind: Kind, record: Record, typed: Mapping[str, str], region: Region
) -> dict[str, object] | tuple[Problem, ...]:
    """The values a form gives, or what is wrong with them."""
    texts = {field: " ".join(clean(typed.get(field, "")[:5_000]).split()) for field in FIELDS[kind]}
    if kind is Kind.PROVIDERS:
        return _provider(session, record, texts)
    return _venue(texts, region)


def _provider(session: Session, record: Record, texts: dict[str, str]) -> dict[str, object] | tuple[Problem, ...]:
    problems = []
    if not texts["name"]:
        problems.append(Problem("name", Message(N_("Write what the provider is called."))))
    if len(texts["name"]) > 300:
        problems.append(
            Problem("name", Message(N_("Shorten this text to %(most)s characters or fewer."), {"most": 300}))
        )
    if texts["kind"] not in PROVIDER_KINDS:
        problems.append(Problem("kind", Message(N_("Choose one of the answers in the list."))))
    if texts["website"] and not re.fullmatch(r"https?://\S{1,1000}", texts["website"]):
        problems.append(Problem("website", Message(N_("Write an address that starts with https:// or http://."))))
    same = select(Provider.id).where(func.lower(Provider.name) == texts["name"].lower(), Provider.id != record.id)
    if texts["name"] and session.scalars(same).first() is not None:
        sentence = N_("Another provider is called like this already. Merge the two instead.")
        problems.append(Problem("name", Message(sentence)))
    return tuple(problems) if problems else dict(texts)


def _venue(texts: dict[str, str], region: Region) -> dict[str, object] | tuple[Problem, ...]:
    degrees: dict[str, float | None] = {}
    problems = []
    for field in ("latitude", "longitude"):
        written = texts[field].replace(",", ".")
        if written and not re.fullmatch(r"-?\d{1,3}(\.\d{1,12})?", written):
            problems.append(Problem(field, Message(N_("Write degrees as a number, like 47,6234."))))
        degrees[field] = float(written) if written and not problems else None
    confidential = texts["confidential"] == "yes"
    draft = VenueDraft(
        texts["name"],
        texts["street"],
        texts["postcode"],
        texts["town"],
        texts["place"],
        degrees["latitude"],
        degrees["longitude"],
        confidential,
    )
    problems += [] if problems else [_at_field(problem) for problem in check_venue(draft, region)]
    if not any((texts["name"], texts["street"], texts["town"], texts["place"])):
        problems.append(Problem("name", Message(N_("Write at least a name, a street or a town."))))
    return tuple(problems) if problems else {**texts, **degrees, "confidential": confidential}


def _at_field(problem: Problem) -> Problem:
    return Problem("name" if problem.field == "venue" else problem.field, problem.message)


@dataclass(frozen=True)
class Alike:
    """A record that may be the same as another."""

    number: int
    title: str


def alike(session: Session, record: Record) -> list[Alike]:
    """The records that may be the same one as this, the most alike first."""
    if isinstance(record, Provider):
        rows = session.execute(select(Provider.id, Provider.name).where(Provider.id != record.id))
        titles = {row.id: row.name for row in rows}
        names = {number: _name(name) for number, name in titles.items()}
        found = process.extract(
            _name(record.name), names, scorer=fuzz.token_set_ratio, score_cutoff=CLOSE, limit=MOST_ALIKE
        )
        return [Alike(number, titles[number]) for _, _, number in found]
    there = select(Venue).where(Venue.postcode == record.postcode, Venue.id != record.id)
    near = [venue for venue in session.scalars(there.limit(500)) if venue.street and _street(venue) == _street(record)]
    return [Alike(venue.id, title_of(venue)) for venue in near[:MOST_ALIKE]]


_LEGAL = re.compile(r"\b(?:e ?v|g?gmbh|ggmbh|eg|ag|kg|ug)\b")


def _name(name: str) -> str:
    """A provider's name for comparing, without its legal form."""
    return " ".join(_LEGAL.sub(" ", fold(name)).split()) or fold(name)


def _street(venue: Venue) -> str:
    return re.sub(r"strasse\b|str\b", "str", fold(venue.street)).replace(" ", "")


def suspects(session: Session, kind: Kind, most: int = 10) -> list[tuple[Alike, Alike]]:
    """Pairs of records that are surely written in two ways: the same name but for its spelling, the same house."""
    groups: dict[str, list[Alike]] = defaultdict(list)
    if kind is Kind.PROVIDERS:
        for row in session.execute(select(Provider.id, Provider.name).order_by(Provider.id)):
            groups[_name(row.name)].append(Alike(row.id, row.name))
    else:
        for venue in session.scalars(select(Venue).where(Venue.street != "").order_by(Venue.id)):
            key = f"{venue.postcode} {_street(venue)} {fold(venue.name)}"
            groups[key].append(Alike(venue.id, title_of(venue)))
    pairs = [(same[0], other) for same in groups.values() for other in same[1:]]
    return pairs[:most]


def places_used(session: Session) -> dict[str, int]:
    """Place -> how many offers happen there."""
    rows = select(Venue.place, func.count(Offer.id)).join(Offer, Offer.venue_id == Venue.id).group_by(Venue.place)
    return {row[0]: row[1] for row in session.execute(rows) if row[0]}
