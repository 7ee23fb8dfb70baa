"""How a line of a schedule repeats, as iCalendar rules say it, and the days such a rule means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile

from infopool.directory.schedules import Slot, SlotKind
from infopool.exchange.calendar_lines import WEEKDAYS

LOOK_AHEAD = timedelta(days=400)
"""How far from today days off are listed one by one: a year and a month."""


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


def series_of(slot: Slot, span: Span, today: date) -> Series | None:
    """The series a slot makes from today on; None for what has no date to come.

    Appointments and mere words have none, nor has "every other week" when nobody knows which.
    """
    if slot.kind == SlotKind.DATE:
        return Series(slot.on, slot.on, "") if slot.on and slot.on >= today else None
    rule = _rule(slot)
    anchor = _latest(slot.from_date, span.start)
    if not rule or (slot.every > 1 and anchor is None):
        return None
    last = _earliest(slot.until_date, span.end)
    days = (day for day in days_of(slot, anchor or today) if day >= today)
    first = next(takewhile(lambda day: day <= (last or date.max), days), None)
    return Series(first, last, rule) if first else None


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


def days_of(slot: Slot, start: date) -> Iterator[date]:
    """The days from `start` on that the slot's rule means, days off included; ends after 10 years."""
    monday = start - timedelta(days=start.weekday())
    for count in range(3660):
        day = start + timedelta(days=count)
        in_turn = slot.kind != SlotKind.WEEKLY or (day - monday).days // 7 % slot.every == 0
        if in_turn and _is_meant(slot, day):
            yield day


def _is_meant(slot: Slot, day: date) -> bool:
    if slot.weekdays and day.weekday() not in slot.weekdays:
        return False
    if slot.kind == SlotKind.WEEKLY or not slot.nth:
        return True
    from_start, from_end = _place_in_month(day, by_week=bool(slot.weekdays))
    return from_start in slot.nth or from_end in slot.nth


def _place_in_month(day: date, *, by_week: bool) -> tuple[int, int]:
    """Which of its weekday (or which day) of the month it is, from the start (1 ...) and from the end (-1 ...)."""
    length = ((day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day
    if by_week:
        return (day.day + 6) // 7, -((length - day.day) // 7 + 1)
    return day.day, day.day - length - 1


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day), default=None)


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)
