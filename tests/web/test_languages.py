"""The language of a page."""

from __future__ import annotations

import pytest

from infopool import languages
from tests.web.pages import PageClient
from tests.web.world import COURSE, SHELTER


@pytest.mark.parametrize(
    ("accepted", "tag"),
    [
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("de-CH", "de"),
        ("gsw", "de"),
        ("xx, en;q=0.5", "en"),
        ("de;q=0.4, en;q=0.8", "en"),
        ("en;q=0", "de"),
        ("", "de"),
        ("*", "de"),
        (";;;,,q=", "de"),
        ("prs", "fa"),
        ("fa-AF", "fa"),
        ("kmr", "ku"),
        ("ckb-IQ", "ku"),
        ("sr-Cyrl-RS", "hr"),
        ("bs", "hr"),
        ("ti-ER", "ti"),
        ("ar_SY", "ar"),
        ("de-simple", "de-simple"),
        ("vi, zh;q=0.9", "de"),
    ],
)
def test_the_first_visit_goes_to_the_language_the_browser_wants(pages: PageClient, accepted: str, tag: str) -> None:
    answer = pages.raw.get("/", headers={"Accept-Language": accepted})
    assert (answer.status_code, answer.location) == (302, f"/{tag}/")
    assert "Accept-Language" in answer.headers["Vary"]


def test_nineteen_languages_are_offered(pages: PageClient) -> None:
    assert len(pages.get("/en/").root.find("details", css="lang")[0].find("a")) == 19


def test_a_language_that_is_not_offered_is_an_unknown_page(pages: PageClient) -> None:
    pages.get("/vi/", 404)


def test_the_switcher_keeps_page_and_question(pages: PageClient) -> None:
    page = pages.get("/en/search?q=kurs&cost=free")
    assert page.link("Deutsch") == "/de/search?q=kurs&cost=free"


def test_the_switcher_names_each_language_in_itself_and_marks_the_current_one(pages: PageClient) -> None:
    links = pages.get(f"/en/offers/{COURSE}").root.find("details", css="lang")[0].find("a")
    assert [(a.text, a["lang"], a["hreflang"], a["aria-current"]) for a in links] == [
        (one.own_name, one.tag, one.tag, "true" if one.tag == "en" else "") for one in languages.offered()
    ]


def test_a_page_names_its_other_languages_to_search_engines(pages: PageClient) -> None:
    page = pages.get("/en/topics/work")
    named = {one["hreflang"]: one["href"] for one in page.meta("alternate")}
    assert named == {
        "x-default": "http://127.0.0.1:8000/de/topics/work",
        **{one.tag: f"http://127.0.0.1:8000/{one.tag}/topics/work" for one in languages.offered()},
    }
    assert [one["href"] for one in page.meta("canonical")] == ["http://127.0.0.1:8000/en/topics/work"]


def test_a_sensitive_page_is_named_to_nobody(pages: PageClient) -> None:
    assert not pages.get(f"/en/offers/{SHELTER}").meta("alternate")


def test_german_names_on_an_arabic_page_are_marked(pages: PageClient) -> None:
    marked = {one.text for one in pages.get("/ar/search?q=wohnungssuche").root.all() if one["lang"] == "de"}
    assert {"Wohnungssuche", "Wohnhilfe Beispiel", "Bad Säckingen"} <= marked


def test_an_arabic_text_of_an_offer_is_shown_on_its_arabic_page(pages: PageClient) -> None:
    assert pages.get(f"/ar/offers/{COURSE}").heading == "دورة ألمانية في المساء"


def test_times_and_phones_are_isolated_from_the_words_around_them(pages: PageClient) -> None:
    page = pages.get(f"/ar/offers/{COURSE}")
    isolated = {one.text for one in page.root.find("bdi") if one["dir"] == "ltr"}
    assert {"18:30–20:00", "030 23125120", "kurse@example.org"} <= isolated


def test_pages_in_easy_language_say_what_they_are(pages: PageClient) -> None:
    said = "Diese Seiten sind in Leichter Sprache."
    assert said in pages.get("/de-simple/about").text
    assert said not in pages.get("/de/about").text


def test_pages_in_easy_language_show_the_german_text_and_say_that_it_is_not_easy(pages: PageClient) -> None:
    said = "Der Text ist nicht in Leichter Sprache."
    page = pages.get("/de-simple/offers/2")
    assert page.heading == "Wohnungssuche"
    assert said in page.text
    assert said not in pages.get("/de/offers/2").text


def test_an_offer_shows_its_number_on_the_first_button(pages: PageClient) -> None:
    first = pages.get(f"/en/offers/{COURSE}").root.find("a", css="big")[0]
    assert (first["href"], first.text) == ("tel:+493023125120", "Call them 030 23125120")


def test_what_goes_further_is_folded(pages: PageClient) -> None:
    folded = [one.text for one in pages.get(f"/en/offers/{COURSE}").root.find("details", css="fold")]
    assert [text.split("  ")[0][:9] for text in folded] == ["More abou", "Next date", "German wo", "How we kn"]


@pytest.mark.parametrize("tag", ["de", "de-simple", "ti"])
def test_the_home_page_asks_in_other_languages_each_once(pages: PageClient, tag: str) -> None:
    asked = [one.text for one in pages.get(f"/{tag}/").root.find("ul", css="ask")[0].find("a")]
    assert len(asked) == len(set(asked)) == 5
    assert pages.get(f"/{tag}/").heading not in asked
