"""The worker: each job to its end, regular work once a period, stopping without a loss."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from infopool import queue
from infopool.curation import timetable
from infopool.curation.models import RareTerm
from infopool.curation.timetable import TIMETABLE, Every, Regular
from infopool.directory.models import IndexTask
from infopool.jobs.handlers import HANDLERS
from infopool.jobs.work import GiveUp, NotNow, Task, Work
from infopool.jobs.worker import Worker
from infopool.queue import Job, JobState
from tests.conftest import NOW
from tests.jobs.conftest import Clock
from tests.making import an_offer


def add(work: Work, name: str = "try", **more: object) -> int:
    with work.database.transaction() as session:
        job = queue.add(session, name, now=work.now(), **more)  # type: ignore[arg-type]
        assert job
        return job.id


def job(work: Work, job_id: int) -> Job:
    with work.database.reading() as session:
        return session.get_one(Job, job_id)


def worker(work: Work, handler: object = None, regular: tuple[Regular, ...] = ()) -> Worker:
    return Worker(work, {"try": handler} if handler else HANDLERS, regular)  # type: ignore[dict-item]


def note(session: object, name: str) -> None:
    session.add(RareTerm(month="2026-11", fingerprint=name))  # type: ignore[attr-defined]


def notes(work: Work) -> list[str]:
    with work.database.reading() as session:
        return list(session.scalars(select(RareTerm.fingerprint).order_by(RareTerm.fingerprint)))


def test_every_regular_work_has_somebody_who_does_it() -> None:
    assert {regular.name for regular in TIMETABLE} <= set(HANDLERS)


def test_no_two_lines_of_the_timetable_share_a_name() -> None:
    names = [regular.name for regular in TIMETABLE]
    assert len(names) == len(set(names))


def test_a_job_that_went_well_is_done(work: Work) -> None:
    given = []
    job_id = add(work, number=7)
    assert worker(work, lambda _, task: given.append(task.arguments)).do_all() == 1
    assert given == [{"number": 7}]
    assert job(work, job_id).state == JobState.DONE


def test_the_effect_and_the_end_of_a_job_are_one(work: Work) -> None:
    def twice(_: Work, task: Task) -> None:
        with task.finishing() as session:
            note(session, "once")

    job_id = add(work)
    worker(work, twice).do_all()
    assert notes(work) == ["once"]
    assert job(work, job_id).state == JobState.DONE


def test_a_job_that_was_lost_has_no_effect(work: Work, clock: Clock) -> None:
    def slow(_: Work, task: Task) -> None:
        clock.on(minutes=6)
        with work.database.transaction() as session:
            assert queue.take(session, "somebody else", clock())
        with task.finishing() as session:
            note(session, "late")

    job_id = add(work)
    worker(work, slow).do_next()
    assert notes(work) == []
    assert (job(work, job_id).state, job(work, job_id).worker) == (JobState.RUNNING, "somebody else")


def test_four_workers_share_a_hundred_jobs_without_doing_one_twice(work: Work) -> None:
    for number in range(100):
        add(work, number=number)

    def mark(_: Work, task: Task) -> None:
        with task.finishing() as session:
            note(session, f"{task.arguments['number']:03}-{task.attempt}")

    with ThreadPoolExecutor(4) as crowd:
        done = sum(crowd.map(lambda _: worker(work, mark).do_all(), range(4)))
    assert done == 100
    assert notes(work) == [f"{number:03}-1" for number in range(100)]


def test_a_fault_is_noted_and_the_job_tried_again(work: Work, clock: Clock) -> None:
    def broken(_: Work, task: Task) -> None:
        if task.attempt == 1:
            raise ValueError("not today\n\x1b[31m")

    job_id = add(work)
    worker(work, broken).do_all()
    assert (job(work, job_id).state, job(work, job_id).fault) == (JobState.WAITING, "ValueError: not today  [31m")
    clock.on(minutes=1)
    worker(work, broken).do_all()
    assert (job(work, job_id).state, job(work, job_id).fault) == (JobState.DONE, "")


def test_a_hopeless_job_fails_at_once(work: Work) -> None:
    def hopeless(_: Work, task: Task) -> None:
        raise GiveUp("there is no such mailbox")

    job_id = add(work)
    worker(work, hopeless).do_all()
    assert (job(work, job_id).state, job(work, job_id).fault) == (JobState.FAILED, "there is no such mailbox")


def test_a_patient_job_is_tried_for_two_days(work: Work, clock: Clock) -> None:
    def patient(_: Work, task: Task) -> None:
        raise NotNow("the server sleeps", most=12)

    job_id, tries = add(work), 0
    while job(work, job_id).state == JobState.WAITING:
        clock.now = max(clock.now, job(work, job_id).due_at)
        tries += worker(work, patient).do_all()
    assert tries == 12
    assert timedelta(days=1) < clock.now - NOW < timedelta(days=3)


def test_a_job_nobody_knows_fails_with_its_name(work: Work) -> None:
    job_id = add(work, "unheard-of")
    worker(work).do_all()
    assert job(work, job_id).state == JobState.FAILED
    assert "unheard-of" in job(work, job_id).fault


def test_a_stopped_worker_hands_a_long_job_back(work: Work) -> None:
    def long(_: Work, task: Task) -> None:
        work.stopping.set()
        task.still_at_it(1, 2)
        note(None, "never reached")

    job_id = add(work)
    worker(work, long).run()
    assert (job(work, job_id).state, job(work, job_id).attempts) == (JobState.WAITING, 0)


def test_a_stopped_worker_finishes_a_short_job(work: Work) -> None:
    job_id, next_id = add(work), add(work)
    worker(work, lambda *_: work.stopping.set()).run()
    assert job(work, job_id).state == JobState.DONE
    assert job(work, next_id).state == JobState.WAITING


def test_what_a_killed_process_left_behind_reaches_the_index(work: Work) -> None:
    with work.database.transaction() as session:
        an_offer(session)
    add(work, "index")
    worker(work).do_all()
    with work.database.reading() as session:
        assert session.scalars(select(IndexTask)).all() == []
    assert len(work.indexer().engine.ids()) == 1


EACH = [Regular("try", every, "says", at=time(8)) for every in Every]


@pytest.mark.parametrize("regular", EACH, ids=lambda regular: regular.every)
def test_regular_work_is_done_once_a_period_by_however_many(work: Work, clock: Clock, regular: Regular) -> None:
    done: list[int] = []
    for _ in range(3):
        for _ in range(4):
            worker(work, lambda _, task: done.append(task.id), (regular,)).do_all()
        clock.now = timetable.next_start(regular, clock.now, work.region.timezone).astimezone(UTC)
    assert len(done) == 3


def test_periods_nobody_worked_in_are_not_made_up_for(work: Work, clock: Clock) -> None:
    done: list[int] = []
    daily = Regular("try", Every.DAY, "says", at=time(8))
    worker(work, lambda _, task: done.append(task.id), (daily,)).do_all()
    clock.on(days=10)
    worker(work, lambda _, task: done.append(task.id), (daily,)).do_all()
    assert len(done) == 2


@pytest.mark.parametrize(
    ("every", "at", "key"),
    [
        (Every.DAY, datetime(2026, 11, 22, 6, 59, tzinfo=UTC), "tidy:2026-11-21"),
        (Every.DAY, datetime(2026, 11, 22, 7, tzinfo=UTC), "tidy:2026-11-22"),
        (Every.WEEK, datetime(2026, 11, 23, 6, 59, tzinfo=UTC), "tidy:2026-W47"),
        (Every.WEEK, datetime(2026, 11, 23, 7, tzinfo=UTC), "tidy:2026-W48"),
        (Every.WEEK, datetime(2027, 1, 2, 7, tzinfo=UTC), "tidy:2026-W53"),
        (Every.HOUR, datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "tidy:2026-10-25T00:00"),
        (Every.HOUR, datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "tidy:2026-10-25T01:00"),
        (Every.FIVE_MINUTES, datetime(2026, 11, 22, 7, 14, 59, tzinfo=UTC), "tidy:2026-11-22T07:10"),
    ],
)
def test_a_period_has_one_name(work: Work, every: Every, at: datetime, key: str) -> None:
    assert timetable.key_of(Regular("tidy", every, "says", at=time(8)), at, work.region.timezone) == key


@pytest.mark.parametrize("day", [datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 10, 24, 12, tzinfo=UTC)])
def test_a_day_with_another_length_still_begins_at_its_hour(work: Work, day: datetime) -> None:
    found = timetable.next_start(Regular("tidy", Every.DAY, "says", at=time(8)), day, work.region.timezone)
    assert (found.hour, found.date() - day.date()) == (8, timedelta(days=1))
