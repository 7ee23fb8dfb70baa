"""The pages for everybody: home, search, and the lists behind a topic, a place, a provider."""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from infopool.directory import offers, providers, topics
from infopool.directory.facts import State
from infopool.search.explaining import explained
from infopool.search.query import Asked
from infopool.web import counting, headers, searching
from infopool.web.i18n import page_language, page_wording, wanted
from infopool.web.labels import labels_for
from infopool.web.pool import pool
from infopool.web.presenters import homes, lists, pages
from infopool.web.presenters.offers import offer_page, structured_data, words_shown
from infopool.web.presenters.searches import asked_about, search_page
from infopool.web.showing import show

blueprint = Blueprint("public", __name__)

SUGGESTIONS = 8
"""Lines under the search field while somebody types."""


@blueprint.get("/")
def root() -> AnyResponse:
    """Choose the language a browser wants and go on to its start page."""
    answer = redirect(url_for("public.home", language=wanted(request).tag))
    answer.vary.add("Accept-Language")
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer


@blueprint.get("/<language:language>/")
def home() -> str:
    """The start page."""
    house = pool()
    view = homes.home_page(house.find, labels_for(house, _tag()), page_wording(), house.today())
    helplines = pages.helplines(house.region, page_wording(), most=3)
    return show("public/home.html", title="", view=view, helplines=helplines)


@blueprint.get("/<language:language>/search")
def search() -> str:
    """The results for what was typed and ticked."""
    headers.keep(headers.AT_HOME_ASKING)
    house = pool()
    asked = searching.read(request.args, language=_tag(), today=house.today(), region=house.region)
    results = house.find(asked)
    view = search_page(results, asked, labels_for(house, _tag()), page_wording())
    about = asked_about(results, house.search.vocabulary)
    if asked.offset == 0 and (asked.text or asked.filters):
        counting.note(results, _tag(), about, sensitive=topics.is_sensitive(about))
    return show(
        "public/search.html",
        title=asked.text or view.listing.headline,
        view=view,
        helplines=pages.helplines(house.region, page_wording()) if topics.is_emergency(about) else (),
        sensitive=topics.is_sensitive(about),
        indexed=False,
    )


@blueprint.get("/<language:language>/suggest")
def suggest() -> Response:
    """Lines for under the search field, as JSON."""
    headers.keep(headers.AT_HOME)
    found = pool().suggest(request.args.get("q", "")[: searching.LONGEST_TEXT], _tag(), SUGGESTIONS)
    return jsonify([{"text": line.text, "kind": line.kind, "count": line.count} for line in found])


@blueprint.get("/<language:language>/offers/<number:offer_id>")
def offer(offer_id: int) -> str:
    """One offer with everything it says."""
    house = pool()
    with house.database.reading() as session:
        found = offers.get(session, offer_id)
        if found is None or found.state != State.PUBLISHED:
            abort(410 if found and found.state == State.WITHDRAWN else 404)
        view = offer_page(found, labels_for(house, _tag()), page_wording(), house.today())
        structured = structured_data(found, labels_for(house, _tag()), house.settings.base_url)
    german = explained(house.search.vocabulary, words_shown(view), page_language().text_tag)
    return show(
        "public/offer.html",
        title=view.title.text,
        view=view,
        german=german,
        structured=structured,
        sensitive=view.sensitive,
    )


@blueprint.get("/<language:language>/topics")
def all_topics() -> str:
    """Every topic, with how many offers are under it."""
    view = lists.topics_page(pool().find(_nothing_asked()), labels_for(pool(), _tag()), page_wording())
    return show("public/topics.html", title=page_wording().translator.gettext("Topics"), view=view)


@blueprint.get("/<language:language>/topics/<code>")
def topic(code: str) -> str:
    """The offers under one topic."""
    known = topics.BY_CODE.get(code) or abort(404)
    view = lists.topic_page(known, _asked(topic=code), pool().find, labels_for(pool(), _tag()), page_wording())
    helplines = pages.helplines(pool().region, page_wording()) if topics.is_emergency((code,)) else ()
    return show("public/topic.html", title=view.heading.text, view=view, helplines=helplines, sensitive=known.sensitive)


@blueprint.get("/<language:language>/places")
def all_places() -> str:
    """Every place, with how many offers are there."""
    view = lists.places_page(pool().find(_nothing_asked()), labels_for(pool(), _tag()), page_wording())
    return show("public/places.html", title=page_wording().translator.gettext("Places"), view=view)


@blueprint.get("/<language:language>/places/<code>")
def place(code: str) -> str:
    """The offers at and around one place, the nearest first."""
    known = pool().region.by_code.get(code) or abort(404)
    view = lists.place_page(known, _asked(near=code), pool().find, labels_for(pool(), _tag()), page_wording())
    return show("public/list.html", title=view.heading.text, view=view)


@blueprint.get("/<language:language>/providers/<number:provider_id>")
def provider(provider_id: int) -> str:
    """One provider and all her offers."""
    with pool().database.reading() as session:
        known = providers.get(session, provider_id) or abort(404)
    asked = _asked(provider=str(provider_id))
    view = lists.provider_page(known, asked, pool().find, labels_for(pool(), _tag()), page_wording())
    return show("public/provider.html", title=view.heading.text, view=view)


def _tag() -> str:
    return page_language().tag


def _nothing_asked() -> Asked:
    return Asked("", _tag(), pool().today(), limit=1)


def _asked(*, near: str = "", **filters: str) -> Asked:
    """The question behind a list page; only its pages can be turned in the address."""
    return lists.question(request.args.get("page", ""), _tag(), pool().today(), near=near, filters=filters)
