"""The plan of an import, kept beside its file: what would become of each row, read a page at a time."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infopool.directory import plain
from infopool.directory.drafts import Unreadable
from infopool.directory.intake import Fate, Gone, ImportReport, Row
from infopool.messages import Message, Problem


def message_to_plain(message: Message) -> dict[str, Any]:
    """A sentence as JSON can hold it, not yet in any language."""
    params = {
        name: {"message": message_to_plain(value)} if isinstance(value, Message) else _simple(value)
        for name, value in message.params.items()
    }
    return {"text": message.text, "params": params, "plural": message.plural, "count": message.count}


def message_from_plain(told: Mapping[str, Any]) -> Message:
    """The sentence that `message_to_plain` wrote."""
    params = {
        name: message_from_plain(value["message"]) if isinstance(value, dict) else value
        for name, value in told["params"].items()
    }
    return Message(told["text"], params, told["plural"], told["count"])


def _simple(value: object) -> object:
    return value if isinstance(value, (str, int, float)) else str(value)


@dataclass(frozen=True)
class Entry:
    """Where a row stands in the plan."""

    line: int
    fate: Fate
    start: int


class Plan:
    """A plan on the disk: one file of rows, each a line of JSON, and an index to it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._index: dict[str, Any] = json.loads(_index_of(path).read_text(encoding="utf-8"))
        self.source: str = self._index["source"]
        self.entries = [Entry(line, Fate(fate), start) for line, fate, start in self._index["rows"]]
        self.gone = tuple(Gone(number, title, key) for number, title, key in self._index["gone"])

    def rows(self, entries: Iterable[Entry]) -> Iterator[Row]:
        """The rows behind these entries."""
        with self._path.open("rb") as lines:
            for entry in entries:
                lines.seek(entry.start)
                yield _row(json.loads(lines.readline()))

    def notes(self, first: int, most: int) -> tuple[list[Unreadable], int]:
        """Some of the notes on what could not be read, from the `first` on, and how many there are."""
        told = self._index["notes"]
        found = [
            Unreadable(line, column, message_from_plain(why), lost) for line, column, why, lost in told[first:][:most]
        ]
        return found, len(told)

    def remarks(self) -> list[Message]:
        """What there is to say about the file as a whole."""
        return [message_from_plain(told) for told in self._index["remarks"]]


def _index_of(path: Path) -> Path:
    return path.with_suffix(".index")


def write(path: Path, report: ImportReport, remarks: Iterable[Message]) -> None:
    """Keep a plan; it appears complete or not at all."""
    entries: list[tuple[int, str, int]] = []
    start = 0
    fresh = path.with_suffix(f".{os.getpid()}")
    with fresh.open("wb") as out:
        for row in report.rows:
            line = json.dumps(_told(row), ensure_ascii=True).encode() + b"\n"
            entries.append((row.line, row.fate, start))
            start += len(line)
            out.write(line)
    index = {
        "source": report.source,
        "rows": entries,
        "gone": [(gone.offer_id, gone.title, gone.source_key) for gone in report.gone],
        "notes": [(note.line, note.column, message_to_plain(note.why), note.row_lost) for note in report.unreadable],
        "remarks": [message_to_plain(remark) for remark in remarks],
    }
    fresh_index = fresh.with_suffix(f".{os.getpid()}-index")
    fresh_index.write_text(json.dumps(index), encoding="utf-8")
    fresh.replace(path)
    fresh_index.replace(_index_of(path))


def _told(row: Row) -> dict[str, Any]:
    return {
        "line": row.line,
        "fate": row.fate,
        "print": row.fingerprint,
        "offer": row.offer_id,
        "version": row.version,
        "problems": [(problem.field, message_to_plain(problem.message)) for problem in row.problems],
        "draft": plain.to_plain(row.draft),
    }


def _row(told: dict[str, Any]) -> Row:
    return Row(
        told["line"],
        plain.from_plain(told["draft"]),
        Fate(told["fate"]),
        told["print"],
        told["offer"],
        told["version"],
        tuple(Problem(field, message_from_plain(message)) for field, message in told["problems"]),
    )


@dataclass(frozen=True)
class Choice:
    """Auswahl. Which rows a curator wants taken in, beside what is usual for their fate."""

    lines: Mapping[int, bool]
    """Rows of which she has said so, by line."""
    fates: Mapping[str, bool]
    """Whole fates of which she has said so."""
    withdraw_gone: bool = False
    publish: bool = False

    USUAL = frozenset({Fate.NEW, Fate.CHANGED})
    POSSIBLE = frozenset({Fate.NEW, Fate.CHANGED, Fate.PROTECTED})

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Choice:
        """The choice that `told` wrote."""
        return cls(
            {int(line): bool(on) for line, on in plain.get("lines", {}).items()},
            {str(fate): bool(on) for fate, on in plain.get("fates", {}).items()},
            bool(plain.get("withdraw_gone")),
            bool(plain.get("publish")),
        )

    def told(self) -> dict[str, Any]:
        """The choice as JSON can hold it."""
        return {
            "lines": {str(line): on for line, on in self.lines.items()},
            "fates": dict(self.fates),
            "withdraw_gone": self.withdraw_gone,
            "publish": self.publish,
        }

    def takes(self, entry: Entry | Row) -> bool:
        """Whether a row is to be taken in."""
        if entry.fate not in self.POSSIBLE:
            return False
        usual = self.fates.get(entry.fate, entry.fate in self.USUAL)
        return self.lines.get(entry.line, usual)
