"""The offers at the desk, as a list and one by one."""

from __future__ import annotations

import pytest

from infopool.curation.models import Role
from infopool.db import Database
from infopool.directory.models import Offer
from tests.desk.conftest import SitDown
from tests.web.world import COURSE, DRAFT, FLAT, SHELTER, WITHDRAWN


def test_the_listing_shows_a_page_of_published_offers(sit_down: SitDown) -> None:
    page = sit_down().get("/admin/offers/")
    assert len(page.root.find("tbody")[0].find("tr")) == 25
    assert page.links("Weiter")


def test_the_search_is_the_same_as_the_public_one(sit_down: SitDown) -> None:
    page = sit_down().get("/admin/offers/?q=Wohnung&topic=housing-search")
    assert page.links("Wohnungssuche")


@pytest.mark.parametrize(("state", "number"), [("draft", DRAFT), ("withdrawn", WITHDRAWN)])
def test_offers_nobody_sees_are_listed_too(sit_down: SitDown, state: str, number: int) -> None:
    page = sit_down().get(f"/admin/offers/?state={state}")
    assert f"/admin/offers/{number}/" in page.links().values()


def test_the_listing_can_be_narrowed_to_a_working_group(sit_down: SitDown) -> None:
    page = sit_down().get("/admin/offers/?group=housing")
    addresses = page.links().values()
    assert f"/admin/offers/{COURSE}/" not in addresses


def test_words_are_looked_for_in_titles_of_drafts(sit_down: SitDown, database: Database) -> None:
    assert not sit_down().get("/admin/offers/?state=draft&q=gibtesnicht").root.find("tbody")


@pytest.mark.parametrize(
    "query", ["state=x", "page=99999999999", "page=-1", "group=%00", "order=x", "q=" + "x" * 900, "q=%ff%fe", "topic=x"]
)
def test_an_address_that_makes_no_sense_is_read_as_far_as_it_does(sit_down: SitDown, query: str) -> None:
    sit_down().get(f"/admin/offers/?{query}")


def test_the_address_of_a_shelter_is_not_in_the_listing(sit_down: SitDown, database: Database) -> None:
    with database.reading() as session:
        town = session.get_one(Offer, SHELTER).venue.town  # type: ignore[union-attr]
    page = sit_down().get("/admin/offers/?q=Schutz+und+Wohnen")
    row = next(row for row in page.root.find("tr") if "Schutz und Wohnen" in row.text)
    assert town not in row.text


def test_one_offer_shows_how_it_stands(sit_down: SitDown) -> None:
    page = sit_down().get(f"/admin/offers/{COURSE}/")
    assert "published" in page.text or "veröffentlicht" in page.text


def test_an_offer_that_is_not_there_is_not_found(sit_down: SitDown) -> None:
    sit_down().get("/admin/offers/99999/", 404)


def test_the_steering_group_sees_offers_and_no_button(sit_down: SitDown) -> None:
    page = sit_down(Role.STEERING).get(f"/admin/offers/{FLAT}/")
    assert not [address for address in page.links().values() if "/edit" in address]
