"""The offers' texts in other languages: what waits for a translator, and taking in what translators hand back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import islice

from sqlalchemy import and_, case, or_, select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import flag_modified

from infopool.db import Database
from infopool.directory import offers
from infopool.directory.checks import check_text
from infopool.directory.drafts import TextDraft, Unreadable
from infopool.directory.facts import Origin, State
from infopool.directory.models import EarlierText, Offer, OfferText
from infopool.directory.wording import FIELDS, not_carried_over, words_of, worth_a_look
from infopool.messages import N_, NN_, Message, Problem

BATCH = 200
"""Offers a transaction takes in, or a statement asks for."""


class Need(StrEnum):
    """Bedarf. Why an offer waits for a translator."""

    MISSING = "missing"
    OUTDATED = "outdated"
    MACHINE = "machine"
    """A machine has translated it and nobody has read it yet."""


@dataclass(frozen=True)
class Wanted:
    """One line of the worklist: an offer whose text in a language somebody should write."""

    offer_id: int
    published: bool
    need: Need
    language: str
    source: TextDraft
    source_version: int
    target: TextDraft | None = None
    """The text there is."""
    target_version: int = 0
    before: TextDraft | None = None
    """For an outdated text: the source as it was when the text was made, where that is known."""


def worklist(
    session: Session,
    language: str,
    *,
    machine: bool = False,
    limit: int | None = None,
    after: int | None = None,
    offer_id: int | None = None,
    among: Sequence[int] | None = None,
) -> list[Wanted]:
    """The offers whose text in a language is missing or outdated, published ones first; withdrawn ones never.

    With `machine`, texts that only a machine has written are on the list too. `after` begins behind this offer, so that
    with a limit of one it finds the next; `offer_id` asks for one offer alone, `among` for some.
    """
    rank = case((Offer.state == State.PUBLISHED, 0), else_=1)
    wanted = select(Offer).where(Offer.state != State.WITHDRAWN).options(selectinload(Offer.texts))
    if offer_id is not None:
        wanted = wanted.where(Offer.id == offer_id)
    if among is not None:
        wanted = wanted.where(Offer.id.in_(among))
    if after is not None:
        here = session.scalar(select(rank).where(Offer.id == after)) or 0
        wanted = wanted.where(or_(rank > here, and_(rank == here, Offer.id > after)))
    wanted = wanted.order_by(rank, Offer.id)
    found = session.scalars(wanted.execution_options(yield_per=200))
    rows = list(islice(filter(None, (_wanted(offer, language, machine) for offer in found)), limit))
    found.close()
    earlier = _earlier(session, {key[0] for _, key in rows if key})
    return [_with_before(row, earlier.get(key)) if key else row for row, key in rows]


_Key = tuple[int, int]
"""The number of a text and one of its versions."""


def _wanted(offer: Offer, language: str, machine: bool) -> tuple[Wanted, _Key | None] | None:
    """The line of the list an offer makes, and which earlier words of its original belong to it."""
    if not offer.texts:
        return None
    source = offers.source_text(offer)
    text = _text_in(offer, language)
    need = _need(offer, text, machine)
    if source.language == language or need is None:
        return None
    published = offer.state == State.PUBLISHED
    row = Wanted(offer.id, published, need, language, offers.text_draft(source), source.version)
    if text is None:
        return row, None
    row = replace(row, target=offers.text_draft(text), target_version=text.version)
    return row, (source.id, text.made_from) if need is Need.OUTDATED and text.made_from else None


def _earlier(session: Session, texts: set[int]) -> dict[_Key, EarlierText]:
    """The earlier words of these texts, asked for in batches."""
    ids = sorted(texts)
    found: dict[_Key, EarlierText] = {}
    for start in range(0, len(ids), BATCH):
        chunk = select(EarlierText).where(EarlierText.offer_text_id.in_(ids[start : start + BATCH]))
        found |= {(words.offer_text_id, words.version): words for words in session.scalars(chunk)}
    return found


def _with_before(row: Wanted, earlier: EarlierText | None) -> Wanted:
    if earlier is None:
        return row
    before = replace(row.source, documents=tuple(earlier.documents), **{f: getattr(earlier, f) for f in FIELDS[:-1]})
    return replace(row, before=before)


def _text_in(offer: Offer, language: str) -> OfferText | None:
    return next((text for text in offer.texts if text.language == language), None)


def _need(offer: Offer, text: OfferText | None, machine: bool) -> Need | None:
    if text is None:
        return Need.MISSING
    if offers.is_outdated(offer, text):
        return Need.OUTDATED
    return Need.MACHINE if machine and text.origin == Origin.MACHINE else None


@dataclass(frozen=True)
class Handed:
    """A translation that somebody hands in."""

    offer_id: int
    text: TextDraft
    made_from: int
    """The version of the source it was made from."""
    seen: int = 0
    """The version of the text in this language that the translator saw; 0 when there was none."""
    confirmed: bool = False
    """Whether the translator says that it is done; words that stay as they are count only then."""
    source: TextDraft | None = None
    """The source as the translator's file has it."""


