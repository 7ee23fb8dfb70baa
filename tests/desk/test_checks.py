"""The lists of checks at the desk, and one click for what came out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from infopool.curation.models import CheckRequest, LogEntry, Role
from infopool.db import Database
from infopool.directory import offers
from infopool.directory.drafts import Check
from infopool.directory.facts import CheckMethod, State
from infopool.directory.models import Offer
from tests.conftest import NOW, TODAY
from tests.desk.conftest import SitDown
from tests.making import an_offer
from tests.web.world import COURSE, DRAFT, FLAT, STALE, UNCHECKED

LISTS = ("due", "call", "asked", "hidden")


def ask(database: Database, offer_id: int, **more: object) -> None:
    facts = {"address": "kurse@example.org", "asked_at": NOW - timedelta(days=60), **more}
    with database.transaction() as session:
        session.add(CheckRequest(offer_id=offer_id, **facts))


def stored(database: Database, offer_id: int) -> Offer:
    with database.reading() as session:
        found = offers.get(session, offer_id)
        assert found
        return found


def hide(database: Database, offer_id: int) -> None:
    with database.transaction() as session:
        found = session.get_one(Offer, offer_id)
        found.state, found.withdrawn_why = State.WITHDRAWN, "unchecked"


def test_what_is_due_stands_there_the_oldest_first(sit_down: SitDown) -> None:
    page = sit_down().get("/admin/checks/")
    rows = [row.find("a")[0].text for row in page.root.find("tbody")[0].find("tr")]
    assert rows == ["Deutschkurs nie geprüft", "Deutschkurs lange nicht geprüft"]


def test_whom_to_call_stands_there_with_the_number(sit_down: SitDown, database: Database) -> None:
    ask(database, COURSE, to_call_at=NOW - timedelta(days=3), reminded_at=NOW - timedelta(days=20))
    page = sit_down().get("/admin/checks/?show=call")
    assert "Deutschkurs am Abend" in page.text
    assert "tel:+493023125120" in page.links().values()


def test_what_its_provider_says_is_gone_stands_first(sit_down: SitDown, database: Database) -> None:
    ask(database, COURSE, to_call_at=NOW - timedelta(days=30))
    ask(database, STALE, to_call_at=NOW, answer="gone")
    page = sit_down().get("/admin/checks/?show=call")
    rows = [row.find("a")[0].text for row in page.root.find("tbody")[0].find("tr")]
    assert rows[0] == "Deutschkurs lange nicht geprüft"


def test_my_groups_come_first_and_the_others_are_one_choice_away(sit_down: SitDown, database: Database) -> None:
    with database.transaction() as session:
        other = an_offer(session, "Wohnen ungeprüft", topics=("housing",), working_group="housing", check=Check())
    mine = sit_down(groups=("education",))
    assert "Wohnen ungeprüft" not in mine.get("/admin/checks/").text
    for group in ("housing", "all"):
        assert "Wohnen ungeprüft" in mine.get(f"/admin/checks/?group={group}").text
    assert mine.sends(f"/admin/checks/{other.id}/", {"result": "right", "method": "phone"}) == 403


@pytest.mark.parametrize("address", ["?show=nonsense", "?show=due&page=99", "?page=x&group=y", "?show=call&show=due"])
def test_an_odd_address_shows_a_list(sit_down: SitDown, address: str) -> None:
    sit_down().get(f"/admin/checks/{address}")


@pytest.mark.parametrize("method", ["phone", "web", "email", "visit"])
def test_one_click_says_that_all_is_right(sit_down: SitDown, database: Database, method: str) -> None:
    ask(database, STALE, to_call_at=NOW)
    page = sit_down().send(f"/admin/checks/{STALE}/", {"result": "right", "method": method, "show": "call"})
    found = stored(database, STALE)
    assert (found.checked_on, found.checked_how, found.checked_by) == (TODAY, CheckMethod(method), "Frau Muster")
    assert page.root.find("p", css="done")
    with database.reading() as session:
        assert session.scalars(select(CheckRequest)).one().answered_at == NOW


def test_a_check_is_seen_by_visitors_at_once(sit_down: SitDown) -> None:
    desk = sit_down()
    desk.send(f"/admin/checks/{STALE}/", {"result": "right", "method": "phone"})
    card = next(card for card in desk.get("/de/search?q=lange").cards if "lange nicht" in card.text)
    assert "22. November" in card.text


def test_nobody_there_keeps_it_on_the_list_with_a_note(sit_down: SitDown, database: Database) -> None:
    ask(database, COURSE, to_call_at=NOW)
    desk = sit_down()
    desk.send(f"/admin/checks/{COURSE}/", {"result": "nobody", "method": "phone"})
    desk.send(f"/admin/checks/{COURSE}/", {"result": "nobody", "method": "phone"})
    page = desk.get("/admin/checks/?show=call")
    assert "2" in page.root.find("tbody")[0].text
    with database.reading() as session:
        assert len(session.scalars(select(LogEntry).where(LogEntry.action == "called-in-vain")).all()) == 2


def test_gone_takes_it_off_the_pages(sit_down: SitDown, database: Database) -> None:
    desk = sit_down()
    desk.send(f"/admin/checks/{COURSE}/", {"result": "gone", "method": "phone"})
    assert (stored(database, COURSE).state, stored(database, COURSE).withdrawn_why) == (State.WITHDRAWN, "gone")
    desk.get(f"/de/offers/{COURSE}", 410)


def test_changed_leads_to_the_form(sit_down: SitDown) -> None:
    answer = sit_down().raw.post(
        f"/admin/checks/{COURSE}/", data={"result": "changed"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (303, f"/admin/editing/offers/{COURSE}")


def test_a_hidden_offer_comes_back_with_one_click(sit_down: SitDown, database: Database) -> None:
    hide(database, STALE)
    desk = sit_down()
    page = desk.get("/admin/checks/?show=hidden")
    form = page.root.find("tbody")[0].find("form")[0]
    desk.send(form["action"], {"result": "right"})
    assert stored(database, STALE).state == State.PUBLISHED
    desk.get(f"/de/offers/{STALE}")


def test_the_page_for_a_call_says_whom_and_what_to_ask(sit_down: SitDown) -> None:
    page = sit_down().get(f"/admin/checks/{COURSE}/")
    assert "030 23125120" in page.text
    assert "Frau Muster" in page.text
    asked = next(
        marks for marks in page.root.find("ul", css="marks") if "Gibt es" in marks.text or "exist" in marks.text
    )
    assert len(asked.find("li")) == 5


@pytest.mark.parametrize("offer_id", [DRAFT, 999, 2**31 - 1])
def test_what_visitors_do_not_see_is_not_checked(sit_down: SitDown, offer_id: int) -> None:
    desk = sit_down()
    desk.get(f"/admin/checks/{offer_id}/", 404)
    assert desk.sends(f"/admin/checks/{offer_id}/", {"result": "right"}) == 404


@pytest.mark.parametrize("form", [{}, {"result": "\x00"}, {"result": "x" * 9000}, {"result": ["right2", "gone"]}])
def test_an_odd_result_is_refused_and_nothing_is_changed(
    sit_down: SitDown, database: Database, form: dict[str, object]
) -> None:
    assert sit_down().sends(f"/admin/checks/{STALE}/", form) == 400
    assert stored(database, STALE).checked_on != TODAY


def test_an_odd_method_counts_as_a_call(sit_down: SitDown, database: Database) -> None:
    sit_down().send(f"/admin/checks/{STALE}/", {"result": "right", "method": "provider", "checked_by": "Fremde"})
    assert (stored(database, STALE).checked_how, stored(database, STALE).checked_by) == ("phone", "Frau Muster")


@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.STEERING])
def test_who_may_only_look_finds_no_buttons(sit_down: SitDown, role: Role) -> None:
    desk = sit_down(role)
    assert desk.get("/admin/checks/?group=all").root.find("tbody")[0].find("button") == []
    assert desk.sends(f"/admin/checks/{STALE}/", {"result": "right"}) == 403


@pytest.fixture
def many(database: Database) -> Iterator[None]:
    with database.transaction() as session:
        for number in range(60):
            made = an_offer(session, f"Kurs {number}", check=Check())
            if number % 2:
                session.add(CheckRequest(offer_id=made.id, address="", asked_at=NOW, to_call_at=NOW))
    return


def test_long_lists_have_pages_and_the_same_few_statements(sit_down: SitDown, database: Database, many: None) -> None:
    desk = sit_down()
    counted: list[str] = []
    event.listen(
        desk.app.extensions["infopool"].database.reader,
        "before_cursor_execute",
        lambda *args: counted.append(str(args[2])),
    )
    for show, pages in (("due", 2), ("call", 2)):
        counted.clear()
        page = desk.get(f"/admin/checks/?show={show}&page={pages}")
        assert page.root.find("nav", css="pages")
        assert len([one for one in counted if one.startswith("SELECT")]) <= 14
        assert len(page.html) < 30_000


@pytest.mark.parametrize("show", LISTS)
def test_a_list_is_light_and_whole(sit_down: SitDown, database: Database, show: str, many: None) -> None:
    ask(database, FLAT, reason="next-date")
    hide(database, UNCHECKED)
    page = sit_down(Role.OFFICER).get(f"/admin/checks/?show={show}&group=all")
    assert len(page.html) < 30_000
    assert page.root.find("tbody")
