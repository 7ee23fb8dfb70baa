"""One offer as plain values, with everything visitors may know and nothing they may not."""

from __future__ import annotations

from datetime import date
from typing import Any

from infopool import languages
from infopool.directory import offers, schedules
from infopool.directory.columns import slot_to_plain
from infopool.directory.models import Contact, Offer, OfferText, Venue
from infopool.exchange.answers import Plain
from infopool.exchange.labels import Labels


def text_for(offer: Offer, language: str) -> OfferText:
    """The text a reader gets: in her language, else in the one hers is close to, else the source text."""
    by_language = {text.language: text for text in offer.texts}
    known = languages.find(language)
    close = known.text_tag if known else language
    return by_language.get(language) or by_language.get(close) or offers.source_text(offer)


def public_venue(offer: Offer) -> Venue | None:
    """Where it happens, or None when there is no address or it is confidential: then people call."""
    return offer.venue if offer.venue and not offer.venue.confidential else None


def offer_answer(offer: Offer, labels: Labels) -> Plain:
    """The offer in the reader's language, all its texts, and its facts as codes with labels."""
    text = text_for(offer, labels.language)
    return {
        "id": offer.id,
        "url": labels.page_of(offer.id),
        "title": text.title,
        "language": text.language,
        "summary": text.summary,
        "description": text.description,
        "registration": text.registration,
        "documents": list(text.documents),
        "texts": {each.language: _text(offer, each) for each in offer.texts},
        "provider": _provider(offer, labels),
        **_for_whom(offer, labels),
        **_how(offer, labels),
        **_when_and_where(offer, labels),
        "contacts": [_contact(contact) for contact in offer.contacts],
        **_how_sure(offer),
    }


def _text(offer: Offer, text: OfferText) -> Plain:
    return {
        "title": text.title,
        "summary": text.summary,
        "description": text.description,
        "registration": text.registration,
        "documents": list(text.documents),
        "origin": str(text.origin),
        "outdated": offers.is_outdated(offer, text),
    }


def _coded(facet: str, codes: tuple[str, ...], labels: Labels) -> list[Plain]:
    return [{"value": code, "label": labels.value(facet, code)} for code in codes]


def _provider(offer: Offer, labels: Labels) -> Plain | None:
    provider = offer.provider
    if provider is None:
        return None
    kind = {"value": str(provider.kind), "label": labels.provider_kind(provider.kind)}
    return {"id": provider.id, "name": provider.name, "kind": kind, "website": provider.website or None}


def _for_whom(offer: Offer, labels: Labels) -> Plain:
    return {
        "topics": _coded("topic", offer.topics, labels),
        "audiences": _coded("audience", offer.audiences, labels),
        "languages": [
            {"value": spoken.tag, "label": labels.value("language", spoken.tag), "note": spoken.note}
            for spoken in offer.languages
        ],
        "levels_taught": _coded("level", offer.levels_taught, labels),
        "level_required": offer.level_required or None,
        "residence": _coded("residence", offer.residence, labels),
        "women_only": str(offer.women_only),
    }


def _how(offer: Offer, labels: Labels) -> Plain:
    amount = None if offer.cost_cents is None else offer.cost_cents / 100
    cost: dict[str, Any] = {"value": str(offer.cost_kind), "label": labels.value("cost", offer.cost_kind)}
    cost |= {"euros": amount, "period": str(offer.cost_period) if amount is not None else None}
    return {
        "cost": {**cost, "words": offer.cost_words},
        "formats": _coded("format", offer.formats, labels),
        "childcare": str(offer.childcare),
        "wheelchair": str(offer.wheelchair),
        "registration_needed": str(offer.registration_needed),
    }


def _when_and_where(offer: Offer, labels: Labels) -> Plain:
    return {
        "schedule": [slot_to_plain(slot) for slot in offer.schedule],
        "zone": offer.zone,
        "times": _coded("time", schedules.times_of_day(offer.schedule), labels),
        "starts_on": _iso(offer.starts_on),
        "ends_on": _iso(offer.ends_on),
        "register_by": _iso(offer.register_by),
        "places": _coded("place", offer.places, labels),
        "venue": _venue(public_venue(offer), labels),
        "address_is_confidential": bool(offer.venue and offer.venue.confidential),
    }


def _venue(venue: Venue | None, labels: Labels) -> Plain | None:
    if venue is None:
        return None
    return {
        "name": venue.name,
        "street": venue.street,
        "postcode": venue.postcode,
        "town": venue.town,
        "place": {"value": venue.place, "label": labels.place(venue.place)} if venue.place else None,
        "latitude": venue.latitude,
        "longitude": venue.longitude,
    }


def _contact(contact: Contact) -> Plain:
    return {
        "kind": str(contact.kind),
        "value": contact.value,
        "note": contact.note,
        "languages": list(contact.languages),
    }


def _how_sure(offer: Offer) -> Plain:
    capacity = {
        "free_places": offer.free_places,
        "waiting": offer.waiting,
        "as_of": _iso(offer.capacity_as_of),
    }
    return {
        "capacity": capacity,
        "edited_at": offer.edited_at.isoformat(),
        "checked": {"on": _iso(offer.checked_on), "by": offer.checked_by, "how": offer.checked_how or None},
        "valid_until": _iso(offer.valid_until),
        "working_group": offer.working_group or None,
        "source": {"name": offer.source or "", "key": offer.source_key or ""},
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
