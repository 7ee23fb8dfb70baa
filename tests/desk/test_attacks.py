"""Attacks on the desk: forms from elsewhere, addresses that lead elsewhere, other hosts, hostile fields."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import pytest
from argon2 import extract_parameters
from flask import Flask

from infopool.curation import passwords
from infopool.curation.models import Curator, Role
from infopool.db import Database
from infopool.settings import Settings
from infopool.web import headers
from infopool.web.admin.guard import own_path
from infopool.web.app import build_app
from tests.conftest import NOW
from tests.desk.accounts import EMAIL, KEPT, PASSWORD, a_member, sign_in
from tests.desk.conftest import SitDown
from tests.desk.people import OWN, DeskClient
from tests.desk.test_rights_matrix import ways

FOREIGN: tuple[dict[str, str], ...] = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://sub.127.0.0.1:8000"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8000"},
    {"Origin": "null"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://127.0.0.1:8000.evil.example"},
    {"Origin": "http://["},
    {"Sec-Fetch-Site": "SAME-ORIGIN, x"},
    {"Referer": "http://127.0.0.1:8000/admin/"},
    {},
)


@pytest.mark.parametrize("says", FOREIGN, ids=str)
def test_a_form_from_elsewhere_changes_nothing(sit_down: SitDown, desk_site: Flask, says: dict[str, str]) -> None:
    officer = sit_down(Role.OFFICER)
    for way in ways(desk_site):
        if way.method == "POST":
            path = desk_site.url_map.bind("127.0.0.1").build(way.rule.endpoint, way.values, method="POST")
            assert officer.raw.post(path, headers=says).status_code == 403, way.name
    officer.get("/admin/")


def test_an_older_browser_that_says_only_where_from_may_send(sit_down: SitDown) -> None:
    answer = sit_down().raw.post("/admin/sign-out", headers={"Origin": "http://127.0.0.1:8000"})
    assert answer.status_code == 303


ELSEWHERE = (
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "https://evil.example",
    "http:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "HTTPS://evil.example/admin/",
    "//evil.example/admin/",
    "//evil.example\\@127.0.0.1/admin/",
    "http://127.0.0.1:8000@evil.example/admin/",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "javascript://127.0.0.1/admin/%0aalert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "/%2f%2fevil.example",
    "/%5cevil.example",
    "/admin//evil.example",
    "/admin/\\evil.example",
    "/admin/\\\\evil.example",
    "/admin/\r\nLocation: https://evil.example",
    "/admin/\nSet-Cookie: a=b",
    "/admin/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/admin/\x00",
    "/admin/\u2028//evil.example",
    "/administrator",
    "/de/",
    "/",
    "",
    ".",
    "..",
    "../evil",
    "admin/",
    "?next=//evil.example",
    "#//evil.example",
    "@evil.example",
    "evil.example",
    "//[::1]/admin/",
    "http://[evil/admin/",
    "//evil%00.example",
    "/\u2044/evil.example",
    "/.evil.example",
    "//google。com",
    "<>javascript:alert(1);",
    "/admin" + "x" * 5_000,
)


@pytest.mark.parametrize("address", ELSEWHERE, ids=ascii)
def test_no_address_leads_away_from_the_desk(address: str) -> None:
    assert own_path(address) == "/admin/"


def test_signing_in_leads_nowhere_else(desk_site: Flask, database: Database) -> None:
    a_member(database)
    browser = DeskClient(desk_site)
    for address in ELSEWHERE:
        form = {"email": EMAIL, "password": PASSWORD, "next": address}
        answer = browser.raw.post("/admin/sign-in", data=form, headers=OWN)
        assert answer.headers["Location"] == "/admin/"
        answer = browser.raw.get("/admin/sign-in", query_string={"next": address})
        assert answer.headers["Location"] == "/admin/"


@pytest.mark.parametrize(
    "host", ["evil.example", "infopool.example.org@evil.example", "infopool.example.org.evil.example"]
)
def test_another_host_is_refused_in_production(database: Database, tmp_path: Path, host: str) -> None:
    settings = Settings(
        data=tmp_path,
        database_url=database.url.render_as_string(hide_password=False),
        base_url="https://infopool.example.org",
        secret_key="x" * 40,
        production=True,
    )
    browser = build_app(settings, lambda: NOW).test_client()
    own = "https://infopool.example.org"
    assert browser.get("/admin/sign-in", base_url=own, headers={"Host": host}).status_code == 400
    answer = browser.get("/admin/sign-in", base_url=own, headers={"X-Forwarded-Host": host})
    assert answer.status_code == 200
    assert host not in answer.get_data(as_text=True)


def test_every_page_of_the_desk_says_what_a_browser_may_do(sit_down: SitDown, desk_site: Flask) -> None:
    officer = sit_down(Role.OFFICER)
    for way in ways(desk_site):
        if way.method == "GET":
            path = desk_site.url_map.bind("127.0.0.1").build(way.rule.endpoint, way.values, method="GET")
            answer = officer.raw.get(path, headers={"Accept-Encoding": "br, gzip"})
            said = {name: answer.headers.get(name) for name in headers.HEADERS}
            assert said == headers.HEADERS, way.name
            assert answer.headers["Cache-Control"] == "no-store", way.name
            assert "Content-Encoding" not in answer.headers, way.name


@pytest.mark.parametrize(
    "path", ["/", "/de/", "/de/search?q=Deutsch", "/de/offers/1", "/api/v1/search?q=x", "/healthz"]
)
def test_public_pages_are_the_same_for_who_is_signed_in(sit_down: SitDown, desk_site: Flask, path: str) -> None:
    mine, anybodys = sit_down(Role.OFFICER).raw.get(path), desk_site.test_client().get(path)
    assert mine.data == anybodys.data
    for answer in (mine, anybodys):
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_wrong_password_and_an_unknown_account_look_alike(desk_site: Flask, database: Database) -> None:
    a_member(database)
    browser, shown = DeskClient(desk_site), []
    for email in (EMAIL, "nobodyatall@example.org"):
        form = {"email": email, "password": "wrong"}
        page = browser.raw.post("/admin/sign-in", data=form, headers=OWN).get_data(as_text=True)
        shown.append(page.replace(email, ""))
    assert shown[0] == shown[1]


def test_a_wrong_password_and_an_unknown_account_take_as_long() -> None:
    """The comparison is what takes the time; it is made in both cases, with the same parameters."""
    assert extract_parameters(KEPT) == extract_parameters(passwords.NOBODYS)
    times: dict[str, list[float]] = {KEPT: [], "": []}
    for _ in range(12):
        for kept, taken in times.items():
            begun = time.thread_time()
            assert not passwords.is_right("wrong", kept)
            taken.append(time.thread_time() - begun)
    known, unknown = (statistics.median(taken) for taken in times.values())
    assert unknown == pytest.approx(known, rel=0.3)


def test_a_new_site_has_no_account_that_everybody_knows(desk_site: Flask, database: Database) -> None:
    with database.reading() as session:
        assert session.query(Curator).count() == 0
    browser = DeskClient(desk_site)
    assert {sign_in(browser, "admin@example.org", word) for word in ("admin", "infopool", "")} == {400}


HOSTILE = (
    "x" * 60_000,
    "\x00",
    "a\x00b",
    "\ud83d",
    "\u202e\u2066evil",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "{{ 7*7 }}%(name)s%s",
    "-1",
    "99999999999999999999",
    "ጤና ይስጥልኝ مرحبا 🙂",
    "a@b.c\r\nBcc: d@e.f",
)
FORMS: dict[str, tuple[str, ...]] = {
    "/admin/sign-in": ("email", "password", "next"),
    "/admin/sign-in/passkey": ("answer", "sealed", "next"),
    "/admin/forgotten": ("email",),
    "/admin/account/details": ("name", "language", "translates"),
    "/admin/account/password": ("again", "password"),
    "/admin/account/address": ("email", "again"),
    "/admin/account/second-factor": ("sealed", "code", "again"),
    "/admin/account/passkeys": ("remove", "answer", "sealed", "name"),
    "/admin/account/sessions": ("end",),
    "/admin/people/new": ("email", "name", "role", "groups"),
    "/admin/people/1": ("name", "role", "groups"),
    "/admin/rules/": ("four-eyes", "days-language"),
}


@pytest.mark.parametrize("path", FORMS)
def test_no_form_breaks(path: str, desk_site: Flask, database: Database) -> None:
    a_member(database)
    browser = DeskClient(desk_site)
    assert sign_in(browser) == 303
    object.__setattr__(desk_site.extensions["infopool"].settings, "base_url", "http://localhost:8000")
    for value in HOSTILE:
        sent = value.encode("utf-8", "surrogatepass")
        for form in ({}, dict.fromkeys(FORMS[path], sent), {name: [sent, sent] for name in FORMS[path]}):
            answer = browser.raw.post(path, data=form | {"unknown": sent}, headers=OWN)
            assert answer.status_code in (200, 303, 400, 404, 413, 429), (value[:20], answer.status_code)
            assert b"<script>alert" not in answer.data
    with database.reading() as session:
        assert session.query(Curator).filter(Curator.role == Role.OFFICER).count() >= 1


@pytest.mark.parametrize("token", ["x" * 5_000, "%00", "\ud83d", "..%2f..%2fetc", "ጤና", "'--"])
def test_a_link_that_was_made_up_is_no_longer_good(desk_site: Flask, token: str) -> None:
    browser = desk_site.test_client()
    for path in ("invitation", "new-password", "new-address"):
        address = f"/admin/{path}/{token}".encode("utf-8", "replace").decode()
        assert browser.get(address).status_code == 404
        assert browser.post(address, headers=OWN, data={"password": PASSWORD}).status_code == 404


@pytest.mark.parametrize("cookie", ["x" * 4_000, "%00", "é", "'--", "."])
def test_a_cookie_that_was_made_up_opens_nothing(desk_site: Flask, cookie: str) -> None:
    browser = desk_site.test_client()
    assert (
        browser.get("/admin/", headers={"Cookie": f"infopool={cookie}".encode().decode("latin-1")}).status_code == 303
    )
