"""An offer as plain values: what a form, an importer or another pool hands in before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from infopool.directory.facts import Answer, CheckMethod, ContactKind, CostKind, CostPeriod, Origin, ProviderKind
from infopool.directory.schedules import Schedule
from infopool.messages import Message


@dataclass(frozen=True)
class TextDraft:
    """The words of an offer in one language."""

    language: str
    title: str = ""
    summary: str = ""
    """One sentence for the result card."""
    description: str = ""
    registration: str = ""
    """How to register, in words."""
    documents: tuple[str, ...] = ()
    """What to bring along."""
    origin: Origin = Origin.WRITTEN


@dataclass(frozen=True)
class ContactDraft:
    """One way to reach somebody: a phone number, an e-mail address or a website."""

    kind: ContactKind
    value: str
    """Phones in E.164 (`+4977511234`) or as a short number (`112`); addresses as they are."""
    note: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class SpokenLanguage:
    """A language spoken at an offer, with what must be known about it ("call first")."""

    tag: str
    note: str = ""


@dataclass(frozen=True)
class Cost:
    """What taking part costs."""

    kind: CostKind = CostKind.UNKNOWN
    cents: int | None = None
    """In euro cents."""
    period: CostPeriod = CostPeriod.ONCE
    words: str = ""

    @property
    def euros(self) -> Decimal | None:
        """The amount in euros, or None when no amount is known."""
        return None if self.cents is None else Decimal(self.cents) / 100


@dataclass(frozen=True)
class VenueDraft:
    """Adresse. Where it happens."""

    name: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    place: str = ""
    """The code of the municipality or district, from the region."""
    latitude: float | None = None
    longitude: float | None = None
    """WGS 84 degrees; both or none. 0,0 is refused: it is the mark of a lost coordinate."""
    confidential: bool = False
    """A shelter's address is never shown; the page says "call"."""


@dataclass(frozen=True)
class ProviderDraft:
    """Träger. Who makes the offer."""

    name: str
    kind: ProviderKind = ProviderKind.OTHER
    website: str = ""


@dataclass(frozen=True)
class Capacity:
    """Free places and waiting time, with the day they were true."""

    free_places: int | None = None
    waiting: str = ""
    """In words: "about eight months"."""
    as_of: date | None = None


@dataclass(frozen=True)
class Check:
    """Prüfung. When somebody last made sure that all of this is right, who, and how."""

    on: date | None = None
    by: str = ""
    how: CheckMethod | None = None


@dataclass(frozen=True)
class OfferDraft:
    """Entwurf eines Angebots. All that an offer says; empty fields mean unknown, never no."""

    texts: tuple[TextDraft, ...]
    provider: ProviderDraft | None = None
    topics: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    languages: tuple[SpokenLanguage, ...] = ()
    levels_taught: tuple[str, ...] = ()
    level_required: str = ""
    """The German one needs to take part; "A0" means none, empty means unknown."""
    cost: Cost = Cost()
    formats: tuple[str, ...] = ()
    childcare: Answer = Answer.UNKNOWN
    women_only: Answer = Answer.UNKNOWN
    wheelchair: Answer = Answer.UNKNOWN
    registration_needed: Answer = Answer.UNKNOWN
    residence: tuple[str, ...] = ()
    schedule: Schedule = ()
    starts_on: date | None = None
    ends_on: date | None = None
    register_by: date | None = None
    places: tuple[str, ...] = ()
    """Codes of the municipalities served, apart from where it happens; the region's own code means all of them."""
    venue: VenueDraft | None = None
    contacts: tuple[ContactDraft, ...] = ()
    capacity: Capacity = Capacity()
    check: Check = Check()
    valid_until: date | None = None
    working_group: str = ""
    source: str = ""
    source_key: str = ""
    kept: tuple[tuple[str, str], ...] = ()
    """What an importer could not place: (column or field, text). Shown to curators, never lost."""

    def text(self, language: str) -> TextDraft | None:
        """The words in one language, or None."""
        return next((text for text in self.texts if text.language == language), None)


@dataclass(frozen=True)
class Unreadable:
    """What an importer could not read: where it stands and a sentence that says why."""

    line: int
    """Counted from 1, the heading line included."""
    column: str
    why: Message
    row_lost: bool = False
    """Whether the whole row was refused (it has no title); otherwise its text is kept and only the cell reported."""
