"""Web addresses in offers: which there are, how they answered, and replacing one everywhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session

from infopool.curation import log, rules
from infopool.curation.log import Actor
from infopool.curation.models import Curator, Link
from infopool.curation.paging import Paged, paged
from infopool.directory import offers
from infopool.directory.facts import ContactKind, State
from infopool.directory.models import Contact, Offer, OfferText, Provider
from infopool.messages import N_, Message, Problem

EVERY = timedelta(days=7)
"""How often a good address is asked."""
AGAIN = timedelta(days=1)
"""How soon one that failed is asked again."""
TOLD_AFTER = 2
"""Failures in a row before curators hear of it: a server may have a bad night."""
PAGE = 25
REPLACED = log.name_action("replaced-link", N_("replaced a web address"))

FAULTS: dict[str, str] = {
    "refused": N_("It leads to no public web page."),
    "no-host": N_("There is no server of this name."),
    "timeout": N_("The server does not answer."),
    "connection": N_("The server hangs up."),
    "tls": N_("The server’s certificate is not valid."),
    "status": N_("The server says that the page is not there."),
    "redirects": N_("It leads in circles."),
}
"""What is wrong with an address, by the code the checker gives."""

_IN_TEXT = re.compile(r"https?://[^\s<>\"“”„»«]{4,500}")
_EXAMPLES = re.compile(r"(^|\.)(example|test|invalid|localhost|example\.(org|com|net))$")
"""Hosts kept for examples (RFC 2606, RFC 6761): nobody lives there, so nobody is asked."""


def is_example(url: str) -> bool:
    """Whether an address is one of those kept for examples, as all of the demo are."""
    try:
        return _EXAMPLES.search((urlsplit(url).hostname or "").lower()) is not None
    except ValueError:
        return False


def used(session: Session, among: Collection[str] | None = None) -> dict[str, set[int]]:
    """Every web address of offers that are not withdrawn, with the numbers of the offers it stands in; with `among`
    only these."""
    where: dict[str, set[int]] = defaultdict(set)
    alive = Offer.state != State.WITHDRAWN
    contacts = select(Contact.value, Contact.offer_id).join(Offer, Offer.id == Contact.offer_id)
    wanted: ColumnElement[bool] = Contact.value.in_(among) if among is not None else true()
    for url, offer_id in session.execute(contacts.where(Contact.kind == ContactKind.WEBSITE, alive, wanted)):
        where[url].add(offer_id)
    providers = select(Provider.website, Offer.id).join(Offer, Offer.provider_id == Provider.id)
    wanted = Provider.website.in_(among) if among is not None else Provider.website != ""
    for url, offer_id in session.execute(providers.where(wanted, alive)):
        where[url].add(offer_id)
    texts = select(OfferText.description, OfferText.registration, OfferText.summary, OfferText.offer_id)
    mentions = or_(
        *(column.contains("http") for column in (OfferText.description, OfferText.registration, OfferText.summary))
    )
    for *words, offer_id in session.execute(texts.join(Offer, Offer.id == OfferText.offer_id).where(mentions, alive)):
        for url in in_text("\n".join(words)):
            if among is None or url in among:
                where[url].add(offer_id)
    return where


def in_text(text: str) -> Iterator[str]:
    """The web addresses written in a text."""
    return (found.rstrip(".,;:!?)]'’…") for found in _IN_TEXT.findall(text))


def note_used(session: Session) -> int:
    """Know of every address that is used, and forget those that are not; returns how many there are."""
    there = {url for url in used(session) if not is_example(url)}
    known = {link.url: link for link in session.scalars(select(Link))}
    for url in sorted(there - set(known)):
        session.add(Link(url=url))
    for url in sorted(set(known) - there):
        session.delete(known[url])
    return len(there)


def due(session: Session, now: datetime, most: int) -> list[tuple[int, str]]:
    """(number, address) of those to be asked now, the longest unasked first."""
    never = Link.checked_at.is_(None)
    failed = and_(Link.good.is_not(True), Link.checked_at <= now - AGAIN)
    wanted = select(Link.id, Link.url).where(or_(never, failed, Link.checked_at <= now - EVERY))
    rows = session.execute(wanted.order_by(Link.checked_at.asc().nulls_first(), Link.id).limit(most))
    return [(number, url) for number, url in rows]


def by_host(urls: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """The same addresses in an order in which no host is asked twice running, as far as that goes."""
    hosts: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in urls:
        hosts[host_of(row[1])].append(row)
    ordered = []
    while hosts:
        for host in list(hosts):
            ordered.append(hosts[host].pop(0))
            if not hosts[host]:
                del hosts[host]
    return ordered


def host_of(url: str) -> str:
    """The host of an address; empty when it has none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def note_answer(
    session: Session, link_id: int, *, good: bool | None, status: int | None, leads_to: str, fault: str, now: datetime
) -> None:
    """Keep how an address answered. An answer that says nothing (come back later) changes neither way."""
    link = session.get(Link, link_id)
    if link is None:
        return
    link.checked_at, link.status, link.leads_to, link.fault = now, status, leads_to, fault
    if good is not None:
        link.good = good
        link.failures = 0 if good else link.failures + 1


