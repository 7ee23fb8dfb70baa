"""Offers as HSDS services, held against the standard's own schemas where they lie beside the checkout."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from infopool.db import Database
from infopool.directory.drafts import Capacity, Check, ContactDraft, Cost, SpokenLanguage, VenueDraft
from infopool.directory.facts import Answer, ContactKind, CostKind, CostPeriod, Origin
from infopool.directory.schedules import Pause, Slot, SlotKind
from infopool.exchange import hsds
from infopool.exchange.labels import Labels
from tests.conftest import TODAY
from tests.making import a_text, an_offer

BASE = "https://infopool.example.org"
SCHEMAS = Path(__file__).resolve().parents[3] / "shared" / "hsds" / "validate_hsds.py"
TUESDAYS = Slot(SlotKind.WEEKLY, weekdays=(1, 3), starts=time(18, 30), ends=time(20), from_date=date(2026, 11, 24))
Checker = Callable[[str, Any], list[str]]


@pytest.fixture(scope="session")
def faults_of() -> Checker:
    """What the standard finds wrong with something, unknown fields included."""
    if not SCHEMAS.is_file():
        pytest.skip("the schemas of HSDS 3.1 do not lie beside this checkout (../shared/hsds)")
    spec = importlib.util.spec_from_file_location("validate_hsds", SCHEMAS)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return lambda kind, given: module.check("hsds-3.1", kind, given, strict=True)


@pytest.fixture
def voice(labels: Labels) -> hsds.Voice:
    return hsds.Voice(labels, BASE, TODAY)


@pytest.fixture
def service(database: Database, voice: hsds.Voice):
    def make(**facts: Any) -> dict:
        with database.transaction() as session:
            return hsds.service_of(an_offer(session, **facts), voice)

    return make


def everything() -> dict[str, Any]:
    return {
        "texts": (
            a_text(description="Zweimal in der Woche.", registration="Bitte anrufen.", documents=("Ausweis", "Foto")),
            a_text("Курс", "uk", origin=Origin.MACHINE),
        ),
        "audiences": ("adults", "women"),
        "level_required": "A0",
        "childcare": Answer.YES,
        "women_only": Answer.NO,
        "wheelchair": Answer.LIMITED,
        "registration_needed": Answer.YES,
        "residence": ("everyone",),
        "formats": ("on-site", "online"),
        "schedule": (
            TUESDAYS,
            Slot(SlotKind.MONTHLY, weekdays=(5,), nth=(1, -1), starts=time(14), pauses=(Pause.SCHOOL_HOLIDAYS,)),
            Slot(SlotKind.MONTHLY, nth=(15,), except_dates=(date(2026, 12, 15),)),
            Slot(SlotKind.DATE, on=date(2026, 12, 6), starts=time(10)),
            Slot(SlotKind.APPOINTMENT),
            Slot(SlotKind.WORDS, words="meistens abends"),
        ),
        "starts_on": date(2026, 9, 1),
        "ends_on": date(2027, 7, 15),
        "places": ("waldshut", "tiengen"),
        "venue": VenueDraft("Schule", "Beispielweg 4", "79761", "Waldshut-Tiengen", "tiengen", 47.63, 8.27),
        "cost": Cost(CostKind.PAID, 2000, CostPeriod.MONTH, "20 € im Monat"),
        "capacity": Capacity(4, "zwei Wochen", date(2026, 11, 1)),
        "contacts": (
            ContactDraft(ContactKind.PHONE, "+493023125120", "vormittags", ("de", "ar")),
            ContactDraft(ContactKind.EMAIL, "kurse@example.org"),
            ContactDraft(ContactKind.WEBSITE, "https://example.org/kurs"),
        ),
        "source": "spreadsheet",
        "source_key": "12",
    }


def test_a_full_offer_is_valid(service, faults_of: Checker) -> None:
    assert faults_of("service", service(**everything())) == []


def test_an_offer_that_says_almost_nothing_is_valid(service, faults_of: Checker) -> None:
    bare: dict[str, Any] = dict.fromkeys(("topics", "languages", "levels_taught", "formats", "contacts"), ())
    bare |= {"provider": None, "venue": None, "cost": Cost(), "check": Check(), "working_group": ""}
    assert faults_of("service", service(**bare)) == []


def test_a_venue_with_nothing_but_a_town_is_valid(service, faults_of: Checker) -> None:
    assert faults_of("service", service(venue=VenueDraft(town="Wehr"))) == []


def test_a_page_of_services_is_valid(database: Database, voice: hsds.Voice, faults_of: Checker) -> None:
    with database.transaction() as session:
        for title in ("eins", "zwei", "drei"):
            an_offer(session, title, schedule=(TUESDAYS,))
    for number in (1, 2, 3):
        with database.reading() as session:
            assert faults_of("service_list", hsds.page(session, voice, number, 2)) == []


def test_an_empty_pool_gives_an_empty_valid_page(database: Database, voice: hsds.Voice, faults_of: Checker) -> None:
    with database.reading() as session:
        assert faults_of("service_list", hsds.page(session, voice, 1, 50)) == []


def test_the_root_is_valid(faults_of: Checker) -> None:
    assert faults_of("root", hsds.root(f"{BASE}/api/v1/openapi.json")) == []


def test_the_checker_finds_faults(service, faults_of: Checker) -> None:
    assert faults_of("service", service() | {"status": "maybe", "colour": "green"})


def test_times_say_their_offset_on_the_first_day(service) -> None:
    (found,) = service(schedule=(TUESDAYS,))["schedules"]
    assert (found["byday"], found["opens_at"], found["timezone"]) == ("TU,TH", "18:30+01:00", 1.0)


def test_the_same_offer_has_the_same_ids_every_time(database: Database, voice: hsds.Voice) -> None:
    with database.transaction() as session:
        offer = an_offer(session, **everything())
        assert hsds.service_of(offer, voice) == hsds.service_of(offer, voice)


def test_no_two_parts_share_an_id(service) -> None:
    found = service(**everything())
    parts = [part for value in found.values() if isinstance(value, list) for part in value]
    ids = [part["id"] for part in parts]
    assert len(ids) == len(set(ids))


def test_a_confidential_address_is_not_told(service) -> None:
    venue = VenueDraft("Haus", "Geheimweg 1", "79761", "Waldshut-Tiengen", "tiengen", 47.6, 8.2, confidential=True)
    told = json.dumps(service(venue=venue))
    assert "Geheimweg" not in told
    assert "47.6" not in told


def test_what_is_unknown_is_not_told(service) -> None:
    assert "unknown" not in [each.get("value") for each in service()["attributes"]]


def test_a_machine_made_text_says_so(service) -> None:
    told = {each["link_type"]: each for each in service(**everything())["attributes"]}
    assert told["translation:name:uk"]["value"] == "Курс"
    assert told["translation:name:uk"]["label"] == "machine"


def test_an_old_check_asks_people_to_call_first(service) -> None:
    assert "alert" in service(check=Check(TODAY - timedelta(days=400)))
    assert "alert" not in service(check=Check(TODAY - timedelta(days=300)))


def test_an_id_leads_back_to_the_offer() -> None:
    own = hsds.id_of(BASE, "services", 4711)
    assert hsds.number_of(BASE, "services", own) == 4711
    assert own.version == 8


@pytest.mark.parametrize(("base", "kind"), [("https://other.example.org", "services"), (BASE, "organizations")])
def test_an_id_of_somebody_else_leads_nowhere(base: str, kind: str) -> None:
    assert hsds.number_of(base, kind, hsds.id_of(BASE, "services", 4711)) is None


def test_an_export_has_one_line_per_offer(database: Database, voice: hsds.Voice) -> None:
    with database.transaction() as session:
        found = [an_offer(session, "eins"), an_offer(session, "zwei", languages=(SpokenLanguage("ti"),))]
        written = hsds.write_ndjson(found, voice).decode()
    assert written.endswith("\n")
    assert [json.loads(line)["name"] for line in written.splitlines()] == ["eins", "zwei"]