@dataclass(frozen=True)
class Received:
    """What a translator's file holds."""

    handed: tuple[Handed, ...]
    unreadable: tuple[Unreadable, ...] = ()


class Outcome(StrEnum):
    """Ergebnis. What becomes of a translation that is handed in."""

    TAKEN = "taken"
    AS_BEFORE = "as-before"
    EMPTY = "empty"
    REFUSED = "refused"


@dataclass(frozen=True)
class Judged:
    """What becomes of one translation, and why."""

    handed: Handed
    outcome: Outcome
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Message, ...] = ()


def take_in(session: Session, handed: Handed, *, now: datetime, anyway: bool = False) -> Judged:
    """Make a translation the offer's text in its language, unless `judge` has something against it."""
    judged = judge(session, handed, anyway=anyway)
    if judged.outcome is Outcome.TAKEN:
        offer = session.get_one(Offer, handed.offer_id)
        _put(session, offer, handed, now)
        session.flush()
        offers.note_change(session, [offer.id])
    return judged


def _put(session: Session, offer: Offer, handed: Handed, now: datetime) -> None:
    text = _text_in(offer, handed.text.language)
    if text is None:
        offer.texts.append(text := OfferText(language=handed.text.language, version=0))
    if not text.version or not _same_words(offers.text_draft(text), handed.text):
        offers.put_words(session, text, handed.text)
    text.origin, text.made_from = handed.text.origin, handed.made_from
    if offer.imported_version == offer.version:
        # A translation is no curator's edit: what the source brings next is still taken in. The flush counts up.
        offer.imported_version = offer.version + 1
    offer.edited_at = now
    flag_modified(offer, "edited_at")


def _same_words(one: TextDraft, other: TextDraft) -> bool:
    return all(words_of(one, field).split() == words_of(other, field).split() for field in FIELDS)


def judge(session: Session, handed: Handed, *, anyway: bool = False) -> Judged:
    """What taking this translation in would do; changes nothing.

    Refused: one made from an earlier version of the source than today's (unless `anyway`), one for a text that
    somebody else has changed meanwhile, a machine's over a person's, one that is not complete, and one that loses or
    invents a phone number or an address.
    """
    if not any(words_of(handed.text, field).strip() for field in FIELDS):
        return Judged(handed, Outcome.EMPTY)
    offer = offers.get(session, handed.offer_id)
    if offer is None or not offer.texts:
        sentence = N_("There is no offer with the number %(number)s.")
        problem = Problem("offer", Message(sentence, {"number": handed.offer_id}))
        return Judged(handed, Outcome.REFUSED, (problem,))
    text = _text_in(offer, handed.text.language)
    if text and not handed.confirmed and _same_words(offers.text_draft(text), handed.text):
        return Judged(handed, Outcome.AS_BEFORE)
    if text and _is_there_already(text, handed):
        return Judged(handed, Outcome.AS_BEFORE)
    source = offers.source_text(offer)
    problems = (*_against(source, text, handed, anyway), *_faults(offers.text_draft(source), handed.text))
    if problems:
        return Judged(handed, Outcome.REFUSED, problems)
    remarks = tuple(worth_a_look(offers.text_draft(source), handed.text))
    return Judged(handed, Outcome.TAKEN, (), remarks)


def _is_there_already(text: OfferText, handed: Handed) -> bool:
    same = _same_words(offers.text_draft(text), handed.text) and text.origin == handed.text.origin
    return same and text.made_from is not None and text.made_from >= handed.made_from


