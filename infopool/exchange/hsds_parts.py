"""Parts of an HSDS service that take some thought: times, the address, and our facts as terms of taxonomies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from infopool.directory import offers
from infopool.directory.facts import TIMES, Answer, Format, Origin, TimeOfDay
from infopool.directory.models import Offer, Venue
from infopool.directory.schedules import Slot, SlotKind
from infopool.exchange.calendar_lines import WEEKDAYS
from infopool.exchange.labels import Labels
from infopool.exchange.offer_answer import public_venue

Part = dict[str, Any]


@dataclass(frozen=True)
class Ids:
    """Makes the ids of a service's parts: the same part gets the same id every time."""

    service: UUID

    def new(self, kind: str, key: str) -> UUID:
        """The id of one part."""
        return uuid5(self.service, f"{kind}/{key}")

    def part(self, kind: str, key: str) -> Part:
        """What every part begins with."""
        return {"id": str(self.new(kind, key)), "service_id": str(self.service)}


def known(part: Part) -> Part:
    """Without what is unknown or empty: HSDS has no null."""
    return {name: value for name, value in part.items() if value not in (None, "", [], {})}


def schedules(offer: Offer, ids: Ids, labels: Labels) -> Iterator[Part]:
    """One HSDS schedule per slot; what has no fixed time is told in words."""
    for place, slot in enumerate(offer.schedule):
        first = slot.on or slot.from_date or offer.starts_on
        last = slot.on or slot.until_date or offer.ends_on
        offset = _offset(first or offer.edited_at.date(), slot.starts, offer.zone)
        words = slot.words
        if slot.kind == SlotKind.APPOINTMENT:
            words = words or labels.translator.gettext(TIMES[TimeOfDay.BY_APPOINTMENT])
        yield known(
            {
                **ids.part("schedule", str(place)),
                **_rule(slot),
                "dtstart": _iso(first),
                "until": _iso(last),
                "valid_from": _iso(first),
                "valid_to": _iso(last),
                "timezone": offset.total_seconds() / 3600 if slot.starts else None,
                "opens_at": _clock(slot.starts, first or offer.edited_at.date(), offer.zone),
                "closes_at": _clock(slot.ends, first or offer.edited_at.date(), offer.zone),
                "description": words,
                "notes": ", ".join(sorted(_notes(slot))),
            }
        )


def _rule(slot: Slot) -> Part:
    names = [WEEKDAYS[day] for day in slot.weekdays]
    if slot.kind == SlotKind.WEEKLY:
        return {"freq": "WEEKLY", "interval": slot.every, "wkst": "MO", "byday": ",".join(names)}
    if slot.kind == SlotKind.MONTHLY and names:
        days = [f"{nth}{name}" for nth in slot.nth for name in names] or names
        return {"freq": "MONTHLY", "interval": 1, "byday": ",".join(days)}
    if slot.kind == SlotKind.MONTHLY:
        return {"freq": "MONTHLY", "interval": 1, "bymonthday": ",".join(str(nth) for nth in slot.nth)}
    return {}


def _notes(slot: Slot) -> Iterable[str]:
    """What HSDS has no field for, in our own codes."""
    yield from (f"except {day.isoformat()}" for day in slot.except_dates)
    yield from (f"not in {pause}" for pause in slot.pauses)


def _clock(at: time | None, on: date, zone: str) -> str | None:
    """`18:30+01:00`, the offset being that of the first day, as HSDS asks for one and has no zones."""
    if at is None:
        return None
    return datetime.combine(on, at, ZoneInfo(zone)).isoformat(timespec="minutes")[11:]


def _offset(on: date, at: time | None, zone: str) -> Any:
    return datetime.combine(on, at or time(12), ZoneInfo(zone)).utcoffset()


def location(offer: Offer, ids: Ids, labels: Labels) -> list[Part]:
    """Where it happens; nothing for a confidential address."""
    venue = public_venue(offer)
    if venue is None:
        return []
    place = labels.region.municipality_of(venue.place)
    where = str(ids.new("location", str(venue.id)))
    full = {
        "id": where,
        "location_type": "physical",
        "name": venue.name,
        "latitude": venue.latitude,
        "longitude": venue.longitude,
        "external_identifier": place.ags if place else None,
        "external_identifier_type": "AGS" if place else None,
        "addresses": _addresses(venue, ids, labels, where),
        "accessibility": _accessibility(offer, ids, labels, where),
    }
    return [{**ids.part("at", str(venue.id)), "location_id": where, "location": known(full)}]


