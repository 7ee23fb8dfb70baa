"""The accounts of the people who tend the pool: invited, given a role, shut and opened again."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from infopool.curation import log, mails, sessions, tickets
from infopool.curation.log import Actor
from infopool.curation.models import Curator, Role
from infopool.curation.tickets import Purpose
from infopool.messages import N_, Message, Problem

ROLES: dict[Role, str] = {
    Role.CURATOR: N_("Curator of working groups"),
    Role.OFFICER: N_("Integration officer"),
    Role.TRANSLATOR: N_("Translator"),
    Role.STEERING: N_("Steering group"),
}
"""What a role is called."""
DUTIES: dict[Role, str] = {
    Role.CURATOR: N_("Writes, checks and publishes the offers of her working groups."),
    Role.OFFICER: N_("May do everything, for all working groups; invites people."),
    Role.TRANSLATOR: N_("Writes translations, and nothing else."),
    Role.STEERING: N_("Sees everything and changes nothing."),
}
"""What it is for, in a sentence."""
LONGEST_NAME = 200


@dataclass(frozen=True)
class Wish:
    """Wunsch. What somebody typed about a person; nothing of it is trusted."""

    email: str = ""
    name: str = ""
    role: str = ""
    groups: tuple[str, ...] = ()
    language: str = "de"


@dataclass(frozen=True)
class Invited:
    """The account is there, and the secret of the link that opens it."""

    curator: Curator
    token: str


@dataclass(frozen=True)
class Refused:
    """Nothing has changed."""

    problems: tuple[Problem, ...]


def everybody(session: Session) -> list[Curator]:
    """All people, those with an open account first, by name."""
    wanted = select(Curator).options(selectinload(Curator.passkeys))
    return list(session.scalars(wanted.order_by(Curator.disabled_at.is_not(None), Curator.name, Curator.id)))


def by_email(session: Session, email: str) -> Curator | None:
    """The person with this address, however its letters are written."""
    plain = plain_email(email)
    return session.scalars(select(Curator).where(Curator.email == plain)).first() if plain.isprintable() else None


def stand_in(session: Session, email: str, now: datetime) -> Curator:
    """Somebody who is not there, for doing the same work as for somebody who is; to be rolled back."""
    nobody = Curator(email=f"{secrets.token_hex(8)}@{email[-200:]}", name="", role=Role.STEERING, invited_at=now)
    session.add(nobody)
    session.flush()
    return nobody


def plain_email(email: str) -> str:
    """An address as it is kept: in small letters, nothing around it."""
    return email.strip().lower()


def invite(session: Session, by: Actor, wish: Wish, *, groups: Iterable[str], now: datetime) -> Invited | Refused:
    """Make an account for somebody and the link that opens it. `groups` are the working groups there are.

    Refused: an address that is none or has an account, no name, a role or working group that does not exist, a curator
    without a working group.
    """
    problems = [*email_faults(session, wish.email), *_faults(wish, groups)]
    if problems:
        return Refused(tuple(problems))
    curator = Curator(email=plain_email(wish.email), name=wish.name.strip(), invited_at=now, language=wish.language)
    _take(curator, wish)
    session.add(curator)
    session.flush()
    log.note(session, by, "invite", "curator", curator.id, now=now, after=_told(curator))
    return Invited(curator, tickets.issue(session, curator, Purpose.INVITATION, now))


def link_again(session: Session, by: Actor, curator: Curator, *, now: datetime) -> tuple[Purpose, str]:
    """A new link for somebody, the older is void: the invitation, or where it was followed, a way to a new password."""
    purpose = Purpose.PASSWORD if curator.password_hash else Purpose.INVITATION
    log.note(session, by, f"link-{purpose}", "curator", curator.id, now=now)
    return purpose, tickets.issue(session, curator, purpose, now)


def change(
    session: Session, by: Actor, curator: Curator, wish: Wish, *, groups: Iterable[str], now: datetime
) -> tuple[Problem, ...]:
    """Give somebody another name, role or other working groups; takes effect at her next click."""
    problems = list(_faults(wish, groups))
    if not problems and wish.role != Role.OFFICER and is_last_officer(session, curator):
        problems.append(Problem("role", _last()))
    if problems:
        return tuple(problems)
    before = _told(curator)
    curator.name = wish.name.strip()
    _take(curator, wish)
    if _told(curator) != before:
        log.note(session, by, "change", "curator", curator.id, now=now, before=before, after=_told(curator))
    return ()


def disable(session: Session, by: Actor, curator: Curator, *, now: datetime) -> Problem | None:
    """Shut an account: every session of it ends, every link of it is void. Refused for the last officer."""
    if is_last_officer(session, curator):
        return Problem("role", _last())
    if curator.disabled_at is None:
        curator.disabled_at = now
        sessions.end_all(session, curator.id)
        tickets.void_all(session, curator.id)
        log.note(session, by, "disable", "curator", curator.id, now=now)
    return None


def enable(session: Session, by: Actor, curator: Curator, *, now: datetime) -> None:
    """Open a shut account again."""
    if curator.disabled_at is not None:
        curator.disabled_at = None
        log.note(session, by, "enable", "curator", curator.id, now=now)


def drop_second_factor(session: Session, by: Actor, curator: Curator, *, now: datetime) -> None:
    """Take second factor and passkeys off an account whose owner has lost them, and end its sessions."""
    before = {"second_factor": bool(curator.totp_secret), "passkeys": len(curator.passkeys)}
    curator.totp_secret, curator.totp_used = "", 0
    curator.passkeys.clear()
    sessions.end_all(session, curator.id)
    log.note(session, by, "drop-second-factor", "curator", curator.id, now=now, before=before)


def join(session: Session, token: str, hashed: str, *, now: datetime) -> Curator | None:
    """Follow an invitation with a password, of which only what is kept comes here; None when the link is not good."""
    curator = tickets.use(session, token, Purpose.INVITATION, now)
    if curator is None:
        return None
    curator.password_hash, curator.joined_at = hashed, now
    log.note(session, Actor.of(curator), "join", "curator", curator.id, now=now)
    return curator


def new_password(session: Session, token: str, hashed: str, *, now: datetime) -> Curator | None:
    """The same with a link to a new password; all sessions end."""
    curator = tickets.use(session, token, Purpose.PASSWORD, now)
    if curator is not None:
        set_password(session, curator, hashed, now=now)
    return curator


def set_password(session: Session, curator: Curator, hashed: str, *, now: datetime, token: str = "") -> None:
    """Give an account another password. All its sessions end but the one with this token, and its links are void."""
    curator.password_hash = hashed
    sessions.end_all(session, curator.id, but=token)
    tickets.void_all(session, curator.id)
    log.note(session, Actor.of(curator), "password", "curator", curator.id, now=now)


def is_last_officer(session: Session, curator: Curator) -> bool:
    """Whether nobody else could let people in if this one could not. Holds the officers until the transaction ends, so
    that two of them cannot shut each other out at the same moment."""
    officers = select(Curator).where(
        Curator.role == Role.OFFICER, Curator.disabled_at.is_(None), func.length(Curator.password_hash) > 0
    )
    able = {one.id for one in session.scalars(officers.with_for_update())}
    return able == {curator.id}


def email_faults(session: Session, email: str) -> Iterable[Problem]:
    """What is wrong with an address for an account."""
    plain = plain_email(email)
    problem = mails.check_address(plain)
    if problem:
        yield problem
    elif by_email(session, plain):
        yield Problem("email", Message(N_("Somebody with this e-mail address is here already.")))


def name_faults(name: str) -> Iterable[Problem]:
    """What is wrong with a name."""
    if not name.strip() or not name.isprintable():
        yield Problem("name", Message(N_("Write the name that the others know.")))
    elif len(name.strip()) > LONGEST_NAME:
        yield Problem("name", Message(N_("Shorten this text to %(most)s characters or fewer."), {"most": LONGEST_NAME}))


def _faults(wish: Wish, groups: Iterable[str]) -> Iterable[Problem]:
    yield from name_faults(wish.name)
    if wish.role not in set(Role):
        yield Problem("role", Message(N_("Choose what this person is here for.")))
    elif wish.role == Role.CURATOR and not set(wish.groups) & set(groups):
        yield Problem("groups", Message(N_("Choose at least one working group.")))
    if set(wish.groups) - set(groups):
        yield Problem("groups", Message(N_("There is no such working group.")))


def _take(curator: Curator, wish: Wish) -> None:
    curator.role = wish.role
    curator.groups = tuple(dict.fromkeys(wish.groups)) if wish.role == Role.CURATOR else ()


def _last() -> Message:
    return Message(N_("Nobody else could let people in then. First make somebody else integration officer."))


def _told(curator: Curator) -> dict[str, object]:
    return {"email": curator.email, "name": curator.name, "role": str(curator.role), "groups": list(curator.groups)}
