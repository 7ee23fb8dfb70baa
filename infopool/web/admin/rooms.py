"""The rooms of the desk, each with its addresses."""

from __future__ import annotations

from flask import Blueprint

from infopool.web.admin import (
    account,
    desk,
    editing,
    history_of_all,
    imports,
    offers,
    people,
    ruling,
    signing_in,
    texts,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    signing_in.blueprint,
    account.blueprint,
    people.blueprint,
    ruling.blueprint,
    desk.blueprint,
    offers.blueprint,
    editing.blueprint,
    previewing.blueprint,
    imports.blueprint,
    texts.blueprint,
    history_of_all.blueprint,
)
"""Every room; the application registers them. Their doors stand in `doors.DOORS`."""
