"""Addresses are promises: people print them on leaflets."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from flask import Flask

from infopool import languages
from tests.web.pages import PageClient
from tests.web.world import COURSE, DRAFT, SHELTER

PROMISED = {
    "/",
    "/<language:language>/",
    "/<language:language>/search",
    "/<language:language>/suggest",
    "/<language:language>/offers/<number:offer_id>",
    "/<language:language>/offers/<number:offer_id>/remarks",
    "/<language:language>/offers/<number:offer_id>/thanks",
    "/<language:language>/topics",
    "/<language:language>/topics/<code>",
    "/<language:language>/places",
    "/<language:language>/places/<code>",
    "/<language:language>/providers/<number:provider_id>",
    "/<language:language>/about",
    "/<language:language>/privacy",
    "/<language:language>/accessibility",
    "/<language:language>/imprint",
    "/robots.txt",
    "/sitemap.xml",
    "/favicon.ico",
    "/favicon.svg",
    "/healthz",
    "/static/<path:name>",
}


def test_no_address_is_ever_taken_away(site: Flask) -> None:
    assert {rule.rule for rule in site.url_map.iter_rules()} >= PROMISED


def test_every_page_that_takes_a_form_is_known(site: Flask) -> None:
    writing = {"POST", "PUT", "PATCH", "DELETE"}
    rules = {rule.rule for rule in site.url_map.iter_rules() if writing & (rule.methods or set())}
    assert {rule for rule in rules if not rule.startswith(("/api/", "/hsds", "/admin"))} == {
        "/<language:language>/offers/<number:offer_id>/remarks",
        "/<language:language>/propose",
        "/<language:language>/confirm/<token>",
        "/<language:language>/confirm/<token>/<number:request_id>",
        "/<language:language>/confirm/<token>/<number:request_id>/change",
        "/<language:language>/confirm/<token>/<number:request_id>/gone",
    }


def sitemap(pages: PageClient) -> list[str]:
    root = ET.fromstring(pages.raw.get("/sitemap.xml").data)
    return [loc.text or "" for loc in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def test_the_sitemap_lists_public_pages_in_every_language(pages: PageClient) -> None:
    listed = sitemap(pages)
    for tag in ("de", "en"):
        assert f"http://127.0.0.1:8000/{tag}/offers/{COURSE}" in listed
    assert len(listed) == len(set(listed))


def test_the_sitemap_keeps_quiet_about_danger_and_drafts(pages: PageClient) -> None:
    listed = sitemap(pages)
    assert not [address for address in listed if address.endswith((f"/offers/{SHELTER}", f"/offers/{DRAFT}"))]
    assert not [address for address in listed if address.endswith("/violence")]


def test_every_address_in_the_sitemap_answers(pages: PageClient) -> None:
    for address in sitemap(pages)[::7]:
        pages.get(address.removeprefix("http://127.0.0.1:8000"))


def test_robots_are_kept_from_endless_searches(pages: PageClient) -> None:
    rules = pages.raw.get("/robots.txt").get_data(as_text=True)
    refused = [f"Disallow: /{language.tag}/search" for language in languages.offered()]
    assert set(refused) <= set(rules.splitlines())
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in rules


def test_no_link_on_the_main_pages_leads_nowhere(pages: PageClient) -> None:
    seen: set[str] = set()
    for start in ("/en/", "/de/topics", "/de/places", "/en/search?q=kurs", f"/en/offers/{COURSE}"):
        for link in pages.get(start).root.find("a"):
            address = link["href"].split("#")[0]
            if address.startswith("/") and address not in seen:
                seen.add(address)
                assert pages.raw.get(address).status_code in (200, 302), address
    assert len(seen) > 100
