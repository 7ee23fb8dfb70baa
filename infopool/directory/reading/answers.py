"""Yes, no, partly, or nothing said: the answers to a yes-or-no question."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from infopool.directory.facts import Answer
from infopool.directory.reading.tables import answer_words
from infopool.directory.reading.words import Synonyms, is_blank, is_prose, without_brackets

_TICKS = dict.fromkeys("✓✔☑☒✅", Answer.YES) | dict.fromkeys("✗✘❌", Answer.NO)


@cache
def _answers() -> dict[str, Synonyms]:
    """By question; the empty one holds what answers any of them."""
    return {question: Synonyms(words) for question, words in answer_words().items()}


_START = re.compile(r"^\s*(ja|nein|yes|no|teilweise|partly)\s*[,;:.(!–—-]\s*(.+)$", re.I | re.S)


@lru_cache(maxsize=5_000)
def read_answer(text: str, question: str = "") -> tuple[Answer, str]:
    """The answer to a yes-or-no question, and what was said besides ("ja, ab 3 Jahren" leaves "ab 3 Jahren").

    `question` is the name of the offer's fact (`childcare`, `women_only`, `wheelchair`, `registration_needed`); some
    questions have answers of their own. Empty is unknown, never no. What is not an answer at all is left over whole.
    """
    if is_blank(text):
        return Answer.UNKNOWN, ""
    if is_prose(text):
        return Answer.UNKNOWN, text
    answer = _find(text, question)
    if answer:
        return answer, ""
    bare, note = without_brackets(text)
    answer = _find(bare, question) if note else None
    if answer:
        return answer, note
    started = _START.match(text)
    answer = _find(started[1], question) if started else None
    if started and answer:
        return answer, started[2].strip(" )")
    pieces = [piece.strip() for piece in re.split(r"[,;/]|\soder\s", text) if piece.strip()]
    answers = {_find(piece, question) for piece in pieces}
    agreed = answers.pop() if len(answers) == 1 else None
    return (agreed, "") if agreed else (Answer.UNKNOWN, text.strip())


def _find(text: str, question: str) -> Answer | None:
    tables = _answers()
    own = tables[question].find(text) if question in tables else ""
    code = _TICKS.get(text.strip()) or own or tables[""].find(text)
    return Answer(code) if code else None
