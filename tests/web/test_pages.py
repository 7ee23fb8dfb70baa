"""The pages for everybody."""

from __future__ import annotations

import pytest

from tests.web.pages import PageClient
from tests.web.world import COURSE, DRAFT, LAST

PAGES = (
    "",
    "search",
    "search?q=deutschkurs",
    "search?q=qqqqqq",
    "search?topic=language&cost=free&near=tiengen&within=10",
    f"offers/{COURSE}",
    f"offers/{COURSE}/thanks",
    "offers/2",
    "offers/3",
    "topics",
    "topics/language",
    "topics/emergency",
    "topics/violence",
    "places",
    "places/tiengen",
    "providers/1",
    "about",
    "privacy",
    "accessibility",
    "imprint",
)
"""One of every kind, below the language."""


@pytest.mark.parametrize("tag", ["de", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_well_made(pages: PageClient, tag: str, page: str) -> None:
    assert pages.get(f"/{tag}/{page}").heading


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_well_made_from_right_to_left(pages: PageClient, page: str) -> None:
    assert pages.get(f"/ar/{page}").root.find("html")[0]["dir"] == "rtl"


def test_the_home_page_counts_the_offers_of_each_topic(pages: PageClient) -> None:
    assert pages.get("/en/").links("Learn German") == {"Learn German 5 offers": "/en/topics/language"}


def test_the_home_page_leads_along_the_rhine(pages: PageClient) -> None:
    page = pages.get("/en/")
    assert page.link("Küssaberg") == "/en/places/kuessaberg"
    assert page.link("Waldshut") == "/en/places/waldshut"


def test_the_home_page_shows_three_emergency_numbers(pages: PageClient) -> None:
    numbers = [link["href"] for link in pages.get("/en/").root.find("div", css="sos")[0].find("a")]
    assert numbers == ["tel:112", "tel:110", "tel:116117"]


def test_the_home_page_names_a_person_to_call_and_her_hours(pages: PageClient) -> None:
    page = pages.get("/en/")
    assert page.link("030 23125001") == "tel:+493023125001"
    assert "Monday to Friday 09:00–12:00" in page.text


def test_the_home_page_shows_what_starts_soon(pages: PageClient) -> None:
    assert "Starting soon" in [heading.text for heading in pages.get("/en/").root.find("h2")]


def test_the_home_page_shows_nothing_about_danger(pages: PageClient) -> None:
    assert "Schutz und Wohnen" not in pages.get("/de/").text


def test_a_topic_page_lists_its_offers_and_narrower_topics(pages: PageClient) -> None:
    page = pages.get("/en/topics/language")
    assert page.heading == "Learn German"
    assert page.link("German course 5") == "/en/topics/german-course"
    assert len(page.cards) == 5


def test_a_page_about_danger_shows_all_helplines(pages: PageClient) -> None:
    numbers = [link["href"] for link in pages.get("/en/topics/emergency").root.find("div", css="sos")[0].find("a")]
    assert "tel:116016" in numbers


def test_a_place_page_shows_the_nearest_first(pages: PageClient) -> None:
    first, *_ = pages.get("/en/places/bad-saeckingen").cards
    assert "Wohnungssuche" in first.text


def test_a_list_page_turns_its_own_pages(pages: PageClient) -> None:
    first = pages.get("/en/topics/people")
    second = pages.get(first.link("Next page"))
    assert second.response.request.path == "/en/topics/people"
    assert len(first.cards) + len(second.cards) == LAST - DRAFT


def test_a_provider_page_names_her_and_lists_her_offers(pages: PageClient) -> None:
    page = pages.get("/en/providers/2")
    assert page.heading == "Wohnhilfe Beispiel"
    assert [card.find("h2")[0].text for card in page.cards] == ["Wohnungssuche"]
    assert page.link("Website of the provider") == "https://example.org/wohnen"


@pytest.mark.parametrize(
    "path", ["/en/topics/nothing", "/en/places/atlantis", "/en/providers/999", "/en/x", "/xx/", "/x/y"]
)
def test_an_unknown_page_says_so_and_offers_a_search(pages: PageClient, path: str) -> None:
    page = pages.get(path, 404)
    assert page.root.find("form")[0]["role"] == "search"


def test_an_unknown_page_answers_in_the_language_of_its_address(pages: PageClient) -> None:
    assert pages.get("/en/nothing", 404).heading == "This page does not exist."
    assert pages.get("/de/nothing", 404).root.find("html")[0]["lang"] == "de"


def test_a_wrong_method_is_answered_with_a_page(pages: PageClient) -> None:
    assert "GET" in pages.post("/en/about", {}, 405).response.headers["Allow"]


def test_a_broken_index_is_answered_with_a_page_and_a_number_to_call(
    pages: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from infopool.search.engine import EngineBroken
    from infopool.web.pool import Pool

    def broken(*_: object) -> None:
        raise EngineBroken("torn")

    monkeypatch.setattr(Pool, "find", broken)
    page = pages.get("/en/search?q=not+asked+before", 503)
    assert page.response.headers["Retry-After"] == "60"
    assert page.link("030 23125001")


def test_a_fault_of_ours_is_answered_with_a_page_and_logged_without_the_query(
    pages: PageClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from infopool.web.pool import Pool

    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(Pool, "find", broken)
    assert pages.get("/en/search?q=secretword", 500).heading == "Something went wrong on our side."
    assert "public.search failed" in caplog.text
    assert "secretword" not in caplog.text
