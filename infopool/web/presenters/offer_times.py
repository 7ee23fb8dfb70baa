"""The next times an offer takes place, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from infopool.directory.models import Offer
from infopool.directory.regions import Region
from infopool.directory.schedules import is_round_the_clock, occurrences
from infopool.web.wording import Wording

MOST_DATES = 4
LOOK_AHEAD = timedelta(days=120)
"""How far ahead dates are looked for; what lies beyond, the rule tells."""


@dataclass(frozen=True)
class Date:
    """One coming time."""

    day: str
    hours: str


def next_dates(offer: Offer, region: Region, wording: Wording, today: date) -> tuple[Date, ...]:
    """The next days it takes place, holidays and exceptions left out; none when that cannot be worked out, or when it
    is always open."""
    if any(is_round_the_clock(slot) for slot in offer.schedule):
        return ()
    coming = occurrences(
        offer.schedule,
        today,
        today + LOOK_AHEAD,
        region,
        starts_on=offer.starts_on,
        ends_on=offer.ends_on,
        limit=MOST_DATES,
    )
    return tuple(
        Date(
            wording.weekday_and_day(one.day, today),
            wording.hours(one.starts.time() if one.starts else None, one.ends.time() if one.ends else None),
        )
        for one in coming
    )
