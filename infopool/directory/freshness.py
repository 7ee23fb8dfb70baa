"""How old the last check of an offer may be before people are told to call first."""

from __future__ import annotations

from datetime import date, timedelta

CHECK_EVERY = timedelta(days=180)
"""How often somebody should make sure that an offer is still right."""
CALL_FIRST_AFTER = timedelta(days=365)
"""From then on visitors are told to call first, and the offer sinks in the results."""


def is_overdue(checked_on: date | None, today: date) -> bool:
    """Whether a check is due; an offer that was never checked is overdue."""
    return checked_on is None or today - checked_on > CHECK_EVERY


CAPACITY_HOLDS = timedelta(days=30)
"""Free places that were counted longer ago say nothing any more."""


def call_first(checked_on: date | None, today: date, since: date | None = None) -> bool:
    """Whether people should call before they go: the last check is too long ago, or unknown, or has not been repeated
    since the day (`since`) when we had asked in vain."""
    return checked_on is None or today - checked_on > CALL_FIRST_AFTER or is_doubted(checked_on, since)


def is_doubted(checked_on: date | None, since: date | None) -> bool:
    """Whether we have asked in vain since the last check."""
    return since is not None and (checked_on is None or checked_on < since)


def capacity_holds(as_of: date | None, today: date) -> bool:
    """Whether a number of free places or a waiting time is recent enough to be relied on."""
    return as_of is not None and today - as_of <= CAPACITY_HOLDS


def is_over(ends_on: date | None, valid_until: date | None, today: date) -> bool:
    """Whether the offer's last day has passed."""
    return any(day is not None and day < today for day in (ends_on, valid_until))
