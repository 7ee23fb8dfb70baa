"""When something takes place, as people write it: "Mo und Mi 18:00-20:00", "jeden 1. Samstag im Monat 14 Uhr"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import lru_cache

from infopool.directory.reading.time_tokens import Clock, Token, tokens
from infopool.directory.reading.words import cut, is_blank
from infopool.directory.schedules import Pause, Schedule, Slot, SlotKind

LONGEST_HOURS = 16
"""A single time longer than this is more likely a slip than an opening time."""


class _Unclear(Exception):
    """The words do not add up to one meaning; the text is then kept as it is."""


@lru_cache(maxsize=20_000)
def read_times(text: str) -> tuple[Schedule, str]:
    """The schedule a text describes, and the parts of it nobody understood.

    Lines and semicolons part independent statements; one that is not understood becomes a slot of words and leaves the
    others alone. A remark beside understood times ("in Raum 12") stays with them as the slot's words and is left over as
    well. Ambiguous statements are not guessed: "jeden zweiten Dienstag" may mean every other or the second of a month, a
    date without a year may be any, a weekday that does not fit its date is one of two mistakes.
    """
    if is_blank(text):
        return (), ""
    slots: list[Slot] = []
    left: list[str] = []
    for statement in cut(" ".join(text.replace("\n", ";").split()), ";|•"):
        found, unread = _statement(statement.strip(" .,"))
        slots.extend(found)
        left.extend(unread)
    return tuple(dict.fromkeys(slots)), "; ".join(left)


def _statement(text: str) -> tuple[list[Slot], list[str]]:
    try:
        return _understand(text)
    except _Unclear:
        pass
    pieces = cut(text, ",")
    results = [_piece(piece) for piece in pieces] if len(pieces) > 1 else []
    if not any(slot.starts or slot.kind is SlotKind.APPOINTMENT for found in results if found for slot in found[0]):
        return [_only_words(text)], [text]
    slots: list[Slot] = []
    left: list[str] = []
    for piece, result in zip(pieces, results, strict=True):
        found, unread = result or ([_only_words(piece)], [piece])
        slots.extend(found)
        left.extend(unread)
    return slots, left


def _piece(text: str) -> tuple[list[Slot], list[str]] | None:
    """One piece between commas, only when it is whole in itself: a day alone belongs to what follows it."""
    try:
        found, unread = _understand(text)
    except _Unclear:
        return None
    whole = found and all(slot.starts or slot.kind is SlotKind.APPOINTMENT for slot in found)
    return (found, unread) if whole else None


def _only_words(text: str) -> Slot:
    return Slot(SlotKind.WORDS, words=text)


@dataclass
class _Group:
    """What belongs to the same days: days or dates, the clock times on them, and from when to when."""

    days: list[int] = field(default_factory=list)
    dates: list[date] = field(default_factory=list)
    nth: list[int] = field(default_factory=list)
    monthly: bool = False
    every: int = 1
    clocks: list[tuple[time, time | None]] = field(default_factory=list)
    first: date | None = None
    last: date | None = None
    skipped: list[date] = field(default_factory=list)
    without: set[int] = field(default_factory=set)
    pauses: set[Pause] = field(default_factory=set)
    part: str = ""
    remarks: list[str] = field(default_factory=list)

    @property
    def has_days(self) -> bool:
        return bool(self.days or self.dates or self.nth)


def _understand(text: str) -> tuple[list[Slot], list[str]]:
    statement = _Statement(text, tokens(text))
    statement.read()
    return statement.slots(), statement.unread


_CHANGES_MEANING = re.compile(
    r"\b(?:nicht|kein\w*|ohne|nur|außer|ausser|geschlossen|entfällt|gerade\w*|ungerade\w*|kw|woche\w*|monat\w*|sommer\w*|winter\w*|ferien\w*|quartal\w*|semester\w*|jahr\w*|vor(?:letzt\w*)?|nächst\w*"
    r"|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|not|only|closed|weeks?|months?|werktags|abwechselnd|wechselnd|alternat\w+|jan|feb|aug|sept|okt|nov|dez)\b",
    re.I,
)
"""Words that change when something takes place: with one of them unread, nothing near it is certain."""


class _Statement:
    """Reads one statement from left to right. A day after a clock time begins a new group."""

    def __init__(self, text: str, found: list[Token]) -> None:
        self.text = text
        self.tokens = found
        self.at = 0
        self.groups: list[_Group] = [_Group()]
        self.shared = _Group()
        self.appointment = False
        self.unread: list[str] = []

    @property
    def group(self) -> _Group:
        return self.groups[-1]

    def read(self) -> None:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            step = getattr(self, "_" + token.kind.replace("-", "_"), None)
            if step is None:
                raise _Unclear(token.text)
            step(token)

    def _peek(self, *kinds: str, ahead: int = 0) -> Token | None:
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) and self.tokens[at].kind in kinds else None

    def _previous(self) -> str:
        return self.tokens[self.at - 2].kind if self.at >= 2 else ""

    def _concerns_all(self) -> bool:
        """Whether a condition stands apart from the times, before or after them, and so holds for all of them."""
        return self._previous() == "comma" or not any(group.has_days or group.clocks for group in self.groups)

    def _new_days(self) -> _Group:
        """The group that a day just met belongs to."""
        if self.group.clocks and self.group.has_days:
            self.groups.append(_Group())
        return self.group

    # Signs that say nothing by themselves.

    def _comma(self, token: Token) -> None: ...

    _filler = _and = _every = _comma

    # Days.

    def _weekday(self, token: Token) -> None:
        group = self._new_days()
        day, part = token.value if isinstance(token.value, tuple) else (0, "")
        group.part = part or group.part
        until = self._peek("range", "until") and self._peek("weekday", ahead=1)
        if not until:
            group.days.append(day)
            return
        last = until.value[0] if isinstance(until.value, tuple) else 0
        group.days.extend((day + step) % 7 for step in range((last - day) % 7 + 1))
        self.at += 2

    def _daily(self, token: Token) -> None:
        self._new_days().days.extend(range(7))

    def _workdays(self, token: Token) -> None:
        self._new_days().days.extend(range(5))

    def _weekend(self, token: Token) -> None:
        self._new_days().days.extend((5, 6))

    def _ordinal(self, token: Token) -> None:
        self._new_days().nth.append(int(str(token.value)))

    def _monthly(self, token: Token) -> None:
        self.group.monthly = True

    def _every_n(self, token: Token) -> None:
        group = self._new_days() if self._peek("weekday", "filler") else self.group
        group.every = int(str(token.value))

    def _date(self, token: Token) -> None:
        if not isinstance(token.value, date):
            raise _Unclear(token.text)
        last = self._peek("range", "until") and self._peek("date", ahead=1)
        if last and isinstance(last.value, date):
            self.at += 2
            self._period(token.value, last.value)
        else:
            self._new_days().dates.append(token.value)

    def _period(self, first: date, last: date) -> None:
        if last < first:
            raise _Unclear("the end lies before the beginning")
        target = self.shared if self._concerns_all() else self.group
        target.first, target.last = first, last

    # Clock times.

    def _clock(self, token: Token) -> None:
        starts = token.value if isinstance(token.value, Clock) else Clock(0, 0)
        ends = self._peek("range", "until") and self._peek("clock", "noon", ahead=1)
        if ends and isinstance(ends.value, Clock):
            self.at += 2
            self.group.clocks.append(_span(starts, ends.value))
        elif starts.bare and self.group.clocks:
            raise _Unclear("a lone number after the times")
        else:
            self.group.clocks.append((starts.on_the_clock(), None))

    _noon = _clock

    def _always(self, token: Token) -> None:
        group = self.group
        group.clocks.append((time(0), time(0)))
        if not group.has_days:
            group.days.extend(range(7))

    def _part(self, token: Token) -> None:
        self.group.part = str(token.value)

    # Conditions.

    def _from(self, token: Token) -> None:
        following = self._peek("date")
        if following and isinstance(following.value, date):
            self.at += 1
            last = self._peek("range", "until") and self._peek("date", ahead=1)
            if last and isinstance(last.value, date):
                self.at += 2
                self._period(following.value, last.value)
            else:
                target = self.shared if self.tokens[self.at - 3 : self.at - 2] and self.tokens[self.at - 3].kind == "comma" else self.group
                target = self.shared if not any(group.has_days or group.clocks for group in self.groups) else target
                target.first = following.value
        elif not self._peek("clock", "noon", "weekday", "filler"):
            raise _Unclear(token.text)

    def _until(self, token: Token) -> None:
        following = self._peek("date")
        if not following or not isinstance(following.value, date):
            raise _Unclear(token.text)
        target = self.shared if self._concerns_all() else self.group
        target.last = following.value
        self.at += 1

    def _except(self, token: Token) -> None:
        shared = self._concerns_all()
        met = False
        while following := self._peek("date", "weekday", "and", "comma"):
            if following.kind in ("and", "comma") and not self._peek("date", "weekday", ahead=1):
                break
            self.at += 1
            if isinstance(following.value, date):
                (self.shared if shared else self.group).skipped.append(following.value)
                met = True
            elif isinstance(following.value, tuple):
                self.group.without.add(following.value[0])
                met = True
        if not met:
            raise _Unclear(token.text)

    def _pause(self, token: Token) -> None:
        pauses = token.value if isinstance(token.value, frozenset) else frozenset()
        (self.shared if self._concerns_all() else self.group).pauses |= pauses

    def _appointment(self, token: Token) -> None:
        self.appointment = True

    # What nobody knows.

    def _note(self, token: Token) -> None:
        if _CHANGES_MEANING.search(token.text):
            raise _Unclear(token.text)
        self.group.remarks.append(str(token.value))

    def _unknown(self, token: Token) -> None:
        """A remark reaches to the next comma or the next sign with a meaning of its own; a bare number belongs to it."""
        end = token.end
        while following := self._peek("unknown", "filler", "and", "clock", "ordinal", "range", "from", "every"):
            if following.kind == "clock" and not (isinstance(following.value, Clock) and following.value.bare):
                break
            if following.kind != "unknown" and following.kind != "clock" and not self._peek("unknown", "clock", ahead=1):
                break
            end = following.end
            self.at += 1
        words = self.text[token.start : end].strip(" :")
        if not re.search(r"\w", words) or _CHANGES_MEANING.search(words):
            raise _Unclear(words)
        self.group.remarks.append(words)
        self.unread.append(words)

    # The sum.

    def slots(self) -> list[Slot]:
        """The slots; _Unclear when days, dates and times do not make sense together."""
        groups = [group for group in self.groups if group.has_days or group.clocks]
        if not groups and self.shared.first and self.shared.last:
            groups = [_Group(remarks=self.group.remarks)]
        made = [slot for group in groups for slot in _slots(group, self.shared)]
        if any(slot.starts for slot in made) and not all(slot.starts or slot.words for slot in made):
            raise _Unclear("a day without a time beside days with one")
        if self.appointment:
            remarks = "; ".join(self.group.remarks) if not made else ""
            made.append(Slot(SlotKind.APPOINTMENT, words=remarks))
        if not made:
            raise _Unclear(self.text)
        return made


def _span(starts: Clock, ends: Clock) -> tuple[time, time]:
    if ends.half and not starts.half:
        starts = _same_half(starts, ends)
    first, last = starts.on_the_clock(), ends.on_the_clock()
    minutes = (last.hour * 60 + last.minute - first.hour * 60 - first.minute) % (24 * 60)
    if minutes > LONGEST_HOURS * 60 or (minutes == 0 and first != time(0)):
        raise _Unclear("too long")
    return first, last


def _same_half(starts: Clock, ends: Clock) -> Clock:
    """ "6-8 pm" begins in the evening, "10-2 pm" in the morning."""
    if starts.hour > 12:
        return starts
    alike = Clock(starts.hour, starts.minute, ends.half)
    other = Clock(starts.hour, starts.minute, "am")
    return alike if alike.on_the_clock() < ends.on_the_clock() else other


def _slots(group: _Group, shared: _Group) -> list[Slot]:
    first, last = group.first or shared.first, group.last or shared.last
    if group.dates:
        if first or last or group.nth or group.every != 1:
            raise _Unclear("dates and a rule")
        plain = [Slot(SlotKind.DATE, on=day) for day in _checked_dates(group)]
    elif group.nth:
        plain = [_monthly_slot(group, first, last)]
    else:
        plain = [_weekly_slot(group, first, last)]
    pauses = tuple(sorted(group.pauses | shared.pauses))
    skipped = tuple(sorted({*group.skipped, *shared.skipped}))
    words = "; ".join([*group.remarks, *([group.part] if group.part and not group.clocks else [])])
    return [
        Slot(
            slot.kind, slot.weekdays, slot.nth, slot.every, slot.on, starts, ends, slot.from_date, slot.until_date, skipped, pauses, words
        )
        for slot in plain
        for starts, ends in (_in_part(group) or [(None, None)])
    ]


def _in_part(group: _Group) -> list[tuple[time, time | None]]:
    """ "abends um 8": a small hour in the afternoon or evening is meant on the 24-hour clock."""
    late = re.search("nachmittag|abend|afternoon|evening", group.part)
    if not late or not all(starts.hour < 12 for starts, _ in group.clocks):
        return group.clocks
    return [(_later(starts), _later(ends) if ends else None) for starts, ends in group.clocks]


def _later(moment: time) -> time:
    return moment.replace(hour=moment.hour + 12) if 0 < moment.hour < 12 else moment


def _checked_dates(group: _Group) -> list[date]:
    if group.days and {day.weekday() for day in group.dates} != set(group.days):
        raise _Unclear("the weekday does not fit the date")
    return sorted(dict.fromkeys(group.dates))


def _monthly_slot(group: _Group, first: date | None, last: date | None) -> Slot:
    nth = tuple(dict.fromkeys(group.nth))
    days = tuple(sorted(set(group.days)))
    if group.every != 1 or (not days and not group.monthly):
        raise _Unclear("which of what")
    if days and not group.monthly and len(nth) == 1 and nth[0] not in (1, -1):
        raise _Unclear("every other week, or the second of the month")
    if not all(number == -1 or 1 <= number <= (5 if days else 31) for number in nth):
        raise _Unclear("no such day in a month")
    return Slot(SlotKind.MONTHLY, days, tuple(sorted(nth, key=lambda number: number if number > 0 else 99)), from_date=first, until_date=last)


def _weekly_slot(group: _Group, first: date | None, last: date | None) -> Slot:
    if group.monthly:
        raise _Unclear("which of the month")
    days = set(group.days) - group.without
    if not group.days and first and last and (last - first).days < 7:
        days = {(first + timedelta(days=step)).weekday() for step in range((last - first).days + 1)}
    if not days:
        raise _Unclear("no day")
    return Slot(SlotKind.WEEKLY, tuple(sorted(days)), every=group.every, from_date=first, until_date=last)


