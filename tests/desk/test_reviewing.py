"""Looking at changes, approving them, taking offers off; and their history."""

from __future__ import annotations

from infopool.curation.models import Edit, EditState, GroupRule, Role
from infopool.db import Database
from infopool.directory.facts import State
from tests.desk.conftest import SitDown
from tests.desk.people import DeskClient
from tests.desk.test_editing import NEW, edit_in, fill, offer_in
from tests.web.pages import Element, Page
from tests.web.world import COURSE, DRAFT, WITHDRAWN


def form_to(page: Page, action: str) -> dict[str, str]:
    """The hidden fields of the form that leads somewhere."""
    form: Element = next(one for one in page.root.find("form") if one["action"].endswith(action))
    return {one["name"]: one["value"] for one in form.find("input")}


def sent_to_review(client: DeskClient, **fields: object) -> None:
    client.send("/admin/editing/save", fill(client, f"/admin/editing/offers/{COURSE}", **fields, action="review"))


def test_a_second_person_sees_what_changes_and_approves(sit_down: SitDown, database: Database) -> None:
    with database.transaction() as session:
        session.add(GroupRule(group="education", four_eyes=True))
    first, second = sit_down(), sit_down(name="Herr Beispiel")
    sent_to_review(first, title="Deutschkurs am Morgen")
    assert "Deutschkurs am Morgen" in first.get("/admin/review/").text
    own = first.get("/admin/review/1")
    assert not [one for one in own.root.find("form") if one["action"].endswith("/approve")]
    page = second.get("/admin/review/1")
    assert [one.text for one in page.root.find("del")] == ["Abend"]
    assert [one.text for one in page.root.find("ins")] == ["Morgen"]
    second.send("/admin/review/1/approve", form_to(page, "/approve"))
    assert offer_in(database, COURSE).texts[0].title == "Deutschkurs am Morgen"
    assert edit_in(database).reviewed_by == "Herr Beispiel"


def test_what_was_changed_since_one_looked_is_shown_again(sit_down: SitDown, database: Database) -> None:
    first, second = sit_down(), sit_down(name="Herr Beispiel")
    sent_to_review(first, title="Eins")
    page = second.get("/admin/review/1")
    first.send("/admin/editing/save", fill(first, "/admin/editing/1", title="Zwei", action="review"))
    second.send("/admin/review/1/approve", form_to(page, "/approve"), 409)
    assert offer_in(database, COURSE).texts[0].title == "Deutschkurs am Abend"


def test_sending_back_returns_it_with_a_note(sit_down: SitDown, database: Database) -> None:
    first, second = sit_down(), sit_down(name="Herr Beispiel")
    sent_to_review(first, title="Eins")
    second.send("/admin/review/1/send-back", {"words": "Bitte mit Ort"})
    assert edit_in(database).state == EditState.OPEN
    assert "Bitte mit Ort" in first.get("/admin/editing/1").text


