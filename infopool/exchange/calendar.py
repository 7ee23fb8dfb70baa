"""An offer's schedule as an iCalendar file (RFC 5545), for the calendar on a phone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from infopool.directory.models import Offer
from infopool.directory.regions import Region
from infopool.directory.schedules import Pause, Slot, is_round_the_clock
from infopool.directory.topics import is_sensitive
from infopool.exchange.calendar_lines import day, escaped, file_of, local, moment, timezone_lines
from infopool.exchange.labels import Labels
from infopool.exchange.offer_answer import public_venue, text_for
from infopool.exchange.recurring import Series, Span, series_of
from infopool.messages import N_

MEDIA_TYPE = "text/calendar; charset=utf-8"

PAUSES: dict[Pause, str] = {
    Pause.PUBLIC_HOLIDAYS: N_("It does not take place on public holidays."),
    Pause.SCHOOL_HOLIDAYS: N_("It does not take place in the school holidays."),
}
"""What stands in the entry, because a calendar cannot know every holiday to come."""

Event = tuple[int, Slot, Series]
"""A slot by its number in the schedule, and the series it makes."""


def events_of(offer: Offer, today: date, region: Region) -> tuple[Event, ...]:
    """What of an offer's schedule can stand in a calendar; empty when it has no dates or all are over.

    Empty too for what others must not see in a calendar (violence, a hidden address), and for what is always open.
    """
    if is_sensitive(offer.topics) or (offer.venue and offer.venue.confidential):
        return ()
    ends = [on for on in (offer.ends_on, offer.valid_until) if on]
    span = Span(offer.starts_on, min(ends, default=None))
    numbered = (
        (number, slot, series_of(slot, span, today, region)) for number, slot in enumerate(offer.schedule, start=1)
    )
    return tuple((number, slot, series) for number, slot, series in numbered if series and not is_round_the_clock(slot))


def calendar_file(offer: Offer, labels: Labels, url: str, now: datetime) -> bytes | None:
    """The file, in the reader's language as far as the offer has a text in it; None when there is nothing to put in.

    `url` is the full address of the offer's page; it also makes the entries' names unique in the world.
    """
    zone = ZoneInfo(offer.zone)
    events = events_of(offer, now.astimezone(zone).date(), labels.region)
    return file_of(_calendar(offer, events, labels, url, now)) if events else None


def _calendar(offer: Offer, events: Sequence[Event], labels: Labels, url: str, now: datetime) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//infopool//infopool//EN", "CALSCALE:GREGORIAN")
    yield from ("METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(text_for(offer, labels.language).title)}")
    # Rules of the year before the first entry, so that both turns of the clocks lie before it.
    yield from timezone_lines(ZoneInfo(offer.zone), min(series.first.year for _, _, series in events) - 1)
    for number, slot, series in events:
        yield from ("BEGIN:VEVENT", f"UID:offer-{offer.id}-{number}@{urlsplit(url).hostname or 'infopool'}")
        yield from (f"DTSTAMP:{moment(now)}", f"LAST-MODIFIED:{moment(offer.edited_at)}", f"SEQUENCE:{offer.version}")
        yield from _times(slot, series, offer.zone)
        yield from _words(offer, slot, labels, url)
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _times(slot: Slot, series: Series, zone: str) -> Iterator[str]:
    yield _stamped("DTSTART", series.first, slot.starts, zone)
    if slot.starts and slot.ends:
        # It ends after midnight when the clock shows less at its end than at its start.
        overnight = timedelta(days=1 if slot.ends <= slot.starts else 0)
        yield _stamped("DTEND", series.first + overnight, slot.ends, zone)
    if series.rule:
        yield f"RRULE:{series.rule}{_until(slot, series, zone)}"
        for off in series.days_off:
            yield _stamped("EXDATE", off, slot.starts, zone)


def _stamped(name: str, on: date, at: time | None, zone: str) -> str:
    return f"{name};TZID={zone}:{local(on, at)}" if at else f"{name};VALUE=DATE:{day(on)}"


def _until(slot: Slot, series: Series, zone: str) -> str:
    if series.last is None:
        return ""
    if slot.starts is None:
        return f";UNTIL={day(series.last)}"
    # RFC 5545 wants the end of a rule in UTC whenever its start has a zone.
    return f";UNTIL={moment(datetime.combine(series.last, slot.starts, ZoneInfo(zone)))}"


def _words(offer: Offer, slot: Slot, labels: Labels, url: str) -> Iterator[str]:
    text = text_for(offer, labels.language)
    pauses = [labels.translator.gettext(PAUSES[pause]) for pause in slot.pauses]
    about = [text.summary, text.registration, slot.words, *pauses, url]
    yield f"SUMMARY:{escaped(text.title)}"
    yield f"DESCRIPTION:{escaped(chr(10).join(part for part in about if part))}"
    yield f"URL:{url}"
    venue = public_venue(offer)
    if venue:
        town = f"{venue.postcode} {venue.town}".strip()
        address = ", ".join(part for part in (venue.name, venue.street, town) if part)
        yield from [f"LOCATION:{escaped(address)}"] if address else []
        if venue.latitude is not None and venue.longitude is not None:
            yield f"GEO:{venue.latitude:.6f};{venue.longitude:.6f}"
