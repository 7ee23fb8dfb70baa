"""Real, messy lists from elsewhere, where they are at hand: whatever they hold, no row is lost."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import importers
from infopool.directory.regions import Region

LISTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "offers_lists"
FILES = ["afeefa/entries_de.csv", "metacollect/projects.csv"]


@pytest.mark.skipif(not LISTS.is_dir(), reason="the real lists are not at hand")
@pytest.mark.parametrize("name", FILES)
def test_every_row_with_a_title_becomes_a_draft(name: str, region: Region) -> None:
    answer = importers.read("spreadsheet", LISTS / name, region)
    with (LISTS / name).open(encoding="utf-8", newline="") as file:
        titled = [row for row in csv.DictReader(file) if row["title"].strip()]
    assert answer.refused is None
    assert len(answer.drafts) == len(titled)
    assert all(note.column for note in answer.unreadable)


@pytest.mark.skipif(not LISTS.is_dir(), reason="the real lists are not at hand")
def test_reading_the_same_list_twice_gives_the_same(region: Region) -> None:
    first, second = (importers.read("spreadsheet", LISTS / FILES[1], region) for _ in range(2))
    assert first == second
