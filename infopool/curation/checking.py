"""Which offers somebody should make sure of, and asking their providers: one mail to an address, with one link.

An offer is asked about once at a time: the database refuses a second open request.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, false, not_, or_, select
from sqlalchemy.orm import Session

from infopool import languages
from infopool.curation import mails, rules, signing
from infopool.curation.models import CheckRequest, Edit, EditState
from infopool.curation.scope import has_topic
from infopool.directory import offers
from infopool.directory.drafts import VenueDraft
from infopool.directory.facts import ContactKind, State
from infopool.directory.models import Contact, Offer
from infopool.directory.regions import Region
from infopool.exchange.sheet_cells import cost_cell, schedule_cell
from infopool.messages import Problem

AHEAD = timedelta(days=30)
"""Offers of an address that is asked anyway are asked about when they are due within so long: one mail, not five."""
REST = timedelta(days=60)
"""After an answer nobody is asked again for so long, whatever it was."""
NEXT_DATE_AHEAD = timedelta(weeks=3)
"""How long before its end a course is asked for its next date."""
REMIND_AFTER = timedelta(weeks=3)
MOST_ADDRESSES = 50
"""Mails a day at most; a pool that was just filled is asked about over some weeks, the oldest first."""
BATCH = 5
"""Addresses written to in one transaction; the functions below are called again until nothing is left to do."""
CHUNK = 500
"""Offers looked up in one statement."""
HELPLINE = "hotline"
"""The topic of numbers for people in need: never hidden, nor doubted, only because nobody has answered us."""
PURPOSE = "check"


class Reason:
    """Anlass. Why a provider is asked."""

    DUE = "due"
    NEXT_DATE = "next-date"


@dataclass(frozen=True)
class Asking:
    """What writing to providers needs besides the database."""

    region: Region
    base_url: str
    secret: str


@dataclass(frozen=True)
class Mailbox:
    """Postfach of a provider."""

    address: str
    language: str


def due(session: Session, now: datetime, today: date) -> ColumnElement[bool]:
    """The published offers somebody should make sure of and that nobody is asked about: a condition for the database.

    An offer is due so many days after its last check as the rules of its topics say, the shortest counts; at once if it
    was never checked. What is over, was answered lately, or is changed by its provider right now is left alone.
    """
    open_one = CheckRequest.answered_at.is_(None)
    asked = select(CheckRequest.offer_id).where(or_(open_one, CheckRequest.answered_at > now - REST))
    changing = select(Edit.offer_id).where(
        Edit.offer_id.is_not(None), Edit.origin == "provider", Edit.state == EditState.IN_REVIEW
    )
    return and_(
        Offer.state == State.PUBLISHED,
        or_(Offer.checked_on.is_(None), _too_long_ago(rules.check_every(session), today)),
        _goes_on(today),
        Offer.id.not_in(asked),
        Offer.id.not_in(changing),
    )


def _goes_on(today: date) -> ColumnElement[bool]:
    return and_(
        or_(Offer.ends_on.is_(None), Offer.ends_on >= today),
        or_(Offer.valid_until.is_(None), Offer.valid_until >= today),
    )


def _too_long_ago(every: Mapping[str, timedelta], today: date) -> ColumnElement[bool]:
    special = {topic: period for topic, period in every.items() if period != rules.USUAL}
    by_period = [
        and_(Offer.checked_on < today - period, _any_topic(topics)) for period, topics in _turned(special).items()
    ]
    # The day first: it is quickly compared, and of most offers nothing else need be looked at.
    usual = and_(Offer.checked_on < today - rules.USUAL, not_(_any_topic(special)))
    return or_(usual, *by_period)


def _any_topic(topics: Iterable[str]) -> ColumnElement[bool]:
    return or_(false(), *(has_topic(topic) for topic in topics))


def _turned(periods: Mapping[str, timedelta]) -> dict[timedelta, list[str]]:
    found: dict[timedelta, list[str]] = {}
    for topic, period in periods.items():
        found.setdefault(period, []).append(topic)
    return found


def _is_due(checked_on: date | None, topics: Iterable[str], every: Mapping[str, timedelta], today: date) -> bool:
    """The same rule as in `due`, for one offer."""
    if checked_on is None:
        return True
    special = [every[topic] for topic in topics if every.get(topic, rules.USUAL) != rules.USUAL]
    return today - checked_on > min(special, default=rules.USUAL)


def ask_due(session: Session, asking: Asking, now: datetime, most: int = BATCH) -> int:
    """Ask about the offers that are due, so many addresses; returns about how many offers. Those without a mailbox go
    to the working group at once."""
    today = day_of(now, asking.region)
    every = rules.check_every(session)
    wanted = select(Offer.id, Offer.checked_on, Offer.topics).where(due(session, now, today + AHEAD))
    rows = session.execute(wanted.order_by(Offer.checked_on.nulls_first(), Offer.id)).all()
    is_due = {offer_id: _is_due(checked_on, topics, every, today) for offer_id, checked_on, topics in rows}
    boxes = mailboxes(session, is_due)
    # Nobody calls an emergency number to ask whether it is right.
    left_alone = {offer_id for offer_id, _, topics in rows if HELPLINE in topics} | boxes.keys()
    homeless = [offer_id for offer_id in is_due if is_due[offer_id] and offer_id not in left_alone]
    session.add_all([_request(offer_id, None, Reason.DUE, now, to_call_at=now) for offer_id in homeless])
    by_box = _by_mailbox(boxes)
    urgent = [box for box, theirs in by_box.items() if any(is_due[offer_id] for offer_id in theirs)]
    return sum(_ask(session, asking, box, by_box[box], Reason.DUE, now) for box in urgent[:most])


def ask_for_next_dates(session: Session, asking: Asking, now: datetime, most: int = BATCH) -> int:
    """Ask about the courses that end soon, once before each end: so many addresses; returns about how many courses."""
    today = day_of(now, asking.region)
    # Asked for this end already, whatever came of it: a request for an earlier end is older than that.
    begun = now - NEXT_DATE_AHEAD - timedelta(days=1)
    asked = select(CheckRequest.offer_id).where(
        or_(
            CheckRequest.answered_at.is_(None),
            and_(CheckRequest.reason == Reason.NEXT_DATE, CheckRequest.asked_at > begun),
        )
    )
    wanted = select(Offer.id).where(
        Offer.state == State.PUBLISHED,
        Offer.ends_on >= today,
        Offer.ends_on <= today + NEXT_DATE_AHEAD,
        Offer.id.not_in(asked),
    )
    boxes = mailboxes(session, session.scalars(wanted.order_by(Offer.ends_on, Offer.id)).all())
    first = list(_by_mailbox(boxes).items())[:most]
    return sum(_ask(session, asking, box, theirs, Reason.NEXT_DATE, now) for box, theirs in first)


def ask_about(session: Session, asking: Asking, offer_ids: Iterable[int], now: datetime) -> int:
    """Ask about these offers now, because a curator wants it: one mail for each mailbox. Gives how many are asked
    about; those without a mailbox, or about which somebody is asked already, are left out."""
    ids = list(offer_ids)
    open_ones = set(asked_about(session, ids))
    boxes = mailboxes(session, [offer_id for offer_id in ids if offer_id not in open_ones])
    return sum(_ask(session, asking, box, theirs, Reason.DUE, now) for box, theirs in _by_mailbox(boxes).items())


def asked_about(session: Session, offer_ids: Iterable[int]) -> list[int]:
    """Those of these offers about which somebody is asked already."""
    ids = list(offer_ids)
    found: list[int] = []
    for start in range(0, len(ids), CHUNK):
        chunk = CheckRequest.offer_id.in_(ids[start : start + CHUNK])
        found += session.scalars(select(CheckRequest.offer_id).where(chunk, CheckRequest.answered_at.is_(None)))
    return found


def remind(session: Session, asking: Asking, now: datetime, most: int = BATCH) -> int:
    """Remind those who have not answered within three weeks, once: so many addresses; returns about how many offers."""
    wanted = select(CheckRequest).where(
        CheckRequest.answered_at.is_(None),
        CheckRequest.answer == "",
        CheckRequest.reason == Reason.DUE,
        CheckRequest.reminded_at.is_(None),
        CheckRequest.to_call_at.is_(None),
        CheckRequest.asked_at <= now - REMIND_AFTER,
    )
    waiting = _by_address(session.scalars(wanted.order_by(CheckRequest.id)))
    first = list(waiting.items())[:most]
    for (address, language), theirs in first:
        for request in theirs:
            request.reminded_at = now
        _mail(session, asking, Mailbox(address, language), theirs, now, reminder=True)
    return sum(len(theirs) for _, theirs in first)


def _ask(session: Session, asking: Asking, box: Mailbox, offer_ids: Sequence[int], reason: str, now: datetime) -> int:
    requests = [_request(offer_id, box, reason, now) for offer_id in offer_ids]
    session.add_all(requests)
    session.flush()
    _mail(session, asking, box, requests, now)
    return len(requests)


def _request(
    offer_id: int, box: Mailbox | None, reason: str, now: datetime, to_call_at: datetime | None = None
) -> CheckRequest:
    return CheckRequest(
        offer_id=offer_id,
        address=box.address if box else "",
        language=box.language if box else languages.SOURCE_LANGUAGE,
        reason=reason,
        asked_at=now,
        to_call_at=to_call_at,
    )


def _mail(
    session: Session,
    asking: Asking,
    box: Mailbox,
    requests: Sequence[CheckRequest],
    now: datetime,
    *,
    reminder: bool = False,
) -> None:
    """Write the one mail about these requests."""
    ids = [request.offer_id for request in requests]
    found = session.scalars(select(Offer).where(Offer.id.in_(ids)).options(*offers.WHOLE).order_by(Offer.id)).unique()
    theirs = list(found)
    good_until = day_of(now, asking.region) + signing.GOOD_FOR
    token = signing.sign(asking.secret, [request.id for request in requests], good_until)
    written = mails.write(
        session,
        box.address,
        "next_date" if requests[0].reason == Reason.NEXT_DATE else "check",
        box.language,
        PURPOSE,
        now=now,
        offer_id=theirs[0].id if len(theirs) == 1 else None,
        offers=[(offers.source_text(offer).title, summary(offer)) for offer in theirs],
        ends_on=min((offer.ends_on for offer in theirs if offer.ends_on), default=None),
        reminder=reminder,
        region=asking.region,
        link=f"{asking.base_url.rstrip('/')}/{box.language}/confirm/{token}",
        good_until=good_until,
    )
    assert not isinstance(written, Problem), "a mailbox is one that can be written to"


def summary(offer: Offer) -> tuple[str, ...]:
    """What an offer says now, in a few German lines; a secret address is left out."""
    draft = offers.draft_of(offer)
    phones = [mails.phone(contact.value) for contact in draft.contacts if contact.kind is ContactKind.PHONE]
    said = [schedule_cell(draft.schedule), _address(draft.venue), cost_cell(draft.cost), ", ".join(phones)]
    return tuple(" ".join(line.split()) for line in said if line.strip())


def _address(venue: VenueDraft | None) -> str:
    if venue is None or venue.confidential:
        return ""
    town = f"{venue.postcode} {venue.town}".strip()
    return ", ".join(part for part in (venue.name, venue.street, town) if part)


def mailboxes(session: Session, offer_ids: Iterable[int]) -> dict[int, Mailbox]:
    """Where the providers of offers can be written to, in the order given: the first e-mail contact of each that is a
    good address. Those who cannot be written to are left out."""
    ids = list(offer_ids)
    found: dict[int, Mailbox] = {}
    for start in range(0, len(ids), CHUNK):
        wanted = select(Contact.offer_id, Contact.value, Contact.languages).where(
            Contact.kind == ContactKind.EMAIL, Contact.offer_id.in_(ids[start : start + CHUNK])
        )
        for offer_id, value, spoken in session.execute(wanted.order_by(Contact.id)):
            if offer_id not in found and mails.check_address(value) is None:
                found[offer_id] = Mailbox(value.lower(), _language(spoken))
    return {offer_id: found[offer_id] for offer_id in ids if offer_id in found}


def _language(spoken: Iterable[str]) -> str:
    """German, unless it is known that it is not spoken there."""
    known = [languages.find(tag) for tag in spoken]
    offered = [language.tag for language in known if language and language.offered]
    return languages.SOURCE_LANGUAGE if languages.SOURCE_LANGUAGE in offered or not offered else offered[0]


def _by_mailbox(boxes: Mapping[int, Mailbox]) -> dict[Mailbox, list[int]]:
    """Offers by where their provider can be written to; one language per address."""
    first: dict[str, Mailbox] = {}
    grouped: dict[Mailbox, list[int]] = {}
    for offer_id, box in boxes.items():
        grouped.setdefault(first.setdefault(box.address, box), []).append(offer_id)
    return grouped


def _by_address(items: Iterable[CheckRequest]) -> dict[tuple[str, str], list[CheckRequest]]:
    grouped: dict[tuple[str, str], list[CheckRequest]] = {}
    for item in items:
        grouped.setdefault((item.address, item.language), []).append(item)
    return grouped


def day_of(now: datetime, region: Region) -> date:
    """The day it is in the region."""
    return now.astimezone(region.timezone).date()
