"""People and rules, as the integration officer keeps them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from infopool.curation import rules
from infopool.curation.models import Curator, LogEntry, Mail, Role, SignIn
from infopool.db import Database
from infopool.web.admin import confirming
from tests.conftest import NOW
from tests.desk.accounts import PASSWORD, a_member, sign_in
from tests.desk.people import DeskClient

NEW = {"email": "Neu@example.org", "name": "Herr Neu", "role": "curator", "groups": ["housing", "work"]}


@pytest.fixture
def boss(desk_site: Flask, database: Database) -> DeskClient:
    """The only integration officer."""
    client = DeskClient(desk_site)
    client.curator_id = a_member(database, "boss@example.org", name="Frau Leiterin").id
    assert sign_in(client, "boss@example.org") == 303
    return client


def person(database: Database, number: int) -> Curator:
    with database.reading() as session:
        return session.get_one(Curator, number)


def form_of(one: Curator, **other: object) -> dict[str, object]:
    return {"name": one.name, "role": one.role, "groups": list(one.groups)} | other


def test_an_invited_person_comes_in_by_the_link(boss: DeskClient, database: Database, desk_site: Flask) -> None:
    page = boss.send("/admin/people/new", NEW)
    (link,) = [one["value"] for one in page.root.find("input") if one["id"] == "f-link"]
    with database.reading() as session:
        mail = session.query(Mail).one()
    assert mail.to == "neu@example.org"
    assert link in mail.words
    new = DeskClient(desk_site)
    new.send(link.removeprefix("http://127.0.0.1:8000"), {"password": PASSWORD})
    new.get("/admin/people/", 403)
    assert "Herr Neu" in boss.get("/admin/people/").text


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"email": "no address"}, "email"),
        ({"email": "a@b.c\r\nBcc: x@y.z"}, "email"),
        ({"email": "boss@example.org"}, "email"),
        ({"email": "x" * 330 + "@example.org"}, "email"),
        ({"name": "   "}, "name"),
        ({"name": "x" * 300}, "name"),
        ({"name": "a\u202eb"}, "name"),
        ({"role": "king"}, "role"),
        ({"role": ""}, "role"),
        ({"groups": []}, "groups"),
        ({"groups": ["housing", "moon"]}, "groups"),
    ],
)
def test_what_cannot_be_is_told_at_the_field(
    boss: DeskClient, database: Database, fields: dict[str, object], at: str
) -> None:
    page = boss.send("/admin/people/new", NEW | fields, 400)
    assert [one for one in page.root.find("a") if one["href"] == f"#f-{at}"]
    with database.reading() as session:
        assert session.query(Curator).count() == 1


def test_only_curators_have_working_groups(boss: DeskClient, database: Database) -> None:
    boss.send("/admin/people/new", NEW | {"role": "translator"})
    with database.reading() as session:
        assert session.query(Curator).filter_by(email="neu@example.org").one().groups == ()


def test_another_role_counts_at_the_next_click(boss: DeskClient, database: Database, desk_site: Flask) -> None:
    one = a_member(database, "other@example.org", role=Role.CURATOR, groups=("housing",))
    other = DeskClient(desk_site)
    sign_in(other, "other@example.org")
    other.get("/admin/people/", 403)
    boss.send(f"/admin/people/{one.id}", form_of(one, role="officer"))
    other.get("/admin/people/")
    with database.reading() as session:
        line = session.query(LogEntry).filter_by(action="change").one()
    assert (line.before["role"], line.after["role"], line.who) == ("curator", "officer", "Frau Leiterin")


def test_a_form_for_a_person_changes_nothing_else(boss: DeskClient, database: Database) -> None:
    one = a_member(database, "other@example.org", role=Role.CURATOR, groups=("housing",))
    more = {"email": "evil@example.org", "password_hash": "x", "totp_secret": "x", "disabled_at": "x", "id": "1"}
    boss.send(f"/admin/people/{one.id}", form_of(one, **more))
    after = person(database, one.id)
    assert (after.email, after.password_hash, after.totp_secret) == ("other@example.org", one.password_hash, "")


def test_a_shut_account_ends_its_sessions_and_links(boss: DeskClient, database: Database, desk_site: Flask) -> None:
    one = a_member(database, "other@example.org")
    other = DeskClient(desk_site)
    sign_in(other, "other@example.org")
    page = boss.send(f"/admin/people/{one.id}/link")
    (link,) = [field["value"] for field in page.root.find("input") if field["id"] == "f-link"]
    boss.send(f"/admin/people/{one.id}/shut")
    assert other.raw.get("/admin/").status_code == 303
    assert sign_in(other, "other@example.org") == 400
    other.get(link.removeprefix("http://127.0.0.1:8000"), 404)
    boss.send(f"/admin/people/{one.id}/open")
    assert sign_in(other, "other@example.org") == 303


@pytest.mark.parametrize("way", ["shut", "role"])
def test_the_last_officer_stays(boss: DeskClient, database: Database, way: str) -> None:
    a_member(database, "not-yet@example.org", password_hash="", joined_at=None)
    a_member(database, "gone@example.org", disabled_at=NOW)
    me = person(database, boss.curator_id)
    if way == "shut":
        boss.send(f"/admin/people/{me.id}/shut", status=400)
    else:
        boss.send(f"/admin/people/{me.id}", form_of(me, role="steering"), 400)
    after = person(database, me.id)
    assert (after.role, after.disabled_at) == ("officer", None)


def test_of_two_officers_one_may_go(boss: DeskClient, database: Database) -> None:
    one = a_member(database, "other@example.org")
    boss.send(f"/admin/people/{one.id}/shut")
    assert person(database, one.id).disabled_at


def test_a_lost_second_factor_is_taken_off(boss: DeskClient, database: Database) -> None:
    one = a_member(database, "other@example.org", totp_secret="A" * 32)
    boss.send(f"/admin/people/{one.id}/second-factor")
    assert person(database, one.id).totp_secret == ""


@pytest.mark.parametrize("path", ["", "/link", "/second-factor", "/shut", "/open"])
def test_a_while_after_signing_in_the_password_is_asked_again(boss: DeskClient, database: Database, path: str) -> None:
    one = a_member(database, "other@example.org", totp_secret="A" * 32)
    with database.transaction() as session:
        session.query(SignIn).update({SignIn.begun_at: NOW - confirming.FRESH - timedelta(seconds=1)})
    boss.send(f"/admin/people/{one.id}{path}", form_of(one, role="steering"), 400)
    after = person(database, one.id)
    assert (after.role, after.totp_secret, after.disabled_at) == ("officer", "A" * 32, None)
    boss.send(f"/admin/people/{one.id}", form_of(one, role="steering", again=PASSWORD))
    assert person(database, one.id).role == "steering"


def test_somebody_who_is_not_there_is_a_page_that_is_not_there(boss: DeskClient) -> None:
    boss.get("/admin/people/999", 404)
    assert {boss.sends(f"/admin/people/999{path}") for path in ("", "/link", "/shut", "/open")} == {404}


def test_a_long_list_is_paged(boss: DeskClient, database: Database) -> None:
    for number in range(30):
        a_member(database, f"one{number}@example.org", name=f"Person {number:02}")
    first, second = boss.get("/admin/people/"), boss.get("/admin/people/?page=2")
    rows = [len(page.root.find("tbody")[0].find("tr")) for page in (first, second)]
    assert rows == [25, 6]
    assert len(first.html) < 30_000


def test_rules_are_kept_and_answer(boss: DeskClient, database: Database) -> None:
    boss.send("/admin/rules/", {"four-eyes": ["housing", "moon"], "days-language": "90", "days-literacy": "30"})
    with database.reading() as session:
        assert rules.four_eyes(session, "housing")
        assert not rules.four_eyes(session, "work")
        assert not rules.four_eyes(session, "")
        every = rules.check_every(session)
    assert [every[topic].days for topic in ("language", "german-course", "literacy", "housing")] == [90, 90, 30, 180]
    boss.send("/admin/rules/", {"days-literacy": "30"})
    with database.reading() as session:
        assert not rules.four_eyes(session, "housing")
        assert rules.check_every(session)["language"].days == 180


@pytest.mark.parametrize("typed", ["0", "6", "731", "-5", "1e3", "many", "٣٠", "9" * 500, "30\x00"])
def test_a_number_of_days_that_cannot_be_is_told(boss: DeskClient, database: Database, typed: str) -> None:
    page = boss.send("/admin/rules/", {"days-language": typed, "four-eyes": "housing"}, 400)
    assert [one for one in page.root.find("a") if one["href"] == "#f-days-language"]
    with database.reading() as session:
        assert not rules.four_eyes(session, "housing")


def test_the_page_of_rules_is_light(boss: DeskClient) -> None:
    assert len(boss.get("/admin/rules/").html) < 30_000
