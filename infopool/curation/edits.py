"""Edits: what somebody is about to change, kept exactly as it was typed until it becomes part of an offer.

Whoever saves says which version she has seen. When somebody else was faster, or she herself in another window, nothing
is overwritten: she is told, and shown both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import uniform
from time import monotonic, sleep
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from infopool.curation import log
from infopool.curation.forms import ACTS, ADDRESS, ALL, TICKED, Fields, codes_in, complete, fields_of, same, text_in
from infopool.curation.log import Actor
from infopool.curation.models import Curator, Edit, EditState, LogEntry, OfferVersion
from infopool.db import Database
from infopool.directory import offers, plain
from infopool.directory.drafts import OfferDraft
from infopool.directory.models import Offer
from infopool.directory.reading.cleaning import clean
from infopool.directory.regions import Region
from infopool.directory.topics import BY_CODE
from infopool.messages import N_, Message

LONGEST_TITLE = 300
TWICE = timedelta(minutes=1)
"""So long after a form was sent the same one, sent again, is a second click."""
PATIENCE = 10.0
"""Seconds for which a change is tried again when the database says that another one came in between."""
T = TypeVar("T")
GOING_ON = (EditState.OPEN, EditState.IN_REVIEW)

BEGUN = log.name_action("begun", N_("began to change"))
DROPPED = log.name_action("dropped", N_("put aside"))
REOPENED = log.name_action("reopened", N_("took up again"))

FASTER = N_("%(who)s has saved this form meanwhile. Nothing is lost: please compare both and choose.")
OFFER_CHANGED = N_("This offer was changed meanwhile. Nothing is lost: please compare both and choose.")
OVER = N_("This form was finished or put aside meanwhile. What you typed is still here.")


@dataclass(frozen=True)
class Kept:
    """What was typed is kept."""

    edit: Edit


@dataclass(frozen=True)
class Overtaken:
    """Somebody else was faster; nothing was kept."""

    edit: Edit
    why: Message


@dataclass(frozen=True)
class Choice:
    """Wahl. A part of the form that two people have filled differently."""

    fields: tuple[str, ...]
    """What is chosen together: one field, or the whole address."""
    decided: str = ""
    """`mine` or `theirs` where only one of the two has changed it; empty where somebody must choose."""


UNITS: tuple[tuple[str, ...], ...] = (
    *((name,) for name in ALL if name not in ADDRESS),
    ADDRESS,
)
"""The parts of a form that are chosen as a whole."""


def changing(database: Database, work: Callable[[Session], T]) -> T:
    """Do something in a transaction; again from the start when somebody else's came in between.

    SQLite lets one write after the other. PostgreSQL lets both begin and stops the second: it then sees what the first
    has written, and is told so by its version like everybody else.
    """
    ends = monotonic() + PATIENCE
    while True:
        try:
            with database.transaction() as session:
                return work(session)
        except (StaleDataError, IntegrityError, OperationalError) as fault:
            # A full disk is an OperationalError of SQLite's as well, and does not go away by trying again.
            if monotonic() > ends or (database.is_sqlite and isinstance(fault, OperationalError)):
                raise
            sleep(uniform(0.005, 0.05))  # not all of them at once again


def get(session: Session, edit_id: int) -> Edit | None:
    """The edit with this number, or None. Held until the transaction ends where the database can do that."""
    return session.scalars(select(Edit).where(Edit.id == edit_id).with_for_update()).first()


def look(session: Session, edit_id: int) -> Edit | None:
    """The same, only to look at it."""
    return session.get(Edit, edit_id)


def going_on(session: Session, offer_id: int) -> list[Edit]:
    """The edits of an offer that are open or wait for review, the oldest first."""
    wanted = select(Edit).where(Edit.offer_id == offer_id, Edit.state.in_(GOING_ON)).order_by(Edit.id)
    return list(session.scalars(wanted))


def mine_of(session: Session, curator_id: int, offer_id: int) -> Edit | None:
    """What somebody has already begun to change in this offer."""
    wanted = select(Edit).where(Edit.offer_id == offer_id, Edit.author_id == curator_id, Edit.state == EditState.OPEN)
    return session.scalars(wanted.order_by(Edit.id.desc())).first()


def twin_of(session: Session, curator_id: int, fields: Fields, now: datetime) -> Edit | None:
    """The new offer somebody has sent a moment ago with the very same words: whoever clicks twice means it once."""
    # One click after the other, also where the database would let both look at once.
    session.execute(select(Curator.id).where(Curator.id == curator_id).with_for_update())
    wanted = select(Edit).where(
        Edit.author_id == curator_id, Edit.begun_at > now - TWICE, Edit.state != EditState.DROPPED
    )
    return next((edit for edit in session.scalars(wanted.order_by(Edit.id)) if _is_same(edit.fields, fields)), None)


def _is_same(one: Fields, other: Fields) -> bool:
    """Whether two forms say the same; that an offer was checked is forgotten once it is written."""
    passing = dict.fromkeys(("checked", "forget_kept"), "")
    return complete(one) | passing == complete(other) | passing


def begun_by(session: Session, curator_id: int, state: EditState = EditState.OPEN, most: int = 50) -> list[Edit]:
    """What somebody has begun and not finished (or put aside), the newest first."""
    wanted = select(Edit).where(Edit.author_id == curator_id, Edit.state == state)
    return list(session.scalars(wanted.order_by(Edit.saved_at.desc()).limit(most)))


def begin(
    session: Session,
    actor: Actor,
    fields: Fields,
    *,
    now: datetime,
    region: Region,
    offer: Offer | None = None,
    base_version: int | None = None,
    note: str = "",
) -> Edit:
    """Begin to change an offer, or to write a new one. `base_version` is the version the form was filled from."""
    return _new(session, actor, "curator", EditState.OPEN, fields, now, region, offer, base_version, note)


def propose(
    session: Session,
    origin: str,
    fields: Fields,
    *,
    now: datetime,
    region: Region,
    offer: Offer | None = None,
    note: str = "",
    working_group: str = "",
) -> Edit:
    """Put what a provider or a visitor proposes (`origin`: provider or visitor) before those who review.

    Fields that are left out stay as the offer has them.
    """
    whole = fields_of(offers.draft_of(offer), region) if offer else complete({"working_group": working_group})
    actor = log.PROVIDER if origin == "provider" else log.VISITOR
    base_version = offer.version if offer else None
    edit = _new(
        session, actor, origin, EditState.IN_REVIEW, whole | dict(fields), now, region, offer, base_version, note
    )
    edit.working_group = edit.working_group or working_group
    return edit


def _new(
    session: Session,
    actor: Actor,
    origin: str,
    state: EditState,
    fields: Fields,
    now: datetime,
    region: Region,
    offer: Offer | None,
    base_version: int | None,
    note: str,
) -> Edit:
    if offer:
        log.keep_version(session, offer, log.BY_ITSELF, now=now)
    edit = Edit(
        offer_id=offer.id if offer else None,
        base_version=(base_version or offer.version) if offer else None,
        origin=origin,
        author_id=actor.curator_id,
        author=actor.name,
        state=state,
        begun_at=now,
    )
    _fill(edit, fields, note, now, region)
    session.add(edit)
    session.flush()
    log.note(session, actor, BEGUN, "edit", edit.id, now=now, after={"offer": edit.offer_id, "title": edit.title})
    return edit


def _fill(edit: Edit, fields: Fields, note: str, now: datetime, region: Region) -> None:
    edit.fields, edit.note, edit.saved_at = dict(fields), note, now
    edit.title = " ".join(clean(text_in(fields, "title")).split())[:LONGEST_TITLE]
    edit.working_group = _group(fields, region)


def _group(fields: Fields, region: Region) -> str:
    """The working group an edit is for: the one chosen, else the one that looks after its first topic."""
    known = {group.code for group in region.working_groups}
    chosen = text_in(fields, "working_group").strip()
    by_topic = (BY_CODE[code].working_group for code in codes_in(fields, "topics") if code in BY_CODE)
    return chosen if chosen in known else next((group for group in by_topic if group in known), "")


def keep(
    session: Session,
    edit: Edit,
    fields: Fields,
    *,
    expected_version: int,
    now: datetime,
    region: Region,
    note: str = "",
    by: Actor | None = None,
) -> Kept | Overtaken:
    """Keep what stands in the form now, faults included; refused when somebody has saved since `expected_version`.

    The log says so where it is somebody else than before (`by`) who changes what it says.
    """
    if edit.state not in GOING_ON:
        return Overtaken(edit, Message(OVER))
    if edit.version != expected_version:
        return Overtaken(edit, Message(FASTER, {"who": written_by(session, edit).name or "infopool"}))
    if edit.fields != fields or edit.note != note:
        reworded = _content(edit.fields) != _content(fields)
        _fill(edit, fields, note, now, region)
        # Whoever approved it for a later day has not seen this.
        edit.publish_at = None
        session.flush()
        if by and reworded:
            _note_writer(session, edit, by, now)
    return Kept(edit)


def written_by(session: Session, edit: Edit) -> Actor:
    """Who has put the last words into an edit: its author, or somebody who has changed it since."""
    last = _last_change(session, edit)
    return Actor(last.who, last.curator_id) if last else Actor(edit.author, edit.author_id)


def _last_change(session: Session, edit: Edit) -> LogEntry | None:
    wanted = select(LogEntry).where(
        LogEntry.subject == "edit", LogEntry.subject_id == edit.id, LogEntry.action == "changed"
    )
    return session.scalars(wanted.order_by(LogEntry.id.desc()).limit(1)).first()


def _content(fields: Fields) -> Fields:
    """What an offer would say with these fields, without what is done by saving them."""
    return {name: value for name, value in complete(fields).items() if name not in ACTS}


def _note_writer(session: Session, edit: Edit, by: Actor, now: datetime) -> None:
    """Note that somebody else than before is changing an edit; once, until it is somebody else's turn again."""
    if by.curator_id != written_by(session, edit).curator_id:
        log.note(session, by, "changed", "edit", edit.id, now=now, after={"title": edit.title})


