"""What machines look for first: the rules for them, the list of pages, the little mark."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from infopool import languages
from infopool.directory import topics
from infopool.web import assets
from infopool.web.pool import pool

blueprint = Blueprint("crawlers", __name__)

MOST_ADDRESSES = 50_000
"""What the sitemap protocol allows in one file."""


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Everything may be read, but nobody needs every possible search."""
    places = "".join(f"Disallow: /{language.tag}/search\n" for language in languages.offered())
    sitemap = pool().settings.base_url.rstrip("/") + url_for("crawlers.sitemap")
    return Response(f"User-agent: *\n{places}Disallow: /admin/\nSitemap: {sitemap}\n", mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """Every page worth finding, in every language; pages about danger are left to people."""
    base = pool().settings.base_url.rstrip("/")
    lines = [f"<url><loc>{escape(base + path)}</loc></url>" for path in _paths()][:MOST_ADDRESSES]
    body = "\n".join(lines)
    head = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return Response(f"{head}{body}\n</urlset>\n", mimetype="application/xml")


def _paths() -> Iterator[str]:
    engine = pool().search.engine
    cards = (engine.card(offer_id) for offer_id in sorted(engine.ids()))
    offers = [card.id for card in cards if card and not topics.is_sensitive(card.topics)]
    for tag in (language.tag for language in languages.offered()):
        for page in ("public.home", "public.all_topics", "public.all_places", *_NOTICES):
            yield url_for(page, language=tag)
        for topic in topics.TOPICS:
            if not topic.sensitive:
                yield url_for("public.topic", language=tag, code=topic.code)
        for place in pool().region.places:
            yield url_for("public.place", language=tag, code=place.code)
        for offer_id in offers:
            yield url_for("public.offer", language=tag, offer_id=offer_id)


_NOTICES = ("notices.about", "notices.privacy", "notices.accessibility", "notices.imprint")


@blueprint.get("/favicon.ico")
@blueprint.get("/favicon.svg")
def mark() -> AnyResponse:
    """The trail mark."""
    return redirect(assets.address_of("mark/mark.svg"), 301)
