"""What people search for, on the desk."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from infopool.curation.models import RareTerm, Role, SearchCount
from infopool.db import Database
from infopool.web.counting import EXTENSION
from tests.desk.conftest import SitDown
from tests.desk.people import DeskClient


def counted(site: Flask) -> dict[tuple[str, str, str], int]:
    site.extensions[EXTENSION].flush()
    with site.extensions["infopool"].database.reading() as session:
        return {(row.language, row.topic, row.result): row.count for row in session.scalars(select(SearchCount))}


def test_a_search_is_counted_also_when_its_page_was_kept(desk_site: Flask) -> None:
    visitor = DeskClient(desk_site)
    for _ in range(3):
        visitor.get("/de/search?q=Wohnung")
    assert sum(counted(desk_site).values()) == 3


def test_an_empty_search_and_further_pages_are_no_search(desk_site: Flask) -> None:
    visitor = DeskClient(desk_site)
    visitor.get("/de/search")
    visitor.get("/de/search?q=Kurs&page=2")
    assert counted(desk_site) == {}


def test_words_that_find_nothing_are_kept_as_fingerprints(desk_site: Flask, database: Database) -> None:
    DeskClient(desk_site).get("/de/search?q=Quastenflosser")
    desk_site.extensions[EXTENSION].flush()
    with database.reading() as session:
        (rare,) = session.scalars(select(RareTerm))
    assert "quasten" not in rare.fingerprint


def test_a_search_about_violence_leaves_no_words(desk_site: Flask, database: Database) -> None:
    DeskClient(desk_site).get("/de/search?q=mein+Mann+schlägt+mich+Quastenflosser")
    desk_site.extensions[EXTENSION].flush()
    with database.reading() as session:
        assert session.scalars(select(RareTerm)).all() == []


def test_the_page_of_numbers_shows_them_as_a_picture_and_as_a_table(desk_site: Flask, sit_down: SitDown) -> None:
    visitor = DeskClient(desk_site)
    for number in range(6):
        visitor.get(f"/de/search?q=Wohnung+{number}&topic=housing-search")
    page = sit_down(Role.STEERING).get("/admin/numbers/")
    assert page.root.find("rect", css="all")
    assert any("6" in row.text for row in page.root.find("tbody")[0].find("tr"))


def test_an_empty_pool_of_numbers_is_a_page_too(sit_down: SitDown) -> None:
    sit_down().get("/admin/numbers/?group=housing")
