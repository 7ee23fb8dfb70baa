"""One's own account: name, language, address."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from infopool import languages
from infopool.curation import accounts, log
from infopool.curation.log import Actor
from infopool.curation.models import Curator
from infopool.curation.sealed import seal, unseal
from infopool.messages import N_, Message, Problem

SPOKEN = ("de", "en")
"""The languages of the desk."""
NEW_ADDRESS = timedelta(days=1)
"""How long a link to a new address is good."""


def into() -> list[languages.Language]:
    """The languages one can translate into: all that are offered but German, in which offers are written."""
    return [one for one in languages.offered() if one.tag != languages.SOURCE_LANGUAGE]


def change(
    session: Session, curator: Curator, *, name: str, language: str, translates: Collection[str], now: datetime
) -> tuple[Problem, ...]:
    """Take what somebody says about herself."""
    problems = list(accounts.name_faults(name))
    if language not in SPOKEN:
        problems.append(Problem("language", Message(N_("Choose German or English."))))
    if problems:
        return tuple(problems)
    before = curator.name
    curator.name, curator.language = name.strip(), language
    curator.translates = tuple(one.tag for one in into() if one.tag in translates)
    if before != curator.name:
        log.note(session, Actor.of(curator), "name", "curator", curator.id, now=now, before=before, after=curator.name)
    return ()


def sealed_address(secret: str, curator: Curator, email: str, now: datetime) -> str:
    """What makes a link to a new address a secret: it says whose, from where, to where. It is void as soon as the
    address is another one than when it was asked for, so it is good once."""
    values = [curator.id, curator.email, accounts.plain_email(email)]
    return seal(secret, "new-address", values, now + NEW_ADDRESS)


def address_in(session: Session, secret: str, sealed: str, now: datetime) -> tuple[Curator, str] | None:
    """Who is going to have which address by this link; None when it is no longer good or somebody else has it now."""
    values = unseal(secret, "new-address", sealed, now)
    if values is None:
        return None
    curator = session.get(Curator, values[0])
    good = curator is not None and not curator.disabled_at and curator.email == values[1]
    return (curator, values[2]) if curator and good and not accounts.by_email(session, values[2]) else None


def take_address(session: Session, curator: Curator, email: str, now: datetime) -> None:
    """Have somebody sign in with another address from now on."""
    before, curator.email = curator.email, email
    log.note(session, Actor.of(curator), "address", "curator", curator.id, now=now, before=before, after=email)
