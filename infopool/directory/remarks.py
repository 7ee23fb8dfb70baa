"""What visitors say is wrong with an offer: kept without a name, for the curators."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from infopool.directory import offers
from infopool.directory.models import Remark
from infopool.directory.reading.cleaning import clean
from infopool.messages import N_, Message, Problem

LONGEST = 2_000
"""Characters a remark may have."""

REASONS: dict[str, str] = {
    "gone": N_("The offer no longer exists"),
    "wrong": N_("The time or the place is wrong"),
    "silent": N_("Nobody answered"),
    "treated-badly": N_("I was treated badly"),
    "other": N_("Something else"),
}
"""What may be wrong, as the form lists it."""


def waiting(session: Session) -> list[Remark]:
    """All remarks nobody has dealt with, the oldest first."""
    return list(session.scalars(select(Remark).order_by(Remark.left_on, Remark.id)))


def deal_with(session: Session, remark_id: int) -> Problem | None:
    """Delete a remark once somebody has acted on it, as the privacy page promises; a Problem when there is none."""
    remark = session.get(Remark, remark_id)
    if remark is None:
        return Problem("remark", Message(N_("There is no remark with this number.")))
    session.delete(remark)
    return None


def leave(session: Session, offer_id: int, reason: str, words: str, *, language: str, today: date) -> Problem | None:
    """Keep a remark about a published offer; a Problem when it says nothing, says too much or is about no offer."""
    # What a terminal would obey and what PostgreSQL cannot hold (NUL, lone surrogates) goes; so do tags.
    words = clean(words)
    if reason and reason not in REASONS:
        return Problem("reason", Message(N_("Choose one of the answers in the list.")))
    if not words and not reason:
        return Problem("words", Message(N_("Choose an answer or write a few words.")))
    if len(words) > LONGEST:
        return Problem("words", Message(N_("Write at most %(most)s characters."), {"most": LONGEST}))
    if offers.published(session, offer_id) is None:
        return Problem("offer", Message(N_("This offer no longer exists.")))
    session.add(Remark(offer_id=offer_id, reason=reason, words=words, language=language, left_on=today))
    return None
