"""Providers and venues: found again by what names them, made when they are new."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from infopool.directory.drafts import ProviderDraft, VenueDraft
from infopool.directory.facts import ProviderKind
from infopool.directory.models import Provider, Venue

T = TypeVar("T")


def get(session: Session, provider_id: int) -> Provider | None:
    """The provider with this number, or None."""
    return session.get(Provider, provider_id)


def named(session: Session, draft: ProviderDraft) -> Provider:
    """The provider of this name (case does not matter), made if there is none; new facts fill empty ones."""
    name = draft.name.strip()
    found = _seen(session, "provider", name.casefold(), lambda: _find_provider(session, name))
    if found is None:
        found = _remember(session, "provider", name.casefold(), Provider(name=name, kind=draft.kind, website=""))
    if found.kind == ProviderKind.OTHER:
        found.kind = draft.kind
    found.website = found.website or draft.website
    return found


def _find_provider(session: Session, name: str) -> Provider | None:
    # SQLite's lower() knows only ASCII; an exact match comes first, so that umlauts do not make twins.
    same = select(Provider).where((Provider.name == name) | (func.lower(Provider.name) == name.lower()))
    return session.scalars(same.order_by(Provider.id)).first()


def venue_at(session: Session, draft: VenueDraft) -> Venue:
    """The venue with this name and address, made if there is none."""
    address = (draft.name, draft.street, draft.postcode, draft.town, draft.confidential)
    found = _seen(session, "venue", address, lambda: _find_venue(session, draft))
    if found is None:
        found = Venue(name=draft.name, street=draft.street, postcode=draft.postcode, town=draft.town)
        found.confidential, found.place = draft.confidential, draft.place
        _remember(session, "venue", address, found)
    found.place = draft.place or found.place
    if draft.latitude is not None:
        found.latitude, found.longitude = draft.latitude, draft.longitude
    return found


def _find_venue(session: Session, draft: VenueDraft) -> Venue | None:
    same = select(Venue).where(
        Venue.name == draft.name,
        Venue.street == draft.street,
        Venue.postcode == draft.postcode,
        Venue.town == draft.town,
        Venue.confidential == draft.confidential,
    )
    return session.scalars(same.order_by(Venue.id)).first()


# Each is looked up once per session: an intake asks for the same few hundred again and again, and a new one must be
# found again before it has reached the database. Looking must not flush half-written offers.


def _seen(session: Session, kind: str, key: Hashable, look: Callable[[], T | None]) -> T | None:
    known = session.info.setdefault("seen", {})
    if (kind, key) not in known:
        with session.no_autoflush:
            found = look()
        if found is None:
            return None
        known[kind, key] = found
    return cast(T, known[kind, key])


def _remember(session: Session, kind: str, key: Hashable, made: T) -> T:
    session.add(made)
    session.info.setdefault("seen", {})[kind, key] = made
    return made
