"""The next times an offer takes place, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from infopool.directory.models import Offer
from infopool.directory.regions import Region
from infopool.web.wording import Wording

MOST_DATES = 4
LOOK_AHEAD = timedelta(days=120)


@dataclass(frozen=True)
class Date:
    """One coming time."""

    day: str
    hours: str


def next_dates(offer: Offer, region: Region, wording: Wording, today: date) -> tuple[Date, ...]:
    """The next days it takes place, holidays and exceptions left out; none when that cannot be worked out."""
    return ()
