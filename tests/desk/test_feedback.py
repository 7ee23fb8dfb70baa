"""What visitors say, from their form to the answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from infopool.curation import feedback
from infopool.curation.models import Edit, Mail, Role
from infopool.db import Database
from infopool.directory.models import Remark
from infopool.web import remarks
from tests.conftest import TODAY
from tests.desk.conftest import SitDown
from tests.desk.people import OWN, DeskClient
from tests.web.world import COURSE, FLAT


@pytest.fixture(autouse=True)
def _fresh_throttle() -> None:
    remarks.throttle.forget()


def left(site: Flask, **form: str) -> int:
    DeskClient(site).raw.post(f"/ar/offers/{COURSE}/remarks", data={"reason": "gone"} | form, headers=OWN)
    with site.extensions["infopool"].database.reading() as session:
        return max(session.scalars(select(Remark.id)))


def mails(database: Database) -> list[Mail]:
    with database.reading() as session:
        return list(session.scalars(select(Mail)))


def test_a_message_waits_on_the_desk_of_its_group(desk_site: Flask, sit_down: SitDown) -> None:
    left(desk_site, words="الباب مغلق")
    assert "الباب مغلق" in sit_down(groups=("education",)).get("/admin/feedback/").text
    assert "الباب مغلق" not in sit_down(groups=("housing",), name="Herr Beispiel").get("/admin/feedback/").text


def test_closing_it_answers_in_the_language_of_the_visitor(
    desk_site: Flask, sit_down: SitDown, database: Database
) -> None:
    number = left(desk_site, contact="leyla@example.org")
    page = sit_down().send(f"/admin/feedback/{number}/", {"outcome": "corrected", "answer": "Danke!"})
    assert page.root.find("p", css="done")
    (mail,) = mails(database)
    assert (mail.to, mail.language) == ("leyla@example.org", "ar")
    assert "Danke!" in mail.words
    assert f"/ar/offers/{COURSE}" in mail.words
    assert "+49" not in mail.words


def test_an_address_is_shown_to_those_who_answer_only(desk_site: Flask, sit_down: SitDown) -> None:
    number = left(desk_site, contact="leyla@example.org")
    shown = {"education": "leyla@" in sit_down().get(f"/admin/feedback/{number}/").text}
    shown["housing"] = "leyla@" in sit_down(groups=("housing",), name="A B").get(f"/admin/feedback/{number}/").text
    for role in (Role.TRANSLATOR, Role.STEERING):
        shown[role] = "leyla@" in sit_down(role).get(f"/admin/feedback/{number}/").text
    assert [who for who, seen in shown.items() if seen] == ["education"]


@pytest.mark.parametrize("contact", ["", "0170 1234", "not an address@"])
def test_without_an_address_nothing_is_mailed(
    desk_site: Flask, sit_down: SitDown, database: Database, contact: str
) -> None:
    number = left(desk_site, contact=contact)
    sit_down().send(f"/admin/feedback/{number}/", {"outcome": "corrected"})
    assert mails(database) == []
    with database.reading() as session:
        assert session.get_one(Remark, number).closed_on == TODAY


def test_advertising_is_not_answered(desk_site: Flask, sit_down: SitDown, database: Database) -> None:
    number = left(desk_site, contact="spam@example.org")
    sit_down().send(f"/admin/feedback/{number}/", {"outcome": "spam"})
    assert mails(database) == []


def test_one_must_say_what_was_done_and_the_words_stay(desk_site: Flask, sit_down: SitDown) -> None:
    number = left(desk_site)
    page = sit_down().send(f"/admin/feedback/{number}/", {"answer": "Meine Worte"})
    assert page.root.find("fieldset")[0]["aria-describedby"] == "p-outcome"
    assert "Meine Worte" in page.html


def test_closing_twice_answers_once(desk_site: Flask, sit_down: SitDown, database: Database) -> None:
    number = left(desk_site, contact="leyla@example.org")
    me = sit_down()
    for _ in range(2):
        me.sends(f"/admin/feedback/{number}/", {"outcome": "corrected"})
    assert len(mails(database)) == 1


def test_another_group_may_not_close_it(desk_site: Flask, sit_down: SitDown) -> None:
    number = left(desk_site)
    assert sit_down(groups=("housing",)).sends(f"/admin/feedback/{number}/", {"outcome": "corrected"}) == 403


def test_the_steering_group_reads_and_cannot_close(desk_site: Flask, sit_down: SitDown) -> None:
    number = left(desk_site)
    steering = sit_down(Role.STEERING)
    assert not steering.get(f"/admin/feedback/{number}/").root.find("textarea")
    assert steering.sends(f"/admin/feedback/{number}/", {"outcome": "corrected"}) == 403


def test_words_and_address_are_forgotten_after_ninety_days(desk_site: Flask, database: Database) -> None:
    number = left(desk_site, words="zu", contact="leyla@example.org")
    with database.transaction() as session:
        session.get_one(Remark, number).closed_on = TODAY
    with database.transaction() as session:
        assert feedback.forget(session, TODAY + timedelta(days=89)) == 0
        assert feedback.forget(session, TODAY + timedelta(days=90)) == 1
    with database.reading() as session:
        remark = session.get_one(Remark, number)
    assert (remark.words, remark.contact) == ("", "")


def test_what_a_robot_sends_is_thanked_for_and_not_kept(desk_site: Flask, database: Database) -> None:
    form = {"reason": "gone", "homepage": "http://buy.example"}
    answer = DeskClient(desk_site).raw.post(f"/de/offers/{FLAT}/remarks", data=form, headers=OWN)
    assert answer.status_code == 303
    with database.reading() as session:
        assert session.scalars(select(Remark)).all() == []


class TestSuggestions:
    """An offer that is missing here."""

    def suggested(self, site: Flask) -> int:
        form = {"title": "Nähkurs für Frauen", "words": "Montags in Wehr", "contact": "leyla@example.org"}
        assert DeskClient(site).raw.post("/de/propose", data=form, headers=OWN).status_code == 303
        with site.extensions["infopool"].database.reading() as session:
            return max(session.scalars(select(Remark.id)))

    def test_the_form_is_there_in_every_language(self, desk_site: Flask) -> None:
        visitor = DeskClient(desk_site)
        for tag in ("de", "en"):
            visitor.get(f"/{tag}/propose")

    def test_without_a_title_it_is_asked_for(self, desk_site: Flask) -> None:
        page = DeskClient(desk_site).post("/de/propose", {"words": "Montags"}, 400, headers=OWN)
        assert next(one for one in page.root.find("input") if one["name"] == "title")["aria-invalid"] == "true"
        assert "Montags" in page.html

    def test_it_becomes_an_offers_form_with_one_click(
        self, desk_site: Flask, sit_down: SitDown, database: Database
    ) -> None:
        number = self.suggested(desk_site)
        sit_down().sends(f"/admin/feedback/{number}/offer")
        with database.reading() as session:
            (edit,) = session.scalars(select(Edit))
            assert session.get_one(Remark, number).edit_id == edit.id
        assert edit.fields["title"] == "Nähkurs für Frauen"
        assert edit.fields["description"] == "Montags in Wehr"

    def test_a_second_click_begins_no_second_offer(
        self, desk_site: Flask, sit_down: SitDown, database: Database
    ) -> None:
        number, client = self.suggested(desk_site), sit_down()
        assert [client.sends(f"/admin/feedback/{number}/offer") for _ in range(2)] == [303, 303]
        with database.reading() as session:
            assert len(session.scalars(select(Edit)).all()) == 1

    def test_it_can_be_handed_to_a_group(self, desk_site: Flask, sit_down: SitDown, database: Database) -> None:
        number = self.suggested(desk_site)
        sit_down().sends(f"/admin/feedback/{number}/group", {"group": "housing"})
        with database.reading() as session:
            assert session.get_one(Remark, number).working_group == "housing"

    def test_a_group_that_is_none_is_refused(self, desk_site: Flask, sit_down: SitDown) -> None:
        number = self.suggested(desk_site)
        assert sit_down().sends(f"/admin/feedback/{number}/group", {"group": "../x"}) == 400

    @pytest.mark.parametrize("nasty", ["\0", "<b>x", "x" * 5000, "\u202e", "%(x)s", "سلام" * 90])
    def test_whatever_is_typed_is_answered(self, desk_site: Flask, nasty: str) -> None:
        form = {"title": nasty, "words": nasty, "contact": nasty}
        assert DeskClient(desk_site).raw.post("/ar/propose", data=form, headers=OWN).status_code in (303, 400)

    def test_a_form_from_elsewhere_is_refused(self, desk_site: Flask) -> None:
        headers = {"Sec-Fetch-Site": "cross-site"}
        assert DeskClient(desk_site).raw.post("/de/propose", data={"title": "x"}, headers=headers).status_code == 403
