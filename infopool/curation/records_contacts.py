"""Contacts that many offers share: a phone number, an e-mail or web address, and replacing it everywhere at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from infopool.curation import log, rules
from infopool.curation.imports_history import keep_versions
from infopool.curation.log import BY_ITSELF, Actor
from infopool.curation.models import Curator
from infopool.directory import offers
from infopool.directory.facts import ContactKind
from infopool.directory.models import Contact, Offer
from infopool.directory.reading.contacts import read_emails, read_phones, read_websites
from infopool.messages import N_, Message, Problem

PAGE = 25
BATCH = 200

READERS = {ContactKind.PHONE: read_phones, ContactKind.EMAIL: read_emails, ContactKind.WEBSITE: read_websites}


@dataclass(frozen=True)
class Line:
    """A contact and how many offers name it."""

    kind: ContactKind
    value: str
    used: int


def listing(session: Session, words: str, page: int) -> tuple[list[Line], int]:
    """One page of contacts that hold these words, those of most offers first, and how many there are in all."""
    where = _holding(words)
    used = func.count(Contact.offer_id.distinct())
    different = select(Contact.kind, Contact.value).where(*where).distinct()
    total = session.scalar(select(func.count()).select_from(different.subquery())) or 0
    grouped = select(Contact.kind, Contact.value, used).where(*where).group_by(Contact.kind, Contact.value)
    rows = grouped.order_by(used.desc(), Contact.kind, Contact.value).limit(PAGE).offset((page - 1) * PAGE)
    return [Line(ContactKind(kind), value, count) for kind, value, count in session.execute(rows)], total


def _holding(words: str) -> list[ColumnElement[bool]]:
    """What is typed as a number people dial finds it as it is kept, too."""
    found = read_phones(words)[0] if any(sign.isdigit() for sign in words) else ()
    if found:
        return [Contact.value == found[0].value]
    return [Contact.value.icontains(word, autoescape=True) for word in words.split()[:6]]


def users(session: Session, kind: ContactKind, value: str) -> list[int]:
    """The numbers of the offers that name a contact."""
    named = select(Contact.offer_id).where(Contact.kind == kind, Contact.value == value).distinct()
    return sorted(session.scalars(named))


def read(kind: ContactKind, typed: str) -> str | Problem:
    """A contact as somebody types it, made ready to be kept; or what to write instead."""
    found, left = READERS[kind](typed[:600])
    if len(found) == 1 and not left and len(found[0].value) <= 500:
        return found[0].value
    return Problem("value", Message(WRITE[kind]))


WRITE: dict[ContactKind, str] = {
    ContactKind.PHONE: N_("Write one phone number, like 07751 1234."),
    ContactKind.EMAIL: N_("Write one e-mail address, like name@example.org."),
    ContactKind.WEBSITE: N_("Write one web address, like https://example.org."),
}


def changeable(session: Session, curator: Curator, ids: Sequence[int]) -> list[int]:
    """Those of these offers in which somebody may replace a contact without their forms."""
    return [one.id for one in offers.some(session, ids) if rules.may_change_at_once(session, curator, one)]


def replace(
    session: Session, kind: ContactKind, old: str, new: str, actor: Actor, *, now: datetime, only: Sequence[int]
) -> int:
    """Put a new contact in the place of an old one in these offers; gives how many were changed.

    An offer that names the new one already loses the old one. Each keeps a version of before.
    """
    ids = [number for number in users(session, kind, old) if number in set(only)]
    if old == new:
        return 0
    for start in range(0, len(ids), BATCH):
        found = list(offers.some(session, ids[start : start + BATCH]))
        keep_versions(session, found, BY_ITSELF, now=now)
        for offer in found:
            _replace_in(offer, kind, old, new)
            offer.edited_at = now
            flag_modified(offer, "edited_at")
        session.flush()
        keep_versions(session, found, actor, now=now)
        for offer in found:
            told = {"version": offer.version, kind.value: new}
            log.note(session, actor, "written", "offer", offer.id, now=now, before={kind.value: old}, after=told)
        offers.note_change(session, [offer.id for offer in found])
    return len(ids)


def _replace_in(offer: Offer, kind: ContactKind, old: str, new: str) -> None:
    there = any(contact.kind == kind and contact.value == new for contact in offer.contacts)
    for contact in list(offer.contacts):
        if contact.kind == kind and contact.value == old:
            if there:
                offer.contacts.remove(contact)
            else:
                contact.value, there = new, True