def drop(session: Session, edit: Edit, actor: Actor, now: datetime) -> None:
    """Put an edit aside. Its fields stay where they are; `reopen` takes it up again."""
    edit.state, edit.publish_at = EditState.DROPPED, None
    session.flush()
    log.note(session, actor, DROPPED, "edit", edit.id, now=now, before={"title": edit.title})


def reopen(session: Session, edit: Edit, actor: Actor, now: datetime) -> None:
    """Take up again what was put aside."""
    edit.state = EditState.OPEN
    session.flush()
    log.note(session, actor, REOPENED, "edit", edit.id, now=now, after={"title": edit.title})


def base_of(session: Session, edit: Edit, offer: Offer | None) -> OfferDraft | None:
    """What the offer said when the edit began; None when that is not known (any more), or for a new offer."""
    if offer is None or edit.base_version is None:
        return None
    if offer.version == edit.base_version:
        return offers.draft_of(offer)
    wanted = select(OfferVersion).where(OfferVersion.offer_id == offer.id, OfferVersion.number == edit.base_version)
    version = session.scalars(wanted).first()
    return plain.from_plain(version.content) if version and version.content else None


def choices(base: Fields | None, theirs: Fields, mine: Fields) -> list[Choice]:
    """The parts in which two contents differ. Where the common ancestor `base` shows that only one of the two has
    changed a part, it is decided."""
    return [Choice(unit, _decided(unit, base, theirs, mine)) for unit in UNITS if not _same(unit, theirs, mine)]


