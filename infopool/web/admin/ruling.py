"""The rules of the desk: four eyes for a working group, how often the offers of a topic are checked."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from infopool.curation import rules
from infopool.directory.topics import TOPICS, Topic
from infopool.messages import N_, Problem
from infopool.web.admin import guard
from infopool.web.admin.showing import go_to, show_desk, translated
from infopool.web.i18n import page_wording
from infopool.web.pool import pool

blueprint = Blueprint("desk_rules", __name__, url_prefix="/admin/rules")

DAYS = "days-"
"""Fields of the form begin so, the topic follows."""


@blueprint.route("/", methods=["GET", "POST"])
def overview() -> str | tuple[str, int] | AnyResponse:
    """All rules on one page."""
    house = pool()
    if request.method == "GET":
        with house.database.reading() as session:
            strict = [group.code for group in house.region.working_groups if rules.four_eyes(session, group.code)]
            days = {topic: str(number) for topic, number in rules.own_days(session).items()}
        return _page(strict, days)
    strict = request.form.getlist("four-eyes")
    days = {topic.code: request.form.get(DAYS + topic.code, "")[:20] for topic in TOPICS}
    known = [group.code for group in house.region.working_groups]
    with house.database.transaction() as session:
        problems = rules.set_rules(session, guard.actor(), strict, days, known=known, now=house.now())
    return (_page(strict, days, problems), 400) if problems else go_to("desk_rules.overview", done="saved")


def _page(strict: list[str], days: dict[str, str], problems: tuple[Problem, ...] = ()) -> str:
    return show_desk(
        "admin/people/rules.html",
        title=translated(N_("Rules")),
        strict=strict,
        days=days,
        problems={problem.field: page_wording().say(problem.message) for problem in problems},
        labels={DAYS + topic.code: translated(topic.label) for topic in TOPICS},
        groups=[(group.code, group.name) for group in pool().region.working_groups],
        topics=_topics(),
        unfolded=any(days.get(topic.code) for topic in TOPICS if topic.parent),
        usual=rules.USUAL.days,
        fewest=rules.FEWEST_DAYS,
        most=rules.MOST_DAYS,
    )


def _topics() -> list[tuple[Topic, list[Topic]]]:
    """The topics at the top, each with those below it."""
    return [(top, [one for one in TOPICS if one.parent == top.code]) for top in TOPICS if not top.parent]
