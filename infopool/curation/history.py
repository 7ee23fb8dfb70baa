"""The history of an offer: every version it had, what differs between two, and going back to one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from infopool.curation import edits, log
from infopool.curation.forms import Fields, fields_of, source_of
from infopool.curation.log import Actor
from infopool.curation.models import Edit, OfferVersion
from infopool.directory import offers, plain
from infopool.directory.drafts import OfferDraft, TextDraft
from infopool.directory.models import Offer
from infopool.directory.regions import Region
from infopool.directory.wording import FIELDS, words_of

MOST = 200
"""Versions a page lists."""


@dataclass(frozen=True)
class Version:
    """Stand. What an offer said from one change to the next."""

    number: int
    at: datetime
    who: str
    state: str
    draft: OfferDraft | None
    """None where nothing is left of it."""


@dataclass(frozen=True)
class TextDifference:
    """What differs in one field of a text in another language than the form's."""

    language: str
    field: str
    before: str
    after: str


def versions(session: Session, offer: Offer) -> list[Version]:
    """The versions of an offer, the newest first; what it says now is always among them."""
    wanted = select(OfferVersion).where(OfferVersion.offer_id == offer.id).order_by(OfferVersion.number.desc())
    found = [_version(row) for row in session.scalars(wanted.limit(MOST))]
    if not found or found[0].number != offer.version:
        found.insert(0, Version(offer.version, offer.edited_at, "", offer.state, offers.draft_of(offer)))
    return found


def _version(row: OfferVersion) -> Version:
    return Version(row.number, row.at, row.who, row.state, plain.from_plain(row.content) if row.content else None)


def texts_between(before: OfferDraft, after: OfferDraft) -> Iterator[TextDifference]:
    """What differs in the texts that are not the form's."""
    own = source_of(after).language
    languages = dict.fromkeys(text.language for text in (*before.texts, *after.texts))
    for language in languages:
        old, new = before.text(language), after.text(language)
        if language != own and old != new:
            yield from _in_text(language, old, new)


def _in_text(language: str, old: TextDraft | None, new: TextDraft | None) -> Iterator[TextDifference]:
    for field in FIELDS:
        one, other = words_of(old, field), words_of(new, field)
        if one != other:
            yield TextDifference(language, field, one, other)


def restore(
    session: Session, offer: Offer, version: Version, actor: Actor, *, now: datetime, region: Region
) -> Edit | None:
    """Begin an edit that says what a version said; nothing changes before it is published. None where nothing is left.

    Times, contacts and the like are those of the form, which the words of the version fill.
    """
    if version.draft is None:
        return None
    fields: Fields = fields_of(version.draft, region)
    edit = edits.begin(session, actor, fields, now=now, region=region, offer=offer)
    log.note(session, actor, "restored", "edit", edit.id, now=now, after={"offer": offer.id, "version": version.number})
    return edit
