"""The entrance of this application: what tells at the desk's door who may come in."""

from __future__ import annotations

from typing import cast

from flask import current_app

from infopool.curation.entering import Entrance
from infopool.curation.throttling import DayKey
from infopool.web.pool import pool


def entrance() -> Entrance:
    """The entrance of the application that answers this request."""
    house = pool()
    kept = current_app.extensions.setdefault(
        "infopool.entrance", Entrance(house.database, DayKey(house.settings.data), house.settings.secret())
    )
    return cast(Entrance, kept)
