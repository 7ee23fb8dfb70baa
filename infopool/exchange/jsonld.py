"""An offer in schema.org's words (JSON-LD), so that search engines and assistants read what people read."""

from __future__ import annotations

import json
from typing import Any

from infopool.directory.facts import Answer, ContactKind, CostKind, Format, ProviderKind
from infopool.directory.models import Offer, Venue
from infopool.directory.schedules import Slot, SlotKind
from infopool.exchange.labels import Labels
from infopool.exchange.offer_answer import public_venue, text_for

Linked = dict[str, Any]

COURSE_TOPICS = frozenset({"german-course", "integration-course", "job-german", "literacy", "adult-education"})
"""Offers under these topics are courses."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def linked_data(offer: Offer, labels: Labels, url: str) -> Linked:
    """The offer as a Course, an Event (everything on single days) or a Service. `url` is its page's full address.

    What is unknown is left out; a confidential address never appears.
    """
    kind = kind_of(offer)
    text = text_for(offer, labels.language)
    common = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": url,
        "url": url,
        "name": text.title,
        "description": "\n\n".join(part for part in (text.summary, text.description) if part),
    }
    parts = {"Course": _course, "Event": _event}.get(kind, _service)
    return _known({**common, **parts(offer, labels)})


def for_script(linked: Linked) -> str:
    """The data as it may stand inside a `<script>` element: nothing in it can end the element or begin a comment."""
    text = json.dumps(linked, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def kind_of(offer: Offer) -> str:
    """Which of schema.org's types an offer is."""
    if offer.levels_taught or COURSE_TOPICS & set(offer.topics):
        return "Course"
    if offer.schedule and all(slot.kind == SlotKind.DATE for slot in offer.schedule):
        return "Event"
    is_office = offer.provider is not None and offer.provider.kind == ProviderKind.AUTHORITY
    return "GovernmentService" if is_office else "Service"


def _course(offer: Offer, labels: Labels) -> Linked:
    return {
        "provider": _provider(offer),
        "inLanguage": "de",
        "educationalLevel": ", ".join(offer.levels_taught),
        "coursePrerequisites": labels.value("level", offer.level_required) if offer.level_required else None,
        "isAccessibleForFree": _free(offer),
        "offers": _price(offer),
        "audience": _audience(offer, labels),
        "hasCourseInstance": _known(
            {
                "@type": "CourseInstance",
                "courseMode": _modes(offer),
                "location": _place(public_venue(offer), labels.region.country),
                "courseSchedule": [found for slot in offer.schedule if (found := _schedule(offer, slot))],
                "startDate": _iso(offer.starts_on),
                "endDate": _iso(offer.ends_on),
            }
        ),
    }


def _event(offer: Offer, labels: Labels) -> Linked:
    slots = sorted((slot for slot in offer.schedule if slot.on), key=lambda slot: slot.on or offer.edited_at.date())
    last = slots[-1] if slots else None
    return {
        "organizer": _provider(offer),
        "startDate": _moment(slots[0], slots[0].starts) if slots else None,
        "endDate": _moment(last, last.ends or last.starts) if last else None,
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": f"https://schema.org/{_attendance(offer)}EventAttendanceMode",
        "location": _place(public_venue(offer), labels.region.country),
        "isAccessibleForFree": _free(offer),
        "offers": _price(offer),
        "audience": _audience(offer, labels),
        "remainingAttendeeCapacity": offer.free_places,
    }


def _service(offer: Offer, labels: Labels) -> Linked:
    return {
        "provider": _provider(offer),
        "serviceType": [labels.value("topic", code) for code in offer.topics],
        "audience": _audience(offer, labels),
        "areaServed": [{"@type": "AdministrativeArea", "name": labels.place(code)} for code in offer.places],
        "offers": _price(offer),
        "hoursAvailable": [found for slot in offer.schedule if (found := _hours(slot))],
        "availableChannel": _known(
            {
                "@type": "ServiceChannel",
                "serviceLocation": _place(public_venue(offer), labels.region.country),
                "servicePhone": _phone(offer),
                "serviceUrl": _website(offer),
                "availableLanguage": [spoken.tag for spoken in offer.languages],
            }
        ),
    }


