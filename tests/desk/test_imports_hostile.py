"""Imports at the desk under attack: harmful files, strange forms, large lists in the background."""

from __future__ import annotations

import io
import random
from datetime import datetime

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import event, func, select

from infopool.curation.imports import RunState
from infopool.curation.models import ImportRun
from infopool.db import Database
from infopool.directory.facts import State
from infopool.directory.models import Offer
from infopool.directory.regions import Region
from infopool.jobs.work import Work
from infopool.jobs.worker import Worker
from infopool.web.admin import imports as room
from tests.conftest import NOW
from tests.desk.conftest import SitDown
from tests.desk.people import DeskClient
from tests.desk.test_imports import ROWS, a_run, bring, take_in
from tests.importers.workbooks import as_csv, as_xlsx, saved, with_member, zipped

ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def a_sparse_workbook() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"], book.active["XFD1048576"] = "Titel", "weit weg"
    return saved(book)


HARMFUL: dict[str, bytes] = {
    "sparse": a_sparse_workbook(),
    "entities": with_member(as_xlsx(ROWS), "xl/sharedStrings.xml", ENTITIES + "<sst/>"),
    "macros": with_member(as_xlsx(ROWS), "xl/vbaProject.bin", b"x"),
    "bomb": zipped({"xl/workbook.xml": "a" * 60_000_000}),
    "archive": zipped({"readme.txt": "x"}),
    "picture": b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
    "noise": random.Random(5).randbytes(5_000),
    "nothing": b"",
    "only zeros": b"\x00" * 5_000,
}


@pytest.mark.parametrize("kind", HARMFUL)
def test_a_harmful_file_gets_a_sentence(sit_down: SitDown, database: Database, kind: str) -> None:
    page = bring(sit_down(), HARMFUL[kind], "liste.xlsx")
    assert a_run(database).state == RunState.FAILED
    assert page.root.find("p", css="wrong")


