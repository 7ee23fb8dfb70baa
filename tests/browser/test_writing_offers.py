"""The way of an offer, in a real browser: written, kept by itself, reviewed by a second person, found by visitors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from infopool.curation import sessions
from infopool.curation.models import Curator, Edit, GroupRule, Role
from infopool.web.admin import guard
from tests.browser.served import Served
from tests.conftest import NOW
from tests.web.world import COURSE

pytestmark = pytest.mark.browser

KEPT = "#kept:not(:empty)"


class Desk(Served):
    """A desk whose education group wants four eyes, and people who sit at it."""

    def prepare(self) -> None:
        with self.database.transaction() as session:
            session.add(GroupRule(group="education", four_eyes=True))

    def cookie(self, name: str) -> dict[str, str]:
        """The cookie of somebody's session."""
        email = f"{name.split()[-1].lower()}@example.org"
        with self.database.transaction() as session:
            curator = session.query(Curator).filter_by(email=email).first() or Curator(
                email=email, name=name, role=Role.CURATOR, groups=("education",), invited_at=NOW, joined_at=NOW
            )
            session.add(curator)
            session.flush()
            token = sessions.begin(session, curator, NOW)
        settings = self.app.extensions["infopool"].settings
        return {"name": guard.cookie_name(settings), "value": token, "url": self.address}

    def edits(self) -> list[Edit]:
        """All edits there are."""
        with self.database.reading() as session:
            return session.query(Edit).order_by(Edit.id).all()


@pytest.fixture
def desk(tmp_path: Path, sqlite_template: Path) -> Iterator[Desk]:
    made = Desk(tmp_path, sqlite_template, "localhost")
    yield made
    made.close()


