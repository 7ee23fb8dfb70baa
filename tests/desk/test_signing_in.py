"""The way in and out of the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from infopool.curation import accounts, passwords, tickets
from infopool.curation.accounts import Invited, Wish
from infopool.curation.log import Actor
from infopool.curation.models import Curator, Mail, Role, SignIn, Ticket, Tries
from infopool.curation.sessions import fingerprint
from infopool.curation.tickets import Purpose
from infopool.db import Database
from infopool.web.admin import guard
from tests.conftest import NOW
from tests.desk.accounts import EMAIL, PASSWORD, a_member, cookie, sign_in
from tests.desk.conftest import SitDown
from tests.desk.people import OWN, DeskClient


@pytest.fixture
def member(database: Database) -> Curator:
    """Somebody with a password."""
    return a_member(database)


@pytest.fixture
def browser(desk_site: Flask) -> DeskClient:
    return DeskClient(desk_site)


def test_address_and_password_open_the_desk(browser: DeskClient, member: Curator) -> None:
    page = browser.send("/admin/sign-in", {"email": f" {EMAIL.upper()} ", "password": PASSWORD})
    assert "Frau Muster" in page.text


def test_a_wrong_password_is_told_and_the_address_stays(browser: DeskClient, member: Curator) -> None:
    page = browser.send("/admin/sign-in", {"email": EMAIL, "password": "something else"}, 400)
    (field,) = [one for one in page.root.find("input") if one["name"] == "email"]
    assert field["value"] == EMAIL
    assert "something else" not in page.html
    assert page.root.find("div", css="wrongs")


def test_signing_out_ends_the_session_on_the_server_too(browser: DeskClient, member: Curator) -> None:
    sign_in(browser)
    token = cookie(browser)
    assert browser.sends("/admin/sign-out") == 303
    assert not cookie(browser)
    browser.raw.set_cookie("infopool", token)
    assert browser.raw.get("/admin/").status_code == 303


def test_a_token_from_before_is_worth_nothing_after(browser: DeskClient, member: Curator) -> None:
    browser.raw.set_cookie("infopool", "planted")
    sign_in(browser)
    first = cookie(browser)
    assert first != "planted"
    sign_in(browser)
    assert cookie(browser) not in ("", first)
    browser.raw.set_cookie("infopool", first)
    assert browser.raw.get("/admin/").status_code == 303


def test_the_cookie_is_bound_to_host_and_connection(database: Database, desk_site: Flask, member: Curator) -> None:
    answer = DeskClient(desk_site).raw.post("/admin/sign-in", data={"email": EMAIL, "password": PASSWORD}, headers=OWN)
    said = answer.headers["Set-Cookie"]
    assert all(part in said for part in ("HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in said
    assert "Expires" not in said


def test_a_shut_account_is_answered_like_a_wrong_password(database: Database, browser: DeskClient) -> None:
    a_member(database, disabled_at=NOW)
    assert sign_in(browser) == 400


def test_who_was_only_invited_has_no_password_yet(database: Database, browser: DeskClient) -> None:
    a_member(database, password_hash="", joined_at=None)
    assert sign_in(browser, password="") == 400


def test_signing_in_leads_on_to_where_one_wanted_to_go(browser: DeskClient, member: Curator) -> None:
    asked = browser.raw.get("/admin/?done=saved").headers["Location"]
    form = {"email": EMAIL, "password": PASSWORD, "next": "/admin/?done=saved"}
    (field,) = [one for one in browser.get(asked).root.find("input") if one["name"] == "next"]
    assert field["value"] == form["next"]
    answer = browser.raw.post("/admin/sign-in", data=form, headers=OWN)
    assert answer.headers["Location"] == form["next"]


def an_invitation(database: Database, email: str = "neu@example.org") -> str:
    with database.transaction() as session:
        wish = Wish(email, "Herr Neu", Role.CURATOR, ("housing",), "en")
        answer = accounts.invite(session, Actor("test"), wish, groups=("housing",), now=NOW)
    assert isinstance(answer, Invited)
    return answer.token


def test_an_invitation_leads_to_a_password_and_in(database: Database, browser: DeskClient) -> None:
    token = an_invitation(database)
    browser.get(f"/admin/invitation/{token}")
    page = browser.send(f"/admin/invitation/{token}", {"password": PASSWORD})
    assert "Herr Neu" in page.text
    browser.get(f"/admin/invitation/{token}", 404)


def test_a_bad_password_does_not_use_the_invitation_up(database: Database, browser: DeskClient) -> None:
    token = an_invitation(database)
    browser.send(f"/admin/invitation/{token}", {"password": "short"}, 400)
    browser.send(f"/admin/invitation/{token}", {"password": PASSWORD})


def test_an_invitation_is_good_for_seven_days(database: Database, browser: DeskClient) -> None:
    token = an_invitation(database)
    with database.transaction() as session:
        session.query(Ticket).update({Ticket.good_until: NOW - timedelta(seconds=1)})
    browser.get(f"/admin/invitation/{token}", 404)
    with database.reading() as session:
        assert session.get(Ticket, token) is None
        assert session.get(Ticket, fingerprint(token))


def test_an_invitation_does_not_open_the_way_of_a_password(database: Database, browser: DeskClient) -> None:
    browser.get(f"/admin/new-password/{an_invitation(database)}", 404)


def test_a_new_password_ends_every_session(database: Database, browser: DeskClient, member: Curator) -> None:
    sign_in(browser)
    with database.transaction() as session:
        token = tickets.issue(session, session.get_one(Curator, member.id), Purpose.PASSWORD, NOW)
    DeskClient(browser.app).send(f"/admin/new-password/{token}", {"password": "vier blaue Enten baden"})
    assert browser.raw.get("/admin/").status_code == 303
    assert sign_in(browser) == 400
    assert sign_in(browser, password="vier blaue Enten baden") == 303


def test_a_mail_with_a_link_is_written_only_where_there_is_an_account(
    database: Database, browser: DeskClient, member: Curator
) -> None:
    known = browser.raw.post("/admin/forgotten", data={"email": EMAIL}, headers=OWN)
    unknown = browser.raw.post("/admin/forgotten", data={"email": "nobodyatall@example.org"}, headers=OWN)
    assert known.get_data(as_text=True) == unknown.get_data(as_text=True).replace("nobodyatall", "muster")
    with database.reading() as session:
        (mail,) = session.query(Mail)
    assert mail.to == EMAIL
    (link,) = [line for line in mail.words.splitlines() if line.startswith("http")]
    browser.get(link.removeprefix("http://127.0.0.1:8000"))


def test_nobody_gets_a_flood_of_links(database: Database, browser: DeskClient, member: Curator) -> None:
    for _ in range(9):
        assert browser.sends("/admin/forgotten", {"email": EMAIL}) == 200
    with database.reading() as session:
        assert session.query(Mail).count() == 3


def test_a_link_names_the_address_of_the_settings(database: Database, browser: DeskClient, member: Curator) -> None:
    browser.raw.post(
        "/admin/forgotten", data={"email": EMAIL}, headers=OWN | {"Host": "evil.example", "X-Forwarded-Host": "evil"}
    )
    with database.reading() as session:
        words = session.query(Mail).one().words
    assert "http://127.0.0.1:8000/admin/new-password/" in words
    assert "evil" not in words


def test_eleven_wrong_passwords_are_one_too_many(browser: DeskClient, member: Curator, database: Database) -> None:
    assert [sign_in(browser, password=f"wrong {n}") for n in range(12)] == [400] * 10 + [429] * 2
    assert sign_in(browser) == 429
    a_member(database, "other@example.org")
    assert sign_in(browser, "other@example.org") == 303


def test_an_unknown_account_is_slowed_down_the_same(browser: DeskClient) -> None:
    statuses = [sign_in(browser, "nobody@example.org", f"wrong {n}") for n in range(12)]
    assert statuses == [400] * 10 + [429] * 2


def test_one_address_cannot_try_account_after_account(database: Database, browser: DeskClient, member: Curator) -> None:
    tried = [sign_in(browser, f"someone{n}@example.org") for n in range(12)]
    assert tried == [400] * 10 + [429] * 2
    elsewhere = {"environ_overrides": {"REMOTE_ADDR": "203.0.113.9"}}
    assert sign_in(browser, **elsewhere) == 303


def test_a_thousand_tries_from_everywhere_at_one_account_get_ten_answers(
    browser: DeskClient, member: Curator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "is_right", lambda password, hashed: False)
    tried = [sign_in(browser, environ_overrides={"REMOTE_ADDR": f"203.0.{n // 250}.{n % 250}"}) for n in range(1_000)]
    assert tried.count(400) == 10
    assert tried.count(429) == 990


def test_right_passwords_do_not_count(browser: DeskClient, member: Curator) -> None:
    assert {sign_in(browser) for _ in range(15)} == {303}


def test_the_counts_name_nobody(database: Database, browser: DeskClient) -> None:
    sign_in(browser, environ_overrides={"REMOTE_ADDR": "203.0.113.77"})
    with database.reading() as session:
        kept = " ".join(f"{row.key} {row.count}" for row in session.query(Tries))
    assert kept
    assert "203" not in kept.split()[0][:3] or "113.77" not in kept
    assert "@" not in kept


def test_the_way_in_takes_no_session_of_its_own(database: Database, browser: DeskClient) -> None:
    answer = browser.raw.get("/admin/sign-in")
    assert "Set-Cookie" not in answer.headers
    with database.reading() as session:
        assert session.query(SignIn).count() == 0


def test_who_is_in_need_not_sign_in_again(sit_down: SitDown) -> None:
    assert sit_down().raw.get("/admin/sign-in?next=/admin/").headers["Location"] == "/admin/"


def test_over_tls_the_cookie_has_the_prefix_that_binds_it(desk_site: Flask) -> None:
    settings = desk_site.extensions["infopool"].settings
    object.__setattr__(settings, "base_url", "https://infopool.example.org")
    assert guard.cookie_name(settings) == "__Host-infopool"
