"""The history of an offer: every version, what differs between any two, and the way back."""

from __future__ import annotations

from flask import Blueprint, abort, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from infopool.curation import history, rights
from infopool.curation.forms import differences, fields_of
from infopool.curation.history import Version
from infopool.curation.rights import Action
from infopool.directory import offers
from infopool.messages import N_
from infopool.web.admin.editing import changing
from infopool.web.admin.guard import actor, allow, curator
from infopool.web.admin.presenters import editing as presenter
from infopool.web.admin.presenters.editing import DifferenceView
from infopool.web.admin.presenters.offers import STATE_NAMES
from infopool.web.admin.showing import announce, go_to, show_desk, translated
from infopool.web.i18n import page_language, page_wording
from infopool.web.labels import labels_for
from infopool.web.pool import pool

blueprint = Blueprint("desk_history", __name__, url_prefix="/admin/offers")

announce("restored", N_("This is what it said then. Nothing has changed yet: look at it and publish it."))


@blueprint.get("/<number:offer_id>/history")
def versions(offer_id: int) -> str:
    """Every version, and what differs between two of them: the two last ones, unless others were chosen."""
    house, wording = pool(), page_wording()
    with house.database.reading() as session:
        offer = offers.get(session, offer_id) or abort(404)
        lines = history.versions(session, offer)
        may_edit = rights.may_offer(curator(), Action.EDIT, offer)
    by_number = {line.number: line for line in lines}
    newest = lines[0].number
    after = by_number.get(_asked("to"), lines[0])
    default = next((line for line in lines if line.number < after.number), after)
    before = by_number.get(_asked("from"), default)
    return show_desk(
        "admin/history/versions.html",
        title=translated(N_("History")),
        offer=offer,
        name=offers.source_text(offer).title if offer.texts else "",
        lines=lines,
        newest=newest,
        before=before,
        after=after,
        differences=_differences(before, after),
        may_edit=may_edit,
        moment=_moment,
        states={state.value: wording.translator.gettext(words) for state, words in STATE_NAMES.items()},
    )


def _asked(name: str) -> int:
    number = request.args.get(name, "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0


def _moment(at: object) -> str:
    house, wording = pool(), page_wording()
    there = at.astimezone(house.region.timezone)  # type: ignore[attr-defined]
    clock = wording.hours(there.time().replace(second=0, microsecond=0), None)
    return f"{wording.day(there.date(), house.today())}, {clock}"


def _differences(before: Version, after: Version) -> list[DifferenceView]:
    if before.draft is None or after.draft is None:
        return []
    region, wording = pool().region, page_wording()
    labels = labels_for(pool(), page_language().tag)
    old, new = fields_of(before.draft, region), fields_of(after.draft, region)
    views = presenter.differences(differences(old, new), old, new, labels, wording)
    return views + presenter.text_differences(history.texts_between(before.draft, after.draft), wording)


@blueprint.post("/<number:offer_id>/history/restore")
def restore(offer_id: int) -> AnyResponse:
    """Begin an edit with what a version said."""

    def work(session: Session) -> int:
        offer = offers.get(session, offer_id) or abort(404)
        allow(Action.EDIT, rights.groups_of(offer))
        number = request.form.get("number", "")
        lines = {str(line.number): line for line in history.versions(session, offer)}
        line = lines.get(number) or abort(404)
        edit = history.restore(session, offer, line, actor(), now=pool().now(), region=pool().region)
        return edit.id if edit else abort(404)

    return go_to("desk_editing.edit", edit_id=changing(work), done="restored")
