"""From what was gathered about one group of days to slots; refused where it does not make sense together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from infopool.directory.reading.time_tokens import Clock
from infopool.directory.schedules import Pause, Slot, SlotKind
from infopool.messages import N_

LONGEST_HOURS = 16
"""A single time longer than this is more likely a slip than an opening time."""


class Unclear(Exception):
    """The words do not add up to one meaning; the text is then kept as it is. The argument says why, for DOUBTS."""


DOUBTS: dict[str, str] = {
    "weekday": N_("In “%(text)s” the weekday does not fit the date. Please check both."),
    "which weeks": N_(
        "“%(text)s” may mean every other week, or the second one of the month. Write “14-tägig” or “im Monat”."
    ),
    "year": N_("“%(text)s” has a date without a year. Write for example 14.11.2026."),
    "too long": N_("“%(text)s” would last very long. Please check the times."),
    "no such day": N_("“%(text)s” names a day that does not exist. Please check the date."),
}
"""The doubts that have a sentence of their own; %(text)s is what was written."""


@dataclass
class Group:
    """What belongs to the same days: days or dates, the clock times on them, and from when to when."""

    days: list[int] = field(default_factory=list)
    dates: list[date] = field(default_factory=list)
    nth: list[int] = field(default_factory=list)
    monthly: bool = False
    every: int = 1
    clocks: list[tuple[time, time | None]] = field(default_factory=list)
    first: date | None = None
    last: date | None = None
    skipped: list[date] = field(default_factory=list)
    without: set[int] = field(default_factory=set)
    pauses: set[Pause] = field(default_factory=set)
    part: str = ""
    remarks: list[str] = field(default_factory=list)

    @property
    def has_days(self) -> bool:
        return bool(self.days or self.dates or self.nth)


def span_of(starts: Clock, ends: Clock) -> tuple[time, time]:
    """The two times of "9-12 Uhr" or "6-8 pm"; Unclear when that would last too long to be meant."""
    if ends.half and not starts.half:
        starts = _same_half(starts, ends)
    first, last = starts.on_the_clock(), ends.on_the_clock()
    minutes = (last.hour * 60 + last.minute - first.hour * 60 - first.minute) % (24 * 60)
    if minutes > LONGEST_HOURS * 60 or (minutes == 0 and first != time(0)):
        raise Unclear("too long")
    return first, last


def _same_half(starts: Clock, ends: Clock) -> Clock:
    """ "6-8 pm" begins in the evening, "10-2 pm" in the morning."""
    if starts.hour > 12:
        return starts
    alike = Clock(starts.hour, starts.minute, ends.half)
    other = Clock(starts.hour, starts.minute, "am")
    return alike if alike.on_the_clock() < ends.on_the_clock() else other


def slots_of(group: Group, shared: Group) -> list[Slot]:
    """The slots of a group under the conditions shared by its whole statement."""
    first, last = group.first or shared.first, group.last or shared.last
    if group.dates:
        if first or last or group.nth or group.every != 1:
            raise Unclear("dates and a rule")
        plain = [Slot(SlotKind.DATE, on=day) for day in _checked_dates(group)]
    elif group.nth:
        plain = [_monthly_slot(group, first, last)]
    else:
        plain = [_weekly_slot(group, first, last)]
    pauses = tuple(sorted(group.pauses | shared.pauses))
    skipped = tuple(sorted({*group.skipped, *shared.skipped}))
    words = "; ".join([*group.remarks, *([group.part] if group.part and not group.clocks else [])])
    spans: Sequence[tuple[time | None, time | None]] = group.clocks or [(None, None)]
    return [
        replace(slot, starts=starts, ends=ends, except_dates=skipped, pauses=pauses, words=words)
        for slot in plain
        for starts, ends in spans
    ]


def later(span: tuple[time, time | None]) -> tuple[time, time | None]:
    """ "abends um 8": small hours in the afternoon or evening, on the 24-hour clock."""
    starts, ends = span
    if not 0 < starts.hour < 12:
        return span
    return _half_a_day_on(starts), _half_a_day_on(ends) if ends else None


def _half_a_day_on(moment: time) -> time:
    return moment.replace(hour=moment.hour + 12) if 0 < moment.hour < 12 else moment


def _checked_dates(group: Group) -> list[date]:
    if group.days and {day.weekday() for day in group.dates} != set(group.days):
        raise Unclear("weekday")
    return sorted(dict.fromkeys(group.dates))


def _monthly_slot(group: Group, first: date | None, last: date | None) -> Slot:
    nth = tuple(dict.fromkeys(group.nth))
    days = tuple(sorted(set(group.days)))
    if group.every != 1 or (not days and not group.monthly):
        raise Unclear("which of what")
    if days and not group.monthly and len(nth) == 1 and nth[0] not in (1, -1):
        raise Unclear("which weeks")
    if not all(number == -1 or 1 <= number <= (5 if days else 31) for number in nth):
        raise Unclear("no such day")
    return Slot(
        SlotKind.MONTHLY,
        days,
        tuple(sorted(nth, key=lambda number: number if number > 0 else 99)),
        from_date=first,
        until_date=last,
    )


def _weekly_slot(group: Group, first: date | None, last: date | None) -> Slot:
    if group.monthly:
        raise Unclear("which of the month")
    days = set(group.days) - group.without
    if not group.days and first and last and (last - first).days < 7:
        days = {(first + timedelta(days=step)).weekday() for step in range((last - first).days + 1)}
    if not days:
        raise Unclear("no day")
    return Slot(SlotKind.WEEKLY, tuple(sorted(days)), every=group.every, from_date=first, until_date=last)
