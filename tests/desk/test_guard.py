"""The door before every address of the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from infopool.curation import sessions
from infopool.curation.models import Curator, Role, SignIn
from infopool.db import Database
from infopool.web.admin import guard
from infopool.web.admin.doors import DOORS
from tests.conftest import NOW
from tests.desk.conftest import SitDown
from tests.desk.people import DeskClient


def test_every_address_of_the_desk_has_a_door(desk_site: Flask) -> None:
    rules = [rule for rule in desk_site.url_map.iter_rules() if rule.rule.startswith("/admin")]
    assert rules
    assert {rule.endpoint for rule in rules} == set(DOORS)


def test_a_page_that_is_not_listed_stays_shut(sit_down: SitDown, monkeypatch: pytest.MonkeyPatch) -> None:
    officer = sit_down(Role.OFFICER)
    monkeypatch.delitem(DOORS, "desk.home")
    officer.get("/admin/", 404)


def test_the_desk_opens_for_somebody_signed_in(sit_down: SitDown) -> None:
    page = sit_down().get("/admin/")
    assert "Frau Muster" in page.text


def test_no_cache_keeps_the_desk(sit_down: SitDown) -> None:
    assert sit_down().get("/admin/").response.headers["Cache-Control"] == "no-store"


def test_a_session_ends_after_half_an_hour_without_use(desk_site: Flask, database: Database, sit_down: SitDown) -> None:
    client = sit_down()
    with database.transaction() as session:
        session.query(SignIn).update({SignIn.seen_at: NOW - sessions.IDLE - timedelta(seconds=1)})
    assert client.raw.get("/admin/").status_code == 303


def test_a_session_ends_after_twelve_hours(database: Database, sit_down: SitDown) -> None:
    client = sit_down()
    with database.transaction() as session:
        session.query(SignIn).update({SignIn.begun_at: NOW - sessions.LONGEST - timedelta(seconds=1)})
    assert client.raw.get("/admin/").status_code == 303


def test_a_shut_account_is_out_at_once(database: Database, sit_down: SitDown) -> None:
    client = sit_down()
    with database.transaction() as session:
        session.query(Curator).update({Curator.disabled_at: NOW})
    assert client.raw.get("/admin/").status_code == 303


def test_the_database_holds_no_token(database: Database, sit_down: SitDown, desk_site: Flask) -> None:
    client = sit_down()
    cookie = client.raw.get_cookie(guard.cookie_name(desk_site.extensions["infopool"].settings))
    assert cookie
    with database.reading() as session:
        assert session.get(SignIn, cookie.value) is None
        assert session.get(SignIn, sessions.fingerprint(cookie.value)) is not None


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/admin/",
        "javascript:x",
        "/admin/\n",
        "/admin//evil",
        "/de/",
        "",
    ],
)
def test_the_way_back_leads_only_to_the_desk(address: str) -> None:
    assert guard.own_path(address) == "/admin/"


def test_public_pages_know_nothing_of_the_cookie(sit_down: SitDown) -> None:
    page = sit_down().get("/de/")
    assert "Set-Cookie" not in page.response.headers
    assert "Cookie" not in page.response.headers.get("Vary", "")


def test_somebody_unknown_is_led_to_the_sign_in(desk_site: Flask) -> None:
    assert DeskClient(desk_site).raw.get("/admin/").status_code in (303,)
