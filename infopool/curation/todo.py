"""What waits for somebody at the desk: counted in few statements, however many offers there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from infopool import languages
from infopool.curation import checking, rights, scope
from infopool.curation.models import CheckRequest, Curator, Edit, EditState, ImportRun, Link, Mail, Role, WantedTerm
from infopool.curation.rights import Action
from infopool.directory.facts import State
from infopool.directory.freshness import CHECK_EVERY
from infopool.directory.models import Offer, OfferText, Remark
from infopool.queue import Job, JobState

FAILING = 2
"""How often in a row an address must have failed before somebody has to look."""


@dataclass(frozen=True)
class Waiting:
    """Something that waits, and how much of it."""

    kind: str
    count: int
    oldest: date | None = None
    """When the oldest of it came, where that matters."""


@dataclass(frozen=True)
class Numbers:
    """How the offers of somebody's working groups stand."""

    visible: int
    checked: int
    """Those checked within the last half year."""
    translated: int
    """Those with a text in another language than German."""


def waiting(session: Session, curator: Curator, now: datetime, today: date) -> list[Waiting]:
    """All that waits for this person, the most urgent first; kinds of which there is nothing are left out."""
    found = (count(session, curator, now, today) for needed, count in _KINDS if rights.may(curator, needed))
    return [one for one in found if one.count]


def numbers(session: Session, curator: Curator, today: date) -> Numbers:
    """How the offers that concern this person stand; one statement."""
    foreign = exists().where(OfferText.offer_id == Offer.id, OfferText.language != languages.SOURCE_LANGUAGE)
    fresh = Offer.checked_on >= today - CHECK_EVERY
    row = session.execute(
        select(
            func.count(),
            func.count().filter(fresh),
            func.count().filter(foreign),
        )
        .select_from(Offer)
        .where(Offer.state == State.PUBLISHED, mine(curator))
    ).one()
    return Numbers(*row)


def mine(curator: Curator) -> ColumnElement[bool]:
    """Offers that concern somebody: of her working groups and nobody's; all for those without groups."""
    return scope.concerning(curator.groups) if curator.role == Role.CURATOR else true()


def _my_group(curator: Curator, column: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    return column.in_(("", *curator.groups)) if curator.role == Role.CURATOR else true()


def _counted(session: Session, kind: str, question: Select[int]) -> Waiting:
    return Waiting(kind, session.scalar(question) or 0)


def _feedback(session: Session, curator: Curator, now: datetime, today: date) -> Waiting:
    concerned = or_(
        and_(Remark.offer_id.is_(None), _my_group(curator, Remark.working_group)),
        exists().where(Offer.id == Remark.offer_id, mine(curator)),
    )
    count, oldest = session.execute(
        select(func.count(), func.min(Remark.left_on)).where(Remark.closed_on.is_(None), concerned)
    ).one()
    return Waiting("feedback", count, oldest)


def _review(session: Session, curator: Curator, now: datetime, today: date) -> Waiting:
    count, oldest = session.execute(
        select(func.count(), func.min(Edit.saved_at)).where(
            Edit.state == EditState.IN_REVIEW, Edit.publish_at.is_(None), _my_group(curator, Edit.working_group)
        )
    ).one()
    return Waiting("review", count, oldest.date() if oldest else None)


def _new_offers(session: Session, curator: Curator, now: datetime, today: date) -> Waiting:
    question = select(func.count()).select_from(Offer).where(Offer.state == State.IN_REVIEW, mine(curator))
    return _counted(session, "new-offers", question)


def _calls(session: Session, curator: Curator, now: datetime, today: date) -> Waiting:
    count, oldest = session.execute(
        select(func.count(), func.min(CheckRequest.to_call_at)).where(
            CheckRequest.to_call_at.is_not(None),
            CheckRequest.answered_at.is_(None),
            # Not as a join: the database would look through all offers first.
            exists().where(Offer.id == CheckRequest.offer_id, mine(curator)),
        )
    ).one()
    return Waiting("calls", count, oldest.date() if oldest else None)


def _overdue(session: Session, curator: Curator, now: datetime, today: date) -> Waiting:
    question = select(func.count()).select_from(Offer).where(checking.due(session, now, today), mine(curator))
    return _counted(session, "overdue", question)


def _drafts(session: Session, curator: Curator, now: datetime, today: date) -> Waiting:
    question = select(func.count()).select_from(Edit)
    return _counted(session, "drafts", question.where(Edit.state == EditState.OPEN, Edit.author_id == curator.id))


def _imports(session: Session, curator: Curator, now: datetime, today: date) -> Waiting:
    question = select(func.count()).select_from(ImportRun)
    looked_at = ImportRun.state.in_(("read", "planned", "failed"))
    return _counted(session, "imports", question.where(looked_at, ImportRun.curator_id == curator.id))


def _translations(session: Session, curator: Curator, now: datetime, today: date) -> Waiting:
    source = aliased(OfferText)
    question = (
        select(func.count())
        .select_from(OfferText)
        .join(source, and_(source.offer_id == OfferText.offer_id, source.language == languages.SOURCE_LANGUAGE))
        .join(Offer, Offer.id == OfferText.offer_id)
        # The first version of an original outdates nothing; the others are few.
        .where(Offer.state == State.PUBLISHED, OfferText.made_from < source.version, source.version > 1)
    )
    if curator.translates:
        question = question.where(OfferText.language.in_(curator.translates))
    return _counted(session, "translations", question.where(mine(curator)))


def _wanted(session: Session, curator: Curator, now: datetime, today: date) -> Waiting:
    question = select(func.count()).select_from(WantedTerm).where(WantedTerm.decision == "")
    return _counted(session, "wanted", question)


def _links(session: Session, curator: Curator, now: datetime, today: date) -> Waiting:
    awake = or_(Link.ignored_until.is_(None), Link.ignored_until < today)
    question = select(func.count()).select_from(Link)
    return _counted(session, "links", question.where(Link.good.is_(False), Link.failures >= FAILING, awake))


def _failures(session: Session, curator: Curator, now: datetime, today: date) -> Waiting:
    jobs = select(func.count()).select_from(Job).where(Job.state == JobState.FAILED)
    late = and_(Mail.sent_at.is_(None), Mail.fault != "", Mail.written_at < now - timedelta(hours=1))
    mails = select(func.count()).select_from(Mail).where(late)
    return Waiting("failures", (session.scalar(jobs) or 0) + (session.scalar(mails) or 0))


Count = Callable[[Session, Curator, datetime, date], Waiting]

_KINDS: tuple[tuple[Action, Count], ...] = (
    (Action.EDIT, _feedback),
    (Action.EDIT, _calls),
    (Action.PUBLISH, _review),
    (Action.PUBLISH, _new_offers),
    (Action.EDIT, _overdue),
    (Action.JOBS, _failures),
    (Action.EDIT, _drafts),
    (Action.IMPORT, _imports),
    (Action.RECORDS, _links),
    (Action.TRANSLATE, _translations),
    (Action.WORDS, _wanted),
)
"""What is counted and for whom, the most urgent first."""


def wanted_terms(session: Session, most: int = 5) -> Iterator[WantedTerm]:
    """Words looked for in vain that nobody has decided on yet, the most frequent first."""
    open_ones = select(WantedTerm).where(WantedTerm.decision == "").order_by(WantedTerm.hits.desc(), WantedTerm.id)
    return iter(session.scalars(open_ones.limit(most)).all())
