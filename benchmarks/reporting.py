"""What was measured, for people (a table) and for programs (one JSON line)."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """One measured thing."""

    name: str
    values: Mapping[str, float] = field(default_factory=dict)
    """Name with its unit -> number."""
    remark: str = ""


def percentile(numbers: Sequence[float], percent: int) -> float:
    """The number below which so many percent of the numbers lie (nearest rank)."""
    ordered = sorted(numbers)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def table(rows: Iterable[Row]) -> str:
    """Rows that measure the same things share a heading."""
    rows = list(rows)
    width = max([28, *(len(row.name) + 1 for row in rows)])
    lines: list[str] = []
    heading: tuple[str, ...] = ()
    for row in rows:
        if row.values and tuple(row.values) != heading:
            heading = tuple(row.values)
            lines += ["", _line("", [_short(name) for name in heading], width)]
        lines.append(_line(row.name, [_number(value) for value in row.values.values()] or [row.remark], width))
    return "\n".join(lines)


def json_line(rows: Iterable[Row]) -> str:
    """Everything on one line."""
    measured = {row.name: {name: round(value, 4) for name, value in row.values.items()} for row in rows if row.values}
    return json.dumps({"python": platform.python_version(), "machine": platform.machine(), "measured": measured})


def _line(name: str, cells: Iterable[str], width: int) -> str:
    return f"{name:{width}}" + "".join(f"{cell:>13}" for cell in cells)


def _short(name: str) -> str:
    return (
        name.removesuffix("_ms")
        .replace("_per_s", "/s")
        .replace("question_", "q ")
        .replace("short_", "")
        .replace("_", " ")
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
