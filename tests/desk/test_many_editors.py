"""A hundred people at one pool: nothing anybody saved is lost without a word."""

from __future__ import annotations

import threading
from collections.abc import Callable

from sqlalchemy.orm import Session

from infopool.curation import edits, review
from infopool.curation.edits import Kept, Overtaken
from infopool.curation.forms import Fields, complete, fields_of, text_in
from infopool.curation.log import Actor
from infopool.curation.models import Edit
from infopool.db import Database
from infopool.directory import offers
from infopool.directory.models import Offer
from infopool.directory.regions import load_region
from tests.conftest import NOW
from tests.making import an_offer

REGION = load_region("waldshut")
EDITORS = 100
ROUNDS = 3


def all_at_once(work: Callable[[int], None]) -> None:
    """Let everybody begin in the same moment; a fault of any of them is the test's."""
    gate, faults = threading.Barrier(EDITORS), []

    def run(number: int) -> None:
        gate.wait()
        try:
            work(number)
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(EDITORS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_a_hundred_who_write_into_one_form_lose_nothing(database: Database) -> None:
    with database.transaction() as session:
        edit_id = edits.begin(session, Actor("Frau Muster"), complete({"title": "Kurs"}), now=NOW, region=REGION).id
    kept: list[str] = []
    refused: list[str] = []

    def write(number: int) -> None:
        for turn in range(ROUNDS):
            line = f"Zeile {number}-{turn}"
            with database.reading() as session:
                seen = session.get_one(Edit, edit_id)
                fields, version = dict(seen.fields), seen.version
            fields["description"] = f"{text_in(fields, 'description')}\n{line}"

            def save(session: Session, fields: Fields = fields, version: int = version) -> Kept | Overtaken:
                edit = edits.get(session, edit_id)
                assert edit
                return edits.keep(session, edit, fields, expected_version=version, now=NOW, region=REGION)

            outcome = edits.changing(database, save)
            if isinstance(outcome, Kept):
                kept.append(line)
            else:
                refused.append(str(outcome.why))

    all_at_once(write)
    with database.reading() as session:
        edit = session.get_one(Edit, edit_id)
    assert sorted(text_in(edit.fields, "description").split("\n")[1:]) == sorted(kept)
    assert edit.version == 1 + len(kept)
    assert len(kept) + len(refused) == EDITORS * ROUNDS
    assert kept
    assert all("Nothing is lost" in sentence for sentence in refused)


def test_a_hundred_who_publish_into_one_offer_lose_nothing(database: Database) -> None:
    with database.transaction() as session:
        offer_id = an_offer(session).id
    published: list[str] = []
    asked: list[tuple[str, ...]] = []

    def write(number: int) -> None:
        me, line = Actor(f"Frau {number}", number), f"Zeile {number}"
        with database.reading() as session:
            offer = offers.get(session, offer_id)
            assert offer
            fields, version = fields_of(offers.draft_of(offer), REGION), offer.version
        fields["description"] = f"{text_in(fields, 'description')}\n{line}".strip()

        def publish(session: Session) -> review.Outcome:
            offer = offers.get(session, offer_id)
            edit = edits.begin(session, me, fields, now=NOW, region=REGION, offer=offer, base_version=version)
            return review.publish(session, edit, me, now=NOW, region=REGION)

        outcome = edits.changing(database, publish)
        if isinstance(outcome, review.Published):
            published.append(line)
        else:
            assert isinstance(outcome, review.Conflict)
            asked.append(outcome.choices[0].fields)

    all_at_once(write)
    with database.reading() as session:
        offer = offers.get(session, offer_id)
        assert offer
        lines = offers.source_text(offer).description.split("\n")
        waiting = session.query(Edit).filter(Edit.state == "open").count()
    assert sorted(lines) == sorted(published)
    assert len(published) + len(asked) == EDITORS
    assert set(asked) <= {("description",)}
    assert waiting == len(asked)


def test_a_hundred_with_offers_of_their_own_all_get_through(database: Database) -> None:
    with database.transaction() as session:
        numbers = [an_offer(session, f"Kurs {number}").id for number in range(EDITORS)]

    def write(number: int) -> None:
        me = Actor(f"Frau {number}", number)

        def publish(session: Session) -> review.Outcome:
            offer = offers.get(session, numbers[number])
            assert offer
            fields = fields_of(offers.draft_of(offer), REGION) | {"title": f"Neu {number}"}
            edit = edits.begin(session, me, fields, now=NOW, region=REGION, offer=offer)
            return review.publish(session, edit, me, now=NOW, region=REGION)

        assert isinstance(edits.changing(database, publish), review.Published)

    all_at_once(write)
    with database.reading() as session:
        titles = {offers.source_text(offer).title for offer in session.query(Offer)}
    assert titles == {f"Neu {number}" for number in range(EDITORS)}
