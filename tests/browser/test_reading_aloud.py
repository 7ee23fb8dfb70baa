"""Offers read aloud by the voices of a device; here by voices that only note what they should say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.web.world import COURSE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Any]

VOICES = """
  window.said = [];
  const voices = [{lang: "en-GB", localService: true}, {lang: "de_DE", localService: true},
    {lang: "ar", localService: false}];
  const speaker = {getVoices: () => voices, speak: (line) => said.push(line), cancel: () => { said = []; }};
  Object.defineProperty(window, "speechSynthesis", {value: Object.assign(new EventTarget(), speaker)});
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
"""An English and a German voice on the device, and an Arabic one that sends the words elsewhere."""


@pytest.fixture
def offer(visit: Visit, address: str) -> Callable[[str], Any]:
    """Opens the offer in a language on a device with these voices."""
    page = visit("/en/about", locale="en")
    page.add_init_script(VOICES)

    def open_in(tag: str) -> Any:
        page.goto(f"{address}/{tag}/offers/{COURSE}")
        return page

    return open_in


def said(page: Any) -> list[tuple[str, str]]:
    return [(lang, text.strip()) for lang, text in page.evaluate("said.map((line) => [line.lang, line.text])")]


def test_an_offer_is_read_with_numbers_one_by_one_and_each_piece_in_its_language(offer: Callable[[str], Any]) -> None:
    page = offer("en")
    page.click("[data-read]")
    lines = said(page)
    assert ("en", "German in the evening") in lines
    assert ("de", "Tiengen Abendschule Beispiel") in lines
    assert any("18:30 to 20:00" in text for _, text in lines)
    assert any("0 3 0  2 3 1 2 5 1 2 0" in text for _, text in lines)


def test_what_is_folded_is_not_read(offer: Callable[[str], Any]) -> None:
    page = offer("de")
    page.click("[data-read]")
    assert not any("Zweiter Absatz" in text for _, text in said(page))
    page.click("[data-read]")
    page.click("details.fold summary >> nth=0")
    page.click("[data-read]")
    assert any("Zweiter Absatz" in text for _, text in said(page))


def test_pressing_again_stops(offer: Callable[[str], Any]) -> None:
    page = offer("en")
    page.click("[data-read]")
    assert page.inner_text("[data-read]") == "Stop reading"
    page.click("[data-read]")
    assert page.inner_text("[data-read]") == "Read aloud"
    assert said(page) == []


def test_nothing_is_offered_where_the_words_would_leave_the_device(offer: Callable[[str], Any]) -> None:
    assert not offer("ar").is_visible("[data-read]")
    assert offer("en").is_visible("[data-read]")


def test_nothing_is_offered_without_voices(visit: Visit) -> None:
    assert not visit(f"/en/offers/{COURSE}").is_visible("[data-read]")
