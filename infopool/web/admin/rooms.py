"""The rooms of the desk, each with its addresses."""

from __future__ import annotations

from flask import Blueprint

from infopool.web.admin import desk, history_of_all, offers, signing_in, texts

BLUEPRINTS: tuple[Blueprint, ...] = (
    signing_in.blueprint,
    desk.blueprint,
    offers.blueprint,
    texts.blueprint,
    history_of_all.blueprint,
)
"""Every room; the application registers them. Their doors stand in `doors.DOORS`."""
