"""What people call things, as tables that anybody can extend: one file per kind, a line per code."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a tab-separated table; lines that begin with # are remarks."""
    with path.open(encoding="utf-8", newline="") as lines:
        told = (line for line in lines if not line.startswith("#"))
        yield from csv.DictReader(told, delimiter="\t", quoting=csv.QUOTE_NONE)


def words_in(cell: str) -> tuple[str, ...]:
    """The words of a cell, which stand apart by ` | `."""
    return tuple(word.strip() for word in cell.split("|") if word.strip())


@cache
def words_of(name: str) -> dict[str, tuple[str, ...]]:
    """Code -> words, from the table of that name."""
    return {row["code"]: words_in(row["words"]) for row in rows(Path(__file__).with_name(f"{name}.tsv"))}


@cache
def answer_words() -> dict[str, dict[str, tuple[str, ...]]]:
    """Question -> answer -> words; the empty question holds what answers any of them."""
    table: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in rows(Path(__file__).with_name("answers.tsv")):
        table.setdefault(row["question"], {})[row["code"]] = words_in(row["words"])
    return table
