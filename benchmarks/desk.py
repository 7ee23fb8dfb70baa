"""The curators' desk: how long each of its pages takes, its bytes and statements, in a pool of so many offers.

Every address under /admin/ that can be looked at is asked for by an officer and by a curator of one working group;
listings also with searches, filters and a page far back. Last come the work of every keystroke (offers that may be the
same as the one being written) and the slowest pages once more.
"""

from __future__ import annotations

import gc
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import ColumnElement, event, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from werkzeug.routing import Rule

from benchmarks import desk_pool
from benchmarks.corpus import Corpus
from benchmarks.importing import write_sheet
from benchmarks.pages import log_into_nothing
from benchmarks.reporting import Row, percentile
from infopool import create_app, migrating
from infopool.curation import duplicates, sessions
from infopool.curation.models import (
    CheckRequest,
    Curator,
    Edit,
    EditState,
    ImportRun,
    LogEntry,
    WantedTerm,
)
from infopool.directory import offers
from infopool.directory.models import Offer, Remark
from infopool.queue import Job
from infopool.search import finding
from infopool.settings import Settings
from infopool.web.admin import guard
from infopool.web.pool import Pool

TIMES = 20
SLOWEST = 8
OWN = {"Sec-Fetch-Site": "same-origin"}
"""What a browser says of a form that stands on one of our own pages."""

FURTHER = (
    "/admin/offers/?q=deutschkurs",
    "/admin/offers/?q=hilfe&topic=german-course&order=title",
    "/admin/offers/?place=tiengen&language=ar",
    "/admin/offers/?q=beratung&page=9&order=checked",
    "/admin/offers/?group=education&order=title",
    "/admin/offers/?group=nobody&page=20",
    "/admin/offers/?order=title&page=300",
    "/admin/offers/?state=draft&q=kurs",
    "/admin/offers/?state=withdrawn&order=checked",
    "/admin/feedback/?state=closed",
    "/admin/texts/?language=uk&need=missing",
    "/admin/texts/?language=en&need=outdated",
    "/admin/texts/?language=ar&need=machine&after=9000",
    "/admin/links/?state=moved",
    "/admin/wanted/?state=decided",
    "/admin/records/?tab=venues",
    "/admin/records/?tab=venues&q=muster",
    "/admin/records/?tab=contacts",
    "/admin/records/?tab=contacts&q=provider7",
    "/admin/records/?tab=places",
    "/admin/records/?q=träger&page=9",
    "/admin/log/?subject=remark&page=3",
    "/admin/log/?page=60",
    "/admin/numbers/?group=education",
    "/admin/editing/providers?q=träger",
    "/admin/records/contact?kind=email&value=info@provider3.example",
    "/admin/records/contact?kind=website&value=https://provider3.example/7",
)
"""Addresses beside those of the map; what none of them is for is left out of the figures with a word."""


@dataclass(frozen=True)
class Measured:
    """One page as one person sees it."""

    name: str
    times: tuple[float, ...]
    """Milliseconds."""
    worked: tuple[float, ...]
    """Milliseconds of the processor, which other programs on the machine change less."""
    bytes: int
    statements: int

    def row(self) -> Row:
        """The same for the table."""
        return Row(
            self.name,
            {
                "p50_ms": percentile(self.times, 50),
                "p95_ms": percentile(self.times, 95),
                "cpu_ms": percentile(self.worked, 50),
                "kB": self.bytes / 1024,
                "statements": float(self.statements),
            },
        )


