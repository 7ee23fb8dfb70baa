"""Taking offers in from a source: what is new, changed, gone, or protected because a curator has edited it.

First a plan, which changes nothing and can be read; then it is carried out, in batches that each are kept whole or not
at all. Taking the same source in twice changes nothing the second time, also when the first time was cut short.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from infopool.db import Database
from infopool.directory import offers
from infopool.directory.checks import check
from infopool.directory.drafts import OfferDraft, Unreadable, VenueDraft
from infopool.directory.facts import State
from infopool.directory.models import Offer
from infopool.directory.regions import Region
from infopool.messages import N_, NN_, Message, Problem, counted

BATCH = 500
"""Offers per transaction: others who want to write wait for one batch, not for the whole import."""


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    PROTECTED = "protected"
    REFUSED = "refused"


@dataclass(frozen=True)
class Row:
    """One row of the source and what becomes of it."""

    line: int
    draft: OfferDraft
    fate: Fate
    fingerprint: str
    offer_id: int | None = None
    version: int | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def title(self) -> str:
        """The row's first title, to name it by."""
        return next((text.title for text in self.draft.texts if text.title), "")


@dataclass(frozen=True)
class Gone:
    """An offer the source brought earlier and does not bring any more."""

    offer_id: int
    title: str
    source_key: str


