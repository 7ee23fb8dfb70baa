"""Accounts from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from infopool import migrating
from infopool.cli import main
from infopool.curation.models import Curator
from infopool.db import Database
from infopool.settings import from_environ
from infopool.web.app import build_app


class Terminal:
    """A terminal with an installation of its own."""

    def __init__(self, folder: Path) -> None:
        self.environ = {"INFOPOOL_DATA": str(folder), "LC_ALL": "C.UTF-8", "INFOPOOL_DATABASE_URL": ""}
        self.environ["INFOPOOL_BASE_URL"] = "https://infopool.example.org"

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(main, ["curator", *words], env=self.environ)

    @property
    def database(self) -> Database:
        return Database(from_environ(self.environ).database)


@pytest.fixture
def terminal(tmp_path: Path, sqlite_template: Path) -> Terminal:
    (tmp_path / "infopool.sqlite").write_bytes(sqlite_template.read_bytes())
    return Terminal(tmp_path)


def test_an_account_is_made_with_a_link_and_no_password(terminal: Terminal) -> None:
    answer = terminal.run("add", "Muster@Example.org", "--name", "Frau Muster", "--role", "officer")
    assert answer.exit_code == 0
    link = answer.output.split()[-1]
    assert link.startswith("https://infopool.example.org/admin/invitation/")
    with terminal.database.reading() as session:
        one = session.query(Curator).one()
    assert (one.email, one.role, one.password_hash) == ("muster@example.org", "officer", "")
    assert migrating.is_at_head(terminal.database)
    browser = build_app(from_environ(terminal.environ)).test_client()
    path = link.removeprefix("https://infopool.example.org")
    assert browser.get(path, base_url="https://infopool.example.org").status_code == 200


def test_what_cannot_be_is_told(terminal: Terminal) -> None:
    answer = terminal.run("add", "muster", "--name", "Frau Muster", "--group", "moon")
    assert answer.exit_code == 1
    assert "email:" in answer.output
    assert "housing" in answer.output


def test_the_list_says_who_is_invited_and_who_is_out(terminal: Terminal) -> None:
    terminal.run("add", "a@example.org", "--name", "Anna", "--group", "housing", "--group", "work")
    terminal.run("add", "b@example.org", "--name", "Bert", "--role", "steering")
    terminal.run("disable", "b@example.org")
    assert terminal.run("list").output.splitlines() == [
        "a@example.org  Anna  curator  housing, work  invited",
        "b@example.org  Bert  steering  shut",
    ]
    terminal.run("enable", "b@example.org")
    assert "shut" not in terminal.run("list").output


def test_the_last_officer_cannot_be_shut_out(terminal: Terminal) -> None:
    terminal.run("add", "a@example.org", "--name", "Anna", "--role", "officer")
    with terminal.database.transaction() as session:
        session.query(Curator).update({Curator.password_hash: "kept"})
    answer = terminal.run("disable", "A@example.org")
    assert answer.exit_code == 1
    with terminal.database.reading() as session:
        assert session.query(Curator).one().disabled_at is None


def test_who_cannot_get_in_gets_a_new_link(terminal: Terminal) -> None:
    first = terminal.run("add", "a@example.org", "--name", "Anna", "--role", "officer").output.split()[-1]
    second = terminal.run("link", "a@example.org").output.split()[-1]
    assert first != second
    assert "/admin/invitation/" in second
    with terminal.database.transaction() as session:
        session.query(Curator).update({Curator.password_hash: "kept", Curator.totp_secret: "A" * 32})
    third = terminal.run("link", "a@example.org", "--drop-second-factor").output.split()[-1]
    assert "/admin/new-password/" in third
    with terminal.database.reading() as session:
        assert session.query(Curator).one().totp_secret == ""


@pytest.mark.parametrize("verb", ["link", "disable", "enable"])
def test_nobody_is_nobody(terminal: Terminal, verb: str) -> None:
    assert terminal.run(verb, "nobody@example.org").exit_code == 1
