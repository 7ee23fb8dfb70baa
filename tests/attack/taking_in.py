"""Sheets taken in the way a curator does it, and everything a visitor or a program can then read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from importers import IMPORTERS
from infopool import languages
from infopool.db import Database
from infopool.directory import intake, offers
from infopool.directory.regions import Region
from infopool.exchange import csv_xlsx
from tests.conftest import NOW
from tests.web.world import an_app


def take_in(database: Database, region: Region, sheet: bytes) -> None:
    """Publish what a CSV sheet brings."""
    read = IMPORTERS["spreadsheet"].read(sheet, region, source_name="liste.csv")
    assert read.refused is None, read.refused
    with database.reading() as session:
        report = intake.plan(session, read.drafts, source="liste", region=region, unreadable=read.unreadable)
    intake.carry_out(database, report, now=NOW, publish=True)


def site_of(database: Database, region: Region, sheet: bytes, folder: Path) -> Flask:
    """The site over what a sheet brings."""
    take_in(database, region, sheet)
    return an_app(database, folder)


def addresses(app: Flask) -> Iterator[str]:
    """Every address without a question in it that leads to something, in three languages of three scripts."""
    pool = app.extensions["infopool"]
    values = {
        "offer_id": [str(number) for number in sorted(pool.search.engine.ids())],
        "provider_id": ["1", "2"],
        "code": [],
    }
    tags = ["de", "ar", "ti"]
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.arguments & {"name", "rest", "service_id"}:
            continue
        codes = ["housing", "violence"] if "/topics/" in rule.rule else [place.code for place in pool.region.places[:3]]
        paths = [rule.rule]
        for name, choices in (values | {"code": codes, "language": tags, "tag": tags}).items():
            if name in rule.arguments:
                paths = [_filled(path, name, choice) for path in paths for choice in choices]
        yield from paths


def _filled(path: str, name: str, value: str) -> str:
    start = next(at for at in (path.find(f"<{kind}{name}>") for kind in _KINDS) if at >= 0)
    return path[:start] + value + path[path.index(">", start) + 1 :]


_KINDS = ("", "language:", "number:", "int:", "path:")


def sheets(database: Database, region: Region) -> tuple[bytes, bytes]:
    """The offers as CSV and as XLSX, as visitors may have them."""
    with database.reading() as session:
        found = list(offers.all_published(session))
        return csv_xlsx.write_csv(found, region), csv_xlsx.write_xlsx(found, region)


def index_words(app: Flask) -> str:
    """Everything the index says, as one text."""
    engine = app.extensions["infopool"].search.engine
    cards = [repr(engine.card(number)) for number in sorted(engine.ids())]
    spaces = [*(language.tag for language in languages.LANGUAGES), "any", ""]
    return "\n".join([*cards, *(json.dumps(dict(engine.words(space)), ensure_ascii=False) for space in spaces)])
