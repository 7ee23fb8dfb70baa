"""Files to take along: the calendar of an offer."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from infopool import languages
from infopool.directory import offers
from infopool.directory.topics import is_sensitive
from infopool.exchange.calendar import MEDIA_TYPE, calendar_file
from infopool.web.labels import labels_for
from infopool.web.pool import pool

blueprint = Blueprint("downloads", __name__)


@blueprint.get("/<tag>/offers/<number:offer_id>.ics")
def calendar(tag: str, offer_id: int) -> Response:
    """The offer's times for a calendar; 404 when it has none."""
    language = languages.BY_TAG.get(tag)
    if language is None or not language.offered:
        abort(404)
    url = f"{pool().settings.base_url.rstrip('/')}/{tag}/offers/{offer_id}"
    with pool().database.reading() as session:
        offer = offers.published(session, offer_id)
        content = calendar_file(offer, labels_for(pool(), tag), url, pool().now()) if offer else None
        private = bool(offer and is_sensitive(offer.topics))
    if content is None:
        abort(404)
    reply = Response(content, content_type=MEDIA_TYPE)
    # A file name that says nothing about the offer: it stays in a phone's list of downloads.
    reply.headers["Content-Disposition"] = f'attachment; filename="infopool-{offer_id}.ics"'
    reply.headers["Cache-Control"] = "no-store" if private else "private, max-age=60"
    reply.headers["Content-Language"] = language.tag
    reply.add_etag()
    reply.make_conditional(request)
    return reply
