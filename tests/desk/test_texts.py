"""Translating at the desk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from infopool.curation import log, texts
from infopool.curation.models import Role
from infopool.db import Database
from infopool.directory import offers
from infopool.directory.facts import Origin
from infopool.directory.models import Offer
from infopool.directory.translations import Need
from tests.conftest import NOW
from tests.curation.services import KEY, running
from tests.desk.conftest import SitDown
from tests.making import a_draft, a_text
from tests.web.pages import Page
from tests.web.world import COURSE, FLAT, OUTDATED


def hidden(page: Page) -> dict[str, object]:
    (form,) = page.root.find("form", css="both")
    return {one["name"]: one["value"] for one in form.find("input")}


def text_of(database: Database, offer_id: int, language: str) -> tuple[str, str] | None:
    with database.reading() as session:
        offer = offers.get(session, offer_id)
        assert offer
        text = next((text for text in offer.texts if text.language == language), None)
        return (text.title, text.origin) if text else None


def test_the_listing_tells_how_every_language_stands(sit_down: SitDown) -> None:
    page = sit_down(Role.TRANSLATOR).get("/admin/texts/?language=ar&need=missing")
    assert f"/admin/texts/ar/{FLAT}/" in page.links().values()
    assert f"/admin/texts/ar/{COURSE}/" not in page.links().values()


def test_a_translation_is_taken_in_and_the_next_offer_follows(sit_down: SitDown, database: Database) -> None:
    somebody = sit_down(Role.TRANSLATOR)
    form = hidden(somebody.get(f"/admin/texts/ar/{FLAT}/"))
    page = somebody.send(
        f"/admin/texts/ar/{FLAT}/", form | {"title": "بيت جديد معنا", "summary": "نبحث معك عن شقة.", "need": "missing"}
    )
    assert text_of(database, FLAT, "ar") == ("بيت جديد معنا", Origin.TRANSLATED)
    assert page.root.find("textarea"), "the next one is open"


def test_visitors_see_the_translation_at_once(sit_down: SitDown, desk_site: Flask) -> None:
    somebody = sit_down(Role.TRANSLATOR)
    form = hidden(somebody.get(f"/admin/texts/ar/{FLAT}/"))
    somebody.send(f"/admin/texts/ar/{FLAT}/", form | {"title": "بيت جديد معنا", "summary": "نبحث معك عن شقة."})
    assert "بيت جديد معنا" in somebody.get(f"/ar/offers/{FLAT}").text


def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(sit_down: SitDown, database: Database) -> None:
    somebody = sit_down(Role.TRANSLATOR)
    form = hidden(somebody.get(f"/admin/texts/ar/{FLAT}/"))
    page = somebody.send(f"/admin/texts/ar/{FLAT}/", form | {"title": "بيت جديد معنا", "summary": ""})
    assert [one["id"] for one in page.root.find("textarea") if one["aria-invalid"]] == ["f-summary"]
    assert "بيت جديد معنا" in page.html
    assert text_of(database, FLAT, "ar") is None


def test_a_translation_of_an_original_that_changed_meanwhile_is_held_back(
    sit_down: SitDown, database: Database, desk_site: Flask
) -> None:
    somebody = sit_down(Role.TRANSLATOR)
    form = hidden(somebody.get(f"/admin/texts/ar/{FLAT}/"))
    region = desk_site.extensions["infopool"].region
    with database.transaction() as session:
        offer = offers.get(session, FLAT)
        draft = a_draft("Wohnungssuche", texts=(a_text("Wohnungssuche", summary="Jetzt ganz anders."),))
        offers.save(session, draft, now=NOW, region=region, offer=offer)
    page = somebody.send(f"/admin/texts/ar/{FLAT}/", form | {"title": "بيت جديد معنا", "summary": "نبحث معك."})
    assert page.root.find("div", css="wrongs")
    assert "نبحث معك." in page.html
    assert text_of(database, FLAT, "ar") is None


def test_an_outdated_text_shows_what_has_changed(sit_down: SitDown, database: Database) -> None:
    with database.reading() as session:
        row = texts.one(session, OUTDATED, "en")
    assert row is not None
    assert row.need is Need.OUTDATED
    sit_down(Role.TRANSLATOR).get(f"/admin/texts/en/{OUTDATED}/")


def test_a_translation_stands_in_the_log_and_in_the_history(sit_down: SitDown, database: Database) -> None:
    somebody = sit_down(Role.TRANSLATOR)
    form = hidden(somebody.get(f"/admin/texts/ar/{FLAT}/"))
    somebody.send(f"/admin/texts/ar/{FLAT}/", form | {"title": "بيت جديد معنا", "summary": "نبحث معك عن شقة."})
    with database.reading() as session:
        (entry,) = log.entries(session, "offer", FLAT)
        numbers = [version.number for version in log.versions(session, FLAT)]
        version = session.get_one(Offer, FLAT).version
    assert (entry.action, entry.who) == ("translated", "Frau Muster")
    assert numbers[0] == version
    assert len(numbers) == 2


@pytest.mark.parametrize("address", ["/admin/texts/de/1/", "/admin/texts/xx/1/", "/admin/texts/ar/9999/"])
def test_what_cannot_be_translated_is_not_found(sit_down: SitDown, address: str) -> None:
    sit_down(Role.TRANSLATOR).get(address, 404)


NASTY = ["\0", "\ud800", "<script>alert(1)</script>", "x" * 50_000, "ⵣ" * 400, "%(name)s", "\u202eabc", "  \n "]


@pytest.mark.parametrize("nasty", NASTY)
def test_whatever_is_typed_is_answered(sit_down: SitDown, nasty: str) -> None:
    somebody = sit_down(Role.TRANSLATOR)
    form = hidden(somebody.get(f"/admin/texts/ar/{FLAT}/"))
    typed = nasty.encode("utf-8", "surrogatepass")
    status = somebody.sends(
        f"/admin/texts/ar/{FLAT}/", form | {"title": typed, "summary": typed, "made_from": typed, "need": typed}
    )
    assert status in (200, 303)


def test_the_steering_group_may_look_and_not_write(sit_down: SitDown) -> None:
    steering = sit_down(Role.STEERING)
    steering.get("/admin/texts/")
    steering.get(f"/admin/texts/ar/{FLAT}/", 403)
    assert steering.sends(f"/admin/texts/ar/{FLAT}/", {"title": "x"}) == 403


def test_without_a_machine_there_is_no_suggestion(sit_down: SitDown) -> None:
    somebody = sit_down(Role.TRANSLATOR)
    assert "suggest" not in somebody.get(f"/admin/texts/ar/{FLAT}/").html
    assert somebody.sends(f"/admin/texts/ar/{FLAT}/suggest") == 404


def test_a_machine_fills_the_form_and_nothing_is_kept_before_somebody_reads_it(
    database: Database, tmp_path: Path, sit_down: SitDown, desk_site: Flask
) -> None:
    with running() as service:
        own = sit_down(Role.TRANSLATOR)
        settings = desk_site.extensions["infopool"].settings
        asked = replace(settings, translator_url=f"libretranslate+{service.address}", translator_key=KEY)
        desk_site.extensions["infopool"].settings = asked
        assert own.get(f"/admin/texts/ar/{FLAT}/").root.find("form")[-1]["action"].endswith("/suggest")
        page = own.send(f"/admin/texts/ar/{FLAT}/suggest")
    assert page.root.find("textarea")[0].text
    assert page.root.find("p", css="notice")
    assert text_of(database, FLAT, "ar") is None


def test_what_is_left_out_is_said_at_the_top_and_leads_to_its_field(sit_down: SitDown) -> None:
    somebody = sit_down(Role.TRANSLATOR)
    form = hidden(somebody.get(f"/admin/texts/ar/{FLAT}/"))
    page = somebody.send(f"/admin/texts/ar/{FLAT}/", form | {"title": "بيت جديد معنا", "summary": ""})
    assert "#f-summary" in [one["href"] for one in page.root.find("a")]
    assert page.root.find("span", css="wrong")
