"""The entrance of the public forms: from our own pages only, of bearable size, and no flood."""

from __future__ import annotations

from flask import abort, request

from infopool.web.access import FormReader, Throttle, is_from_our_pages
from infopool.web.pool import pool


def let_in(throttle: Throttle, reader: FormReader) -> None:
    """Go on only with a form that was sent from one of our pages (else 403), is not too long (413) and not one of too
    many at once or in a while (429)."""
    if not is_from_our_pages(request, pool().settings.base_url):
        abort(403)
    refused = reader.read(request)
    if refused:
        abort(refused)
    if not throttle.lets_through():
        abort(429)
