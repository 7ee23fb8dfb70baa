"""From an edit to what visitors see: asking for a review, approving, publishing now or on a day, withdrawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from infopool import queue
from infopool.curation import edits, log, rights, rules
from infopool.curation.forms import complete
from infopool.curation.forms_reading import Read, read
from infopool.curation.log import BY_ITSELF, Actor
from infopool.curation.models import Edit, EditState, LogEntry, OfferVersion
from infopool.directory import offers, plain
from infopool.directory.drafts import OfferDraft
from infopool.directory.facts import State
from infopool.directory.models import Offer
from infopool.directory.regions import Region
from infopool.directory.topics import BY_CODE
from infopool.messages import N_, Message, Problem

JOB = "publish"
"""The name of the job that publishes an approved edit on its day; its argument is `edit_id`."""

WITHDRAWN_WHY: dict[str, str] = {
    "gone": N_("It is no longer offered."),
    "over": N_("It is over."),
    "curator": N_("Another reason."),
}
"""Why somebody withdraws an offer, as `Offer.withdrawn_why` keeps it."""

STATE_ACTIONS: dict[State, str] = {
    State.DRAFT: "changed",
    State.IN_REVIEW: "sent-to-review",
    State.PUBLISHED: "published",
    State.WITHDRAWN: "withdrawn",
}
"""What the log calls it when an offer comes into a state."""
APPROVED = log.name_action("approved", N_("approved"))
NOT_PUBLISHED = log.name_action("not-published", N_("could not be published by itself"))

NOT_ALONE = N_("In this working group a second person publishes what somebody has written. Please ask a colleague.")
CHANGED = N_("This was changed meanwhile. Please look at it once more.")
NOTHING_OPEN = N_("This has been decided already.")


@dataclass(frozen=True)
class Published:
    """Visitors see it now."""

    offer: Offer


@dataclass(frozen=True)
class Scheduled:
    """It is approved and appears on its day."""

    edit: Edit


@dataclass(frozen=True)
class Waiting:
    """It waits for a review."""

    edit: Edit


@dataclass(frozen=True)
class Conflict:
    """The offer has changed meanwhile in the same places; somebody must choose. Nothing was done."""

    choices: tuple[edits.Choice, ...]


Outcome = Published | Scheduled | Waiting | Conflict | offers.Refused


def groups_of(draft: OfferDraft) -> tuple[str, ...]:
    """The working groups an offer would belong to, as `rights.groups_of` says for one that is there."""
    if draft.working_group:
        return (draft.working_group,)
    return tuple(dict.fromkeys(BY_CODE[code].working_group for code in draft.topics if code in BY_CODE))


def four_eyes(session: Session, groups: Iterable[str]) -> bool:
    """Whether any of these working groups wants a second person to look before something is published."""
    return any(rules.four_eyes(session, group) for group in groups)


def understood(session: Session, edit: Edit, offer: Offer | None, region: Region) -> Read:
    """The offer an edit's fields describe."""
    base = edits.base_of(session, edit, offer) if offer else None
    base = base or (offers.draft_of(offer) if offer else None)
    day = edit.saved_at.astimezone(region.timezone).date()
    return read(complete(edit.fields), region, base=base, author=edit.author, today=day)


def why_not(session: Session, edit: Edit, actor: Actor, groups: Iterable[str]) -> Problem | None:
    """Why somebody may not approve an edit although her role does: the last words in it are her own, and the group
    wants four eyes."""
    own = actor.curator_id is not None and edits.written_by(session, edit).curator_id == actor.curator_id
    return Problem("review", Message(NOT_ALONE)) if own and four_eyes(session, groups) else None


def keep_as_draft(
    session: Session, edit: Edit, actor: Actor, *, now: datetime, region: Region
) -> Offer | Conflict | offers.Refused | None:
    """Write an edit into its offer at once, if visitors do not see that one; a new offer becomes a draft.

    None for an offer that visitors see: it stays as it is.
    """
    offer = _offer_of(session, edit)
    if offer and offer.state == State.PUBLISHED:
        return None
    return _write(session, edit, offer, actor, now=now, region=region)


def ask_for_review(session: Session, edit: Edit, actor: Actor, *, now: datetime, region: Region) -> Outcome:
    """Have somebody look at an edit. What has faults is not sent; an offer nobody sees yet is written already."""
    offer = _offer_of(session, edit)
    if offer and offer.state == State.PUBLISHED:
        faults = understood(session, edit, offer, region).problems
        if faults:
            return offers.Refused(faults)
    else:
        written = _write(session, edit, offer, actor, now=now, region=region)
        if not isinstance(written, Offer):
            return written
        if written.state == State.DRAFT:
            change_state(session, written, State.IN_REVIEW, actor, now=now)
            edit.base_version = written.version
    edit.state, edit.publish_at = EditState.IN_REVIEW, None
    session.flush()
    log.note(session, actor, "sent-to-review", "edit", edit.id, now=now, after={"offer": edit.offer_id})
    return Waiting(edit)


