"""Words searched in vain, and what the search learns from curators."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from infopool.curation import wanted
from infopool.curation.models import LogEntry, Need, Role, WantedTerm
from infopool.db import Database
from infopool.directory.models import SearchWord
from infopool.queue import Job
from tests.desk.conftest import SitDown
from tests.desk.people import DeskClient
from tests.web.world import DRAFT, FLAT, SHELTER


@pytest.fixture
def term(database: Database) -> int:
    with database.transaction() as session:
        row = WantedTerm(language="ku", term="quasselstrippe", hits=12, first_week="2026-W40", last_week="2026-W47")
        session.add(row)
        session.flush()
        return row.id


def decision(database: Database, number: int) -> tuple[str, str]:
    with database.reading() as session:
        row = session.get_one(WantedTerm, number)
        return row.decision, row.target


def found(site: Flask, words: str, language: str = "ku") -> set[str]:
    return set(DeskClient(site).get(f"/{language}/search?q={words}").links().values())


def test_the_word_waits_on_the_page(sit_down: SitDown, term: int) -> None:
    assert "quasselstrippe" in sit_down().get("/admin/wanted/").text


def test_the_search_understands_a_word_at_once(
    desk_site: Flask, sit_down: SitDown, term: int, database: Database
) -> None:
    label = desk_site.extensions["infopool"].search.vocabulary.label("housing", "de")
    assert f"/ku/offers/{FLAT}" not in found(desk_site, "quasselstrippe")
    sit_down().send(f"/admin/wanted/{term}/", {"decision": "concept", "concept": label})
    with database.reading() as session:
        (word,) = session.scalars(select(SearchWord))
        assert [job.name for job in session.scalars(select(Job)) if job.name == wanted.RELEARN]
    assert (word.language, word.term) == ("ku", "quasselstrippe")
    assert f"/ku/offers/{FLAT}" in found(desk_site, "quasselstrippe")
    assert decision(database, term)[0] == "concept"


def test_a_concept_that_is_none_is_asked_for_again(sit_down: SitDown, term: int, database: Database) -> None:
    page = sit_down().send(f"/admin/wanted/{term}/", {"decision": "concept", "concept": "Gibtesnicht"})
    assert page.root.find("span", css="wrong")
    assert decision(database, term) == ("", "")


def test_an_offer_is_found_by_a_word_it_does_not_say(
    desk_site: Flask, sit_down: SitDown, term: int, database: Database
) -> None:
    sit_down(Role.OFFICER).send(f"/admin/wanted/{term}/", {"decision": "covered", "offer": f"/de/offers/{FLAT}"})
    assert f"/ku/offers/{FLAT}" in found(desk_site, "quasselstrippe")
    assert decision(database, term) == ("covered", str(FLAT))


@pytest.mark.parametrize("number", ["", "x", "0", "99999", str(DRAFT), "9" * 40, "-1", "²"])
def test_an_offer_that_nobody_sees_covers_nothing(
    sit_down: SitDown, term: int, database: Database, number: str
) -> None:
    page = sit_down(Role.OFFICER).send(f"/admin/wanted/{term}/", {"decision": "covered", "offer": number})
    assert page.root.find("span", css="wrong")
    assert decision(database, term) == ("", "")


def test_another_groups_offer_is_left_alone(sit_down: SitDown, term: int, database: Database) -> None:
    sit_down(groups=("nonsense",)).send(f"/admin/wanted/{term}/", {"decision": "covered", "offer": str(SHELTER)})
    assert decision(database, term) == ("", "")


def test_a_need_is_noted_and_can_be_met(sit_down: SitDown, term: int, database: Database) -> None:
    me = sit_down()
    page = me.send(f"/admin/wanted/{term}/", {"decision": "need", "topic": "sport", "place": "wehr"})
    assert "quasselstrippe" in page.text
    with database.reading() as session:
        (need,) = session.scalars(select(Need))
    assert (need.topic, need.place) == ("sport", "wehr")
    me.send(f"/admin/wanted/needs/{need.id}/met")
    assert me.sends(f"/admin/wanted/needs/{need.id}/met") == 404


def test_noise_is_not_shown_again(sit_down: SitDown, term: int) -> None:
    page = sit_down().send(f"/admin/wanted/{term}/", {"decision": "noise"})
    assert "quasselstrippe" not in page.text


def test_a_word_that_names_somebody_goes_for_good(sit_down: SitDown, term: int, database: Database) -> None:
    sit_down().send(f"/admin/wanted/{term}/forget")
    with database.reading() as session:
        assert session.get(WantedTerm, term) is None
        assert "quasselstrippe" not in str([(e.before, e.after) for e in session.scalars(select(LogEntry))])


@pytest.mark.parametrize(
    ("form", "status"), [({}, 400), ({"decision": "\0"}, 400), ({"decision": "need", "topic": "x" * 999}, 200)]
)
def test_nonsense_changes_nothing(
    sit_down: SitDown, term: int, database: Database, form: dict[str, object], status: int
) -> None:
    assert sit_down().sends(f"/admin/wanted/{term}/", form) == status
    assert decision(database, term) == ("", "")


def test_the_steering_group_may_look_only(sit_down: SitDown, term: int) -> None:
    steering = sit_down(Role.STEERING)
    assert not steering.get(f"/admin/wanted/{term}/").root.find("button", css="quiet")[1:]
    assert steering.sends(f"/admin/wanted/{term}/", {"decision": "noise"}) == 403


def test_words_are_grouped_by_language(sit_down: SitDown, term: int, database: Database) -> None:
    with database.transaction() as session:
        session.add(WantedTerm(language="de", term="schwimmkurs", hits=20, first_week="2026-W40", last_week="2026-W47"))
    page = sit_down().get("/admin/wanted/?language=ku")
    assert "quasselstrippe" in page.text
    assert "schwimmkurs" not in page.text
