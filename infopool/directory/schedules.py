"""When an offer takes place: the times as values, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


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
