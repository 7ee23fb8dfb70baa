"""Words searched in vain: one click each, and the search knows more than before."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from infopool.curation import wanted
from infopool.curation.models import WantedTerm
from infopool.directory.topics import TOPICS
from infopool.messages import N_, Problem
from infopool.web import searching
from infopool.web.admin import guard, publishing
from infopool.web.admin.showing import announce, go_to, show_desk, translated
from infopool.web.i18n import page_language, page_wording
from infopool.web.labels import labels_for
from infopool.web.pool import pool

blueprint = Blueprint("desk_wanted", __name__, url_prefix="/admin/wanted")

LEARNT = announce("learnt", N_("The search knows this word from now on."))
NOTED = announce("need-noted", N_("The need is noted."))
DONE = announce("word-done", N_("Done. The word is not shown again."))
FORGOTTEN = announce("word-forgotten", N_("The word is deleted for good."))
MET = announce("need-met", N_("The need is marked as met."))


@blueprint.get("/")
def listing() -> str:
    """Words that wait for a decision, or those that have one."""
    decided = request.args.get("state") == "decided"
    with pool().database.reading() as session:
        tags = wanted.languages(session, decided=decided)
        language = request.args.get("language", "") if request.args.get("language") in dict(tags) else ""
        page = searching.page_number(request.args.get("page", ""))
        found = wanted.find(session, decided=decided, language=language, page=page)
        open_needs = wanted.needs(session)
    gettext = page_wording().translator.gettext
    labels = labels_for(pool(), page_language().tag)
    return show_desk(
        "admin/wanted/listing.html",
        title=translated(N_("Searched in vain")),
        found=found,
        decided=decided,
        tags=tags,
        language_chosen=language,
        query=urlencode([("state", "decided")] * decided + [("language", language)] * bool(language)),
        decisions={code: gettext(words) for code, words in wanted.DECISIONS.items()},
        needs=[
            (need.id, need.words, labels.value("topic", need.topic) if need.topic else "", need.noted_by)
            for need in open_needs
        ],
    )


@blueprint.get("/<number:term_id>/")
def show(term_id: int) -> str:
    """One word, and what can be made of it."""
    return _page(term_id)


@blueprint.post("/<number:term_id>/")
def decide(term_id: int) -> str | Response:
    """Make something of a word."""
    house, me, form = pool(), guard.actor(), request.form
    now, today = house.now(), house.today()
    decision = form.get("decision", "")
    with house.database.transaction() as session:
        term = wanted.get(session, term_id) or abort(404)
        problem: Problem | None = None
        if decision == wanted.CONCEPT:
            concept = _concept(form.get("concept", ""))
            problem = wanted.means(session, term, concept, house.search.vocabulary, me, now=now, today=today)
        elif decision == wanted.COVERED:
            problem = wanted.covered_by(session, term, form.get("offer", ""), guard.curator(), now=now)
        elif decision == wanted.NEED:
            places = tuple(house.region.by_code)
            topic, place = form.get("topic", ""), form.get("place", "")
            problem = wanted.is_missing(session, term, topic, place, me, places=places, now=now, today=today)
        elif decision == wanted.NOISE:
            wanted.is_noise(session, term, me, now=now)
        else:
            abort(400)
    if problem:
        return _page(term_id, problem)
    publishing.catch_up()
    learnt = decision in (wanted.CONCEPT, wanted.COVERED)
    return go_to(".listing", done=LEARNT if learnt else NOTED if decision == wanted.NEED else DONE)


@blueprint.post("/<number:term_id>/forget")
def forget(term_id: int) -> Response:
    """Delete a word for good."""
    house = pool()
    with house.database.transaction() as session:
        term = wanted.get(session, term_id) or abort(404)
        wanted.forget(session, term, guard.actor(), now=house.now())
    return go_to(".listing", done=FORGOTTEN)


@blueprint.post("/needs/<number:need_id>/met")
def meet(need_id: int) -> Response:
    """Say that a need is met."""
    house = pool()
    with house.database.transaction() as session:
        if not wanted.meet(session, need_id, guard.actor(), now=house.now(), today=house.today()):
            abort(404)
    return go_to(".listing", done=MET)


def _page(term_id: int, problem: Problem | None = None) -> str:
    house = pool()
    with house.database.reading() as session:
        term: WantedTerm = wanted.get(session, term_id) or abort(404)
    gettext = page_wording().translator.gettext
    vocabulary, tag = house.search.vocabulary, page_language().tag
    return show_desk(
        "admin/wanted/show.html",
        title=translated(N_("What does “%(word)s” mean?"), word=term.term),
        term=term,
        decisions={code: gettext(words) for code, words in wanted.DECISIONS.items()},
        concepts=sorted({vocabulary.label(code, tag) for code in vocabulary.concepts}),
        topics=[("", gettext(N_("no topic"))), *((topic.code, gettext(topic.label)) for topic in TOPICS)],
        places=[("", gettext(N_("the whole region"))), *((p.code, p.name) for p in house.region.municipalities)],
        problems={problem.field: page_wording().say(problem.message)} if problem else {},
        form=request.form,
    )


def _concept(label: str) -> str:
    """The concept that goes by this label (or code) in the language of the page; empty when none does."""
    vocabulary, tag = pool().search.vocabulary, page_language().tag
    sought = " ".join(label.casefold().split())
    if label in vocabulary.concepts:
        return label
    return next((code for code in sorted(vocabulary.concepts) if vocabulary.label(code, tag).casefold() == sought), "")
