"""The way of a check in a real browser: the provider's link, by keyboard; the curator's call, by mouse and keyboard."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.serving import make_server

from infopool.curation import sessions
from infopool.curation.models import CheckRequest, Curator, Edit, Role
from infopool.db import Database
from infopool.directory import offers
from infopool.directory.drafts import Check, ContactDraft
from infopool.directory.facts import CheckMethod, ContactKind
from infopool.directory.models import Offer
from infopool.directory.regions import load_region
from infopool.jobs.work import Work
from infopool.jobs.worker import Worker
from infopool.web.admin import guard
from tests.browser.conftest import ARTEFACTS
from tests.browser.served import Quiet
from tests.conftest import NOW, TODAY
from tests.jobs.offices import open_office
from tests.making import an_offer
from tests.web.world import an_app

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Scene:
    """A site with one offer to ask about by mail and one to call for, and a mail server."""

    def __init__(self, folder: Path, template: Path, post: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        (folder / "infopool.sqlite").write_bytes(template.read_bytes())
        self.database = Database(f"sqlite:///{folder / 'infopool.sqlite'}")
        old = Check(TODAY - timedelta(days=200), "", CheckMethod.PHONE)
        mailbox = ContactDraft(ContactKind.EMAIL, "kurse@traeger-im-landkreis.de")
        phone = ContactDraft(ContactKind.PHONE, "+493023125120", "Frau Beispiel")
        with self.database.transaction() as session:
            self.by_mail = an_offer(session, "Deutsch am Abend", check=old, contacts=(mailbox, phone)).id
            self.by_phone = an_offer(session, "Sprachtreff im Café", check=old, contacts=(phone,)).id
        self.address = f"http://localhost:{port}"
        self.app = an_app(self.database, folder, base_url=self.address, mail_url=post)
        settings = self.app.extensions["infopool"].settings
        Worker(Work(settings, load_region("waldshut"), self.database, lambda: NOW)).do_all()
        self.server = make_server("127.0.0.1", port, self.app, threaded=True, request_handler=Quiet)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def cookie(self) -> dict[str, str]:
        """The cookie of a curator's session."""
        with self.database.transaction() as session:
            curator = Curator(
                email="m@example.org", name="Frau Muster", role=Role.CURATOR, groups=("education",), invited_at=NOW
            )
            session.add(curator)
            session.flush()
            token = sessions.begin(session, curator, NOW)
        settings = self.app.extensions["infopool"].settings
        return {"name": guard.cookie_name(settings), "value": token, "url": self.address}

    def offer(self, offer_id: int) -> Offer:
        """An offer as it is kept."""
        with self.database.reading() as session:
            found = offers.get(session, offer_id)
            assert found
            return found


@pytest.fixture
def scene(tmp_path: Path, sqlite_template: Path) -> Iterator[tuple[Scene, str]]:
    """The scene, and the link from the mail that really came."""
    with open_office() as office:
        made = Scene(tmp_path, sqlite_template, office.url)
        link = re.findall(r"http://localhost:\d+/\S+", office.taken[0].get_content())
        assert len(link) == 1
        yield made, link[0]
        made.server.shutdown()
        made.database.close()


