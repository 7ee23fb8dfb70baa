"""The command line, as a person at a terminal meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from infopool.cli import COMMANDS, main

SHEET = """Nr;Titel;Thema;Kosten;Ort;Termine
1;Deutsch am Abend;Deutschkurs;kostenlos;Tiengen;Di 18:30-20:00
2;Möbel abholen;Möbel;nach Einkommen;Wehr;
"""


class Terminal:
    """A terminal with an installation of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environ = {"INFOPOOL_DATA": str(folder / "data"), "LC_ALL": "C.UTF-8", "INFOPOOL_DATABASE_URL": ""}

    def run(self, *words: str, **environ: str) -> Result:
        return CliRunner().invoke(main, list(words), env=self.environ | environ)

    def json(self, *words: str) -> dict[str, object]:
        result = self.run(*words, "--json")
        assert result.exit_code == 0, result.output
        answer: dict[str, object] = json.loads(result.stdout)
        return answer

    def sheet(self, content: str = SHEET) -> str:
        path = self.folder / "liste.csv"
        path.write_text(content, encoding="utf-8")
        return str(path)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    terminal = Terminal(tmp_path)
    assert terminal.run("db", "upgrade").exit_code == 0
    return terminal


def titles(answer: dict[str, object]) -> list[str]:
    hits = answer["hits"]
    assert isinstance(hits, list)
    return [hit["title"] for hit in hits]


def test_every_command_explains_itself() -> None:
    assert [command.name for command in COMMANDS if not command.help] == []


def test_an_imported_and_published_offer_is_found(terminal: Terminal) -> None:
    assert terminal.run("import", "spreadsheet", terminal.sheet(), "--publish").exit_code == 0
    assert titles(terminal.json("search", "deutsch")) == ["Deutsch am Abend"]


def test_an_offer_in_review_is_not_found(terminal: Terminal) -> None:
    terminal.run("import", "spreadsheet", terminal.sheet())
    assert titles(terminal.json("search", "deutsch")) == []


def test_a_dry_run_says_what_would_happen_and_changes_nothing(terminal: Terminal) -> None:
    said = terminal.run("import", "spreadsheet", terminal.sheet(), "--publish", "--dry-run")
    assert "2 offers are new." in said.output
    assert "Nothing was changed" in said.output
    assert terminal.json("search")["total"] == 0


def test_the_same_sheet_twice_changes_nothing(terminal: Terminal) -> None:
    terminal.run("import", "spreadsheet", terminal.sheet(), "--publish")
    assert "2 offers are as before." in terminal.run("import", "spreadsheet", terminal.sheet(), "--publish").output


def test_a_changed_row_is_found_as_it_is_now(terminal: Terminal) -> None:
    terminal.run("import", "spreadsheet", terminal.sheet(), "--publish")
    terminal.run("import", "spreadsheet", terminal.sheet(SHEET.replace("am Abend", "am Mittag")), "--publish")
    assert titles(terminal.json("search", "deutsch")) == ["Deutsch am Mittag"]


def test_a_refused_row_does_not_make_the_import_fail(terminal: Terminal) -> None:
    said = terminal.run("import", "spreadsheet", terminal.sheet(SHEET + "3;;Deutschkurs;;;\n"), "--publish")
    assert said.exit_code == 0
    assert "Line 4" in said.output


def test_what_is_no_table_makes_the_import_fail(terminal: Terminal) -> None:
    (terminal.folder / "liste.xlsx").write_bytes(b"%PDF-1.7 this is something else")
    said = terminal.run("import", "spreadsheet", str(terminal.folder / "liste.xlsx"))
    assert said.exit_code == 1
    assert "Traceback" not in said.output


def test_a_missing_file_makes_the_import_fail(terminal: Terminal) -> None:
    assert terminal.run("import", "spreadsheet", "nirgends.csv").exit_code == 1


def test_an_unknown_working_group_names_the_known_ones(terminal: Terminal) -> None:
    said = terminal.run("import", "spreadsheet", terminal.sheet(), "--working-group", "Schach")
    assert said.exit_code == 1
    assert "housing" in said.output


def test_a_working_group_is_known_by_its_name(terminal: Terminal) -> None:
    said = terminal.run("import", "spreadsheet", terminal.sheet(), "--working-group", "Arbeitskreis Wohnen")
    assert said.exit_code == 0


