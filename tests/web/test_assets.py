"""What pages weigh, and what they load."""

from __future__ import annotations

import re

import pytest

from infopool.web import assets
from tests.web.pages import PageClient
from tests.web.world import COURSE

HTML_BUDGET, CSS_BUDGET, FIRST_VISIT_BUDGET, MOST_REQUESTS = 10_000, 6_000, 20_000, 3
"""Bytes as they go over the line, and requests."""

PAGES = ("/de/", "/de/search", "/en/search?q=kurs&topic=language", f"/de/offers/{COURSE}", "/de/topics", "/de/places")


def weight(pages: PageClient, path: str) -> int:
    return len(pages.raw.get(path, headers={"Accept-Encoding": "br"}).data)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_light(pages: PageClient, path: str) -> None:
    assert weight(pages, path) <= HTML_BUDGET


@pytest.mark.parametrize("path", PAGES)
def test_a_first_visit_is_light_and_takes_few_requests(pages: PageClient, path: str) -> None:
    page = pages.get(path)
    loaded = [one["href"] for one in page.meta("stylesheet")]
    loaded += [one["src"] for one in page.root.find("script") if one["src"]]
    assert 1 + len(loaded) <= MOST_REQUESTS
    assert weight(pages, path) + sum(weight(pages, address) for address in loaded) <= FIRST_VISIT_BUDGET


def test_the_style_sheet_is_light(pages: PageClient) -> None:
    assert weight(pages, assets.address_of("css/infopool.css")) <= CSS_BUDGET


@pytest.mark.parametrize("name", list(assets.assets()))
def test_every_file_may_be_kept_for_a_year(pages: PageClient, name: str) -> None:
    answer = pages.raw.get(assets.address_of(name))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.mimetype == assets.SERVED["." + name.rsplit(".", 1)[1]].split(";")[0]


def test_a_file_that_changes_gets_another_address(pages: PageClient) -> None:
    stale = re.sub(r"\.[0-9a-f]{10}\.", ".0123456789.", assets.address_of("css/infopool.css"))
    assert pages.raw.get(stale).status_code == 404


def test_a_page_draws_only_the_pictograms_it_uses(pages: PageClient) -> None:
    page = pages.get("/en/about")
    drawn = [symbol["id"] for symbol in page.root.find("symbol")]
    assert drawn == [use["href"][1:] for use in {use["href"]: use for use in page.root.find("use")}.values()]
    assert len(drawn) < 5


def test_every_topic_has_its_pictogram() -> None:
    from infopool.directory.topics import TOPICS

    assert {topic.icon for topic in TOPICS} <= set(assets.icons())


@pytest.mark.parametrize("name", ["arabic", "ethiopic"])
def test_a_font_is_small_and_named_by_the_style_sheet_with_its_address(pages: PageClient, name: str) -> None:
    address = assets.address_of(f"fonts/{name}.woff2")
    assert f"url({address})" in pages.raw.get(assets.address_of("css/infopool.css")).get_data(as_text=True)
    assert len(pages.raw.get(address).data) <= 60_000
