"""Offers that may be the same one: the same phone, mail, website or address, or nearly the same title.

A hint for whoever writes, never a lock. Titles that differ in a number or a level ("A1 Teil 2", "A1 Teil 3") are
different offers, whatever else they share.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from infopool.curation.forms import source_of
from infopool.directory.drafts import ContactDraft, OfferDraft, TextDraft, VenueDraft
from infopool.directory.facts import ContactKind, State
from infopool.directory.models import Contact, Offer, OfferText, Provider, Venue
from infopool.directory.reading.words import fold
from infopool.messages import N_, Message

CLOSE = 87.0
"""How alike two titles must be (0-100) to be named. Measured on pairs of our own: eleven of twelve that mean the same
reach it and none of eleven that do not; no two of the demo's 206 offers do (the closest pair reaches 81)."""
MOST = 5
"""Offers that are named at most."""
SISTERS = 60.0
"""Two offers of one provider whose titles are less alike are different ones."""
CROWD = 12
"""A phone number or an address that so many offers share belongs to a house, and says nothing about any of them."""
SHORTEST = 4
"""Letters of a word worth looking for in titles."""
COMPARED = 3_000
"""Titles that are compared at most."""
STEM = 5
"""Letters of it that are looked for: "Deutsch-Kurs" and "Deutschkurs" share them."""

SAME: dict[str, str] = {
    ContactKind.PHONE: N_("the same phone number"),
    ContactKind.EMAIL: N_("the same e-mail address"),
    ContactKind.WEBSITE: N_("the same website"),
    "address": N_("the same address"),
    "title": N_("a similar title"),
}


@dataclass(frozen=True)
class Alike:
    """An offer that may be the same."""

    offer_id: int
    title: str
    why: tuple[Message, ...]
    likeness: float
    """Of the titles, 0 to 100."""


def alike(session: Session, draft: OfferDraft, *, but: int = 0) -> tuple[Alike, ...]:
    """The offers that a draft may double, the most alike first, withdrawn ones not; `but` is the draft's own offer."""
    found: dict[int, set[str]] = defaultdict(set)
    for kind, ids in _sharing(session, draft):
        for offer_id in ids:
            found[offer_id].add(kind)
    source = source_of(draft)
    title = source.title
    near = _near_titles(session, source)
    for offer_id in near:
        found[offer_id].add("title")
    found.pop(but, None)
    candidates = [
        _alike(offer_id, other, title, found[offer_id])
        for offer_id, other, provider in _named(session, found)
        if not differ_in_numbers(title, other) and not _is_sister(draft, provider, title, other)
    ]
    telling = [one for one in candidates if one.likeness >= CLOSE or len(one.why) > 1 or not title.strip()]
    return tuple(sorted(telling or candidates, key=lambda one: (-len(one.why), -one.likeness, one.offer_id))[:MOST])


def _alike(offer_id: int, title: str, mine: str, kinds: set[str]) -> Alike:
    why = tuple(Message(words) for kind, words in SAME.items() if kind in kinds)
    return Alike(offer_id, title, why, likeness(mine, title))


def _sharing(session: Session, draft: OfferDraft) -> Iterable[tuple[str, list[int]]]:
    """What is shared, and the offers that share it; each an indexed look-up."""
    for contact in draft.contacts:
        same = and_(Contact.kind == contact.kind, Contact.value.in_(_spellings(contact)))
        ids = list(session.scalars(select(Contact.offer_id).where(same).distinct().limit(CROWD + 1)))
        if len(ids) <= CROWD:
            yield contact.kind, ids
    if draft.venue and draft.venue.street and draft.venue.postcode:
        ids = _at(session, draft.venue)
        if len(ids) <= CROWD:
            yield "address", ids


def _at(session: Session, venue: VenueDraft) -> list[int]:
    there = select(Venue.id, Venue.street).where(Venue.postcode == venue.postcode)
    ids = [row.id for row in session.execute(there) if _street(row.street) == _street(venue.street)]
    offers_there = select(Offer.id).where(Offer.venue_id.in_(ids)).limit(CROWD + 1)
    return list(session.scalars(offers_there)) if ids else []


def _street(text: str) -> str:
    return re.sub(r"stra(?:ss|ß)e\b|str\b\.?", "str", fold(text)).replace(" ", "")


