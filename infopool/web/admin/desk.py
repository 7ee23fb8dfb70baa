"""The desk itself: what waits for who is signed in."""

from __future__ import annotations

from flask import Blueprint

from infopool.messages import N_
from infopool.web.admin.showing import show_desk, translated

blueprint = Blueprint("desk", __name__, url_prefix="/admin")


@blueprint.get("/")
def home() -> str:
    """What waits for me."""
    return show_desk("admin/desk.html", title=translated(N_("My desk")))
