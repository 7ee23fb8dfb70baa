"""Links at the desk."""

from __future__ import annotations

import pytest

from infopool.curation import links
from infopool.curation.models import Link, Role
from infopool.db import Database
from infopool.directory.drafts import ContactDraft
from infopool.directory.facts import ContactKind
from tests.conftest import NOW
from tests.desk.conftest import SitDown
from tests.making import an_offer

OLD = "https://kurse.stadt-muster.de/deutsch"


@pytest.fixture
def broken(database: Database, desk_site: object) -> int:
    with database.transaction() as session:
        an_offer(session, "Verlinkt", contacts=(ContactDraft(ContactKind.WEBSITE, OLD),))
        link = Link(url=OLD, good=False, failures=2, fault="status", status=404, checked_at=NOW)
        session.add(link)
        session.flush()
        return link.id


def test_a_failing_address_is_shown_with_its_offers(sit_down: SitDown, broken: int) -> None:
    page = sit_down().get("/admin/links/")
    assert OLD in page.text
    assert [address for address in page.links().values() if address.startswith("/admin/offers/4")]


def test_it_is_replaced_with_one_click_and_visitors_see_it(sit_down: SitDown, broken: int, database: Database) -> None:
    me = sit_down()
    page = me.send(f"/admin/links/{broken}/replace", {"new": "https://www.stadt-muster.de/kurse"})
    assert OLD not in page.text
    with database.reading() as session:
        assert OLD not in links.used(session)


def test_a_wrong_address_is_said_at_its_field(sit_down: SitDown, broken: int) -> None:
    page = sit_down().send(f"/admin/links/{broken}/replace", {"new": "stadt-muster"})
    (field,) = [one for one in page.root.find("input") if one["name"] == "new"]
    assert (field["aria-invalid"], field["value"]) == ("true", "stadt-muster")


def test_it_can_be_left_alone_for_a_while(sit_down: SitDown, broken: int) -> None:
    assert OLD not in sit_down().send(f"/admin/links/{broken}/sleep").text


def test_the_steering_group_changes_nothing(sit_down: SitDown, broken: int) -> None:
    steering = sit_down(Role.STEERING)
    assert not steering.get("/admin/links/").root.find("input")
    assert steering.sends(f"/admin/links/{broken}/replace", {"new": "https://x.de"}) == 403
