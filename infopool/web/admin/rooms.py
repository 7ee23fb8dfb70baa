"""The rooms of the desk, each with its addresses."""

from __future__ import annotations

from flask import Blueprint

from infopool.web.admin import (
    account,
    bulk,
    checks,
    desk,
    editing,
    feedback,
    history,
    history_of_all,
    imports,
    jobs,
    links,
    numbers,
    offers,
    people,
    previewing,
    records,
    reviewing,
    ruling,
    signing_in,
    texts,
    wanted,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    signing_in.blueprint,
    account.blueprint,
    people.blueprint,
    ruling.blueprint,
    desk.blueprint,
    offers.blueprint,
    bulk.blueprint,
    records.blueprint,
    editing.blueprint,
    previewing.blueprint,
    reviewing.blueprint,
    history.blueprint,
    imports.blueprint,
    feedback.blueprint,
    texts.blueprint,
    numbers.blueprint,
    links.blueprint,
    wanted.blueprint,
    checks.blueprint,
    jobs.blueprint,
    history_of_all.blueprint,
)
"""Every room; the application registers them. Their doors stand in `doors.DOORS`."""
