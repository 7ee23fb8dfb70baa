"""An offer in schema.org's words."""

from __future__ import annotations

import json
from datetime import date, time

import pytest

from infopool.db import Database
from infopool.directory.drafts import Cost, ProviderDraft, VenueDraft
from infopool.directory.facts import CostKind, CostPeriod, ProviderKind
from infopool.directory.schedules import Slot, SlotKind
from infopool.exchange.jsonld import for_script, linked_data
from infopool.exchange.labels import Labels
from tests.making import a_text, an_offer

URL = "https://infopool.example.org/de/offers/1"
TUESDAYS = Slot(SlotKind.WEEKLY, weekdays=(1,), starts=time(18, 30), ends=time(20))
FAIR = Slot(SlotKind.DATE, on=date(2026, 12, 6), starts=time(10), ends=time(16))
ADVICE = {"topics": ("debt",), "levels_taught": ()}


@pytest.fixture
def linked(database: Database, labels: Labels):
    def make(**facts: object) -> dict:
        with database.transaction() as session:
            return linked_data(an_offer(session, **facts), labels, URL)

    return make


def test_what_teaches_a_level_is_a_course(linked) -> None:
    found = linked(schedule=(TUESDAYS,))
    assert found["@type"] == "Course"
    assert found["educationalLevel"] == "A2"
    assert found["hasCourseInstance"]["courseSchedule"][0]["byDay"] == ["https://schema.org/Tuesday"]


def test_what_is_on_single_days_is_an_event(linked) -> None:
    found = linked(schedule=(FAIR,), **ADVICE)
    assert (found["@type"], found["startDate"], found["endDate"]) == (
        "Event",
        "2026-12-06T10:00:00",
        "2026-12-06T16:00:00",
    )


def test_everything_else_is_a_service(linked) -> None:
    found = linked(schedule=(TUESDAYS,), **ADVICE)
    assert found["@type"] == "Service"
    assert found["hoursAvailable"][0]["opens"] == "18:30:00"
    assert found["availableChannel"]["servicePhone"]["telephone"] == "+493023125120"


def test_a_public_office_gives_a_government_service(linked) -> None:
    provider = ProviderDraft("Amt Beispiel", ProviderKind.AUTHORITY)
    assert linked(provider=provider, **ADVICE)["@type"] == "GovernmentService"


def test_free_is_free_and_unknown_says_nothing(linked) -> None:
    assert linked()["isAccessibleForFree"] is True
    assert "isAccessibleForFree" not in linked(cost=Cost())


def test_a_price_is_told_in_euros(linked) -> None:
    found = linked(cost=Cost(CostKind.PAID, 2050, CostPeriod.MONTH, "20,50 € im Monat"))
    assert (found["offers"]["price"], found["offers"]["priceCurrency"]) == (20.5, "EUR")


def test_a_confidential_address_is_not_told(linked) -> None:
    venue = VenueDraft("Haus", "Geheimweg 1", "79761", "Waldshut-Tiengen", "tiengen", 47.6, 8.2, confidential=True)
    for facts in ({}, ADVICE, {"schedule": (FAIR,), **ADVICE}):
        told = json.dumps(linked(venue=venue, **facts))
        assert "Geheimweg" not in told
        assert "47.6" not in told


def test_nothing_empty_is_told(linked) -> None:
    found = linked(provider=None, venue=None, contacts=(), languages=(), **ADVICE)
    assert not {"provider", "availableChannel", "hoursAvailable"} & set(found)


def test_no_words_can_leave_the_script_they_stand_in(linked) -> None:
    evil = "</script><script>alert(1)</script><!-- & \u2028"
    written = for_script(linked(texts=(a_text(evil),)))
    assert not set("<>&\u2028") & set(written)
    assert json.loads(written)["name"] == evil
