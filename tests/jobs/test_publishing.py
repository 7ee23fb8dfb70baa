"""Publishing on the day somebody chose."""

from __future__ import annotations

from infopool import queue
from infopool.curation import edits, review
from infopool.curation.forms import fields_of
from infopool.curation.log import Actor
from infopool.db import Database
from infopool.directory import offers
from infopool.directory.regions import Region
from infopool.jobs.handlers import HANDLERS
from infopool.jobs.work import Task, Work
from tests.conftest import NOW
from tests.jobs.conftest import Clock
from tests.making import an_offer

ME = Actor("Frau Muster", 1)


def approved_for_tomorrow(database: Database, region: Region) -> int:
    with database.transaction() as session:
        offer = an_offer(session)
        fields = fields_of(offers.draft_of(offer), region) | {"title": "Ab morgen", "publish_on": "23.11.2026"}
        edit = edits.begin(session, ME, fields, now=NOW, region=region, offer=offer)
        assert isinstance(review.publish(session, edit, ME, now=NOW, region=region), review.Scheduled)
        return offer.id


def do_what_is_due(work: Work) -> int:
    """Do all jobs that are due; how many there were."""
    done = 0
    while True:
        with work.database.transaction() as session:
            job = queue.take(session, "me", work.now())
        if job is None:
            return done
        HANDLERS[job.name](work, Task(work, job.id, job.name, job.arguments, job.attempts, "me"))
        done += 1


def title(database: Database, offer_id: int) -> str:
    with database.reading() as session:
        offer = offers.get(session, offer_id)
        assert offer
        return offers.source_text(offer).title


def test_nothing_happens_before_its_day(work: Work, database: Database, region: Region, clock: Clock) -> None:
    offer_id = approved_for_tomorrow(database, region)
    clock.on(hours=10)
    assert do_what_is_due(work) == 0
    assert title(database, offer_id) == "Deutschkurs am Abend"


def test_it_appears_on_its_day_and_the_search_knows(
    work: Work, database: Database, region: Region, clock: Clock
) -> None:
    offer_id = approved_for_tomorrow(database, region)
    clock.on(hours=12)
    assert do_what_is_due(work) == 1
    assert title(database, offer_id) == "Ab morgen"
    assert work.indexer().compare().in_step


def test_a_worker_killed_after_it_published_does_no_harm_the_second_time(
    work: Work, database: Database, region: Region, clock: Clock
) -> None:
    offer_id = approved_for_tomorrow(database, region)
    clock.on(days=1)
    do_what_is_due(work)
    with database.reading() as session:
        offer = offers.get(session, offer_id)
        assert offer
        version = offer.version
    with database.transaction() as session:
        assert review.publish_due(session, 1, clock(), region=region) is None
        offer = offers.get(session, offer_id)
        assert offer
        assert offer.version == version