def measure(corpus: Corpus, sizes: Iterable[int]) -> Iterable[Row]:
    """Rows for every size of the pool."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder, log_into_nothing():
            yield from _measure_one(corpus, size, Path(folder))


def _measure_one(corpus: Corpus, size: int, folder: Path) -> Iterator[Row]:
    app = create_app(settings_for(folder))
    house: Pool = app.extensions["infopool"]
    started = time.perf_counter()
    migrating.upgrade(house.database)
    desk_pool.fill(house.database, corpus, size, house.region, house.now())
    filled = time.perf_counter() - started
    finding.indexer(house.search, house.database).rebuild()
    gc.collect()
    gc.freeze()  # as the server does before it answers
    yield Row(f"the pool, {size:,}", {"written_s": filled, "indexed_s": time.perf_counter() - started - filled})
    counter = Statements(house)
    everything: list[Measured] = []
    for name in ("Officer", "Curator"):
        client = signed_in(app, name)
        bring_a_file(client, folder)
        for address in (*addresses(app, house, name), *FURTHER):
            title = f"{size:,} {name.lower()} {address}"
            found = _page(client, address, title, counter)
            if isinstance(found, Measured):
                everything.append(found)
                yield found.row()
            else:
                yield Row(title, remark=f"answered {found}")
    yield Row(f"{size:,} offers that may be the same", _typing(house))
    yield from (found.row() for found in sorted(everything, key=lambda one: -percentile(one.times, 95))[:SLOWEST])


def settings_for(folder: Path) -> Settings:
    """An installation of its own in this folder; in the database that INFOPOOL_BENCHMARK_URL names, if it does."""
    url = os.environ.get("INFOPOOL_BENCHMARK_URL", "")
    return Settings(data=folder, database_url=url) if url else Settings(data=folder)


class Statements:
    """Counts what is asked of a database."""

    def __init__(self, house: Pool) -> None:
        self.count = 0
        for engine in {house.database.reader, house.database.writer}:
            event.listen(engine, "before_cursor_execute", self._more)

    def _more(self, *_of: object) -> None:
        self.count += 1


def _page(client: FlaskClient, address: str, name: str, counter: Statements) -> Measured | int:
    """A page as it is asked for again and again, or the status of one that is not there for this person."""
    times: list[float] = []
    worked: list[float] = []
    statements, size = 0, 0
    for turn in range(TIMES + 1):
        counter.count = 0
        started, began = time.perf_counter(), time.process_time()
        answer = client.get(address)
        spent, work = 1000 * (time.perf_counter() - started), 1000 * (time.process_time() - began)
        if answer.status_code != 200:
            return answer.status_code
        if turn:
            times.append(spent)
            worked.append(work)
            statements, size = max(statements, counter.count), max(size, len(answer.data))
    return Measured(name, tuple(times), tuple(worked), size, statements)


def signed_in(app: Flask, name: str) -> FlaskClient:
    house: Pool = app.extensions["infopool"]
    with house.database.transaction() as session:
        curator = session.scalars(select(Curator).where(Curator.name == name)).one()
        token = sessions.begin(session, curator, house.now())
    client = app.test_client()
    client.set_cookie(guard.cookie_name(house.settings), token)
    return client


def bring_a_file(client: FlaskClient, folder: Path) -> None:
    """An import of 200 rows that waits for a word: the page that shows a plan."""
    sheet = folder / "list.csv"
    write_sheet(200, sheet)
    with sheet.open("rb") as content:
        form = {"file": (content, "list.csv"), "source": "VHS-Kurse", "working_group": desk_pool.GROUP}
        brought = client.post("/admin/imports/", data=form, headers=OWN)
    client.post(f"{brought.headers['Location']}columns", headers=OWN)


def addresses(app: Flask, house: Pool, name: str) -> list[str]:
    """Every address of the desk that can be looked at, with numbers of things that are there."""
    rules = [
        rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/admin") and "GET" in (rule.methods or ())
    ]
    with house.database.reading() as session, app.test_request_context():
        return sorted({_address(app, session, rule, name) for rule in rules if "token" not in rule.arguments})


def _address(app: Flask, session: Session, rule: Rule, name: str) -> str:
    values = {argument: NUMBERS[argument](session, rule.endpoint, name) for argument in rule.arguments}
    return str(app.url_map.bind("localhost").build(rule.endpoint, values))


def _first(session: Session, column: InstrumentedAttribute[int], *where: ColumnElement[bool]) -> int:
    return session.scalars(select(func.min(column)).where(*where)).one() or 0


def _edit(session: Session, endpoint: str, name: str) -> int:
    state = EditState.IN_REVIEW if "reviewing" in endpoint else EditState.OPEN
    there = select(func.min(Edit.id)).where(Edit.state == state, Edit.offer_id.is_not(None))
    mine = there.where(Edit.working_group == desk_pool.GROUP)
    if state == EditState.OPEN:
        mine = mine.where(Edit.author == "Curator")
    return session.scalars(mine).one() or session.scalars(there).one() or 0


def _offer(session: Session, endpoint: str, name: str) -> int:
    """The offer with the longest history, or for a curator one of her own group."""
    if "history" in endpoint or name == "Officer":
        return 1
    return _first(session, Offer.id, Offer.working_group == desk_pool.GROUP, Offer.state == "published")


NUMBERS: dict[str, Callable[[Session, str, str], int | str]] = {
    "offer_id": _offer,
    "edit_id": _edit,
    "person_id": lambda session, endpoint, name: 3,
    "run_id": lambda session, endpoint, name: _first(session, ImportRun.id, ImportRun.state == "planned"),
    "remark_id": lambda session, endpoint, name: _first(session, Remark.id, Remark.offer_id.is_not(None)),
    "term_id": lambda session, endpoint, name: _first(session, WantedTerm.id),
    "entry_id": lambda session, endpoint, name: _first(session, LogEntry.id, LogEntry.subject == "bulk"),
    "request_id": lambda session, endpoint, name: _first(session, CheckRequest.id, CheckRequest.answered_at.is_(None)),
    "job_id": lambda session, endpoint, name: _first(session, Job.id),
    "mail_id": lambda session, endpoint, name: 1,
    "number": lambda session, endpoint, name: 3,
    "kind": lambda session, endpoint, name: "providers",
    "tag": lambda session, endpoint, name: "en",
}
"""The name of a part of an address -> something to put there."""


def _typing(house: Pool) -> dict[str, float]:
    """How long it takes to look for offers that may be the same, for drafts of what is there already."""
    times = []
    with house.database.reading() as session:
        ids = session.scalars(select(Offer.id).order_by(Offer.id).limit(1000)).all()[::50]
        drafts = [offers.draft_of(offer) for offer in offers.some(session, ids)]
    for draft in drafts * 2:
        with house.database.reading() as session:
            started = time.perf_counter()
            duplicates.alike(session, draft)
            times.append(1000 * (time.perf_counter() - started))
    return {"p50_ms": percentile(times, 50), "p95_ms": percentile(times, 95)}
