"""Every role at every door of the desk, against one table that was looked at by people: `rights_matrix.txt`.

A change of rights shows as a difference of that file. After adding a room, or when a difference is meant:
`INFOPOOL_WRITE_RIGHTS=1 pytest tests/desk/test_rights_matrix.py` writes it anew, and the difference is read before it
is committed.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from infopool.curation import sessions
from infopool.curation.models import Curator, Role, SignIn
from infopool.curation.rights import Action, may, may_with
from infopool.db import Database
from infopool.web.admin.doors import DOORS, Door
from tests.conftest import NOW
from tests.desk.people import OWN
from tests.web.world import COURSE

TABLE = Path(__file__).with_name("rights_matrix.txt")
UNKNOWN = 2_000_000_000
"""The number of nothing."""

HEAD = """\
Who may enter where. A line is an address and a way of asking, a column somebody.

in       the door opens                      no       403: not with this role, or not for this working group
404      nothing is there, or not on this site
sign in  is led to the sign-in               -        nobody may ask this way

`own` is a curator of the working group that an offer belongs to (education), `other` of another one (housing).
`=offer` asks for an offer of the working group education, `=?` for something that is not there.
"""


@dataclass(frozen=True)
class Person:
    """Somebody who tries the doors."""

    name: str
    role: Role | None
    groups: tuple[str, ...] = ()
    shut: bool = False
    over: bool = False


PEOPLE = (
    Person("anonymous", None),
    Person("own", Role.CURATOR, ("education",)),
    Person("other", Role.CURATOR, ("housing",)),
    Person("officer", Role.OFFICER),
    Person("translator", Role.TRANSLATOR),
    Person("steering", Role.STEERING),
    Person("disabled", Role.OFFICER, shut=True),
    Person("session over", Role.OFFICER, over=True),
)


@dataclass(frozen=True)
class Way:
    """An address and a way of asking."""

    rule: Rule
    method: str
    mark: str
    values: dict[str, object]

    @property
    def name(self) -> str:
        return f"{self.rule.endpoint}{self.mark} {self.method}"


def ways(app: Flask) -> list[Way]:
    """All of them, in the order of the table."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/admin")]
    found = {way.name: way for rule in rules for way in _ways(rule)}
    return [found[name] for name in sorted(found)]


def _ways(rule: Rule) -> Iterator[Way]:
    unknown = {name: _unknown(rule, name) for name in rule.arguments}
    for method in sorted((rule.methods or set()) & {"GET", "POST"}):
        yield Way(rule, method, "=?" if unknown else "", unknown)
        if "offer_id" in rule.arguments:
            known = {"offer_id": COURSE, "tag": "ar", "target": "ar"}
            yield Way(rule, method, "=offer", {name: known.get(name, value) for name, value in unknown.items()})


def _unknown(rule: Rule, name: str) -> object:
    """A value that names nothing, of the kind the address wants."""
    converter = rule._converters[name]
    if hasattr(converter, "num_convert"):
        return UNKNOWN
    items = getattr(converter, "items", None)
    return sorted(items)[0] if items else "nothing"


def _people(database: Database) -> dict[str, int]:
    with database.transaction() as session:
        ids = {}
        for number, one in enumerate(PEOPLE):
            if one.role:
                facts = {"role": one.role, "groups": one.groups, "disabled_at": NOW if one.shut else None}
                curator = Curator(
                    email=f"{number}@example.org", name=one.name, invited_at=NOW, joined_at=NOW, language="en", **facts
                )
                session.add(curator)
                session.flush()
                ids[one.name] = curator.id
    return ids


def _cookie(database: Database, curator_id: int, over: bool) -> str:
    with database.transaction() as session:
        token = sessions.begin(session, session.get_one(Curator, curator_id), NOW)
        if over:
            kept = session.get_one(SignIn, sessions.fingerprint(token))
            kept.seen_at = NOW - sessions.IDLE - timedelta(seconds=1)
    return token


