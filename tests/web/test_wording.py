"""How languages write dates, times, prices and distances."""

from __future__ import annotations

import re
from datetime import date, time

import pytest

from infopool import languages
from infopool.directory.schedules import Pause, Slot, SlotKind
from infopool.web.presenters import schedules
from infopool.web.wording import dialled, phone, wording

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("tag", "days", "words"),
    [
        ("de", (1, 3), "Di, Do"),
        ("de", (0, 1, 2, 3), "Mo–Do"),
        ("de", (0, 1, 2, 5), "Mo–Mi, Sa"),
        ("de", (5, 6), "Sa, So"),
        ("en", (1, 3), "Tue, Thu"),
        ("ar", (1, 3), "الثلاثاء، الخميس"),
        ("ti", (1, 3), "ሰሉ፣ ሓሙ"),
        ("so", (0, 1, 2, 5), "Isn–Arb, Sab"),
        ("ku", (1, 3), "sêşem, pêncşem"),
    ],
)
def test_weekdays_in_short(tag: str, days: tuple[int, ...], words: str) -> None:
    assert wording(tag).weekdays(days, short=True) == words


@pytest.mark.parametrize(
    ("tag", "words"), [("de", "Dienstag und Donnerstag"), ("en", "Tuesday and Thursday"), ("ar", "الثلاثاء والخميس")]
)
def test_weekdays_in_full(tag: str, words: str) -> None:
    assert wording(tag).weekdays((1, 3)) == words


@pytest.mark.parametrize(
    ("tag", "starts", "ends", "words"),
    [
        ("de", time(18, 30), time(20), "18.30–20 Uhr"),
        ("de", time(9), None, "9 Uhr"),
        ("de", time(22), time(1), "22–1 Uhr"),
        ("en", time(18, 30), time(20), "18:30–20:00"),
        ("ar", time(18, 30), time(20), "18:30–20:00"),
        ("fa", time(9), time(10), "09:00–10:00"),
        ("de", None, None, ""),
    ],
)
def test_times_of_day(tag: str, starts: time | None, ends: time | None, words: str) -> None:
    assert wording(tag).hours(starts, ends) == words


@pytest.mark.parametrize(
    ("tag", "kilometres", "words"),
    [
        ("de", 0.63, "0,6 km"),
        ("de", 9.96, "10 km"),
        ("de", 12.4, "12 km"),
        ("en", 0.63, "0.6 km"),
        ("ar", 5.0, "5 كم"),
        ("uk", 5.0, "5 км"),
        ("ps", 0.63, "0,6 کیلومتر"),
        ("ti", 5.0, "5 ኪሜ"),
    ],
)
def test_distances(tag: str, kilometres: float, words: str) -> None:
    assert wording(tag).distance(kilometres) == words


@pytest.mark.parametrize(
    ("tag", "cents", "words"),
    [
        ("de", 2500, "25 €"),
        ("de", 1850, "18,50 €"),
        ("en", 2500, "€25"),
        ("en", 1850, "€18.50"),
        ("de", 123400, "1.234 €"),
        ("uk", 2500, "25 €"),
        ("ro", 1850, "18,50 €"),
    ],
)
def test_prices(tag: str, cents: int, words: str) -> None:
    assert wording(tag).price(cents).replace("\xa0", " ") == words


@pytest.mark.parametrize(
    ("tag", "words"),
    [("de", "12. Januar"), ("en", "12 January"), ("ar", "12 يناير"), ("uk", "12 січня"), ("tr", "12 Ocak")],
)
def test_a_day_of_another_year_is_told_with_its_year(tag: str, words: str) -> None:
    day = date(2027, 1, 12)
    assert wording(tag).day(day, date(2027, 3, 1)) == words
    assert "2027" in wording(tag).day(day, TODAY)


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("fr", "jeudi 3 décembre"),
        ("tr", "3 Aralık Perşembe"),
        ("ti", "ሓሙስ፣ 3 ታሕሳስ"),
        ("so", "Khamiis, 3 Diseembar"),
        ("ps", "پينځنۍ، 3 دسمبر"),
        ("ku", "pêncşem, 3ê berfanbarê"),
        ("uk", "четвер, 3 грудня"),
    ],
)
def test_a_day_with_its_weekday(tag: str, words: str) -> None:
    assert wording(tag).weekday_and_day(date(2026, 12, 3), TODAY) == words


@pytest.mark.parametrize(
    ("tag", "words"),
    [("ti", "22 ሕዳር 2026"), ("so", "22 Noofeembar 2026"), ("ps", "22 نومبر 2026"), ("ku", "22ê mijdara 2026an")],
)
def test_a_whole_date_where_cldr_is_thin(tag: str, words: str) -> None:
    assert wording(tag).whole_day(TODAY) == words


@pytest.mark.parametrize("tag", [language.tag for language in languages.LANGUAGES if language.tag != "en"])
def test_no_language_but_english_has_english_months_or_weekdays(tag: str) -> None:
    said, english = wording(tag), wording("en")
    days = [date(2026, month, 1) for month in range(1, 13)]
    assert sum(said.day(day, TODAY) == english.day(day, TODAY) for day in days) < 3  # German has April, September too
    assert not {said.weekday(number) for number in range(7)} & {english.weekday(number) for number in range(7)}


