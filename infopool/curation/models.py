"""The tables of the people who tend the pool: who they are, what they change, what is left to them to do."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from infopool.db import Base
from infopool.directory.columns import Codes, UtcDateTime


class Role(StrEnum):
    """Rolle. What somebody is here for."""

    CURATOR = "curator"
    """Redaktion of one or more working groups."""
    OFFICER = "officer"
    """Integrationsbeauftragte: all groups, people, settings."""
    TRANSLATOR = "translator"
    """Übersetzung: texts only."""
    STEERING = "steering"
    """Lenkungsgruppe: reads everything, changes nothing."""


class Curator(Base):
    """Redaktionsmitglied. Somebody with an account, whatever the role."""

    __tablename__ = "curators"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    """In small letters."""
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(12), default=Role.CURATOR)
    groups: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    """Codes of the working groups; only a curator has any."""
    language: Mapped[str] = mapped_column(String(20), default="de")
    """In which the desk speaks: de or en."""
    translates: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    """Languages somebody translates into, for the desk's list."""
    password_hash: Mapped[str] = mapped_column(Text, default="")
    """Argon2; empty until the invitation was followed."""
    totp_secret: Mapped[str] = mapped_column(String(64), default="")
    totp_used: Mapped[int] = mapped_column(Integer, default=0)
    """The counter of the last code that was taken, so that none is taken twice."""
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    joined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    passkeys: Mapped[list[Passkey]] = relationship(back_populates="curator", cascade="all, delete-orphan")


