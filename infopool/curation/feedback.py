"""What visitors say, as tasks: seen by the working group it concerns, answered if wished, closed with what was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true, update
from sqlalchemy.orm import Session

from infopool.curation import edits, log, mails, rights, scope
from infopool.curation.forms import Fields, complete
from infopool.curation.log import Actor
from infopool.curation.models import Curator, Edit, Role
from infopool.curation.paging import Paged, paged
from infopool.directory import offers
from infopool.directory.models import Offer, Remark
from infopool.directory.reading.cleaning import clean
from infopool.directory.regions import Region
from infopool.messages import N_, Message, Problem

KEPT_FOR = timedelta(days=90)
"""How long words and contact stay after a remark was closed; the privacy page says so."""
LONGEST_ANSWER = 4_000
PAGE = 25

CLOSED = log.name_action("closed", N_("dealt with"))
MADE = log.name_action("made-offer", N_("began an offer from a suggestion"))

OUTCOMES: dict[str, str] = {
    "corrected": N_("The offer is corrected."),
    "right": N_("We asked: what it says is right."),
    "taken-off": N_("The offer is taken off."),
    "entered": N_("The suggested offer is entered."),
    "passed-on": N_("It is passed on to somebody else."),
    "nothing": N_("There is nothing to do."),
    "spam": N_("It was advertising or nonsense."),
}
"""What was done about it, as whoever closes it chooses. The visitor gets the words of `templates/mail/answer.txt`."""
UNANSWERED = frozenset({"spam", "nothing"})
"""Outcomes that are no answer to anybody."""


Said = tuple[Remark, Offer | None]
"""What somebody said, and about which offer."""


def find(session: Session, curator: Curator, *, closed: bool = False, page: int = 1) -> Paged[Said]:
    """What concerns somebody, the oldest first; what is closed with the latest first. A few statements."""
    where = (_concerning(curator), Remark.closed_on.is_not(None) if closed else Remark.closed_on.is_(None))
    total = session.scalar(select(func.count()).select_from(Remark).where(*where)) or 0
    order = (Remark.closed_on.desc(), Remark.id.desc()) if closed else (Remark.left_on, Remark.id)
    wanted = select(Remark).where(*where).order_by(*order).limit(PAGE)
    return paged(total, page, PAGE, lambda offset: _said(session, session.scalars(wanted.offset(offset)).all()))


def _said(session: Session, rows: Sequence[Remark]) -> list[Said]:
    ids = [remark.offer_id for remark in rows if remark.offer_id]
    about = session.scalars(select(Offer).where(Offer.id.in_(ids)).options(*offers.WHOLE))
    known = {offer.id: offer for offer in about}
    return [(remark, known.get(remark.offer_id or 0)) for remark in rows]


def _concerning(curator: Curator) -> ColumnElement[bool]:
    if curator.role != Role.CURATOR:
        return true()
    of_no_offer = and_(Remark.offer_id.is_(None), Remark.working_group.in_(("", *curator.groups)))
    return or_(of_no_offer, exists().where(Offer.id == Remark.offer_id, scope.concerning(curator.groups)))


def groups_of(remark: Remark, offer: Offer | None) -> tuple[str, ...]:
    """The working groups a remark belongs to."""
    if offer is not None:
        return rights.groups_of(offer)
    return (remark.working_group,) if remark.working_group else ()


def get(session: Session, remark_id: int) -> tuple[Remark, Offer | None] | None:
    """A remark and the offer it is about, or None."""
    remark = session.get(Remark, remark_id)
    if remark is None:
        return None
    return remark, offers.get(session, remark.offer_id) if remark.offer_id else None


def close(
    session: Session,
    remark: Remark,
    outcome: str,
    answer: str,
    actor: Actor,
    *,
    title: str,
    region: Region,
    address: str,
    now: datetime,
    today: date,
) -> tuple[Problem, ...]:
    """Close a remark with what was done. Whoever left an e-mail address gets an answer in her language: the outcome's
    words, then the curator's own. `address` is where the offer can be seen. Problems: an unknown outcome, an answer
    that is too long; closing it twice changes nothing."""
    answer = clean(answer)
    if outcome not in OUTCOMES:
        return (Problem("outcome", Message(N_("Choose what was done."))),)
    if len(answer) > LONGEST_ANSWER:
        return (Problem("answer", Message(N_("Write at most %(most)s characters."), {"most": LONGEST_ANSWER})),)
    if remark.closed_on is not None:
        return ()
    remark.closed_on, remark.closed_by, remark.outcome, remark.answer = today, actor.name, outcome, answer
    log.note(session, actor, CLOSED, "remark", remark.id, now=now, after={"outcome": outcome})
    if "@" in remark.contact and outcome not in UNANSWERED:
        mails.write(
            session,
            remark.contact,
            "answer",
            remark.language,
            "answer",
            now=now,
            offer_id=remark.offer_id,
            title=title,
            outcome=outcome,
            own_words=answer,
            address=address,
            phone=mails.phone(region.desk.phone),
            region=region.name,
        )
    return ()


def make_offer(session: Session, remark: Remark, actor: Actor, *, now: datetime, region: Region) -> Edit:
    """Begin an offer from a suggestion: its first line is the title, the rest is left for the curator to sort.
    What was begun already is taken up again: a second click makes no second offer."""
    session.refresh(remark, with_for_update=True)
    begun = edits.look(session, remark.edit_id) if remark.edit_id else None
    if begun:
        return begun
    title, _, words = remark.words.partition("\n")
    fields: Fields = {"title": title, "description": words, "working_group": remark.working_group}
    edit = edits.begin(session, actor, complete(fields), now=now, region=region, note=remark.contact)
    session.flush()
    remark.edit_id = edit.id
    log.note(session, actor, MADE, "remark", remark.id, now=now, after={"edit": edit.id})
    return edit


def hand_to(session: Session, remark: Remark, group: str, actor: Actor, *, region: Region, now: datetime) -> bool:
    """Give a suggestion to a working group; False for an unknown group or a remark about an offer."""
    if remark.offer_id is not None or group not in {"", *(known.code for known in region.working_groups)}:
        return False
    before, remark.working_group = remark.working_group, group
    log.note(session, actor, "changed", "remark", remark.id, now=now, before={"group": before}, after={"group": group})
    return True


def forget(session: Session, today: date) -> int:
    """Erase words, contact and answer of what was closed long ago; returns of how many. What was done stays."""
    old = and_(Remark.closed_on.is_not(None), Remark.closed_on <= today - KEPT_FOR)
    says = or_(Remark.words != "", Remark.contact != "", Remark.answer != "")
    ids = session.scalars(select(Remark.id).where(old, says)).all()
    session.execute(update(Remark).where(Remark.id.in_(ids)).values(words="", contact="", answer=""))
    return len(ids)