@pytest.mark.parametrize(
    ("tag", "of", "name"),
    [
        ("de", "ar", "Arabisch"),
        ("ti", "de", "ጀርመንኛ"),
        ("so", "de", "Af-Jarmal"),
        ("so", "tr", "Af-Turki"),
        ("ku", "de", "almanî"),
        ("de", "ckb", "Kurdisch (Sorani)"),
        ("ar", "prs", "الدارية"),
        ("uk", "gsg", "німецька жестова мова"),
        ("uk", "rom", "ромська"),
        ("en", "x-unknown", "x-unknown"),
    ],
)
def test_what_a_language_is_called(tag: str, of: str, name: str) -> None:
    assert wording(tag).language_name(of) == name


@pytest.mark.parametrize("tag", [language.tag for language in languages.LANGUAGES if language.script != "Latn"])
def test_every_language_of_ours_is_named_in_the_script_of_the_reader(tag: str) -> None:
    names = [wording(tag).language_name(other) for other in [*languages.BY_TAG, "prs", "ckb", "rom", "gsg", "am"]]
    assert [name for name in names if re.search("[A-Za-z]", name)] == []


@pytest.mark.parametrize("tag", [language.tag for language in languages.LANGUAGES])
def test_every_language_of_the_table_has_its_own_weekdays(tag: str) -> None:
    names = [wording(tag).weekday(number) for number in range(7)]
    assert len(set(names)) == 7
    assert tag == "ps" or "درېنۍ" not in names


@pytest.mark.parametrize("tag", [language.tag for language in languages.LANGUAGES])
def test_every_language_of_the_table_can_say_everything(tag: str) -> None:
    said = wording(tag)
    made = [
        said.whole_day(TODAY),
        said.weekday_and_day(date(2027, 1, 12), TODAY),
        said.month(TODAY),
        said.number(12345),
        said.price(1999, "month"),
        said.distance(3.4),
        said.joined(["a", "b", "c"]),
        said.separated(["a", "b"]),
    ]
    assert all(made)


@pytest.mark.parametrize(
    ("number", "shown", "dials"),
    [
        ("+493023125001", "030 23125001", "+493023125001"),
        ("112", "112", "112"),
        ("116117", "116 117", "116117"),
        ("08001110111", "0800 1110111", "08001110111"),
        ("+41446681800", "+41 44 668 18 00", "+41446681800"),
        ("nonsense", "", ""),
    ],
)
def test_phone_numbers(number: str, shown: str, dials: str) -> None:
    assert phone(number) == shown
    assert dialled(number) == dials


def lines(*slots: Slot, tag: str = "en") -> list[tuple[str, str, tuple[str, ...]]]:
    return [(line.days, line.hours, line.notes) for line in schedules.full(slots, wording(tag), TODAY)]


def test_a_monthly_time_names_which_weekday_of_the_month() -> None:
    slot = Slot(SlotKind.MONTHLY, weekdays=(5,), nth=(1, -1), starts=time(14))
    assert lines(slot) == [("first Saturday of the month and last Saturday of the month", "14:00", ())]


def test_a_time_every_second_week_says_so() -> None:
    slot = Slot(SlotKind.WEEKLY, weekdays=(3,), every=2, starts=time(17), ends=time(19))
    assert lines(slot) == [("Thursday, every 2 weeks", "17:00–19:00", ())]


def test_what_must_be_known_about_a_time_stands_below_it() -> None:
    slot = Slot(
        SlotKind.WEEKLY,
        weekdays=(0,),
        from_date=date(2027, 1, 4),
        until_date=date(2027, 6, 1),
        except_dates=(date(2027, 2, 1), date(2026, 1, 1)),
        pauses=(Pause.SCHOOL_HOLIDAYS,),
    )
    notes = ("from 4 January 2027", "until 1 June 2027", "not on 1 February 2027", "not in the school holidays")
    assert lines(slot) == [("Monday", "", notes)]


def test_every_day_around_the_clock_is_said_in_words() -> None:
    slot = Slot(SlotKind.WEEKLY, weekdays=tuple(range(7)), starts=time(0), ends=time(0))
    assert lines(slot) == [("every day", "around the clock", ())]


def test_words_of_a_provider_are_marked_as_german_on_other_pages() -> None:
    slot = Slot(SlotKind.WORDS, words="nach Absprache im Büro")
    (english,), (german,) = (schedules.full((slot,), wording(tag), TODAY) for tag in ("en", "de"))
    assert (english.days, english.language, german.language) == ("nach Absprache im Büro", "de", "")


def test_a_time_that_is_over_is_not_on_a_card() -> None:
    over = Slot(SlotKind.WEEKLY, weekdays=(0,), until_date=date(2026, 1, 1))
    assert schedules.short((over,), wording("en"), TODAY) == ()
