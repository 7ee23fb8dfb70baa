"""Keeping offers: saving drafts, reading them back, moving them between the states of their life.

Every change leaves a note for the search index in the same transaction; it is acted on after the commit, by this or
any later process, so that a killed one loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.attributes import flag_modified

from infopool import languages
from infopool.directory import providers
from infopool.directory.checks import check
from infopool.directory.drafts import (
    Capacity,
    Check,
    ContactDraft,
    Cost,
    OfferDraft,
    ProviderDraft,
    TextDraft,
    VenueDraft,
)
from infopool.directory.facts import Answer, CheckMethod, ContactKind, CostKind, CostPeriod, Origin, ProviderKind, State
from infopool.directory.models import Contact, EarlierText, IndexTask, Offer, OfferText, Provider, Venue
from infopool.directory.regions import Region
from infopool.messages import N_, Message, Problem

WHOLE = (joinedload(Offer.provider), joinedload(Offer.venue), selectinload(Offer.texts), selectinload(Offer.contacts))
"""An offer with all its parts, in three statements however many offers."""


@dataclass(frozen=True)
class Saved:
    """The draft is kept as this offer."""

    offer: Offer


@dataclass(frozen=True)
class Refused:
    """The draft was not kept; nothing has changed."""

    problems: tuple[Problem, ...]


def get(session: Session, offer_id: int) -> Offer | None:
    """The offer with this number in whatever state, with all its parts, or None."""
    return session.scalars(select(Offer).where(Offer.id == offer_id).options(*WHOLE)).first()


def published(session: Session, offer_id: int) -> Offer | None:
    """The offer with this number if visitors may see it, or None."""
    offer = get(session, offer_id)
    return offer if offer and offer.state == State.PUBLISHED else None


def save(
    session: Session,
    draft: OfferDraft,
    *,
    now: datetime,
    region: Region,
    offer: Offer | None = None,
    expected_version: int | None = None,
    small_correction: bool = False,
) -> Saved | Refused:
    """Keep a draft as a new offer, or as the new content of a given one.

    With `expected_version` the save is refused when somebody else has saved in between. A `small_correction` (a typo)
    does not make the translations outdated.
    """
    problems = list(check(draft, region))
    if offer and expected_version is not None and offer.version != expected_version:
        sentence = N_("Somebody else has changed this offer meanwhile. Compare both versions before you save.")
        problems.append(Problem("version", Message(sentence)))
    if problems:
        return Refused(tuple(problems))
    if offer is None:
        offer = Offer(state=State.DRAFT)
        session.add(offer)
    write(session, offer, draft, now=now, small_correction=small_correction)
    session.flush()
    note_change(session, [offer.id])
    return Saved(offer)


def write(
    session: Session,
    offer: Offer,
    draft: OfferDraft,
    *,
    now: datetime,
    small_correction: bool = False,
    keep_translations: bool = False,
) -> None:
    """Put the content of a checked draft into an offer; for `save` and the intake, which check before.

    With `keep_translations` the translations that the draft says nothing about stay: a source brings its own words and
    does not know what was translated here.
    """
    offer.provider = providers.named(session, draft.provider) if draft.provider and draft.provider.name else None
    offer.venue = providers.venue_at(session, draft.venue) if draft.venue else None
    for name in _PLAIN:
        setattr(offer, name, getattr(draft, name))
    offer.cost_kind, offer.cost_cents = draft.cost.kind, draft.cost.cents
    offer.cost_period, offer.cost_words = draft.cost.period, draft.cost.words
    offer.free_places, offer.waiting = draft.capacity.free_places, draft.capacity.waiting
    offer.capacity_as_of = draft.capacity.as_of
    offer.checked_on, offer.checked_by = draft.check.on, draft.check.by
    offer.checked_how = draft.check.how or ""
    if draft.source:
        offer.source, offer.source_key = draft.source, draft.source_key or None
    offer.edited_at = now
    # A change of texts or contacts alone counts as a version too, also when two fall into the same moment.
    flag_modified(offer, "edited_at")
    _write_contacts(offer, draft.contacts)
    _write_texts(session, offer, draft.texts, small_correction, keep_translations)


_PLAIN = (
    "topics",
    "audiences",
    "languages",
    "levels_taught",
    "level_required",
    "formats",
    "childcare",
    "women_only",
    "wheelchair",
    "registration_needed",
    "residence",
    "schedule",
    "starts_on",
    "ends_on",
    "register_by",
    "places",
    "valid_until",
    "working_group",
    "kept",
)
"""What a draft and an offer call by the same name."""


def _write_contacts(offer: Offer, drafts: tuple[ContactDraft, ...]) -> None:
    if tuple(_contact_draft(contact) for contact in offer.contacts) != drafts:
        offer.contacts = [
            Contact(kind=draft.kind, value=draft.value, note=draft.note, languages=draft.languages) for draft in drafts
        ]


def _write_texts(
    session: Session, offer: Offer, drafts: tuple[TextDraft, ...], small_correction: bool, keep_translations: bool
) -> None:
    before = {text.language: text for text in offer.texts}
    changed = [draft for draft in drafts if draft.title.strip() and _differs(before.get(draft.language), draft)]
    if keep_translations:
        changed = [draft for draft in changed if not _was_bettered(session, before.get(draft.language), draft)]
    for draft in changed:
        text = before.get(draft.language)
        if text is None:
            offer.texts.append(text := OfferText(language=draft.language, version=0))
        put_words(session, text, draft, small_correction=small_correction)
    kept = {draft.language for draft in drafts if draft.title.strip()}
    if keep_translations:
        kept |= {text.language for text in offer.texts if text.origin != Origin.WRITTEN}
    offer.texts[:] = [text for text in offer.texts if text.language in kept]
    source = source_text(offer)
    for text in offer.texts:
        if text is source:
            text.made_from = None
        elif any(draft.language == text.language for draft in changed):
            text.made_from = source.version


def _was_bettered(session: Session, text: OfferText | None, draft: TextDraft) -> bool:
    """Whether a translation's words were replaced here: a source that still brings them does not put them back."""
    if text is None or text.made_from is None:
        return False
    # Without autoflush: an offer that is half written would count up its version a second time.
    with session.no_autoflush:
        earlier = session.scalars(select(EarlierText).where(EarlierText.offer_text_id == text.id)).all()
    fields = ("title", "summary", "description", "registration", "documents")
    return any(all(getattr(words, field) == getattr(draft, field) for field in fields) for words in earlier)


