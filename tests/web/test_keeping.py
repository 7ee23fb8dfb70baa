"""Finished pages are kept while nothing they show has changed, and never when they may betray somebody."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask, Response, g, request

from infopool.db import Database
from infopool.directory.models import Offer
from infopool.search import finding
from infopool.settings import Settings
from infopool.web import keeping
from infopool.web.app import build_app
from infopool.web.compression import LONGEST_REMEMBERED, encoding_taken
from infopool.web.keeping import Finished, FinishedPages
from tests.conftest import NOW
from tests.web.pages import PageClient
from tests.web.world import COURSE, fill


@pytest.fixture
def asked_in_flask(own_site: Flask) -> list[str]:
    """The paths for which the site of this test made a request of Flask's, in their order."""
    asked: list[str] = []

    def note() -> None:
        asked.append(request.path)

    own_site.before_request(note)
    return asked


def test_the_same_question_gets_the_same_page(pages: PageClient) -> None:
    first = pages.raw.get("/de/search?q=kurs")
    second = pages.raw.get("/de/search?q=kurs")
    assert (first.data, dict(first.headers)) == (second.data, dict(second.headers))


def test_a_page_is_kept_packed_for_who_can_unpack_it(pages: PageClient) -> None:
    packed = pages.raw.get("/de/", headers={"Accept-Encoding": "br"})
    plain = pages.raw.get("/de/")
    assert packed.headers["Content-Encoding"] == "br"
    assert "Content-Encoding" not in plain.headers
    assert len(packed.data) < len(plain.data)


def test_another_language_gets_its_own_page(pages: PageClient) -> None:
    assert pages.raw.get("/de/search?q=kurs").data != pages.raw.get("/en/search?q=kurs").data