def send_back(session: Session, edit: Edit, actor: Actor, words: str, now: datetime) -> None:
    """Give an edit back to its author, with what should be otherwise."""
    edit.state, edit.publish_at = EditState.OPEN, None
    edit.reviewed_by = actor.name
    said = f"{actor.name}: {words.strip()}" if words.strip() else ""
    edit.note = "\n".join(part for part in (edit.note, said) if part)
    session.flush()
    log.note(session, actor, "sent-back", "edit", edit.id, now=now, after={"words": words})


def publish(session: Session, edit: Edit, actor: Actor, *, now: datetime, region: Region) -> Outcome:
    """Approve an edit: visitors see it now, or on the day its form names."""
    if edit.state not in edits.GOING_ON:
        return offers.Refused((Problem("review", Message(NOTHING_OPEN)),))
    offer = _offer_of(session, edit)
    found = understood(session, edit, offer, region)
    groups = {*groups_of(found.draft), *(rights.groups_of(offer) if offer else ())}
    alone = why_not(session, edit, actor, groups)
    if alone or found.problems:
        return offers.Refused((alone,) if alone else found.problems)
    edit.reviewed_by = actor.name
    today = now.astimezone(region.timezone).date()
    if found.publish_on and found.publish_on > today:
        return _schedule(session, edit, actor, datetime.combine(found.publish_on, time(0), region.timezone), now)
    return _publish_now(session, edit, offer, actor, now=now, region=region)


def _schedule(session: Session, edit: Edit, actor: Actor, when: datetime, now: datetime) -> Scheduled:
    edit.state, edit.publish_at = EditState.IN_REVIEW, when
    session.flush()
    queue.add(session, JOB, now=now, key=f"{JOB}-{edit.id}-{edit.version}", due_at=when, edit_id=edit.id)
    log.note(session, actor, APPROVED, "edit", edit.id, now=now, after={"publish_at": when.isoformat()})
    return Scheduled(edit)


def _publish_now(
    session: Session, edit: Edit, offer: Offer | None, actor: Actor, *, now: datetime, region: Region
) -> Outcome:
    written = _write(session, edit, offer, actor, now=now, region=region)
    if not isinstance(written, Offer):
        return written
    if written.state != State.PUBLISHED:
        change_state(session, written, State.PUBLISHED, actor, now=now)
    edit.state, edit.publish_at, edit.base_version = EditState.DONE, None, written.version
    session.flush()
    log.note(session, actor, APPROVED, "edit", edit.id, now=now, after={"offer": written.id})
    return Published(written)


def publish_due(session: Session, edit_id: int, now: datetime, *, region: Region) -> Outcome | None:
    """What the job does on the day: publish an approved edit, if it still is one and its day has come.

    None when there is nothing to do (it was withdrawn from publishing, changed to another day, or done already), so it
    may run twice. Where the offer has meanwhile changed in the same places, the edit waits for a review again.
    """
    edit = edits.get(session, edit_id)
    if edit is None or edit.state != EditState.IN_REVIEW or edit.publish_at is None or edit.publish_at > now:
        return None
    actor = Actor(edit.reviewed_by or BY_ITSELF.name)
    outcome = _publish_now(session, edit, _offer_of(session, edit), actor, now=now, region=region)
    if not isinstance(outcome, Published):
        edit.publish_at = None
        session.flush()
        log.note(session, BY_ITSELF, NOT_PUBLISHED, "edit", edit.id, now=now)
    return outcome


def _offer_of(session: Session, edit: Edit) -> Offer | None:
    return offers.get(session, edit.offer_id) if edit.offer_id else None


def _write(
    session: Session, edit: Edit, offer: Offer | None, actor: Actor, *, now: datetime, region: Region
) -> Offer | Conflict | offers.Refused:
    """Put an edit's content into its offer, made if there is none; both histories know of it."""
    if offer:
        log.keep_version(session, offer, BY_ITSELF, now=now)
        differing = edits.catch_up(session, edit, offer, region)
        if differing:
            return Conflict(tuple(differing))
    found = understood(session, edit, offer, region)
    if found.problems:
        return offers.Refused(found.problems)
    if offer and found.draft == offers.draft_of(offer):
        return offer
    before = {"version": offer.version} if offer else None
    saved = offers.save(
        session, found.draft, now=now, region=region, offer=offer, small_correction=found.small_correction
    )
    if isinstance(saved, offers.Refused):
        return saved
    edit.offer_id, edit.base_version = saved.offer.id, saved.offer.version
    log.keep_version(session, saved.offer, Actor(edit.author or actor.name), now=now)
    after = {"version": saved.offer.version}
    last = edits.written_by(session, edit)
    writer = Actor(last.name or actor.name, last.curator_id)
    action = "changed" if before else "created"
    log.note(session, writer, action, "offer", saved.offer.id, now=now, before=before, after=after)
    edit.fields = dict(edit.fields) | dict.fromkeys(("checked", "forget_kept"), "")
    session.flush()
    return saved.offer


