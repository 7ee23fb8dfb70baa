"""What happens when nobody answers: the working group calls, then visitors are told to call first, then it is hidden.

Nothing is ever deleted, and every step ends by itself as soon as somebody has checked the offer.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, not_, or_, select
from sqlalchemy.orm import Session

from infopool.curation import log, review
from infopool.curation.checking import HELPLINE, NEXT_DATE_AHEAD, Reason
from infopool.curation.checking_answers import Answer, doubt
from infopool.curation.log import BY_ITSELF
from infopool.curation.models import CheckRequest
from infopool.curation.scope import has_topic
from infopool.directory import freshness, offers
from infopool.directory.facts import State
from infopool.directory.models import Offer
from infopool.directory.regions import Region

CALL_AFTER = timedelta(weeks=2)
"""How long after the reminder (for a next date: after the question) the working group calls."""
DOUBT_AFTER = timedelta(weeks=6)
"""How long the working group has for that before visitors are told to call first."""
HIDE_AFTER = timedelta(days=365)
"""How long after the question an offer that nobody has answered for is hidden."""
UNCHECKED = "unchecked"
"""Why it is withdrawn then."""
BATCH = 100
"""Offers changed in one transaction: whoever wants to save meanwhile waits for one batch, not for all. Each of the
functions below does so many at most and is called again until nothing is left."""
MAY_LAPSE = (CheckRequest.reason == Reason.DUE, not_(has_topic(HELPLINE)))
"""What silence is allowed to take off the pages."""


def settle(session: Session, now: datetime, region: Region) -> int:
    """Close the requests that have become needless: the offer was checked otherwise, is over, or is not shown."""
    today = now.astimezone(region.timezone).date()
    facts = (Offer.state, Offer.ends_on, Offer.valid_until, Offer.checked_on)
    wanted = select(CheckRequest, *facts).join(Offer, Offer.id == CheckRequest.offer_id)
    closed = 0
    for request, state, ends_on, valid_until, checked_on in session.execute(
        wanted.where(CheckRequest.answered_at.is_(None))
    ):
        asked_on = request.asked_at.astimezone(region.timezone).date()
        if state != State.PUBLISHED or freshness.is_over(ends_on, valid_until, today):
            request.answer, request.answered_at = Answer.LAPSED, now
        elif _is_answered_otherwise(request.reason, asked_on, checked_on, ends_on):
            request.answer, request.answered_at = Answer.CALLED, now
        closed += request.answered_at is not None
    return closed


def _is_answered_otherwise(reason: str, asked_on: date, checked_on: date | None, ends_on: date | None) -> bool:
    if reason == Reason.NEXT_DATE:
        return ends_on is None or ends_on > asked_on + NEXT_DATE_AHEAD
    return checked_on is not None and checked_on >= asked_on


def hand_to_group(session: Session, now: datetime, most: int = BATCH) -> int:
    """Ask the working groups to call those who have not answered the reminder either; returns how many."""
    silent_since = now - CALL_AFTER
    reminded = CheckRequest.reminded_at <= silent_since
    next_date = and_(CheckRequest.reason == Reason.NEXT_DATE, CheckRequest.asked_at <= silent_since)
    found = _open(session, most, CheckRequest.to_call_at.is_(None), or_(reminded, next_date))
    for request, _ in found:
        request.to_call_at = now
    return len(found)


def tell_to_call_first(session: Session, now: datetime, region: Region, most: int = BATCH) -> int:
    """Have visitors told to call first where the working group has not come round to it either; returns how many."""
    today = now.astimezone(region.timezone).date()
    told = and_(
        Offer.call_first_since.is_not(None),
        or_(Offer.checked_on.is_(None), Offer.checked_on < Offer.call_first_since),
    )
    found = _open(session, most, *MAY_LAPSE, CheckRequest.to_call_at <= now - DOUBT_AFTER, not_(told))
    for _, offer in found:
        doubt(session, offer, today)
        log.note(session, BY_ITSELF, "doubted", "offer", offer.id, now=now)
    return len(found)


def hide(session: Session, now: datetime, most: int = BATCH) -> int:
    """Take off the pages what nobody has answered for within a year; returns how many."""
    found = _open(session, most, *MAY_LAPSE, CheckRequest.asked_at <= now - HIDE_AFTER)
    for request, offer in found:
        request.answer, request.answered_at = Answer.LAPSED, now
        review.change_state(session, offer, State.WITHDRAWN, BY_ITSELF, now=now, why=UNCHECKED)
    return len(found)


def _open(session: Session, most: int, *conditions: ColumnElement[bool]) -> list[tuple[CheckRequest, Offer]]:
    """The open requests that fulfil these conditions, with their offers, the oldest first."""
    wanted = (
        select(CheckRequest, Offer)
        .join(Offer, Offer.id == CheckRequest.offer_id)
        .where(CheckRequest.answered_at.is_(None), *conditions)
        .options(*offers.WHOLE)
        .order_by(CheckRequest.id)
        .limit(most)
    )
    return [(request, offer) for request, offer in session.execute(wanted).unique()]
