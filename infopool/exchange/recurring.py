"""How a line of a schedule repeats, as iCalendar rules say it, and the days such a rule means but that are off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from infopool.directory.regions import Region
from infopool.directory.schedules import Slot, SlotKind, takes_place_on
from infopool.exchange.calendar_lines import WEEKDAYS

LOOK_AHEAD = timedelta(days=400)
"""How far from its first day a series' days off are listed one by one: a year and a month."""


@dataclass(frozen=True)
class Span:
    """From when until when an offer takes place at all; both ends belong to it."""

    start: date | None
    end: date | None


@dataclass(frozen=True)
class Series:
    """A slot as a calendar can hold it."""

    first: date
    """The first day, not before today."""
    last: date | None
    """The last day it may take place on; None is open."""
    rule: str
    """The RRULE without its end; empty for a single day."""
    days_off: tuple[date, ...] = ()
    """Days the rule means but on which it does not take place, as far ahead as is known."""


def series_of(slot: Slot, span: Span, today: date, region: Region) -> Series | None:
    """The series a slot makes from today on; None for what has no date to come.

    Appointments and mere words have none, nor has "every other week" when nobody knows which.
    """
    if slot.kind == SlotKind.DATE:
        return Series(slot.on, slot.on, "") if slot.on and slot.on >= today else None
    rule = _rule(slot)
    last = _earliest(slot.until_date, span.end)
    start = max(day for day in (slot.from_date, span.start, today) if day)
    meant = list(_days_meant(slot, span, start, min(last or date.max, start + LOOK_AHEAD), region))
    if not rule or not meant:
        return None
    off = tuple(day for day in meant if not takes_place_on(slot, day, region, span.start))
    return Series(meant[0], last, rule, off) if len(off) < len(meant) else None


def _rule(slot: Slot) -> str:
    names = [WEEKDAYS[day] for day in slot.weekdays]
    if slot.kind == SlotKind.WEEKLY and names:
        interval = f";INTERVAL={slot.every}" if slot.every > 1 else ""
        return f"FREQ=WEEKLY{interval};WKST=MO;BYDAY={','.join(names)}"
    if slot.kind == SlotKind.MONTHLY and names:
        days = [f"{nth}{name}" for nth in slot.nth for name in names] or names
        return f"FREQ=MONTHLY;BYDAY={','.join(days)}"
    if slot.kind == SlotKind.MONTHLY and slot.nth:
        return f"FREQ=MONTHLY;BYMONTHDAY={','.join(str(nth) for nth in slot.nth)}"
    return ""


def _days_meant(slot: Slot, span: Span, start: date, end: date, region: Region) -> Iterator[date]:
    bare = replace(slot, except_dates=(), pauses=())
    for count in range(max(0, (end - start).days + 1)):
        day = start + timedelta(days=count)
        if takes_place_on(bare, day, region, span.start):
            yield day


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)
