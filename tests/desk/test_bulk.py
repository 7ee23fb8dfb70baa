"""Many offers changed at once."""

from __future__ import annotations

import io

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import event, select

from infopool.curation.models import CheckRequest, GroupRule, LogEntry, Mail, OfferVersion, Role
from infopool.db import Database
from infopool.directory import offers
from infopool.directory.facts import State
from infopool.directory.models import Offer
from tests.conftest import TODAY
from tests.desk.conftest import SitDown
from tests.web.world import COURSE, DRAFT, FLAT, LAST, STALE, UNCHECKED


def the_offer(database: Database, number: int) -> Offer:
    with database.reading() as session:
        offer = offers.get(session, number)
        assert offer
        return offer


def ids(*numbers: int) -> str:
    return ",".join(map(str, numbers))


def test_ticked_offers_are_named(sit_down: SitDown) -> None:
    page = sit_down().send("/admin/bulk/", {"offer": [str(COURSE), str(STALE)], "query": ""})
    assert "Deutschkurs am Abend" in page.text
    assert "Deutschkurs lange nicht geprüft" in page.text


def test_all_of_a_search_can_be_chosen(sit_down: SitDown) -> None:
    client = sit_down()
    page = client.send("/admin/bulk/", {"all": "yes", "query": "q=Sprachtreff"})
    total = client.raw.get("/api/v1/search?q=Sprachtreff&lang=de").json["total"]  # type: ignore[index]
    assert total > 30
    assert str(total) in page.heading


def test_without_a_tick_it_says_so(sit_down: SitDown) -> None:
    assert not sit_down().send("/admin/bulk/", {"query": ""}).root.find("select")


def test_nothing_changes_before_it_is_confirmed(sit_down: SitDown, database: Database) -> None:
    form = {"chosen": ids(UNCHECKED), "what": "check", "value-check": "phone"}
    page = sit_down().send("/admin/bulk/look", form)
    assert "Deutschkurs nie geprüft" in page.text
    assert the_offer(database, UNCHECKED).checked_on is None


def test_offers_are_marked_as_checked(sit_down: SitDown, database: Database) -> None:
    form = {"chosen": ids(UNCHECKED, STALE), "what": "check", "value-check": "phone"}
    sit_down().send("/admin/bulk/do", form)
    for number in (UNCHECKED, STALE):
        offer = the_offer(database, number)
        assert (offer.checked_on, offer.checked_how) == (TODAY, "phone")


def test_another_groups_offers_are_left_out_and_named(sit_down: SitDown, database: Database) -> None:
    with database.transaction() as session:
        session.get_one(Offer, FLAT).working_group = "housing"
    form = {"chosen": ids(FLAT, COURSE), "what": "withdraw", "value-withdraw": "over"}
    page = sit_down(groups=("education",)).send("/admin/bulk/do", form)
    assert "Wohnungssuche" in page.text
    assert the_offer(database, FLAT).state == State.PUBLISHED
    assert the_offer(database, COURSE).state == State.WITHDRAWN
    assert the_offer(database, COURSE).withdrawn_why == "over"


def test_a_second_click_changes_nothing_more(sit_down: SitDown, database: Database) -> None:
    client, form = sit_down(), {"chosen": ids(COURSE), "what": "add-topic", "value-add-topic": "women"}
    client.send("/admin/bulk/do", form)
    version = the_offer(database, COURSE).version
    client.send("/admin/bulk/do", form)
    assert the_offer(database, COURSE).version == version
    assert the_offer(database, COURSE).topics == ("german-course", "women")


@pytest.mark.parametrize(
    ("what", "value", "field", "expected"),
    [
        ("assign", "work", "working_group", "work"),
        ("add-audience", "women", "audiences", ("adults", "women")),
        ("remove-audience", "adults", "audiences", ()),
    ],
)
def test_facts_are_changed(
    sit_down: SitDown, database: Database, what: str, value: str, field: str, expected: object
) -> None:
    sit_down().send("/admin/bulk/do", {"chosen": ids(COURSE), "what": what, f"value-{what}": value})
    assert getattr(the_offer(database, COURSE), field) == expected


