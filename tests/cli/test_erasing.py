"""Erasing somebody's data from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from infopool.cli import main
from infopool.db import Database
from infopool.directory import offers
from infopool.settings import from_environ
from tests.making import a_text, an_offer


class Terminal:
    """A terminal with an installation of its own that holds one offer."""

    def __init__(self, folder: Path, template: Path) -> None:
        (folder / "infopool.sqlite").write_bytes(template.read_bytes())
        self.environ = {"INFOPOOL_DATA": str(folder), "LC_ALL": "C.UTF-8", "INFOPOOL_DATABASE_URL": ""}
        self.database = Database(from_environ(self.environ).database)
        with self.database.transaction() as session:
            an_offer(session, texts=(a_text("Kurs", description="Fragen Sie Frau Winzig."),))

    def run(self, *words: str, answer: str = "") -> Result:
        return CliRunner().invoke(main, ["erase", *words], env=self.environ, input=answer)

    @property
    def description(self) -> str:
        with self.database.reading() as session:
            offer = offers.get(session, 1)
            assert offer
            return offers.source_text(offer).description


@pytest.fixture
def terminal(tmp_path: Path, sqlite_template: Path) -> Terminal:
    return Terminal(tmp_path, sqlite_template)


def test_it_says_where_it_stands_and_asks_first(terminal: Terminal) -> None:
    result = terminal.run("Frau Winzig", answer="n\n")
    assert "offer_texts: 1" in result.output
    assert terminal.description == "Fragen Sie Frau Winzig."


def test_a_yes_erases_it(terminal: Terminal) -> None:
    result = terminal.run("Frau Winzig", answer="y\n")
    assert result.exit_code == 0, result.output
    assert terminal.description == "Fragen Sie …."


def test_with_yes_nothing_is_asked(terminal: Terminal) -> None:
    assert terminal.run("Frau Winzig", "--yes").exit_code == 0
    assert terminal.description == "Fragen Sie …."


def test_what_is_nowhere_is_said(terminal: Terminal) -> None:
    assert "nowhere" in terminal.run("Herr Niemand").output


def test_too_little_is_refused(terminal: Terminal) -> None:
    assert terminal.run("ab").exit_code == 1
