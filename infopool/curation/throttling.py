"""Slowing down whoever guesses: so many tries in a stretch of time, counted under keys that name nobody.

The keys are fingerprints under a secret of the day. Neither a network address nor an e-mail address is kept with the
count, and when the day is over nobody can tell any more whose it was.
"""

from __future__ import annotations

import hmac
import ipaddress
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from infopool.curation.models import Tries


@dataclass(frozen=True)
class Limit:
    """Grenze. At most so many tries within a stretch of time."""

    kind: str
    most: int
    within: timedelta


FIVE_MINUTES = timedelta(minutes=5)
PER_ACCOUNT = Limit("account", 10, FIVE_MINUTES)
"""Wrong passwords for one account (or for an e-mail address that has none)."""
PER_PAIR = Limit("pair", 10, FIVE_MINUTES)
"""Wrong passwords for one account from one network address."""
PER_ADDRESS = Limit("address", 10, FIVE_MINUTES)
"""Accounts tried in vain from one network address, each counted once: behind one address there may be a whole town
hall, and somebody there who has forgotten her password must not keep the others out."""
CODES = Limit("code", 5, FIVE_MINUTES)
"""Codes of the second factor for one account."""
LETTERS = Limit("letter", 3, timedelta(hours=1))
"""Mails with a link that somebody may have sent to one account."""
ASKED_LETTERS = Limit("asked", 10, timedelta(hours=1))
"""Such mails asked for from one address."""
TURN = 8_468_496_611
"""The number under which PostgreSQL knows whose turn it is; any number that nobody else uses."""
KEPT = timedelta(days=1)
"""After that a count is forgotten."""

Counts = Mapping[str, Limit]
"""Key -> its limit."""


class DayKey:
    """Tagesschlüssel, in a file of the data folder, so that all processes count together. Gone on the next day."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: tuple[date, bytes] | None = None

    def key(self, limit: Limit, who: str, today: date) -> str:
        """The key under which the tries of somebody are counted."""
        words = f"{limit.kind}\0{who}".encode("utf-8", "replace")
        return hmac.digest(self._secret(today), words, "sha256").hex()

    def _secret(self, today: date) -> bytes:
        if self._known is None or self._known[0] != today:
            self._known = (today, self._read(today))
        return self._known[1]

    def _read(self, today: date) -> bytes:
        path = self._folder / f"day-key-{today.isoformat()}"
        self._folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
            fresh.touch(0o600)
            fresh.write_bytes(secrets.token_bytes(32))
            with suppress(FileExistsError):
                os.link(fresh, path)
            fresh.unlink()
        for older in self._folder.glob("day-key-*"):
            if older.name < path.name:
                older.unlink(missing_ok=True)
        return path.read_bytes()


def network(address: str) -> str:
    """What counts as one sender: an IPv4 address; of IPv6 the /56 that one household gets."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(known, ipaddress.IPv6Address):
        return str(known.ipv4_mapped or ipaddress.ip_network((known, 56), strict=False))
    return str(known)


def take_turns(session: Session) -> None:
    """Count one after the other; to be called first in a transaction.

    SQLite lets one write at a time anyway. PostgreSQL would show each of many tries at the same moment the counts from
    before all of them; so they wait for each other here, and see what was committed meanwhile.
    """
    if session.get_bind().dialect.name == "postgresql" and not session.info.get("has its turn"):
        session.info["has its turn"] = True
        session.connection(execution_options={"isolation_level": "READ COMMITTED"})
        session.execute(select(func.pg_advisory_xact_lock(TURN)))


def admit(session: Session, counts: Counts, now: datetime) -> bool:
    """Whether one more try is allowed now; if so it is counted under every key, before anybody looks whether it was
    right: of many tries at the same moment none slips through."""
    take_turns(session)
    session.execute(delete(Tries).where(Tries.begun_at < now - KEPT))
    if any(made(session, key, limit, now) >= limit.most for key, limit in counts.items()):
        return False
    for key in counts:
        _count(session, key, now, 1)
    return True


def take_back(session: Session, counts: Counts, now: datetime) -> None:
    """Take back the try that was counted at this moment: it was right."""
    for key in counts:
        _count(session, key, now, -1)


def made(session: Session, key: str, limit: Limit, now: datetime) -> int:
    """How many tries are counted under a key."""
    since = now - limit.within
    wanted = select(func.coalesce(func.sum(Tries.count), 0)).where(Tries.key == key, Tries.begun_at > since)
    return int(session.scalar(wanted) or 0)


def _count(session: Session, key: str, now: datetime, one: int) -> None:
    row = session.get(Tries, (key, now))
    if row is None:
        session.add(row := Tries(key=key, begun_at=now, count=0))
    row.count = max(0, row.count + one)
    session.flush()
