"""Times as people write them."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infopool.directory.reading.times import doubt_about, read_times
from infopool.directory.schedules import Pause, Slot, SlotKind

DAYS = {"Mo": 0, "Di": 1, "Mi": 2, "Do": 3, "Fr": 4, "Sa": 5, "So": 6}
SCHOOL, PUBLIC = (Pause.SCHOOL_HOLIDAYS,), (Pause.PUBLIC_HOLIDAYS,)
ALL_DAYS = "Mo Di Mi Do Fr Sa So"


def clock(text: str) -> time | None:
    return time.fromisoformat(text) if text else None


def weekly(days: str, starts: str = "", ends: str = "", **more: object) -> Slot:
    return Slot(
        SlotKind.WEEKLY, tuple(DAYS[day] for day in days.split()), starts=clock(starts), ends=clock(ends), **more
    )  # type: ignore[arg-type]


def monthly(days: str, nth: tuple[int, ...], starts: str = "", ends: str = "", **more: object) -> Slot:
    weekdays = tuple(DAYS[day] for day in days.split())
    return Slot(SlotKind.MONTHLY, weekdays, nth, starts=clock(starts), ends=clock(ends), **more)  # type: ignore[arg-type]


def on(day: str, starts: str = "", ends: str = "") -> Slot:
    return Slot(SlotKind.DATE, on=date.fromisoformat(day), starts=clock(starts), ends=clock(ends))


def appointment(words: str = "") -> Slot:
    return Slot(SlotKind.APPOINTMENT, words=words)


UNDERSTOOD: list[tuple[str, list[Slot]]] = [
    ("Mo und Mi 18:00-20:00", [weekly("Mo Mi", "18:00", "20:00")]),
    ("Mo–Fr 9–12 Uhr", [weekly("Mo Di Mi Do Fr", "09:00", "12:00")]),
    ("Di 18.30 Uhr", [weekly("Di", "18:30")]),
    ("Mo, Mi und Fr 9:00-11:30", [weekly("Mo Mi Fr", "09:00", "11:30")]),
    ("Mo/Mi/Fr 9-11", [weekly("Mo Mi Fr", "09:00", "11:00")]),
    ("Mo. - Fr. 08.00 - 12.00 Uhr", [weekly("Mo Di Mi Do Fr", "08:00", "12:00")]),
    ("Montag bis Freitag von 9 bis 12 Uhr", [weekly("Mo Di Mi Do Fr", "09:00", "12:00")]),
    ("Fr-Mo 10-12", [weekly("Mo Fr Sa So", "10:00", "12:00")]),
    (
        "Di und Do 9:00-10:30, Di und Do 18:00-19:30",
        [weekly("Di Do", "09:00", "10:30"), weekly("Di Do", "18:00", "19:30")],
    ),
    (
        "Mo 9-12 u. 14-16, Di 10-12",
        [weekly("Mo", "09:00", "12:00"), weekly("Mo", "14:00", "16:00"), weekly("Di", "10:00", "12:00")],
    ),
    ("Mo-Do 8-12 Uhr\nDo 14-18 Uhr", [weekly("Mo Di Mi Do", "08:00", "12:00"), weekly("Do", "14:00", "18:00")]),
    ("Mo: 9-12 Uhr\nDi: geschlossen\nMi: 14-16 Uhr", [weekly("Mo", "09:00", "12:00"), weekly("Mi", "14:00", "16:00")]),
    ("dienstags 18-20 Uhr", [weekly("Di", "18:00", "20:00")]),
    ("18-20 Uhr dienstags", [weekly("Di", "18:00", "20:00")]),
    ("Dienstagabend 7 Uhr", [weekly("Di", "19:00")]),
    ("Mo 9-11, nachmittags 2-4", [weekly("Mo", "09:00", "11:00"), weekly("Mo", "14:00", "16:00")]),
    ("Mi ab 18 Uhr", [weekly("Mi", "18:00")]),
    ("täglich 8-18 Uhr", [weekly(ALL_DAYS, "08:00", "18:00")]),
    ("täglich 18:00-8:00", [weekly(ALL_DAYS, "18:00", "08:00")]),
    ("täglich außer Sonntag 9-18 Uhr", [weekly("Mo Di Mi Do Fr Sa", "09:00", "18:00")]),
    ("am Wochenende 10-12 Uhr", [weekly("Sa So", "10:00", "12:00")]),
    ("Freitag 22-2 Uhr", [weekly("Fr", "22:00", "02:00")]),
    ("rund um die Uhr", [weekly(ALL_DAYS, "00:00", "00:00")]),
    ("24/7", [weekly(ALL_DAYS, "00:00", "00:00")]),
    ("Mo-Fr", [weekly("Mo Di Mi Do Fr")]),
    ("14-tägig Do 17-19", [weekly("Do", "17:00", "19:00", every=2)]),
    ("alle zwei Wochen donnerstags 19 Uhr", [weekly("Do", "19:00", every=2)]),
    ("freitags, alle 14 Tage, 15 Uhr", [weekly("Fr", "15:00", every=2)]),
    ("alle 3 Wochen Mo 18 Uhr", [weekly("Mo", "18:00", every=3)]),
    ("ab 12.01.2027 dienstags 18-20 Uhr", [weekly("Di", "18:00", "20:00", from_date=date(2027, 1, 12))]),
    ("Do 17:00 - 18:30 Uhr ab 07.01.2027", [weekly("Do", "17:00", "18:30", from_date=date(2027, 1, 7))]),
    (
        "Vom 11.01.2027 bis 19.03.2027 Mo-Fr 8:30-12",
        [weekly("Mo Di Mi Do Fr", "08:30", "12:00", from_date=date(2027, 1, 11), until_date=date(2027, 3, 19))],
    ),
    (
        "ab 11.01.2027 Mo 9-12, Mi 14-16",
        [
            weekly("Mo", "09:00", "12:00", from_date=date(2027, 1, 11)),
            weekly("Mi", "14:00", "16:00", from_date=date(2027, 1, 11)),
        ],
    ),
    (
        "05.04.-09.04.2027, 9-16 Uhr",
        [weekly("Mo Di Mi Do Fr", "09:00", "16:00", from_date=date(2027, 4, 5), until_date=date(2027, 4, 9))],
    ),
    ("jeden 1. Samstag im Monat 14 Uhr, außer in den Ferien", [monthly("Sa", (1,), "14:00", pauses=SCHOOL)]),
    ("1. Montag im Monat um 19 Uhr", [monthly("Mo", (1,), "19:00")]),
    ("jeden 1. und 3. Freitag im Monat 16 Uhr", [monthly("Fr", (1, 3), "16:00")]),
    ("jeden letzten Donnerstag im Monat 19 Uhr", [monthly("Do", (-1,), "19:00")]),
    ("jeden zweiten Dienstag im Monat 18 Uhr", [monthly("Di", (2,), "18:00")]),
    ("am 15. jeden Monats 10 Uhr", [monthly("", (15,), "10:00")]),
    ("Sa, 14.11.2026, 10-16 Uhr", [on("2026-11-14", "10:00", "16:00")]),
    ("am 5. März 2027 um 19 Uhr", [on("2027-03-05", "19:00")]),
    ("14.11. und 21.11.2026, 10 Uhr", [on("2026-11-14", "10:00"), on("2026-11-21", "10:00")]),
    ("Mo 14.12.2026 18 Uhr, Mi 16.12.2026 19 Uhr", [on("2026-12-14", "18:00"), on("2026-12-16", "19:00")]),
    ("2026-11-14 10:00", [on("2026-11-14", "10:00")]),
    ("nach Vereinbarung", [appointment()]),
    ("Termine n. V.", [appointment()]),
    ("nur nach telefonischer Anmeldung", [appointment()]),
    ("Mo-Fr 8-12 Uhr und nach Vereinbarung", [weekly("Mo Di Mi Do Fr", "08:00", "12:00"), appointment()]),
    (
        "Mo-Do 8:30–12 Uhr, nachmittags nach Vereinbarung",
        [weekly("Mo Di Mi Do", "08:30", "12:00"), appointment("nachmittags")],
    ),
    ("mittwochs 15 Uhr (nicht in den Schulferien)", [weekly("Mi", "15:00", pauses=SCHOOL)]),
    ("Mo 9-12 Uhr, in den Schulferien geschlossen", [weekly("Mo", "09:00", "12:00", pauses=SCHOOL)]),
    ("Mi 14:30 bis 16:00 Uhr, Feiertage ausgenommen", [weekly("Mi", "14:30", "16:00", pauses=PUBLIC)]),
    (
        "Mo 9-12; Di 14-16; außer in den Ferien",
        [weekly("Mo", "09:00", "12:00", pauses=SCHOOL), weekly("Di", "14:00", "16:00", pauses=SCHOOL)],
    ),
    ("Mo 9-12, außer an Feiertagen und in den Ferien", [weekly("Mo", "09:00", "12:00", pauses=(*PUBLIC, *SCHOOL))]),
    (
        "Mi 16-18 Uhr (außer 23.12.2026 und 30.12.2026)",
        [weekly("Mi", "16:00", "18:00", except_dates=(date(2026, 12, 23), date(2026, 12, 30)))],
    ),
    (
        "Mo-Fr 9-12, geschlossen am 24.12.2026",
        [weekly("Mo Di Mi Do Fr", "09:00", "12:00", except_dates=(date(2026, 12, 24),))],
    ),
    ("Mon and Wed 6-8 pm", [weekly("Mo Mi", "18:00", "20:00")]),
    ("Sat 10am–1pm", [weekly("Sa", "10:00", "13:00")]),
    ("Fri 10-2 pm", [weekly("Fr", "10:00", "14:00")]),
    ("weekdays 9am-5pm", [weekly("Mo Di Mi Do Fr", "09:00", "17:00")]),
    ("Wednesdays from 5 to 7 pm during term time", [weekly("Mi", "17:00", "19:00", pauses=SCHOOL)]),
    ("every other Tuesday 5pm-7pm", [weekly("Di", "17:00", "19:00", every=2)]),
    ("every first Saturday of the month at 2 pm", [monthly("Sa", (1,), "14:00")]),
    ("1st and 3rd Friday of the month, 10 am - 12 noon", [monthly("Fr", (1, 3), "10:00", "12:00")]),
    ("Mon-Fri 9-12 and by appointment", [weekly("Mo Di Mi Do Fr", "09:00", "12:00"), appointment()]),
    ("daily 9-5 pm, except public holidays", [weekly(ALL_DAYS, "09:00", "17:00", pauses=PUBLIC)]),
]


@pytest.mark.parametrize(("text", "slots"), UNDERSTOOD, ids=[text for text, _ in UNDERSTOOD])
def test_times_are_understood_whole(text: str, slots: list[Slot]) -> None:
    assert read_times(text) == (tuple(slots), "")


@pytest.mark.parametrize(
    "text",
    [
        "jeden zweiten Dienstag 18 Uhr",  # every other week, or the second of the month
        "14.11. 10 Uhr",  # of which year
        "Fr, 14.11.2026, 10-16 Uhr",  # a Saturday
        "31.02.2027 10 Uhr",
        "in geraden Wochen Mi 18 Uhr",
        "werktags 9-12",  # with or without Saturday
        "einmal im Monat samstags",
        "jeden Donnerstag im Monat 9 Uhr",
        "Mo 8-2 Uhr",  # eighteen hours
        "2x pro Woche",
        "unregelmäßig",
        "Sommerferien Mo 18-20",
        "ab Januar 2027",
        "vom 19.03.2027 bis 11.01.2027 Mo 9-12",
    ],
)
def test_what_may_mean_two_things_is_not_guessed_but_kept_as_words(text: str) -> None:
    assert read_times(text) == ((Slot(SlotKind.WORDS, words=text),), text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Fr, 14.11.2026, 10-16 Uhr", "weekday does not fit"),
        ("jeden zweiten Dienstag 18 Uhr", "every other week"),
        ("14.11. 10 Uhr", "without a year"),
        ("Mo 8-2 Uhr", "very long"),
        ("31.02.2027 10 Uhr", "does not exist"),
    ],
)
def test_a_doubt_that_can_be_named_has_a_sentence(text: str, why: str) -> None:
    assert why in str(doubt_about(text))


def test_a_doubt_that_cannot_be_named_has_none() -> None:
    assert doubt_about("unregelmäßig") is None


def test_a_remark_stays_with_its_times_and_is_reported() -> None:
    assert read_times("Mo 18-20 Uhr, Raum 12") == ((weekly("Mo", "18:00", "20:00", words="Raum 12"),), "Raum 12")


def test_one_line_nobody_understands_leaves_the_others_alone() -> None:
    schedule, left = read_times("Mo 9-12\nje nach Wetterlage\nDi 14-16")
    assert [slot.kind for slot in schedule] == [SlotKind.WEEKLY, SlotKind.WORDS, SlotKind.WEEKLY]
    assert left == "je nach Wetterlage"


@pytest.mark.parametrize("text", ["", "  ", "-", "k. A.", "?"])
def test_nothing_said_is_an_empty_schedule(text: str) -> None:
    assert read_times(text) == ((), "")


PIECES = [
    "Mo",
    "Di",
    "Mittwoch",
    "und",
    "-",
    "bis",
    "9",
    "18:00",
    "Uhr",
    "1.",
    "im Monat",
    "außer",
    "Ferien",
    "14.11.2026",
    ",",
    ";",
    "ab",
    "(",
    ")",
    "pm",
    "alle",
    "täglich",
    "n. V.",
    "24",
]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=14).map(" ".join))
def test_no_text_ever_raises_and_what_is_not_understood_is_kept(text: str) -> None:
    schedule, left = read_times(text)
    assert not left or any(slot.words for slot in schedule)
    for slot in schedule:
        assert slot.kind is not SlotKind.WEEKLY or slot.weekdays
