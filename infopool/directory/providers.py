"""Providers and venues: found again by what names them, made when they are new."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from infopool.directory.drafts import ProviderDraft, VenueDraft
from infopool.directory.facts import ProviderKind
from infopool.directory.models import Provider, Venue


def get(session: Session, provider_id: int) -> Provider | None:
    """The provider with this number, or None."""
    return session.get(Provider, provider_id)


def named(session: Session, draft: ProviderDraft) -> Provider:
    """The provider of this name (case does not matter), made if there is none; new facts fill empty ones."""
    name = draft.name.strip()
    found = session.scalars(
        select(Provider).where(func.lower(Provider.name) == name.lower()).order_by(Provider.id)
    ).first()
    # SQLite's lower() knows only ASCII; an exact match is tried too, so that umlauts do not make twins.
    found = found or session.scalars(select(Provider).where(Provider.name == name)).first()
    if found is None:
        found = Provider(name=name, kind=draft.kind, website=draft.website)
        session.add(found)
        session.flush()
        return found
    if found.kind == ProviderKind.OTHER:
        found.kind = draft.kind
    found.website = found.website or draft.website
    return found


def venue_at(session: Session, draft: VenueDraft) -> Venue:
    """The venue with this name and address, made if there is none."""
    found = session.scalars(
        select(Venue).where(
            Venue.name == draft.name,
            Venue.street == draft.street,
            Venue.postcode == draft.postcode,
            Venue.town == draft.town,
            Venue.confidential == draft.confidential,
        )
    ).first()
    if found is None:
        found = Venue(
            name=draft.name,
            street=draft.street,
            postcode=draft.postcode,
            town=draft.town,
            place=draft.place,
            latitude=draft.latitude,
            longitude=draft.longitude,
            confidential=draft.confidential,
        )
        session.add(found)
        session.flush()
        return found
    found.place = draft.place or found.place
    if draft.latitude is not None:
        found.latitude, found.longitude = draft.latitude, draft.longitude
    return found
