"""What stands above every answer."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import brotli
import pytest
from flask import Flask

from infopool.db import Database
from infopool.settings import Settings
from infopool.web import headers
from infopool.web.app import build_app
from tests.conftest import NOW
from tests.web.pages import PageClient
from tests.web.world import COURSE

ANSWERS = ("/", "/en/", "/en/search?q=x", "/en/nothing", "/robots.txt", "/favicon.ico", "/healthz", "/en/suggest?q=de")


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_carries_every_header_and_no_cookie(pages: PageClient, path: str) -> None:
    answer = pages.raw.get(path)
    assert {name: answer.headers.get(name) for name in headers.HEADERS} == headers.HEADERS
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_nothing_may_be_loaded_from_elsewhere() -> None:
    rules = dict(rule.split(" ", 1) for rule in headers.CONTENT_SECURITY_POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert {sources for name, sources in rules.items() if name.endswith("-src")} <= {"'none'", "'self'", "'self' data:"}
    assert "unsafe" not in headers.CONTENT_SECURITY_POLICY


def test_strict_transport_is_asked_for_only_in_production(
    pages: PageClient, database: Database, tmp_path: Path
) -> None:
    assert "Strict-Transport-Security" not in pages.raw.get("/en/about").headers
    assert "includeSubDomains" in production(tmp_path).test_client().get(
        "/en/about", base_url="https://infopool.example"
    ).headers.get("Strict-Transport-Security", "")


@pytest.mark.parametrize(
    "host", ["evil.example", "infopool.example.evil.example", "infopool.example@evil.example", "localhost", ""]
)
def test_in_production_only_our_own_host_is_answered(tmp_path: Path, host: str) -> None:
    site = production(tmp_path).test_client()
    assert site.get("/robots.txt", headers={"Host": host}).status_code == 400


def test_links_for_machines_use_the_set_address_whatever_the_request_says(pages: PageClient) -> None:
    page = pages.get("/en/about", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"})
    assert "evil" not in page.html


def production(folder: Path) -> Flask:
    settings = Settings(data=folder, base_url="https://infopool.example", secret_key="x" * 40, production=True)
    return build_app(settings, lambda: NOW)


def test_pages_are_sent_packed(pages: PageClient) -> None:
    plain = pages.raw.get("/en/").data
    packed = pages.raw.get("/en/", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "br"
    assert brotli.decompress(packed.data) == plain
    assert gzip.decompress(pages.raw.get("/en/", headers={"Accept-Encoding": "gzip"}).data) == plain
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_an_unchanged_page_is_not_sent_again(pages: PageClient) -> None:
    first = pages.raw.get("/en/about", headers={"Accept-Encoding": "br"})
    again = pages.raw.get("/en/about", headers={"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("/en/about", "public, max-age=60"),
        (f"/en/offers/{COURSE}", "public, max-age=60"),
        ("/en/search?q=x", "private, no-cache"),
        ("/en/suggest?q=de", "private, max-age=60"),
        ("/en/nothing", "no-store"),
        ("/en/topics/violence", "no-store"),
    ],
)
def test_caches_keep_what_they_may(pages: PageClient, path: str, rule: str) -> None:
    assert pages.raw.get(path).headers["Cache-Control"] == rule


@pytest.mark.parametrize(
    "path", ["/.git/config", "/en/../../etc/passwd", "/static/../app.py", "/static/css/", "/index.php~"]
)
def test_nothing_else_is_handed_out(pages: PageClient, path: str) -> None:
    assert pages.raw.get(path).status_code == 404


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(pages: PageClient, method: str) -> None:
    assert pages.raw.open("/en/about", method=method).status_code == 405


def test_a_request_leaves_one_line_that_tells_nothing_of_the_visitor(
    pages: PageClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", logger="infopool.requests"):
        pages.raw.get(
            f"/en/offers/{COURSE}?q=secretword",
            headers={"User-Agent": "telltale", "X-Forwarded-For": "203.0.113.7"},
            environ_overrides={"REMOTE_ADDR": "203.0.113.7"},
        )
    (line,) = [record.message for record in caplog.records if record.name == "infopool.requests"]
    told = json.loads(line)
    assert told.pop("ms") >= 0
    assert told == {
        "method": "GET",
        "route": "/<language:language>/offers/<number:offer_id>",
        "status": 200,
        "language": "en",
    }


def test_a_method_somebody_made_up_does_not_reach_the_log(pages: PageClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="infopool.requests"):
        pages.raw.open("/en/about", method="X\x1b[31mEVIL")
    assert "EVIL" not in caplog.text


def test_a_page_says_in_a_sentence_what_it_is_about(pages: PageClient) -> None:
    described = [one for one in pages.get(f"/de/offers/{COURSE}").root.find("meta") if one["name"] == "description"]
    assert [one["content"] for one in described] == ["Für alle, die tagsüber arbeiten."]


@pytest.mark.parametrize("path", ["/de", "/de//search?q=x", "/hsds", "/api/v1", "/favicon.ico", "//evil.example//de"])
@pytest.mark.parametrize("host", ["evil.example", "a b", "127.0.0.1:99999999", "[::1"])
def test_a_redirect_never_names_a_host(pages: PageClient, path: str, host: str) -> None:
    answer = pages.raw.get("http://127.0.0.1:8000" + path, headers={"Host": host})
    if answer.status_code == 404:
        return
    assert answer.status_code in (301, 302, 308)
    assert answer.headers["Location"].startswith("/")
    assert not answer.headers["Location"].startswith("//")
    assert b"evil" not in answer.data