def _decided(unit: tuple[str, ...], base: Fields | None, theirs: Fields, mine: Fields) -> str:
    if base is None:
        return ""
    if _same(unit, base, mine):
        return "theirs"
    return "mine" if _same(unit, base, theirs) else ""


def _same(unit: Iterable[str], one: Fields, other: Fields) -> bool:
    return all(same(_value(one, name), _value(other, name)) for name in unit)


def _value(fields: Fields, name: str) -> str | list[str]:
    return fields.get(name, [] if name in TICKED else "")


def merged(theirs: Fields, mine: Fields, chosen: dict[tuple[str, ...], str]) -> Fields:
    """Mine, with theirs in the parts where they were chosen."""
    fields = dict(mine)
    for unit, whose in chosen.items():
        if whose == "theirs":
            fields |= {name: _value(theirs, name) for name in unit}
    return fields


def catch_up(session: Session, edit: Edit, offer: Offer, region: Region) -> list[Choice]:
    """Bring an edit up to its offer, which may have changed since the edit began.

    What only one of the two has changed is taken from that one. Returns the parts that both have changed, differently;
    then nothing is touched, because somebody must choose.
    """
    if edit.base_version == offer.version:
        return []
    before = base_of(session, edit, offer)
    theirs, mine = fields_of(offers.draft_of(offer), region), complete(edit.fields)
    differing = choices(fields_of(before, region) if before else None, theirs, mine)
    open_ones = [choice for choice in differing if not choice.decided]
    if not open_ones:
        edit.fields = merged(theirs, mine, {choice.fields: choice.decided for choice in differing})
        edit.base_version = offer.version
        session.flush()
    return open_ones
