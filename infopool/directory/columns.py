"""How lists of codes and small value objects are kept in a column: as JSON, the same in SQLite and PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import DateTime, Dialect, Text, TypeDecorator

from infopool.directory.drafts import SpokenLanguage
from infopool.directory.schedules import Pause, Schedule, Slot, SlotKind


class Codes(TypeDecorator[tuple[str, ...]]):
    """A list of codes, in the order given."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:
        return json.dumps(list(value or ()), ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        return tuple(json.loads(value)) if value else ()


class Pairs(TypeDecorator[tuple[tuple[str, str], ...]]):
    """A list of pairs of texts, such as a column's heading and what stood in it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[tuple[str, str], ...] | None, dialect: Dialect) -> str:
        return json.dumps([list(pair) for pair in value or ()], ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[tuple[str, str], ...]:
        return tuple((first, second) for first, second in json.loads(value)) if value else ()


class SpokenLanguages(TypeDecorator[tuple[SpokenLanguage, ...]]):
    """Spoken languages with their notes."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[SpokenLanguage, ...] | None, dialect: Dialect) -> str:
        return json.dumps([[spoken.tag, spoken.note] for spoken in value or ()], ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[SpokenLanguage, ...]:
        return tuple(SpokenLanguage(tag, note) for tag, note in json.loads(value)) if value else ()


class Slots(TypeDecorator[Schedule]):
    """A schedule."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Schedule | None, dialect: Dialect) -> str:
        return json.dumps([slot_to_plain(slot) for slot in value or ()], ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Schedule:
        return tuple(slot_from_plain(plain) for plain in json.loads(value)) if value else ()


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, always in UTC; SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


def slot_to_plain(slot: Slot) -> dict[str, Any]:
    """A slot as JSON can hold it; fields at their default are left out."""
    empty = Slot(SlotKind.WORDS)
    return {
        name: _plain(value) for name, value in asdict(slot).items() if name == "kind" or value != getattr(empty, name)
    }


def slot_from_plain(plain: dict[str, Any]) -> Slot:
    """The slot that `slot_to_plain` wrote."""
    return Slot(**{name: _READ.get(name, _same)(value) for name, value in plain.items()})


def _plain(value: object) -> object:
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value


def _same(value: Any) -> Any:
    return value


_READ: dict[str, Callable[[Any], Any]] = {
    "kind": SlotKind,
    "weekdays": tuple,
    "nth": tuple,
    "on": date.fromisoformat,
    "starts": time.fromisoformat,
    "ends": time.fromisoformat,
    "from_date": date.fromisoformat,
    "until_date": date.fromisoformat,
    "except_dates": lambda days: tuple(date.fromisoformat(day) for day in days),
    "pauses": lambda codes: tuple(Pause(code) for code in codes),
}