def _addresses(venue: Venue, ids: Ids, labels: Labels, where: str) -> list[Part]:
    if not (venue.street or venue.town):
        return []
    return [
        {
            "id": str(ids.new("address", str(venue.id))),
            "location_id": where,
            "address_1": venue.street or venue.name or venue.town,
            "city": venue.town,
            "region": labels.region.name,
            "state_province": labels.region.subdivision,
            "postal_code": venue.postcode,
            "country": labels.region.country,
            "address_type": "physical",
        }
    ]


def _accessibility(offer: Offer, ids: Ids, labels: Labels, where: str) -> list[Part]:
    values = {Answer.YES: "yes", Answer.NO: "no", Answer.LIMITED: "yes"}
    value = values.get(Answer(offer.wheelchair))
    if value is None:
        return []
    words = labels.value("wheelchair", value)
    details = labels.value("wheelchair", Answer.LIMITED) if offer.wheelchair == Answer.LIMITED else None
    part = {"id": str(ids.new("accessibility", where)), "location_id": where, "description": words}
    return [known({**part, "details": details})]


def attributes(offer: Offer, ids: Ids, labels: Labels) -> Iterator[Part]:
    """Our facts as terms of our taxonomies, and the texts in other languages."""
    makers = _Attributes(ids, labels)
    for facet, codes in _facts(offer).items():
        for code in codes:
            if code != Answer.UNKNOWN:
                yield makers.term(facet, code)
    if offer.working_group:
        groups = {group.code: group.name for group in labels.region.working_groups}
        yield makers.named("working_group", offer.working_group, groups.get(offer.working_group, offer.working_group))
    if offer.source:
        yield makers.plain("source", offer.source, offer.source_key or "")
    yield from _texts(offer, makers)


def _facts(offer: Offer) -> dict[str, tuple[str, ...]]:
    """By the facets' names, and the German one needs as one more."""
    return {
        "topic": offer.topics,
        "audience": offer.audiences,
        "residence": offer.residence,
        "level": offer.levels_taught,
        "level_required": (offer.level_required,) if offer.level_required else (),
        "format": tuple(Format(code) for code in offer.formats),
        "cost": (offer.cost_kind,),
        "childcare": (offer.childcare,),
        "women_only": (offer.women_only,),
        "wheelchair": (offer.wheelchair,),
        "registration_needed": (offer.registration_needed,),
    }


def _texts(offer: Offer, makers: _Attributes) -> Iterator[Part]:
    source = offers.source_text(offer)
    for text in offer.texts:
        made = "machine" if text.origin == Origin.MACHINE else "human"
        for field in ("title", "summary", "description", "registration"):
            words = getattr(text, field)
            if text is not source and words:
                yield makers.plain(f"translation:{HSDS_FIELDS[field]}:{text.language}", words, made)


HSDS_FIELDS = {
    "title": "name",
    "summary": "summary",
    "description": "description",
    "registration": "application_process",
}
"""What HSDS calls the parts of a text; it has no summary of its own."""


@dataclass(frozen=True)
class _Attributes:
    ids: Ids
    labels: Labels

    def term(self, facet: str, code: str) -> Part:
        """A code of one of our fixed vocabularies."""
        name = self.labels.value("level" if facet == "level_required" else facet, code)
        return self.named(facet, code, name)

    def named(self, facet: str, code: str, name: str) -> Part:
        """A term of a taxonomy; its ids are the same at every service of this installation."""
        own = uuid5(self.taxonomy(facet), code)
        term = {
            "id": str(own),
            "code": str(code),
            "name": name,
            "description": name,
            "taxonomy": facet,
            "taxonomy_id": str(self.taxonomy(facet)),
            "language": self.labels.language,
        }
        part = self._begin(facet, str(code))
        return {**part, "taxonomy_term_id": str(own), "taxonomy_term": term, "value": str(code)}

    def plain(self, link_type: str, value: str, label: str) -> Part:
        """A fact without a vocabulary."""
        return known({**self._begin(link_type, value), "value": value, "label": label})

    def taxonomy(self, facet: str) -> UUID:
        """The id of one of our vocabularies; the same in every installation."""
        return uuid5(OWN_VOCABULARIES, facet)

    def _begin(self, link_type: str, key: str) -> Part:
        own = str(self.ids.new("attribute", f"{link_type}/{key}"))
        return {"id": own, "link_id": str(self.ids.service), "link_entity": "service", "link_type": link_type}


OWN_VOCABULARIES = UUID("5d3f2b0e-6c0c-5f0b-9a51-3a6f0f1c7e42")
"""Drawn once; the namespace of all our taxonomies."""


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
