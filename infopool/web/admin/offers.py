"""The offers at the desk: listed in every state, found by the same search and filters as visitors have, and each one
with all that can be done to it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, abort, current_app, request, url_for
from sqlalchemy import select

from infopool.curation import listing as lists
from infopool.curation import log, rights
from infopool.curation.models import Edit, EditState
from infopool.curation.rights import Action
from infopool.directory import offers
from infopool.directory.models import Remark
from infopool.messages import N_
from infopool.web.admin import asking
from infopool.web.admin.guard import can, curator
from infopool.web.admin.presenters import offers as presenter
from infopool.web.admin.showing import show_desk, translated
from infopool.web.i18n import page_language, page_wording
from infopool.web.labels import labels_for
from infopool.web.pool import pool
from infopool.web.presenters import facets

blueprint = Blueprint("desk_offers", __name__, url_prefix="/admin/offers")


def groups() -> Mapping[str, str]:
    """The working groups of the region: code -> name."""
    return {group.code: group.name for group in pool().region.working_groups}


@blueprint.get("/")
def listing() -> str:
    """Offers of one state, page by page."""
    house = pool()
    asked = asking.read(request.args, groups())
    with house.database.reading() as session:
        found = lists.find(session, asked.wanted)
        view = presenter.listing_page(
            found,
            asked.wanted,
            lists.by_state(session),
            asked.query,
            groups(),
            asked.group,
            page_wording(),
            house.today(),
        )
    labels = labels_for(house, page_language().tag)
    filters = facets.groups(asked.results, labels, page_wording()) if asked.results else ()
    return show_desk(
        "admin/offers/listing.html",
        title=translated(N_("Offers")),
        view=view,
        filters=filters,
        places=facets.places(asked.asked.near, labels, page_wording()),
        text=asked.asked.text,
        may_change_many=can(Action.BULK) and "desk_bulk.choose" in current_app.view_functions,
    )


@blueprint.get("/<number:offer_id>/")
def show(offer_id: int) -> str:
    """One offer: how it stands, and everything one can do to it."""
    house = pool()
    with house.database.reading() as session:
        offer = offers.get(session, offer_id) or abort(404)
        open_edits = select(Edit).where(
            Edit.offer_id == offer_id, Edit.state.in_((EditState.OPEN, EditState.IN_REVIEW))
        )
        waiting = select(Remark).where(Remark.offer_id == offer_id, Remark.closed_on.is_(None))
        view = presenter.offer_view(
            offer,
            edits=session.scalars(open_edits.order_by(Edit.id)).all(),
            remarks=session.scalars(waiting.order_by(Remark.id)).all(),
            entries=log.entries(session, "offer", offer_id, most=8),
            may_edit=rights.may_offer(curator(), Action.EDIT, offer),
            region=house.region,
            labels=labels_for(house, page_language().tag),
            wording=page_wording(),
            today=house.today(),
        )
    return show_desk("admin/offers/show.html", title=view.title, view=view, ways=_ways(offer_id, view.may_edit))


WAYS: tuple[tuple[str, str, bool], ...] = (
    ("desk_editing.begin", N_("Change this offer"), True),
    ("desk_checks.call", N_("Note a check"), True),
    ("desk_reviewing.offer", N_("Publish or take off"), True),
    ("desk_texts.offer", N_("Translate"), False),
    ("desk_history.versions", N_("History"), False),
    ("public.offer", N_("See it as visitors do"), False),
)
"""What can be done to an offer: the address, its words, and whether one must be allowed to change this very offer."""


def _ways(offer_id: int, may_edit: bool) -> list[tuple[str, str]]:
    there = current_app.view_functions
    return [
        (url_for(endpoint, offer_id=offer_id), words)
        for endpoint, words, changes in WAYS
        if endpoint in there and (may_edit or not changes)
    ]