def put_words(session: Session, text: OfferText, draft: TextDraft, *, small_correction: bool = False) -> None:
    """Give a text its new words. Its version counts up and the words it had are kept, unless they mean the same."""
    if text.version and not small_correction:
        session.add(
            EarlierText(
                offer_text_id=text.id,
                version=text.version,
                title=text.title,
                summary=text.summary,
                description=text.description,
                registration=text.registration,
                documents=text.documents,
            )
        )
    text.title, text.summary, text.description = draft.title, draft.summary, draft.description
    text.registration, text.documents, text.origin = draft.registration, draft.documents, draft.origin
    text.version += 0 if small_correction and text.version else 1


def _differs(text: OfferText | None, draft: TextDraft) -> bool:
    return text is None or text_draft(text) != draft


def source_text(offer: Offer) -> OfferText:
    """The text the others are translations of: the German one, else the first that was written by people."""
    by_language = {text.language: text for text in offer.texts}
    written = (text for text in offer.texts if text.origin == Origin.WRITTEN)
    return by_language.get(languages.SOURCE_LANGUAGE) or next(written, offer.texts[0])


def is_outdated(offer: Offer, text: OfferText) -> bool:
    """Whether the text was made from an earlier version of the source than today's."""
    return text.made_from is not None and text.made_from < source_text(offer).version


def change_state(session: Session, offer: Offer, state: State, *, now: datetime) -> None:
    """Publish, withdraw or send back to review."""
    offer.state = state
    offer.edited_at = now
    session.flush()
    note_change(session, [offer.id])


def note_change(session: Session, offer_ids: Iterable[int]) -> None:
    """Leave word for the search index that these offers have changed; part of the same transaction."""
    session.add_all([IndexTask(offer_id=offer_id) for offer_id in offer_ids])


def any_there(session: Session) -> bool:
    """Whether the pool holds any offer at all."""
    return session.scalar(select(Offer.id).limit(1)) is not None


def all_published(session: Session) -> Iterator[Offer]:
    """All offers visitors may see, by number, read a few hundred at a time."""
    wanted = select(Offer).where(Offer.state == State.PUBLISHED).options(*WHOLE).order_by(Offer.id)
    yield from session.scalars(wanted.execution_options(yield_per=200))


def some(session: Session, ids: Sequence[int]) -> Iterator[Offer]:
    """The offers with these numbers in whatever state, in this order, with all their parts; unknown ones are left
    out."""
    for start in range(0, len(ids), 200):
        chunk = ids[start : start + 200]
        found = {one.id: one for one in session.scalars(select(Offer).where(Offer.id.in_(chunk)).options(*WHOLE))}
        yield from (found[number] for number in chunk if number in found)


def draft_of(offer: Offer) -> OfferDraft:
    """The offer as plain values, as a form shows it or an export writes it."""
    return OfferDraft(
        texts=tuple(text_draft(text) for text in offer.texts),
        provider=_provider_draft(offer.provider),
        venue=_venue_draft(offer.venue),
        cost=Cost(CostKind(offer.cost_kind), offer.cost_cents, CostPeriod(offer.cost_period), offer.cost_words),
        contacts=tuple(_contact_draft(contact) for contact in offer.contacts),
        capacity=Capacity(offer.free_places, offer.waiting, offer.capacity_as_of),
        check=Check(offer.checked_on, offer.checked_by, CheckMethod(offer.checked_how) if offer.checked_how else None),
        source=offer.source or "",
        source_key=offer.source_key or "",
        **{name: _plain_value(offer, name) for name in _PLAIN},  # type: ignore[arg-type]
    )


def _plain_value(offer: Offer, name: str) -> object:
    value = getattr(offer, name)
    return Answer(value) if name in {"childcare", "women_only", "wheelchair", "registration_needed"} else value


def text_draft(text: OfferText) -> TextDraft:
    """The words of a text as plain values."""
    return TextDraft(
        text.language,
        text.title,
        text.summary,
        text.description,
        text.registration,
        tuple(text.documents or ()),
        Origin(text.origin),
    )


def _contact_draft(contact: Contact) -> ContactDraft:
    return ContactDraft(ContactKind(contact.kind), contact.value, contact.note, tuple(contact.languages or ()))


def _provider_draft(provider: Provider | None) -> ProviderDraft | None:
    return ProviderDraft(provider.name, ProviderKind(provider.kind), provider.website) if provider else None


def _venue_draft(venue: Venue | None) -> VenueDraft | None:
    if venue is None:
        return None
    return VenueDraft(
        venue.name,
        venue.street,
        venue.postcode,
        venue.town,
        venue.place,
        venue.latitude,
        venue.longitude,
        venue.confidential,
    )
