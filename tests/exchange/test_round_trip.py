"""An exported sheet, taken in again, changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from importers import spreadsheet
from infopool.db import Database
from infopool.directory import intake, offers
from infopool.directory.drafts import Capacity, ContactDraft, Cost, OfferDraft, SpokenLanguage, VenueDraft
from infopool.directory.facts import Answer, ContactKind, CostKind, CostPeriod
from infopool.directory.intake import Fate
from infopool.directory.models import Offer
from infopool.directory.regions import Region
from infopool.directory.schedules import Pause, Slot, SlotKind
from infopool.exchange.csv_xlsx import as_csv, row_of, sheet, write_csv, write_xlsx
from infopool.exchange.labels import german
from infopool.paths import DEMO
from tests.conftest import NOW, TODAY
from tests.making import a_draft, a_text

WRITERS = {"pool.csv": write_csv, "pool.xlsx": write_xlsx}
METACOLLECT = Path(__file__).resolve().parents[3] / "shared" / "data" / "offers_lists" / "metacollect" / "projects.csv"


def taken_in(database: Database, region: Region, content: bytes, name: str) -> intake.ImportReport:
    read = spreadsheet.read(content, region, source_name=name)
    assert read.refused is None
    with database.reading() as session:
        report = intake.plan(session, read.drafts, source="spreadsheet", region=region, unreadable=read.unreadable)
    return intake.carry_out(database, report, now=NOW, publish=True)


def all_offers(session) -> list[Offer]:
    return list(session.query(Offer).order_by(Offer.id).options(*offers.WHOLE))


@pytest.mark.parametrize("name", WRITERS)
def test_the_demo_pool_comes_back_unchanged(database: Database, region: Region, name: str) -> None:
    first = taken_in(database, region, (DEMO / "offers.csv").read_bytes(), "offers.csv")
    with database.reading() as session:
        content = WRITERS[name](all_offers(session), region, secrets=True)
    again = taken_in(database, region, content, name)
    assert again.counted() == {Fate.UNCHANGED: first.counted()[Fate.NEW]}
    assert not again.gone


def back(database: Database, region: Region, draft: OfferDraft) -> OfferDraft:
    """A draft, kept, exported and read again."""
    with database.transaction() as session:
        saved = offers.save(session, draft, now=NOW, region=region)
        assert isinstance(saved, offers.Saved)
        content = write_csv([saved.offer], region, secrets=True)
    ((_, found),) = spreadsheet.read(content, region, source_name="").drafts
    return found


FACTS = {
    "words that look like formulas": {"texts": (a_text("=1+1", summary="-10 %", description="@alle\n+ Tee"),)},
    "a price": {"cost": Cost(CostKind.PAID, 2050, CostPeriod.MONTH)},
    "answers": {"childcare": Answer.LIMITED, "women_only": Answer.NO, "registration_needed": Answer.YES},
    "levels": {"levels_taught": ("A1", "A2"), "level_required": "A0"},
    "languages": {"languages": (SpokenLanguage("ti"), SpokenLanguage("ckb", "nach Absprache"))},
    "documents": {"texts": (a_text(documents=("Ausweis, wenn vorhanden",)),)},
    "residence": {"residence": ("tolerated", "ukraine", "no-papers"), "audiences": ("women", "refugees")},
    "a secret address": {"venue": VenueDraft("", "Weg 1", "79761", "Tiengen", "tiengen", confidential=True)},
    "coordinates": {"venue": VenueDraft("Haus", "Weg 1", "79761", "Tiengen", "tiengen", 47.6336, 8.2706)},
    "a whole county": {"places": ("landkreis-waldshut",)},
    "a town called like its county": {"places": ("waldshut", "wehr")},
    "days": {"starts_on": date(2026, 12, 1), "ends_on": date(2027, 7, 1), "register_by": date(2026, 11, 25)},
    "free places": {"capacity": Capacity(0, "zwei Wochen", date(2026, 11, 1))},
    "phones": {
        "contacts": (ContactDraft(ContactKind.PHONE, "116117"), ContactDraft(ContactKind.PHONE, "+41523456789"))
    },
    "times": {
        "schedule": (
            Slot(SlotKind.WEEKLY, (0, 1, 2), starts=time(9), ends=time(12), pauses=(Pause.SCHOOL_HOLIDAYS,)),
            Slot(SlotKind.MONTHLY, (5,), (1, -1), starts=time(14)),
            Slot(SlotKind.APPOINTMENT),
        )
    },
}
"""What offers say -> facts that must come back."""


@pytest.mark.parametrize("facts", FACTS.values(), ids=FACTS.keys())
def test_facts_come_back(database: Database, region: Region, facts: dict) -> None:
    found = back(database, region, a_draft(**facts))
    assert {name: getattr(found, name) for name in facts} == facts


def test_who_checked_and_how_comes_back(database: Database, region: Region) -> None:
    draft = a_draft()
    assert draft.check.on == TODAY
    assert back(database, region, draft).check == draft.check


def test_the_facts_of_a_real_and_messy_list_come_back(region: Region) -> None:
    if not METACOLLECT.is_file():
        pytest.skip("the list of metacollect does not lie beside this checkout (../shared/data)")
    drafts = [draft for _, draft in spreadsheet.read(METACOLLECT.read_bytes(), region, source_name="").drafts]
    content = as_csv(*sheet([row_of(draft, german(region)) for draft in drafts]))
    again = [draft for _, draft in spreadsheet.read(content, region, source_name="").drafts]
    # What is kept aside stands under the list's own headings, which may be other words for ours.
    same = [replace(one, kept=()) == replace(other, kept=()) for one, other in zip(drafts, again, strict=True)]
    assert sum(same) >= 0.99 * len(same)
