"""The desk itself: what waits for who is signed in, the next offers to check, and a few numbers."""

from __future__ import annotations

from flask import Blueprint, current_app, url_for

from infopool.curation import listing, todo
from infopool.curation.listing import Order, Wanted
from infopool.curation.models import Role
from infopool.curation.rights import Action
from infopool.messages import N_
from infopool.web.admin.guard import can, curator
from infopool.web.admin.presenters import desk as presenter
from infopool.web.admin.presenters import offers
from infopool.web.admin.showing import show_desk, translated
from infopool.web.i18n import page_wording
from infopool.web.pool import pool

blueprint = Blueprint("desk", __name__, url_prefix="/admin")

NEXT = 5
"""Offers listed as the next to check."""


@blueprint.get("/")
def home() -> str:
    """What waits for me."""
    house, me = pool(), curator()
    groups = {group.code: group.name for group in house.region.working_groups}
    with house.database.reading() as session:
        wanted = Wanted(
            groups=me.groups if me.role == Role.CURATOR else (), nobody=me.role == Role.CURATOR, order=Order.CHECKED
        )
        unchecked = listing.first(session, wanted, NEXT)
        view = presenter.desk_view(
            todo.waiting(session, me, house.now(), house.today()),
            todo.numbers(session, me, house.today()),
            list(todo.wanted_terms(session)),
            me,
            groups,
            page_wording(),
            house.today(),
        )
        lines = [offers.line(offer, groups, page_wording(), house.today()) for offer in unchecked]
    new = can(Action.EDIT) and "desk_editing.new" in current_app.view_functions
    return show_desk(
        "admin/desk.html",
        title=translated(N_("My desk")),
        view=view,
        unchecked=lines,
        new_offer=url_for("desk_editing.new") if new else "",
    )
