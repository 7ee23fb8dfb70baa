"""Feedback, translations, searched words and links at the desk, in a real browser, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from infopool.curation import sessions
from infopool.curation.models import Curator, Link, Mail, Role, WantedTerm
from infopool.directory import offers
from infopool.directory.drafts import ContactDraft
from infopool.directory.facts import ContactKind
from infopool.directory.models import Remark
from infopool.web import remarks
from infopool.web.admin import guard
from tests.browser.served import Served
from tests.conftest import NOW
from tests.making import an_offer
from tests.web.world import FLAT

pytestmark = pytest.mark.browser

OLD, NEW = "https://kurse.stadt-muster.de/alt", "https://www.stadt-muster.de/neu"


class Site(Served):
    """A site with an officer at its desk."""

    def prepare(self) -> None:
        with self.database.transaction() as session:
            an_offer(session, "Verlinkt", contacts=(ContactDraft(ContactKind.WEBSITE, OLD),))
            session.add(Link(url=OLD, good=False, failures=2, fault="status", status=404, checked_at=NOW))
            session.add(
                WantedTerm(language="uk", term="quasselstrippe", hits=12, first_week="2026-W40", last_week="2026-W47")
            )
            officer = Curator(email="o@example.org", name="Frau Beispiel", role=Role.OFFICER, invited_at=NOW)
            session.add(officer)
            session.flush()
            self.token = sessions.begin(session, officer, NOW)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Site]:
    made = Site(tmp_path_factory.mktemp("journeys"), sqlite_template)
    remarks.throttle.forget()
    yield made
    made.close()


@pytest.fixture
def opened(chromium: Any, site: Site) -> Iterator[Callable[..., Any]]:
    """Opens a page, signed in or as a visitor; whatever the browser complains about fails the test."""
    contexts, complaints = [], []

    def open_page(path: str, *, signed_in: bool = True, width: int = 1280, **options: Any) -> Any:
        context = chromium.new_context(reduced_motion="reduce", viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        if signed_in:
            name = guard.cookie_name(site.app.extensions["infopool"].settings)
            context.add_cookies([{"name": name, "value": site.token, "url": site.address}])
        page = context.new_page()
        page.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
        page.goto(site.address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def test_a_visitor_says_what_is_wrong_and_gets_an_answer_in_her_language(
    opened: Callable[..., Any], site: Site
) -> None:
    visitor = opened(f"/ar/offers/{FLAT}", signed_in=False, width=360, java_script_enabled=False)
    visitor.locator("details.more summary", has=visitor.locator("xpath=self::*[not(h2)]")).last.click()
    visitor.fill("#words", "الباب مغلق")
    visitor.fill("#contact", "leyla@example.org")
    visitor.click("form[action$='/remarks'] button")
    assert visitor.url.endswith("/thanks")
    desk = opened("/admin/feedback/")
    desk.get_by_role("link", name="Wohnungssuche").first.click()
    desk.get_by_label("Das Angebot ist berichtigt.").check()
    desk.fill("#f-answer", "Die Tür ist links.")
    desk.click("main form button.btn:has-text('Schließen')")
    assert desk.locator("p.done").is_visible()
    with site.database.reading() as session:
        mail = session.scalars(select(Mail).where(Mail.to == "leyla@example.org")).one()
    assert mail.language == "ar"
    assert "Die Tür ist links." in mail.words


def test_a_suggestion_becomes_an_offers_form(opened: Callable[..., Any], site: Site) -> None:
    visitor = opened("/de/", signed_in=False, width=360)
    visitor.get_by_role("link", name="Angebot vorschlagen").click()
    visitor.fill("#title", "Nähkurs für Frauen")
    visitor.fill("#words", "Montags in Wehr")
    visitor.keyboard.press("Tab")
    visitor.keyboard.press("Tab")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**/propose/thanks")
    with site.database.reading() as session:
        number = max(session.scalars(select(Remark.id)))
    desk = opened(f"/admin/feedback/{number}/")
    desk.get_by_role("button", name="Ein Angebot daraus machen").click()
    assert desk.locator("#f-title").input_value() == "Nähkurs für Frauen"


def test_two_texts_are_translated_by_keyboard_one_after_the_other(opened: Callable[..., Any], site: Site) -> None:
    desk = opened(f"/admin/texts/tr/{FLAT}/")
    desk.focus("#f-title")
    desk.keyboard.type("Ev arama")
    desk.keyboard.press("Tab")
    desk.keyboard.type("Sizinle birlikte ev arıyoruz.")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("p.done")
    assert f"/admin/texts/tr/{FLAT}/" not in desk.url
    with site.database.reading() as session:
        offer = offers.get(session, FLAT)
        assert offer
        assert "Ev arama" in {text.title for text in offer.texts}


def test_the_search_is_taught_a_word_and_knows_it_at_once(opened: Callable[..., Any], site: Site) -> None:
    meaning = site.app.extensions["infopool"].search.vocabulary.label("housing", "de")
    desk = opened("/admin/wanted/")
    desk.get_by_role("link", name="quasselstrippe").click()
    desk.fill("#f-concept", meaning)
    desk.keyboard.press("Enter")
    desk.wait_for_selector("p.done")
    visitor = opened("/uk/search?q=quasselstrippe", signed_in=False)
    assert visitor.locator(f"a[href='/uk/offers/{FLAT}']").count()


def test_a_dead_link_is_replaced_everywhere(opened: Callable[..., Any], site: Site) -> None:
    desk = opened("/admin/links/", width=360)
    desk.fill("input[name=new]", NEW)
    desk.get_by_role("button", name="Überall ersetzen").click()
    assert desk.locator("p.done").is_visible()
    visitor = opened("/de/search?q=Verlinkt", signed_in=False)
    visitor.locator(".card .name a", has_text="Verlinkt").first.click()
    assert visitor.locator(f"a[href='{NEW}']").count() == 1


ROOMS = [
    "/admin/",
    "/admin/offers/",
    f"/admin/offers/{FLAT}/",
    "/admin/feedback/",
    "/admin/texts/?language=ar",
    f"/admin/texts/ar/{FLAT}/",
    "/admin/wanted/",
    "/admin/wanted/1/",
    "/admin/numbers/",
    "/admin/links/",
    "/admin/log/",
]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", ROOMS)
def test_a_room_is_accessible_and_does_not_scroll_sideways(
    opened: Callable[..., Any], axe: str, path: str, width: int
) -> None:
    page = opened(path, width=width)
    page.evaluate(axe)
    found = page.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
