"""An offer's times, read back from its calendar file by somebody else's reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar, Component

from infopool.db import Database
from infopool.directory.drafts import VenueDraft
from infopool.directory.regions import Region
from infopool.directory.schedules import Pause, Slot, SlotKind, occurrences
from infopool.exchange.calendar import calendar_file
from infopool.exchange.calendar_lines import escaped, file_of, folded, timezone_lines
from infopool.exchange.labels import Labels
from infopool.exchange.recurring import Span, series_of
from tests.conftest import NOW, TODAY
from tests.making import a_text, an_offer

URL = "https://infopool.example.org/de/offers/1"
BERLIN = ZoneInfo("Europe/Berlin")
TUESDAYS = Slot(SlotKind.WEEKLY, weekdays=(1, 3), starts=time(18, 30), ends=time(20))


@pytest.fixture
def file(database: Database, labels: Labels):
    def make(*slots: Slot, **facts: object) -> bytes | None:
        with database.transaction() as session:
            offer = an_offer(session, schedule=slots, **facts)
            return calendar_file(offer, labels, URL, NOW)

    return make


def entries(content: bytes) -> list[Component]:
    return Calendar.from_ical(content).walk("VEVENT")


def entry(content: bytes) -> Component:
    (only,) = entries(content)
    return only


def test_a_weekly_time_begins_on_its_next_day(file) -> None:
    found = entry(file(TUESDAYS))
    assert found.decoded("dtstart") == datetime(2026, 11, 24, 18, 30, tzinfo=BERLIN)
    assert found.decoded("dtend") == datetime(2026, 11, 24, 20, 0, tzinfo=BERLIN)


def test_a_weekly_time_repeats_on_its_weekdays(file) -> None:
    assert entry(file(TUESDAYS))["rrule"].to_ical() == b"FREQ=WEEKLY;BYDAY=TU,TH;WKST=MO"


def test_a_monthly_time_counts_its_weekday(file) -> None:
    slot = Slot(SlotKind.MONTHLY, weekdays=(5,), nth=(1, -1), starts=time(14))
    found = entry(file(slot))
    assert found["rrule"]["byday"] == ["1SA", "-1SA"]
    assert found.decoded("dtstart").date() == date(2026, 11, 28)


def test_a_monthly_time_may_count_days_of_the_month(file) -> None:
    found = entry(file(Slot(SlotKind.MONTHLY, nth=(15,), starts=time(14))))
    assert found["rrule"]["bymonthday"] == [15]
    assert found.decoded("dtstart").date() == date(2026, 12, 15)


def test_every_other_week_keeps_its_turn(file) -> None:
    slot = replace(TUESDAYS, weekdays=(1,), every=2, from_date=date(2026, 11, 10))
    assert entry(file(slot)).decoded("dtstart").date() == date(2026, 11, 24)
    later = replace(slot, from_date=date(2026, 11, 17))
    assert entry(file(later)).decoded("dtstart").date() == date(2026, 12, 1)


def test_every_other_week_from_nobody_knows_when_is_not_guessed(file) -> None:
    assert file(replace(TUESDAYS, every=2)) is None


def test_a_rule_ends_with_the_last_day_in_utc(file) -> None:
    found = entry(file(TUESDAYS, ends_on=date(2027, 7, 15)))
    assert b"UNTIL=20270715T163000Z" in found["rrule"].to_ical()


def test_a_single_day_has_no_rule(file) -> None:
    found = entry(file(Slot(SlotKind.DATE, on=date(2026, 12, 6), starts=time(10), ends=time(16))))
    assert "rrule" not in found
    assert found.decoded("dtstart").date() == date(2026, 12, 6)


def test_a_day_without_an_hour_is_a_whole_day(file) -> None:
    assert entry(file(Slot(SlotKind.DATE, on=date(2026, 12, 6)))).decoded("dtstart") == date(2026, 12, 6)


def test_what_ends_after_midnight_ends_the_next_day(file) -> None:
    night = Slot(SlotKind.DATE, on=date(2026, 12, 31), starts=time(20), ends=time(1))
    assert entry(file(night)).decoded("dtend") == datetime(2027, 1, 1, 1, tzinfo=BERLIN)


def test_days_off_are_left_out(file) -> None:
    found = entry(file(replace(TUESDAYS, except_dates=(date(2026, 12, 24), date(2026, 12, 25)))))
    assert found.decoded("exdate").dts[0].dt == datetime(2026, 12, 24, 18, 30, tzinfo=BERLIN)


def test_a_pause_is_told_in_words(file) -> None:
    found = entry(file(replace(TUESDAYS, pauses=(Pause.SCHOOL_HOLIDAYS,))))
    assert "school holidays" in found["description"]


def test_public_holidays_are_left_out(file) -> None:
    fridays = Slot(SlotKind.WEEKLY, weekdays=(4,), starts=time(9), pauses=(Pause.PUBLIC_HOLIDAYS,))
    off = [each.dt.date() for exdate in entry(file(fridays))["exdate"] for each in exdate.dts]
    assert date(2026, 12, 25) in off
    assert date(2027, 3, 26) in off
    assert date(2026, 12, 18) not in off


def test_the_file_and_the_pages_agree_on_every_day(file, region: Region) -> None:
    slot = replace(TUESDAYS, every=2, from_date=date(2026, 9, 1), pauses=(Pause.PUBLIC_HOLIDAYS,))
    found = entry(file(slot, starts_on=date(2026, 9, 8)))
    start = found.decoded("dtstart").replace(tzinfo=None)
    rule = rrulestr(found["rrule"].to_ical().decode(), dtstart=start)
    off = {each.dt.date() for exdate in _listed(found.get("exdate")) for each in exdate.dts}
    told = [when.date() for when in rule.between(start, start + timedelta(days=300), inc=True)]
    shown = occurrences((slot,), TODAY, start.date() + timedelta(days=300), region, starts_on=date(2026, 9, 8))
    assert [day for day in told if day not in off] == [each.day for each in shown]


def _listed(value: object) -> list:
    return value if isinstance(value, list) else [value] if value else []


@pytest.mark.parametrize("slot", [Slot(SlotKind.APPOINTMENT), Slot(SlotKind.WORDS, words="meistens abends")])
def test_what_has_no_date_makes_no_file(file, slot: Slot) -> None:
    assert file(slot) is None


def test_what_is_over_makes_no_file(file) -> None:
    assert file(Slot(SlotKind.DATE, on=TODAY - timedelta(days=1), starts=time(10))) is None
    assert file(TUESDAYS, ends_on=TODAY - timedelta(days=1)) is None


def test_the_address_is_told(file) -> None:
    assert entry(file(TUESDAYS))["location"] == "Musterschule, Beispielweg 4, 79761 Waldshut-Tiengen"


def test_what_nobody_else_should_see_in_a_calendar_has_no_file(file) -> None:
    venue = VenueDraft("Haus", "Geheimweg 1", "79761", "Waldshut-Tiengen", "tiengen", 47.6, 8.2, confidential=True)
    assert file(TUESDAYS, venue=venue) is None
    assert file(TUESDAYS, topics=("violence",)) is None


def test_what_is_always_open_has_no_entry(file) -> None:
    assert file(Slot(SlotKind.WEEKLY, weekdays=tuple(range(7)), starts=time(0), ends=time(0))) is None


def test_hostile_words_stay_words(file) -> None:
    title = "Kurs; mit, Komma\\ und\r\nEND:VCALENDAR"
    found = entry(file(TUESDAYS, texts=(a_text(title),)))
    assert found["summary"] == title.replace("\r\n", "\n")


def test_every_slot_has_an_entry_of_its_own(file) -> None:
    found = entries(file(TUESDAYS, Slot(SlotKind.DATE, on=date(2026, 12, 6))))
    assert len({str(each["uid"]) for each in found}) == 2


def test_the_same_offer_gives_the_same_file(file, database: Database, labels: Labels) -> None:
    with database.transaction() as session:
        offer = an_offer(session, schedule=(TUESDAYS,))
        assert calendar_file(offer, labels, URL, NOW) == calendar_file(offer, labels, URL, NOW)


def test_lines_are_folded_at_75_octets_and_no_letter_is_torn() -> None:
    line = "SUMMARY:" + "Übergänge ምድሪ 🙂 " * 30
    pieces = list(folded(line))
    assert max(len(piece) for piece in pieces) <= 75
    assert all(piece.decode() for piece in pieces)
    assert b"".join(piece[1:] if place else piece for place, piece in enumerate(pieces)).decode() == line


def test_every_line_ends_with_carriage_return_and_line_feed() -> None:
    assert file_of(["A:1", "B:2"]) == b"A:1\r\nB:2\r\n"


def test_letters_with_a_meaning_are_escaped() -> None:
    assert escaped("a,b;c\\d\r\ne\x00") == "a\\,b\\;c\\\\d\\ne"


def test_the_zone_knows_both_turns_of_the_clock() -> None:
    lines = timezone_lines(BERLIN, 2026)
    assert "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU" in lines
    assert "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU" in lines
    assert "DTSTART:20260329T020000" in lines
    assert "DTSTART:20261025T030000" in lines


def test_a_zone_that_never_changes_has_one_observance() -> None:
    assert sum(line.startswith("BEGIN:") for line in timezone_lines(ZoneInfo("UTC"), 2026)) == 2


@pytest.mark.parametrize("nth", [1, 2, 3, 4, 5, -1])
def test_the_first_day_of_a_series_is_a_day_of_its_rule(region: Region, nth: int) -> None:
    slot = Slot(SlotKind.MONTHLY, weekdays=(2,), nth=(nth,), starts=time(9))
    series = series_of(slot, Span(None, None), TODAY, region)
    assert series is not None
    start = datetime.combine(series.first, time(9))
    assert next(iter(rrulestr(series.rule, dtstart=start))) == start
