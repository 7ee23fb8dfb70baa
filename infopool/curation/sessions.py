"""Open sessions of people with an account: kept here, so that they can be ended here."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from infopool.curation.models import Curator, SignIn

IDLE = timedelta(minutes=30)
"""Without a request for so long, and a session is over."""
LONGEST = timedelta(hours=12)
"""A session is over after so long, used or not."""
TOUCH = timedelta(minutes=1)
"""How exactly the last request is noted; noting each would write at each."""


def fingerprint(token: str) -> str:
    """What is kept of a token. It is random and long, so a plain SHA-256 cannot be turned back."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def begin(session: Session, curator: Curator, now: datetime, *, device: str = "", halfway: bool = False) -> str:
    """Begin a session; returns the token for the browser's cookie, 256 random bits that stand nowhere else."""
    forget_over(session, now)
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            token_hash=fingerprint(token),
            curator_id=curator.id,
            begun_at=now,
            seen_at=now,
            device=device,
            halfway=halfway,
        )
    )
    session.flush()
    return token


def find(session: Session, token: str, now: datetime) -> tuple[SignIn, Curator] | None:
    """The session and the person behind a token; None when it is unknown, over, or the account is shut."""
    wanted = select(SignIn, Curator).join(Curator, Curator.id == SignIn.curator_id)
    found = session.execute(wanted.where(SignIn.token_hash == fingerprint(token))).first()
    if found is None:
        return None
    sign_in, curator = found
    over = now - sign_in.seen_at > IDLE or now - sign_in.begun_at > LONGEST
    return None if over or curator.disabled_at else (sign_in, curator)


def touch(session: Session, token: str, now: datetime) -> None:
    """Note that a session is in use."""
    sign_in = session.get(SignIn, fingerprint(token))
    if sign_in:
        sign_in.seen_at = now


def end(session: Session, token: str) -> None:
    """End one session."""
    session.execute(delete(SignIn).where(SignIn.token_hash == fingerprint(token)))


def open_ones(session: Session, curator_id: int, now: datetime) -> list[SignIn]:
    """The sessions of a person that are not over, the last used first."""
    wanted = (
        select(SignIn)
        .where(SignIn.curator_id == curator_id, SignIn.seen_at >= now - IDLE, SignIn.begun_at >= now - LONGEST)
        .where(SignIn.halfway.is_(False))
    )
    return list(session.scalars(wanted.order_by(SignIn.seen_at.desc(), SignIn.token_hash)))


def number(sign_in: SignIn) -> str:
    """What a page calls a session by: the beginning of its fingerprint, out of which no token can be made."""
    return sign_in.token_hash[:16]


def end_one(session: Session, curator_id: int, called: str) -> None:
    """End the session of a person that a page calls by this number."""
    for one in session.scalars(select(SignIn).where(SignIn.curator_id == curator_id)):
        if number(one) == called:
            session.delete(one)


def forget_over(session: Session, now: datetime) -> None:
    """Forget sessions that are over."""
    session.execute(delete(SignIn).where(or_(SignIn.seen_at < now - IDLE, SignIn.begun_at < now - LONGEST)))


def end_all(session: Session, curator_id: int, *, but: str = "") -> None:
    """End all sessions of a person, except the one with this token."""
    gone = delete(SignIn).where(SignIn.curator_id == curator_id)
    session.execute(gone.where(SignIn.token_hash != fingerprint(but)) if but else gone)
