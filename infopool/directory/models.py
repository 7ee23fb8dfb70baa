"""The tables of the directory."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Float, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from infopool.db import Base
from infopool.directory.columns import Codes, Pairs, Slots, SpokenLanguages, UtcDateTime
from infopool.directory.drafts import SpokenLanguage
from infopool.directory.facts import Answer, CostKind, CostPeriod, Origin, ProviderKind, State
from infopool.directory.schedules import Schedule


class Provider(Base):
    """Träger."""

    __tablename__ = "providers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(300), index=True)
    kind: Mapped[str] = mapped_column(String(20), default=ProviderKind.OTHER)
    website: Mapped[str] = mapped_column(Text, default="")

    offers: Mapped[list[Offer]] = relationship(back_populates="provider")


class Venue(Base):
    """Adresse."""

    __tablename__ = "venues"
    __table_args__ = (
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="both_or_none"),
        CheckConstraint("NOT (latitude = 0 AND longitude = 0)", name="not_null_island"),
        Index("ix_venues_address", "postcode", "street"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(300), default="")
    street: Mapped[str] = mapped_column(Text, default="")
    postcode: Mapped[str] = mapped_column(String(10), default="")
    town: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(String(60), default="")
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    confidential: Mapped[bool] = mapped_column(Boolean, default=False)


class Offer(Base):
    """Angebot. What it says in words stands in its texts; what it says in facts stands here.

    Lists of codes and the schedule are values of the offer, not rows of their own: they are always read and written
    together with it, and the search index, not the database, answers questions about them.
    """

    __tablename__ = "offers"
    __table_args__ = (
        UniqueConstraint("source", "source_key"),
        # Those to be checked next, without sorting all.
        Index("ix_offers_due", "state", "checked_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(12), default=State.DRAFT, index=True)

    topics: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    audiences: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    languages: Mapped[tuple[SpokenLanguage, ...]] = mapped_column(SpokenLanguages, default=())
    levels_taught: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    level_required: Mapped[str] = mapped_column(String(2), default="")
    cost_kind: Mapped[str] = mapped_column(String(12), default=CostKind.UNKNOWN)
    cost_cents: Mapped[int | None] = mapped_column(Integer)
    cost_period: Mapped[str] = mapped_column(String(10), default=CostPeriod.ONCE)
    cost_words: Mapped[str] = mapped_column(Text, default="")
    formats: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    childcare: Mapped[str] = mapped_column(String(8), default=Answer.UNKNOWN)
    women_only: Mapped[str] = mapped_column(String(8), default=Answer.UNKNOWN)
    wheelchair: Mapped[str] = mapped_column(String(8), default=Answer.UNKNOWN)
    registration_needed: Mapped[str] = mapped_column(String(8), default=Answer.UNKNOWN)
    residence: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())

    schedule: Mapped[Schedule] = mapped_column(Slots, default=())
    zone: Mapped[str] = mapped_column(String(40), default="Europe/Berlin")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    register_by: Mapped[date | None]
    places: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())

    free_places: Mapped[int | None] = mapped_column(Integer)
    waiting: Mapped[str] = mapped_column(Text, default="")
    capacity_as_of: Mapped[date | None]

    edited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    checked_on: Mapped[date | None] = mapped_column(index=True)
    checked_by: Mapped[str] = mapped_column(Text, default="")
    checked_how: Mapped[str] = mapped_column(String(10), default="")
    valid_until: Mapped[date | None]
    working_group: Mapped[str] = mapped_column(String(40), default="", index=True)
    call_first_since: Mapped[date | None]
    """Since when visitors are told to call first, because nobody answered our question or the provider says that it is
    gone. A later check overrules it."""
    withdrawn_why: Mapped[str] = mapped_column(String(20), default="")
    """For a withdrawn one: curator, gone (the provider says so), unchecked (nobody answered) or over."""

    source: Mapped[str | None] = mapped_column(String(200))
    source_key: Mapped[str | None] = mapped_column(String(200))
    imported_version: Mapped[int | None] = mapped_column(Integer)
    """The offer's version right after the last import: a higher one means that a curator has edited it since."""
    imported_hash: Mapped[str] = mapped_column(String(64), default="")
    """What the source said last time, as a fingerprint."""
    kept: Mapped[tuple[tuple[str, str], ...]] = mapped_column(Pairs, default=())
    found_by: Mapped[tuple[tuple[str, str], ...]] = mapped_column(Pairs, default=())
    """(language, words) under which it is to be found besides what it says: what people typed in vain before."""

    provider_id: Mapped[int | None] = mapped_column(ForeignKey("providers.id"), index=True)
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venues.id"), index=True)
    provider: Mapped[Provider | None] = relationship(back_populates="offers")
    venue: Mapped[Venue | None] = relationship()
    texts: Mapped[list[OfferText]] = relationship(
        back_populates="offer", cascade="all, delete-orphan", order_by="OfferText.id"
    )
    contacts: Mapped[list[Contact]] = relationship(
        back_populates="offer", cascade="all, delete-orphan", order_by="Contact.id"
    )

    # Two curators who save the same offer: the second learns of it instead of overwriting the first.
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class OfferText(Base):
    """Fassung. The words of an offer in one language."""

    __tablename__ = "offer_texts"
    __table_args__ = (
        UniqueConstraint("offer_id", "language"),
        # Titles of one language can be looked through without the long words beside them.
        Index("ix_offer_texts_title", "language", "title", "offer_id"),
        # The few originals that have changed since they were first written.
        Index("ix_offer_texts_version", "language", "version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(300))
    summary: Mapped[str] = mapped_column(Text, default="")
    description: Mapped[str] = mapped_column(Text, default="")
    registration: Mapped[str] = mapped_column(Text, default="")
    documents: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    origin: Mapped[str] = mapped_column(String(10), default=Origin.WRITTEN)
    version: Mapped[int] = mapped_column(Integer, default=1)
    """Counts the changes in meaning of this text."""
    made_from: Mapped[int | None] = mapped_column(Integer)
    """For a translation: the version of the source text it was made from."""

    offer: Mapped[Offer] = relationship(back_populates="texts")


class EarlierText(Base):
    """Frühere Fassung. The words a text had before they changed in meaning, so that translators see what is new."""

    __tablename__ = "earlier_texts"
    __table_args__ = (UniqueConstraint("offer_text_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_text_id: Mapped[int] = mapped_column(ForeignKey("offer_texts.id", ondelete="CASCADE"))
    version: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(String(300))
    summary: Mapped[str] = mapped_column(Text, default="")
    description: Mapped[str] = mapped_column(Text, default="")
    registration: Mapped[str] = mapped_column(Text, default="")
    documents: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())


class MachineUse(Base):
    """Verbrauch der maschinellen Übersetzung. How many characters were handed to a machine in a month."""

    __tablename__ = "machine_use"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    """As in `2026-11`."""
    characters: Mapped[int] = mapped_column(Integer, default=0)


class Contact(Base):
    """Kontakt."""

    __tablename__ = "contacts"
    __table_args__ = (Index("ix_contacts_value", "kind", "value", "offer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    value: Mapped[str] = mapped_column(String(500))
    note: Mapped[str] = mapped_column(Text, default="")
    languages: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())

    offer: Mapped[Offer] = relationship(back_populates="contacts")


class IndexTask(Base):
    """Auftrag an den Suchindex. Written in the same transaction as the change it stands for, and done after it."""

    __tablename__ = "index_queue"

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(Integer, index=True)


class Remark(Base):
    """Rückmeldung. What a visitor says: something is wrong with an offer, or one is missing. No name, no time of day.

    A way to reach the visitor stands there only if she gave one. Words and contact go some time after it was dealt
    with (`curation.feedback`).
    """

    __tablename__ = "remarks"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), default="remark")
    """remark (about an offer) or suggestion (of a new one)."""
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offers.id", ondelete="CASCADE"), index=True)
    edit_id: Mapped[int | None] = mapped_column(Integer)
    """For a suggestion: the edit that was made of it."""
    reason: Mapped[str] = mapped_column(String(20), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    contact: Mapped[str] = mapped_column(String(320), default="")
    language: Mapped[str] = mapped_column(String(20))
    left_on: Mapped[date]
    working_group: Mapped[str] = mapped_column(String(40), default="", index=True)
    closed_on: Mapped[date | None]
    closed_by: Mapped[str] = mapped_column(String(200), default="")
    outcome: Mapped[str] = mapped_column(String(20), default="")
    """What was done, as a code of `curation.feedback`."""
    answer: Mapped[str] = mapped_column(Text, default="")


class SearchWord(Base):
    """Suchwort der Redaktion. A word people type for a concept, added beside the vocabulary's files."""

    __tablename__ = "search_words"
    __table_args__ = (UniqueConstraint("language", "concept", "term"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(20))
    concept: Mapped[str] = mapped_column(String(60))
    term: Mapped[str] = mapped_column(String(100))
    added_on: Mapped[date]