def test_a_file_that_is_too_large_gets_a_sentence(sit_down: SitDown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MAX_BYTES", 3_000_000)
    page = bring(sit_down(), b"x" * 3_050_000, status=422)
    assert page.root.find("span", css="wrong")


def test_a_request_that_is_far_too_large_is_not_read(sit_down: SitDown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MAX_BYTES", 1_000)
    monkeypatch.setattr(room, "FORM_AROUND", 1_000)
    page = bring(sit_down(), b"x" * 80_000, status=413)
    assert page.root.find("span", css="wrong")


def test_other_forms_stay_small(sit_down: SitDown) -> None:
    big = {"chosen": "1," * 2_000_000}
    assert sit_down().sends("/admin/bulk/look", big) == 413


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\x00b.csv", "\u202egsc.exe", "<b>x</b>.csv", "ü" * 400, "…", "CON"]
)
def test_a_strange_file_name_harms_nobody(sit_down: SitDown, database: Database, name: str) -> None:
    page = bring(sit_down(), as_csv(ROWS), name)
    assert "<b>x</b>" not in page.html
    assert len(a_run(database).filename) <= 300
    assert "\u202e" not in a_run(database).filename


@pytest.mark.parametrize(
    "source", ["", "  ", "x" * 101, "\x00", "\u202e\u202c", "<script>alert(1)</script>", "😀" * 99, "' OR 1=1 --"]
)
def test_a_strange_source_is_refused_or_kept_as_words(sit_down: SitDown, source: str) -> None:
    client = sit_down()
    answer = client.raw.post(
        "/admin/imports/",
        data={"source": source, "file": (io.BytesIO(as_csv(ROWS)), "x.csv")},
        headers={"Sec-Fetch-Site": "same-origin"},
        content_type="multipart/form-data",
    )
    assert answer.status_code in (303, 422)
    assert b"<script>alert" not in client.get("/admin/imports/").response.data


@pytest.mark.parametrize(
    "form",
    [
        {"field-0": "nonsense", "language-0": "xx"},
        {"field-1": "title", "language-1": "ar"},
        {"field-0": ["title", "summary"], "field-99": "title", "id": "1"},
        {f"field-{number}": "title" for number in range(6)},
        {"field-1": "\x00", "language-1": "\u202e" * 500},
        {f"field-{number}": "" for number in range(6)},
    ],
)
def test_a_strange_mapping_harms_nobody(sit_down: SitDown, database: Database, form: dict[str, object]) -> None:
    client = sit_down()
    bring(client, as_csv(ROWS))
    status = client.sends(f"/admin/imports/{a_run(database).id}/columns", form)
    assert status in (303, 422)
    client.get(f"/admin/imports/{a_run(database).id}/")


@pytest.mark.parametrize(
    "form",
    [
        {"shown": ["x", "-1", "99999999999999999999", "１"], "row": ["2"]},
        {"go": "nonsense:zwei"},
        {"go": "new:" + "9" * 400},
        {"whole": "refused:yes"},
        {"whole": "new:vielleicht"},
        {"gone": "delete", "publish": "yes"},
        {"do": "explode", "tab": "<b>", "page": "\x00"},
    ],
)
def test_a_strange_choice_harms_nobody(sit_down: SitDown, database: Database, form: dict[str, object]) -> None:
    client = sit_down()
    bring(client, as_csv(ROWS))
    number = a_run(database).id
    client.send(f"/admin/imports/{number}/columns")
    client.send(f"/admin/imports/{number}/rows", form)
    assert a_run(database).state == RunState.PLANNED


def test_steps_out_of_turn_do_nothing(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    bring(client, as_csv(ROWS))
    number = a_run(database).id
    for step in ("rows", "undo", "back", "retry"):
        assert client.sends(f"/admin/imports/{number}/{step}", {"do": "take-in"}) == 303
    assert a_run(database).state == RunState.READ


def test_somebody_without_an_account_brings_nothing(desk_site: Flask) -> None:
    answer = DeskClient(desk_site).sends("/admin/imports/", {"source": "x"})
    assert answer == 303


def many_rows(count: int) -> bytes:
    head = ("Nr", "Titel", "Thema", "Arbeitskreis")
    return as_csv([head, *((str(n), f"Kurs {n}", "Deutschkurs", "Bildung/Sprache") for n in range(count))])


@pytest.fixture
def worker(desk_site: Flask, database: Database, region: Region) -> Worker:
    def clock() -> datetime:
        return NOW

    return Worker(Work(desk_site.extensions["infopool"].settings, region, database, clock), regular=())


def test_a_large_list_is_taken_in_and_undone_in_the_background(
    sit_down: SitDown, database: Database, worker: Worker
) -> None:
    client = sit_down()
    bring(client, many_rows(400))
    number = a_run(database).id
    page = client.send(f"/admin/imports/{number}/columns")
    assert page.root.find("progress")
    assert a_run(database).state == RunState.PLANNING
    worker.do_all()
    page = client.send(f"/admin/imports/{number}/rows", {"do": "take-in"})
    assert a_run(database).state == RunState.RUNNING
    worker.do_all()
    with database.reading() as session:
        assert session.scalar(select(func.count()).where(Offer.source == "Nähstube")) == 400
    client.send(f"/admin/imports/{number}/undo")
    worker.do_all()
    with database.reading() as session:
        states = set(session.scalars(select(Offer.state).where(Offer.source == "Nähstube")))
    assert states == {State.WITHDRAWN}
    assert a_run(database).state == RunState.UNDONE


def test_the_rows_of_a_large_list_take_few_statements(
    sit_down: SitDown, database: Database, worker: Worker, desk_site: Flask
) -> None:
    client = sit_down()
    bring(client, many_rows(400))
    client.send(f"/admin/imports/{a_run(database).id}/columns")
    worker.do_all()
    statements: list[str] = []

    def note(*given: object) -> None:
        statements.append(str(given[2]))

    reader = desk_site.extensions["infopool"].database.reader
    event.listen(reader, "before_cursor_execute", note)
    page = client.get(f"/admin/imports/{a_run(database).id}/?fate=new&page=3")
    event.remove(reader, "before_cursor_execute", note)
    assert len([one for one in statements if not one.startswith("BEGIN")]) <= 10
    assert len(page.root.find("tr")) == 11
    assert len(page.html) < 60_000


def test_a_fault_in_a_small_step_is_left_to_the_background(
    sit_down: SitDown, database: Database, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sit_down()

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    with monkeypatch.context() as patch:
        patch.setattr("importers.columns.look_at", broken)
        page = bring(client, as_csv(ROWS))
    assert page.root.find("progress")
    with database.reading() as session:
        assert session.scalars(select(ImportRun.state)).one() == RunState.READING


def test_what_a_visitor_sees_of_an_import_is_only_what_is_published(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    take_in(client, database, as_csv(ROWS))
    assert "Nähen und Sprechen" not in client.get("/de/search?q=Nähen").text
