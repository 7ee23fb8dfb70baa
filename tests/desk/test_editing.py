"""Writing offers at the desk."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from infopool.curation import forms
from infopool.curation.models import Edit, EditState, GroupRule, LogEntry, OfferVersion, Role
from infopool.db import Database
from infopool.directory import offers
from infopool.directory.facts import State
from infopool.directory.models import Offer
from tests.desk.conftest import SitDown
from tests.desk.people import OWN, DeskClient
from tests.web.pages import Page
from tests.web.world import COURSE, DRAFT, FLAT

NEW = {"title": "Nähtreff am Freitag", "times": "Fr 15-17 Uhr", "topics": ["meeting"], "working_group": "education"}


def form_of(page: Page) -> dict[str, object]:
    """What a browser would send with the offer form as it stands on a page."""
    form = next(one for one in page.root.find("form") if one["action"].endswith("/save"))
    values: dict[str, list[str]] = {}
    for one in form.find("input", "textarea", "select"):
        if one["type"] in ("checkbox", "radio") and "checked" not in one.attributes:
            continue
        if one.tag == "select":
            value = next((choice["value"] for choice in one.find("option") if "selected" in choice.attributes), "")
        elif one.tag == "textarea":
            value = "".join(str(part) for part in one.children).removeprefix("\n")
        else:
            value = one["value"]
        values.setdefault(one["name"], []).append(value)
    return dict(values)


def fill(client: DeskClient, path: str, **fields: object) -> dict[str, object]:
    """The form at an address, with some fields filled differently."""
    return form_of(client.get(path)) | fields


def edit_in(database: Database, edit_id: int = 1) -> Edit:
    with database.reading() as session:
        return session.get_one(Edit, edit_id)


def offer_in(database: Database, offer_id: int) -> Offer:
    with database.reading() as session:
        found = offers.get(session, offer_id)
        assert found
        return found


def test_the_form_shows_an_offer_and_leaves_it_as_it_is(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    form = fill(client, f"/admin/editing/offers/{COURSE}")
    assert form["title"] == ["Deutschkurs am Abend"]
    before = offers.draft_of(offer_in(database, COURSE))
    client.send("/admin/editing/save", form | {"action": "publish"})
    assert offers.draft_of(offer_in(database, COURSE)) == before


def test_a_new_offer_is_published_and_found(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    page = client.send("/admin/editing/save", fill(client, "/admin/editing/new", **NEW, action="publish"))
    assert "Nähtreff am Freitag" in page.text
    assert "Nähtreff am Freitag" in client.get("/de/search?q=nähtreff").text


def test_own_working_group_and_the_whole_county_are_filled_in(sit_down: SitDown) -> None:
    form = fill(sit_down(groups=("work",)), "/admin/editing/new")
    assert form["working_group"] == ["work"]
    assert form["places"] == ["ganzer Landkreis"]


def test_the_provider_of_the_last_offer_is_filled_in(sit_down: SitDown) -> None:
    client = sit_down()
    client.send("/admin/editing/save", fill(client, "/admin/editing/new", **NEW, provider="Nähstube", action="publish"))
    assert fill(client, "/admin/editing/new")["provider"] == ["Nähstube"]


def test_without_a_title_a_sentence_stands_at_the_field_and_nothing_is_lost(sit_down: SitDown) -> None:
    client = sit_down()
    sent = fill(client, "/admin/editing/new", description="Alles da", action="publish")
    page = client.send("/admin/editing/save", sent, 400)
    assert [one.text for one in page.root.find("span", css="wrong")]
    assert form_of(page)["description"] == ["Alles da"]
    assert page.links("Titel")


def test_faults_do_not_hinder_a_draft_and_come_back_as_typed(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    client.send("/admin/editing/save", fill(client, "/admin/editing/new", title="X", starts_on="bald", action="keep"))
    page = client.get("/admin/editing/1")
    assert form_of(page)["starts_on"] == ["bald"]
    assert edit_in(database).state == EditState.OPEN
    assert edit_in(database).offer_id is None


def test_a_draft_without_faults_becomes_an_offer_at_once(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    client.send("/admin/editing/save", fill(client, "/admin/editing/new", **NEW, action="keep"))
    made = edit_in(database).offer_id
    assert made
    assert offer_in(database, made).state == State.DRAFT


def test_an_offer_nobody_sees_is_written_on_saving(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    client.send("/admin/editing/save", fill(client, f"/admin/editing/offers/{DRAFT}", title="Neu", action="keep"))
    assert offers.source_text(offer_in(database, DRAFT)).title == "Neu"


def test_what_visitors_see_stays_until_the_edit_is_published(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    client.send("/admin/editing/save", fill(client, f"/admin/editing/offers/{COURSE}", title="Anders", action="review"))
    assert offers.source_text(offer_in(database, COURSE)).title == "Deutschkurs am Abend"
    assert "Anders" not in client.get(f"/de/offers/{COURSE}").text
    assert edit_in(database).state == EditState.IN_REVIEW


def test_every_change_keeps_a_version_and_a_line_in_the_log(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    client.send(
        "/admin/editing/save", fill(client, f"/admin/editing/offers/{COURSE}", title="Anders", action="publish")
    )
    with database.reading() as session:
        titles = [
            version.content["texts"][0]["title"]
            for version in session.scalars(select(OfferVersion).order_by(OfferVersion.number))
        ]
        actions = session.scalars(select(LogEntry.action).where(LogEntry.subject == "offer")).all()
    assert titles == ["Deutschkurs am Abend", "Anders"]
    assert actions == ["changed"]


def test_only_a_small_correction_leaves_the_translations_up_to_date(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    path = f"/admin/editing/offers/{COURSE}"
    client.send("/admin/editing/save", fill(client, path, summary="Anders.", small="yes", action="publish"))
    offer = offer_in(database, COURSE)
    assert not any(offers.is_outdated(offer, text) for text in offer.texts)
    client.send("/admin/editing/save", fill(client, path, summary="Noch anders.", action="publish"))
    offer = offer_in(database, COURSE)
    assert [text.language for text in offer.texts if offers.is_outdated(offer, text)] == ["en", "ar"]


def test_opening_a_form_again_leads_to_what_one_has_begun(sit_down: SitDown) -> None:
    client = sit_down()
    sent = fill(client, f"/admin/editing/offers/{COURSE}", title="Halb fertig", action="keep")
    client.send("/admin/editing/save", sent)
    answer = client.raw.get(f"/admin/editing/offers/{COURSE}")
    assert answer.headers["Location"] == "/admin/editing/1"


def test_somebody_else_begins_her_own_and_is_told(sit_down: SitDown) -> None:
    first, second = sit_down(), sit_down(name="Herr Beispiel")
    first.send("/admin/editing/save", fill(first, f"/admin/editing/offers/{COURSE}", title="Eins", action="keep"))
    page = second.get(f"/admin/editing/offers/{COURSE}")
    assert "Frau Muster" in page.text
    assert form_of(page)["title"] == ["Deutschkurs am Abend"]


def test_two_windows_of_one_person_lose_nothing(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    client.send("/admin/editing/save", fill(client, "/admin/editing/new", title="Anfang", action="keep"))
    one, other = fill(client, "/admin/editing/1"), fill(client, "/admin/editing/1")
    client.send("/admin/editing/save", one | {"summary": "Aus dem ersten Fenster", "action": "keep"})
    page = client.send("/admin/editing/save", other | {"summary": "Aus dem zweiten", "action": "keep"}, 409)
    assert "Aus dem ersten Fenster" in page.text
    assert "Aus dem zweiten" in page.text
    assert edit_in(database).fields["summary"] == "Aus dem ersten Fenster"
    chosen = form_of(page) | {"choose-summary": "mine"}
    client.send("/admin/editing/save", chosen)
    assert edit_in(database).fields["summary"] == "Aus dem zweiten"


def test_a_choice_left_open_is_asked_for_again(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    client.send("/admin/editing/save", fill(client, "/admin/editing/new", title="Anfang", action="keep"))
    one, other = fill(client, "/admin/editing/1"), fill(client, "/admin/editing/1")
    client.send("/admin/editing/save", one | {"title": "Eins", "action": "keep"})
    page = client.send("/admin/editing/save", other | {"title": "Zwei", "action": "keep"}, 409)
    client.send("/admin/editing/save", form_of(page), 409)
    assert edit_in(database).fields["title"] == "Eins"


def test_changes_of_two_people_in_different_fields_go_together(sit_down: SitDown, database: Database) -> None:
    first, second = sit_down(), sit_down(name="Herr Beispiel")
    one = fill(first, f"/admin/editing/offers/{COURSE}", title="Neuer Titel")
    other = fill(second, f"/admin/editing/offers/{COURSE}", waiting="drei Wochen")
    first.send("/admin/editing/save", one | {"action": "publish"})
    second.send("/admin/editing/save", other | {"action": "publish"})
    offer = offer_in(database, COURSE)
    assert (offers.source_text(offer).title, offer.waiting) == ("Neuer Titel", "drei Wochen")


def test_changes_of_two_people_in_the_same_field_are_compared(sit_down: SitDown, database: Database) -> None:
    first, second = sit_down(), sit_down(name="Herr Beispiel")
    one = fill(first, f"/admin/editing/offers/{COURSE}", title="Eins", waiting="vier Wochen")
    other = fill(second, f"/admin/editing/offers/{COURSE}", title="Zwei")
    first.send("/admin/editing/save", one | {"action": "publish"})
    page = second.send("/admin/editing/save", other | {"action": "publish"}, 409)
    assert offers.source_text(offer_in(database, COURSE)).title == "Eins"
    page = second.send("/admin/editing/save", form_of(page) | {"choose-title": "mine"})
    second.send("/admin/editing/save", form_of(page) | {"action": "publish"})
    offer = offer_in(database, COURSE)
    assert (offers.source_text(offer).title, offer.waiting) == ("Zwei", "vier Wochen")


def test_the_form_keeps_itself_and_says_what_it_understood(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    sent = fill(client, "/admin/editing/new", title="Sprachcafé", times="Mo, Mi 18–20 Uhr", starts_on="bald")
    answer = client.raw.post("/admin/editing/autosave", data=sent, headers=OWN)
    told = json.loads(answer.data)
    assert told["understood"]["times"] == ["Montag und Mittwoch, 18–20 Uhr"]
    assert "starts_on" in told["problems"]
    again = client.raw.post(
        "/admin/editing/autosave",
        data=sent | {"edit": told["edit"], "version": told["version"], "title": "Sprachcafé Wehr"},
        headers=OWN,
    )
    assert json.loads(again.data)["edit"] == told["edit"]
    assert edit_in(database, told["edit"]).title == "Sprachcafé Wehr"


def test_an_overtaken_form_is_told_and_not_kept(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    sent = fill(client, "/admin/editing/new", title="Eins")
    told = json.loads(client.raw.post("/admin/editing/autosave", data=sent, headers=OWN).data)
    later = sent | {"edit": told["edit"], "version": told["version"]}
    client.raw.post("/admin/editing/autosave", data=later | {"title": "Zwei"}, headers=OWN)
    answer = client.raw.post("/admin/editing/autosave", data=later | {"title": "Drei"}, headers=OWN)
    assert answer.status_code == 409
    assert json.loads(answer.data)["sentence"]
    assert edit_in(database, told["edit"]).title == "Zwei"


def test_a_form_finished_meanwhile_goes_on_as_one_of_its_own(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    client.send("/admin/editing/save", fill(client, f"/admin/editing/offers/{COURSE}", title="Eins", action="keep"))
    late = fill(client, "/admin/editing/1", title="Zu spät")
    client.send("/admin/editing/save", fill(client, "/admin/editing/1", action="publish"))
    client.send("/admin/editing/save", late | {"action": "keep"})
    assert edit_in(database, 2).fields["title"] == "Zu spät"


def test_a_name_is_warned_of_while_typing(sit_down: SitDown) -> None:
    client = sit_down()
    sent = fill(client, "/admin/editing/new", title="Am Abend: Deutschkurs")
    told = json.loads(client.raw.post("/admin/editing/autosave", data=sent, headers=OWN).data)
    assert "Deutschkurs am Abend" in [one["title"] for one in told["alike"]]


def test_the_authors_approval_is_not_enough_where_four_eyes_are_wished(sit_down: SitDown, database: Database) -> None:
    with database.transaction() as session:
        session.add(GroupRule(group="education", four_eyes=True))
    client = sit_down()
    sent = fill(client, f"/admin/editing/offers/{COURSE}", title="Anders")
    client.send("/admin/editing/save", sent | {"action": "publish"}, 400)
    assert offers.source_text(offer_in(database, COURSE)).title == "Deutschkurs am Abend"
    assert edit_in(database).fields["title"] == "Anders"


def test_another_groups_offer_is_not_theirs_to_change(sit_down: SitDown, database: Database) -> None:
    education, housing = sit_down(), sit_down(groups=("housing",), name="Herr Beispiel")
    sent = fill(education, f"/admin/editing/offers/{COURSE}", title="Fremd")
    housing.get(f"/admin/editing/offers/{COURSE}", 403)
    assert housing.sends("/admin/editing/save", sent | {"action": "publish"}) == 403
    assert housing.sends("/admin/editing/autosave", sent) == 403
    education.send("/admin/editing/save", sent | {"action": "keep"})
    housing.get("/admin/editing/1", 403)
    housing.get("/admin/preview/1/de", 403)
    assert housing.sends("/admin/editing/1/drop") == 403
    own = fill(housing, "/admin/editing/new", title="Meins", edit="1", version="1")
    assert housing.sends("/admin/editing/save", own) == 403


def test_publishing_for_another_group_is_left_to_it(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    sent = fill(client, "/admin/editing/new", **NEW) | {"working_group": "housing", "action": "publish"}
    page = client.send("/admin/editing/save", sent, 400)
    assert form_of(page)["title"] == ["Nähtreff am Freitag"]
    assert edit_in(database).offer_id is None


def test_those_who_only_look_or_translate_do_not_write(sit_down: SitDown) -> None:
    for role in (Role.TRANSLATOR, Role.STEERING):
        client = sit_down(role)
        client.get("/admin/editing/new", 403)
        assert client.sends("/admin/editing/save", NEW) == 403


def test_a_draft_put_aside_is_not_deleted(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    client.send("/admin/editing/save", fill(client, f"/admin/editing/offers/{COURSE}", title="Weg", action="keep"))
    client.send("/admin/editing/1/drop")
    assert (edit_in(database).state, edit_in(database).fields["title"]) == (EditState.DROPPED, "Weg")


@pytest.mark.parametrize("tag", ["de", "ar", "en"])
def test_the_preview_is_the_visitors_page_with_the_edit(sit_down: SitDown, tag: str) -> None:
    client = sit_down()
    client.send(
        "/admin/editing/save", fill(client, f"/admin/editing/offers/{COURSE}", title="Vorschau!", action="keep")
    )
    answer = client.raw.get(f"/admin/preview/1/{tag}")
    page = Page(answer)
    assert answer.status_code == 200
    assert page.root.find("html")[0]["lang"] == tag
    assert "no-store" in answer.headers["Cache-Control"]
    assert 'name="robots" content="noindex"' in page.html
    assert ("Vorschau!" in page.heading) == (tag == "de")


def test_the_preview_of_a_new_offer_changes_nothing(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    client.send(
        "/admin/editing/save",
        fill(client, "/admin/editing/new", title="Neu", starts_on="bald", provider="Ganz neu", action="keep"),
    )
    client.get("/admin/preview/1/de")
    assert edit_in(database).offer_id is None


def test_the_pages_stay_small(sit_down: SitDown) -> None:
    client = sit_down()
    for path in ("/admin/editing/new", f"/admin/editing/offers/{FLAT}"):
        assert len(client.get(path).html.encode()) <= 30_000


NASTY = [
    "<script>alert(1)</script>",
    "\x00\x01\x1b[31m",
    "\u202eturn",
    "دورة ألمانية " * 40,
    "a" * 25_000,
    "'; DROP TABLE offers; --",
    "{{ 7*7 }} %s %d",
]


@pytest.mark.parametrize("nasty", NASTY)
def test_whatever_is_sent_gets_a_page(sit_down: SitDown, nasty: str) -> None:
    client = sit_down()
    form = fill(client, "/admin/editing/new")
    nastily = {name: [nasty] for name in form if name not in ("edit", "version", "offer", "base")}
    for action in ("keep", "review", "publish", "", "unknown"):
        assert client.sends("/admin/editing/save", nastily | {"action": action}) in (303, 400)
    client.get("/admin/editing/1")
    wild = {"edit": nasty, "version": nasty, "offer": nasty, "base": "99999999999999999999", "title": [nasty, nasty]}
    assert client.sends("/admin/editing/save", wild) in (303, 400)
    assert client.sends("/admin/editing/autosave", wild) == 200


def test_an_edit_or_offer_that_is_not_there_is_not_found(sit_down: SitDown) -> None:
    client = sit_down()
    for path in ("/admin/editing/77", "/admin/editing/offers/77", "/admin/preview/77/de", "/admin/preview/77/xx"):
        client.get(path, 404)
    assert client.sends("/admin/editing/save", {"edit": "77", "title": "x"}) == 404
    assert client.sends("/admin/editing/save", {"offer": "77", "title": "x"}) == 404
    assert client.sends("/admin/editing/77/drop") == 404


ANYTHING = st.text(max_size=40)
FORMS = st.dictionaries(st.sampled_from([*forms.ALL, *forms.ACTS, "note", "junk"]), ANYTHING, max_size=6)


def test_any_form_is_kept_or_answered_with_a_sentence(sit_down: SitDown) -> None:
    client = sit_down()
    form = fill(client, "/admin/editing/new", title="Immer da")

    @settings(max_examples=60, deadline=None, database=None)
    @given(FORMS, st.sampled_from(["keep", "review", "publish"]))
    def try_it(fields: dict[str, str], action: str) -> None:
        assert client.raw.post("/admin/editing/autosave", data=form | fields, headers=OWN).status_code == 200
        assert client.sends("/admin/editing/save", form | fields | {"action": action}) in (303, 400)

    try_it()


@pytest.mark.parametrize("action", ["publish", "review", "keep"])
def test_a_second_click_makes_no_second_offer(sit_down: SitDown, database: Database, action: str) -> None:
    client = sit_down()
    with database.reading() as session:
        before = session.query(Offer).count()
    for _ in range(2):
        client.send("/admin/editing/save", NEW | {"checked": "phone", "action": action})
    with database.reading() as session:
        assert session.query(Offer).count() == before + 1
        assert session.query(Edit).count() == 1
