"""Offers as services of the Human Services Data Specification 3.1 (https://docs.openreferral.org/en/3.1/)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from infopool.directory import offers
from infopool.directory.facts import ContactKind, State
from infopool.directory.freshness import call_first
from infopool.directory.models import Offer, Provider
from infopool.exchange.hsds_parts import Ids, attributes, known, location, schedules
from infopool.exchange.labels import Labels
from infopool.messages import N_

Service = dict[str, Any]

PROFILE = "https://docs.openreferral.org/en/3.1/"
PAGE_SIZE = 50
"""Services on a page when nobody says."""

CALL_FIRST = N_("It is long since anybody checked this. Please call first.")


@dataclass(frozen=True)
class Voice:
    """Who tells it: in which words, under which address, and on which day."""

    labels: Labels
    base_url: str
    today: date

    @property
    def base(self) -> str:
        """The address without a slash at its end."""
        return self.base_url.rstrip("/")


def root(openapi_url: str) -> Service:
    """What an HSDS programme reads first."""
    return {"version": "3.1", "profile": PROFILE, "openapi_url": openapi_url}


def id_of(base_url: str, kind: str, number: int) -> UUID:
    """The id of our thing number so-and-so: a UUID of version 8 (RFC 9562, "custom") whose last 48 bits are the number.

    The rest comes from this installation's address, so that two pools never give the same id.
    """
    drawn = int.from_bytes(hashlib.sha256(f"{base_url.rstrip('/')}/{kind}".encode()).digest()[:10], "big") << 48
    version = (drawn | number) & ~(0xF << 76) | (8 << 76)
    return UUID(int=version & ~(0b11 << 62) | (0b10 << 62))


def number_of(base_url: str, kind: str, given: UUID) -> int | None:
    """The number in an id that `id_of` made; None for any other id."""
    number = given.int & (2**48 - 1)
    return number if id_of(base_url, kind, number) == given else None


def page(session: Session, voice: Voice, number: int, size: int) -> Service:
    """One page of the published offers, counted from 1; a page past the end is empty."""
    visible = select(Offer.id).where(Offer.state == State.PUBLISHED)
    total = session.scalar(select(func.count()).select_from(visible.subquery())) or 0
    ids = session.scalars(visible.order_by(Offer.id).offset((number - 1) * size).limit(size)).all()
    contents = list(services(session, ids, voice))
    pages = -(-total // size)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": contents,
    }


def write_ndjson(found: Iterable[Offer], voice: Voice) -> bytes:
    """These offers, each as one line of JSON."""
    lines = (json.dumps(service_of(offer, voice), ensure_ascii=False, separators=(",", ":")) for offer in found)
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def services(session: Session, ids: Iterable[int], voice: Voice) -> Iterator[Service]:
    """These offers as services, in the order of their numbers."""
    wanted = select(Offer).where(Offer.id.in_(list(ids))).order_by(Offer.id).options(*offers.WHOLE)
    for offer in session.scalars(wanted):
        yield service_of(offer, voice)


def service_of(offer: Offer, voice: Voice) -> Service:
    """One offer with all its facts. Words are the source text's; other languages travel as attributes."""
    labels, base = voice.labels, voice.base
    own = id_of(base, "services", offer.id)
    ids = Ids(own)
    text = offers.source_text(offer)
    return known(
        {
            "id": str(own),
            "organization_id": str(id_of(base, "organizations", offer.provider_id)) if offer.provider_id else None,
            "name": text.title,
            "description": "\n\n".join(part for part in (text.summary, text.description) if part),
            "url": f"{base}/{labels.language}/offers/{offer.id}",
            "email": _first(offer, ContactKind.EMAIL),
            "status": "active" if offer.state == State.PUBLISHED else "inactive",
            "application_process": text.registration,
            "wait_time": offer.waiting,
            "fees_description": offer.cost_words or labels.value("cost", offer.cost_kind),
            "eligibility_description": _for_whom(offer, labels),
            "assured_date": offer.checked_on.isoformat() if offer.checked_on else None,
            "last_modified": offer.edited_at.isoformat(),
            "alert": _alert(offer, voice),
            "additional_urls": _websites(offer, ids, text.title),
            "phones": list(_phones(offer, ids, labels)),
            "schedules": list(schedules(offer, ids, labels)),
            "service_areas": _areas(offer, ids, labels, base),
            "languages": [
                known({**ids.part("language", spoken.tag), "code": spoken.tag, "note": spoken.note})
                | {"name": labels.value("language", spoken.tag)}
                for spoken in offer.languages
            ],
            "organization": _organization(offer.provider, base, labels) if offer.provider else None,
            "cost_options": _costs(offer, ids),
            "required_documents": [
                {**ids.part("document", document), "document": document} for document in dict.fromkeys(text.documents)
            ],
            "capacities": _capacities(offer, ids, labels),
            "service_at_locations": location(offer, ids, labels),
            "attributes": list(attributes(offer, ids, labels)),
        }
    )


