"""The letters of an iCalendar file (RFC 5545): escaping, folding, dates, and the rules of a time zone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

FOLD_AT = 75
"""Octets of a line without its break, RFC 5545 section 3.1."""

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def escaped(text: str) -> str:
    """A TEXT value, RFC 5545 section 3.3.11; control characters that may not stand in one are left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(sign for sign in text if sign == "\n" or sign == "\t" or (sign >= " " and sign != "\x7f"))
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(sign, written)
    return text


def folded(line: str) -> Iterator[bytes]:
    """A content line as lines of at most 75 octets; no character is torn apart."""
    piece, room = b"", FOLD_AT
    for sign in line:
        octets = sign.encode("utf-8", "replace")
        if len(piece) + len(octets) > room:
            yield piece
            # The blank that marks a continuation counts as one of its octets.
            piece, room = b" ", FOLD_AT
        piece += octets
    yield piece


def file_of(lines: Iterable[str]) -> bytes:
    """The lines of a calendar as it is sent."""
    return b"".join(piece + b"\r\n" for line in lines for piece in folded(line))


def day(on: date) -> str:
    """A DATE."""
    return on.strftime("%Y%m%d")


def local(on: date, at: time) -> str:
    """A DATE-TIME by the clock on the wall."""
    return f"{day(on)}T{at.strftime('%H%M%S')}"


def moment(when: datetime) -> str:
    """A DATE-TIME in UTC."""
    return when.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


@dataclass(frozen=True)
class _Change:
    """One turn of the clocks."""

    at: datetime
    """By the clock that has not been turned yet, without a zone."""
    offset: timedelta
    """From UTC, before."""
    after: datetime
    """The same moment by the turned clock."""


@cache
def timezone_lines(zone: ZoneInfo, year: int) -> tuple[str, ...]:
    """The VTIMEZONE of a zone with the rules it has in this year, read from the zone data of the system."""
    return tuple(_timezone_lines(zone, year))


def _timezone_lines(zone: ZoneInfo, year: int) -> Iterator[str]:
    yield from ("BEGIN:VTIMEZONE", f"TZID:{zone.key}")
    changes = list(_changes(zone, year))
    if not changes:
        steady = datetime(year, 1, 1, tzinfo=zone)
        yield from _observance(_Change(steady.replace(tzinfo=None), _offset(steady), steady), "")
    for change in changes:
        which = f"{_which(change.at)}{WEEKDAYS[change.at.weekday()]}"
        yield from _observance(change, f"RRULE:FREQ=YEARLY;BYMONTH={change.at.month};BYDAY={which}")
    yield "END:VTIMEZONE"


def _changes(zone: ZoneInfo, year: int) -> Iterator[_Change]:
    hour = datetime(year, 1, 1, tzinfo=UTC)
    while hour.year == year:
        following = hour + timedelta(hours=1)
        before, after = hour.astimezone(zone), following.astimezone(zone)
        if _offset(before) != _offset(after):
            yield _Change((following + _offset(before)).replace(tzinfo=None), _offset(before), after)
        hour = following


def _observance(change: _Change, rule: str) -> Iterator[str]:
    name = "DAYLIGHT" if change.after.dst() else "STANDARD"
    yield from (f"BEGIN:{name}", f"DTSTART:{local(change.at.date(), change.at.time())}")
    yield from (f"TZOFFSETFROM:{_hours(change.offset)}", f"TZOFFSETTO:{_hours(_offset(change.after))}")
    yield from (f"TZNAME:{change.after.tzname()}", *([rule] if rule else []), f"END:{name}")


def _offset(when: datetime) -> timedelta:
    return when.utcoffset() or timedelta(0)


def _hours(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def _which(on: date) -> int:
    """Which one of its weekday in the month a day is; the last one as -1, because that is how the laws say it."""
    return -1 if (on + timedelta(days=7)).month != on.month else (on.day + 6) // 7
