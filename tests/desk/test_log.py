"""The log as a page: words people know, not the codes of the program."""

from __future__ import annotations

import pytest

from infopool.curation import log
from infopool.curation.log import Actor
from infopool.curation.models import Role
from infopool.db import Database
from tests.conftest import NOW
from tests.desk.conftest import SitDown

CODES = ("invite", "join", "sign-in", "sign-out", "brought", "confirmed", "written", "rules", "merged-away")


@pytest.mark.parametrize("code", CODES)
def test_an_action_stands_there_in_words(code: str) -> None:
    assert code in log.ACTIONS


def test_values_stand_there_by_name_and_never_as_json(database: Database, sit_down: SitDown) -> None:
    desk = sit_down(Role.OFFICER)
    with database.transaction() as session:
        after = {"groups": ["housing", "work"], "state": "published"}
        log.note(session, Actor("Frau 100 %d"), "invite", "curator", 77, now=NOW, after=after)
    page = desk.get("/admin/log/")
    assert "housing, work" in page.text
    assert "Frau 100 %d" in page.text
    assert "{&#34;" not in page.text