def test_the_report_can_be_read_by_programs(terminal: Terminal) -> None:
    report = terminal.json("import", "spreadsheet", terminal.sheet(), "--publish")
    assert report["counts"] == {"new": 2}


def test_the_report_speaks_german_where_people_do(terminal: Terminal) -> None:
    said = terminal.run("import", "spreadsheet", terminal.sheet(), LC_ALL="de_DE.UTF-8")
    assert "2 Angebote sind neu." in said.output


def test_an_export_taken_in_again_changes_nothing(terminal: Terminal) -> None:
    terminal.run("import", "spreadsheet", terminal.sheet(), "--publish")
    exported = terminal.folder / "heraus.csv"
    assert terminal.run("export", "csv", str(exported)).exit_code == 0
    other = Terminal(terminal.folder / "anders")
    other.folder.mkdir()
    other.run("db", "upgrade")
    other.run("import", "spreadsheet", str(exported), "--publish")
    assert titles(other.json("search", "möbel")) == ["Möbel abholen"]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "hsds"])
def test_every_format_is_exported(terminal: Terminal, kind: str) -> None:
    terminal.run("import", "spreadsheet", terminal.sheet(), "--publish")
    target = terminal.folder / f"heraus.{kind}"
    assert terminal.run("export", kind, str(target)).exit_code == 0
    assert target.stat().st_size > 100


def test_a_backup_is_restored_with_its_index(terminal: Terminal) -> None:
    terminal.run("import", "spreadsheet", terminal.sheet(), "--publish")
    saved = str(terminal.folder / "pool.zip")
    assert terminal.run("backup", saved).exit_code == 0
    other = Terminal(terminal.folder / "anders")
    other.folder.mkdir()
    assert other.run("restore", saved).exit_code == 0
    assert titles(other.json("search", "möbel")) == ["Möbel abholen"]


def test_the_demo_fills_an_empty_pool_once(terminal: Terminal) -> None:
    assert terminal.run("demo").exit_code == 0
    count = terminal.json("search")["total"]
    assert isinstance(count, int)
    assert count >= 150
    assert "left out" in terminal.run("demo").output
    assert terminal.json("search")["total"] == count


def test_a_healthy_installation_is_called_healthy(terminal: Terminal) -> None:
    terminal.run("import", "spreadsheet", terminal.sheet(), "--publish")
    assert terminal.run("check").exit_code == 0


def test_an_installation_without_a_database_is_not_healthy(tmp_path: Path) -> None:
    assert Terminal(tmp_path).run("check").exit_code == 1


def test_a_wrong_setting_ends_with_a_sentence(terminal: Terminal) -> None:
    said = terminal.run("search", "deutsch", INFOPOOL_WORKERS="many")
    assert said.exit_code == 2
    assert "INFOPOOL_WORKERS" in said.output


def test_the_settings_are_shown_without_the_secret(terminal: Terminal) -> None:
    said = terminal.run("settings", INFOPOOL_SECRET_KEY="x" * 40)
    assert "INFOPOOL_DATA" in said.output
    assert "x" * 40 not in said.output


def test_the_index_is_rebuilt_and_in_step(terminal: Terminal) -> None:
    terminal.run("import", "spreadsheet", terminal.sheet(), "--publish")
    assert "2 offers are in the index." in terminal.run("index", "rebuild").output
    assert terminal.run("index", "status").exit_code == 0


def test_the_search_is_measured(terminal: Terminal) -> None:
    terminal.run("import", "spreadsheet", terminal.sheet(), "--publish")
    queries, qrels = terminal.folder / "q.jsonl", terminal.folder / "q.tsv"
    queries.write_text('{"id": "a", "lang": "de", "q": "deutsch"}\n{"id": "b", "lang": "en", "q": "furniture"}\n')
    qrels.write_text("a\t1\t3\nb\t2\t2\n")
    scores = terminal.json("evaluate", str(queries), str(qrels))
    assert scores["all"] == {"queries": 2.0, "ndcg@10": 1.0, "success@5": 1.0, "mrr@10": 1.0, "empty": 0.0}


def test_an_empty_index_says_that_nothing_is_there(terminal: Terminal) -> None:
    assert "0 offers" in terminal.run("search", "deutsch").output
