"""What comes back: the provider's answer by her link, and what the working group found out by a call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from infopool.curation import edits, log, review
from infopool.curation.forms import Fields
from infopool.curation.log import BY_ITSELF, PROVIDER, Actor
from infopool.curation.models import CheckRequest, Edit, LogEntry
from infopool.directory import offers
from infopool.directory.facts import CheckMethod, State
from infopool.directory.models import Offer
from infopool.directory.regions import Region

NOBODY_THERE = "called-in-vain"
"""How the log names a call that nobody answered."""


class Answer(StrEnum):
    """Antwort, as `CheckRequest.answer` keeps it."""

    NONE = ""
    RIGHT = "right"
    CHANGE = "change"
    GONE = "gone"
    CALLED = "called"
    LAPSED = "lapsed"


class Result(StrEnum):
    """Ergebnis of a call by the working group."""

    RIGHT = "right"
    CHANGED = "changed"
    NOBODY = "nobody"
    GONE = "gone"


METHODS = (CheckMethod.PHONE, CheckMethod.WEB, CheckMethod.EMAIL, CheckMethod.VISIT)
"""How the working group finds out."""


@dataclass(frozen=True)
class Room:
    """Freie Plätze und Wartezeit, as a provider gives them; None and empty: nothing said."""

    free_places: int | None = None
    waiting: str = ""


def open_request(session: Session, offer_id: int) -> CheckRequest | None:
    """The open request about an offer; held until the transaction ends where the database can do that."""
    wanted = select(CheckRequest).where(CheckRequest.offer_id == offer_id, CheckRequest.answered_at.is_(None))
    return session.scalars(wanted.with_for_update()).first()


def requests(session: Session, ids: Iterable[int]) -> list[CheckRequest]:
    """The requests with these numbers, in their order; those that are gone with their offer are left out."""
    return list(session.scalars(select(CheckRequest).where(CheckRequest.id.in_(list(ids))).order_by(CheckRequest.id)))


def is_answered(request: CheckRequest) -> bool:
    """Whether a request needs no answer by its link any more."""
    return request.answered_at is not None or request.answer != Answer.NONE


def say_right(session: Session, request: CheckRequest, offer: Offer, room: Room, *, now: datetime, today: date) -> None:
    """The provider says that all is still right, and perhaps how much room there is."""
    _close(request, Answer.RIGHT, now)
    mark_checked(session, offer, PROVIDER, CheckMethod.PROVIDER, now=now, today=today, room=room)


def say_changed(
    session: Session, request: CheckRequest, offer: Offer, fields: Fields, note: str, *, now: datetime, region: Region
) -> Edit:
    """The provider tells what has changed: it waits for a review; visitors see the offer as it was until then. The
    review counts as the check."""
    _close(request, Answer.CHANGE, now)
    checked: Fields = {"checked": CheckMethod.PROVIDER.value}
    return edits.propose(session, "provider", fields | checked, now=now, region=region, offer=offer, note=note)


def say_gone(session: Session, request: CheckRequest, offer: Offer, *, now: datetime, today: date) -> None:
    """The provider says that it is no longer offered. A mail may have come to the wrong hands, so it stays on the
    pages, with “please call first”, until the working group has confirmed that with one click."""
    request.answer = Answer.GONE
    request.to_call_at = now
    log.note(session, PROVIDER, "says-gone", "offer", offer.id, now=now)
    doubt(session, offer, today)


def doubt(session: Session, offer: Offer, today: date) -> None:
    """Have visitors told to call first, until somebody has checked the offer."""
    _as_imported(offer)
    offer.call_first_since = today
    session.flush()
    offers.note_change(session, [offer.id])


def mark_checked(
    session: Session,
    offer: Offer,
    actor: Actor,
    how: CheckMethod,
    *,
    now: datetime,
    today: date,
    by: str = "",
    room: Room | None = None,
) -> None:
    """Note that somebody has made sure that an offer is right. It does not make it an edited one: what its source
    brings next is still taken in, and the day of its last change stays."""
    log.keep_version(session, offer, BY_ITSELF, now=now)
    before = _check_of(offer)
    _as_imported(offer)
    offer.checked_on, offer.checked_how, offer.checked_by = today, how, by
    offer.call_first_since = None
    if room and (room.free_places is not None or room.waiting):
        offer.free_places, offer.waiting, offer.capacity_as_of = room.free_places, room.waiting, today
    session.flush()
    log.keep_version(session, offer, actor, now=now)
    log.note(session, actor, "checked", "offer", offer.id, now=now, before=before, after=_check_of(offer))
    offers.note_change(session, [offer.id])


def _as_imported(offer: Offer) -> None:
    if offer.imported_version is not None and offer.imported_version == offer.version:
        # The flush below counts the version up by one.
        offer.imported_version = offer.version + 1


def _check_of(offer: Offer) -> dict[str, object]:
    on = offer.checked_on.isoformat() if offer.checked_on else None
    found = {"on": on, "how": str(offer.checked_how), "by": offer.checked_by}
    return found | {"free_places": offer.free_places, "waiting": offer.waiting}


def note_result(
    session: Session,
    offer: Offer,
    actor: Actor,
    result: Result,
    method: CheckMethod,
    *,
    now: datetime,
    today: date,
) -> None:
    """Keep what a curator found out about an offer: it is right, gone, being changed, or nobody was there.

    What is right again after it was hidden for want of an answer comes back at once. What is being changed stays on the
    list until it was checked or published anew.
    """
    told = {"result": result.value, "how": method.value}
    if result is Result.NOBODY:
        log.note(session, actor, NOBODY_THERE, "offer", offer.id, now=now, after=told)
        return
    if result is Result.CHANGED:
        log.note(session, actor, "called", "offer", offer.id, now=now, after=told)
        return
    request = open_request(session, offer.id)
    if request:
        _close(request, Answer.CALLED, now)
    if result is Result.RIGHT:
        mark_checked(session, offer, actor, method, now=now, today=today, by=actor.name)
        if offer.state == State.WITHDRAWN and offer.withdrawn_why == "unchecked":
            review.change_state(session, offer, State.PUBLISHED, actor, now=now)
    elif offer.state != State.WITHDRAWN or offer.withdrawn_why != "gone":
        review.change_state(session, offer, State.WITHDRAWN, actor, now=now, why="gone", words=method.value)


def _close(request: CheckRequest, answer: Answer, now: datetime) -> None:
    request.answer, request.answered_at = answer, now


def calls_in_vain(session: Session, offer_ids: Iterable[int], since: datetime) -> dict[int, tuple[int, datetime]]:
    """For each of these offers that was called in vain: how often since a moment, and when last."""
    wanted = (
        select(LogEntry.subject_id, func.count(), func.max(LogEntry.at))
        .where(
            LogEntry.subject == "offer",
            LogEntry.subject_id.in_(list(offer_ids)),
            LogEntry.action == NOBODY_THERE,
            LogEntry.at >= since,
        )
        .group_by(LogEntry.subject_id)
    )
    return {offer_id: (count, last) for offer_id, count, last in session.execute(wanted) if offer_id is not None}
