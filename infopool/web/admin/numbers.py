"""What people search for, in sums: trends for the working groups, nothing about anybody."""

from __future__ import annotations

from flask import Blueprint, current_app, request

from infopool.curation import counting
from infopool.directory.topics import TOPICS
from infopool.messages import N_
from infopool.web.admin.presenters.numbers import numbers_view
from infopool.web.admin.showing import show_desk, translated
from infopool.web.counting import EXTENSION
from infopool.web.i18n import page_language, page_wording
from infopool.web.labels import labels_for
from infopool.web.pool import pool

blueprint = Blueprint("desk_numbers", __name__, url_prefix="/admin/numbers")


@blueprint.get("/")
def overview() -> str:
    """Half a year of searches, week by week, and by language, topic and place."""
    house = pool()
    current_app.extensions[EXTENSION].flush()
    groups = {group.code: group.name for group in house.region.working_groups}
    group = request.args.get("group", "")
    topics = frozenset(topic.code for topic in TOPICS if topic.working_group == group and not topic.parent)
    with house.database.reading() as session:
        sums = counting.sums(session, house.today(), topics=topics if group in groups else frozenset())
    labels = labels_for(house, page_language().tag)
    return show_desk(
        "admin/numbers/overview.html",
        title=translated(N_("Numbers")),
        view=numbers_view(sums, labels, page_wording()),
        groups=groups.items(),
        group=group,
        smallest=counting.SMALLEST,
    )
