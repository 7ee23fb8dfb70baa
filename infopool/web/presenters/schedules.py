"""Times of an offer in words: short for a result card, in full for its own page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from infopool.directory.facts import TIMES, TimeOfDay
from infopool.directory.schedules import Pause, Schedule, Slot, SlotKind, is_round_the_clock
from infopool.languages import SOURCE_LANGUAGE
from infopool.messages import N_, Message
from infopool.web.wording import Wording

NTH: dict[int, str] = {
    1: N_("first %(weekday)s of the month"),
    2: N_("second %(weekday)s of the month"),
    3: N_("third %(weekday)s of the month"),
    4: N_("fourth %(weekday)s of the month"),
    5: N_("fifth %(weekday)s of the month"),
    -1: N_("last %(weekday)s of the month"),
}

PAUSES: dict[str, str] = {
    Pause.PUBLIC_HOLIDAYS: N_("not on public holidays"),
    Pause.SCHOOL_HOLIDAYS: N_("not in the school holidays"),
}


@dataclass(frozen=True)
class When:
    """One line of a schedule in words."""

    days: str
    hours: str = ""
    notes: tuple[str, ...] = ()
    language: str = ""
    """The language of `days`, when somebody wrote them and they are not the page's."""


def short(schedule: Iterable[Slot], wording: Wording, today: date, most: int = 2) -> tuple[When, ...]:
    """The first lines, with short weekdays and without notes."""
    shown = [slot for slot in schedule if slot.until_date is None or slot.until_date >= today]
    return tuple(_when(slot, wording, today, short=True) for slot in shown[:most])


def full(schedule: Schedule, wording: Wording, today: date) -> tuple[When, ...]:
    """All lines, with whole weekdays and everything that must be known about them."""
    return tuple(_when(slot, wording, today, short=False) for slot in schedule)


def _when(slot: Slot, wording: Wording, today: date, *, short: bool) -> When:
    hours = _hours(slot, wording)
    if slot.kind == SlotKind.APPOINTMENT:
        return When(wording.translator.gettext(TIMES[TimeOfDay.BY_APPOINTMENT]), hours, _notes(slot, wording, today))
    days = _days(slot, wording, today, short=short)
    if not days:
        foreign = "" if wording.language.text_tag == SOURCE_LANGUAGE else SOURCE_LANGUAGE
        return When(slot.words, language=foreign) if slot.words else When("", hours)
    return When(days, hours, () if short else _notes(slot, wording, today))


def _hours(slot: Slot, wording: Wording) -> str:
    if is_round_the_clock(slot):
        return wording.translator.gettext(N_("around the clock"))
    return wording.hours(slot.starts, slot.ends)


def _days(slot: Slot, wording: Wording, today: date, *, short: bool) -> str:
    if slot.kind == SlotKind.DATE and slot.on:
        return wording.day(slot.on, today) if short else wording.weekday_and_day(slot.on, today)
    if slot.kind == SlotKind.WEEKLY:
        return _weekly(slot, wording, short=short)
    if slot.kind == SlotKind.MONTHLY:
        return _monthly(slot, wording)
    return ""


def _weekly(slot: Slot, wording: Wording, *, short: bool) -> str:
    if len(slot.weekdays) == 7:
        days = wording.translator.gettext(N_("every day"))
    else:
        days = wording.weekdays(slot.weekdays, short=short)
    if slot.every < 2 or not days:
        return days
    sentence = Message(N_("%(days)s, every %(weeks)s weeks"), {"days": days, "weeks": wording.number(slot.every)})
    return wording.say(sentence)


def _monthly(slot: Slot, wording: Wording) -> str:
    if not slot.weekdays:
        days = wording.joined([str(number) for number in slot.nth if number > 0])
        return wording.say(Message(N_("on day %(number)s of the month"), {"number": days})) if days else ""
    named = [
        wording.translator.gettext(NTH[nth]) % {"weekday": wording.weekday(weekday)}
        for weekday in slot.weekdays
        for nth in slot.nth
        if nth in NTH
    ]
    return wording.joined(named)


def _notes(slot: Slot, wording: Wording, today: date) -> tuple[str, ...]:
    notes = []
    if slot.from_date and slot.from_date > today:
        notes.append(Message(N_("from %(day)s"), {"day": wording.whole_day(slot.from_date)}))
    if slot.until_date:
        notes.append(Message(N_("until %(day)s"), {"day": wording.whole_day(slot.until_date)}))
    coming = [wording.day(day, today) for day in slot.except_dates if day >= today]
    if coming:
        notes.append(Message(N_("not on %(days)s"), {"days": wording.joined(coming)}))
    notes += [Message(PAUSES[pause]) for pause in slot.pauses if pause in PAUSES]
    return tuple(wording.say(note) for note in notes)