def test_providers_are_asked_once_in_one_mail(sit_down: SitDown, database: Database) -> None:
    client, form = sit_down(), {"chosen": ids(COURSE, STALE, DRAFT), "what": "ask"}
    client.send("/admin/bulk/do", form)
    client.send("/admin/bulk/do", form)
    with database.reading() as session:
        asked = session.scalars(select(CheckRequest.offer_id).order_by(CheckRequest.offer_id)).all()
        written = session.scalars(select(Mail.to)).all()
    assert asked == [COURSE, STALE]
    assert written == ["kurse@example.org"]


def test_the_last_topic_stays(sit_down: SitDown, database: Database) -> None:
    form = {"chosen": ids(COURSE), "what": "remove-topic", "value-remove-topic": "german-course"}
    sit_down().send("/admin/bulk/do", form)
    assert the_offer(database, COURSE).topics == ("german-course",)


def test_drafts_are_published(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    client.send("/admin/bulk/do", {"chosen": ids(DRAFT), "what": "publish"})
    assert the_offer(database, DRAFT).state == State.PUBLISHED
    assert "Deutschkurs im Entwurf" in client.get("/de/search?q=Entwurf").text


def test_four_eyes_leave_published_words_alone(sit_down: SitDown, database: Database) -> None:
    with database.transaction() as session:
        session.add(GroupRule(group="education", four_eyes=True))
    form = {"chosen": ids(COURSE), "what": "add-topic", "value-add-topic": "women"}
    sit_down().send("/admin/bulk/do", form)
    assert the_offer(database, COURSE).topics == ("german-course",)


def test_each_change_is_logged_and_kept(sit_down: SitDown, database: Database) -> None:
    sit_down().send("/admin/bulk/do", {"chosen": ids(COURSE), "what": "add-topic", "value-add-topic": "women"})
    with database.reading() as session:
        numbers = session.scalars(select(OfferVersion.number).where(OfferVersion.offer_id == COURSE)).all()
        logged = session.scalars(select(LogEntry.action).where(LogEntry.subject == "offer")).all()
    assert len(numbers) == 2
    assert "written" in logged


def test_exactly_these_are_exported(sit_down: SitDown) -> None:
    client = sit_down()
    answer = client.raw.post(
        "/admin/bulk/export",
        data={"chosen": ids(STALE, COURSE), "format": "xlsx"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert [row[1] for row in rows[1:]] == ["Deutschkurs lange nicht geprüft", "Deutschkurs am Abend"]


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"what": "explode"},
        {"what": "assign", "value-assign": "nobody"},
        {"what": "check", "value-check": "x" * 9_000},
        {"what": "withdraw", "value-withdraw": "over", "words": "ü" * 2_000},
        {"what": ["check", "publish"], "value-check": "\x00\u202e"},
        {"what": "add-topic", "value-add-topic": "<script>"},
    ],
)
def test_a_strange_form_gets_a_sentence(sit_down: SitDown, form: dict[str, object]) -> None:
    sit_down().send("/admin/bulk/look", {"chosen": ids(COURSE)} | form, 422)


@pytest.mark.parametrize("chosen", ["", "x", "-1", "0", "999999999", "1;2", "１", "9" * 30, "\x00", ",,,", "1," * 99])
def test_strange_numbers_harm_nobody(sit_down: SitDown, chosen: str) -> None:
    sit_down().send("/admin/bulk/look", {"chosen": chosen, "what": "publish"})


def test_whoever_only_looks_changes_nothing(sit_down: SitDown, database: Database) -> None:
    for role in (Role.STEERING, Role.TRANSLATOR):
        client = sit_down(role)
        for address in ("", "look", "do", "export"):
            assert client.sends(f"/admin/bulk/{address}", {"chosen": ids(COURSE), "what": "publish"}) == 403


def test_tagging_many_takes_few_statements(sit_down: SitDown, desk_site: Flask, database: Database) -> None:
    """What is written is written offer by offer, what is read is not."""
    client, statements = sit_down(), []

    def note(*given: object) -> None:
        statements.append(str(given[2]))

    everything = ids(*range(1, LAST + 1))
    writer = desk_site.extensions["infopool"].database.writer
    event.listen(writer, "before_cursor_execute", note)
    client.sends("/admin/bulk/do", {"chosen": everything, "what": "add-audience", "value-add-audience": "women"})
    event.remove(writer, "before_cursor_execute", note)
    reading = [one for one in statements if one.lstrip().upper().startswith("SELECT")]
    assert 0 < len(reading) <= 15
    assert len(statements) <= 3 * LAST + 25
