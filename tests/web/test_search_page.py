"""The results page."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import event

from tests.web.pages import Element, Page, PageClient


def card(page: Page, title: str) -> Element:
    return next(card for card in page.cards if title in card.find("h2")[0].text)


def chips(card: Element) -> list[str]:
    return [chip.text for chip in card.find("ul", css="facts")[0].find("li")]


def pieces(page: Page) -> list[str]:
    return [link.text.removesuffix("leave out").strip() for link in page.root.find("section", css="heard")[0].find("a")]


def test_a_search_asks_the_database_nothing(site: Flask, pages: PageClient) -> None:
    statements: list[str] = []
    database = site.extensions["infopool"].database
    pages.get("/en/search?q=german")
    event.listen(database.reader, "before_cursor_execute", lambda *given: statements.append(given[2]))
    event.listen(database.writer, "before_cursor_execute", lambda *given: statements.append(given[2]))
    for address in ("/en/search?q=german+evening&near=tiengen", "/de/search?q=kurs&provider=1", "/en/"):
        pages.get(address)
    assert statements == []


def test_a_result_shows_its_facts(pages: PageClient) -> None:
    found = card(pages.get("/en/search?q=german+course"), "German in the evening")
    assert chips(found) == [
        "Tiengen",
        "€25 per month",
        "Tue, Thu 18:30–20:00",
        "starts on 12 January 2027",
        "Level A2",
        "with childcare",
        "4 places free",
        "Arabic",
    ]


def test_a_result_tells_how_far_it_is(pages: PageClient) -> None:
    found = card(pages.get("/en/search?q=wohnungssuche&near=tiengen"), "Wohnungssuche")
    assert chips(found)[0] == "Bad Säckingen 26 km"


def test_a_text_in_another_language_is_marked_as_such(pages: PageClient) -> None:
    found = card(pages.get("/en/search?q=wohnungssuche"), "Wohnungssuche")
    assert found.find("span", css="tag")[0].text == "The text is only in German"
    assert [(one["lang"], one["dir"]) for one in found.find("p", css="orig")] == [("de", "ltr")]


def test_a_machine_translation_says_so(pages: PageClient) -> None:
    found = card(pages.get("/en/search?q=german+course"), "German course online")
    assert found.find("span", css="tag")[0].text == "Translated by a machine"


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("German in the evening", "checked on 22 November"),
        ("Deutschkurs lange nicht geprüft", "last checked in July 2025, please call first"),
        ("Deutschkurs nie geprüft", "not checked yet, please call first"),
    ],
)
def test_a_result_tells_when_it_was_checked(pages: PageClient, title: str, said: str) -> None:
    assert card(pages.get("/en/search?topic=language"), title).find("span", css="badge")[0].text == said


def test_a_full_course_says_so(pages: PageClient) -> None:
    assert chips(card(pages.get("/en/search?q=voll"), "Deutschkurs voll"))[-3:-1] == ["no free places", "waiting list"]


def test_what_was_understood_can_be_left_out(pages: PageClient) -> None:
    page = pages.get("/en/search?q=german+course+tiengen")
    assert "Tiengen" in pieces(page)
    assert page.link("Tiengen leave out") == "/en/search?q=german+course"


def test_a_ticked_value_can_be_left_out(pages: PageClient) -> None:
    page = pages.get("/en/search?q=kurs&cost=free")
    assert page.link("free of charge leave out") == "/en/search?q=kurs"


def test_a_mended_word_is_told_and_can_be_taken_back(pages: PageClient) -> None:
    page = pages.get("/de/search?q=wohnungsuchhe")
    exactly = [address for address in page.links().values() if "exact=1" in address]
    assert exactly == ["/de/search?q=wohnungsuchhe&exact=1"]


def test_a_tick_keeps_its_mark(pages: PageClient) -> None:
    boxes = [box for box in pages.get("/en/search?cost=free").root.find("input") if "checked" in box.attributes]
    assert ("cost", "free") in [(box["name"], box["value"]) for box in boxes]


def test_filters_count_what_they_would_show(pages: PageClient) -> None:
    page = pages.get("/en/search")
    for box in page.root.find("aside", css="filters")[0].find("input"):
        if box["type"] == "checkbox" and box["name"] == "topic":
            assert box.parent is not None
            count = box.parent.find("small")[0].text
            assert pages.get(f"/en/search?topic={box['value']}").heading.split()[0] == count


def test_the_filter_form_carries_the_words_along(pages: PageClient) -> None:
    form = pages.get("/en/search?q=kurs&sort=checked").root.find("aside", css="filters")[0]
    hidden = {field["name"]: field["value"] for field in form.find("input") if field["type"] == "hidden"}
    assert hidden == {"q": "kurs", "sort": "checked"}


def test_offers_that_do_not_say_it_stand_below_with_a_word_of_advice(pages: PageClient) -> None:
    page = pages.get("/en/search?childcare=yes")
    assert "German in the evening" in page.cards[0].text
    assert page.root.find("p", css="unsure")[0].text == "37 offers do not say everything you ticked. Please ask there."
    assert "Please ask: Childcare" in page.cards[1].text


def test_nearest_first_is_offered_only_near_a_place(pages: PageClient) -> None:
    assert not pages.get("/en/search").links("Nearest")
    assert pages.get("/en/search?near=wehr").link("Nearest") == "/en/search?near=wehr&sort=distance"


def test_a_search_without_results_leads_on(pages: PageClient) -> None:
    page = pages.get("/en/search?q=qqqqqq")
    assert page.heading == "Nothing fits exactly"
    assert page.link("See all offers") == "/en/search"
    assert page.link("030 23125001")


def test_a_word_nobody_understood_is_named_and_can_be_left_out(pages: PageClient) -> None:
    page = pages.get("/en/search?q=german+course++qxqxqx")
    [said] = [one for one in page.root.find("p", css="mended") if "We did not understand" in one.text]
    assert [word.text for word in said.find("q")] == ["qxqxqx"]
    assert said.find("a")[0]["href"] == "/en/search?q=german+course"


def test_a_word_we_know_that_stands_in_no_offer_is_named_in_short_queries(pages: PageClient) -> None:
    def said(typed: str) -> list[str]:
        lines = pages.get(f"/en/search?q={typed}").root.find("p", css="mended")
        return [word.text for line in lines if "No offer says anything" in line.text for word in line.find("q")]

    assert said("german+course+wife") == ["wife"]
    assert said("where+can+my+wife+find+a+german+course") == []


def test_a_word_searched_as_it_is_written_can_be_left_out(pages: PageClient) -> None:
    page = pages.get("/en/search?q=tiengen+Beispielverein")
    assert pieces(page) == ["Tiengen", "“Beispielverein”, as written"]


def test_who_was_not_understood_at_all_is_told_whom_to_ask(pages: PageClient) -> None:
    page = pages.get("/en/search?q=qqqqqq")
    assert "We did not understand what you are looking for" in page.text
    assert len(page.links("030 23125001")) == 1


@pytest.mark.parametrize("typed", ["my+husband+beats+me", "самогубство", "suicide+tiengen"])
def test_who_is_in_danger_sees_the_emergency_numbers_first(pages: PageClient, typed: str) -> None:
    assert "112" in pages.get(f"/en/search?q={typed}").root.find("div", css="sos")[0].text


def test_emergency_numbers_do_not_stand_beside_a_german_course(pages: PageClient) -> None:
    assert pages.get("/en/search?q=german+course").root.find("div", css="sos") == []


def test_over_nothing_there_is_nothing_to_filter_or_to_sort(pages: PageClient) -> None:
    page = pages.get("/en/search?q=qqqqqq")
    assert page.root.find("aside", css="filters") == []
    assert page.root.find("details", css="drop") == []
    assert pages.get("/en/search?q=kurs").root.find("aside", css="filters")


def test_every_way_out_leads_to_as_many_offers_as_it_says(pages: PageClient) -> None:
    page = pages.get("/en/search?q=wohnungssuche&cost=paid&near=stuehlingen&within=5")
    steps = page.root.find("ul", css="marks")[0].find("li")
    assert steps
    for step in steps:
        promised = step.text.rsplit(": ", 1)[1]
        assert pages.get(step.find("a")[0]["href"]).heading == promised


def test_the_results_have_pages(pages: PageClient) -> None:
    first = pages.get("/en/search")
    second = pages.get(first.link("Next page"))
    assert "Page 2 of 3" in second.text
    assert second.link("Back") == "/en/search"


@pytest.mark.parametrize(
    "address",
    [
        "/en/search?page=0",
        "/en/search?page=99999999",
        "/en/search?page=-1",
        "/en/search?page=٣",
        "/en/search?within=abc&near=nowhere&sort=sideways",
        "/en/search?topic=none&cost=%00&level=Z9&provider=-1&language=%F0%9F%98%80",
        "/en/search?q=%FF%FE",
        "/en/search?q=" + "a" * 5000,
        "/en/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "/en/search?q=%ED%A0%BD",
    ],
)
def test_whatever_stands_in_the_address_the_page_is_well_made(pages: PageClient, address: str) -> None:
    assert pages.get(address).heading


def test_words_from_the_address_are_never_markup(pages: PageClient) -> None:
    page = pages.get("/en/search?q=%22%3E%3Cb%3Ehello")
    assert page.root.find("input")[0]["value"] == '"><b>hello'
    assert not page.root.find("b", css="hello")


def test_a_search_page_is_not_for_search_engines(pages: PageClient) -> None:
    page = pages.get("/en/search?q=kurs")
    assert [one["content"] for one in page.root.find("meta") if one["name"] == "robots"] == ["noindex"]
    assert not page.meta("canonical")


@pytest.mark.parametrize("address", ["/en/search?topic=violence", "/de/search?q=frauenhaus"])
def test_a_search_about_something_sensitive_has_a_way_out_and_leaves_nothing_behind(
    pages: PageClient, address: str
) -> None:
    page = pages.get(address)
    assert page.response.headers["Cache-Control"] == "no-store"
    assert page.title == "infopool"
    assert page.root.find("aside", css="exit")


def test_suggestions_come_as_json(pages: PageClient) -> None:
    answer = pages.raw.get("/en/suggest?q=wohn")
    assert answer.json
    assert all(set(line) == {"text", "kind", "count"} and line["count"] > 0 for line in answer.json)
