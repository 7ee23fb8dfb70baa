"""Counting searches without counting people: sums per week, and words that so many looked for that they name nobody.

What is counted of a search: the week, the language of the page, the topic, the place, and whether nothing, little or
something was found. Words that found nothing are kept only as fingerprints under a key that is destroyed with the
month, until they have come on enough days and often enough; the words themselves are then taken from the search that
crosses this line, and from no earlier one. There is no person, no network address, no order of searches, no time of
day. The key and the fingerprints lie in one database: who holds it can try words until the month is over.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, case, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from infopool.curation.models import MonthKey, RareTerm, SearchCount, WantedTerm
from infopool.directory.topics import BY_CODE

ENOUGH_DAYS = 5
"""On so many different days a word must have come before it is written down."""
ENOUGH_HITS = 10
"""And so often in all."""
LONGEST_TERM = 40
MOST_WORDS = 4
KEPT_WEEKS = 53
"""Sums of older weeks are deleted."""
FEW = 3
"""Up to so many offers found are few."""
SMALLEST = 5
"""Sums below this are shown as "fewer than 5" (k-anonymity, Sweeney 2002)."""

_TELLING = re.compile(r"@|https?:|www\.|\d{4,}|\d[\d ./-]{5,}\d|[A-Z]{2}\d{2}")
"""What may name somebody: addresses, long numbers, account numbers."""


@dataclass(frozen=True)
class Searched:
    """What is counted of one search."""

    language: str
    topic: str
    place: str
    found: int
    in_vain: tuple[str, ...] = ()
    """Words or phrases that brought nothing, as they were typed."""


Cell = tuple[str, str, str, str, str]
"""Week, language, topic, place, result."""


def cell_of(searched: Searched, today: date) -> Cell:
    """The sum a search belongs to. For topics that may betray somebody the place is left out."""
    topic = BY_CODE.get(searched.topic)
    place = "" if topic and topic.sensitive else searched.place
    result = "none" if searched.found == 0 else "few" if searched.found <= FEW else "some"
    return week_of(today), searched.language, topic.code if topic else "", place, result


def week_of(day: date) -> str:
    """The ISO week of a day, as in `2026-W47`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def term_of(words: str) -> str:
    """A word or phrase in the form it is counted in; empty for what is too long or may name somebody."""
    plain = " ".join(unicodedata.normalize("NFKC", words).casefold().split())
    if _TELLING.search(words) or len(plain) > LONGEST_TERM or len(plain.split()) > MOST_WORDS:
        return ""
    return plain if any(sign.isalpha() for sign in plain) and plain.isprintable() else ""


def add(session: Session, cells: Mapping[Cell, int]) -> None:
    """Add to the sums."""
    for (week, language, topic, place, result), count in sorted(cells.items()):
        same = select(SearchCount).where(
            SearchCount.week == week,
            SearchCount.language == language,
            SearchCount.topic == topic,
            SearchCount.place == place,
            SearchCount.result == result,
        )
        row = session.scalars(same.with_for_update()).first()
        if row is None:
            row = SearchCount(week=week, language=language, topic=topic, place=place, result=result, count=0)
            session.add(row)
        row.count += count
        session.flush()


def add_terms(session: Session, terms: Iterable[tuple[str, str]], today: date) -> None:
    """Count words looked for in vain, as (language, form of `term_of`); each at most once in a call."""
    for language, term in sorted(set(terms)):
        known = session.scalars(
            select(WantedTerm).where(WantedTerm.language == language, WantedTerm.term == term).with_for_update()
        ).first()
        if known is not None:
            known.hits += 1
            known.last_week = week_of(today)
        else:
            _count_rare(session, language, term, today)
        session.flush()


def _count_rare(session: Session, language: str, term: str, today: date) -> None:
    month = f"{today:%Y-%m}"
    fingerprint = hmac.new(_month_key(session, month), f"{language}|{term}".encode(), hashlib.sha256).hexdigest()
    rare = session.get(RareTerm, (month, fingerprint), with_for_update=True)
    if rare is None:
        session.add(rare := RareTerm(month=month, fingerprint=fingerprint, days=0, hits=0))
    rare.days |= 1 << today.day
    rare.hits += 1
    if rare.days.bit_count() >= ENOUGH_DAYS and rare.hits >= ENOUGH_HITS:
        week = week_of(today)
        session.add(WantedTerm(language=language, term=term, hits=rare.hits, first_week=week, last_week=week))
        session.delete(rare)


def _month_key(session: Session, month: str) -> bytes:
    key = session.get(MonthKey, month, with_for_update=True)
    if key is None:
        session.add(key := MonthKey(month=month, key=secrets.token_bytes(32)))
        session.flush()
    return key.key


def forget(session: Session, today: date) -> None:
    """Destroy the keys and fingerprints of months that are over, and sums older than a year."""
    month = f"{today:%Y-%m}"
    session.execute(delete(MonthKey).where(MonthKey.month != month))
    session.execute(delete(RareTerm).where(RareTerm.month != month))
    session.execute(delete(SearchCount).where(SearchCount.week < week_of(today - timedelta(weeks=KEPT_WEEKS))))


@dataclass(frozen=True)
class Week:
    """The searches of one week."""

    week: str
    searches: int
    in_vain: int


@dataclass(frozen=True)
class Sums:
    """The sums of some weeks; those too small to be told are left out of the tables, not out of the totals."""

    weeks: tuple[Week, ...]
    languages: tuple[tuple[str, int, int], ...]
    """(tag, searches, found nothing), the most frequent first."""
    topics: tuple[tuple[str, int, int], ...]
    places: tuple[tuple[str, int, int], ...]

    @property
    def searches(self) -> int:
        """All searches of these weeks."""
        return sum(week.searches for week in self.weeks)

    @property
    def in_vain(self) -> int:
        """Those that found nothing."""
        return sum(week.in_vain for week in self.weeks)


def sums(session: Session, today: date, weeks: int = 26, topics: frozenset[str] = frozenset()) -> Sums:
    """The sums of the last weeks, this one included; with `topics` only of these (top) topics. Four statements."""
    known = [week_of(today - timedelta(weeks=back)) for back in range(weeks)][::-1]
    where = [SearchCount.week >= known[0], *([SearchCount.topic.in_(topics)] if topics else [])]
    by_week = {week: (count, vain) for week, count, vain in _by(session, SearchCount.week, where)}
    tables = (
        tuple(row for row in _by(session, column, where) if row[0] and row[1] >= SMALLEST)
        for column in (SearchCount.language, SearchCount.topic, SearchCount.place)
    )
    return Sums(tuple(Week(week, *by_week.get(week, (0, 0))) for week in known), *tables)


def _by(
    session: Session, column: InstrumentedAttribute[str], where: Iterable[ColumnElement[bool]]
) -> list[tuple[str, int, int]]:
    """(value, searches, found nothing), the most frequent first."""
    all_ = func.sum(SearchCount.count)
    vain = func.sum(case((SearchCount.result == "none", SearchCount.count), else_=0))
    rows = session.execute(select(column, all_, vain).where(*where).group_by(column).order_by(all_.desc(), column))
    return [(value, int(count), int(in_vain)) for value, count, in_vain in rows]
