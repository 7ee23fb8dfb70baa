"""When an offer takes place: the times as values, and what follows from them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

import holidays

from infopool.directory.facts import TimeOfDay

if TYPE_CHECKING:
    from infopool.directory.regions import Region

SATURDAY = 5


class SlotKind(StrEnum):
    """Art eines Termins."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    DATE = "date"
    APPOINTMENT = "appointment"
    WORDS = "words"


class Pause(StrEnum):
    """Wann ein regelmäßiger Termin ausfällt."""

    PUBLIC_HOLIDAYS = "public-holidays"
    SCHOOL_HOLIDAYS = "school-holidays"


@dataclass(frozen=True)
class Slot:
    """Termin. One line of a schedule: a weekly or monthly time, a single date, "by appointment", or just words."""

    kind: SlotKind
    weekdays: tuple[int, ...] = ()
    """0 is Monday, 6 is Sunday; sorted. Empty for a monthly slot means: the nth day of the month itself."""
    nth: tuple[int, ...] = ()
    """Which of the month: 1 to 5 counted from its start, -1 the last."""
    every: int = 1
    """Every how many weeks a weekly slot takes place."""
    on: date | None = None
    starts: time | None = None
    ends: time | None = None
    """Earlier than `starts` when it ends after midnight."""
    from_date: date | None = None
    until_date: date | None = None
    except_dates: tuple[date, ...] = ()
    pauses: tuple[Pause, ...] = ()
    words: str = ""
    """What the provider wrote; shown as it is when nothing else could be understood."""


Schedule = tuple[Slot, ...]


def is_round_the_clock(slot: Slot) -> bool:
    """Whether a slot lasts from midnight to midnight: it starts and ends at 00:00."""
    return slot.starts == slot.ends == time(0)


MORNING_ENDS, EVENING_STARTS = time(12), time(17)


def times_of_day(schedule: Schedule) -> tuple[TimeOfDay, ...]:
    """When during the day and the week, as the search offers it: morning before 12, evening from 17 o'clock, by start.

    Saturday and Sunday are the weekend besides. Round the clock is all of them; words alone say nothing.
    """
    found = {code for slot in schedule for code in _times_of_slot(slot)}
    return tuple(code for code in TimeOfDay if code in found)


def _times_of_slot(slot: Slot) -> Iterator[TimeOfDay]:
    if slot.kind is SlotKind.APPOINTMENT:
        yield TimeOfDay.BY_APPOINTMENT
    weekdays = (slot.on.weekday(),) if slot.on else slot.weekdays
    if any(day >= SATURDAY for day in weekdays):
        yield TimeOfDay.WEEKEND
    if slot.starts is None or slot.kind is SlotKind.WORDS:
        return
    if is_round_the_clock(slot):
        yield from (TimeOfDay.MORNING, TimeOfDay.AFTERNOON, TimeOfDay.EVENING)
    elif slot.starts < MORNING_ENDS:
        yield TimeOfDay.MORNING
    else:
        yield TimeOfDay.AFTERNOON if slot.starts < EVENING_STARTS else TimeOfDay.EVENING


@dataclass(frozen=True, order=True)
class Occurrence:
    """Ein einzelner Termin, an einem Tag."""

    day: date
    starts: datetime | None
    """With the region's zone; None when only the day is known."""
    ends: datetime | None
    """On the next day when it ends after midnight."""
    slot: Slot


FARTHEST = 400
"""Days ahead that `next_on` looks."""


def occurrences(
    schedule: Schedule,
    start: date,
    end: date,
    region: Region,
    *,
    starts_on: date | None = None,
    ends_on: date | None = None,
    limit: int = 500,
) -> tuple[Occurrence, ...]:
    """What takes place from `start` to `end`, both included, in order of time; at most `limit`.

    Public holidays are those of the region's subdivision (the `holidays` library), school holidays those of its folder;
    beyond the years that folder knows none are assumed. A rule for every n weeks counts from its first date, else from
    the offer's own start (`starts_on`); where both are unknown nobody knows which weeks are meant, and nothing is
    computed. An offer that ended (`ends_on`) has no further dates.
    """
    return tuple(islice(_each(schedule, start, end, region, starts_on, ends_on), limit))