Used = tuple[Link, tuple[int, ...]]
"""An address, and the offers it stands in."""


def find(session: Session, today: date, *, moved: bool = False, page: int = 1) -> Paged[Used]:
    """Addresses that fail (or those that have moved for good), with the offers they stand in."""
    awake = or_(Link.ignored_until.is_(None), Link.ignored_until < today)
    failing = and_(Link.good.is_(False), Link.failures >= TOLD_AFTER, awake)
    where = and_(Link.good.is_(True), Link.leads_to != "", awake) if moved else failing
    total = session.scalar(select(func.count()).select_from(Link).where(where)) or 0
    wanted = select(Link).where(where).order_by(Link.url).limit(PAGE)
    return paged(total, page, PAGE, lambda offset: _used(session, session.scalars(wanted.offset(offset)).all()))


def _used(session: Session, rows: Sequence[Link]) -> list[Used]:
    where_used = used(session, {link.url for link in rows}) if rows else {}
    return [(link, tuple(sorted(where_used.get(link.url, ())))) for link in rows]


def get(session: Session, link_id: int) -> Link | None:
    """The address with this number, or None."""
    return session.get(Link, link_id)


def sleep(session: Session, link: Link, actor: Actor, *, now: datetime, today: date, days: int = 30) -> None:
    """Say nothing about an address for a while: somebody knows that it is right, or looks after it."""
    link.ignored_until = today + timedelta(days=days)
    log.note(session, actor, "changed", "link", link.id, now=now, after={"ignored_until": str(link.ignored_until)})


@dataclass(frozen=True)
class Replaced:
    """What replacing an address did."""

    changed: tuple[int, ...]
    """Offers whose contact or text was changed."""
    left: tuple[int, ...]
    """Offers of other working groups; theirs to change."""


def replace_everywhere(session: Session, old: str, new: str, curator: Curator, *, now: datetime) -> Replaced | Problem:
    """Put a new address in the place of an old one in all offers one may change at once: contacts, texts in all
    languages, and providers. A typo of an address does not make translations outdated. A Problem for what is no web
    address."""
    new = new.strip()
    if not new.startswith(("https://", "http://")) or any(sign.isspace() for sign in new) or len(new) > 500:
        return Problem("new", Message(N_("Write an address that starts with https:// or http://.")))
    actor = Actor.of(curator)
    changed, left = [], []
    for number in sorted(used(session, {old}).get(old, ())):
        offer = offers.get(session, number)
        if offer is None:
            continue
        if not rules.may_change_at_once(session, curator, offer):
            left.append(number)
            continue
        log.keep_version(session, offer, actor, now=now)
        _replace_in(offer, old, new)
        offer.edited_at = now
        log.note(session, actor, REPLACED, "offer", number, now=now, before=old, after=new)
        log.keep_version(session, offer, actor, now=now)
        offers.note_change(session, [number])
        changed.append(number)
    return Replaced(tuple(changed), tuple(left))


def _replace_in(offer: Offer, old: str, new: str) -> None:
    whole = re.compile(re.escape(old) + r"(?![\w/?=&%#-])")
    for contact in offer.contacts:
        if contact.kind == ContactKind.WEBSITE and contact.value == old:
            contact.value = new
    if offer.provider and offer.provider.website == old:
        offer.provider.website = new
    for text in offer.texts:
        for field in ("summary", "description", "registration"):
            before = getattr(text, field)
            if old in before:
                setattr(text, field, whole.sub(lambda _found: new, before))
