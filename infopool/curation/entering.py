"""Coming in: by address and password, then by a code of the second factor where there is one.

Whoever guesses is slowed down, and learns nothing: an unknown address is answered like a wrong password, and as late.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from infopool.curation import accounts, log, passkeys, passwords, second_factor, sessions, throttling
from infopool.curation.log import Actor
from infopool.curation.models import Curator
from infopool.curation.passkeys import Party
from infopool.curation.throttling import Counts, DayKey
from infopool.db import Database


class Not(StrEnum):
    """Why somebody did not come in."""

    RIGHT = "not-right"
    SO_OFTEN = "not-so-often"


@dataclass(frozen=True)
class Entered:
    """Came in: the token of the new session, and whether the second factor is still awaited."""

    token: str
    halfway: bool


@dataclass(frozen=True)
class Entrance:
    """Eingang. Where people come in: the database and the key that makes counts anonymous."""

    database: Database
    day_key: DayKey
    secret: str
    """The installation's, for what is sealed."""

    def by_password(
        self, email: str, password: str, *, sender: str, now: datetime, device: str = "", old_token: str = ""
    ) -> Entered | Not:
        """Come in with a password. `sender` is the network address. The session of an older token ends: what a browser
        held before is worth nothing afterwards. Raises passwords.TooBusy."""
        tried = self._tried(email, password, sender, now)
        if isinstance(tried, Not):
            return tried
        curator, counts = tried
        fresh = passwords.kept(password) if passwords.is_outdated(curator.password_hash) else ""
        with self.database.transaction() as session:
            throttling.take_back(session, counts, now)
            compared, curator = curator.password_hash, session.get_one(Curator, curator.id)
            if curator.password_hash != compared:
                return Not.RIGHT
            if fresh:
                curator.password_hash = fresh
            if not curator.totp_secret:
                return self._in(session, curator, now, device, old_token)
            sessions.end(session, old_token)
            return Entered(sessions.begin(session, curator, now, device=device, halfway=True), halfway=True)

    def by_code(self, halfway: Curator, code: str, *, now: datetime, device: str, old_token: str) -> Entered | Not:
        """Come all the way in with a code of the second factor, after the password was right."""
        key = {self.day_key.key(throttling.CODES, str(halfway.id), now.date()): throttling.CODES}
        with self.database.transaction() as session:
            if not throttling.admit(session, key, now):
                return Not.SO_OFTEN
            if not second_factor.take(session, halfway, code, now):
                return Not.RIGHT
            throttling.take_back(session, key, now)
            return self._in(session, halfway, now, device, old_token)

    def by_passkey(
        self, site: Party, answer: str, sealed: str, *, now: datetime, device: str, old_token: str
    ) -> Entered | Not:
        """Come in with a passkey, which is two factors in one."""
        with self.database.transaction() as session:
            random = passkeys.opened(session, self.day_key, self.secret, sealed, passkeys.NOBODY, now)
            curator = passkeys.owner(session, site, answer, random, now) if random else None
            return self._in(session, curator, now, device, old_token) if curator else Not.RIGHT

    def _in(self, session: Session, curator: Curator, now: datetime, device: str, old_token: str) -> Entered:
        sessions.end(session, old_token)
        log.note(session, Actor.of(curator), "sign-in", "curator", curator.id, now=now)
        return Entered(sessions.begin(session, curator, now, device=device), halfway=False)

    def confirm(self, curator: Curator, password: str, *, sender: str, now: datetime) -> Not | None:
        """None when this is the password of somebody who is in already; wrong ones count like at the door."""
        tried = self._tried(curator.email, password, sender, now)
        if isinstance(tried, Not):
            return tried
        with self.database.transaction() as session:
            throttling.take_back(session, tried[1], now)
        return None

    def admit(self, session: Session, account: str, sender: str, now: datetime) -> Counts | None:
        """Count one more try at an account from an address; gives what was counted, or None when it is refused."""
        throttling.take_turns(session)
        counts = {self.day_key.key(throttling.PER_ACCOUNT, account, now.date()): throttling.PER_ACCOUNT}
        if network := throttling.network(sender):
            pair = self.day_key.key(throttling.PER_PAIR, f"{network} {account}", now.date())
            if not throttling.made(session, pair, throttling.PER_PAIR, now):
                counts[self.day_key.key(throttling.PER_ADDRESS, network, now.date())] = throttling.PER_ADDRESS
            counts[pair] = throttling.PER_PAIR
        return counts if throttling.admit(session, counts, now) else None

    def _tried(self, email: str, password: str, sender: str, now: datetime) -> tuple[Curator, Counts] | Not:
        with self.database.transaction() as session:
            counts = self.admit(session, accounts.plain_email(email), sender, now)
        if counts is None:
            return Not.SO_OFTEN
        with self.database.reading() as session:
            curator = accounts.by_email(session, email)
        usable = curator if curator and not curator.disabled_at else None
        right = passwords.is_right(password, usable.password_hash if usable else "")
        return (usable, counts) if right and usable else Not.RIGHT
