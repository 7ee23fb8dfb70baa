"""One's own account."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
from flask import Flask

from infopool.curation.models import Curator, LogEntry, Mail, Passkey, SignIn
from infopool.db import Database
from infopool.web.admin import confirming
from tests.conftest import NOW
from tests.desk.accounts import EMAIL, PASSWORD, a_member, cookie, sign_in
from tests.desk.people import DeskClient
from tests.web.pages import Page


@pytest.fixture
def mine(desk_site: Flask, database: Database) -> DeskClient:
    """Somebody who has just signed in with her password."""
    a_member(database)
    client = DeskClient(desk_site)
    assert sign_in(client) == 303
    return client


def later(database: Database) -> None:
    """Let the signing in be a while ago."""
    with database.transaction() as session:
        session.query(SignIn).update({SignIn.begun_at: NOW - confirming.FRESH - timedelta(seconds=1)})


def me(database: Database) -> Curator:
    with database.reading() as session:
        return session.query(Curator).filter_by(email=EMAIL).one()


def value(page: Page, name: str) -> str:
    (field,) = [one for one in page.root.find("input") if one["name"] == name]
    return field["value"]


def test_the_menu_leads_to_the_account_and_out(mine: DeskClient) -> None:
    page = mine.get("/admin/")
    assert "/admin/account/" in page.links().values()
    assert [one for one in page.root.find("form") if one["action"] == "/admin/sign-out"]


def test_name_language_and_languages_are_kept(mine: DeskClient, database: Database) -> None:
    page = mine.send("/admin/account/details", {"name": " Frau Neu ", "language": "de", "translates": ["ar", "uk"]})
    assert page.root.find("html")[0]["lang"] == "de"
    assert (me(database).name, me(database).translates) == ("Frau Neu", ("ar", "uk"))


@pytest.mark.parametrize(
    "form", [{"name": ""}, {"name": "x" * 201}, {"name": "a\x00b"}, {"name": "ok", "language": "fr"}]
)
def test_what_cannot_be_kept_is_told_and_stays(mine: DeskClient, form: dict[str, str], database: Database) -> None:
    page = mine.send("/admin/account/details", {"language": "en"} | form, 400)
    assert page.root.find("div", css="wrongs")
    assert me(database).name == "Frau Muster"


def test_nobody_makes_herself_officer(mine: DeskClient, database: Database) -> None:
    with database.transaction() as session:
        session.query(Curator).update({Curator.role: "translator"})
    form = {"name": "A", "language": "en", "role": "officer", "groups": "housing", "id": "7", "password_hash": "x"}
    form |= {"email": "other@example.org", "translates": ["de", "xx"]}
    mine.send("/admin/account/details", form)
    kept = me(database)
    assert (kept.role, kept.groups, kept.translates) == ("translator", (), ())


def test_a_new_password_asks_for_the_present_one(mine: DeskClient, database: Database) -> None:
    fresh = "vier blaue Enten baden"
    before = me(database).password_hash
    mine.send("/admin/account/password", {"again": "wrong", "password": fresh}, 400)
    mine.send("/admin/account/password", {"again": PASSWORD, "password": "short"}, 400)
    assert me(database).password_hash == before
    mine.send("/admin/account/password", {"again": PASSWORD, "password": fresh})
    assert me(database).password_hash != before


def test_a_new_password_ends_all_other_sessions(mine: DeskClient, database: Database, desk_site: Flask) -> None:
    other = DeskClient(desk_site)
    sign_in(other)
    stolen = cookie(mine)
    mine.send("/admin/account/password", {"again": PASSWORD, "password": "vier blaue Enten baden"})
    assert other.raw.get("/admin/").status_code == 303
    other.raw.set_cookie("infopool", stolen)
    assert other.raw.get("/admin/").status_code == 303
    mine.get("/admin/")


def test_another_address_counts_when_its_link_was_followed(mine: DeskClient, database: Database) -> None:
    mine.send("/admin/account/address", {"email": "New@Example.org"})
    assert me(database).email == EMAIL
    with database.reading() as session:
        mail = session.query(Mail).one()
    assert mail.to == "new@example.org"
    (link,) = re.findall(r"http://127.0.0.1:8000(\S+)", mail.words)
    mine.get(link)
    assert me(database).email == EMAIL
    assert mine.sends(link) == 303
    with database.reading() as session:
        assert session.query(Curator).one().email == "new@example.org"
        told = session.query(Mail).order_by(Mail.id.desc()).first()
        assert told is not None
        assert told.to == EMAIL
    mine.get(link, 404)


def test_nobody_takes_the_address_of_somebody_else(mine: DeskClient, database: Database) -> None:
    a_member(database, "other@example.org")
    mine.send("/admin/account/address", {"email": "OTHER@example.org"}, 400)


@pytest.mark.parametrize("path", ["/admin/account/address", "/admin/account/second-factor", "/admin/account/passkeys"])
def test_a_while_after_signing_in_the_password_is_asked_again(mine: DeskClient, database: Database, path: str) -> None:
    assert not [one for one in mine.get(path).root.find("input") if one["name"] == "again"]
    later(database)
    page = mine.get(path)
    assert [one for one in page.root.find("input") if one["name"] == "again"]
    form = {"email": "new@example.org", "code": "123456", "again": "wrong"}
    form |= {"sealed": value(page, "sealed")} if "second" in path else {}
    mine.send(path, form, 400)
    with database.reading() as session:
        assert session.query(Mail).count() == 0


def test_with_the_password_the_session_begins_anew(mine: DeskClient, database: Database) -> None:
    later(database)
    before = cookie(mine)
    mine.send("/admin/account/address", {"email": "new@example.org", "again": PASSWORD})
    assert cookie(mine) != before
    assert not [one for one in mine.get("/admin/account/address").root.find("input") if one["name"] == "again"]


def set_up(mine: DeskClient) -> str:
    page = mine.get("/admin/account/second-factor")
    secret = page.root.find("code")[0].text.replace(" ", "")
    form = {"sealed": value(page, "sealed"), "code": pyotp.TOTP(secret).at(NOW)}
    mine.send("/admin/account/second-factor", form)
    return secret


def test_codes_are_set_up_only_with_a_right_one(mine: DeskClient, database: Database) -> None:
    page = mine.get("/admin/account/second-factor")
    assert page.root.find("img")[0]["src"].startswith("data:image/svg+xml")
    mine.send("/admin/account/second-factor", {"sealed": value(page, "sealed"), "code": "000000"}, 400)
    assert me(database).totp_secret == ""
    secret = set_up(mine)
    assert me(database).totp_secret == secret


def test_a_secret_of_somebody_elses_choice_is_not_taken(mine: DeskClient, database: Database) -> None:
    form = {"sealed": "W10.x", "secret": "A" * 32, "code": pyotp.TOTP("A" * 32).at(NOW)}
    assert mine.sends("/admin/account/second-factor", form) == 303
    assert me(database).totp_secret == ""


def test_with_codes_the_password_alone_opens_nothing(mine: DeskClient, desk_site: Flask, database: Database) -> None:
    secret = set_up(mine)
    client = DeskClient(desk_site)
    answer = client.raw.post(
        "/admin/sign-in", data={"email": EMAIL, "password": PASSWORD}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert answer.headers["Location"].startswith("/admin/sign-in/code")
    halfway = cookie(client)
    assert client.raw.get("/admin/").status_code == 303
    assert client.sends("/admin/account/sessions") == 303
    client.get("/admin/sign-in/code")
    used, fresh = (pyotp.TOTP(secret).at(NOW + timedelta(seconds=wait)) for wait in (0, 30))
    client.send("/admin/sign-in/code", {"code": used}, 400)
    client.send("/admin/sign-in/code", {"code": f"{fresh[:3]} {fresh[3:]}"})
    assert cookie(client) != halfway
    client.raw.set_cookie("infopool", halfway)
    assert client.raw.get("/admin/").status_code == 303


def test_codes_can_be_tried_five_times(mine: DeskClient, desk_site: Flask, database: Database) -> None:
    secret = set_up(mine)
    client = DeskClient(desk_site)
    sign_in(client)
    tried = [client.sends("/admin/sign-in/code", {"code": "12345"}) for _ in range(7)]
    assert tried == [400] * 5 + [429] * 2
    fresh = pyotp.TOTP(secret).at(NOW + timedelta(seconds=30))
    assert client.sends("/admin/sign-in/code", {"code": fresh}) == 429


def test_the_code_must_come_within_ten_minutes(mine: DeskClient, desk_site: Flask, database: Database) -> None:
    set_up(mine)
    client = DeskClient(desk_site)
    sign_in(client)
    with database.transaction() as session:
        session.query(SignIn).filter(SignIn.halfway).update({SignIn.begun_at: NOW - timedelta(minutes=11)})
    assert client.raw.get("/admin/sign-in/code").headers["Location"].startswith("/admin/sign-in?")


def test_codes_can_be_given_up(mine: DeskClient, database: Database) -> None:
    set_up(mine)
    mine.send("/admin/account/second-factor")
    assert me(database).totp_secret == ""


def test_open_sessions_are_seen_and_ended(mine: DeskClient, desk_site: Flask) -> None:
    other = DeskClient(desk_site)
    sign_in(
        other, headers_more={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
    )
    page = mine.get("/admin/account/")
    assert "Firefox, Linux" in page.text
    numbers = [one["value"] for one in page.root.find("button") if one["name"] == "end" and one["value"] != "others"]
    assert len(numbers) == 1
    mine.send("/admin/account/sessions", {"end": numbers[0]})
    assert other.raw.get("/admin/").status_code == 303


def test_all_other_sessions_end_at_once(mine: DeskClient, desk_site: Flask) -> None:
    others = [DeskClient(desk_site) for _ in range(3)]
    for other in others:
        sign_in(other)
    mine.send("/admin/account/sessions", {"end": "others"})
    assert {other.raw.get("/admin/").status_code for other in others} == {303}


def test_nobody_ends_the_session_of_somebody_else(mine: DeskClient, desk_site: Flask, database: Database) -> None:
    a_member(database, "other@example.org")
    other = DeskClient(desk_site)
    sign_in(other, "other@example.org")
    with database.reading() as session:
        numbers = [one.token_hash[:16] for one in session.query(SignIn)]
    for number in numbers:
        mine.sends("/admin/account/sessions", {"end": number})
    other.get("/admin/")


def test_where_the_site_has_no_name_the_page_says_that_there_are_no_passkeys(mine: DeskClient) -> None:
    page = mine.get("/admin/account/passkeys")
    assert not [one for one in page.root.find("form") if one["data-passkey"]]
    assert mine.raw.get("/admin/account/passkeys/question").status_code == 404
    assert mine.raw.get("/admin/sign-in/passkey").status_code == 404


def test_a_passkey_of_somebody_else_cannot_be_removed(mine: DeskClient, database: Database) -> None:
    other = a_member(database, "other@example.org")
    with database.transaction() as session:
        facts = {"curator_id": other.id, "credential_id": b"1", "public_key": b"2", "added_at": NOW}
        session.add(key := Passkey(**facts))
        session.flush()
    assert mine.sends("/admin/account/passkeys", {"remove": str(key.id)}) == 404
    assert mine.sends("/admin/account/passkeys", {"remove": "9" * 30}) == 404


def test_what_was_changed_stands_in_the_log_without_secrets(mine: DeskClient, database: Database) -> None:
    secret = set_up(mine)
    mine.send("/admin/account/password", {"again": PASSWORD, "password": "vier blaue Enten baden"})
    with database.reading() as session:
        lines = session.query(LogEntry).all()
    assert {line.action for line in lines} >= {"sign-in", "second-factor", "password"}
    told = repr([(line.before, line.after) for line in lines])
    assert secret not in told
    assert "argon2" not in told


def test_one_click_keeps_the_session_open(mine: DeskClient, database: Database) -> None:
    with database.transaction() as session:
        session.query(SignIn).update({SignIn.seen_at: NOW - timedelta(minutes=29)})
    answer = mine.raw.post("/admin/session", headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.get_json() == {"seconds": 29 * 60}
    with database.reading() as session:
        assert session.query(SignIn).one().seen_at == NOW


def test_the_page_knows_when_the_session_ends(mine: DeskClient, database: Database) -> None:
    with database.transaction() as session:
        session.query(SignIn).update({SignIn.begun_at: NOW - timedelta(hours=11, minutes=50)})
    (box,) = [one for one in mine.get("/admin/").root.find("div") if one["id"] == "parting"]
    assert (box["data-seconds"], box["data-warn"]) == ("600", "120")
