"""The menu of the desk: what stands above every page of it, for whom."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request, url_for

from infopool.curation.rights import Action
from infopool.messages import N_
from infopool.web.admin.guard import can


@dataclass(frozen=True)
class Entry:
    """One line of the menu."""

    endpoint: str
    label: str
    needs: Action


@dataclass(frozen=True)
class EntryView:
    """The same for the template."""

    address: str
    label: str
    current: bool


FIRST: tuple[Entry, ...] = (
    Entry("desk.home", N_("My desk"), Action.ACCOUNT),
    Entry("desk_offers.listing", N_("Offers"), Action.LOOK),
    Entry("desk_feedback.listing", N_("Feedback"), Action.LOOK),
    Entry("desk_texts.listing", N_("Translations"), Action.LOOK),
)
"""What everybody needs every day."""

MORE: tuple[Entry, ...] = (
    Entry("desk_checks.listing", N_("Checks"), Action.LOOK),
    Entry("desk_imports.listing", N_("Imports"), Action.LOOK),
    Entry("desk_wanted.listing", N_("Searched in vain"), Action.LOOK),
    Entry("desk_numbers.overview", N_("Numbers"), Action.LOOK),
    Entry("desk_links.listing", N_("Links"), Action.LOOK),
    Entry("desk_records.listing", N_("Providers, addresses, contacts"), Action.LOOK),
    Entry("desk_people.listing", N_("People"), Action.PEOPLE),
    Entry("desk_rules.overview", N_("Rules"), Action.RULES),
    Entry("desk_jobs.listing", N_("What runs by itself"), Action.JOBS),
    Entry("desk_log.listing", N_("Log"), Action.LOG),
    Entry("account.overview", N_("My account"), Action.ACCOUNT),
)
"""What is needed now and then; folded."""


def entries(lines: tuple[Entry, ...]) -> list[EntryView]:
    """The lines of a menu that who is signed in may follow."""
    here = (request.endpoint or "").split(".")[0]
    there = current_app.view_functions
    return [
        EntryView(url_for(line.endpoint), line.label, line.endpoint.split(".")[0] == here)
        for line in lines
        if line.endpoint in there and can(line.needs)
    ]