def test_a_day_to_come_is_shown_and_can_be_taken_back(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    sent = fill(client, f"/admin/editing/offers/{COURSE}", title="Später", publish_on="24.12.2026")
    client.send("/admin/editing/save", sent | {"action": "publish"})
    assert edit_in(database).publish_at
    assert "Später" in client.get("/admin/review/").text
    client.get("/admin/review/1")
    client.send("/admin/editing/save", fill(client, "/admin/editing/1", action="take-back"))
    assert edit_in(database).publish_at is None


def test_a_new_offer_is_shown_whole(sit_down: SitDown) -> None:
    client = sit_down()
    client.send("/admin/editing/save", fill(client, "/admin/editing/new", **NEW, action="review"))
    page = client.get("/admin/review/1")
    assert "Nähtreff am Freitag" in page.text
    assert page.root.find("del") == []
    assert client.raw.get("/admin/review/offers/41").headers["Location"] == "/admin/review/1"


def test_who_reviews_is_told_of_offers_that_look_alike(sit_down: SitDown) -> None:
    client = sit_down()
    sent = fill(client, "/admin/editing/new", title="Deutsch-Kurs am Abend")
    client.send("/admin/editing/save", sent | {"action": "review"})
    assert client.get("/admin/review/1").links("Deutschkurs am Abend")


def test_a_conflict_found_on_approval_is_compared(sit_down: SitDown, database: Database) -> None:
    first, second = sit_down(), sit_down(name="Herr Beispiel")
    sent_to_review(first, title="Eins")
    second.send("/admin/editing/save", fill(second, f"/admin/editing/offers/{COURSE}", title="Zwei", action="publish"))
    page = second.get("/admin/review/1")
    answer = second.send("/admin/review/1/approve", form_to(page, "/approve"), 409)
    assert "Eins" in answer.text
    assert "Zwei" in answer.text
    assert offer_in(database, COURSE).texts[0].title == "Zwei"


def test_taking_off_and_publishing_again(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    client.send(f"/admin/review/offers/{COURSE}/withdraw", {"words": "x"}, 400)
    client.send(f"/admin/review/offers/{COURSE}/withdraw", {"why": "gone", "words": "Angerufen"})
    assert offer_in(database, COURSE).state == State.WITHDRAWN
    client.get(f"/de/offers/{COURSE}", 410)
    assert "Deutschkurs am Abend" not in [card.find("h2", "h3")[0].text for card in client.get("/de/search").cards]
    client.send(f"/admin/review/offers/{COURSE}/publish")
    client.get(f"/de/offers/{COURSE}")


def test_drafts_and_withdrawn_ones_are_published_from_their_page(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    for number in (DRAFT, WITHDRAWN):
        client.get(f"/admin/review/offers/{number}")
        client.send(f"/admin/review/offers/{number}/publish")
        assert offer_in(database, number).state == State.PUBLISHED


def test_the_review_of_another_group_is_not_theirs(sit_down: SitDown, database: Database) -> None:
    first, other = sit_down(), sit_down(groups=("housing",), name="Herr Fremd")
    sent_to_review(first, title="Eins")
    assert "Eins" not in other.get("/admin/review/").text
    other.get("/admin/review/1", 403)
    for path in ("1/approve", "1/send-back", f"offers/{COURSE}/publish", f"offers/{COURSE}/withdraw"):
        assert other.sends(f"/admin/review/{path}", {"why": "gone", "version": "1"}) == 403
    assert other.sends(f"/admin/offers/{COURSE}/history/restore", {"number": "1"}) == 403
    assert offer_in(database, COURSE).state == State.PUBLISHED


def test_what_is_not_there_is_not_found(sit_down: SitDown) -> None:
    client = sit_down()
    client.get("/admin/review/99", 404)
    client.get("/admin/review/offers/99", 404)
    client.get("/admin/offers/99/history", 404)
    assert client.sends(f"/admin/offers/{COURSE}/history/restore", {"number": "99"}) == 404
    assert client.sends(f"/admin/offers/{COURSE}/history/restore", {"number": "\x00"}) == 404
    client.get("/admin/review/?page=zzz")
    client.get("/admin/review/?page=99999")


def test_the_history_shows_word_by_word_and_leads_back(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    path = f"/admin/editing/offers/{COURSE}"
    client.send("/admin/editing/save", fill(client, path, title="Deutschkurs am Morgen", action="publish"))
    client.send("/admin/editing/save", fill(client, path, waiting="lange", action="publish"))
    page = client.get(f"/admin/offers/{COURSE}/history")
    assert [one.text for one in page.root.find("ins")] == ["lange"]
    numbers = [one["value"] for one in page.root.find("input") if one["name"] == "from"]
    page = client.get(f"/admin/offers/{COURSE}/history?from={numbers[-1]}&to={numbers[0]}")
    assert [one.text for one in page.root.find("ins")] == ["Morgen", "lange"]
    restored = client.send(f"/admin/offers/{COURSE}/history/restore", {"number": numbers[-1]})
    assert "Deutschkurs am Abend" in restored.html
    assert offer_in(database, COURSE).texts[0].title == "Deutschkurs am Morgen"


def test_those_who_only_look_see_the_history_and_cannot_go_back(sit_down: SitDown) -> None:
    client = sit_down(Role.STEERING)
    page = client.get(f"/admin/offers/{COURSE}/history")
    assert not [one for one in page.root.find("form") if one["method"] == "post" and "restore" in one["action"]]
    assert client.sends(f"/admin/offers/{COURSE}/history/restore", {"number": "1"}) == 403


NASTY = ("<script>alert(1)</script>", "\x00\x1b", "ا" * 9_000, "%s {{ 7*7 }}", "99999999999999999999", "")


def test_whatever_is_sent_to_a_review_gets_a_page(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    for nasty in NASTY:
        sent_to_review(client, title="Eins")
        number = len(all_edits(database))
        junk = {"version": nasty, "seen": nasty, "words": nasty, "why": nasty, "extra": nasty, "number": nasty}
        assert client.sends(f"/admin/review/{number}/approve", junk) == 409
        assert client.sends(f"/admin/review/{number}/send-back", junk) == 303
        assert client.sends(f"/admin/review/offers/{COURSE}/withdraw", junk) == 400
        client.get(f"/admin/editing/{number}")
        assert client.sends(f"/admin/editing/{number}/drop", junk) == 303
    assert offer_in(database, COURSE).state == State.PUBLISHED


def all_edits(database: Database) -> list[Edit]:
    with database.reading() as session:
        return session.query(Edit).all()


def test_whoever_rewrites_a_colleagues_change_does_not_publish_it_alone(sit_down: SitDown, database: Database) -> None:
    with database.transaction() as session:
        session.add(GroupRule(group="education", four_eyes=True))
    first, second = sit_down(), sit_down(name="Herr Beispiel")
    sent_to_review(first, title="Eins")
    second.send(
        "/admin/editing/save", fill(second, "/admin/editing/1", title="Ganz anders", action="publish"), status=400
    )
    assert offer_in(database, COURSE).texts[0].title == "Deutschkurs am Abend"
    page = first.get("/admin/review/1")
    first.send("/admin/review/1/approve", form_to(page, "/approve"))
    assert offer_in(database, COURSE).texts[0].title == "Ganz anders"


def test_the_author_who_rewrites_it_again_asks_somebody_again(sit_down: SitDown, database: Database) -> None:
    with database.transaction() as session:
        session.add(GroupRule(group="education", four_eyes=True))
    first, second = sit_down(), sit_down(name="Herr Beispiel")
    sent_to_review(first, title="Eins")
    second.send("/admin/editing/save", fill(second, "/admin/editing/1", title="Zwei", action="keep"))
    first.send("/admin/editing/save", fill(first, "/admin/editing/1", title="Drei", action="publish"), status=400)
    assert offer_in(database, COURSE).texts[0].title == "Deutschkurs am Abend"
