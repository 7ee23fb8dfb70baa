"""What waits for somebody is counted rightly, and only what concerns her."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from infopool.curation import todo
from infopool.curation.models import CheckRequest, Curator, Edit, EditState, Role, WantedTerm
from infopool.db import Database
from infopool.directory.drafts import Check
from infopool.directory.facts import State
from infopool.directory.models import Remark
from tests.conftest import NOW, TODAY
from tests.making import an_offer

UNCHECKED = Check()


def somebody(session: Session, role: Role = Role.CURATOR, groups: tuple[str, ...] = ("education",)) -> Curator:
    curator = Curator(email=f"{role}@example.org", name="Frau Muster", role=role, groups=groups, invited_at=NOW)
    session.add(curator)
    session.flush()
    return curator


def kinds(session: Session, curator: Curator) -> dict[str, int]:
    return {one.kind: one.count for one in todo.waiting(session, curator, NOW, TODAY)}


def test_an_empty_pool_leaves_nothing_to_do(database: Database) -> None:
    with database.transaction() as session:
        assert kinds(session, somebody(session)) == {}


def test_overdue_offers_of_the_own_group_wait(database: Database) -> None:
    with database.transaction() as session:
        me = somebody(session)
        an_offer(session, "Meiner", check=UNCHECKED)
        an_offer(session, "Anderer", check=UNCHECKED, working_group="housing")
        assert kinds(session, me) == {"overdue": 1}


def test_without_a_named_group_the_topic_decides(database: Database) -> None:
    with database.transaction() as session:
        me = somebody(session)
        an_offer(session, "Kurs", check=UNCHECKED, working_group="", topics=("german-course",))
        an_offer(session, "Wohnung", check=UNCHECKED, working_group="", topics=("tenancy",))
        assert kinds(session, me) == {"overdue": 1}


def test_what_belongs_to_nobody_concerns_everybody(database: Database) -> None:
    with database.transaction() as session:
        me = somebody(session)
        an_offer(session, "Arzt", check=UNCHECKED, working_group="", topics=("doctors",))
        assert kinds(session, me) == {"overdue": 1}


def test_the_officer_sees_all_groups(database: Database) -> None:
    with database.transaction() as session:
        me = somebody(session, Role.OFFICER, ())
        an_offer(session, "A", check=UNCHECKED)
        an_offer(session, "B", check=UNCHECKED, working_group="housing")
        assert kinds(session, me)["overdue"] == 2


def test_an_offer_whose_provider_was_asked_is_not_overdue_besides(database: Database) -> None:
    with database.transaction() as session:
        me = somebody(session)
        offer = an_offer(session, check=UNCHECKED)
        session.add(CheckRequest(offer_id=offer.id, address="a@example.org", asked_at=NOW))
        session.flush()
        assert kinds(session, me) == {}


def test_a_provider_who_does_not_answer_is_to_be_called(database: Database) -> None:
    with database.transaction() as session:
        me = somebody(session)
        offer = an_offer(session, check=UNCHECKED)
        asked = NOW - timedelta(days=40)
        session.add(CheckRequest(offer_id=offer.id, address="a@example.org", asked_at=asked, to_call_at=NOW))
        session.flush()
        assert kinds(session, me) == {"calls": 1}


def test_remarks_wait_until_they_are_closed(database: Database) -> None:
    with database.transaction() as session:
        me = somebody(session)
        offer = an_offer(session)
        session.add(Remark(offer_id=offer.id, words="zu", language="de", left_on=TODAY - timedelta(days=3)))
        session.add(Remark(offer_id=offer.id, words="auf", language="de", left_on=TODAY, closed_on=TODAY))
        session.flush()
        (waiting,) = todo.waiting(session, me, NOW, TODAY)
    assert (waiting.count, waiting.oldest) == (1, TODAY - timedelta(days=3))


def test_edits_in_review_wait_for_their_group(database: Database) -> None:
    with database.transaction() as session:
        me = somebody(session)
        for group in ("education", "housing", ""):
            session.add(
                Edit(
                    fields={}, state=EditState.IN_REVIEW, working_group=group, begun_at=NOW, saved_at=NOW, author_id=99
                )
            )
        session.flush()
        assert kinds(session, me) == {"review": 2}


def test_own_drafts_are_not_forgotten(database: Database) -> None:
    with database.transaction() as session:
        me = somebody(session)
        session.add(Edit(fields={}, begun_at=NOW, saved_at=NOW, author_id=me.id))
        session.add(Edit(fields={}, begun_at=NOW, saved_at=NOW, author_id=me.id + 1))
        session.flush()
        assert kinds(session, me) == {"drafts": 1}


@pytest.mark.parametrize(
    ("role", "expected"), [(Role.STEERING, set()), (Role.TRANSLATOR, set()), (Role.CURATOR, {"wanted"})]
)
def test_nobody_is_shown_work_that_is_not_theirs(database: Database, role: Role, expected: set[str]) -> None:
    with database.transaction() as session:
        me = somebody(session, role)
        session.add(WantedTerm(language="de", term="schwimmkurs", hits=12, first_week="2026-W40", last_week="2026-W47"))
        session.flush()
        assert set(kinds(session, me)) == expected


def test_the_statements_do_not_grow_with_the_offers(database: Database) -> None:
    counted: list[str] = []
    event.listen(database.reader, "before_cursor_execute", lambda _c, _u, statement, *_: counted.append(statement))
    with database.transaction() as session:
        me = somebody(session)
        for number in range(30):
            an_offer(session, f"Kurs {number}", check=UNCHECKED, state=State.PUBLISHED)
    counted.clear()
    with database.reading() as session:
        todo.waiting(session, me, NOW, TODAY)
    assert len(counted) <= 13