@pytest.fixture
def open_window(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Opens a window; whatever the browser complains about fails the test."""
    contexts, complaints = [], []

    def note(line: Any) -> None:
        if line.type in ("error", "warning"):
            complaints.append(line.text)

    def open_one(*cookies: dict[str, str], width: int = 360) -> Any:
        contexts.append(chromium.new_context(viewport={"width": width, "height": 800}, locale="de-DE"))
        contexts[-1].add_cookies(list(cookies))
        page = contexts[-1].new_page()
        page.on("console", note)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


def press_on(page: Any, name: str) -> None:
    """Go on by keyboard alone: Tab until the control that begins with this name has the focus, then Enter."""
    for _ in range(60):
        page.keyboard.press("Tab")
        words = page.evaluate("document.activeElement.innerText || document.activeElement.value || ''").strip()
        if words.startswith(name):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"“{name}” is not reached by keyboard")


def inspect(page: Any, axe: str, name: str) -> None:
    """Accessible, and nothing sticks out at the side."""
    page.evaluate(axe)
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=str(ARTEFACTS / f"check-{name}.png"), full_page=True)


def button(page: Any, *names: str) -> str:
    """The first of these names that the page has: the sentence in German, or as it stands until it is translated."""
    there = page.inner_text("main")
    return next(name for name in names if name in there)


def test_a_provider_confirms_by_keyboard_from_the_mail(
    scene: tuple[Scene, str], open_window: Callable[..., Any], axe: str
) -> None:
    world, link = scene
    page = open_window()
    page.goto(link)
    inspect(page, axe, "ask")
    press_on(page, button(page, "Ja, alles stimmt", "Yes, all is right"))
    inspect(page, axe, "thanks")
    assert world.offer(world.by_mail).checked_how == CheckMethod.PROVIDER
    page.goto(f"{world.address}/de/offers/{world.by_mail}")
    assert "Vom Träger bestätigt" in page.inner_text("main")


def test_a_provider_tells_a_change_without_scripts(
    scene: tuple[Scene, str], chromium: Any, open_window: Callable[..., Any], axe: str
) -> None:
    world, link = scene
    looked_at = open_window()
    looked_at.goto(link)
    looked_at.locator("a[href$='/change']").click()
    inspect(looked_at, axe, "change")
    context = chromium.new_context(java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    page.goto(link)
    page.locator("a[href$='/change']").click()
    page.fill("#note", "Jetzt dienstags um 19 Uhr.")
    page.fill("#times", "Di 19-20 Uhr")
    page.locator("main form button").click()
    context.close()
    with world.database.reading() as session:
        edit = session.scalars(select(Edit)).one()
    assert (edit.fields["times"], edit.note) == ("Di 19-20 Uhr", "Jetzt dienstags um 19 Uhr.")


def test_a_provider_who_says_gone_is_asked_once_more(
    scene: tuple[Scene, str], open_window: Callable[..., Any], axe: str
) -> None:
    world, link = scene
    page = open_window()
    page.goto(link)
    page.locator("a[href$='/gone']").click()
    inspect(page, axe, "gone")
    with page.expect_navigation():
        page.locator("main form button").click()
    assert world.offer(world.by_mail).call_first_since == TODAY


def test_a_curator_calls_and_says_by_keyboard_what_came_out(
    scene: tuple[Scene, str], open_window: Callable[..., Any], axe: str
) -> None:
    world, _ = scene
    page = open_window(world.cookie(), width=1280)
    page.goto(f"{world.address}/admin/checks/?show=call")
    inspect(page, axe, "calls")
    press_on(page, "Sprachtreff im Café")
    inspect(page, axe, "call")
    page.locator("input[value=visit]").check()
    press_on(page, button(page, "Alles stimmt noch", "All is still right"))
    found = world.offer(world.by_phone)
    assert (found.checked_on, found.checked_how, found.checked_by) == (TODAY, CheckMethod.VISIT, "Frau Muster")
    with world.database.reading() as session:
        asked = session.scalars(select(CheckRequest).where(CheckRequest.offer_id == world.by_phone)).one()
    assert asked.answer == "called"


def test_a_curator_on_a_phone_notes_a_call_in_vain(
    scene: tuple[Scene, str], open_window: Callable[..., Any], axe: str
) -> None:
    world, _ = scene
    page = open_window(world.cookie())
    page.goto(f"{world.address}/admin/checks/{world.by_phone}/?show=call")
    inspect(page, axe, "call-small")
    with page.expect_navigation():
        page.locator("button[value=nobody]").click()
    inspect(page, axe, "calls-small")
    assert "22. November" in page.inner_text("tbody")