def _against(source: OfferText, text: OfferText | None, handed: Handed, anyway: bool) -> Iterator[Problem]:
    if source.language == handed.text.language:
        yield Problem("language", Message(N_("This is the language of the original; please change it in the offer.")))
        return
    if handed.made_from > source.version or not _is_of(source, handed):
        yield Problem(
            "offer", Message(N_("This translation was made for another pool: the original reads differently."))
        )
    elif handed.made_from < source.version and not anyway:
        yield Problem(
            "version",
            Message(N_("The original has changed since this translation was made. Please compare both first.")),
        )
    if text is None:
        return
    if text.version != handed.seen:
        sentence = N_("Somebody else has changed this translation meanwhile. Please compare both first.")
        yield Problem("version", Message(sentence))
    if handed.text.origin == Origin.MACHINE and text.origin != Origin.MACHINE:
        sentence = N_("A person has written this text; a machine’s translation does not replace it.")
        yield Problem("origin", Message(sentence))


def _is_of(source: OfferText, handed: Handed) -> bool:
    """Whether the file's original can be this offer's: after corrections at least one field still reads the same."""
    if handed.source is None or handed.made_from != source.version:
        return True
    here = offers.text_draft(source)
    both = [field for field in FIELDS if words_of(here, field) and words_of(handed.source, field)]
    return any(words_of(here, field).split() == words_of(handed.source, field).split() for field in both)


def _faults(source: TextDraft, target: TextDraft) -> Iterator[Problem]:
    for field in FIELDS:
        if words_of(source, field).strip() and not words_of(target, field).strip():
            yield Problem(field, Message(N_("This part is not translated yet.")))
    if len(source.documents) != len(target.documents) and target.documents:
        sentence = N_("Please write as many documents as the original has, each on a line of its own.")
        yield Problem("documents", Message(sentence))
    yield from check_text(target)
    yield from (Problem("text", message) for message in not_carried_over(source, target))


@dataclass(frozen=True)
class TextReport:
    """Bericht. What became of the translations of a file."""

    judged: tuple[Judged, ...]
    unreadable: tuple[Unreadable, ...] = ()

    def counted(self) -> Counter[Outcome]:
        """How many translations had which outcome."""
        return Counter(judged.outcome for judged in self.judged)

    def sentences(self) -> Iterator[Message]:
        """The report, a sentence at a time, the sums first."""
        counts = self.counted()
        for outcome, (one, many) in _SUMS.items():
            if counts[outcome]:
                yield Message(one, plural=many, count=counts[outcome])
        for judged in self.judged:
            whys = [problem.message for problem in judged.problems] + list(judged.remarks)
            for why, field in zip(whys, [p.field for p in judged.problems] + [""] * len(judged.remarks), strict=True):
                yield _about(judged.handed.offer_id, field, why)
        for note in self.unreadable:
            yield Message(N_("Line %(line)s: %(why)s"), {"line": note.line, "why": note.why})


_SUMS: dict[Outcome, tuple[str, str]] = {
    Outcome.TAKEN: NN_("%(count)s translation is taken in.", "%(count)s translations are taken in."),
    Outcome.AS_BEFORE: NN_("%(count)s translation is as before.", "%(count)s translations are as before."),
    Outcome.EMPTY: NN_("%(count)s offer is not translated yet.", "%(count)s offers are not translated yet."),
    Outcome.REFUSED: NN_("%(count)s translation was refused.", "%(count)s translations were refused."),
}


def _about(offer_id: int, field: str, why: Message) -> Message:
    if field in FIELDS:
        sentence = N_("Offer %(number)s, %(field)s: %(why)s")
        return Message(sentence, {"number": offer_id, "field": Message(_NAMES[field]), "why": why})
    return Message(N_("Offer %(number)s: %(why)s"), {"number": offer_id, "why": why})


_NAMES: dict[str, str] = {
    "title": N_("title"),
    "summary": N_("short description"),
    "description": N_("description"),
    "registration": N_("notes on registration"),
    "documents": N_("what to bring"),
}


def take_all_in(
    database: Database, received: Received, *, now: datetime, anyway: bool = False, dry_run: bool = False
) -> TextReport:
    """Take in all translations of a file, each judged by itself; with `dry_run` only judge them.

    Kept in batches, so that others who want to write need not wait for the whole file.
    """
    judged: list[Judged] = []
    for start in range(0, len(received.handed), BATCH):
        batch = received.handed[start : start + BATCH]
        if dry_run:
            with database.reading() as session:
                judged += [judge(session, handed, anyway=anyway) for handed in batch]
        else:
            with database.transaction() as session:
                judged += [take_in(session, handed, now=now, anyway=anyway) for handed in batch]
    return TextReport(tuple(judged), received.unreadable)
