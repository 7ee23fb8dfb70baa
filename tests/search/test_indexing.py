"""The index follows what is committed, and nothing else, whatever happens on the way."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from infopool.db import Database
from infopool.directory import offers
from infopool.directory.facts import State
from infopool.directory.models import IndexTask, Offer
from infopool.directory.regions import Region
from infopool.search import generations
from infopool.search.documents import OfferDocument
from infopool.search.indexing import Indexer
from infopool.search.whoosh_engine import WhooshEngine
from tests.conftest import NOW
from tests.making import a_draft, an_offer
from tests.search.conftest import found
from tests.search.entries import a_query, an_entry, plain_words
from tests.search.processes import FORK, kill_after


def flatten(session: Session, ids: Sequence[int]) -> Iterable[OfferDocument]:
    """The published of these offers, by their German title."""
    wanted = select(Offer).where(Offer.id.in_(ids), Offer.state == State.PUBLISHED)
    return [an_entry(offer.id, offer.texts[0].title) for offer in session.scalars(wanted)]


def an_indexer(database: Database, folder: Path) -> Indexer:
    return Indexer(database, WhooshEngine(folder / "index", analyse=plain_words), flatten)


@pytest.fixture
def indexer(database: Database, tmp_path: Path) -> Indexer:
    """An index in step with an empty pool."""
    indexer = an_indexer(database, tmp_path)
    indexer.rebuild()
    return indexer


def keep(database: Database, title: str = "Kurs", state: State = State.PUBLISHED) -> int:
    with database.transaction() as session:
        return an_offer(session, title, state=state).id


def move(database: Database, offer_id: int, state: State) -> None:
    with database.transaction() as session:
        offer = offers.get(session, offer_id)
        assert offer
        offers.change_state(session, offer, state, now=NOW)


def rename(database: Database, offer_id: int, title: str) -> None:
    with database.transaction() as session:
        offer = offers.get(session, offer_id)
        assert offer
        offer.texts[0].title = title
        offers.note_change(session, [offer_id])


def waiting(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(IndexTask)) or 0


class TestDraining:
    def test_a_published_offer_is_found_after_the_queue_is_drained(self, database: Database, indexer: Indexer) -> None:
        number = keep(database, "Kurs")
        assert found(indexer.engine, a_query("Kurs")) == []
        indexer.drain()
        assert found(indexer.engine, a_query("Kurs")) == [number]

    @pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW])
    def test_an_offer_that_is_not_published_is_not_in_the_index(
        self, database: Database, indexer: Indexer, state: State
    ) -> None:
        keep(database, state=state)
        indexer.drain()
        assert indexer.engine.ids() == set()

    def test_a_withdrawn_offer_goes(self, database: Database, indexer: Indexer) -> None:
        number = keep(database)
        indexer.drain()
        move(database, number, State.WITHDRAWN)
        indexer.drain()
        assert indexer.engine.ids() == set()

    def test_a_changed_offer_is_found_by_its_new_words_only(self, database: Database, indexer: Indexer) -> None:
        number = keep(database, "Kurs")
        indexer.drain()
        rename(database, number, "Treff")
        indexer.drain()
        assert (found(indexer.engine, a_query("Kurs")), found(indexer.engine, a_query("Treff"))) == ([], [number])

    def test_what_was_taken_back_never_reaches_the_index(self, database: Database, indexer: Indexer) -> None:
        with database.writer.connect() as connection, Session(connection) as session:
            an_offer(session)
            session.flush()
            session.rollback()
        assert (indexer.drain(), indexer.engine.ids()) == (0, set())

    def test_the_queue_is_empty_afterwards(self, database: Database, indexer: Indexer) -> None:
        keep(database)
        assert waiting(database) > 0
        indexer.drain()
        assert waiting(database) == 0

    def test_a_note_stays_until_the_index_has_taken_the_change(self, database: Database, tmp_path: Path) -> None:
        class Full(WhooshEngine):
            def apply(self, documents: Iterable[OfferDocument], removed: Iterable[int] = ()) -> None:
                raise OSError("no space left on device")

        indexer = Indexer(database, Full(tmp_path / "index", analyse=plain_words), flatten)
        indexer.rebuild()
        keep(database)
        before = waiting(database)
        with pytest.raises(OSError, match="no space"):
            indexer.drain()
        assert waiting(database) == before > 0

    def test_draining_twice_does_no_harm(self, database: Database, indexer: Indexer) -> None:
        number = keep(database)
        with database.reading() as session:
            notes = list(session.scalars(select(IndexTask.offer_id)))
        indexer.drain()
        with database.transaction() as session:
            offers.note_change(session, notes)
        indexer.drain()
        assert found(indexer.engine, a_query("Kurs")) == [number]

    def test_an_older_state_never_replaces_a_newer_one(self, database: Database, tmp_path: Path) -> None:
        """While this process waits for its turn to write, another brings a newer state in."""
        number = keep(database, "Kurs")
        other = an_indexer(database, tmp_path)
        other.rebuild()

        class Slow(WhooshEngine):
            def apply(self, documents: Iterable[OfferDocument], removed: Iterable[int] = ()) -> None:
                rename(database, number, "Treff")
                other.drain()
                super().apply(documents, removed)

        with database.transaction() as session:
            offers.note_change(session, [number])
        Indexer(database, Slow(tmp_path / "index", analyse=plain_words), flatten).drain()
        assert found(other.engine, a_query("Treff")) == [number]

    def test_several_processes_may_drain_at_once(self, database: Database, indexer: Indexer, tmp_path: Path) -> None:
        numbers = {keep(database, f"Kurs {n}") for n in range(25)}
        database.close()
        url = database.url.render_as_string(hide_password=False)

        def drain() -> None:
            an_indexer(Database(url), tmp_path).drain()

        drains = [FORK.Process(target=drain) for _ in range(3)]
        for one in drains:
            one.start()
        for one in drains:
            one.join()
        assert [one.exitcode for one in drains] == [0, 0, 0]
        assert (an_indexer(database, tmp_path).engine.ids(), waiting(database)) == (numbers, 0)

    def test_a_broken_index_is_rebuilt_on_the_way(self, database: Database, tmp_path: Path) -> None:
        numbers = {keep(database), keep(database, state=State.PUBLISHED)}
        indexer = an_indexer(database, tmp_path)
        indexer.drain()
        assert (indexer.engine.ids(), waiting(database)) == (numbers, 0)


class TestRebuilding:
    def test_it_takes_every_published_offer(self, database: Database, indexer: Indexer, region: Region) -> None:
        with database.transaction() as session:
            for n in range(230):
                offers.save(session, a_draft(f"Kurs {n}"), now=NOW, region=region)
            for offer in session.scalars(select(Offer)):
                offer.state = State.PUBLISHED if offer.id % 2 else State.DRAFT
            session.flush()
            published = set(session.scalars(select(Offer.id).where(Offer.state == State.PUBLISHED)))
        assert (indexer.rebuild(), indexer.engine.ids()) == (len(published), published)

    def test_it_empties_the_queue_of_what_it_took_in(self, database: Database, indexer: Indexer) -> None:
        keep(database)
        indexer.rebuild()
        assert waiting(database) == 0

    def test_a_change_while_it_runs_stays_in_the_queue(self, database: Database, tmp_path: Path) -> None:
        keep(database, "Kurs")
        an_indexer(database, tmp_path).rebuild()

        def meanwhile(session: Session, ids: Sequence[int]) -> Iterator[OfferDocument]:
            taken = list(flatten(session, ids))
            if not waiting(database):
                keep(database, "Treff")
            yield from taken

        engine = WhooshEngine(tmp_path / "index", analyse=plain_words)
        Indexer(database, engine, meanwhile).rebuild()
        assert waiting(database) > 0
        an_indexer(database, tmp_path).drain()
        assert found(an_indexer(database, tmp_path).engine, a_query("Treff")) != []

    def test_visitors_find_the_old_index_until_the_new_one_is_whole(self, database: Database, tmp_path: Path) -> None:
        number = keep(database, "Kurs")
        an_indexer(database, tmp_path).rebuild()
        seen = []

        def looking(session: Session, ids: Sequence[int]) -> Iterator[OfferDocument]:
            for entry in flatten(session, ids):
                seen.append(found(an_indexer(database, tmp_path).engine, a_query("Kurs")))
                yield entry

        Indexer(database, WhooshEngine(tmp_path / "index", analyse=plain_words), looking).rebuild()
        assert seen == [[number]]


class TestEnsuring:
    def test_a_missing_index_is_made(self, database: Database, tmp_path: Path) -> None:
        number = keep(database)
        indexer = an_indexer(database, tmp_path)
        assert (indexer.ensure(), indexer.engine.ids()) == (True, {number})

    def test_an_index_in_step_is_left_alone(self, database: Database, indexer: Indexer) -> None:
        before = indexer.engine.generation()
        assert (indexer.ensure(), indexer.engine.generation()) == (False, before)

    def test_a_filled_queue_is_drained_without_a_rebuild(self, database: Database, indexer: Indexer) -> None:
        number = keep(database)
        assert (indexer.ensure(), indexer.engine.ids(), waiting(database)) == (False, {number}, 0)

    def test_a_damaged_index_is_made_anew(self, database: Database, indexer: Indexer, tmp_path: Path) -> None:
        number = keep(database)
        indexer.drain()
        next((tmp_path / "index").glob("*/*.trm")).write_bytes(b"damaged")
        fresh = an_indexer(database, tmp_path)
        assert (fresh.compare().broken, fresh.ensure(), fresh.engine.ids()) == (True, True, {number})

    def test_a_lost_queue_is_noticed(self, database: Database, indexer: Indexer) -> None:
        number = keep(database)
        with database.transaction() as session:
            session.query(IndexTask).delete()
        assert indexer.compare().missing == {number}
        assert (indexer.ensure(), indexer.engine.ids()) == (True, {number})

    def test_an_offer_that_should_not_be_there_is_noticed(self, database: Database, indexer: Indexer) -> None:
        indexer.engine.apply([an_entry(77, "Kurs")])
        assert indexer.compare().surplus == {77}
        assert (indexer.ensure(), indexer.engine.ids()) == (True, set())

    def test_an_index_of_an_older_version_is_made_anew(
        self, database: Database, indexer: Indexer, tmp_path: Path
    ) -> None:
        root = tmp_path / "index"
        manifest = generations.read_current(root)
        older = generations.Manifest(**{**vars(manifest), "recipe": "older"})
        generations.write_current(root, older)
        fresh = an_indexer(database, tmp_path)
        assert (fresh.engine.is_outdated(), fresh.ensure(), fresh.engine.is_outdated()) == (True, True, False)


class TestSaying:
    def test_in_step(self, database: Database, indexer: Indexer) -> None:
        keep(database)
        indexer.drain()
        assert str(indexer.compare().sentence()) == "The search index is in step: 1 offer."

    def test_out_of_step(self, database: Database, indexer: Indexer) -> None:
        keep(database)
        indexer.engine.apply([an_entry(77)])
        sentence = "The search index is out of step: 1 missing, 1 too many, 1 waiting."
        assert str(indexer.compare().sentence()) == sentence

    def test_broken(self, database: Database, tmp_path: Path) -> None:
        comparison = an_indexer(database, tmp_path).compare()
        assert (comparison.in_step, str(comparison.sentence())) == (
            False,
            "The search index cannot be read. Rebuild it.",
        )


@pytest.mark.slow
def test_thirty_kills_while_offers_are_kept_and_indexed_lose_none(database: Database, tmp_path: Path) -> None:
    an_indexer(database, tmp_path).rebuild()
    database.close()
    url = database.url.render_as_string(hide_password=False)
    chance = random.Random(4)
    done: set[int] = set()

    def work() -> Iterator[int]:
        own = Database(url)
        indexer = an_indexer(own, tmp_path)
        while True:
            yield keep(own)
            indexer.drain()

    for _ in range(30):
        done |= set(kill_after(chance.uniform(0.0, 0.2), work))
    indexer = an_indexer(database, tmp_path)
    assert indexer.ensure() is False
    assert done <= indexer.engine.ids()
    assert indexer.compare().in_step
    assert len(done) > 30
