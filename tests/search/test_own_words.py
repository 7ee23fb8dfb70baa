"""Words curators add: found at once, gone when removed, refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from infopool.db import Database
from infopool.search import concepts, finding, own_words
from infopool.search.query import Asked
from infopool.settings import Settings
from infopool.web.pool import Pool, open_pool
from tests.conftest import TODAY
from tests.making import an_offer

VOCABULARY = concepts.load()


def add(database: Database, language: str = "de", concept: str = "german-course", term: str = "Zungenschule") -> object:
    with database.transaction() as session:
        return own_words.add(session, VOCABULARY, language, concept, term, TODAY)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("language", {"language": "xx"}), ("concept", {"concept": "knitting-club"}), ("term", {"term": " ! "})],
)
def test_what_cannot_be_added_is_said(database: Database, field: str, wrong: dict[str, str]) -> None:
    problem = add(database, **wrong)
    assert getattr(problem, "field", None) == field


def test_a_word_is_added_once(database: Database) -> None:
    assert add(database) is None
    assert add(database, term=" Zungenschule ") is not None


def test_a_removed_word_is_gone(database: Database) -> None:
    add(database)
    with database.transaction() as session:
        (word,) = own_words.everything(session)
        assert own_words.remove(session, word.id) is None
    assert own_words.read(database) == ()


def test_a_database_without_a_place_for_words_has_none(tmp_path: Path) -> None:
    assert own_words.read(Database(f"sqlite:///{tmp_path / 'empty.sqlite'}")) == ()


@pytest.fixture
def running(database: Database, tmp_path: Path) -> Pool:
    """A pool as a server holds it, with one offer."""
    url = database.url.render_as_string(hide_password=False)
    with database.transaction() as session:
        an_offer(session, "Deutschkurs")
    house = open_pool(Settings(data=tmp_path / "data", database_url=url))
    finding.indexer(house.search, database).rebuild()
    return house


def kinds(house: Pool, text: str) -> list[str]:
    return [piece.id for piece in house.find(Asked(text, "de", TODAY)).query.understood]


def test_a_running_server_learns_a_word_with_the_next_index(database: Database, running: Pool) -> None:
    assert "german-course" not in kinds(running, "zungenschule")
    add(database)
    finding.indexer(running.search, database).rebuild()
    running.search.engine.ids()
    assert "german-course" in kinds(running, "zungenschule")
