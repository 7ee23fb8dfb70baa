"""The log: who did what to what, when, and how it was before and after. It is only ever added to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from infopool.curation.models import Curator, LogEntry, OfferVersion
from infopool.directory import offers, plain
from infopool.directory.models import Offer
from infopool.messages import N_

ACTIONS: dict[str, str] = {
    "created": N_("entered"),
    "changed": N_("changed"),
    "published": N_("published"),
    "withdrawn": N_("taken off"),
    "sent-to-review": N_("sent to review"),
    "sent-back": N_("sent back"),
    "restored": N_("restored"),
    "checked": N_("checked"),
    "merged": N_("merged"),
    "imported": N_("taken in"),
    "undone": N_("undone"),
    "signed-in": N_("signed in"),
    "invited": N_("invited"),
    "erased": N_("erased for good"),
    "written": N_("wrote"),
    "asked": N_("asked the provider"),
    "brought": N_("brought a list"),
    "confirmed": N_("confirmed"),
    "done": N_("finished"),
    "changed-many": N_("changed many at once"),
    "merged-away": N_("merged into another"),
    "sign-in": N_("signed in"),
    "sign-out": N_("signed out"),
    "invite": N_("invited"),
    "join": N_("accepted the invitation"),
    "change": N_("changed"),
    "name": N_("changed the name"),
    "address": N_("changed the e-mail address"),
    "password": N_("set a password"),
    "passkey": N_("changed the passkeys"),
    "second-factor": N_("changed the codes from an app"),
    "drop-second-factor": N_("took codes and passkeys off"),
    "disable": N_("shut"),
    "enable": N_("opened again"),
    "rules": N_("changed the rules"),
}
"""What the codes of actions are called; a code that is not here stands for itself. Rooms add theirs (`name_action`)."""


def name_action(code: str, words: str) -> str:
    """Say what an action is called in the log, and give its code."""
    ACTIONS[code] = words
    return code


@dataclass(frozen=True)
class Actor:
    """Handelnde. Whoever does something: somebody with an account, or a provider, a visitor, a job by its name."""

    name: str
    curator_id: int | None = None

    @classmethod
    def of(cls, curator: Curator) -> Actor:
        """Somebody with an account."""
        return cls(curator.name, curator.id)


PROVIDER, VISITOR, BY_ITSELF = Actor("provider"), Actor("visitor"), Actor("infopool")


def note(
    session: Session,
    actor: Actor,
    action: str,
    subject: str,
    subject_id: int | None,
    *,
    now: datetime,
    before: Any = None,
    after: Any = None,
) -> None:
    """Add a line, in the transaction of the change it tells of. `before` and `after` are plain values for JSON."""
    session.add(
        LogEntry(
            at=now,
            curator_id=actor.curator_id,
            who=actor.name,
            action=action,
            subject=subject,
            subject_id=subject_id,
            before=before,
            after=after,
        )
    )


def keep_version(
    session: Session, offer: Offer, actor: Actor, *, now: datetime, import_run_id: int | None = None
) -> None:
    """Keep what an offer says now as a version of its history, unless this version is there already.

    To be called before the first change as well, for offers that were made before there was a history.
    """
    session.flush()
    there = select(OfferVersion.id).where(OfferVersion.offer_id == offer.id, OfferVersion.number == offer.version)
    if session.scalars(there).first() is not None:
        return
    session.add(
        OfferVersion(
            offer_id=offer.id,
            number=offer.version,
            at=now,
            who=actor.name,
            state=offer.state,
            content=plain.to_plain(offers.draft_of(offer)),
            import_run_id=import_run_id,
        )
    )


def versions(session: Session, offer_id: int) -> list[OfferVersion]:
    """All versions of an offer, the newest first."""
    wanted = select(OfferVersion).where(OfferVersion.offer_id == offer_id).order_by(OfferVersion.number.desc())
    return list(session.scalars(wanted))


def entries(session: Session, subject: str, subject_id: int, most: int = 200) -> list[LogEntry]:
    """What the log says about one thing, the newest first."""
    wanted = select(LogEntry).where(LogEntry.subject == subject, LogEntry.subject_id == subject_id)
    return list(session.scalars(wanted.order_by(LogEntry.id.desc()).limit(most)))


def latest(
    session: Session, *, subject: str = "", curator_id: int | None = None, page: int = 1, size: int = 50
) -> tuple[list[LogEntry], bool]:
    """A page of the whole log, the newest first, and whether there is an older one."""
    wanted = select(LogEntry).order_by(LogEntry.id.desc())
    if subject:
        wanted = wanted.where(LogEntry.subject == subject)
    if curator_id is not None:
        wanted = wanted.where(LogEntry.curator_id == curator_id)
    found = list(session.scalars(wanted.limit(size + 1).offset((page - 1) * size)))
    return found[:size], len(found) > size


def subjects(session: Session) -> list[str]:
    """The kinds of things the log tells of."""
    return sorted(session.scalars(select(LogEntry.subject).distinct()))
