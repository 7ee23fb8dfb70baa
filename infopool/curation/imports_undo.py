"""Undoing an import: every offer becomes again what it was before, except where somebody has changed it since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from infopool.curation import edits, log, rights
from infopool.curation.imports import Lease, RunState
from infopool.curation.imports_history import keep_versions, note_many
from infopool.curation.imports_means import Lost, Means
from infopool.curation.log import Actor
from infopool.curation.models import Curator, Edit, ImportRun, OfferVersion
from infopool.curation.rights import Action
from infopool.directory import intake, offers, plain
from infopool.directory.facts import State
from infopool.directory.models import Offer
from infopool.messages import N_, Message

CHUNK = 200
"""Offers per transaction."""
MOST_NAMED = 500
"""Offers that were left alone are named up to here; beyond, only counted."""


def touched(session: Session, run_id: int) -> int:
    """How many offers a run has made or changed."""
    return session.scalar(select(func.count()).where(OfferVersion.import_run_id == run_id)) or 0


FROM_IMPORT = N_("From the file “%(file)s” (import %(number)s).")


def note_of(run: ImportRun) -> str:
    """What stands beside a change that a run has put before a second person."""
    return str(Message(FROM_IMPORT, {"file": run.filename, "number": run.id}))


def waiting(session: Session, run: ImportRun) -> list[Edit]:
    """The changes of a run that still wait for a second person."""
    told = Edit.note.startswith(note_of(run), autoescape=True)
    return list(session.scalars(select(Edit).where(told, Edit.state.in_(edits.GOING_ON)).order_by(Edit.id)))


def can_be_undone(session: Session, run: ImportRun) -> bool:
    """Whether a run has left anything to undo."""
    return touched(session, run.id) > 0 or bool(waiting(session, run))


def by_whom(session: Session, run: ImportRun) -> Actor:
    """Who asked for the run to be undone."""
    told = run.report.get("undo", {})
    return Actor(str(told.get("by", run.by)), told.get("curator"))


def ask(run: ImportRun, curator: Curator) -> None:
    """Note who wants a run undone."""
    run.report = run.report | {"undo": {"by": curator.name, "curator": curator.id}}


def undo(means: Means, run_id: int, lease: Lease) -> None:
    """Undo a run, offer by offer: new ones are withdrawn, changed and withdrawn ones are as before, changes
    that still wait are put aside. Where it was cut short it goes on where it stopped."""
    with means.database.reading() as session:
        steps = touched(session, run_id)
    done = 0
    while True:
        with means.database.transaction() as session:
            if not lease.renew(session, means.clock(), done, steps):
                raise Lost
            run = session.get(ImportRun, run_id)
            assert run is not None
            count = _undo_some(session, run, means.clock())
        if not count:
            break
        done += count
    with means.finishing(run_id, lease, RunState.UNDOING) as (session, run):
        run.state, run.finished_at = RunState.UNDONE, means.clock()
        actor = by_whom(session, run)
        for edit in waiting(session, run):
            edits.drop(session, edit, actor, means.clock())
        log.note(session, actor, "undone", "import", run.id, now=means.clock(), after=run.report["undo"])


@dataclass
class _Counted:
    withdrawn: int = 0
    restored: int = 0


def _undo_some(session: Session, run: ImportRun, now: datetime) -> int:
    """Undo the next few offers and note how far it got, in one transaction; gives how many were looked at."""
    told: dict[str, Any] = dict(run.report.get("undo", {}))
    next_ones = select(OfferVersion).where(OfferVersion.import_run_id == run.id, OfferVersion.id > told.get("up_to", 0))
    made = list(session.scalars(next_ones.order_by(OfferVersion.id).limit(CHUNK)))
    if not made:
        return 0
    known = _offers(session, [version.offer_id for version in made])
    earlier = _earlier(session, made)
    curator = session.get(Curator, told["curator"]) if told.get("curator") else None
    counted, left, changed = _Counted(told.get("withdrawn", 0), told.get("restored", 0)), list(told.get("left", ())), []
    for version in made:
        offer = known.get(version.offer_id)
        before = earlier.get(version.offer_id)
        allowed = offer is not None and (curator is None or rights.may_offer(curator, Action.IMPORT, offer))
        if offer is None or offer.version != version.number or not allowed or (before and before.content is None):
            left.append([version.offer_id, _title(offer)])
            continue
        _put_back(session, run, offer, before, now, counted)
        changed.append(offer)
    session.flush()
    actor = by_whom(session, run)
    keep_versions(session, changed, actor, now=now)
    note_many(session, changed, actor, "import undone", now=now, run=run.id)
    offers.note_change(session, [offer.id for offer in changed])
    more = {"withdrawn": counted.withdrawn, "restored": counted.restored, "up_to": made[-1].id}
    run.report = run.report | {
        "undo": told
        | more
        | {"left": left[:MOST_NAMED], "left_count": told.get("left_count", 0) + len(made) - len(changed)}
    }
    return len(made)


def _offers(session: Session, ids: list[int]) -> dict[int, Offer]:
    found = session.scalars(select(Offer).where(Offer.id.in_(ids)).options(*offers.WHOLE))
    return {offer.id: offer for offer in found}


def _earlier(session: Session, made: list[OfferVersion]) -> dict[int, OfferVersion]:
    """Offer -> its last version before the import, where it had one."""
    ids = [version.offer_id for version in made]
    numbers = {version.offer_id: version.number for version in made}
    rows = session.scalars(select(OfferVersion).where(OfferVersion.offer_id.in_(ids)).order_by(OfferVersion.number))
    return {row.offer_id: row for row in rows if row.number < numbers[row.offer_id]}


def _put_back(
    session: Session, run: ImportRun, offer: Offer, before: OfferVersion | None, now: datetime, counted: _Counted
) -> None:
    if before is None:
        intake.take_off(offer, intake.UNDONE, now)
        counted.withdrawn += 1
        return
    offers.write(session, offer, plain.from_plain(before.content), now=now)
    offer.state = before.state
    offer.withdrawn_why = intake.UNDONE if offer.state == State.WITHDRAWN else ""
    # What the source says is news again; an offer that a curator had edited stays hers.
    offer.imported_hash = ""
    was_hers = offer.id in run.report.get("protected", ())
    offer.imported_version = None if was_hers else offer.version + 1
    counted.restored += 1


def _title(offer: Offer | None) -> str:
    return offers.source_text(offer).title if offer and offer.texts else ""
