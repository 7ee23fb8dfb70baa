"""Erasing somebody's data for good: a name, a number, an address, wherever the pool has kept it.

Offers, their versions, edits, mails and visitors' words lose it; the lines of the log stay and say that something was
there. This is the one place where anything is ever taken out of the past.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from infopool.curation import log
from infopool.curation.log import Actor
from infopool.curation.models import CheckRequest, Edit, ImportRun, LogEntry, Mail, OfferVersion
from infopool.db import Base, Database
from infopool.directory import offers
from infopool.directory.models import Contact, EarlierText, Offer, OfferText, Remark
from infopool.directory.reading.contacts import read_phones
from infopool.messages import N_, Message, Problem

MARK = "…"
"""What stands where something was erased."""
SHORTEST = 4
"""Characters under which a text would hit too much."""

TEXTS: tuple[tuple[type[Base], tuple[str, ...]], ...] = (
    (OfferText, ("title", "summary", "description", "registration", "documents")),
    (EarlierText, ("title", "summary", "description", "registration", "documents")),
    (Offer, ("checked_by", "waiting", "kept")),
    (Contact, ("note",)),
    (OfferVersion, ("content", "who")),
    (LogEntry, ("before", "after", "who")),
    (Edit, ("fields", "note", "title", "author", "reviewed_by")),
    (Remark, ("words", "contact", "answer", "closed_by")),
    (Mail, ("to", "subject", "words", "fault")),
    (CheckRequest, ("address",)),
    (ImportRun, ("report", "chosen", "by")),
)
"""Where words about people are kept."""


@dataclass(frozen=True)
class Erased:
    """How many rows lost something, by table, and the offers that did."""

    rows: dict[str, int]
    offers: frozenset[int]

    @property
    def count(self) -> int:
        """All rows together."""
        return sum(self.rows.values())


def pattern_of(text: str, country: str = "DE") -> re.Pattern[str] | Problem:
    """What to look for: a phone number however it is written, anything else as whole words in any case."""
    wanted = " ".join(text.split())
    if len(wanted) < SHORTEST:
        return Problem("text", Message(N_("Write at least %(count)s characters."), {"count": SHORTEST}))
    phones, left = read_phones(wanted, country)
    if phones and not left:
        return _phone(phones[0].value)
    words = r"\s+".join(re.escape(word) for word in wanted.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.I)


def _phone(value: str) -> re.Pattern[str]:
    between = r"[\s()/.\-‐-—]*"
    national = value.removeprefix("+49") if value.startswith("+49") else value.lstrip("+")
    digits = between.join(re.escape(digit) for digit in national)
    before = rf"(?:(?:\+|00)49{between}(?:\(0\))?|0){between}" if value.startswith("+49") else r"(?:\+|00)?"
    return re.compile(rf"(?<!\d){before}{digits}(?!\d)")


def erase(session: Session, pattern: re.Pattern[str], actor: Actor, now: datetime) -> Erased:
    """Take it out everywhere; contacts whose number or address it is go as a whole. The search learns of it."""
    rows: dict[str, int] = {}
    touched: set[int] = set()
    _contacts(session, pattern, rows, touched)
    for table, columns in TEXTS:
        for row in session.scalars(select(table).execution_options(yield_per=200)):
            if _clear(row, columns, pattern):
                rows[table.__tablename__] = rows.get(table.__tablename__, 0) + 1
                touched |= _offer_of(row)
    for offer_id in touched:
        offer = offers.get(session, offer_id)
        if offer:
            offer.edited_at = now
            log.keep_version(session, offer, actor, now=now)
    offers.note_change(session, sorted(touched))
    log.note(session, actor, "erased", "person", None, now=now, after={"rows": rows})
    session.flush()
    return Erased(rows, frozenset(touched))


def _contacts(session: Session, pattern: re.Pattern[str], rows: dict[str, int], touched: set[int]) -> None:
    for contact in session.scalars(select(Contact).execution_options(yield_per=500)).all():
        if pattern.fullmatch(contact.value):
            touched.add(contact.offer_id)
            rows["contacts"] = rows.get("contacts", 0) + 1
            contact.offer.contacts.remove(contact)
    session.flush()


def _offer_of(row: Base) -> set[int]:
    if isinstance(row, OfferText | Contact):
        return {row.offer_id}
    return {row.id} if isinstance(row, Offer) else set()


def _clear(row: Base, columns: tuple[str, ...], pattern: re.Pattern[str]) -> bool:
    changed = False
    for name in columns:
        before = getattr(row, name)
        after = cleared(before, pattern)
        if after != before:
            setattr(row, name, after)
            changed = True
    return changed


def cleared(value: Any, pattern: re.Pattern[str]) -> Any:
    """A plain value without what the pattern finds; contacts in it whose value it is go as a whole."""
    if isinstance(value, str):
        return pattern.sub(MARK, value)
    if isinstance(value, tuple):
        return tuple(cleared(item, pattern) for item in value)
    if isinstance(value, list):
        return [cleared(item, pattern) for item in value if not _is_contact(item, pattern)]
    if isinstance(value, dict):
        return {key: cleared(item, pattern) for key, item in value.items()}
    return value


def _is_contact(item: Any, pattern: re.Pattern[str]) -> bool:
    return isinstance(item, dict) and "kind" in item and pattern.fullmatch(str(item.get("value", ""))) is not None


def wipe(database: Database) -> None:
    """Have the database forget the bytes too: SQLite keeps what was deleted in its file until it is written anew."""
    if not database.is_sqlite:
        return
    run: Callable[[str], object]
    with database.writer.connect() as connection:
        run = connection.exec_driver_sql
        run("COMMIT")
        run("PRAGMA wal_checkpoint(TRUNCATE)")
        run("VACUUM")
        run("PRAGMA wal_checkpoint(TRUNCATE)")
        run("BEGIN")
