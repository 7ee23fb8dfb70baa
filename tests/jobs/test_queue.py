"""Jobs: taken once, finished once, tried again, never lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from infopool import queue
from infopool.db import Database
from infopool.queue import Job, JobState
from tests.conftest import NOW


def added(database: Database, name: str = "tidy", **more: object) -> int:
    with database.transaction() as session:
        job = queue.add(session, name, now=NOW, **more)  # type: ignore[arg-type]
        assert job
        return job.id


def state(database: Database, job_id: int) -> Job:
    with database.reading() as session:
        return session.get_one(Job, job_id)


def taken(database: Database, worker: str = "a", later: timedelta = timedelta()) -> Job | None:
    with database.transaction() as session:
        return queue.take(session, worker, NOW + later)


def test_a_job_is_taken_by_one_worker_only(database: Database) -> None:
    added(database)
    assert taken(database, "a")
    assert taken(database, "b") is None


def test_a_job_waits_for_its_moment(database: Database) -> None:
    added(database, due_at=NOW + timedelta(hours=1))
    assert taken(database) is None
    assert taken(database, later=timedelta(hours=1))


def test_a_second_job_of_the_same_key_is_not_taken_on(database: Database) -> None:
    added(database, key="tidy:2026-11-22")
    with database.transaction() as session:
        assert queue.add(session, "tidy", now=NOW, key="tidy:2026-11-22") is None


def test_a_key_stays_taken_when_its_job_is_done(database: Database) -> None:
    job_id = added(database, key="once")
    taken(database)
    with database.transaction() as session:
        assert queue.finish(session, job_id, "a", NOW)
    with database.transaction() as session:
        assert queue.add(session, "tidy", now=NOW, key="once") is None


def test_eight_at_once_take_on_a_key_once(database: Database) -> None:
    def add(_: int) -> bool:
        with database.transaction() as session:
            return queue.add(session, "tidy", now=NOW, key="once") is not None

    with ThreadPoolExecutor(8) as crowd:
        assert sum(crowd.map(add, range(16))) == 1


def test_an_abandoned_job_goes_to_another_worker(database: Database) -> None:
    job_id = added(database)
    taken(database, "a")
    found = taken(database, "b", later=queue.LEASE)
    assert found
    assert (found.id, found.worker, found.attempts) == (job_id, "b", 2)


def test_a_worker_that_lost_its_job_cannot_finish_it(database: Database) -> None:
    job_id = added(database)
    taken(database, "a")
    taken(database, "b", later=queue.LEASE)
    with database.transaction() as session:
        assert not queue.finish(session, job_id, "a", NOW)
        assert not queue.still_at_it(session, job_id, "a", NOW)
        queue.fail(session, job_id, "a", NOW, "too late")
    assert state(database, job_id).state == JobState.RUNNING


def test_a_worker_that_is_still_at_it_keeps_its_job(database: Database) -> None:
    job_id = added(database)
    taken(database, "a")
    with database.transaction() as session:
        assert queue.still_at_it(session, job_id, "a", NOW + timedelta(minutes=4), 3, 10)
    assert taken(database, "b", later=queue.LEASE) is None
    assert (state(database, job_id).done, state(database, job_id).steps) == (3, 10)


def test_a_failed_job_is_tried_again_later_and_later(database: Database) -> None:
    job_id, at, waits = added(database), NOW, []
    while state(database, job_id).state != JobState.FAILED:
        with database.transaction() as session:
            assert queue.take(session, "a", at)
            queue.fail(session, job_id, "a", at, "no")
        due = state(database, job_id).due_at
        waits.append((due - at).total_seconds() / 60)
        at = max(at, due)
    assert waits == [1, 4, 16, 64, 0]
    assert state(database, job_id).fault == "no"


def test_a_job_that_failed_for_good_is_not_tried_again(database: Database) -> None:
    job_id = added(database)
    taken(database)
    with database.transaction() as session:
        queue.fail(session, job_id, "a", NOW, "never", for_good=True)
    assert taken(database, later=timedelta(days=30)) is None


def test_a_failed_job_can_be_started_again_by_hand(database: Database) -> None:
    job_id = added(database)
    taken(database)
    with database.transaction() as session:
        queue.fail(session, job_id, "a", NOW, "never", for_good=True)
        assert queue.try_again(session, job_id, NOW)
    assert taken(database)


def test_only_a_failed_job_can_be_started_again(database: Database) -> None:
    job_id = added(database)
    with database.transaction() as session:
        assert not queue.try_again(session, job_id, NOW)
        assert not queue.try_again(session, 999, NOW)


def test_a_job_that_kills_every_worker_fails_in_the_end(database: Database) -> None:
    job_id, later = added(database), timedelta()
    for _ in range(queue.MOST_ABANDONED):
        assert taken(database, later=later)
        later += queue.LEASE
    assert taken(database, later=later) is None
    assert (state(database, job_id).state, state(database, job_id).fault) == (JobState.FAILED, queue.ABANDONED)


def test_a_job_handed_back_is_as_if_never_taken(database: Database) -> None:
    job_id = added(database)
    taken(database, "a")
    with database.transaction() as session:
        queue.hand_back(session, job_id, "a", NOW)
    found = taken(database, "b")
    assert found
    assert found.attempts == 1