def _outcome(app: Flask, way: Way, token: str) -> str:
    client = app.test_client()
    if token:
        client.set_cookie("infopool", token)
    with app.test_request_context():
        address = app.url_map.bind("127.0.0.1").build(way.rule.endpoint, way.values, method=way.method)
    answer = client.open(address, method=way.method, headers=OWN)
    assert answer.status_code < 500, f"{way.name} answered {answer.status_code}"
    if answer.status_code == 303 and answer.headers["Location"].startswith("/admin/sign-in?"):
        return "sign in"
    return {403: "no", 404: "404", 405: "-"}.get(answer.status_code, "in")


def _table(app: Flask, database: Database) -> str:
    ids = _people(database)
    rows = [["", *(one.name for one in PEOPLE)]]
    for way in ways(app):
        row = [way.name]
        for one in PEOPLE:
            token = _cookie(database, ids[one.name], one.over) if one.role else ""
            row.append(_outcome(app, way, token))
        rows.append(row)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return HEAD + "\n" + "\n".join(lines) + "\n"


@pytest.mark.slow
def test_every_role_at_every_door_is_as_the_table_says(desk_site: Flask, database: Database) -> None:
    found = _table(desk_site, database)
    if os.environ.get("INFOPOOL_WRITE_RIGHTS"):
        TABLE.write_text(found, encoding="utf-8")
    said = TABLE.read_text(encoding="utf-8")
    difference = list(difflib.unified_diff(said.splitlines(), found.splitlines(), "said", "found", lineterm="", n=0))
    assert not difference, "\n".join(difference)


def _rows() -> dict[str, dict[str, str]]:
    """The table as it stands there: way -> person -> outcome."""
    _, _, body = TABLE.read_text(encoding="utf-8").partition(HEAD + "\n")
    head, *lines = body.splitlines()
    starts = [head.index(one.name) for one in PEOPLE]
    return {
        line[: starts[0]].strip(): {
            one.name: line[start:end].strip()
            for one, start, end in zip(PEOPLE, starts, [*starts[1:], None], strict=True)
        }
        for line in lines
    }


def test_every_door_stands_in_the_table(desk_site: Flask) -> None:
    assert sorted(_rows()) == [way.name for way in ways(desk_site)]


def test_the_table_follows_from_the_rights() -> None:
    """What the table says is what the rights say: nobody enters without the right that the door needs, and who has it
    is not turned away, but for things of other working groups."""
    wrong = []
    for name, row in _rows().items():
        endpoint, method = name.split(" ")
        door = DOORS.get(endpoint.split("=")[0], Door())
        needed = door.look if method == "GET" else door.change
        for one in PEOPLE:
            if one.role and row[one.name] not in _allowed(one, needed, open_=door.open, mark=endpoint):
                wrong.append(f"{name}: {one.name} {row[one.name]}")
        if not door.open and row["anonymous"] != "sign in":
            wrong.append(f"{name}: anonymous {row['anonymous']}")
    assert wrong == []


def _allowed(one: Person, needed: Action | None, *, open_: bool, mark: str) -> set[str]:
    """What may stand in a cell."""
    if open_:
        return {"in", "404", "sign in"}
    if one.shut or one.over:
        return {"sign in"}
    curator = Curator(role=one.role, groups=one.groups)
    if needed is None or not may(curator, needed):
        return {"no", "-"}
    if "=offer" in mark and not may_with(curator, needed, ("education",)):
        return {"no"}
    return {"in", "404"}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "MADEUP"])
def test_no_other_way_of_asking_opens_a_door(desk_site: Flask, method: str) -> None:
    for way in ways(desk_site):
        address = desk_site.url_map.bind("127.0.0.1").build(way.rule.endpoint, way.values, method=way.method)
        answer = desk_site.test_client().open(address, method=method, headers=OWN)
        assert answer.status_code in (403, 404, 405), (way.name, answer.status_code)
