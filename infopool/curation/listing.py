"""The offers as the desk lists them: in every state, by working group, words, and what is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from infopool.curation import scope
from infopool.curation.paging import Paged, paged
from infopool.directory import offers
from infopool.directory.facts import State
from infopool.directory.models import Offer, OfferText

PAGE = 25


class Order(StrEnum):
    """Reihenfolge."""

    BEST = "best"
    """As the search found them; without a search those changed last first."""
    EDITED = "edited"
    CHECKED = "checked"
    """Those whose check is longest ago first; never checked ones before all."""
    TITLE = "title"


@dataclass(frozen=True)
class Wanted:
    """What a listing asks for; empty means: all."""

    state: State = State.PUBLISHED
    groups: tuple[str, ...] = ()
    """Codes of working groups; those that belong to nobody are not among them unless `nobody`."""
    nobody: bool = False
    words: str = ""
    """Words that stand in a title, in any language."""
    ids: tuple[int, ...] | None = None
    """Only these, in this order: what the search found."""
    order: Order = Order.BEST
    page: int = 1


def by_state(session: Session) -> Mapping[State, int]:
    """How many offers there are in each state."""
    rows = session.execute(select(Offer.state, func.count()).group_by(Offer.state))
    counted = {State(state): count for state, count in rows}
    return {state: counted.get(state, 0) for state in State}


def find(session: Session, wanted: Wanted, size: int = PAGE) -> Paged[Offer]:
    """One page of what is wanted: at most `size` offers with all their parts, in a bounded number of statements."""
    where = _conditions(wanted)
    if wanted.ids is not None:
        return _among_found(session, wanted, size)
    total = session.scalar(select(func.count()).select_from(Offer).where(*where)) or 0
    rows = select(Offer.id).where(*where).order_by(*_order(wanted.order)).limit(size)
    return paged(total, wanted.page, size, lambda offset: _whole(session, session.scalars(rows.offset(offset)).all()))


def first(session: Session, wanted: Wanted, size: int) -> tuple[Offer, ...]:
    """The first few of what is wanted, with all their parts, without counting the rest."""
    rows = select(Offer.id).where(*_conditions(wanted)).order_by(*_order(wanted.order)).limit(size)
    return _whole(session, session.scalars(rows).all())


def ids_of(session: Session, wanted: Wanted) -> list[int]:
    """The numbers of all that is wanted, whatever the page."""
    where = _conditions(wanted)
    if wanted.ids is not None:
        return _still_there(session, wanted, where)
    return list(session.scalars(select(Offer.id).where(*where).order_by(*_order(wanted.order))))


def _among_found(session: Session, wanted: Wanted, size: int) -> Paged[Offer]:
    there = ids_of(session, wanted)
    return paged(len(there), wanted.page, size, lambda offset: _whole(session, there[offset : offset + size]))


def _still_there(session: Session, wanted: Wanted, where: list[ColumnElement[bool]]) -> list[int]:
    """One statement for all that was found, which is some thousands at most."""
    given = wanted.ids or ()
    there = select(Offer.id).where(Offer.id.in_(given), *where)
    if wanted.order is not Order.BEST:
        return list(session.scalars(there.order_by(*_order(wanted.order))))
    still = set(session.scalars(there))
    return [number for number in given if number in still]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [Offer.state == wanted.state]
    if wanted.groups:
        where.append(scope.concerning(wanted.groups) if wanted.nobody else scope.of_groups(wanted.groups))
    elif wanted.nobody:
        where.append(scope.of_nobody())
    for word in wanted.words.split()[:8]:
        titled = func.lower(OfferText.title).contains(word.lower(), autoescape=True)
        where.append(exists().where(OfferText.offer_id == Offer.id, titled))
    return where


def _order(order: Order) -> tuple[ColumnElement[object], ...]:
    if order is Order.CHECKED:
        return (Offer.checked_on.asc().nulls_first(), Offer.id)  # type: ignore[return-value]
    if order is Order.TITLE:
        first = select(func.min(OfferText.title)).where(OfferText.offer_id == Offer.id, OfferText.language == "de")
        return (first.scalar_subquery(), Offer.id)  # type: ignore[return-value]
    return (Offer.edited_at.desc(), Offer.id)  # type: ignore[return-value]


def _whole(session: Session, ids: Sequence[int]) -> tuple[Offer, ...]:
    found = {
        offer.id: offer for offer in session.scalars(select(Offer).where(Offer.id.in_(ids)).options(*offers.WHOLE))
    }
    return tuple(found[number] for number in ids if number in found)
