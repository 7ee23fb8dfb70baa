"""What follows from a schedule: single dates, holidays, changes of the clock, times of day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from infopool.directory.facts import TimeOfDay
from infopool.directory.reading.times import read_times
from infopool.directory.regions import Region
from infopool.directory.schedules import (
    Occurrence,
    Slot,
    SlotKind,
    is_public_holiday,
    is_school_holiday,
    next_on,
    occurrences,
    times_of_day,
)


def days(text: str, start: str, end: str, region: Region, **more: Any) -> list[str]:
    """The days between two, as the text describes them."""
    schedule, left = read_times(text)
    assert not left
    found = occurrences(schedule, date.fromisoformat(start), date.fromisoformat(end), region, **more)
    return [one.day.strftime("%d.%m.%y") for one in found]


def test_a_weekly_slot_takes_place_on_its_days(region: Region) -> None:
    assert days("Mo und Mi 18-20", "2026-11-22", "2026-12-03", region) == [
        "23.11.26",
        "25.11.26",
        "30.11.26",
        "02.12.26",
    ]


def test_both_ends_of_the_time_asked_for_are_included(region: Region) -> None:
    assert days("Mo 18-20", "2026-11-23", "2026-11-30", region) == ["23.11.26", "30.11.26"]


def test_the_nth_weekday_of_a_month(region: Region) -> None:
    assert days("jeden 1. und 3. Samstag im Monat 14 Uhr", "2026-12-01", "2027-01-31", region) == [
        "05.12.26", "19.12.26", "02.01.27", "16.01.27",
    ]  # fmt: skip


def test_the_last_weekday_of_a_month(region: Region) -> None:
    assert days("jeden letzten Donnerstag im Monat 19 Uhr", "2026-11-01", "2027-02-28", region) == [
        "26.11.26", "31.12.26", "28.01.27", "25.02.27",
    ]  # fmt: skip


def test_a_fifth_weekday_only_comes_in_months_that_have_one(region: Region) -> None:
    slot = Slot(SlotKind.MONTHLY, (0,), (5,))
    found = occurrences((slot,), date(2026, 11, 1), date(2027, 3, 31), region)
    assert [one.day for one in found] == [date(2026, 11, 30), date(2027, 3, 29)]


def test_the_nth_day_of_a_month_itself(region: Region) -> None:
    assert days("am 31. jeden Monats 10 Uhr", "2026-12-01", "2027-03-31", region) == [
        "31.12.26",
        "31.01.27",
        "31.03.27",
    ]


def test_the_last_day_of_a_month_in_a_leap_year(region: Region) -> None:
    slot = Slot(SlotKind.MONTHLY, (), (-1,))
    found = occurrences((slot,), date(2028, 2, 1), date(2028, 3, 31), region)
    assert [one.day for one in found] == [date(2028, 2, 29), date(2028, 3, 31)]


def test_every_other_week_counts_from_the_first_date(region: Region) -> None:
    assert days("14-tägig Do 17-19 ab 07.01.2027", "2027-01-01", "2027-02-10", region) == [
        "07.01.27",
        "21.01.27",
        "04.02.27",
    ]


def test_every_other_week_counts_from_the_offers_start_across_the_year(region: Region) -> None:
    found = days("14-tägig Do 17-19", "2026-12-20", "2027-01-31", region, starts_on=date(2026, 12, 17))
    assert found == ["31.12.26", "14.01.27", "28.01.27"]


def test_nobody_guesses_which_weeks_are_meant(region: Region) -> None:
    assert days("14-tägig Do 17-19", "2026-12-01", "2027-03-01", region) == []


def test_a_slot_keeps_to_its_own_beginning_and_end(region: Region) -> None:
    assert days("Mo 9-12 ab 07.12.2026 bis 14.12.2026", "2026-11-01", "2027-01-31", region) == ["07.12.26", "14.12.26"]


def test_an_offer_keeps_to_its_beginning_and_end(region: Region) -> None:
    bounds = {"starts_on": date(2026, 12, 7), "ends_on": date(2026, 12, 14)}
    assert days("Mo 9-12", "2026-11-01", "2027-01-31", region, **bounds) == ["07.12.26", "14.12.26"]


def test_exceptions_are_left_out(region: Region) -> None:
    assert days("Mi 16-18 (außer 23.12.2026)", "2026-12-16", "2026-12-30", region) == ["16.12.26", "30.12.26"]


def test_public_holidays_of_the_subdivision_are_left_out(region: Region) -> None:
    assert days("Mi 9-12, außer an Feiertagen", "2026-12-30", "2027-01-13", region) == ["30.12.26", "13.01.27"]


def test_school_holidays_are_left_out(region: Region) -> None:
    assert days("Mo 9-12, außer in den Ferien", "2026-12-14", "2027-01-18", region) == [
        "14.12.26",
        "21.12.26",
        "11.01.27",
        "18.01.27",
    ]


def test_without_a_word_about_holidays_none_is_left_out(region: Region) -> None:
    assert days("Mi 9-12", "2027-01-06", "2027-01-06", region) == ["06.01.27"]


@pytest.mark.parametrize(
    ("day", "public", "school"),
    [
        ("2027-01-06", True, True),  # Epiphany is one in Baden-Württemberg
        ("2026-10-31", False, True),  # Reformation day is none there
        ("2027-05-27", True, True),  # Corpus Christi
        ("2026-11-18", False, False),  # the day of repentance is none there
        ("2027-01-09", False, True),
        ("2027-01-10", False, False),
        ("2027-09-12", False, False),
    ],
)
def test_the_holidays_are_those_of_the_region(day: str, public: bool, school: bool, region: Region) -> None:
    on = date.fromisoformat(day)
    assert (is_public_holiday(on, region), is_school_holiday(on, region)) == (public, school)


def only(text: str, day: date, region: Region) -> Occurrence:
    (found,) = occurrences(read_times(text)[0], day, day, region)
    return found


def test_a_slot_after_midnight_ends_on_the_next_day(region: Region) -> None:
    found = only("Fr 22-2 Uhr", date(2026, 11, 27), region)
    assert found.ends is not None
    assert found.ends.date() == date(2026, 11, 28)


def test_round_the_clock_lasts_a_day(region: Region) -> None:
    found = only("24/7", date(2026, 11, 27), region)
    assert found.starts is not None
    assert found.ends is not None
    assert (found.ends - found.starts).total_seconds() == 24 * 3600


def test_a_time_on_the_wall_stays_when_the_clock_changes(region: Region) -> None:
    found = occurrences(read_times("So 18 Uhr")[0], date(2027, 3, 21), date(2027, 3, 28), region)
    assert [one.starts and one.starts.astimezone(UTC).hour for one in found] == [17, 16]


def test_an_hour_that_the_change_leaves_out_is_an_hour_later(region: Region) -> None:
    found = only("So 2:30 Uhr", date(2027, 3, 28), region)
    assert found.starts is not None
    assert found.starts.replace(tzinfo=None) == datetime(2027, 3, 28, 3, 30)


def test_dates_of_one_day_stand_in_order_of_time(region: Region) -> None:
    found = occurrences(read_times("Mo 18-20, Mo 9-12")[0], date(2026, 11, 23), date(2026, 11, 23), region)
    assert [one.starts and one.starts.hour for one in found] == [9, 18]


def test_a_day_without_a_clock_time_is_only_a_day(region: Region) -> None:
    found = only("Mo-Fr", date(2026, 11, 23), region)
    assert (found.day, found.starts, found.ends) == (date(2026, 11, 23), None, None)


def test_no_more_than_the_limit_is_computed(region: Region) -> None:
    assert len(occurrences(read_times("täglich 9-12")[0], date(2026, 1, 1), date.max, region, limit=7)) == 7


def test_the_next_time_may_be_today(region: Region) -> None:
    found = next_on(read_times("Mo 9-12")[0], date(2026, 11, 23), region)
    assert found is not None
    assert found.day == date(2026, 11, 23)


@pytest.mark.parametrize("text", ["nach Vereinbarung", "14.11.2026 10-12 Uhr"])
def test_there_is_no_next_time_for_appointments_and_days_gone_by(text: str, region: Region) -> None:
    assert next_on(read_times(text)[0], date(2026, 11, 22), region) is None


T = TimeOfDay


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Mo 9-12", (T.MORNING,)),
        ("Mo 11:59 Uhr", (T.MORNING,)),
        ("Mo 12-14", (T.AFTERNOON,)),
        ("Mo 16:30-19", (T.AFTERNOON,)),
        ("Mo 17 Uhr", (T.EVENING,)),
        ("Sa 10-12", (T.MORNING, T.WEEKEND)),
        ("Sa, 14.11.2026, 18 Uhr", (T.EVENING, T.WEEKEND)),
        ("jeden 1. Sonntag im Monat 14 Uhr", (T.AFTERNOON, T.WEEKEND)),
        ("Mo 9-12, Do 18-20", (T.MORNING, T.EVENING)),
        ("nach Vereinbarung", (T.BY_APPOINTMENT,)),
        ("24/7", (T.MORNING, T.AFTERNOON, T.EVENING, T.WEEKEND)),
        ("Mo-Fr", ()),
    ],
)
def test_the_time_of_day_follows_from_the_start(text: str, codes: tuple[TimeOfDay, ...]) -> None:
    assert times_of_day(read_times(text)[0]) == codes


def test_words_alone_say_nothing_about_the_time_of_day() -> None:
    assert times_of_day((Slot(SlotKind.WORDS, starts=time(9), words="am Abend"),)) == ()
