"""Translating: the original and the translation side by side, what has changed since, and on to the next one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from flask import Blueprint, abort, request, url_for
from werkzeug.wrappers import Response

from infopool import languages
from infopool.curation import machine_translation, terms, texts
from infopool.curation.machines import open_machine
from infopool.curation.rights import Action
from infopool.directory import wording as words
from infopool.directory.drafts import TextDraft
from infopool.directory.translations import Handed, Need, Outcome, Wanted
from infopool.directory.wording import FIELDS, Piece, terms_in, words_of
from infopool.languages import Language
from infopool.messages import N_, Message, Problem
from infopool.web import searching
from infopool.web.admin import guard, publishing
from infopool.web.admin.showing import announce, go_to, show_desk, translated
from infopool.web.i18n import page_wording
from infopool.web.pool import pool

blueprint = Blueprint("desk_texts", __name__, url_prefix="/admin/texts")

TRANSLATED = announce("translated", N_("The translation is saved; visitors see it from now on."))
ALL_DONE = announce("all-translated", N_("The translation is saved. Nothing more waits in this language."))
PAGE = 25

NEEDS: dict[Need, str] = {
    Need.OUTDATED: N_("outdated"),
    Need.MISSING: N_("not translated"),
    Need.MACHINE: N_("translated by a machine, not read yet"),
}
LABELS: dict[str, str] = {
    "title": N_("Title"),
    "summary": N_("Short description"),
    "description": N_("Description"),
    "registration": N_("How to register"),
    "documents": N_("What to bring, one thing a line"),
}
ROWS = {"title": 1, "summary": 3, "description": 9, "registration": 3, "documents": 4}


@dataclass(frozen=True)
class Field:
    """One field of a text, in both languages."""

    name: str
    label: str
    source: str
    changed: tuple[Piece, ...]
    """What has changed in the original since it was translated; nothing where it has not."""
    target: str
    rows: int
    hints: tuple[tuple[str, str], ...]
    """(German word, what the glossary calls it)."""


@blueprint.get("/")
def listing() -> str:
    """How much waits in each language, and what waits in the one chosen."""
    tag = request.args.get("language", "")
    with pool().database.reading() as session:
        standings = texts.standings(session)
        language = languages.BY_TAG[tag] if tag in texts.targets() else _first_choice(standings)
        need = _need(next(one for one in standings if one.language == language.tag))
        after = max(0, min(searching.page_number(request.args.get("after", "")), 2**31 - 1) - 1)
        rows = texts.waiting(session, language.tag, need, after=after, limit=PAGE + 1)
    return show_desk(
        "admin/texts/listing.html",
        title=translated(N_("Translations")),
        standings=standings,
        chosen=language,
        need=need,
        needs=NEEDS,
        rows=rows[:PAGE],
        following=rows[PAGE - 1].offer_id + 1 if len(rows) > PAGE else 0,
        may=guard.can(Action.TRANSLATE),
    )


def _first_choice(standings: list[texts.Standing]) -> Language:
    own = [one for one in standings if one.language in guard.curator().translates] or standings
    urgent = max(own, key=lambda one: (one.outdated, one.machine, one.missing))
    return languages.BY_TAG[urgent.language]


def _need(standing: texts.Standing) -> Need:
    asked = request.args.get("need", "")
    if asked in set(Need):
        return Need(asked)
    return Need.OUTDATED if standing.outdated else Need.MACHINE if standing.machine else Need.MISSING


@blueprint.get("/offers/<number:offer_id>/")
def offer(offer_id: int) -> str:
    """One offer and its languages."""
    with pool().database.reading() as session:
        rows = texts.in_all_languages(session, offer_id) or abort(404)
    return show_desk("admin/texts/offer.html", title=rows[0].source.title, rows=rows, needs=NEEDS)


@blueprint.get("/<tag>/<number:offer_id>/")
def edit(tag: str, offer_id: int) -> str:
    """The original and the translation side by side."""
    row = _wanted(tag, offer_id)
    return _form(row, row.target)


@blueprint.post("/<tag>/<number:offer_id>/")
def save(tag: str, offer_id: int) -> str | Response:
    """Take a translation in and go on to the next one; or the form again with what is to mend."""
    handed = _handed(tag, offer_id)
    house = pool()
    with house.database.transaction() as session:
        judged = texts.hand_in(session, handed, guard.actor(), now=house.now())
    if judged.outcome is Outcome.REFUSED or judged.outcome is Outcome.EMPTY:
        problems = judged.problems or (Problem("title", Message(N_("Write the translation here."))),)
        return _form(_wanted(tag, offer_id), handed.text, problems)
    publishing.catch_up()
    return _next_one(tag, offer_id)


@blueprint.post("/<tag>/<number:offer_id>/suggest")
def suggest(tag: str, offer_id: int) -> str:
    """The form, filled by the machine the settings name; a person reads it before it is kept."""
    house, row = pool(), _wanted(tag, offer_id)
    machine = open_machine(house.settings) or abort(404)
    budget = machine_translation.Budget(house.database, house.settings.translator_budget)
    answer = machine_translation.suggest(row, machine, budget, house.now())
    if isinstance(answer, Message):
        return _form(row, row.target, (Problem("machine", answer),))
    return _form(row, answer, by_machine=True)


def _next_one(tag: str, offer_id: int) -> Response:
    need = Need(request.form["need"]) if request.form.get("need") in set(Need) else Need.MISSING
    with pool().database.reading() as session:
        rows = texts.waiting(session, tag, need, after=offer_id, limit=1)
        rows = rows or texts.waiting(session, tag, need, limit=1)
    if not rows or request.form.get("then") == "stay":
        return go_to(".listing", language=tag, done=TRANSLATED if rows else ALL_DONE)
    return go_to(".edit", tag=tag, offer_id=rows[0].offer_id, done=TRANSLATED)


def _wanted(tag: str, offer_id: int) -> Wanted:
    if tag not in texts.targets():
        _not_there()
    with pool().database.reading() as session:
        return texts.one(session, offer_id, tag) or _not_there()


def _not_there() -> NoReturn:
    abort(404)


def _handed(tag: str, offer_id: int) -> Handed:
    if tag not in texts.targets():
        _not_there()
    typed = {field: request.form.get(field, "") for field in FIELDS}
    return Handed(
        offer_id,
        words.text_with(tag, typed),
        made_from=_number("made_from"),
        seen=_number("seen"),
        confirmed=True,
    )


def _number(name: str) -> int:
    told = request.form.get(name, "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else 0


def _form(
    row: Wanted, target: TextDraft | None, problems: tuple[Problem, ...] = (), *, by_machine: bool = False
) -> str:
    language = languages.BY_TAG[row.language]
    say = page_wording().say
    known = terms.words_for(row.language)
    fields = tuple(_field(name, row, target, known) for name in FIELDS if words_of(row.source, name).strip())
    names = {field.name for field in fields}
    return show_desk(
        "admin/texts/edit.html",
        title=translated(N_("Translate into %(language)s"), language=page_wording().language_name(row.language)),
        row=row,
        target_language=language,
        source_language=languages.BY_TAG[row.source.language],
        fields=fields,
        need=row.need,
        needs=NEEDS,
        problems={problem.field: say(problem.message) for problem in problems},
        here={problem.field: say(problem.message) for problem in problems if problem.field in names},
        labels={field.name: field.label for field in fields},
        elsewhere=[say(problem.message) for problem in problems if problem.field not in names],
        by_machine=by_machine,
        machine=open_machine(pool().settings) is not None and not language.reads and row.need is not Need.MACHINE,
        offer_address=url_for("desk_offers.show", offer_id=row.offer_id),
    )


def _field(name: str, row: Wanted, target: TextDraft | None, known: dict[str, str]) -> Field:
    source, before = words_of(row.source, name), words_of(row.before, name) if row.before else ""
    return Field(
        name=name,
        label=page_wording().translator.gettext(LABELS[name]),
        source=source,
        changed=words.what_changed(before, source) if row.before and before != source else (),
        target=words_of(target, name),
        rows=max(ROWS[name], source.count("\n") + 2 if name != "title" else 1),
        hints=tuple(terms_in(source, known)),
    )
