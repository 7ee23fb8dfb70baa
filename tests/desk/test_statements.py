"""The pages of the desk ask the database the same number of questions, however many offers there are."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from benchmarks import corpus, desk, desk_pool
from infopool.db import Database
from infopool.directory.regions import load_region
from infopool.search import finding
from infopool.web.pool import Pool
from tests.conftest import NOW
from tests.web.world import an_app

MOST = 25
"""Statements of a page, whatever stands on it."""
LARGEST = 30 * 1024
"""Bytes of a page, before it is packed."""
FEW, MANY = 30, 90
"""Offers of the two pools: both fill a page of every list."""


TEXTS = corpus.load(None)


def _asked(app: Flask, person: str) -> dict[str, tuple[int, int]]:
    """Address -> statements and bytes of every page of the desk that this person may look at."""
    house: Pool = app.extensions["infopool"]
    client = desk.signed_in(app, person)
    counter = desk.Statements(house)
    found = {}
    for address in desk.addresses(app, house, person):
        client.get(address)
        counter.count = 0
        answer = client.get(address)
        if answer.status_code == 200:
            found[address] = (counter.count, len(answer.data))
    return found


@pytest.mark.parametrize("person", ["Officer", "Curator"])
def test_no_page_asks_more_for_more_offers(person: str, database: Database, tmp_path: Path) -> None:
    desk_pool.fill(database, TEXTS, FEW, load_region("waldshut"), NOW)
    app = an_app(database, tmp_path)
    desk.bring_a_file(desk.signed_in(app, person), tmp_path)
    few = _asked(app, person)
    desk_pool.grow(database, TEXTS, FEW, MANY, NOW)
    finding.indexer(app.extensions["infopool"].search, database).rebuild()
    many = _asked(app, person)
    assert len(few) > 25
    assert few.keys() == many.keys()
    assert {address: count for address, (count, _) in few.items() if count != many[address][0]} == {}
    assert {address: count for address, (count, _) in many.items() if count > MOST} == {}
    assert {address: size for address, (_, size) in many.items() if size > LARGEST} == {}