def _spellings(contact: ContactDraft) -> list[str]:
    """The ways the same contact may stand in the pool: websites with and without `www.` and a slash at the end."""
    if contact.kind is not ContactKind.WEBSITE:
        return [contact.value, contact.value.lower()]
    parts = urlsplit(contact.value)
    host, path = parts.netloc.removeprefix("www."), parts.path.rstrip("/")
    return [
        f"{scheme}://{www}{host}{path}{slash}"
        for scheme in ("https", "http")
        for www in ("", "www.")
        for slash in ("", "/")
    ]


def _near_titles(session: Session, source: TextDraft) -> list[int]:
    """Offers whose title is close: those that share the beginning of a long word, then compared."""
    words = sorted(set(re.findall(r"[^\W\d_]+", source.title)), key=len, reverse=True)
    stems = [word[:STEM] for word in words if len(word) >= SHORTEST][:3]
    if not stems:
        return []
    # SQLite's LIKE takes small and capital letters for the same by itself, five times as quickly as by lower().
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    holding = or_(*((OfferText.title.like if is_sqlite else OfferText.title.ilike)(f"%{stem}%") for stem in stems))
    wanted = select(OfferText.offer_id, OfferText.title).where(OfferText.language == source.language, holding)
    titles = {row[0]: fold(row[1]) for row in session.execute(wanted.limit(COMPARED))}
    ours = fold(source.title)
    sorted_words = process.extract(ours, titles, scorer=fuzz.token_sort_ratio, score_cutoff=2 * CLOSE - 100, limit=20)
    written_as_one = process.extract(ours, titles, scorer=fuzz.ratio, score_cutoff=CLOSE - 10, limit=20)
    near = {offer_id: titles[offer_id] for _, _, offer_id in (*sorted_words, *written_as_one)}
    return [offer_id for offer_id, title in near.items() if likeness(source.title, title) >= CLOSE]


def _named(session: Session, ids: Iterable[int]) -> list[tuple[int, str, str]]:
    """Number, title (the German one first) and provider of offers that are not withdrawn."""
    german = func.max(OfferText.title).filter(OfferText.language == "de")
    wanted = (
        select(Offer.id, func.coalesce(german, func.min(OfferText.title)), func.max(func.coalesce(Provider.name, "")))
        .join(OfferText, OfferText.offer_id == Offer.id)
        .outerjoin(Provider, Provider.id == Offer.provider_id)
        .where(Offer.id.in_(list(ids)[:200]), Offer.state != State.WITHDRAWN)
        .group_by(Offer.id)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(wanted)]


def _is_sister(draft: OfferDraft, provider: str, title: str, other: str) -> bool:
    """Whether it is another offer of the same provider: those share phone and address by nature."""
    same = draft.provider is not None and bool(provider) and fold(draft.provider.name) == fold(provider)
    return same and bool(title.strip()) and likeness(title, other) < SISTERS


def likeness(one: str, other: str) -> float:
    """How alike two titles are, 0 to 100, whatever the order of their words and the hyphens between them.

    A title that holds all words of a short one ("Beratung") is not yet the same: what is left over counts by half.
    """
    ours, theirs = fold(one), fold(other)
    if not ours or not theirs:
        return 0.0
    words = (fuzz.token_set_ratio(ours, theirs) + fuzz.token_sort_ratio(ours, theirs)) / 2
    return max(words, fuzz.ratio(ours.replace(" ", ""), theirs.replace(" ", "")))


_TELLS_APART = re.compile(
    r"(?<![a-z0-9])[abc][012](?:[.,/][12])?(?![a-z0-9])|\d+|(?<![a-z])(?:i{1,3}|iv|v|vi)(?![a-z])", re.I
)


@lru_cache(maxsize=10_000)
def numbers_in(title: str) -> frozenset[str]:
    """The numbers and levels of a title; Roman ones too."""
    return frozenset(found.lower() for found in _TELLS_APART.findall(title))


def differ_in_numbers(one: str, other: str) -> bool:
    """Whether both titles name numbers or levels, and not the same ones: then they are parts or levels of a series."""
    ours, theirs = numbers_in(one), numbers_in(other)
    return bool(ours and theirs and ours != theirs)
