"""Translators and curators at a terminal."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from infopool.cli import main
from tests.curation import services

SHEET = """Nr;Titel;Beschreibung;Thema
1;Deutsch am Abend;Wir lernen zusammen. Kommen Sie einfach vorbei. Rufen Sie an: 030 23125-120.;Deutschkurs
2;Möbel abholen;;Möbel
"""


class Desk:
    """A translator's terminal with an installation of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environ = {"INFOPOOL_DATA": str(folder / "data"), "LC_ALL": "C.UTF-8", "INFOPOOL_DATABASE_URL": ""}

    def run(self, *words: str, code: int = 0, **environ: str) -> Result:
        result = CliRunner().invoke(main, list(words), env=self.environ | environ)
        assert result.exit_code == code, result.output
        return result

    def take_in(self, sheet: str = SHEET) -> None:
        (self.folder / "liste.csv").write_text(sheet, encoding="utf-8")
        self.run("import", "spreadsheet", str(self.folder / "liste.csv"), "--publish")

    def export(self, kind: str, name: str) -> Path:
        self.run("texts", "export", kind, "--lang", "ar", str(self.folder / name))
        return self.folder / name

    def waiting(self) -> list[int]:
        rows = json.loads(self.run("texts", "worklist", "--lang", "ar", "--json").stdout)
        return [row["id"] for row in rows]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.run("db", "upgrade")
    desk.take_in()
    return desk


def fill(path: Path) -> Path:
    """Somebody translates an exported XLIFF: every text in angle quotes."""
    words = path.read_text(encoding="utf-8")
    words = re.sub(r"<source>(.*?)</source>", r"<source>\1</source><target>«\1»</target>", words, flags=re.S)
    path.write_text(words.replace('state="initial"', 'state="translated"'), encoding="utf-8")
    return path


def test_the_worklist_names_what_is_missing(desk: Desk) -> None:
    said = desk.run("texts", "worklist", "--lang", "ar").output
    assert "missing" in said
    assert "Deutsch am Abend" in said
    assert "2 offers wait." in said


def test_an_unknown_language_is_a_sentence(desk: Desk) -> None:
    assert "not known" in desk.run("texts", "worklist", "--lang", "tlh", code=1).output


def test_a_translated_xliff_is_taken_in_and_found(desk: Desk) -> None:
    path = fill(desk.export("xliff", "ar.xlf"))
    assert "2 translations are taken in." in desk.run("texts", "import", str(path)).output
    assert desk.waiting() == []
    answer = json.loads(desk.run("search", "Deutsch", "--lang", "ar", "--json").stdout)
    assert answer["hits"][0]["title"] == "«Deutsch am Abend»"


def test_a_dry_run_changes_nothing(desk: Desk) -> None:
    path = fill(desk.export("xliff", "ar.xlf"))
    said = desk.run("texts", "import", str(path), "--dry-run").output
    assert "2 translations are taken in." in said
    assert "dry run" in said
    assert desk.waiting() == [1, 2]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_untouched_sheet_is_not_translated_yet(desk: Desk, kind: str) -> None:
    path = desk.export(kind, f"ar.{kind}")
    assert "2 offers are not translated yet." in desk.run("texts", "import", str(path)).output


def test_a_filled_in_sheet_is_taken_in(desk: Desk) -> None:
    path = desk.export("csv", "ar.csv")
    lines = path.read_text(encoding="utf-8-sig").replace(";Möbel abholen;;", ";Möbel abholen;أثاث;")
    path.write_text(lines, encoding="utf-8-sig")
    assert "1 translation is taken in." in desk.run("texts", "import", str(path)).output
    assert desk.waiting() == [1]


def test_a_changed_original_shows_what_has_changed(desk: Desk) -> None:
    desk.run("texts", "import", str(fill(desk.export("xliff", "ar.xlf"))))
    desk.take_in(SHEET.replace("am Abend", "am Mittag"))
    said = desk.run("texts", "worklist", "--lang", "ar").output
    assert "outdated" in said
    assert "[-Abend-]{+Mittag+}" in said


def test_what_was_translated_from_an_earlier_original_needs_a_word(desk: Desk) -> None:
    path = fill(desk.export("xliff", "ar.xlf"))
    desk.take_in(SHEET.replace("am Abend", "am Mittag"))
    said = desk.run("texts", "import", str(path)).output
    assert "1 translation was refused." in said
    assert "The original has changed" in said
    assert "1 translation is taken in." in desk.run("texts", "import", str(path), "--anyway").output


def test_nothing_to_translate_writes_no_file(desk: Desk) -> None:
    said = desk.run("texts", "export", "xliff", "--lang", "de", str(desk.folder / "de.xlf")).output
    assert "Nothing waits" in said
    assert not (desk.folder / "de.xlf").exists()


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"%PDF-1.7", b"Titel;Ort\na;b\n", b"\xff\xfe<\x00x\x00"])
def test_another_kind_of_file_is_a_sentence(desk: Desk, content: bytes) -> None:
    (desk.folder / "etwas").write_bytes(content)
    said = desk.run("texts", "import", str(desk.folder / "etwas"), code=1).output
    assert said.startswith("Error: ")


def test_without_a_machine_nothing_is_translated(desk: Desk) -> None:
    assert "INFOPOOL_TRANSLATOR_URL" in desk.run("texts", "translate", "--lang", "ar", code=1).output


def test_a_machine_translates_within_its_budget(desk: Desk) -> None:
    with services.running() as service:
        environ = {
            "INFOPOOL_TRANSLATOR_URL": f"deepl+{service.address}",
            "INFOPOOL_TRANSLATOR_KEY": services.KEY,
            "INFOPOOL_TRANSLATOR_BUDGET": "100",
        }
        said = desk.run("texts", "translate", "--lang", "ar", code=1, **environ).output
    assert "1 translation is taken in." in said
    assert "budget" in said
    assert desk.waiting() == [2]


def test_the_settings_are_shown_without_the_machines_key(desk: Desk) -> None:
    assert services.KEY not in desk.run("settings", INFOPOOL_TRANSLATOR_KEY=services.KEY).output


def test_the_hardest_texts_come_first(desk: Desk) -> None:
    lines = desk.run("texts", "readability").output.splitlines()
    assert [line.split()[0] for line in lines] == ["1", "2"]


def test_one_text_is_explained(desk: Desk) -> None:
    assert "Words per sentence: " in desk.run("texts", "readability", "1").output


def test_an_unknown_offer_has_no_readability(desk: Desk) -> None:
    assert "no offer" in desk.run("texts", "readability", "99", code=1).output
