"""The offers that the tests of the pages stand on, each with a name of its own."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path

from flask import Flask

from infopool.db import Database
from infopool.directory import offers
from infopool.directory.drafts import (
    Capacity,
    Check,
    ContactDraft,
    Cost,
    ProviderDraft,
    SpokenLanguage,
    VenueDraft,
)
from infopool.directory.facts import Answer, CheckMethod, ContactKind, CostKind, CostPeriod, Origin, State
from infopool.directory.regions import load_region
from infopool.directory.schedules import Pause, Slot, SlotKind
from infopool.search import finding
from infopool.settings import Settings
from infopool.web import counting
from infopool.web.app import build_app
from tests.conftest import NOW, TODAY
from tests.making import a_draft, a_text, an_offer

counting.EVERY = 3_600.0  # the counter of an earlier test must not write into the database of a later one

EVENING = Slot(SlotKind.WEEKLY, weekdays=(1, 3), starts=time(18, 30), ends=time(20), pauses=(Pause.PUBLIC_HOLIDAYS,))
MORNING = Slot(SlotKind.WEEKLY, weekdays=(0, 1, 2), starts=time(9), ends=time(11, 30))
FULL = "Alles, was dazu gehört.\nZweiter Absatz."

COURSE, FLAT, SHELTER, ONLINE, OUTDATED, CROWDED, STALE, UNCHECKED, WITHDRAWN, DRAFT = range(1, 11)
"""The numbers of the offers, in the order they are made."""
LAST = 40
"""The number of the last one; those after the named are alike and fill further pages."""


def fill(database: Database) -> None:
    """Keep the offers of this world."""
    with database.transaction() as session:
        an_offer(
            session,
            texts=(
                a_text(
                    description=FULL,
                    registration="Rufen Sie an.",
                    documents=("Ausweis", "Stift"),
                ),
                a_text("German in the evening", "en", summary="For people who work by day.", origin=Origin.TRANSLATED),
                a_text("دورة ألمانية في المساء", "ar", summary="لمن يعمل في النهار.", origin=Origin.TRANSLATED),
            ),
            schedule=(EVENING,),
            childcare=Answer.YES,
            wheelchair=Answer.LIMITED,
            registration_needed=Answer.YES,
            residence=("everyone",),
            audiences=("adults",),
            level_required="A1",
            capacity=Capacity(4, "", TODAY - timedelta(days=4)),
            starts_on=date(2027, 1, 12),
            valid_until=date(2027, 7, 31),
            cost=Cost(CostKind.PAID, 2500, CostPeriod.MONTH, "mit Gutschein kostenlos"),
            contacts=(
                ContactDraft(ContactKind.PHONE, "+493023125120", "Frau Muster", ("de", "ar")),
                ContactDraft(ContactKind.EMAIL, "kurse@example.org"),
                ContactDraft(ContactKind.WEBSITE, "https://example.org/kurse"),
            ),
        )
        an_offer(
            session,
            "Wohnungssuche",
            texts=(a_text("Wohnungssuche", summary="Wir suchen mit Ihnen eine Wohnung."),),
            topics=("housing-search",),
            levels_taught=(),
            languages=(SpokenLanguage("de"), SpokenLanguage("tr"), SpokenLanguage("uk"), SpokenLanguage("en")),
            provider=ProviderDraft("Wohnhilfe Beispiel", website="https://example.org/wohnen"),
            schedule=(MORNING, Slot(SlotKind.APPOINTMENT)),
            venue=VenueDraft("", "Weg 1", "79713", "Bad Säckingen", "bad-saeckingen", 47.5537, 7.9461),
            cost=Cost(),
        )
        an_offer(
            session,
            "Schutz und Wohnen",
            texts=(a_text("Schutz und Wohnen", summary="Für Frauen mit ihren Kindern."),),
            topics=("violence",),
            levels_taught=(),
            women_only=Answer.YES,
            venue=VenueDraft("Haus", "Geheimweg 1", "79761", "Waldshut-Tiengen", "tiengen", 47.6, 8.2, True),
        )
        an_offer(
            session,
            "Deutschkurs online",
            texts=(
                a_text("Deutschkurs online"),
                a_text("German course online", "en", summary="From home.", origin=Origin.MACHINE),
            ),
            formats=("online",),
            venue=None,
        )
        _an_outdated_one(session)
        an_offer(session, "Deutschkurs voll", capacity=Capacity(0, "etwa 8 Monate", TODAY))
        an_offer(session, "Deutschkurs lange nicht geprüft", check=Check(TODAY - timedelta(days=500)))
        an_offer(session, "Deutschkurs nie geprüft", check=Check())
        an_offer(session, "Deutschkurs abgesagt", state=State.WITHDRAWN)
        an_offer(session, "Deutschkurs im Entwurf", state=State.DRAFT)
        for number in range(DRAFT + 1, LAST + 1):
            an_offer(session, f"Sprachtreff {number}", topics=("meeting",), check=Check(TODAY, "", CheckMethod.WEB))


def _an_outdated_one(session: object) -> None:
    """An offer whose German text has changed since it was translated."""
    english = a_text("Course with an old translation", "en", summary="As it was.", origin=Origin.TRANSLATED)
    turkish = a_text("Eski bir çevirisi olan kurs", "tr", summary="Eskiden.", origin=Origin.MACHINE)
    before = (a_text("Kurs mit alter Übersetzung"), english, turkish)
    offer = an_offer(session, texts=before, topics=("sport",))  # type: ignore[arg-type]
    after = a_draft(texts=(a_text("Kurs mit neuem Inhalt"), english, turkish), topics=("sport",))
    offers.save(session, after, now=NOW, region=load_region("waldshut"), offer=offer)  # type: ignore[arg-type]


def an_app(database: Database, data: Path, *, indexed: bool = False, **more: object) -> Flask:
    """The application over a database, its index built (unless it is there already), its clock standing still."""
    settings = Settings(data=data, database_url=database.url.render_as_string(hide_password=False), **more)  # type: ignore[arg-type]
    app = build_app(settings, lambda: NOW)
    if not indexed:
        finding.indexer(app.extensions["infopool"].search, database).rebuild()
    return app
