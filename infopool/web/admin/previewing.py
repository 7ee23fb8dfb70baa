"""What visitors would see: the public page of an offer with an edit in place of what is published."""

from __future__ import annotations

from flask import Blueprint, abort, g

from infopool import languages
from infopool.curation import review
from infopool.curation.forms import source_of
from infopool.directory import offers
from infopool.directory.facts import State
from infopool.directory.models import Offer
from infopool.web import headers
from infopool.web.admin.editing import found_here
from infopool.web.admin.form_pages import in_language
from infopool.web.i18n import page_language, page_wording
from infopool.web.labels import labels_for
from infopool.web.pool import pool
from infopool.web.presenters.offers import offer_page
from infopool.web.showing import show

blueprint = Blueprint("desk_preview", __name__, url_prefix="/admin/preview")

NOBODY = 2**31 - 1
"""Stands for the number of an offer that has none yet."""


@blueprint.get("/<number:edit_id>/<tag>")
def page(edit_id: int, tag: str) -> str:
    """The page visitors would see, in any language, with the edit in place of what is published."""
    language = languages.BY_TAG.get(tag)
    if language is None or not language.offered:
        abort(404)
    house = pool()
    back = page_language().tag
    with house.database.reading() as session:
        found, offer = found_here(session, edit_id)
        draft = review.understood(session, found, offer, house.region).draft
        if not source_of(draft).title.strip():
            abort(404)
        offer = offer or Offer(id=NOBODY, state=State.DRAFT)
        # The session is only for looking: what is written into the offer here never reaches the database.
        offers.write(session, offer, draft, now=found.saved_at)
        g.language = language
        view = offer_page(offer, labels_for(house, tag), page_wording(), house.today())
    headers.keep(headers.NOWHERE)
    return show(
        "admin/editing/preview.html",
        title=view.title.text,
        view=view,
        structured="",
        sensitive=view.sensitive,
        indexed=False,
        edit_id=edit_id,
        tags=languages.offered(),
        desk_language=languages.BY_TAG[back],
        desk_says=in_language(back),
    )
