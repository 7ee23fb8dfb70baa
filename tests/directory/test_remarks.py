"""What visitors say is wrong with an offer."""

from __future__ import annotations

import pytest

from infopool.db import Database
from infopool.directory import remarks
from infopool.directory.facts import State
from tests.conftest import TODAY
from tests.making import an_offer


def test_a_remark_waits_until_it_is_closed(database: Database) -> None:
    with database.transaction() as session:
        remarks.leave(session, an_offer(session).id, "gone", "Zu", language="de", today=TODAY)
    with database.transaction() as session:
        (remark,) = remarks.waiting(session)
        remark.closed_on = TODAY
    with database.reading() as session:
        assert remarks.waiting(session) == []


def test_a_suggestion_needs_a_title(database: Database) -> None:
    with database.transaction() as session:
        problem = remarks.suggest(session, " ", "Montags", language="de", today=TODAY)
        assert problem
        assert problem.field == "title"


def test_a_suggestion_belongs_to_no_offer(database: Database) -> None:
    with database.transaction() as session:
        assert remarks.suggest(session, "Nähkurs", "Montags", language="fa", today=TODAY, contact="a@b.example") is None
    with database.reading() as session:
        (remark,) = remarks.waiting(session)
    assert (remark.kind, remark.offer_id, remark.words) == (remarks.SUGGESTION, None, "Nähkurs\nMontags")


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
