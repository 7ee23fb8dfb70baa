"""The log as a page: everything anybody did, the newest first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request, url_for

from infopool.curation import log
from infopool.curation.log import ACTIONS
from infopool.curation.models import LogEntry
from infopool.directory.facts import State
from infopool.messages import N_
from infopool.web import searching
from infopool.web.admin.presenters.offers import STATE_NAMES
from infopool.web.admin.showing import show_desk, translated
from infopool.web.i18n import page_wording
from infopool.web.pool import pool

blueprint = Blueprint("desk_log", __name__, url_prefix="/admin/log")

LONGEST_VALUE = 600
"""Characters shown of a value; the whole of it stands in the history of its thing."""

SUBJECTS: dict[str, str] = {
    "offer": N_("Offer"),
    "edit": N_("Change of an offer"),
    "curator": N_("Account"),
    "provider": N_("Provider"),
    "venue": N_("Address"),
    "contact": N_("Contact"),
    "rule": N_("Rule"),
    "import": N_("Import"),
    "term": N_("Search word"),
    "need": N_("Need"),
    "remark": N_("Feedback"),
    "link": N_("Link"),
    "job": N_("Job"),
    "check": N_("Check"),
}
"""What the kinds of things are called."""

MACHINES: dict[str, str] = {"command line": N_("command line"), "provider": N_("provider"), "visitor": N_("visitor")}
"""Who stands in the log without an account."""

NAMES: dict[str, str] = {
    "version": N_("Version"),
    "state": N_("State"),
    "why": N_("Why"),
    "words": N_("Words"),
    "title": N_("Title"),
    "offer": N_("Offer"),
    "edit": N_("Change of an offer"),
    "email": N_("E-mail"),
    "phone": N_("Phone"),
    "website": N_("Website"),
    "name": N_("Name"),
    "role": N_("Role"),
    "group": N_("Working group"),
    "groups": N_("Working groups"),
    "offers": N_("Offers"),
    "rows": N_("Rows"),
    "publish_at": N_("Publish on"),
}
"""What the values of a line are called; a name that is not here stands for itself."""


@dataclass(frozen=True)
class Change:
    """One value that changed."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One entry of the log."""

    at: str
    who: str
    action: str
    subject: str
    address: str
    changes: tuple[Change, ...]


@blueprint.get("/")
def listing() -> str:
    """A page of the log."""
    subject, page = request.args.get("subject", ""), searching.page_number(request.args.get("page", ""))
    with pool().database.reading() as session:
        found, more = log.latest(session, subject=subject, page=page)
        kinds = log.subjects(session)
        lines = [_line(entry) for entry in found]
    gettext = page_wording().translator.gettext
    return show_desk(
        "admin/log/listing.html",
        title=translated(N_("Log")),
        lines=lines,
        kinds=[(kind, gettext(SUBJECTS.get(kind, kind))) for kind in kinds],
        subject=subject,
        page=page,
        following=url_for(".listing", subject=subject, page=page + 1) if more else "",
        previous=url_for(".listing", subject=subject, page=page - 1) if page > 1 else "",
    )


def _line(entry: LogEntry) -> Line:
    gettext = page_wording().translator.gettext
    thing = gettext(SUBJECTS.get(entry.subject, entry.subject))
    return Line(
        at=f"{entry.at.astimezone(pool().region.timezone):%d.%m.%Y %H:%M}",
        who=translated(MACHINES[entry.who]) if entry.who in MACHINES else entry.who,
        action=gettext(ACTIONS.get(entry.action, entry.action)),
        subject=f"{thing} {entry.subject_id}" if entry.subject_id else thing,
        address=url_for("desk_offers.show", offer_id=entry.subject_id)
        if entry.subject == "offer" and entry.subject_id
        else "",
        changes=tuple(_changes(entry.before, entry.after)),
    )


def _changes(before: Any, after: Any) -> Iterator[Change]:
    """What differs between two plain values, name by name where they have names."""
    if before == after or (before is None and after is None):
        return
    if isinstance(before or {}, dict) and isinstance(after or {}, dict):
        old, new = before or {}, after or {}
        for name in dict.fromkeys([*old, *new]):
            was, is_now = _said(name, old.get(name)), _said(name, new.get(name))
            if was != is_now:
                yield Change(translated(NAMES[name]) if name in NAMES else name, was, is_now)
    else:
        yield Change("", _short(before), _short(after))


def _said(name: str, value: Any) -> str:
    """A value as people read it: a state by its name, several things with commas between them."""
    if name == "state" and value in set(State):
        return translated(STATE_NAMES[State(value)])
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        return _short(", ".join(map(str, value)))
    return _short(value)


def _short(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"
