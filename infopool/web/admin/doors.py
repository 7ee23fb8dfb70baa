"""The doors of the desk: for every address under /admin/ and every way of asking, the right one needs to enter.

An address that is not listed here stays shut for everybody.
"""

from __future__ import annotations

from dataclasses import dataclass

from infopool.curation.rights import Action


@dataclass(frozen=True)
class Door:
    """Tür. What one must be allowed to do to look (GET) and to change something (POST)."""

    look: Action | None = None
    change: Action | None = None
    """None: there is nothing to change behind it."""
    open: bool = False
    """Whether one may enter without having signed in."""


OPEN = Door(open=True)

DOORS: dict[str, Door] = {
    "desk.home": Door(Action.ACCOUNT),
    "desk_offers.listing": Door(Action.LOOK),
    "desk_offers.show": Door(Action.LOOK),
    "desk_log.listing": Door(Action.LOG),
}
"""Endpoint -> its door. Whether the right holds for the very thing asked for is looked at behind the door
(`guard.allow`)."""
