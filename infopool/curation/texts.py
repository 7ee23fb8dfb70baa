"""Translating at the desk: how much waits in each language, and the next offer to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, false, func, select
from sqlalchemy.orm import Session, aliased

from infopool import languages
from infopool.curation import log
from infopool.curation.log import Actor
from infopool.directory import offers, plain, translations
from infopool.directory.facts import Origin, State
from infopool.directory.models import Offer, OfferText
from infopool.directory.translations import Handed, Judged, Need, Outcome, Wanted
from infopool.messages import N_

TRANSLATED = log.name_action("translated", N_("translated"))


@dataclass(frozen=True)
class Standing:
    """How the published offers stand in one language."""

    language: str
    missing: int
    outdated: int
    machine: int
    """Translated by a machine and read by nobody yet."""

    @property
    def to_do(self) -> int:
        """All that somebody could do something about."""
        return self.missing + self.outdated + self.machine


def standings(session: Session) -> list[Standing]:
    """How the published offers stand in every language texts are offered in, in two statements."""
    published = session.scalar(select(func.count()).select_from(Offer).where(Offer.state == State.PUBLISHED)) or 0
    there = _per_language(session)
    nothing = (0, 0, 0)
    return [
        Standing(tag, published - count, outdated, machine)
        for tag in targets()
        for count, outdated, machine in [there.get(tag, nothing)]
    ]


def targets() -> list[str]:
    """The languages offers are translated into: all that pages are offered in, but the one they are written in."""
    return [language.tag for language in languages.offered() if language.tag != languages.SOURCE_LANGUAGE]


def _per_language(session: Session) -> dict[str, tuple[int, int, int]]:
    """Language -> how many texts there are, how many are outdated, how many only a machine has seen."""
    source = aliased(OfferText)
    is_source = and_(source.offer_id == OfferText.offer_id, source.language == languages.SOURCE_LANGUAGE)
    outdated = func.coalesce(source.version > OfferText.made_from, false())
    unread = and_(OfferText.origin == Origin.MACHINE, ~outdated)
    counted = (
        select(OfferText.language, func.count(), func.count().filter(outdated), func.count().filter(unread))
        .join(Offer, Offer.id == OfferText.offer_id)
        .outerjoin(source, is_source)
        .where(Offer.state == State.PUBLISHED)
        .group_by(OfferText.language)
    )
    return {language: (count, old, machine) for language, count, old, machine in session.execute(counted)}


def _outdated() -> ColumnElement[bool]:
    source = aliased(OfferText)
    return exists().where(
        source.offer_id == OfferText.offer_id,
        source.language == languages.SOURCE_LANGUAGE,
        source.version > OfferText.made_from,
    )


def waiting(session: Session, language: str, need: Need, *, after: int = 0, limit: int = 25) -> list[Wanted]:
    """Published offers that need this in a language, by number, those behind `after`."""
    text = exists().where(OfferText.offer_id == Offer.id, OfferText.language == language)
    conditions = {
        Need.MISSING: ~text,
        Need.OUTDATED: text.where(_outdated()),
        Need.MACHINE: text.where(OfferText.origin == Origin.MACHINE, ~_outdated()),
    }
    wanted = select(Offer.id).where(Offer.state == State.PUBLISHED, Offer.id > after, conditions[need])
    ids = session.scalars(wanted.order_by(Offer.id).limit(limit)).all()
    return by_number(session, language, ids)


def by_number(session: Session, language: str, ids: Sequence[int]) -> list[Wanted]:
    """The lines of the worklist for these offers, by number."""
    found = translations.worklist(session, language, machine=True, among=ids) if ids else []
    return sorted(found, key=lambda row: row.offer_id)


def one(session: Session, offer_id: int, language: str) -> Wanted | None:
    """An offer and its text in a language, whether it needs something or not; None where there is nothing to do."""
    found = translations.worklist(session, language, machine=True, offer_id=offer_id)
    if found:
        return found[0]
    offer = offers.get(session, offer_id)
    return as_it_is(offer, language) if offer else None


def in_all_languages(session: Session, offer_id: int) -> list[Wanted]:
    """An offer and its text in each language, without the words the original had before; in a few statements."""
    offer = offers.get(session, offer_id)
    rows = (as_it_is(offer, tag) for tag in targets()) if offer else ()
    return [row for row in rows if row]


def as_it_is(offer: Offer, language: str) -> Wanted | None:
    """An offer and its text in a language, whatever its state; None for the language it is written in."""
    if not offer.texts or (source := offers.source_text(offer)).language == language:
        return None
    text = next((text for text in offer.texts if text.language == language), None)
    published = offer.state == State.PUBLISHED
    draft, version = offers.text_draft(source), source.version
    if text is None:
        return Wanted(offer.id, published, Need.MISSING, language, draft, version)
    need = Need.OUTDATED if offers.is_outdated(offer, text) else Need.MACHINE
    return Wanted(offer.id, published, need, language, draft, version, offers.text_draft(text), text.version)


def hand_in(session: Session, handed: Handed, actor: Actor, *, now: datetime) -> Judged:
    """Take a translation in as `translations.take_in` does, with a line in the log and a version of the offer."""
    offer = offers.get(session, handed.offer_id)
    text = next((one for one in offer.texts if one.language == handed.text.language), None) if offer else None
    before = plain.text_to_plain(offers.text_draft(text)) if text else None
    if offer:
        log.keep_version(session, offer, actor, now=now)
    judged = translations.take_in(session, handed, now=now)
    if judged.outcome is Outcome.TAKEN and offer:
        after = plain.text_to_plain(handed.text)
        log.note(session, actor, TRANSLATED, "offer", offer.id, now=now, before=before, after=after)
        log.keep_version(session, offer, actor, now=now)
    return judged
