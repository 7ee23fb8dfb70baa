"""Imports at the desk: from a file to offers, and back."""

from __future__ import annotations

import io
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from infopool.curation.imports import RunState
from infopool.curation.models import ColumnMapping, ImportRun, Role
from infopool.db import Database
from infopool.directory.facts import State
from infopool.directory.models import Offer
from tests.desk.conftest import SitDown
from tests.desk.people import DeskClient
from tests.importers.workbooks import as_csv, as_xlsx
from tests.web.pages import Page

ROWS = (
    ("Nr", "Titel", "Thema", "Träger", "Wo man hingeht", "Arbeitskreis"),
    ("1", "Nähen und Sprechen", "Deutschkurs", "Nähstube Beispiel", "Lager 3", "Bildung/Sprache"),
    ("2", "Lesen am Morgen", "Deutschkurs", "Nähstube Beispiel", "", "Bildung/Sprache"),
)


def bring(client: DeskClient, content: bytes, name: str = "liste.csv", status: int = 200, **form: str) -> Page:
    """Upload a file and go where that leads."""
    fields = {"source": "Nähstube", "working_group": ""} | form
    return client.send(
        "/admin/imports/",
        {**fields, "file": (io.BytesIO(content), name)},
        status,
        content_type="multipart/form-data",
    )


def a_run(database: Database) -> ImportRun:
    with database.reading() as session:
        return session.scalars(select(ImportRun).order_by(ImportRun.id.desc())).first()  # type: ignore[return-value]


def titled(database: Database, title: str) -> Offer:
    with database.reading() as session:
        return next(o for o in session.scalars(select(Offer)) if o.texts and o.texts[0].title == title)


def take_in(client: DeskClient, database: Database, content: bytes, **choice: str) -> Page:
    bring(client, content)
    number = a_run(database).id
    client.send(f"/admin/imports/{number}/columns")
    return client.send(f"/admin/imports/{number}/rows", {"do": "take-in", **choice})


def test_a_list_is_looked_at_first(sit_down: SitDown, database: Database) -> None:
    page = bring(sit_down(), as_csv(ROWS))
    assert "Wo man hingeht" in page.text
    assert "Lager 3" in page.text
    assert a_run(database).state == RunState.READ


def test_a_workbook_is_read_too(sit_down: SitDown) -> None:
    assert "Lager 3" in bring(sit_down(), as_xlsx(ROWS), "liste.xlsx").text


