"""Web addresses that fail or have moved, and putting a new one in their place everywhere."""

from __future__ import annotations

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from infopool.curation import links
from infopool.curation.rights import Action
from infopool.messages import N_, Problem
from infopool.web import searching
from infopool.web.admin import guard, publishing
from infopool.web.admin.showing import announce, go_to, show_desk, translated
from infopool.web.i18n import page_wording
from infopool.web.pool import pool

blueprint = Blueprint("desk_links", __name__, url_prefix="/admin/links")

REPLACED = announce("link-replaced", N_("The address is replaced everywhere."))
LEFT_SOME = announce(
    "link-replaced-partly",
    N_("Replaced where you may. The other offers belong to other working groups, or a second person looks first."),
)
ASLEEP = announce("link-asleep", N_("Nothing is said about this address for 30 days."))


@blueprint.get("/")
def listing() -> str:
    """Addresses that fail, or those that have moved."""
    return _page()


@blueprint.post("/<number:link_id>/replace")
def replace(link_id: int) -> str | Response:
    """Put a new address in the place of an old one."""
    house = pool()
    with house.database.transaction() as session:
        link = links.get(session, link_id) or abort(404)
        new = request.form.get("new", "")
        done = links.replace_everywhere(session, link.url, new, guard.curator(), now=house.now())
        if not isinstance(done, Problem):
            links.note_used(session)
    if isinstance(done, Problem):
        return _page(link_id, done)
    publishing.catch_up()
    return go_to(".listing", done=LEFT_SOME if done.left else REPLACED)


@blueprint.post("/<number:link_id>/sleep")
def sleep(link_id: int) -> Response:
    """Say nothing about an address for a while."""
    house = pool()
    with house.database.transaction() as session:
        link = links.get(session, link_id) or abort(404)
        links.sleep(session, link, guard.actor(), now=house.now(), today=house.today())
    return go_to(".listing", done=ASLEEP)


def _page(wrong: int = 0, problem: Problem | None = None) -> str:
    house, moved = pool(), request.args.get("state") == "moved"
    with house.database.reading() as session:
        found = links.find(
            session, house.today(), moved=moved, page=searching.page_number(request.args.get("page", ""))
        )
    gettext = page_wording().translator.gettext
    return show_desk(
        "admin/links/listing.html",
        title=translated(N_("Links")),
        found=found,
        moved=moved,
        faults={code: gettext(words) for code, words in links.FAULTS.items()},
        wrong=wrong,
        problem=page_wording().say(problem.message) if problem else "",
        typed=request.form.get("new", ""),
        may=guard.can(Action.RECORDS),
    )
