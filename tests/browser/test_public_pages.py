"""The public pages in a real browser: accessible, in order on small and large screens, quiet towards others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import ARTEFACTS
from tests.web.world import COURSE, SHELTER

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Any]

PAGES = {
    "home": "",
    "search": "search?q=deutschkurs",
    "unsure": "search?childcare=yes&near=tiengen&within=10",
    "nothing": "search?q=qqqqqq",
    "offer": f"offers/{COURSE}",
    "shelter": f"offers/{SHELTER}",
    "topics": "topics",
    "topic": "topics/emergency",
    "places": "places",
    "place": "places/tiengen",
    "provider": "providers/1",
    "about": "about",
    "privacy": "privacy",
    "accessibility": "accessibility",
    "imprint": "imprint",
    "thanks": f"offers/{COURSE}/thanks",
}

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

LARGE = "html{font-size:200%!important}"
SPACED = (
    "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
    "p{margin-bottom:2em!important}"
)
"""The changes readers make, as WCAG 1.4.4 and 1.4.12 measure them."""

TOO_WIDE = """() => {
  const most = document.documentElement.clientWidth;
  const wide = [...document.querySelectorAll("body *")].filter((one) => {
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    if (one.closest("svg")) return false;
    return box.width > 1 && style.visibility != "hidden" && style.position != "absolute"
      && (box.right > most + 1 || box.left < -1);
  });
  const scrolls = document.documentElement.scrollWidth > most;
  return scrolls || wide.length ? wide.map((one) => one.tagName + "." + one.className) : [];
}"""

SMALL_TARGETS = """() => {
  const inline = (one) => getComputedStyle(one).display === "inline" || one.closest("p:not(.btns), .measure, address");
  return [...document.querySelectorAll("a, button, summary, select, input:not([type=hidden])")].filter((one) => {
    const target = one.closest("label") ?? one, box = target.getBoundingClientRect();
    const covers = getComputedStyle(one, "::after").position === "absolute";
    return box.width > 1 && !inline(one) && !covers && (box.height < 43.5 || box.width < 43.5);
  }).map((one) => one.tagName + " " + one.textContent.trim().slice(0, 30));
}"""


def unfold(page: Any, which: str = "details:not(.lang, .drop)") -> None:
    """Open what is folded: what nobody has unfolded nobody has checked."""
    page.evaluate("(which) => document.querySelectorAll(which).forEach((one) => { one.open = true })", which)


def faults(page: Any, axe: str, rules: list[str] = RULES) -> list[str]:
    """What axe finds on the page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    kind = "tag" if rules is RULES else "rule"
    found = page.evaluate(
        "(only) => axe.run({runOnly: only, resultTypes: ['violations']}).then((found) => found.violations)",
        {"type": kind, "values": rules},
    )
    return [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("tag", ["de", "ar"])
@pytest.mark.parametrize("name", list(PAGES))
def test_a_page_is_in_order_on_small_and_large_screens(visit: Visit, axe: str, name: str, tag: str) -> None:
    # Everything about a page in one visit: opening it takes longer than looking at it.
    page = visit(f"/{tag}/{PAGES[name]}", width=360)
    unfold(page)
    assert faults(page, axe) == []
    assert contrast_in_the_dark(page, axe) == []
    if tag == "de":
        page.set_viewport_size({"width": 1280, "height": 800})
        assert faults(page, axe) == []
        assert contrast_in_the_dark(page, axe) == []
    unfold(page, "details")
    # 640 pixels stand for 1280 at a zoom of 200 percent.
    for width in (320, 640):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(TOO_WIDE) == [], width
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate(SMALL_TARGETS) == []


def contrast_in_the_dark(page: Any, axe: str) -> list[str]:
    """What axe says about the colours for dark surroundings."""
    page.emulate_media(color_scheme="dark")
    found = faults(page, axe, ["color-contrast"])
    page.emulate_media(color_scheme="light")
    return found


def test_axe_finds_nothing_in_the_menus_the_filter_sheet_and_the_form(visit: Visit, axe: str) -> None:
    page = visit("/de/search?q=kurs")
    page.click("details.lang > summary")
    assert faults(page, axe) == []
    page.click("details.lang > summary")
    page.click("a.to-filter")
    assert faults(page, axe) == []


def test_large_letters_and_wide_spacing_break_nothing(visit: Visit) -> None:
    for path in ("/de/", f"/de/offers/{COURSE}", "/de/search?q=kurs"):
        for width, change in ((640, LARGE), (360, SPACED)):
            page = visit(path, width=width, bypass_csp=True)
            page.add_style_tag(content=change)
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path


@pytest.mark.parametrize("tag", ["de", "ar"])
def test_the_keyboard_reaches_everything_in_the_order_of_the_page(visit: Visit, tag: str) -> None:
    page = visit(f"/{tag}/offers/{COURSE}", width=1280)
    walked = []
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => { const one = document.activeElement;
              if (one === document.body) return null;
              const outline = getComputedStyle(one).outlineStyle !== "none" || one.closest(".seek");
              const all = [...document.querySelectorAll("*")];
              return {place: all.indexOf(one), words: one.textContent.trim(), visible: Boolean(outline)}; }"""
        )
        if here is None:
            break
        walked.append(here)
    assert [one["place"] for one in walked] == sorted(one["place"] for one in walked)
    assert all(one["visible"] for one in walked)
    reachable = page.evaluate(
        "[...document.querySelectorAll('a[href], button, summary, input, select, textarea')]"
        ".filter((one) => one.checkVisibility()).length"
    )
    assert len(walked) == reachable


def test_the_first_stop_of_the_keyboard_leads_to_the_content(visit: Visit) -> None:
    page = visit("/en/search?q=kurs")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('main'))")


def test_everything_works_without_scripts(visit: Visit) -> None:
    page = visit("/en/", java_script_enabled=False)
    page.fill("#q", "german course")
    page.click("form.seek button")
    assert "offers" in page.inner_text("h1")
    page.click("a.to-filter")
    page.click("aside.filters summary >> text=Good to know")
    page.check("input[name=childcare]")
    page.click("aside.filters form button")
    assert "childcare=yes" in page.url
    page.click("article.card h2 a >> nth=0")
    page.click("details.more:has(form) > summary")
    page.check("input[value=wrong]")
    page.fill("#words", "Der Kurs ist jetzt in Raum 7.")
    page.click("details.more form button")
    assert page.inner_text("h1") == "Thank you"


def test_suggestions_can_be_chosen_by_keyboard(visit: Visit) -> None:
    page = visit("/de/", width=1280)
    page.type("#q", "wohn")
    page.wait_for_selector(".suggest:not([hidden]) [role=option]")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#q", "aria-activedescendant") == "q-list-0"
    words = page.inner_text("#q-list-0 bdi")
    page.keyboard.press("Enter")
    page.wait_for_url("**/de/search**")
    assert page.input_value("#q") == words


def test_suggestions_go_away_when_asked(visit: Visit, axe: str) -> None:
    page = visit("/de/", width=1280)
    page.type("#q", "wohn")
    page.wait_for_selector(".suggest:not([hidden]) [role=option]")
    assert faults(page, axe) == []
    page.keyboard.press("Escape")
    assert page.get_attribute("#q", "aria-expanded") == "false"
    assert page.input_value("#q") == "wohn"


def test_the_quick_way_out_leaves_nothing_to_go_back_to(visit: Visit, address: str) -> None:
    page = visit("/en/about", locale="en")
    page.context.route("https://www.dwd.de/**", lambda route: route.fulfill(body="<h1>Weather</h1>"))
    page.goto(f"{address}/en/offers/{SHELTER}")
    page.click("a[data-exit]")
    page.wait_for_url("https://www.dwd.de/")
    page.go_back()
    assert page.url == f"{address}/en/about"


def test_a_visit_asks_nobody_else_and_leaves_nothing_behind(visit: Visit, address: str) -> None:
    page = visit("/de/", locale="de")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES.values():
        page.goto(f"{address}/de/{path}")
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_first_result_is_seen_without_scrolling(visit: Visit) -> None:
    page = visit("/de/search?q=deutschkurs", width=360, height=800)
    box = page.locator("article.card h2").first.bounding_box()
    assert box["y"] < 400


def test_numbers_read_the_right_way_round_among_arabic_words(visit: Visit) -> None:
    page = visit(f"/ar/offers/{COURSE}")
    order = page.evaluate(
        """() => [...document.querySelectorAll("bdi.num")].map((one) => {
          const range = document.createRange(), words = one.firstChild, at = (place) => {
            range.setStart(words, place); range.setEnd(words, place + 1);
            return range.getBoundingClientRect().x; };
          return at(0) < at(words.length - 1); })"""
    )
    assert order
    assert all(order)


def test_a_printed_offer_leaves_out_what_paper_cannot_do(visit: Visit) -> None:
    page = visit(f"/de/offers/{COURSE}")
    page.emulate_media(media="print")
    for css in (".seek", "details.lang", "details.more.noprint", ".skip"):
        assert not page.is_visible(css), css
    assert page.is_visible(".aside .btn")


def test_a_printed_offer_has_what_was_folded(visit: Visit) -> None:
    page = visit(f"/de/offers/{COURSE}")
    below_its_heading = (
        "() => { const one = document.querySelector('.fold');"
        "return one.offsetHeight - one.querySelector('summary').offsetHeight; }"
    )
    assert page.evaluate(below_its_heading) < 5
    page.emulate_media(media="print")
    assert page.evaluate(below_its_heading) > 20


@pytest.mark.parametrize("tag", ["de", "ar"])
@pytest.mark.parametrize("name", ["home", "search", "offer", "topic"])
def test_pictures_for_people_to_look_at(visit: Visit, tag: str, name: str) -> None:
    folder = ARTEFACTS / "pages"
    folder.mkdir(parents=True, exist_ok=True)
    picture = folder / f"{name}-{tag}-1280.png"
    visit(f"/{tag}/{PAGES[name]}", width=1280).screenshot(path=picture, full_page=True)
    assert picture.stat().st_size > 10_000
