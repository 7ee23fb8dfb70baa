"""Coming to the desk in a real browser: invitation, password, passkey, codes; with keyboard, and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest

from infopool.curation import accounts
from infopool.curation.accounts import Invited, Wish
from infopool.curation.log import Actor
from infopool.curation.models import Role
from tests.browser.served import Served
from tests.conftest import NOW
from tests.desk.accounts import PASSWORD, a_member

pytestmark = pytest.mark.browser

EMAIL = "officer@example.org"
PAGES = (
    "/admin/account/",
    "/admin/account/password",
    "/admin/account/address",
    "/admin/account/second-factor",
    "/admin/account/passkeys",
    "/admin/people/",
    "/admin/people/new",
    "/admin/people/1",
    "/admin/rules/",
)


class Site(Served):
    """A desk at a name that browsers give passkeys to."""

    def invite(self, email: str) -> str:
        """The link for somebody new."""
        with self.database.transaction() as session:
            wish = Wish(email, "Frau Neu", Role.CURATOR, ("housing",), "en")
            answer = accounts.invite(session, Actor("test"), wish, groups=("housing",), now=NOW)
        assert isinstance(answer, Invited)
        return f"{self.address}/admin/invitation/{answer.token}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Site]:
    made = Site(tmp_path_factory.mktemp("accounts"), sqlite_template, "localhost")
    a_member(made.database, EMAIL, name="Frau Leiterin")
    yield made
    made.close()


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Callable[..., Any]]:
    """A window of its own; whatever the browser complains about fails the test."""
    contexts, complaints = [], []

    def opened(address: str, width: int = 1280, **options: Any) -> Any:
        contexts.append(chromium.new_context(reduced_motion="reduce", **options))
        page = contexts[-1].new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [one for one in complaints if "status of 400" not in one] == []


def sign_in(page: Any, email: str = EMAIL, password: str = PASSWORD) -> None:
    page.fill("#f-email", email)
    page.fill("#f-password", password)
    page.press("#f-password", "Enter")


def authenticator(page: Any) -> Any:
    """A device for passkeys, made of software."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return wire, wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def test_from_an_invitation_to_a_passkey(site: Site, open_page: Callable[..., Any]) -> None:
    page = open_page(site.invite("new@example.org"))
    page.fill("#f-password", PASSWORD)
    page.press("#f-password", "Enter")
    page.wait_for_url("**/admin/")
    wire, device = authenticator(page)
    page.goto(site.address + "/admin/account/passkeys")
    page.fill("#f-name", "My phone")
    page.press("#f-name", "Enter")
    page.wait_for_url("**done=passkey-added")
    assert "My phone" in page.inner_text("table")
    page.goto(site.address + "/admin/")
    page.click("details.rest summary")
    page.click("form[action='/admin/sign-out'] button")
    page.wait_for_url("**/admin/sign-in**")
    page.click("form[data-passkey] button")
    page.wait_for_url("**/admin/")
    assert "Frau Neu" in page.inner_text("footer")
    (kept,) = wire.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert kept["rpId"] == "localhost"


def test_a_passkey_that_was_removed_opens_nothing(site: Site, open_page: Callable[..., Any]) -> None:
    page = open_page(site.invite("other@example.org"))
    page.fill("#f-password", PASSWORD)
    page.press("#f-password", "Enter")
    page.wait_for_url("**/admin/")
    authenticator(page)
    page.goto(site.address + "/admin/account/passkeys")
    page.press("#f-name", "Enter")
    page.click("button[name=remove]")
    page.wait_for_url("**done=passkey-gone")
    page.context.clear_cookies()
    page.goto(site.address + "/admin/sign-in")
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.click("form[data-passkey] button")
    assert answer.value.status == 400
    page.wait_for_selector("#problems")
    page.goto(site.address + "/admin/")
    assert "/admin/sign-in" in page.url


