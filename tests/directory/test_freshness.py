"""How long a check holds, and when people are told to call first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from infopool.directory.freshness import call_first, capacity_holds, is_doubted, is_over
from tests.conftest import TODAY

DAY = timedelta(days=1)


def test_a_fresh_check_needs_no_call() -> None:
    assert not call_first(TODAY, TODAY)


def test_who_asked_in_vain_since_the_check_makes_it_doubtful() -> None:
    assert call_first(TODAY - 200 * DAY, TODAY, TODAY - DAY)


def test_a_later_check_overrules_the_doubt() -> None:
    assert not call_first(TODAY, TODAY, TODAY - DAY)
    assert not is_doubted(TODAY, TODAY)


def test_what_was_never_checked_stays_doubtful() -> None:
    assert is_doubted(None, TODAY)
    assert not is_doubted(None, None)


@pytest.mark.parametrize(("days", "holds"), [(0, True), (30, True), (31, False)])
def test_free_places_hold_for_thirty_days(days: int, holds: bool) -> None:
    assert capacity_holds(TODAY - days * DAY, TODAY) is holds


def test_free_places_without_a_day_say_nothing() -> None:
    assert not capacity_holds(None, TODAY)


def test_the_last_day_is_still_part_of_a_course() -> None:
    assert not is_over(TODAY, None, TODAY)
    assert is_over(TODAY - DAY, None, TODAY)
    assert is_over(None, TODAY - DAY, TODAY)