@dataclass(frozen=True)
class ImportReport:
    """Importbericht. What would be done (or was done), and all that could not be understood."""

    source: str
    rows: tuple[Row, ...]
    gone: tuple[Gone, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    done: bool = False
    failed: tuple[Row, ...] = field(default=())
    """Rows that somebody else changed between the plan and its carrying out; they were left as they are."""

    @property
    def to_do(self) -> list[Row]:
        """The rows that carrying it out writes."""
        return [row for row in self.rows if row.fate in {Fate.NEW, Fate.CHANGED}]

    def counted(self) -> Counter[Fate]:
        """How many rows have which fate."""
        return Counter(row.fate for row in self.rows)

    def sentences(self) -> Iterator[Message]:
        """The report, a sentence at a time, the sums first."""
        counts = self.counted()
        for fate, (one, many) in _SUMS.items():
            if counts[fate]:
                yield Message(one, plural=many, count=counts[fate])
        if self.gone:
            yield counted(
                "%(count)s offer is no longer in the source; it is left as it is.",
                "%(count)s offers are no longer in the source; they are left as they are.",
                len(self.gone),
            )
        yield from (_why_refused(row, problem) for row in self.rows for problem in row.problems)
        yield from (_why_unreadable(note) for note in self.unreadable)
        for row in self.failed:
            yield Message(
                N_("Line %(line)s, “%(title)s”: somebody changed this offer just now; it is left as it is."),
                {"line": row.line, "title": row.title},
            )


_SUMS: dict[Fate, tuple[str, str]] = {
    Fate.NEW: NN_("%(count)s offer is new.", "%(count)s offers are new."),
    Fate.CHANGED: NN_("%(count)s offer has changed.", "%(count)s offers have changed."),
    Fate.UNCHANGED: NN_("%(count)s offer is as before.", "%(count)s offers are as before."),
    Fate.PROTECTED: NN_(
        "%(count)s offer has changed, but a curator has edited it here; the curator’s version stays.",
        "%(count)s offers have changed, but curators have edited them here; the curators’ versions stay.",
    ),
    Fate.REFUSED: NN_("%(count)s row was refused.", "%(count)s rows were refused."),
}


def _why_refused(row: Row, problem: Problem) -> Message:
    return Message(
        N_("Line %(line)s, “%(title)s”: %(why)s"), {"line": row.line, "title": row.title, "why": problem.message}
    )


def _why_unreadable(note: Unreadable) -> Message:
    if not note.column:
        return Message(N_("Line %(line)s: %(why)s"), {"line": note.line, "why": note.why})
    return Message(
        N_("Line %(line)s, column “%(column)s”: %(why)s"), {"line": note.line, "column": note.column, "why": note.why}
    )


def plan(
    session: Session,
    drafts: Sequence[tuple[int, OfferDraft]],
    *,
    source: str,
    region: Region,
    unreadable: Iterable[Unreadable] = (),
    working_group: str = "",
) -> ImportReport:
    """Decide what becomes of each (line, draft) of a source; changes nothing.

    A draft without a source key gets one from what names it, so that the same file finds its offers again.
    """
    known = _known(session, source)
    rows: list[Row] = []
    seen: set[str] = set()
    for line, draft in drafts:
        keyed = _keyed(draft, source, working_group, seen)
        row = _decide(line, keyed, known.get(keyed.source_key), region)
        if keyed.source_key in seen:
            sentence = N_("The number %(key)s stands in more than one row; only the first is taken.")
            row = replace(
                row, fate=Fate.REFUSED, problems=(Problem("key", Message(sentence, {"key": keyed.source_key})),)
            )
        seen.add(keyed.source_key)
        rows.append(row)
    gone = [offer.id for key, offer in known.items() if key not in seen]
    return ImportReport(source, tuple(rows), tuple(_gone(session, gone)), tuple(unreadable))


class _Known(NamedTuple):
    id: int
    source_key: str
    version: int
    imported_version: int | None
    imported_hash: str
    state: str
    withdrawn_why: str

    @property
    def is_edited(self) -> bool:
        return self.imported_version != self.version

    @property
    def comes_back(self) -> bool:
        """Whether only an import took it from the public, so that the next one may bring it back."""
        return self.state == State.WITHDRAWN and self.withdrawn_why in COMES_BACK and not self.is_edited


def _known(session: Session, source: str) -> dict[str, _Known]:
    columns = (
        Offer.id,
        Offer.source_key,
        Offer.version,
        Offer.imported_version,
        Offer.imported_hash,
        Offer.state,
        Offer.withdrawn_why,
    )
    rows = session.execute(select(*columns).where(Offer.source == source))
    return {known.source_key: known for known in (_Known._make(row) for row in rows)}


def _keyed(draft: OfferDraft, source: str, working_group: str, seen: set[str]) -> OfferDraft:
    key = draft.source_key or _own_key(draft, seen)
    return replace(draft, source=source, source_key=key, working_group=draft.working_group or working_group)


def _own_key(draft: OfferDraft, seen: set[str]) -> str:
    venue, provider = draft.venue, draft.provider
    names = [draft.texts[0].title if draft.texts else "", provider.name if provider else ""]
    # The key is told to visitors: from it, a secret address could be found by trying all streets there are.
    names += [venue.street, venue.town] if venue and not venue.confidential else []
    key = "~" + hashlib.sha256("\n".join(names).encode("utf-8", "replace")).hexdigest()[:16]
    again = 2
    numbered = key
    while numbered in seen:
        numbered = f"{key}-{again}"
        again += 1
    return numbered


def _decide(line: int, draft: OfferDraft, known: _Known | None, region: Region) -> Row:
    fingerprint = fingerprint_of(draft)
    problems = check(draft, region)
    if problems:
        return Row(line, draft, Fate.REFUSED, fingerprint, problems=problems)
    if known is None:
        return Row(line, draft, Fate.NEW, fingerprint)
    if known.comes_back:
        fate = Fate.NEW
    elif known.imported_hash == fingerprint:
        fate = Fate.UNCHANGED
    elif known.is_edited:
        fate = Fate.PROTECTED
    else:
        fate = Fate.CHANGED
    return Row(line, draft, fate, fingerprint, known.id, known.version)


def fingerprint_of(draft: OfferDraft) -> str:
    """A hash over everything a draft says; equal drafts have equal ones, in every process."""
    return hashlib.sha256(json.dumps(asdict(draft), sort_keys=True, default=str).encode()).hexdigest()


def _gone(session: Session, ids: Sequence[int]) -> Iterator[Gone]:
    for start in range(0, len(ids), BATCH):
        chunk = select(Offer).where(Offer.id.in_(ids[start : start + BATCH]), Offer.state != State.WITHDRAWN)
        for offer in session.scalars(chunk.options(*offers.WHOLE)):
            yield Gone(offer.id, offers.source_text(offer).title, offer.source_key or "")


class Witness(Protocol):
    """Zeuge. Looks at every batch in its own transaction: to keep the history, to note how far it got."""

    def before(self, session: Session, known: Sequence[Offer]) -> bool:
        """Offers that are about to be changed. False: stop here, this batch and the rest are not written."""
        ...

    def after(self, session: Session, taken: Sequence[Offer], rows: int) -> None:
        """Offers that were written, and how many rows of the plan this batch was."""
        ...


class _Nobody:
    def before(self, session: Session, known: Sequence[Offer]) -> bool:
        return True

    def after(self, session: Session, taken: Sequence[Offer], rows: int) -> None:
        pass


UNWATCHED: Witness = _Nobody()

Publish = Callable[[OfferDraft], bool]
"""Whether a new offer goes to the public at once."""


def carry_out(
    database: Database,
    report: ImportReport,
    *,
    now: datetime,
    publish: bool | Publish = False,
    withdraw_gone: bool = False,
    progress: Callable[[int], None] = lambda done: None,
    witness: Witness = UNWATCHED,
) -> ImportReport:
    """Do what the plan says. New offers come in review, or published with `publish`; known ones keep their state.

    With `withdraw_gone`, offers that the source no longer brings are withdrawn (never deleted). A plan that was carried
    out in part is carried on where it stopped.
    """
    is_published: Publish = publish if callable(publish) else lambda draft: bool(publish)
    with database.reading() as session:
        todo, failed = _still_to_do(session, report)
    for start in range(0, len(todo), BATCH):
        batch = todo[start : start + BATCH]
        with database.transaction() as session:
            refused = _take(session, batch, now, is_published, witness)
        if refused is None:
            return replace(report, failed=tuple(failed))
        failed += refused
        progress(len(batch))
    if withdraw_gone and not _withdraw(database, report.gone, now, witness):
        return replace(report, failed=tuple(failed))
    return replace(report, done=True, failed=tuple(failed))


def _still_to_do(session: Session, report: ImportReport) -> tuple[list[Row], list[Row]]:
    """The rows that an earlier try has not written yet, and new ones that somebody else has brought in meanwhile."""
    known = _known(session, report.source)
    todo: list[Row] = []
    failed: list[Row] = []
    for row in report.to_do:
        there = known.get(row.draft.source_key)
        if there and there.imported_hash == row.fingerprint and not there.comes_back:
            continue
        (failed if there and row.offer_id is None else todo).append(row)
    return todo, failed


def _withdraw(database: Database, gone: Sequence[Gone], now: datetime, witness: Witness) -> bool:
    for start in range(0, len(gone), BATCH):
        batch = [one.offer_id for one in gone[start : start + BATCH]]
        with database.transaction() as session:
            wanted = select(Offer).where(Offer.id.in_(batch), Offer.state != State.WITHDRAWN)
            found = list(session.scalars(wanted.options(*offers.WHOLE)))
            if not witness.before(session, found):
                return False
            for offer in found:
                take_off(offer, GONE, now)
            session.flush()
            offers.note_change(session, [offer.id for offer in found])
            witness.after(session, found, len(batch))
    return True


GONE, UNDONE = "import", "undone"
"""Why an offer was withdrawn: its source no longer brings it; its import was undone."""
COMES_BACK = frozenset({GONE, UNDONE})
"""Withdrawn for such a reason, an offer comes back as a new one when its source brings it again."""


def take_off(offer: Offer, why: str, now: datetime) -> None:
    """Withdraw an offer without taking this for an edit by a curator; the caller flushes."""
    if offer.imported_version == offer.version:
        # The flush raises the version by one.
        offer.imported_version = offer.version + 1
    offer.state, offer.withdrawn_why, offer.edited_at = State.WITHDRAWN, why, now
    flag_modified(offer, "edited_at")


def _take(
    session: Session, batch: Sequence[Row], now: datetime, is_published: Publish, witness: Witness
) -> list[Row] | None:
    """Write a batch; gives the rows that could not be written, or None when the witness has stopped it."""
    wanted = [row.offer_id for row in batch if row.offer_id is not None]
    known = {
        offer.id: offer for offer in session.scalars(select(Offer).where(Offer.id.in_(wanted)).options(*offers.WHOLE))
    }
    if not witness.before(session, list(known.values())):
        return None
    failed: list[Row] = []
    taken: list[Offer] = []
    for row in batch:
        offer = known.get(row.offer_id) if row.offer_id else _fresh(session)
        if offer is None or (row.version is not None and offer.version != row.version):
            failed.append(row)
            continue
        if row.fate is Fate.NEW:
            offer.state = State.PUBLISHED if is_published(row.draft) else State.IN_REVIEW
            offer.withdrawn_why = ""
        offers.write(session, offer, _with_known_address(row.draft, offer), now=now, keep_translations=True)
        offer.imported_hash = row.fingerprint
        # The flush below raises the version by one; it is written in the same statement as the rest.
        offer.imported_version = (row.version or 0) + 1
        taken.append(offer)
    session.flush()
    offers.note_change(session, [offer.id for offer in taken])
    witness.after(session, taken, len(batch))
    return failed


def _with_known_address(draft: OfferDraft, offer: Offer) -> OfferDraft:
    """A secret address that a source keeps to itself, as our own export does, is not forgotten."""
    says_nothing = draft.venue == VenueDraft(confidential=True)
    if says_nothing and offer.venue and offer.venue.confidential:
        known = offers.draft_of(offer)
        return replace(draft, venue=known.venue, kept=draft.kept or known.kept)
    return draft


def _fresh(session: Session) -> Offer:
    offer = Offer()
    session.add(offer)
    return offer
