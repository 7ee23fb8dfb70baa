"""The judged needs of `tests/search/judged`, and a search over the demo offers to try them on.

Whoever wrote the queries did not see the vocabulary. The first sixty needs are what most ask for, the others the
corners: situations told, single small offers, far villages. Needs of the half `tune` may be looked at while improving
the search; the half `report` only tells how good it is. `judged/practice` holds 320 needs more, which the words that
people tell of things with were tuned on.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from infopool import migrating
from infopool.db import Database
from infopool.directory import intake
from infopool.directory.regions import load_region
from infopool.paths import DEMO
from infopool.search import finding
from infopool.search.evaluating import Judged
from infopool.settings import Settings

FOLDER = Path(__file__).with_name("judged")
PRACTICE = "practice"
TODAY = date(2026, 11, 22)


def languages() -> list[str]:
    """The tags there are queries in."""
    return sorted(path.name.split(".")[1] for path in FOLDER.glob("queries.*.tsv"))


def judged(split: str, tags: list[str] | None = None) -> Iterator[Judged]:
    """The queries of one half ("" for both, `practice` for those to practise with), with the grades of the demo offers
    by their number."""
    folder = FOLDER / PRACTICE if split == PRACTICE else FOLDER
    asked = [row for row in _rows(folder / "needs.tsv") if split in ("", row["split"])]
    grades = {row["need"]: _grades(row["relevant"]) for row in asked}
    for tag in tags or languages():
        for number, row in enumerate(_rows(folder / f"queries.{tag}.tsv")):
            if row["need"] in grades:
                yield Judged(f"{row['need']}-{tag}-{number % 2}", tag, row["query"], grades[row["need"]])


def demo_search(folder: Path) -> finding.Search:
    """A search over the demo offers, in a folder of its own."""
    from importers import spreadsheet

    settings, region = Settings(data=folder), load_region("waldshut")
    database = Database(settings.database)
    migrating.upgrade(database)
    read = spreadsheet.read((DEMO / "offers.csv").read_bytes(), region, source_name="offers.csv")
    with database.reading() as session:
        report = intake.plan(session, list(read.drafts), source="demo", region=region)
    intake.carry_out(database, report, now=datetime(2026, 11, 22, 12, tzinfo=UTC), publish=True)
    search = finding.open_search(settings, region)
    finding.indexer(search, database).rebuild()
    return search


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _grades(pairs: str) -> dict[str, int]:
    return {number: int(grade) for number, grade in (pair.split(":") for pair in pairs.split())}
