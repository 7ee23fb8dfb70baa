"""What visitors say: something is wrong with an offer, or one is missing. Kept without a name, for the curators."""

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
LONGEST_LINE = 200
"""Characters of the short fields: a title, a way to reach somebody."""

REMARK, SUGGESTION = "remark", "suggestion"

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
    return list(session.scalars(select(Remark).where(Remark.closed_on.is_(None)).order_by(Remark.left_on, Remark.id)))


def leave(
    session: Session, offer_id: int, reason: str, words: str, *, language: str, today: date, contact: str = ""
) -> Problem | None:
    """Keep a remark about a published offer; a Problem when it says nothing, says too much or is about no offer.

    `contact` is a way to answer the visitor, if she wants that.
    """
    # What a terminal would obey and what PostgreSQL cannot hold (NUL, lone surrogates) goes; so do tags.
    words, contact = clean(words), _line(contact)
    if reason and reason not in REASONS:
        return Problem("reason", Message(N_("Choose one of the answers in the list.")))
    if not words and not reason:
        return Problem("words", Message(N_("Choose an answer or write a few words.")))
    problem = _too_long("words", words, LONGEST) or _too_long("contact", contact, LONGEST_LINE)
    if problem:
        return problem
    if offers.published(session, offer_id) is None:
        return Problem("offer", Message(N_("This offer no longer exists.")))
    session.add(
        Remark(
            kind=REMARK,
            offer_id=offer_id,
            reason=reason,
            words=words,
            contact=contact,
            language=language,
            left_on=today,
        )
    )
    return None


def suggest(
    session: Session, title: str, words: str, *, language: str, today: date, contact: str = ""
) -> Problem | None:
    """Keep what a visitor says about an offer that is missing; a Problem when it has no title or says too much."""
    title, words, contact = _line(title), clean(words), _line(contact)
    if not title:
        return Problem("title", Message(N_("Write what it is, in a few words.")))
    problem = (
        _too_long("title", title, LONGEST_LINE)
        or _too_long("words", words, LONGEST)
        or _too_long("contact", contact, LONGEST_LINE)
    )
    if problem:
        return problem
    whole = f"{title}\n{words}".strip()
    session.add(Remark(kind=SUGGESTION, words=whole, contact=contact, language=language, left_on=today))
    return None


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _too_long(field: str, text: str, most: int) -> Problem | None:
    if len(text) <= most:
        return None
    return Problem(field, Message(N_("Write at most %(most)s characters."), {"most": most}))
