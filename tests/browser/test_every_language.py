"""Every language on a small screen: nothing runs out of its place, and pictures for people to look at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from infopool import languages
from infopool.web import assets
from tests.browser.conftest import ARTEFACTS
from tests.browser.test_public_pages import TOO_WIDE, faults, unfold
from tests.web.world import COURSE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Any]

PAGES = {"home": "", "results": "search?q=deutschkurs", "offer": f"offers/{COURSE}"}

CLIPPED = """() => [...document.querySelectorAll(
    "a.btn, button, summary, .facts li:not(.sign), .tag, .badge, th, label, h1, .topics a, .towns a, .menu a")]
  .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1
    && getComputedStyle(one).display !== "inline")
  .map((one) => one.tagName + "." + one.className + " " + one.textContent.trim().slice(0, 40))"""
"""Words that are wider than what holds them; a signpost has its point outside."""

STYLED = """() => [...document.querySelectorAll("body *")].filter((one) => {
    const style = getComputedStyle(one);
    const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    return own && one.closest("[lang]") === document.documentElement && !one.closest("bdi, .brand")
      && (!["normal", "0px"].includes(style.letterSpacing) || style.fontStyle !== "normal"
        || style.textTransform !== "none");
  }).map((one) => one.tagName + "." + one.className)"""
"""Letters set apart, aslant or in capitals, which tears Arabic words to pieces and means nothing in Ethiopic."""


@pytest.mark.parametrize("tag", [language.tag for language in languages.offered()])
@pytest.mark.parametrize("name", list(PAGES))
def test_nothing_runs_out_of_its_place_on_a_small_screen(visit: Visit, name: str, tag: str) -> None:
    folder = ARTEFACTS / "languages"
    folder.mkdir(parents=True, exist_ok=True)
    page = visit(f"/{tag}/{PAGES[name]}", width=320)
    page.screenshot(path=folder / f"{name}-{tag}.png", full_page=True)
    unfold(page, "details")
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(CLIPPED) == []
    if name == "offer":
        page.locator("details.more:has(form)").screenshot(path=folder / f"form-{tag}.png")
    if languages.BY_TAG[tag].script in ("Arab", "Ethi"):
        assert page.evaluate(STYLED) == []


@pytest.mark.parametrize("name", list(PAGES))
def test_axe_finds_nothing_in_ethiopic_letters(visit: Visit, axe: str, name: str) -> None:
    page = visit(f"/ti/{PAGES[name]}")
    unfold(page)
    assert faults(page, axe) == []


def test_letters_are_served_only_to_those_who_read_them(visit: Visit) -> None:
    page = visit("/de/", locale="de")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for tag in ("de", "uk"):
        page.goto(page.url.replace("/de/", f"/{tag}/"))
    assert [url for url in asked if "woff2" in url] == []


@pytest.mark.parametrize("name", ["arabic", "ethiopic"])
def test_a_browser_can_read_our_letters(visit: Visit, name: str) -> None:
    page = visit("/de/about")
    load = "async ([url]) => (await new FontFace('Ours', `url(${url})`).load()).status"
    assert page.evaluate(load, [assets.address_of(f"fonts/{name}.woff2")]) == "loaded"
