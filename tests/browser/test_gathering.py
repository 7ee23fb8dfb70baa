"""The way of a list, in a real browser: brought, understood, chosen, found by visitors, undone."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from infopool.curation.models import GroupRule
from infopool.paths import DEMO
from tests.browser.test_writing_offers import Desk
from tests.importers.workbooks import as_xlsx
from tests.web.world import UNCHECKED

pytestmark = pytest.mark.browser

UNKNOWN = "Wo die Türe ist"
"""A heading nobody understands; in the demo's sheet it is “Gebäude”."""


def demo_list(path: Path) -> list[str]:
    """Some of the demo's offers as a workbook, one of its columns under a heading of somebody's own; their titles."""
    with (DEMO / "offers.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter=";") if "Bildung" in row["Arbeitskreis"]][:12]
    wanted = ["Nr", "Titel", "Kurzbeschreibung", "Träger", "Thema", "Arbeitskreis", "Straße", "PLZ", "Ort", "Telefon"]
    sheet = [[*wanted, UNKNOWN], *([*(row[name] for name in wanted), "Haus der Proben"] for row in rows)]
    path.write_bytes(as_xlsx(sheet))
    return [row["Titel"] for row in rows]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("gathering"), sqlite_template)
    with made.database.transaction() as session:
        session.execute(delete(GroupRule))
    yield made
    made.server.shutdown()
    made.database.close()


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def page(request: pytest.FixtureRequest, desk: Desk, chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(reduced_motion="reduce", java_script_enabled=request.param)
    context.add_cookies([desk.cookie("Frau Muster")])
    complaints: list[str] = []
    opened = context.new_page()
    opened.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
    yield opened
    context.close()
    assert complaints == []


def is_found(page: Any, desk: Desk, title: str) -> bool:
    """Whether visitors find an offer by its title."""
    page.goto(f"{desk.address}/de/search?q={title}")
    return title in page.inner_text("main")


def test_a_list_on_its_way_to_visitors_and_back(page: Any, desk: Desk, tmp_path: Path) -> None:
    titles = demo_list(tmp_path / "liste.xlsx")
    page.goto(f"{desk.address}/admin/imports/")
    page.set_input_files("#f-file", tmp_path / "liste.xlsx")
    page.fill("#f-source", "Probe")
    page.press("#f-source", "Enter")
    page.wait_for_url("**/admin/imports/*/")
    chosen = page.locator("tr", has_text=UNKNOWN).locator("select").first
    remembered = chosen.input_value()
    chosen.select_option("venue")
    page.locator("main form button.btn").first.click()
    page.wait_for_selector("input[name=row]")
    page.locator("input[name=row]").nth(1).uncheck()
    page.check("input[name=publish]")
    page.click("button[value=take-in]")
    page.wait_for_selector("form[action$='/undo']")
    done = page.url
    assert remembered in ("", "venue")
    assert is_found(page, desk, titles[0])
    page.click(f"main a:has-text('{titles[0]}')")
    assert "Haus der Proben" in page.inner_text("main")
    assert not is_found(page, desk, titles[1])
    page.goto(done)
    page.click("form[action$='/undo'] button")
    page.wait_for_selector("form[action$='/undo']", state="detached")
    assert not is_found(page, desk, titles[0])


def test_offers_are_chosen_with_the_keyboard_and_marked_as_checked(page: Any, desk: Desk) -> None:
    page.goto(f"{desk.address}/admin/offers/?q=nie+geprüft")
    page.focus(f"input[name=offer][value='{UNCHECKED}']")
    page.keyboard.press("Space")
    page.locator("form[action='/admin/bulk/'] button").first.press("Enter")
    page.wait_for_url("**/admin/bulk/")
    page.focus("input[name=what][value=check]")
    page.keyboard.press("Space")
    page.locator("fieldset button").press("Enter")
    page.wait_for_url("**/admin/bulk/look")
    page.locator("main form button").press("Enter")
    page.wait_for_url("**/admin/bulk/*/")
    assert "Deutschkurs nie geprüft" in page.inner_text("main")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "path",
    [
        "/admin/imports/",
        "/admin/imports/1/",
        "/admin/records/",
        "/admin/records/?tab=contacts",
        "/admin/records/providers/1/",
        "/admin/records/venues/1/",
        "/admin/records/providers/1/merge?other=2",
        "/admin/records/contact?kind=email&value=kurse@example.org",
    ],
)
def test_every_room_can_be_read_and_used(chromium: Any, desk: Desk, axe: str, path: str, width: int) -> None:
    context = chromium.new_context(reduced_motion="reduce", viewport={"width": width, "height": 900})
    context.add_cookies([desk.cookie("Frau Muster")])
    page = context.new_page()
    page.goto(desk.address + path)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.evaluate(axe)
    found = page.evaluate("axe.run()")
    assert [fault["id"] for fault in found["violations"]] == []
    context.close()
