"""Offers translated by a machine: only what nobody has translated, within a month's budget, always marked as such."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from infopool import languages
from infopool.curation.machines import Translate
from infopool.db import Database
from infopool.directory import translations
from infopool.directory.drafts import TextDraft
from infopool.directory.facts import Origin
from infopool.directory.models import MachineUse
from infopool.directory.translations import Handed, Judged, Need, Outcome, TextReport, Wanted
from infopool.directory.wording import FIELDS, text_with, words_of
from infopool.messages import N_, Message, Problem


@dataclass(frozen=True)
class MachineReport:
    """What a machine has translated, and why it stopped."""

    done: TextReport
    characters: int
    """Characters of the originals that were handed over."""
    stopped: Message | None = None


@dataclass(frozen=True)
class Budget:
    """Monatsbudget. How many characters may be handed to a machine in a month; counted in the database."""

    database: Database
    characters: int

    def spend(self, characters: int, month: str) -> bool:
        """Take characters from the month's budget before they are sent; False and nothing taken when too many."""
        with self.database.transaction() as session:
            used = _use(session, month)
            if used.characters + characters > self.characters:
                return False
            used.characters += characters
        return True

    def give_back(self, characters: int, month: str) -> None:
        """Put back what a service refused to take."""
        with self.database.transaction() as session:
            used = _use(session, month)
            used.characters = max(0, used.characters - characters)

    def left(self, month: str) -> int:
        """The characters that may still be sent this month."""
        with self.database.reading() as session:
            used = session.get(MachineUse, month)
        return max(0, self.characters - (used.characters if used else 0))


def _use(session: Session, month: str) -> MachineUse:
    used = session.get(MachineUse, month, with_for_update=True)
    if used is None:
        session.add(used := MachineUse(month=month, characters=0))
    return used


def cannot(language: str) -> Problem | None:
    """Why no machine is asked for this language, or None."""
    known = languages.find(language)
    if known and known.reads:
        sentence = N_("Easy language is written by people; no machine is asked for it.")
        return Problem("language", Message(sentence))
    return None


def translate_offers(
    database: Database,
    machine: Translate,
    language: str,
    *,
    budget: Budget,
    now: datetime,
    limit: int | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> MachineReport:
    """Have published offers translated that have no text in a language or an outdated one by a machine.

    Each offer is kept by itself, so that nothing paid for is lost. Stops when as many as `limit` are taken in, at the
    first refusal of the service, and when the next text would go beyond the budget.
    """
    with database.reading() as session:
        rows = [row for row in translations.worklist(session, language) if _is_for_a_machine(row)]
    judged: list[Judged] = []
    month, sent, stopped = f"{now:%Y-%m}", 0, None
    for row in rows:
        if limit is not None and sum(one.outcome is Outcome.TAKEN for one in judged) >= limit:
            break
        texts = _texts(row.source)
        characters = sum(len(text) for text in texts)
        if not budget.spend(characters, month):
            stopped = Message(N_("This month’s budget for machine translation is used up."))
            break
        answer = machine(texts, row.source.language, language)
        if isinstance(answer, Message):
            budget.give_back(characters, month)
            stopped = answer
            break
        sent += characters
        with database.transaction() as session:
            judged.append(translations.take_in(session, _handed(row, answer), now=now))
        progress(1)
    return MachineReport(TextReport(tuple(judged)), sent, stopped)


def suggest(row: Wanted, machine: Translate, budget: Budget, now: datetime) -> TextDraft | Message:
    """What a machine makes of one offer, for a translator to go on from; nothing is kept. Or why there is nothing."""
    problem = cannot(row.language)
    if problem:
        return problem.message
    texts, month = _texts(row.source), f"{now:%Y-%m}"
    characters = sum(len(text) for text in texts)
    if not budget.spend(characters, month):
        return Message(N_("This month’s budget for machine translation is used up."))
    answer = machine(texts, row.source.language, row.language)
    if isinstance(answer, Message):
        budget.give_back(characters, month)
        return answer
    return _handed(row, answer).text


def _is_for_a_machine(row: Wanted) -> bool:
    by_machine = row.target is not None and row.target.origin == Origin.MACHINE
    return row.published and (row.need is Need.MISSING or by_machine)


def _texts(source: TextDraft) -> list[str]:
    """The words to translate, field by field; each document is a text of its own."""
    plain = [words_of(source, field) for field in FIELDS if field != "documents"]
    return [text for text in (*plain, *source.documents) if text.strip()]


def _handed(row: Wanted, translated: list[str]) -> Handed:
    given = iter(translated)
    words = {field: next(given) for field in FIELDS if field != "documents" and words_of(row.source, field).strip()}
    words["documents"] = "\n".join(" ".join(text.split()) for text in given)
    text = text_with(row.language, words, Origin.MACHINE)
    return Handed(row.offer_id, text, row.source_version, row.target_version, confirmed=True, source=row.source)
