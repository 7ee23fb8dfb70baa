"""The JSON API over a real database and a real index, every answer held against its own description."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from infopool.db import Database
from infopool.directory.drafts import Check, Cost, ProviderDraft, VenueDraft
from infopool.directory.facts import Answer, CostKind, CostPeriod, State
from infopool.directory.schedules import Slot, SlotKind
from infopool.search import finding
from infopool.search.query import FACET_NAMES
from infopool.settings import Settings
from infopool.web.app import build_app
from tests.conftest import NOW
from tests.making import a_text, an_offer

EVENING = Slot(SlotKind.WEEKLY, weekdays=(1, 3), starts=time(18, 30), ends=time(20))
SECRET = VenueDraft("Haus", "Geheimweg 1", "79761", "Waldshut-Tiengen", "tiengen", 47.6, 8.2, confidential=True)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Flask]:
    """The application over four offers: a course, a flat adviser, a shelter, and one that nobody may see.

    Nothing here changes them, so one pool serves all tests of this file.
    """
    folder = tmp_path_factory.mktemp("pool")
    (folder / "infopool.sqlite").write_bytes(sqlite_template.read_bytes())
    app = build_app(Settings(data=folder, base_url="https://infopool.example.org"), lambda: NOW)
    pool = app.extensions["infopool"]
    with pool.database.transaction() as session:
        fill(session)
    finding.indexer(pool.search, pool.database).ensure()
    yield app
    pool.database.close()


def fill(session: Session) -> None:
    an_offer(
        session,
        schedule=(EVENING,),
        texts=(a_text(), a_text("German course in the evening", "en", summary="For everyone who works by day.")),
        childcare=Answer.YES,
        source="spreadsheet",
        source_key="12",
    )
    an_offer(
        session,
        texts=(a_text("Wohnungssuche", registration="Bitte anrufen.", documents=("Ausweis",)),),
        topics=("housing-search",),
        levels_taught=(),
        level_required="A1",
        provider=ProviderDraft("Wohnhilfe Beispiel"),
        cost=Cost(CostKind.PAID, 550, CostPeriod.SESSION, "5,50 € pro Termin"),
        schedule=(Slot(SlotKind.DATE, on=date(2026, 12, 6), starts=time(10)), Slot(SlotKind.APPOINTMENT)),
        venue=VenueDraft("", "Weg 1", "79713", "Bad Säckingen", "bad-saeckingen", 47.55, 7.95),
        places=("bad-saeckingen",),
        starts_on=date(2026, 12, 1),
    )
    an_offer(session, "Frauenhaus", topics=("violence",), levels_taught=(), venue=SECRET, check=Check())
    an_offer(session, "Entwurf", state=State.DRAFT)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def ask(client: FlaskClient):
    """Asks the API and holds the answer against the description of it."""
    described = client.get("/api/v1/openapi.json").get_json()

    def fetch(path: str, status: int = 200, **more: Any) -> Any:
        reply = client.get(path, **more)
        assert reply.status_code == status, reply.get_data(as_text=True)
        assert faults(described, path, reply) == []
        return reply.get_json()

    return fetch


def faults(described: dict[str, Any], path: str, reply: TestResponse) -> list[str]:
    """What is wrong with an answer by the description."""
    bare = path.split("?")[0]
    pattern = next((each for each in described["paths"] if re.fullmatch(re.sub(r"\{.*?\}", "[^/]+", each), bare)), None)
    assert pattern, f"{bare} is not described"
    answers = described["paths"][pattern]["get"]["responses"]
    answer = answers[str(reply.status_code)]
    if "$ref" in answer:
        answer = described["components"]["responses"][answer["$ref"].rsplit("/", 1)[1]]
    schema = {**answer["content"]["application/json"]["schema"], "components": described["components"]}
    found = Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(reply.get_json())
    return [f"{error.json_path}: {error.message}" for error in found]


def titles(answer: dict[str, Any]) -> list[str]:
    return [hit["title"] for hit in answer["hits"]]


def test_a_search_finds(ask) -> None:
    answer = ask("/api/v1/search?q=deutschkurs&lang=de")
    assert titles(answer) == ["Deutschkurs am Abend"]
    assert answer["total"] == 1


def test_an_answer_has_the_promised_shape(ask) -> None:
    answer = ask("/api/v1/search?q=deutschkurs&lang=de")
    assert list(answer) == ["query", "total", "limit", "offset", "hits", "facets", "suggestions"]
    assert list(answer["hits"][0]) == ["id", "title", "language", "summary", "url", "score", "why", "source"]
    assert answer["hits"][0]["source"] == {"name": "spreadsheet", "key": "12"}
    assert (answer["limit"], answer["offset"]) == (10, 0)


def test_words_nobody_understood_are_told(ask) -> None:
    assert ask("/api/v1/search?q=sprachkurs+qxqxqx&lang=en")["query"]["not_understood"] == ["qxqxqx"]


def test_what_was_understood_is_told_with_the_words_typed(ask) -> None:
    (piece,) = ask("/api/v1/search?q=deutschkurs&lang=en")["query"]["understood"]
    assert (piece["kind"], piece["id"], piece["from"]) == ("concept", "german-course", "deutschkurs")


def test_every_hit_says_why(ask) -> None:
    assert ask("/api/v1/search?q=deutschkurs+abends&lang=de")["hits"][0]["why"]


def test_texts_come_in_the_language_asked_for(ask) -> None:
    hit = ask("/api/v1/search?q=deutschkurs&lang=en")["hits"][0]
    assert (hit["title"], hit["language"], hit["url"]) == ("German course in the evening", "en", "/en/offers/1")


def test_texts_that_are_not_there_come_in_german(ask) -> None:
    hit = ask("/api/v1/search?q=deutschkurs&lang=ar")["hits"][0]
    assert (hit["title"], hit["language"]) == ("Deutschkurs am Abend", "de")


def test_without_words_everything_visible_is_found(ask) -> None:
    assert sorted(titles(ask("/api/v1/search?lang=de"))) == ["Deutschkurs am Abend", "Frauenhaus", "Wohnungssuche"]


def test_a_ticked_facet_filters(ask) -> None:
    assert titles(ask("/api/v1/search?topic=housing&lang=de")) == ["Wohnungssuche"]


def test_values_of_a_facet_are_alternatives(ask) -> None:
    assert ask("/api/v1/search?topic=housing,language&lang=de")["total"] == 2
    assert ask("/api/v1/search?topic=housing&topic=language&lang=de")["total"] == 2


def test_a_facets_counts_are_what_ticking_gives(ask) -> None:
    facets = ask("/api/v1/search?lang=de")["facets"]
    for facet in ("topic", "place", "provider"):
        for value in facets[facet]:
            assert ask(f"/api/v1/search?{facet}={value['value']}")["total"] == value["count"]


def test_facets_have_labels_and_providers_their_names(ask) -> None:
    facets = ask("/api/v1/search?lang=en")["facets"]
    assert {"value": "housing", "label": "Housing", "count": 1} in facets["topic"]
    assert {each["label"] for each in facets["provider"]} == {"Abendschule Beispiel", "Wohnhilfe Beispiel"}


def test_pages_follow_each_other(ask) -> None:
    pages = [titles(ask(f"/api/v1/search?limit=1&offset={offset}&lang=de"))[0] for offset in range(3)]
    assert sorted(pages) == sorted(titles(ask("/api/v1/search?lang=de")))


def test_a_page_past_the_end_is_empty(ask) -> None:
    assert titles(ask("/api/v1/search?offset=1000")) == []


def test_near_and_within_leave_out_what_is_far(ask) -> None:
    assert titles(ask("/api/v1/search?near=bad-saeckingen&within=5&lang=de")) == ["Wohnungssuche"]


def test_a_confidential_address_is_nowhere(ask, client: FlaskClient) -> None:
    number = next(hit["id"] for hit in ask("/api/v1/search?q=frauenhaus&lang=de")["hits"])
    offer = ask(f"/api/v1/offers/{number}")
    assert offer["venue"] is None
    assert offer["address_is_confidential"]
    everything = ["/api/v1/search", f"/api/v1/offers/{number}", "/hsds/services", "/api/v1/places"]
    assert "Geheimweg" not in "".join(client.get(path).get_data(as_text=True) for path in everything)


def test_an_offer_tells_everything(ask) -> None:
    offer = ask("/api/v1/offers/2?lang=en")
    assert offer["cost"] == {
        "value": "paid",
        "label": "costs money",
        "euros": 5.5,
        "period": "session",
        "words": "5,50 € pro Termin",
    }
    assert offer["venue"]["town"] == "Bad Säckingen"
    assert offer["schedule"][0] == {"kind": "date", "on": "2026-12-06", "starts": "10:00:00"}
    assert offer["texts"]["de"]["documents"] == ["Ausweis"]


@pytest.mark.parametrize("path", ["/api/v1/offers/4", "/api/v1/offers/99", f"/api/v1/offers/{10**20}"])
def test_what_visitors_may_not_see_is_not_there(ask, path: str) -> None:
    assert ask(path, 404)["problems"][0]["field"] == "id"


def test_a_sensitive_offer_stays_out_of_caches(client: FlaskClient) -> None:
    assert client.get("/api/v1/offers/3").headers["Cache-Control"] == "no-store"
    assert client.get("/api/v1/offers/1").headers["Cache-Control"] == "private, max-age=60"


def test_topics_are_listed_with_their_counts(ask) -> None:
    topics = {topic["code"]: topic for topic in ask("/api/v1/topics?lang=en")["topics"]}
    assert topics["housing"] == {"code": "housing", "label": "Housing", "parent": None, "count": 1}
    assert topics["debt"]["count"] == 0


def test_places_are_listed_with_whom_to_thank(ask) -> None:
    answer = ask("/api/v1/places")
    assert len([place for place in answer["places"] if place["parent"] is None]) == 32
    assert answer["attribution"]


def test_suggestions_lead_somewhere(ask) -> None:
    for row in ask("/api/v1/suggest?q=deu&lang=de")["suggestions"]:
        assert row["count"] >= 1


def test_nothing_typed_suggests_nothing(ask) -> None:
    assert ask("/api/v1/suggest")["suggestions"] == []


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/api/v1/search?limit=0", "limit"),
        ("/api/v1/search?colour=green", "colour"),
        ("/api/v1/search?topic=nonsense", "topic"),
        ("/api/v1/search?lang=klingon", "lang"),
        ("/api/v1/suggest?limit=21", "limit"),
        ("/api/v1/topics?q=x", "q"),
        ("/api/v1/places?lang=xx", "lang"),
        ("/api/v1/offers/1?colour=green", "colour"),
        ("/hsds/services?page=0", "page"),
    ],
)
def test_wrong_parameters_are_told(ask, path: str, field: str) -> None:
    assert [problem["field"] for problem in ask(path, 400)["problems"]] == [field]


def test_problems_come_in_the_language_asked_for(client: FlaskClient) -> None:
    for tag in ("de", "en"):
        assert client.get(f"/api/v1/search?limit=0&lang={tag}").headers["Content-Language"] == tag


def test_an_unknown_language_is_told_in_the_accepted_one(client: FlaskClient) -> None:
    reply = client.get("/api/v1/search?lang=klingon", headers={"Accept-Language": "vi, en;q=0.8"})
    assert reply.headers["Content-Language"] == "en"
    assert "klingon" in reply.get_json()["problems"][0]["message"]


def test_an_address_that_is_not_there_answers_in_json(client: FlaskClient) -> None:
    reply = client.get("/api/v1/nothing")
    assert (reply.status_code, reply.mimetype) == (404, "application/json")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_is_only_for_reading(client: FlaskClient, method: str) -> None:
    reply = getattr(client, method)("/api/v1/search")
    assert reply.status_code == 405
    assert "GET" in reply.headers["Allow"]


@pytest.mark.parametrize("path", ["/api/v1/search", "/api/v1/topics", "/api/v1/offers/1", "/hsds/", "/hsds/services"])
def test_every_origin_may_read_and_nobody_gets_a_cookie(client: FlaskClient, path: str) -> None:
    reply = client.get(path, headers={"Origin": "https://elsewhere.example.org"})
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert reply.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in reply.headers


@pytest.mark.parametrize("path", ["/api/v1/search?q=kurs", "/api/v1/topics", "/api/v1/offers/1", "/hsds/services"])
def test_what_has_not_changed_is_not_sent_again(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_a_search_asks_the_database_nothing(app: Flask, client: FlaskClient) -> None:
    statements: list[str] = []
    reader = app.extensions["infopool"].database.reader
    event.listen(reader, "before_cursor_execute", lambda c, cursor, statement, *rest: statements.append(statement))
    assert client.get("/api/v1/search?q=deutschkurs&lang=de").get_json()["facets"]["provider"]
    assert statements == []


def test_the_health_is_told(ask) -> None:
    assert ask("/healthz") == {"status": "ok", "database": "ok", "index": "ok"}


def test_an_installation_without_index_is_not_well(tmp_path: Path, database: Database) -> None:
    address = database.url.render_as_string(hide_password=False)
    client = build_app(Settings(data=tmp_path / "new", database_url=address), lambda: NOW).test_client()
    reply = client.get("/healthz")
    assert (reply.status_code, reply.get_json()["index"], reply.get_json()["database"]) == (503, "broken", "ok")
    assert client.get("/api/v1/search?q=kurs").status_code == 503


def test_an_installation_without_tables_is_not_well(tmp_path: Path) -> None:
    client = build_app(Settings(data=tmp_path / "new"), lambda: NOW).test_client()
    assert client.get("/healthz").get_json()["database"] == "broken"


def test_the_description_speaks_of_this_installation(ask, client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").get_json()
    assert described["servers"] == [{"url": "https://infopool.example.org"}]
    named = {each["name"] for each in described["paths"]["/api/v1/search"]["get"]["parameters"]}
    assert set(FACET_NAMES) <= named


def test_the_description_is_valid_openapi(client: FlaskClient) -> None:
    validate(client.get("/api/v1/openapi.json").get_json())


def test_every_address_of_the_api_is_described(app: Flask, client: FlaskClient) -> None:
    described = set(client.get("/api/v1/openapi.json").get_json()["paths"])
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] in ("api", "hsds", "health")]
    ours = {re.sub("<.*?>", "{id}", rule.rule) for rule in rules if rule.endpoint not in ("api.nothing", "api.openapi")}
    assert ours == described


def test_hsds_begins_with_what_it_speaks(ask) -> None:
    assert ask("/hsds/")["openapi_url"] == "https://infopool.example.org/api/v1/openapi.json"


def test_hsds_lists_services_that_can_be_fetched(ask) -> None:
    page = ask("/hsds/services?per_page=2")
    assert (page["total_items"], page["total_pages"], page["size"]) == (3, 2, 2)
    for service in page["contents"]:
        assert ask(f"/hsds/services/{service['id']}") == service


@pytest.mark.parametrize("number", ["5d3f2b0e-6c0c-5f0b-9a51-3a6f0f1c7e42", "00000000-0000-0000-0000-000000000000"])
def test_hsds_knows_only_its_own_services(ask, number: str) -> None:
    ask(f"/hsds/services/{number}", 404)


def test_a_calendar_file_can_be_taken_along(client: FlaskClient) -> None:
    reply = client.get("/de/offers/1.ics")
    assert reply.status_code == 200
    assert reply.mimetype == "text/calendar"
    assert b"SUMMARY:Deutschkurs am Abend" in reply.data
    assert "Deutsch" not in reply.headers["Content-Disposition"]


@pytest.mark.parametrize("path", ["/de/offers/3.ics", "/de/offers/4.ics", "/de/offers/99.ics", "/xx/offers/1.ics"])
def test_no_calendar_file_without_times_or_offer(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_page_leads_to_a_calendar_file_only_if_there_is_one(client: FlaskClient, number: int) -> None:
    linked = f"/de/offers/{number}.ics" in client.get(f"/de/offers/{number}").get_data(as_text=True)
    assert linked == (client.get(f"/de/offers/{number}.ics").status_code == 200)


anything = st.text(max_size=40)
values = anything | st.sampled_from(["de", "ar", "housing", "tiengen", "5", "-1", "0", "yes", "B1", "1,2", "free,paid"])
parameters = st.dictionaries(
    st.sampled_from(["q", "lang", "limit", "offset", "near", "within", "sort", "exact", *FACET_NAMES]) | anything,
    st.lists(values, max_size=3),
    max_size=5,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["search", "suggest", "topics", "places", "offers/1"]), parameters)
def test_nothing_anybody_asks_breaks_the_api(client: FlaskClient, path: str, given: dict[str, list[str]]) -> None:
    described = client.get("/api/v1/openapi.json").get_json()
    reply = client.get(f"/api/v1/{path}", query_string=given)
    assert reply.status_code in (200, 400)
    assert faults(described, f"/api/v1/{path}", reply) == []


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(anything, st.sampled_from(["de", "en", "ar", "ti", "uk"]))
def test_whatever_is_typed_is_answered(client: FlaskClient, typed: str, tag: str) -> None:
    reply = client.get("/api/v1/search", query_string={"q": typed, "lang": tag})
    assert reply.status_code == 200


def test_a_thousand_unknown_parameters_get_a_short_answer(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?" + "&".join(f"x{number}=1" for number in range(1000)))
    assert answer.status_code == 400
    assert len(answer.data) < 10_000
