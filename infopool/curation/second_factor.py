"""The second factor: a code of six digits from an app, new every thirty seconds, each good once (TOTP, RFC 6238)."""

from __future__ import annotations

import hmac
import unicodedata
from datetime import datetime

import pyotp
import segno
from sqlalchemy import update
from sqlalchemy.orm import Session

from infopool.curation import log
from infopool.curation.log import Actor
from infopool.curation.models import Curator

SITE = "infopool"
STEP = 30
"""Seconds a code stands on the display."""
DIGITS = 6
AROUND = (-1, 0, 1)
"""Codes of the step before and after are taken too: clocks differ, and people take their time."""


def fresh_secret() -> str:
    """A secret for an app: 160 bits, as 32 letters and digits."""
    return pyotp.random_base32()


def address(secret: str, email: str) -> str:
    """What an app reads out of the picture."""
    return pyotp.TOTP(secret, digits=DIGITS, interval=STEP).provisioning_uri(name=email, issuer_name=SITE)


def picture(secret: str, email: str) -> str:
    """The address as a QR code: an SVG in a data address."""
    return segno.make(address(secret, email), micro=False, error="m").svg_data_uri(scale=5, border=4, light="#fff")


def counter_of(secret: str, typed: str, now: datetime) -> int | None:
    """The number of the step whose code this is, or None when it is none of about now."""
    code = _digits(typed)
    if len(code) != DIGITS:
        return None
    here = int(now.timestamp()) // STEP
    codes = pyotp.HOTP(secret, digits=DIGITS)
    right = [here + step for step in AROUND if hmac.compare_digest(codes.at(here + step), code)]
    return right[0] if right else None


def take(session: Session, curator: Curator, typed: str, now: datetime) -> bool:
    """Whether this is a code of somebody's app that was not taken before; it is used up."""
    counter = counter_of(curator.totp_secret, typed, now) if curator.totp_secret else None
    if counter is None:
        return False
    unused = update(Curator).where(Curator.id == curator.id, Curator.totp_used < counter)
    return bool(session.execute(unused.values(totp_used=counter)).rowcount)  # type: ignore[attr-defined]


def set_up(session: Session, curator: Curator, secret: str, typed: str, now: datetime) -> bool:
    """Ask for codes from now on, if this one shows that the app has the secret."""
    counter = counter_of(secret, typed, now)
    if counter is None:
        return False
    curator.totp_secret, curator.totp_used = secret, counter
    log.note(session, Actor.of(curator), "second-factor", "curator", curator.id, now=now, after=True)
    return True


def give_up(session: Session, curator: Curator, now: datetime) -> None:
    """Ask for no codes any more."""
    if curator.totp_secret:
        curator.totp_secret, curator.totp_used = "", 0
        log.note(session, Actor.of(curator), "second-factor", "curator", curator.id, now=now, before=True, after=False)


def _digits(typed: str) -> str:
    """The digits in what was typed, whatever script they are in and however they are grouped."""
    return "".join(str(unicodedata.digit(sign)) for sign in typed[:40] if sign.isdecimal())
