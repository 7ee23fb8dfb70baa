"""The desk itself: a line for each kind of thing that waits, with the one place to go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import current_app, url_for

from infopool.curation.models import Curator, Role, WantedTerm
from infopool.curation.todo import Numbers, Waiting
from infopool.messages import N_, NN_
from infopool.web.wording import Wording

SOON = timedelta(days=2)
"""Feedback that is older is urgent: somebody may stand before a closed door."""


@dataclass(frozen=True)
class Kind:
    """What is said about one kind of waiting things."""

    words: tuple[str, str]
    help: str
    endpoint: str
    parameters: Mapping[str, str]
    when: str


NOW, THIS_WEEK, ANY_TIME = N_("today"), N_("this week"), N_("no hurry")

KINDS: dict[str, Kind] = {
    "feedback": Kind(
        NN_("message from a visitor", "messages from visitors"),
        N_("Something is wrong, or somebody suggests an offer."),
        "desk_feedback.listing",
        {},
        NOW,
    ),
    "calls": Kind(
        NN_("provider to call", "providers to call"),
        N_("They have not answered our mails. Mostly one call is enough."),
        "desk_checks.listing",
        {"show": "call"},
        NOW,
    ),
    "review": Kind(
        NN_("change to review", "changes to review"),
        N_("Somebody has changed an offer. Visitors see the change once you approve it."),
        "desk_reviewing.listing",
        {},
        THIS_WEEK,
    ),
    "new-offers": Kind(
        NN_("new offer to review", "new offers to review"),
        N_("Nobody sees them until you publish them."),
        "desk_offers.listing",
        {"state": "in-review"},
        THIS_WEEK,
    ),
    "overdue": Kind(
        NN_("offer to check", "offers to check"),
        N_("The last check is long ago, and nobody has been asked yet."),
        "desk_checks.listing",
        {},
        THIS_WEEK,
    ),
    "failures": Kind(
        NN_("job that failed", "jobs that failed"),
        N_("Something that runs by itself did not work."),
        "desk_jobs.listing",
        {},
        THIS_WEEK,
    ),
    "drafts": Kind(
        NN_("draft of yours", "drafts of yours"),
        N_("You have begun it and not sent it off."),
        "desk_editing.drafts",
        {},
        ANY_TIME,
    ),
    "imports": Kind(
        NN_("import to finish", "imports to finish"),
        N_("A file is read and waits for your choice."),
        "desk_imports.listing",
        {},
        ANY_TIME,
    ),
    "links": Kind(
        NN_("web address that fails", "web addresses that fail"),
        N_("Visitors who follow it find nothing."),
        "desk_links.listing",
        {},
        THIS_WEEK,
    ),
    "translations": Kind(
        NN_("outdated translation", "outdated translations"),
        N_("The German text has changed since."),
        "desk_texts.listing",
        {},
        ANY_TIME,
    ),
    "wanted": Kind(
        NN_("word searched in vain", "words searched in vain"),
        N_("Teach the search what it means, or note that something is missing."),
        "desk_wanted.listing",
        {},
        ANY_TIME,
    ),
}
"""Kind of waiting things -> what is said about it."""


@dataclass(frozen=True)
class Line:
    """One line of the desk."""

    count: str
    words: str
    help: str
    address: str
    when: str
    hot: bool


@dataclass(frozen=True)
class DeskView:
    """The desk."""

    above: str
    greeting: str
    lines: tuple[Line, ...]
    numbers: tuple[tuple[str, str], ...]
    wanted: tuple[tuple[str, str, str], ...]
    """(word, tag of its language, how often)."""


def desk_view(
    waiting: Sequence[Waiting],
    numbers: Numbers,
    wanted: Sequence[WantedTerm],
    curator: Curator,
    groups: Mapping[str, str],
    wording: Wording,
    today: date,
) -> DeskView:
    """The desk of somebody, made ready."""
    gettext = wording.translator.gettext
    waiting = [one for one in waiting if KINDS[one.kind].endpoint in current_app.view_functions]
    lines = tuple(_line(one, wording, today) for one in waiting)
    total = sum(one.count for one in waiting)
    if total:
        forms = NN_(
            "Hello %(name)s. %(count)s thing is waiting for you.",
            "Hello %(name)s. %(count)s things are waiting for you.",
        )
        greeting = wording.count(total, forms, name=curator.name)
    else:
        greeting = gettext(N_("Hello %(name)s. Nothing is waiting for you.")) % {"name": curator.name}
    mine = [groups[code] for code in curator.groups if code in groups] or [gettext(ROLES[Role(curator.role)])]
    return DeskView(
        above=f"{wording.joined(mine)}, {wording.weekday_and_day(today, today)}",
        greeting=greeting,
        lines=lines,
        numbers=(
            (gettext(N_("offers visible")), wording.number(numbers.visible)),
            (gettext(N_("checked within 6 months")), wording.number(numbers.checked)),
            (gettext(N_("also in another language")), wording.number(numbers.translated)),
        ),
        wanted=tuple((term.term, term.language, wording.number(term.hits)) for term in wanted),
    )


ROLES: dict[Role, str] = {
    Role.CURATOR: N_("Curators"),
    Role.OFFICER: N_("Integration officer"),
    Role.TRANSLATOR: N_("Translation"),
    Role.STEERING: N_("Steering group"),
}
"""What the roles are called."""


def _line(one: Waiting, wording: Wording, today: date) -> Line:
    kind = KINDS[one.kind]
    gettext = wording.translator.gettext
    urgent = kind.when == NOW and one.oldest is not None and today - one.oldest >= SOON
    help_ = gettext(kind.help)
    if one.oldest:
        since = gettext(N_("The oldest is from %(day)s.")) % {"day": wording.day(one.oldest, today)}
        help_ = f"{help_} {since}"
    return Line(
        count=wording.number(one.count),
        words=wording.translator.ngettext(*kind.words, one.count),
        help=help_,
        address=url_for(kind.endpoint, **dict[str, Any](kind.parameters)),
        when=gettext(kind.when),
        hot=urgent,
    )
