"""The rooms of the desk, each with its addresses."""

from __future__ import annotations

from flask import Blueprint

from infopool.web.admin import desk

BLUEPRINTS: tuple[Blueprint, ...] = (desk.blueprint,)
"""Every room; the application registers them. Their doors stand in `doors.DOORS`."""
