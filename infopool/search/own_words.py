"""The words curators add to the vocabulary without a release: kept in the database, put over the files."""

from __future__ import annotations

import unicodedata
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from infopool.db import Database
from infopool.directory.models import SearchWord
from infopool.languages import SEARCHED
from infopool.messages import N_, Message, Problem
from infopool.search import text
from infopool.search.concepts import ExtraTerm, Vocabulary

LONGEST = 100
"""Characters a term may have; what is longer is a sentence."""


def add(
    session: Session, vocabulary: Vocabulary, language: str, concept: str, term: str, today: date
) -> Problem | None:
    """Keep a word for a concept; a Problem when language or concept are unknown, or it says nothing or is there."""
    term = unicodedata.normalize("NFC", " ".join(term.split()))
    if language not in SEARCHED:
        return Problem("language", Message(N_("The language “%(tag)s” is not known here."), {"tag": language}))
    if concept not in vocabulary.concepts:
        return Problem("concept", Message(N_("There is no concept “%(code)s”."), {"code": concept}))
    if not text.words(term) or len(term) > LONGEST:
        return Problem("term", Message(N_("Write one word or a few, at most %(most)s characters."), {"most": LONGEST}))
    same = select(SearchWord).where(
        SearchWord.language == language, SearchWord.concept == concept, SearchWord.term == term
    )
    if session.scalars(same).first():
        return Problem("term", Message(N_("This word is there already.")))
    session.add(SearchWord(language=language, concept=concept, term=term, added_on=today))
    return None


def remove(session: Session, number: int) -> Problem | None:
    """Take a word out again; a Problem when there is none of this number."""
    word = session.get(SearchWord, number)
    if word is None:
        return Problem("word", Message(N_("There is no word with this number.")))
    session.delete(word)
    return None


def everything(session: Session) -> list[SearchWord]:
    """All words curators added, by language and concept."""
    return list(session.scalars(select(SearchWord).order_by(SearchWord.language, SearchWord.concept, SearchWord.id)))


def read(database: Database) -> tuple[ExtraTerm, ...]:
    """The words in the form the vocabulary takes; none while the database has no place for them yet."""
    try:
        with database.reading() as session:
            return tuple((word.language, word.concept, word.term) for word in everything(session))
    except (OperationalError, ProgrammingError):
        return ()