def test_a_corrected_column_is_remembered(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    bring(client, as_csv(ROWS))
    client.send(f"/admin/imports/{a_run(database).id}/columns", {"field-4": "venue"})
    with database.reading() as session:
        kept = session.get(ColumnMapping, "Nähstube")
    assert kept is not None
    assert kept.mapping == {"Wo man hingeht": ["venue", ""]}
    page = bring(client, as_csv(ROWS))
    chosen = [one["value"] for one in page.root.find("option") if "selected" in one.attributes]
    assert "venue" in chosen


def test_nothing_changes_before_it_is_confirmed(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    bring(client, as_csv(ROWS))
    page = client.send(f"/admin/imports/{a_run(database).id}/columns")
    assert "Nähen und Sprechen" in page.text
    with database.reading() as session:
        assert session.scalars(select(Offer).where(Offer.source == "Nähstube")).first() is None


def test_ticked_rows_are_taken_in(sit_down: SitDown, database: Database) -> None:
    take_in(sit_down(), database, as_csv(ROWS))
    assert titled(database, "Nähen und Sprechen").state == State.IN_REVIEW


def test_a_row_without_its_tick_is_left_out(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    bring(client, as_csv(ROWS))
    number = a_run(database).id
    client.send(f"/admin/imports/{number}/columns")
    client.send(f"/admin/imports/{number}/rows", {"shown": ["2", "3"], "row": ["3"], "do": "take-in"})
    with database.reading() as session:
        keys = session.scalars(select(Offer.source_key).where(Offer.source == "Nähstube")).all()
    assert keys == ["2"]


def test_a_choice_outlives_the_page(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    bring(client, as_csv(ROWS))
    number = a_run(database).id
    client.send(f"/admin/imports/{number}/columns")
    page = client.send(f"/admin/imports/{number}/rows", {"shown": ["2", "3"], "row": ["3"], "do": "keep"})
    ticked = [one["value"] for one in page.root.find("input") if one["name"] == "row" and "checked" in one.attributes]
    assert ticked == ["3"]


def test_published_at_once_a_visitor_finds_it(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    take_in(client, database, as_csv(ROWS), **{"asked-to-publish": "yes", "publish": "yes"})
    assert "Nähen und Sprechen" in client.get("/de/search?q=Nähen").text


def test_taken_in_twice_nothing_doubles(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    take_in(client, database, as_csv(ROWS))
    number = a_run(database).id
    client.send(f"/admin/imports/{number}/rows", {"do": "take-in"})
    with database.reading() as session:
        assert len(session.scalars(select(Offer.id).where(Offer.source == "Nähstube")).all()) == 2


def test_a_difference_is_shown_word_by_word(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    take_in(client, database, as_csv(ROWS))
    changed = [list(row) for row in ROWS]
    changed[1][1] = "Nähen und Reden"
    bring(client, as_csv(changed))
    page = client.send(f"/admin/imports/{a_run(database).id}/columns")
    assert [one.text for one in page.root.find("del")] == ["Sprechen"]
    assert [one.text for one in page.root.find("ins")] == ["Reden"]


def test_undone_the_offers_are_withdrawn_and_kept(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    take_in(client, database, as_csv(ROWS))
    page = client.send(f"/admin/imports/{a_run(database).id}/undo")
    assert titled(database, "Nähen und Sprechen").state == State.WITHDRAWN
    assert a_run(database).state == RunState.UNDONE
    assert page.status == 200


def test_after_undoing_the_same_list_brings_them_back(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    take_in(client, database, as_csv(ROWS))
    client.send(f"/admin/imports/{a_run(database).id}/undo")
    take_in(client, database, as_csv(ROWS))
    assert titled(database, "Nähen und Sprechen").state == State.IN_REVIEW


def test_gone_offers_are_left_unless_told_otherwise(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    take_in(client, database, as_csv(ROWS))
    take_in(client, database, as_csv(ROWS[:2]))
    assert titled(database, "Lesen am Morgen").state == State.IN_REVIEW
    take_in(client, database, as_csv(ROWS[:2]), gone="withdraw")
    assert titled(database, "Lesen am Morgen").state == State.WITHDRAWN
    client.send(f"/admin/imports/{a_run(database).id}/undo")
    assert titled(database, "Lesen am Morgen").state == State.IN_REVIEW


def test_another_groups_rows_are_refused(sit_down: SitDown, database: Database) -> None:
    client = sit_down(groups=("housing",))
    bring(client, as_csv(ROWS))
    page = client.send(f"/admin/imports/{a_run(database).id}/columns")
    assert "belongs to another working group" in page.text or "anderen Arbeitskreis" in page.text
    client.send(f"/admin/imports/{a_run(database).id}/rows", {"shown": ["2"], "row": ["2"], "do": "take-in"})
    with database.reading() as session:
        assert session.scalars(select(Offer).where(Offer.source == "Nähstube")).first() is None


def test_somebody_elses_import_is_hers(sit_down: SitDown, database: Database) -> None:
    bring(sit_down(), as_csv(ROWS))
    number = a_run(database).id
    other = sit_down(name="Herr Anders")
    for step in ("columns", "rows", "back", "drop", "undo", "retry"):
        assert other.sends(f"/admin/imports/{number}/{step}") == 403
    assert sit_down(Role.OFFICER, name="Frau Amt").sends(f"/admin/imports/{number}/drop") == 303


def test_a_list_without_a_title_names_the_columns_it_saw(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    page = bring(client, b"Foo;Bar\nNaehen;Montag\n")
    assert "Foo" in page.text
    page = client.send(f"/admin/imports/{a_run(database).id}/columns", status=422)
    assert "“Foo”" in page.text or "„Foo“" in page.text
    client.send(f"/admin/imports/{a_run(database).id}/columns", {"field-0": "title"})
    assert a_run(database).state == RunState.PLANNED


def test_a_file_that_is_no_table_gets_a_sentence(sit_down: SitDown, database: Database) -> None:
    page = bring(sit_down(), b"%PDF-1.4 ...", "liste.csv")
    assert "PDF" in page.text
    assert a_run(database).state == RunState.FAILED


def test_a_file_that_could_not_be_read_is_put_aside(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    page = bring(client, b"%PDF-1.4 ...", "liste.csv")
    assert [one["action"] for one in page.root.find("form") if one["action"].endswith("/drop")]
    client.send(f"/admin/imports/{a_run(database).id}/drop")
    assert a_run(database).state == RunState.DROPPED


def test_the_form_keeps_what_was_typed(sit_down: SitDown) -> None:
    page = sit_down().send("/admin/imports/", {"source": "VHS <b>", "working_group": "work"}, 422)
    assert any(one["value"] == "VHS <b>" or one["value"] == "VHS" for one in page.root.find("input"))


def test_files_lie_under_names_of_ours_for_their_owner_only(
    sit_down: SitDown, database: Database, desk_site: Flask
) -> None:
    bring(sit_down(), as_csv(ROWS), "../../x.csv")
    folder: Path = desk_site.extensions["infopool"].settings.data / "uploads"
    assert {path.name for path in folder.iterdir()} == {a_run(database).stored_as}
    assert (folder / a_run(database).stored_as).stat().st_mode & 0o077 == 0


def test_an_import_put_aside_leaves_nothing_behind(sit_down: SitDown, database: Database, desk_site: Flask) -> None:
    client = sit_down()
    bring(client, as_csv(ROWS))
    client.send(f"/admin/imports/{a_run(database).id}/drop")
    assert a_run(database).state == RunState.DROPPED
    assert not list((desk_site.extensions["infopool"].settings.data / "uploads").iterdir())