def _first(offer: Offer, kind: ContactKind) -> str | None:
    return next((contact.value for contact in offer.contacts if contact.kind == kind), None)


def _for_whom(offer: Offer, labels: Labels) -> str:
    words = [labels.value("audience", code) for code in offer.audiences]
    words += [labels.value("residence", code) for code in offer.residence]
    return ", ".join(dict.fromkeys(words))


def _alert(offer: Offer, voice: Voice) -> str | None:
    long_ago = call_first(offer.checked_on, voice.today, offer.call_first_since)
    return voice.labels.translator.gettext(CALL_FIRST) if long_ago else None


def _websites(offer: Offer, ids: Ids, title: str) -> list[Service]:
    sites = [contact for contact in offer.contacts if contact.kind == ContactKind.WEBSITE]
    return [{**ids.part("url", site.value), "label": site.note or title, "url": site.value} for site in sites]


def _phones(offer: Offer, ids: Ids, labels: Labels) -> Iterator[Service]:
    for place, contact in enumerate(offer.contacts):
        if contact.kind == ContactKind.PHONE:
            part = ids.part("phone", str(place))
            spoken = [
                {"id": str(ids.new(f"phone/{place}", tag)), "phone_id": part["id"], "code": tag}
                | {"name": labels.value("language", tag)}
                for tag in contact.languages
            ]
            plain = {**part, "number": contact.value, "type": "voice", "description": contact.note}
            yield known({**plain, "languages": spoken})


def _areas(offer: Offer, ids: Ids, labels: Labels, base: str) -> list[Service]:
    places = labels.region.by_code
    return [
        known(
            {
                **ids.part("area", code),
                "name": labels.place(code),
                "uri": f"{base}/{labels.language}/places/{code}" if code in places else None,
            }
        )
        for code in offer.places
    ]


def _organization(provider: Provider, base: str, labels: Labels) -> Service:
    return known(
        {
            "id": str(id_of(base, "organizations", provider.id)),
            "name": provider.name,
            # HSDS requires a description; the kind of provider is what we know about every one.
            "description": labels.provider_kind(provider.kind),
            "website": provider.website,
        }
    )


def _costs(offer: Offer, ids: Ids) -> list[Service]:
    cents = 0 if offer.cost_kind == "free" else offer.cost_cents
    if cents is None:
        return []
    words = offer.cost_words or str(offer.cost_period)
    return [{**ids.part("cost", "0"), "currency": "EUR", "amount": cents / 100, "amount_description": words}]


def _capacities(offer: Offer, ids: Ids, labels: Labels) -> list[Service]:
    if offer.free_places is None:
        return []
    as_of = offer.capacity_as_of.isoformat() + "T00:00:00Z" if offer.capacity_as_of else offer.edited_at.isoformat()
    unit = {"id": str(ids.new("unit", "place")), "name": labels.translator.gettext(FREE_PLACES)}
    return [{**ids.part("capacity", "0"), "available": offer.free_places, "updated": as_of, "unit": unit}]


FREE_PLACES = N_("free places")