class Passkey(Base):
    """Passkey. A key on a device in place of a password."""

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    curator_id: Mapped[int] = mapped_column(ForeignKey("curators.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(Integer, default=0)
    name: Mapped[str] = mapped_column(String(100), default="")
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    curator: Mapped[Curator] = relationship(back_populates="passkeys")


class SignIn(Base):
    """Anmeldung. One open session; the browser holds a random token, here lies its fingerprint."""

    __tablename__ = "sign_ins"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    curator_id: Mapped[int] = mapped_column(ForeignKey("curators.id", ondelete="CASCADE"), index=True)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    device: Mapped[str] = mapped_column(String(60), default="")
    """A few words to recognise it by ("Firefox, Linux")."""
    halfway: Mapped[bool] = mapped_column(Boolean, default=False)
    """The password was right and the second factor is still awaited: nothing may be done with it."""


class Ticket(Base):
    """Einmal-Link. An invitation or a way to a new password; good once and for a while."""

    __tablename__ = "tickets"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    curator_id: Mapped[int] = mapped_column(ForeignKey("curators.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    good_until: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Tries(Base):
    """Versuche. How often something was tried in a stretch of time, under a key that names nobody."""

    __tablename__ = "tries"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    count: Mapped[int] = mapped_column(Integer, default=0)


class LogEntry(Base):
    """Protokolleintrag. Who did what to what, when, and how it was before and after. Only ever added to."""

    __tablename__ = "log"
    __table_args__ = (Index("ix_log_subject", "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    curator_id: Mapped[int | None] = mapped_column(Integer)
    """None when a provider, a visitor or a job did it."""
    who: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(20))
    """Kind of the thing: offer, edit, curator, provider, venue, rule, import, term, remark ..."""
    subject_id: Mapped[int | None] = mapped_column(Integer)
    before: Mapped[Any] = mapped_column(JSON)
    after: Mapped[Any] = mapped_column(JSON)


class OfferVersion(Base):
    """Stand eines Angebots. What an offer said in whole, each time it changed."""

    __tablename__ = "offer_versions"
    __table_args__ = (UniqueConstraint("offer_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(Integer)
    number: Mapped[int] = mapped_column(Integer)
    """The offer's version."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    who: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(12))
    content: Mapped[Any] = mapped_column(JSON)
    """The draft as `directory.plain` writes it; None where personal data was erased for good."""
    import_run_id: Mapped[int | None] = mapped_column(Integer, index=True)


class EditState(StrEnum):
    """Stand einer Bearbeitung."""

    OPEN = "open"
    IN_REVIEW = "in-review"
    DONE = "done"
    DROPPED = "dropped"


class Edit(Base):
    """Bearbeitung. What somebody is about to change in an offer (or a new one), until it becomes part of it.

    The form's fields are kept as they were typed, faults included, so that nothing is lost by closing a window. An
    offer that visitors see stays as it is until its edit is approved.
    """

    __tablename__ = "edits"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offers.id", ondelete="CASCADE"), index=True)
    """None: it is going to be a new offer."""
    base_version: Mapped[int | None] = mapped_column(Integer)
    """The offer's version when the edit began."""
    origin: Mapped[str] = mapped_column(String(10), default="curator")
    """Who began it: curator, provider or visitor."""
    author_id: Mapped[int | None] = mapped_column(Integer, index=True)
    author: Mapped[str] = mapped_column(String(200), default="")
    working_group: Mapped[str] = mapped_column(String(40), default="", index=True)
    title: Mapped[str] = mapped_column(String(300), default="")
    fields: Mapped[Any] = mapped_column(JSON)
    """Field name -> what was typed (a text or a list of texts)."""
    note: Mapped[str] = mapped_column(Text, default="")
    """What the author says to whoever reviews it."""
    state: Mapped[str] = mapped_column(String(10), default=EditState.OPEN, index=True)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reviewed_by: Mapped[str] = mapped_column(String(200), default="")
    publish_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Approved, and to be published then."""

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class GroupRule(Base):
    """Regel eines Arbeitskreises."""

    __tablename__ = "group_rules"

    group: Mapped[str] = mapped_column("working_group", String(40), primary_key=True)
    four_eyes: Mapped[bool] = mapped_column(Boolean, default=False)
    """Nobody publishes alone what she has written."""


class CheckRule(Base):
    """Prüffrist. How many days after a check the next one is due, for offers of a topic."""

    __tablename__ = "check_rules"

    topic: Mapped[str] = mapped_column(String(40), primary_key=True)
    days: Mapped[int] = mapped_column(Integer)


class CheckRequest(Base):
    """Prüfanfrage. The question to a provider whether an offer is still right, and how it went."""

    __tablename__ = "check_requests"
    __table_args__ = (
        # No offer is asked about twice at the same time, whoever asks.
        Index(
            "ix_check_requests_open",
            "offer_id",
            unique=True,
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id", ondelete="CASCADE"), index=True)
    address: Mapped[str] = mapped_column(String(500))
    language: Mapped[str] = mapped_column(String(20), default="de")
    reason: Mapped[str] = mapped_column(String(20), default="due")
    """due: a check is due; next-date: the course ends and may have a next date."""
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    to_call_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when the working group is asked to call."""
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(String(20), default="")
    """right, change, gone; or called when the working group has dealt with it; or lapsed. With `gone` it stays open
    until the working group has confirmed it."""


class Link(Base):
    """Adresse im Netz, as the link checker knows it."""

    __tablename__ = "links"

    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(Text, unique=True)
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    good: Mapped[bool | None] = mapped_column(Boolean)
    """None: never asked, or no answer that says anything."""
    status: Mapped[int | None] = mapped_column(Integer)
    leads_to: Mapped[str] = mapped_column(Text, default="")
    """Where a permanent redirect leads."""
    fault: Mapped[str] = mapped_column(String(40), default="")
    failures: Mapped[int] = mapped_column(Integer, default=0)
    """How often in a row it failed."""
    ignored_until: Mapped[date | None]


class ImportRun(Base):
    """Einlesung. A file somebody brought to the desk, from looking at it to undoing it."""

    __tablename__ = "import_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(200), index=True)
    filename: Mapped[str] = mapped_column(String(300))
    stored_as: Mapped[str] = mapped_column(String(100))
    """The name of the file in the data folder's uploads."""
    working_group: Mapped[str] = mapped_column(String(40), default="")
    mapping: Mapped[Any] = mapped_column(JSON)
    """Column heading -> field, where a curator said so."""
    state: Mapped[str] = mapped_column(String(12), index=True)
    """read, planned, running, done, undone, failed, dropped."""
    report: Mapped[Any] = mapped_column(JSON)
    chosen: Mapped[Any] = mapped_column(JSON)
    by: Mapped[str] = mapped_column(String(200))
    curator_id: Mapped[int | None] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ColumnMapping(Base):
    """Spaltenzuordnung. What the columns of a source mean, remembered from the last time."""

    __tablename__ = "column_mappings"

    source: Mapped[str] = mapped_column(String(200), primary_key=True)
    mapping: Mapped[Any] = mapped_column(JSON)


class Need(Base):
    """Bedarf. Something people look for that nobody offers here."""

    __tablename__ = "needs"

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(String(300))
    language: Mapped[str] = mapped_column(String(20), default="")
    topic: Mapped[str] = mapped_column(String(40), default="")
    place: Mapped[str] = mapped_column(String(60), default="")
    noted_on: Mapped[date]
    noted_by: Mapped[str] = mapped_column(String(200))
    met_on: Mapped[date | None]


class SearchCount(Base):
    """Suchzahl. How many searches of a kind a week had; nothing about any single one."""

    __tablename__ = "search_counts"
    __table_args__ = (UniqueConstraint("week", "language", "topic", "place", "result"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    week: Mapped[str] = mapped_column(String(8), index=True)
    """ISO week, as in `2026-W47`."""
    language: Mapped[str] = mapped_column(String(20))
    topic: Mapped[str] = mapped_column(String(40), default="")
    place: Mapped[str] = mapped_column(String(60), default="")
    result: Mapped[str] = mapped_column(String(10))
    """none, few, some: how many offers were found."""
    count: Mapped[int] = mapped_column(Integer, default=0)


class RareTerm(Base):
    """Seltenes Suchwort. A fingerprint under a key of the month, and on which days it came; no word."""

    __tablename__ = "rare_terms"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    days: Mapped[int] = mapped_column(Integer, default=0)
    """A bit per day of the month."""
    hits: Mapped[int] = mapped_column(Integer, default=0)


class MonthKey(Base):
    """Monatsschlüssel of the fingerprints; destroyed when the month is over."""

    __tablename__ = "month_keys"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary)


class WantedTerm(Base):
    """Vergeblich gesucht. Words that were looked for often enough to be harmless, and what curators made of them."""

    __tablename__ = "wanted_terms"
    __table_args__ = (UniqueConstraint("language", "term"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(20))
    term: Mapped[str] = mapped_column(String(60))
    hits: Mapped[int] = mapped_column(Integer, default=0)
    first_week: Mapped[str] = mapped_column(String(8))
    last_week: Mapped[str] = mapped_column(String(8))
    decision: Mapped[str] = mapped_column(String(10), default="")
    """Empty: nobody has looked at it; else concept, covered, need or noise."""
    target: Mapped[str] = mapped_column(String(60), default="")
    """The concept's code, or the number of the offer or need."""
    decided_by: Mapped[str] = mapped_column(String(200), default="")


class Mail(Base):
    """Ausgehende Mail. Written in the transaction that gives rise to it, sent after it."""

    __tablename__ = "mails"

    id: Mapped[int] = mapped_column(primary_key=True)
    to: Mapped[str] = mapped_column("recipient", String(320))
    subject: Mapped[str] = mapped_column(String(300))
    words: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(20), default="de")
    purpose: Mapped[str] = mapped_column(String(20))
    offer_id: Mapped[int | None] = mapped_column(Integer)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    fault: Mapped[str] = mapped_column(Text, default="")
