"""Links that are good once and for a while: invitations, and ways to a new password."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from infopool.curation.models import Curator, Ticket
from infopool.curation.sessions import fingerprint


class Purpose(StrEnum):
    """What a link is for."""

    INVITATION = "invitation"
    PASSWORD = "password"


GOOD_FOR = {Purpose.INVITATION: timedelta(days=7), Purpose.PASSWORD: timedelta(hours=1)}
"""How long a link is good."""


def issue(session: Session, curator: Curator, purpose: Purpose, now: datetime) -> str:
    """A new link for somebody; older ones of hers for the same purpose are void. Returns what makes it a secret: 256
    random bits that stand nowhere else."""
    session.execute(delete(Ticket).where(Ticket.curator_id == curator.id, Ticket.purpose == purpose))
    token = secrets.token_urlsafe(32)
    until = now + GOOD_FOR[purpose]
    session.add(Ticket(token_hash=fingerprint(token), curator_id=curator.id, purpose=purpose, good_until=until))
    session.flush()
    return token


def holder(session: Session, token: str, purpose: Purpose, now: datetime) -> Curator | None:
    """Whose link this is; None when it is unknown, used, too old, or the account is shut."""
    ticket = session.get(Ticket, fingerprint(token))
    if ticket is None or ticket.purpose != purpose or ticket.used_at or now > ticket.good_until:
        return None
    curator = session.get(Curator, ticket.curator_id)
    return curator if curator and not curator.disabled_at else None


def use(session: Session, token: str, purpose: Purpose, now: datetime) -> Curator | None:
    """The same, and the link is used up: of two who follow it at the same moment only one gets in."""
    curator = holder(session, token, purpose, now)
    unused = update(Ticket).where(Ticket.token_hash == fingerprint(token), Ticket.used_at.is_(None))
    if curator is None or session.execute(unused.values(used_at=now)).rowcount != 1:  # type: ignore[attr-defined]
        return None
    return curator


def void_all(session: Session, curator_id: int) -> None:
    """Take back every link of somebody."""
    session.execute(delete(Ticket).where(Ticket.curator_id == curator_id))
