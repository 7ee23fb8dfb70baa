"""Reading one statement about times from left to right, sign by sign."""

from __future__ import annotations

import re
from datetime import date, time

from infopool.directory.reading.time_slots import Group, Unclear, later, slots_of, span_of
from infopool.directory.reading.time_tokens import Clock, Token
from infopool.directory.schedules import Slot, SlotKind

_CHANGES_MEANING = re.compile(
    (
        r"\b(?:nicht|kein\w*|ohne|nur|außer|ausser|geschlossen|entfällt|gerade\w*|ungerade\w*|kw"
        r"|woche\w*|monat\w*|sommer\w*|winter\w*|ferien\w*|quartal\w*|semester\w*|jahr\w*"
        r"|vor(?:letzt\w*)?|nächst\w*"
        r"|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|not"
        r"|only|closed|weeks?|months?|werktags|abwechselnd|wechselnd|alternat\w+|jan|feb|aug|sept"
        r"|okt|nov|dez)\b"
    ),
    re.I,
)
"""Words that change when something takes place: with one of them unread, nothing near it is certain."""


_LATE = re.compile("nachmittag|abend|afternoon|evening|nacht", re.I)


class Statement:
    """Reads one statement from left to right. A day after a clock time begins a new group."""

    def __init__(self, text: str, found: list[Token]) -> None:
        self.text = text
        self.tokens = found
        self.at = 0
        self.groups: list[Group] = [Group()]
        self.shared = Group()
        self.late = False
        """Whether the hours that follow are meant in the afternoon or evening, as in "abends um 8"."""
        self.appointment = False
        self.appointment_words = ""
        self.unread: list[str] = []

    @property
    def group(self) -> Group:
        return self.groups[-1]

    def read(self) -> None:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            step = getattr(self, "_" + token.kind.replace("-", "_"), None)
            if step is None:
                raise Unclear(token.text)
            step(token)

    def _peek(self, *kinds: str, ahead: int = 0) -> Token | None:
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) and self.tokens[at].kind in kinds else None

    def _previous(self) -> str:
        return self.tokens[self.at - 2].kind if self.at >= 2 else ""

    def _concerns_all(self) -> bool:
        """Whether a condition stands apart from the times, before or after them, and so holds for all of them."""
        return self._previous() == "comma" or not any(group.has_days or group.clocks for group in self.groups)

    def _new_days(self) -> Group:
        """The group that a day just met belongs to."""
        if self.group.clocks and self.group.has_days:
            self.groups.append(Group())
            self.late = False
        return self.group

    # Signs that say nothing by themselves.

    def _comma(self, token: Token) -> None: ...

    _filler = _and = _every = _comma

    # Days.

    def _weekday(self, token: Token) -> None:
        group = self._new_days()
        day, part = token.value if isinstance(token.value, tuple) else (0, "")
        self.late = bool(_LATE.search(part))
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
            raise Unclear("no such day")
        concerns_all = self._concerns_all()
        last = self._peek("range", "until") and self._peek("date", ahead=1)
        if last and isinstance(last.value, date):
            self.at += 2
            self._period(token.value, last.value, concerns_all)
        else:
            self._new_days().dates.append(token.value)

    def _period(self, first: date, last: date, concerns_all: bool) -> None:
        if last < first:
            raise Unclear("the end lies before the beginning")
        target = self.shared if concerns_all else self.group
        target.first, target.last = first, last

    def _short_date(self, token: Token) -> None:
        raise Unclear("year")

    # Clock times.

    def _clock(self, token: Token) -> None:
        starts = token.value if isinstance(token.value, Clock) else Clock(0, 0)
        ends = self._peek("range", "until") and self._peek("clock", "noon", ahead=1)
        if ends and isinstance(ends.value, Clock):
            self.at += 2
            span: tuple[time, time | None] = span_of(starts, ends.value)
        elif starts.bare and self.group.clocks:
            raise Unclear("a lone number after the times")
        else:
            span = (starts.on_the_clock(), None)
        self.group.clocks.append(later(span) if self.late else span)

    _noon = _clock

    def _always(self, token: Token) -> None:
        group = self.group
        group.clocks.append((time(0), time(0)))
        if not group.has_days:
            group.days.extend(range(7))

    def _part(self, token: Token) -> None:
        """ "abends um 8", "8 Uhr abends"; before "nach Vereinbarung" it says when one may ask for an appointment."""
        late = bool(_LATE.search(str(token.value)))
        if self._peek("appointment"):
            self.appointment_words = token.text
        elif self._previous() in ("clock", "noon") and self.group.clocks:
            self.group.clocks[-1] = later(self.group.clocks[-1]) if late else self.group.clocks[-1]
        else:
            self.late = late
            self.group.part = str(token.value)

    # Conditions.

    def _from(self, token: Token) -> None:
        concerns_all = self._concerns_all()
        following = self._peek("date")
        if following and isinstance(following.value, date):
            self.at += 1
            last = self._peek("range", "until") and self._peek("date", ahead=1)
            if last and isinstance(last.value, date):
                self.at += 2
                self._period(following.value, last.value, concerns_all)
            else:
                (self.shared if concerns_all else self.group).first = following.value
        elif not self._peek("clock", "noon", "weekday", "filler"):
            raise Unclear(token.text)

    def _until(self, token: Token) -> None:
        following = self._peek("date")
        if not following or not isinstance(following.value, date):
            raise Unclear(token.text)
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
            raise Unclear(token.text)

    def _closed(self, token: Token) -> None:
        """ "Dienstag geschlossen" is the same as not naming Tuesday; "geschlossen am 24.12.2026" is an exception."""
        if not self.group.has_days or self.group.clocks:
            self._except(token)
        elif len(self.groups) > 1:
            self.groups.pop()
        else:
            self.groups[-1] = Group()

    def _pause(self, token: Token) -> None:
        pauses = token.value if isinstance(token.value, frozenset) else frozenset()
        (self.shared if self._concerns_all() else self.group).pauses |= pauses

    def _appointment(self, token: Token) -> None:
        self.appointment = True

    # What nobody knows.

    def _note(self, token: Token) -> None:
        if _CHANGES_MEANING.search(token.text):
            raise Unclear(token.text)
        self.group.remarks.append(str(token.value))

    def _unknown(self, token: Token) -> None:
        """A remark reaches to the next comma or sign with a meaning of its own; a bare number belongs to it."""
        end = token.end
        while following := self._peek("unknown", "filler", "and", "clock", "ordinal", "range", "from", "every"):
            if following.kind == "clock" and not (isinstance(following.value, Clock) and following.value.bare):
                break
            if (
                following.kind != "unknown"
                and following.kind != "clock"
                and not self._peek("unknown", "clock", ahead=1)
            ):
                break
            end = following.end
            self.at += 1
        words = self.text[token.start : end].strip(" :")
        if not re.search(r"\w", words) or _CHANGES_MEANING.search(words):
            raise Unclear(words)
        self.group.remarks.append(words)
        self.unread.append(words)

    # The sum.

    def slots(self) -> list[Slot]:
        """The slots; Unclear when days, dates and times do not make sense together."""
        groups = [group for group in self.groups if group.has_days or group.clocks]
        if not groups and self.shared.first and self.shared.last:
            groups = [Group(remarks=self.group.remarks)]
        made = [slot for group in groups for slot in slots_of(group, self.shared)]
        if any(slot.starts for slot in made) and not all(slot.starts or slot.words for slot in made):
            raise Unclear("a day without a time beside days with one")
        if self.appointment:
            remarks = [] if made else self.group.remarks
            words = "; ".join(filter(None, (self.appointment_words, *remarks)))
            made.append(Slot(SlotKind.APPOINTMENT, words=words))
        if not made:
            raise Unclear(self.text)
        return made