def next_on(
    schedule: Schedule, today: date, region: Region, *, starts_on: date | None = None, ends_on: date | None = None
) -> Occurrence | None:
    """The next time it takes place, today included; None when nobody knows or it is more than a year away."""
    last = today + timedelta(days=FARTHEST)
    return next(_each(schedule, today, last, region, starts_on, ends_on), None)


def _each(
    schedule: Schedule, start: date, end: date, region: Region, starts_on: date | None, ends_on: date | None
) -> Iterator[Occurrence]:
    first = max(start, starts_on) if starts_on else start
    last = min(end, ends_on) if ends_on else end
    slots = [slot for slot in schedule if slot.kind in (SlotKind.WEEKLY, SlotKind.MONTHLY, SlotKind.DATE)]
    day = first
    while slots and day <= last:
        found = [_on_day(slot, day, region) for slot in slots if takes_place_on(slot, day, region, starts_on)]
        yield from sorted(found, key=lambda one: one.starts or datetime.combine(day, time(0), region.timezone))
        if day == date.max:
            return
        day += timedelta(days=1)


def takes_place_on(slot: Slot, day: date, region: Region, starts_on: date | None = None) -> bool:
    """Whether a slot has a date on this day, exceptions and holidays taken into account."""
    if (slot.from_date and day < slot.from_date) or (slot.until_date and day > slot.until_date):
        return False
    if day in slot.except_dates or not _RULES[slot.kind](slot, day, starts_on):
        return False
    return not any(_IN_PAUSE[pause](day, region) for pause in slot.pauses)


def _is_weekly(slot: Slot, day: date, starts_on: date | None) -> bool:
    if day.weekday() not in slot.weekdays:
        return False
    if slot.every <= 1:
        return True
    anchor = slot.from_date or starts_on
    return anchor is not None and (_monday(day) - _monday(anchor)).days // 7 % slot.every == 0


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _is_monthly(slot: Slot, day: date, starts_on: date | None) -> bool:
    days_in_month = monthrange(day.year, day.month)[1]
    if not slot.weekdays:
        return day.day in slot.nth or (-1 in slot.nth and day.day == days_in_month)
    if day.weekday() not in slot.weekdays:
        return False
    return (day.day + 6) // 7 in slot.nth or (-1 in slot.nth and day.day + 7 > days_in_month)


def _never(slot: Slot, day: date, starts_on: date | None) -> bool:
    return False


_RULES: dict[SlotKind, Callable[[Slot, date, date | None], bool]] = {
    SlotKind.WEEKLY: _is_weekly,
    SlotKind.MONTHLY: _is_monthly,
    SlotKind.DATE: lambda slot, day, starts_on: slot.on == day,
    SlotKind.APPOINTMENT: _never,
    SlotKind.WORDS: _never,
}


def is_public_holiday(day: date, region: Region) -> bool:
    """Whether the whole subdivision (Baden-Württemberg) has a day off."""
    return day in _public_holidays(region.country, region.subdivision, day.year)


@cache
def _public_holidays(country: str, subdivision: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, subdiv=subdivision or None, years=year))


def is_school_holiday(day: date, region: Region) -> bool:
    """Whether the schools of the region have holidays, as far as its folder knows."""
    return any(first <= day <= last for first, last in region.school_holidays)


_IN_PAUSE: dict[Pause, Callable[[date, Region], bool]] = {
    Pause.PUBLIC_HOLIDAYS: is_public_holiday,
    Pause.SCHOOL_HOLIDAYS: is_school_holiday,
}


def _on_day(slot: Slot, day: date, region: Region) -> Occurrence:
    if slot.starts is None:
        return Occurrence(day, None, None, slot)
    ends = None
    if slot.ends is not None:
        ends = _moment(day + timedelta(days=1) if slot.ends <= slot.starts else day, slot.ends, region)
    return Occurrence(day, _moment(day, slot.starts, region), ends, slot)


def _moment(day: date, clock: time, region: Region) -> datetime:
    """A time on the wall; one that the change to summer time leaves out is the same moment an hour later."""
    return datetime.combine(day, clock, region.timezone).astimezone(UTC).astimezone(region.timezone)