def test_a_browser_that_has_the_page_is_told_so(pages: PageClient) -> None:
    first = pages.raw.get("/de/topics/work")
    assert pages.raw.get("/de/topics/work", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def page(words: str) -> Finished:
    return Finished(words.encode(), ())


def key(path: str, generation: str = "1") -> keeping.Key:
    return path, "", "br", generation, date(2026, 11, 22)


def test_what_was_asked_for_longest_ago_goes() -> None:
    kept = FinishedPages(2)
    for name in ("a", "b", "c"):
        kept.put(key(name), page(name))
    assert [bool(kept.get(key(name))) for name in ("a", "b", "c")] == [False, True, True]


def test_a_new_state_of_the_index_is_another_page() -> None:
    kept = FinishedPages(2)
    kept.put(key("a"), page("old"))
    assert kept.get(key("a", "2")) is None


@pytest.mark.parametrize("words", ["gewalt", "frauenhaus"])
def test_a_sensitive_page_is_not_kept(pages: PageClient, words: str) -> None:
    assert pages.raw.get(f"/de/search?q={words}").headers["Cache-Control"] == "no-store"


def test_nothing_kept_reaches_the_disk(pages: PageClient, tmp_path: Path) -> None:
    pages.raw.get("/de/search?q=einmaligeswort")
    assert [path for path in tmp_path.rglob("*") if path.is_file() and b"einmaligeswort" in path.read_bytes()] == []


def test_a_kept_page_goes_out_in_front_of_flask(own_site: Flask, asked_in_flask: list[str]) -> None:
    visitor = own_site.test_client()
    for _ in range(3):
        assert visitor.get("/de/search?q=kurs").status_code == 200
    assert asked_in_flask == ["/de/search"]


def test_what_only_fetches_the_headers_is_answered_by_flask(own_site: Flask, asked_in_flask: list[str]) -> None:
    visitor = own_site.test_client()
    visitor.get("/de/search?q=kurs")
    assert visitor.head("/de/search?q=kurs").data == b""
    assert len(asked_in_flask) == 2


def test_a_form_sent_to_a_kept_address_is_refused(own_site: Flask) -> None:
    visitor = own_site.test_client()
    visitor.get("/de/search?q=kurs")
    assert visitor.post("/de/search?q=kurs").status_code == 405


@pytest.mark.parametrize("other", ["/en/search?q=kurs", "/de/search?q=kurse", "/de/search?q=kurs&page=2"])
def test_another_path_or_question_is_another_page(own_site: Flask, asked_in_flask: list[str], other: str) -> None:
    visitor = own_site.test_client()
    visitor.get("/de/search?q=kurs")
    visitor.get(other)
    assert len(asked_in_flask) == 2


def test_another_day_is_another_page(database: Database, tmp_path: Path) -> None:
    days = [NOW]
    fill(database)
    url = database.url.render_as_string(hide_password=False)
    site = build_app(Settings(data=tmp_path, database_url=url), lambda: days[-1])
    finding.indexer(site.extensions["infopool"].search, database).rebuild()
    today = site.test_client().get("/de/search?q=kurs").data
    days.append(NOW + timedelta(days=400))
    assert site.test_client().get("/de/search?q=kurs").data != today


def test_a_changed_offer_is_seen_at_once(own_site: Flask, database: Database) -> None:
    visitor = own_site.test_client()
    assert "Neuer Name" not in visitor.get("/de/search").text
    with database.transaction() as session:
        session.get_one(Offer, COURSE).texts[0].title = "Neuer Name"
    finding.indexer(own_site.extensions["infopool"].search, database).rebuild()
    assert "Neuer Name" in visitor.get("/de/search").text


@pytest.mark.parametrize("kind", ["W/{}", "{}", '"other", {}'])
def test_a_browser_that_has_a_kept_page_is_told_so(own_site: Flask, asked_in_flask: list[str], kind: str) -> None:
    visitor = own_site.test_client()
    first = visitor.get("/de/search?q=kurs", headers={"Accept-Encoding": "br"})
    known = kind.format(first.headers["ETag"].removeprefix("W/"))
    again = visitor.get("/de/search?q=kurs", headers={"Accept-Encoding": "br", "If-None-Match": known})
    assert (again.status_code, again.data) == (304, b"")
    assert len(asked_in_flask) == 1
    gone = {name for name in dict(first.headers) if name not in again.headers}
    assert gone == {"Content-Type", "Content-Length", "Content-Language", "Content-Encoding"}


def test_an_answer_that_it_has_not_changed_is_the_same_with_and_without_keeping(
    own_site: Flask, database: Database
) -> None:
    settings = own_site.extensions["infopool"].settings
    anew = build_app(Settings(data=settings.data, database_url=settings.database_url, pages_kept=0), lambda: NOW)
    answers = []
    for site in (own_site, anew):
        visitor = site.test_client()
        known = visitor.get("/de/search?q=kurs").headers["ETag"]
        answer = visitor.get("/de/search?q=kurs", headers={"If-None-Match": known})
        answers.append((answer.status, sorted(pair for pair in answer.headers if pair[0] not in ("Date", "Vary"))))
    assert answers[0] == answers[1]


def test_a_browser_that_has_another_state_gets_the_page(pages: PageClient) -> None:
    first = pages.raw.get("/de/topics/work")
    again = pages.raw.get("/de/topics/work", headers={"If-None-Match": 'W/"other"'})
    assert (again.status_code, again.data) == (200, first.data)


def test_another_condition_is_weighed_as_for_every_page(own_site: Flask) -> None:
    visitor = own_site.test_client()
    visitor.get("/de/search?q=kurs")
    assert visitor.get("/de/search?q=kurs", headers={"If-Match": '"other"'}).status_code == 412


@pytest.mark.parametrize("host", ["evil.example", "infopool.example.evil.example", "infopool.example@evil.example", ""])
def test_in_production_a_kept_page_goes_to_our_own_host_only(database: Database, tmp_path: Path, host: str) -> None:
    fill(database)
    url = database.url.render_as_string(hide_password=False)
    settings = Settings(
        data=tmp_path, database_url=url, base_url="https://infopool.example", secret_key="x" * 40, production=True
    )
    site = build_app(settings, lambda: NOW)
    finding.indexer(site.extensions["infopool"].search, database).rebuild()
    visitor = site.test_client()
    for _ in range(2):
        assert visitor.get("/de/search?q=kurs", base_url="https://infopool.example").status_code == 200
    assert visitor.get("/de/search?q=kurs", headers={"Host": host}).status_code == 400


def test_a_kept_page_leaves_the_same_line_in_the_log(own_site: Flask, caplog: pytest.LogCaptureFixture) -> None:
    visitor = own_site.test_client()
    with caplog.at_level("INFO", logger="infopool.requests"):
        for _ in range(2):
            visitor.get(
                "/de/search?q=secretword",
                headers={"User-Agent": "telltale", "X-Forwarded-For": "203.0.113.7"},
                environ_overrides={"REMOTE_ADDR": "203.0.113.7"},
            )
    lines = [json.loads(record.message) for record in caplog.records if record.name == "infopool.requests"]
    assert all(line.pop("ms") >= 0 for line in lines)
    line = {"method": "GET", "route": "/<language:language>/search", "status": 200, "language": "de"}
    assert lines == [line, line]


def test_the_log_tells_when_a_kept_page_had_not_to_be_sent(own_site: Flask, caplog: pytest.LogCaptureFixture) -> None:
    visitor = own_site.test_client()
    known = visitor.get("/de/search?q=kurs").headers["ETag"]
    with caplog.at_level("INFO", logger="infopool.requests"):
        visitor.get("/de/search?q=kurs", headers={"If-None-Match": known})
    assert json.loads(caplog.records[-1].message)["status"] == 304


def test_no_header_of_one_visitor_reaches_another(own_site: Flask) -> None:
    telling = {"Cookie": "a=telltale", "Referer": "https://telltale.example/", "Accept-Language": "telltale"}
    own_site.test_client().get("/de/search?q=kurs", headers=telling)
    answer = own_site.test_client().get("/de/search?q=kurs")
    assert "telltale" not in str(answer.headers) + answer.text


@pytest.mark.parametrize(
    ("name", "value"), [("Set-Cookie", "a=b"), ("Vary", "Cookie"), ("Vary", "*"), ("Cache-Control", "no-store")]
)
def test_an_answer_meant_for_one_visitor_is_not_kept(name: str, value: str) -> None:
    assert keeping.is_for_everybody(Response("page"))
    assert not keeping.is_for_everybody(Response("page", headers={name: value}))


def test_a_kept_page_does_not_bear_an_old_date(own_site: Flask) -> None:
    visitor = own_site.test_client()
    assert ["Date" in visitor.get("/de/search?q=kurs").headers for _ in range(2)] == [False, False]


def test_a_page_longer_than_the_limit_is_made_anew(
    own_site: Flask, asked_in_flask: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "LARGEST_PAGE", 1_000)
    visitor = own_site.test_client()
    for _ in range(2):
        visitor.get("/de/search?q=kurs")
    assert len(asked_in_flask) == 2


def test_an_endless_question_is_answered_anew(own_site: Flask, asked_in_flask: list[str]) -> None:
    visitor = own_site.test_client()
    for _ in range(2):
        visitor.get("/de/search?q=kurs&x=" + "x" * keeping.LONGEST_QUERY)
    assert len(asked_in_flask) == 2


def test_without_an_index_visitors_are_told_that_the_search_rests(tmp_path: Path) -> None:
    site = build_app(Settings(data=tmp_path, database_url=f"sqlite:///{tmp_path}/none.sqlite"), lambda: NOW)
    (tmp_path / "index").mkdir(exist_ok=True)
    (tmp_path / "index" / "CURRENT").write_text("rubbish")
    assert site.test_client().get("/de/search?q=kurs").status_code == 503


@pytest.fixture
def told(own_site: Flask) -> list[dict[str, object]]:
    """What the hooks for kept pages were told."""
    told: list[dict[str, object]] = []
    own_site.extensions[keeping.HOOKS].append(lambda facts: told.append(dict(facts)))
    return told


def test_hooks_are_told_the_facts_of_every_kept_page_handed_out(
    own_site: Flask, told: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = own_site.view_functions["public.all_places"]

    def places() -> object:
        g.page_facts = {"places": 32}
        return made()

    monkeypatch.setitem(own_site.view_functions, "public.all_places", places)
    visitor = own_site.test_client()
    known = visitor.get("/de/places").headers["ETag"]
    assert told == []
    visitor.get("/de/places")
    visitor.get("/de/places", headers={"If-None-Match": known})
    assert told == [{"places": 32}] * 2


def test_a_page_without_facts_tells_none(own_site: Flask, told: list[dict[str, object]]) -> None:
    visitor = own_site.test_client()
    for _ in range(2):
        visitor.get("/de/places")
    assert told == [{}]


def test_a_hook_that_fails_keeps_no_page_from_a_visitor(own_site: Flask, told: list[dict[str, object]]) -> None:
    own_site.extensions[keeping.HOOKS].insert(0, lambda facts: facts["missing"])
    visitor = own_site.test_client()
    assert [visitor.get("/de/places").status_code for _ in range(2)] == [200, 200]
    assert told == [{}]


def test_a_hook_cannot_change_the_facts(own_site: Flask, told: list[dict[str, object]]) -> None:
    own_site.extensions[keeping.HOOKS].insert(0, lambda facts: facts.update(found=0))
    for _ in range(3):
        own_site.test_client().get("/de/places")
    assert told == [{}, {}]


def test_hooks_may_be_registered_where_no_page_is_kept(tmp_path: Path) -> None:
    site = build_app(Settings(data=tmp_path, pages_kept=0), lambda: NOW)
    assert isinstance(site.extensions[keeping.HOOKS], list)


@pytest.mark.parametrize(
    ("accepted", "packing"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("*", "br"),
        ("identity", ""),
        ("", ""),
        ("gzip, " + "x" * LONGEST_REMEMBERED, "gzip"),
    ],
)
def test_a_page_is_packed_as_the_browser_wants(accepted: str, packing: str) -> None:
    assert encoding_taken(accepted) == packing


def test_every_page_that_is_to_be_kept_exists(own_site: Flask) -> None:
    assert own_site.view_functions.keys() >= keeping.KEPT