@pytest.fixture
def sit_at(chromium: Any, desk: Desk) -> Iterator[Callable[..., Any]]:
    """Opens a window for somebody who is signed in; whatever the browser complains about fails the test, but for the
    answer that says that somebody else was faster."""
    contexts, complaints = [], []

    def note(line: Any) -> None:
        if line.type in ("error", "warning") and "409" not in line.text:
            complaints.append(line.text)

    def opened(name: str = "Frau Muster", path: str = "/admin/editing/new", width: int = 1280, **options: Any) -> Any:
        context = chromium.new_context(reduced_motion="reduce", viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        context.add_cookies([desk.cookie(name)])
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        page.goto(desk.address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def press(page: Any, action: str) -> None:
    page.click(f".stay button[value={action}]")


def test_a_new_offer_from_the_first_word_to_the_visitor(sit_at: Callable[..., Any], desk: Desk) -> None:
    page = sit_at()
    page.fill("#f-title", "Nähtreff am Freitag")
    page.fill("#f-times", "Mo, Mi 18–20 Uhr")
    page.fill("#f-provider", "Nähstube Beispiel")
    page.wait_for_selector(KEPT)
    page.wait_for_selector("#u-times .heard-as")
    assert page.inner_text("#u-times").strip() == "Montag und Mittwoch, 18–20 Uhr"
    left = page.url
    page.close()

    again = sit_at(path=left.removeprefix(desk.address))
    assert again.input_value("#f-title") == "Nähtreff am Freitag"
    assert again.input_value("#f-times") == "Mo, Mi 18–20 Uhr"
    press(again, "review")
    again.wait_for_url("**done=sent")

    second = sit_at("Herr Beispiel", "/admin/review/")
    second.click("text=Nähtreff am Freitag")
    second.wait_for_selector("table.changes")
    second.click("form[action$='/approve'] button")
    second.wait_for_url("**done=published")

    second.goto(f"{desk.address}/de/search?q=nähtreff")
    assert "Nähtreff am Freitag" in second.inner_text("main")
    second.click("text=Nähtreff am Freitag")
    assert "Montag und Mittwoch" in second.inner_text("main")


def test_all_of_it_with_the_keyboard(sit_at: Callable[..., Any], desk: Desk) -> None:
    page = sit_at()
    page.focus("#f-title")
    page.keyboard.type("Kochen mit Nachbarn")
    page.keyboard.press("Tab")
    page.keyboard.type("Wir kochen zusammen.")
    page.focus("#f-topics summary:has-text('Menschen')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.focus("#f-checked input")
    page.keyboard.press("ArrowDown")
    page.focus(".stay button[value=review]")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=sent")
    fields = desk.edits()[0].fields
    assert (fields["title"], fields["summary"], fields["topics"]) == (
        "Kochen mit Nachbarn",
        "Wir kochen zusammen.",
        ["people"],
    )


def test_a_tab_shut_in_the_middle_of_a_word_loses_nothing(sit_at: Callable[..., Any], desk: Desk) -> None:
    page = sit_at()
    page.fill("#f-title", "Gerade erst getippt")
    page.close(run_before_unload=False)
    again = sit_at(path="/admin/editing/")
    again.reload()
    assert "Gerade erst getippt" in again.inner_text("main")


def test_two_windows_are_compared_and_put_together(sit_at: Callable[..., Any], desk: Desk) -> None:
    one = sit_at()
    one.fill("#f-title", "Anfang")
    one.wait_for_selector(KEPT)
    other = sit_at(path=one.url.removeprefix(desk.address))
    other.fill("#f-summary", "Aus dem anderen Fenster")
    other.wait_for_selector(KEPT)
    one.fill("#f-summary", "Aus dem ersten Fenster")
    one.wait_for_selector("#overtaken:not([hidden])")
    one.click("#overtaken button")
    one.click("text=Aus dem ersten Fenster >> nth=-1")
    one.click("main form button[type=submit]")
    one.wait_for_url("**done=merged")
    assert one.input_value("#f-summary") == "Aus dem ersten Fenster"


def test_a_fault_is_shown_while_typing_and_goes_when_it_is_mended(sit_at: Callable[..., Any]) -> None:
    page = sit_at()
    page.fill("#f-starts_on", "bald")
    page.wait_for_selector("#u-starts_on .wrong")
    assert page.get_attribute("#f-starts_on", "aria-invalid") == "true"
    page.fill("#f-starts_on", "1.9.2027")
    page.wait_for_selector("#u-starts_on .heard-as")
    assert page.get_attribute("#f-starts_on", "aria-invalid") is None
    assert "1. September 2027" in page.inner_text("#u-starts_on")


def test_without_scripts_the_buttons_do_the_same(sit_at: Callable[..., Any], desk: Desk) -> None:
    page = sit_at(java_script_enabled=False)
    page.fill("#f-title", "Ohne Skript")
    page.fill("#f-times", "nach Vereinbarung")
    press(page, "keep")
    page.wait_for_url("**done=kept")
    assert page.input_value("#f-title") == "Ohne Skript"
    assert page.locator("#u-times .heard-as").count() == 1


def test_enter_in_a_field_keeps_and_publishes_nothing(sit_at: Callable[..., Any], desk: Desk) -> None:
    page = sit_at()
    page.fill("#f-title", "Nur eine Zeile")
    page.press("#f-title", "Enter")
    page.wait_for_url("**done=kept")
    assert desk.edits()[0].state == "open"


PAGES = ("/admin/editing/new", f"/admin/editing/offers/{COURSE}", "/admin/editing/", "/admin/review/")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_are_accessible_and_fit(sit_at: Callable[..., Any], desk: Desk, axe: str, width: int) -> None:
    page = sit_at(width=width)
    page.fill("#f-title", "Für die Prüfung")
    page.wait_for_selector(KEPT)
    press(page, "review")
    page.wait_for_url("**done=sent")
    number = desk.edits()[0].id
    more = (f"/admin/review/{number}", f"/admin/offers/{COURSE}/history", f"/admin/review/offers/{COURSE}")
    for path in (*PAGES, *more):
        page.goto(desk.address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        page.evaluate(axe)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")
        assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found["violations"]] == [], path
