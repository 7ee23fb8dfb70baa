"""What visitors say is wrong with an offer."""

from __future__ import annotations

import pytest

from infopool.db import Database
from infopool.directory import remarks
from infopool.directory.facts import State
from tests.conftest import TODAY
from tests.making import an_offer


def test_a_remark_waits_until_somebody_has_dealt_with_it(database: Database) -> None:
    with database.transaction() as session:
        remarks.leave(session, an_offer(session).id, "gone", "Zu", language="de", today=TODAY)
    with database.transaction() as session:
        (remark,) = remarks.waiting(session)
        assert remarks.deal_with(session, remark.id) is None
    with database.reading() as session:
        assert remarks.waiting(session) == []


def test_an_unknown_remark_is_a_problem(database: Database) -> None:
    with database.transaction() as session:
        assert remarks.deal_with(session, 7) is not None


@pytest.mark.parametrize(
    ("reason", "words", "field"), [("", " ", "words"), ("other", "x" * 2001, "words"), ("because", "", "reason")]
)
def test_an_empty_an_endless_and_a_made_up_remark_are_refused(
    database: Database, reason: str, words: str, field: str
) -> None:
    with database.transaction() as session:
        problem = remarks.leave(session, an_offer(session).id, reason, words, language="de", today=TODAY)
        assert problem
        assert problem.field == field


def test_nobody_remarks_on_what_is_not_public(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session, state=State.IN_REVIEW)
        assert remarks.leave(session, offer.id, "gone", "", language="de", today=TODAY)