def _provider(offer: Offer) -> Linked | None:
    provider = offer.provider
    if provider is None:
        return None
    kind = "GovernmentOrganization" if provider.kind == ProviderKind.AUTHORITY else "Organization"
    return _known({"@type": kind, "name": provider.name, "url": provider.website})


def _place(venue: Venue | None, country: str) -> Linked | None:
    if venue is None:
        return None
    address = _known(
        {
            "@type": "PostalAddress",
            "streetAddress": venue.street,
            "postalCode": venue.postcode,
            "addressLocality": venue.town,
            "addressCountry": country,
        }
    )
    point = {"@type": "GeoCoordinates", "latitude": venue.latitude, "longitude": venue.longitude}
    geo = point if venue.latitude is not None else None
    return _known({"@type": "Place", "name": venue.name or venue.town, "address": address, "geo": geo})


def _free(offer: Offer) -> bool | None:
    return {CostKind.FREE: True, CostKind.PAID: False}.get(CostKind(offer.cost_kind))


def _price(offer: Offer) -> Linked | None:
    cents = 0 if offer.cost_kind == CostKind.FREE else offer.cost_cents
    if cents is None:
        return None
    return _known({"@type": "Offer", "price": cents / 100, "priceCurrency": "EUR", "description": offer.cost_words})


def _audience(offer: Offer, labels: Labels) -> list[Linked]:
    names = [labels.value("audience", code) for code in offer.audiences]
    if offer.women_only == Answer.YES:
        names.append(labels.value("women_only", "yes"))
    return [{"@type": "Audience", "audienceType": name} for name in dict.fromkeys(names)]


def _modes(offer: Offer) -> list[str]:
    modes = {Format.ON_SITE: "onsite", Format.ONLINE: "online", Format.HOME_VISIT: "onsite"}
    return list(dict.fromkeys(modes[Format(code)] for code in offer.formats if code in modes))


def _attendance(offer: Offer) -> str:
    modes = _modes(offer)
    return "Mixed" if len(modes) > 1 else "Online" if modes == ["online"] else "Offline"


def _schedule(offer: Offer, slot: Slot) -> Linked | None:
    if slot.kind not in {SlotKind.WEEKLY, SlotKind.MONTHLY, SlotKind.DATE}:
        return None
    every = {SlotKind.WEEKLY: f"P{slot.every}W", SlotKind.MONTHLY: "P1M"}.get(slot.kind)
    return _known(
        {
            "@type": "Schedule",
            "repeatFrequency": every,
            "byDay": [f"https://schema.org/{WEEKDAYS[day]}" for day in slot.weekdays],
            "startDate": _iso(slot.on or slot.from_date),
            "endDate": _iso(slot.on or slot.until_date),
            "startTime": _iso(slot.starts),
            "endTime": _iso(slot.ends),
            "scheduleTimezone": offer.zone,
            "exceptDate": [day.isoformat() for day in slot.except_dates],
        }
    )


def _hours(slot: Slot) -> Linked | None:
    if slot.kind != SlotKind.WEEKLY or slot.every != 1 or not slot.starts:
        return None
    return _known(
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [f"https://schema.org/{WEEKDAYS[day]}" for day in slot.weekdays],
            "opens": _iso(slot.starts),
            "closes": _iso(slot.ends),
            "validFrom": _iso(slot.from_date),
            "validThrough": _iso(slot.until_date),
        }
    )


def _phone(offer: Offer) -> Linked | None:
    numbers = [contact.value for contact in offer.contacts if contact.kind == ContactKind.PHONE]
    return {"@type": "ContactPoint", "telephone": numbers[0]} if numbers else None


def _website(offer: Offer) -> str:
    return next((contact.value for contact in offer.contacts if contact.kind == ContactKind.WEBSITE), "")


def _moment(slot: Slot, at: Any) -> str | None:
    if slot.on is None:
        return None
    return f"{slot.on.isoformat()}T{at.isoformat()}" if at else slot.on.isoformat()


def _iso(value: Any) -> str | None:
    return value.isoformat() if value else None


def _known(linked: Linked) -> Linked:
    """Without what is unknown or empty; an object that says nothing but its type is left out by its owner."""
    kept = {name: value for name, value in linked.items() if value not in (None, "", [], {})}
    return kept if set(kept) - {"@type", "addressCountry"} else {}
