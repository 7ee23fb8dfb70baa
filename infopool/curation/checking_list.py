"""The lists of checks at the desk: due and not asked yet, to call, asked and waiting, hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session

from infopool.curation import checking, checking_answers, lapsing
from infopool.curation.checking_answers import Answer
from infopool.curation.models import CheckRequest
from infopool.curation.paging import Paged, paged
from infopool.directory import offers
from infopool.directory.facts import State
from infopool.directory.models import Offer

PAGE = 25


class Kind(StrEnum):
    """Liste."""

    DUE = "due"
    CALL = "call"
    ASKED = "asked"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Entry:
    """One offer on a list."""

    offer: Offer
    request: CheckRequest | None
    in_vain: int = 0
    """How often it was called in vain since it was asked about."""
    last_call: datetime | None = None

    @property
    def says_gone(self) -> bool:
        """Whether the provider says that it is no longer offered."""
        return self.request is not None and self.request.answer == Answer.GONE


def counts(session: Session, mine: ColumnElement[bool], now: datetime, today: date) -> dict[Kind, int]:
    """How long each list is; `mine` is a condition on offers."""
    return {kind: _count(session, _wanted(session, kind, mine, now, today)) for kind in Kind}


def find(
    session: Session, kind: Kind, mine: ColumnElement[bool], now: datetime, today: date, page: int, total: int
) -> Paged[Entry]:
    """One page of a list, the most urgent first; a few statements however long the list is. `total` is what `counts`
    says of it."""
    wanted = _wanted(session, kind, mine, now, today).order_by(*_ORDERS[kind]).limit(PAGE)
    return paged(total, page, PAGE, lambda offset: _listed(session, session.scalars(wanted.offset(offset)).all()))


def _listed(session: Session, ids: Sequence[int]) -> list[Entry]:
    there = {
        offer.id: offer for offer in session.scalars(select(Offer).where(Offer.id.in_(ids)).options(*offers.WHOLE))
    }
    return list(_entries(session, [there[number] for number in ids if number in there]))


def entry(session: Session, offer: Offer) -> Entry:
    """One offer as it would stand on a list."""
    return next(iter(_entries(session, [offer])))


def _entries(session: Session, found: Sequence[Offer]) -> list[Entry]:
    ids = [offer.id for offer in found]
    openly = select(CheckRequest).where(CheckRequest.offer_id.in_(ids), CheckRequest.answered_at.is_(None))
    requests = {request.offer_id: request for request in session.scalars(openly)}
    since = min((request.asked_at for request in requests.values()), default=None)
    tried = checking_answers.calls_in_vain(session, requests, since) if since else {}
    return [Entry(offer, requests.get(offer.id), *tried.get(offer.id, ())) for offer in found]


def _wanted(session: Session, kind: Kind, mine: ColumnElement[bool], now: datetime, today: date) -> Select[int]:
    """The numbers of the offers of a list."""
    if kind is Kind.DUE:
        return select(Offer.id).where(checking.due(session, now, today), mine)
    if kind is Kind.HIDDEN:
        return select(Offer.id).where(Offer.state == State.WITHDRAWN, Offer.withdrawn_why == lapsing.UNCHECKED, mine)
    to_call = CheckRequest.to_call_at.is_not(None)
    openly = and_(CheckRequest.answered_at.is_(None), to_call if kind is Kind.CALL else ~to_call)
    # Not as a join: the database would look through all offers first.
    return select(CheckRequest.offer_id).where(openly, exists().where(Offer.id == CheckRequest.offer_id, mine))


def _count(session: Session, wanted: Select[int]) -> int:
    return session.scalar(wanted.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)) or 0


_ORDERS = {
    Kind.DUE: (Offer.checked_on.nulls_first(), Offer.id),
    # What its provider says is gone is one click; then who has waited longest.
    Kind.CALL: ((CheckRequest.answer == Answer.GONE).desc(), CheckRequest.to_call_at, CheckRequest.offer_id),
    Kind.ASKED: (CheckRequest.asked_at, CheckRequest.offer_id),
    Kind.HIDDEN: (Offer.edited_at.desc(), Offer.id),
}
