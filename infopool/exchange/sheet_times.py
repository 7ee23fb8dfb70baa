"""Times as a German spreadsheet cell says them: "Mo und Mi 18:00-20:00; jeden 1. Samstag im Monat 14:00"."""

from __future__ import annotations

from datetime import date, time

from infopool.directory.schedules import Pause, Slot, SlotKind

SHORT = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
LONG = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
PAUSES = {Pause.PUBLIC_HOLIDAYS: "außer an Feiertagen", Pause.SCHOOL_HOLIDAYS: "außer in den Schulferien"}


def slot_words(slot: Slot, remark: str = "(%s)") -> str:
    """One line of a schedule, as people write it; the provider's own words where there is nothing else.

    The provider's remark follows: `remark` is how it is put, "(%s)" or ", %s".
    """
    told = {
        SlotKind.WEEKLY: _weekly,
        SlotKind.MONTHLY: _monthly,
        SlotKind.DATE: _single,
        SlotKind.APPOINTMENT: _appointment,
        SlotKind.WORDS: _own_words,
    }[slot.kind](slot)
    parts = [told, _hours(slot.starts, slot.ends), _bounds(slot), _except(slot)]
    own = remark % slot.words if slot.words and slot.kind != SlotKind.WORDS else ""
    return " ".join(part for part in (*parts, own) if part).replace(" ,", ",").removesuffix(",")


def german_day(on: date | None) -> str:
    """`01.09.2026`; empty for None."""
    return on.strftime("%d.%m.%Y") if on else ""


def _weekly(slot: Slot) -> str:
    every = {1: "", 2: "14-tägig"}.get(slot.every, f"alle {slot.every} Wochen")
    days = _joined([SHORT[day] for day in slot.weekdays])
    if len(slot.weekdays) > 2 and slot.weekdays[-1] - slot.weekdays[0] == len(slot.weekdays) - 1:
        days = f"{SHORT[slot.weekdays[0]]}-{SHORT[slot.weekdays[-1]]}"
    return f"{every} {days}".strip()


def _monthly(slot: Slot) -> str:
    which = _joined([f"{nth}." if nth > 0 else "letzten" for nth in slot.nth])
    if not slot.weekdays:
        return f"jeden {which} im Monat"
    return f"jeden {which} {_joined([LONG[day] for day in slot.weekdays])} im Monat"


def _single(slot: Slot) -> str:
    return f"{SHORT[slot.on.weekday()]}, {german_day(slot.on)}," if slot.on else slot.words


def _appointment(slot: Slot) -> str:
    return "nach Vereinbarung"


def _own_words(slot: Slot) -> str:
    return slot.words


def _hours(starts: time | None, ends: time | None) -> str:
    if starts is None:
        return ""
    return f"{starts:%H:%M}-{ends:%H:%M}" if ends else f"{starts:%H:%M} Uhr"


def _bounds(slot: Slot) -> str:
    begins = f"ab {german_day(slot.from_date)}" if slot.from_date else ""
    ends = f"bis {german_day(slot.until_date)}" if slot.until_date else ""
    return f"{begins} {ends}".strip()


def _except(slot: Slot) -> str:
    parts = [PAUSES[pause] for pause in slot.pauses]
    if slot.except_dates:
        parts.append("außer am " + _joined([german_day(day) for day in slot.except_dates]))
    return ", ".join(parts)


def _joined(parts: list[str]) -> str:
    return ", ".join(parts[:-1]) + (" und " if len(parts) > 1 else "") + parts[-1] if parts else ""