def change_state(
    session: Session, offer: Offer, state: State, actor: Actor, *, now: datetime, why: str = "", words: str = ""
) -> None:
    """Publish, withdraw or send to review, with its line in the log and its version in the history.

    This alone does not make an offer an edited one: what its source brings next is still taken in.
    """
    log.keep_version(session, offer, BY_ITSELF, now=now)
    before = {"state": offer.state, "why": offer.withdrawn_why}
    as_imported = offer.imported_version == offer.version
    offer.withdrawn_why = why if state == State.WITHDRAWN else ""
    if as_imported:
        offer.imported_version = offer.version + 1
    offers.change_state(session, offer, state, now=now)
    log.keep_version(session, offer, actor, now=now)
    after = {"state": state.value, "why": offer.withdrawn_why, "words": words}
    log.note(session, actor, STATE_ACTIONS[state], "offer", offer.id, now=now, before=before, after=after)


def withdraw(session: Session, offer: Offer, actor: Actor, why: str, words: str, now: datetime) -> Problem | None:
    """Take a published offer off the pages; it stays here with its history. A Problem without a reason."""
    if why not in WITHDRAWN_WHY:
        return Problem("why", Message(N_("Please say why.")))
    if offer.state == State.WITHDRAWN:
        return Problem("why", Message(NOTHING_OPEN))
    change_state(session, offer, State.WITHDRAWN, actor, now=now, why=why, words=words.strip())
    return None


def publish_offer(session: Session, offer: Offer, actor: Actor, now: datetime) -> Problem | None:
    """Publish an offer as it is: an imported one that waits for review, a draft, one that was withdrawn. What is about
    to be changed in it stays open."""
    if offer.state == State.PUBLISHED:
        return Problem("review", Message(NOTHING_OPEN))
    if four_eyes(session, rights.groups_of(offer)) and wrote_last(session, offer) == actor.curator_id:
        return Problem("review", Message(NOT_ALONE))
    change_state(session, offer, State.PUBLISHED, actor, now=now)
    return None


WRITES = ("created", "changed", "restored", "imported")
"""Actions that put words into an offer; whoever brought a list has written what it says."""


def wrote_last(session: Session, offer: Offer) -> int | None:
    """Who wrote what the offer says now; None when it came from elsewhere."""
    wanted = select(LogEntry.curator_id).where(
        LogEntry.subject == "offer", LogEntry.subject_id == offer.id, LogEntry.action.in_(WRITES)
    )
    return session.scalars(wanted.order_by(LogEntry.id.desc()).limit(1)).first()


def seen_by_visitors(session: Session, offer: Offer | None) -> OfferDraft | None:
    """What visitors see of an offer, or saw last; None when they never saw it."""
    if offer is None:
        return None
    if offer.state == State.PUBLISHED:
        return offers.draft_of(offer)
    wanted = select(OfferVersion).where(OfferVersion.offer_id == offer.id, OfferVersion.state == State.PUBLISHED)
    last = session.scalars(wanted.order_by(OfferVersion.number.desc()).limit(1)).first()
    return plain.from_plain(last.content) if last and last.content else None


PAGE = 25
"""Edits a page lists."""


def waiting(session: Session, groups: Sequence[str] | None, page: int = 1) -> tuple[list[Edit], int]:
    """A page of the edits that wait for a review, the oldest first, and how many there are in all.

    Those of the given working groups and of none; all for None. What is approved for a later day is not among them.
    """
    where = [Edit.state == EditState.IN_REVIEW, Edit.publish_at.is_(None), _of(groups)]
    total = session.scalar(select(func.count()).select_from(Edit).where(*where)) or 0
    page = min(page, max(1, -(-total // PAGE)))
    wanted = select(Edit).where(*where).order_by(Edit.saved_at, Edit.id)
    return list(session.scalars(wanted.limit(PAGE).offset((page - 1) * PAGE))), total


def scheduled(session: Session, groups: Sequence[str] | None) -> list[Edit]:
    """The edits that are approved for a later day, the next ones first."""
    wanted = select(Edit).where(Edit.state == EditState.IN_REVIEW, Edit.publish_at.is_not(None), _of(groups))
    return list(session.scalars(wanted.order_by(Edit.publish_at, Edit.id).limit(PAGE)))


def _of(groups: Sequence[str] | None) -> ColumnElement[bool]:
    return true() if groups is None else Edit.working_group.in_([*groups, ""])