def test_codes_are_set_up_and_asked_for_with_the_keyboard_alone(site: Site, open_page: Callable[..., Any]) -> None:
    a_member(site.database, "codes@example.org")
    page = open_page(site.address + "/admin/account/second-factor")
    sign_in(page, "codes@example.org")
    page.wait_for_url("**/second-factor")
    assert page.evaluate("document.querySelector('img.qr').naturalWidth") > 0
    secret = page.inner_text("code").replace(" ", "")
    page.focus("#f-code")
    page.keyboard.type(pyotp.TOTP(secret).at(NOW))
    page.keyboard.press("Enter")
    page.wait_for_url("**done=codes-on")
    page.context.clear_cookies()
    page.goto(site.address + "/admin/account/")
    sign_in(page, "codes@example.org")
    page.wait_for_url("**/sign-in/code**")
    page.focus("#f-code")
    page.keyboard.type(pyotp.TOTP(secret).at(NOW.timestamp() + 30))
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/account/")


def test_all_but_passkeys_works_without_javascript(site: Site, open_page: Callable[..., Any]) -> None:
    page = open_page(site.address + "/admin/people/", java_script_enabled=False)
    assert not page.is_visible("form[data-passkey]")
    sign_in(page)
    page.wait_for_url("**/admin/people/")
    page.goto(site.address + "/admin/people/new")
    page.fill("#f-email", "third@example.org")
    page.fill("#f-name", "Herr Drei")
    page.check("input[name=groups][value=work]")
    page.press("#f-name", "Enter")
    assert "/admin/invitation/" in page.input_value("#f-link")
    page.click("details.rest summary")
    page.click("form[action='/admin/sign-out'] button")
    page.wait_for_url("**/admin/sign-in**")


def test_a_password_can_be_pasted(site: Site, open_page: Callable[..., Any]) -> None:
    page = open_page(site.address + "/admin/sign-in")
    page.fill("#f-email", EMAIL)
    page.evaluate(
        "words => document.querySelector('#f-password').dispatchEvent(new ClipboardEvent('paste',"
        "{bubbles: true, cancelable: true, clipboardData: new DataTransfer()})) || (window.refused = true)",
        PASSWORD,
    )
    assert not page.evaluate("window.refused || false")
    page.focus("#f-password")
    page.keyboard.insert_text(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")


def test_two_minutes_before_its_end_the_session_goes_on_with_a_click(site: Site, open_page: Callable[..., Any]) -> None:
    page = open_page(site.address + "/admin/sign-in")
    page.clock.install()
    sign_in(page)
    page.wait_for_url("**/admin/")
    page.clock.fast_forward(26 * 60 * 1_000)
    assert page.is_hidden("#parting")
    page.clock.fast_forward(70 * 1_000)
    assert page.is_visible("#parting button")
    with page.expect_response("**/admin/session") as answer:
        page.keyboard.press("Enter")
    assert answer.value.status == 200
    page.wait_for_selector("#parting", state="hidden")
    page.clock.fast_forward(30 * 60 * 1_000)
    assert page.is_visible("#parting-over")


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_are_accessible(site: Site, open_page: Callable[..., Any], axe: str, width: int) -> None:
    page = open_page(site.address + "/admin/sign-in", width)
    _look(page, axe)
    page.goto(site.address + "/admin/forgotten")
    _look(page, axe)
    page.goto(site.address + "/admin/sign-in")
    sign_in(page)
    for path in PAGES:
        page.goto(site.address + path)
        _look(page, axe)


SMALL = """() => [...document.querySelectorAll('main a.tap, main a.btn, main button, main input, main select, summary')]
  .filter((one) => one.offsetParent && one.type !== 'hidden')
  .map((one) => [one, (one.closest('label') || one).getBoundingClientRect()])
  .filter(([, box]) => box.height < 43.5).map(([one, box]) => one.outerHTML.slice(0, 90) + ' ' + box.height)"""


def _look(page: Any, axe: str) -> None:
    page.evaluate(axe)
    found = page.evaluate("async () => (await axe.run()).violations.map((one) => one.id + ' ' + one.nodes[0].html)")
    assert found == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
    assert page.evaluate(SMALL) == [], page.url
