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


def call_first(checked_on: date | None, today: date) -> bool:
    """Whether the last check is so long ago, or unknown, that people should call before they go."""
    return checked_on is None or today - checked_on > CALL_FIRST_AFTER


def is_over(ends_on: date | None, valid_until: date | None, today: date) -> bool:
    """Whether the offer's last day has passed."""
    return any(day is not None and day < today for day in (ends_on, valid_until))
