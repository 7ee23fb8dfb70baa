"""The pages around the offer form: the form itself, and the comparison when two have written at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flask import request, url_for
from sqlalchemy.orm import Session

from infopool.curation import duplicates, edits, forms, review, rights
from infopool.curation.edits import Choice
from infopool.curation.forms import Fields, complete, fields_of, source_of, text_in, typed
from infopool.curation.forms_reading import Read, read
from infopool.curation.models import Edit
from infopool.curation.rights import Action
from infopool.directory import offers
from infopool.directory.drafts import OfferDraft
from infopool.directory.facts import State
from infopool.directory.models import Offer
from infopool.directory.reading.dates import read_date
from infopool.directory.regions import Region
from infopool.exchange.sheet_times import german_day
from infopool.messages import N_, Message, Problem
from infopool.web.admin.guard import curator
from infopool.web.admin.presenters import editing as presenter
from infopool.web.admin.showing import show_desk, translated
from infopool.web.i18n import page_language, page_wording
from infopool.web.labels import labels_for
from infopool.web.pool import pool
from infopool.web.showing import Sentences
from infopool.web.showing import sentences as sentences_of

LONGEST_NOTE = 2_000


@dataclass(frozen=True)
class Sent:
    """What a browser sent with the form."""

    fields: Fields
    edit_id: int = 0
    """0: the form was never saved."""
    version: int = 0
    offer_id: int = 0
    """0: it is a new offer."""
    base: int = 0
    """The version of the offer the form was filled from."""
    note: str = ""
    action: str = ""
    against: str = ""
    """After a comparison: `edit` or `offer`, what was compared with."""
    chosen: Mapping[str, str] = field(default_factory=dict)


def sent() -> Sent:
    """The form of this request; numbers that are none count as missing."""
    form = request.form
    lists = {name: form.getlist(name) for name in form}
    return Sent(
        fields=typed(lists),
        edit_id=_number("edit"),
        version=_number("version"),
        offer_id=_number("offer"),
        base=_number("base"),
        note=one_text(form.get("note", ""))[:LONGEST_NOTE],
        action=form.get("action", ""),
        against=form.get("against", ""),
        chosen={name.removeprefix("choose-"): form[name] for name in form if name.startswith("choose-")},
    )


def one_text(text: str) -> str:
    """A text of a form that is none of an offer's fields, made fit to keep like those."""
    return text_in(typed({"title": text}), "title")


def _number(name: str) -> int:
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


@dataclass
class Form:
    """All that the form's page needs; made within a transaction, shown after it."""

    fields: Fields
    read: Read
    edit: Edit | None = None
    offer: Offer | None = None
    base: int = 0
    note: str = ""
    others: tuple[Edit, ...] = ()
    may_publish: bool = False
    alike: tuple[duplicates.Alike, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_public(self) -> bool:
        """Whether visitors see the offer now."""
        return self.offer is not None and self.offer.state == State.PUBLISHED


def form_for(
    session: Session,
    region: Region,
    fields: Fields,
    *,
    edit: Edit | None = None,
    offer: Offer | None = None,
    base: int = 0,
    note: str = "",
    look_around: bool = True,
) -> Form:
    """The form with these fields, everything about it looked up; without `look_around` no offers that look alike."""
    found = reading(session, region, fields, edit, offer)
    others = [one for one in edits.going_on(session, offer.id) if one is not edit] if offer else []
    return Form(
        fields=fields,
        read=found,
        edit=edit,
        offer=offer,
        base=base or (offer.version if offer else 0),
        note=note,
        others=tuple(others),
        may_publish=may_publish(session, edit, offer, found.draft),
        alike=duplicates.alike(session, found.draft, but=offer.id if offer else 0) if look_around else (),
    )


def reading(session: Session, region: Region, fields: Fields, edit: Edit | None, offer: Offer | None) -> Read:
    """What the fields say, held against the offer as it was when the form was filled from it."""
    base: OfferDraft | None = edits.base_of(session, edit, offer) if edit and offer else None
    base = base or (offers.draft_of(offer) if offer else None)
    return read(fields, region, base=base, author=curator().name, today=pool().today())


def may_publish(session: Session, edit: Edit | None, offer: Offer | None, draft: OfferDraft) -> bool:
    """Whether who is signed in may publish this; four eyes included."""
    groups = {*review.groups_of(draft), *(rights.groups_of(offer) if offer else ())}
    if not rights.may_with(curator(), Action.PUBLISH, groups):
        return False
    own = edit is None or edits.written_by(session, edit).curator_id == curator().id
    return not (own and review.four_eyes(session, groups))


def show_form(form: Form, *, problems: Iterable[Problem] | None = None, status: int = 200) -> tuple[str, int]:
    """The page with the form. Without `problems` the faults of what was typed so far are shown."""
    house, wording = pool(), page_wording()
    labels = labels_for(house, page_language().tag)
    faults = tuple(problems) if problems is not None else faults_so_far(form)
    draft = form.read.draft
    title = translated(N_("New offer")) if form.offer is None else translated(N_("Change an offer"))
    page = show_desk(
        "admin/editing/form.html",
        title=title,
        form=form,
        fields=complete(form.fields),
        label=presenter.field_labels(wording),
        problems=presenter.sentences(faults, wording),
        hints=presenter.sentences(form.read.hints, wording),
        understood=presenter.understood(form.read, form.fields, labels, wording, house.today()),
        reads=presenter.how_it_reads(form.fields, wording, source_of(draft).language),
        topics=presenter.topic_groups(labels, forms.codes_in(form.fields, "topics"), _own_group(form.fields)),
        ticks={name: presenter.ticks(labels, name) for name in forms.TICKED if name != "topics"},
        answers=presenter.answers(wording),
        checks=presenter.checks(wording),
        levels=presenter.levels(labels, wording),
        groups=presenter.groups(house.region, wording),
        texts=presenter.other_texts(form.offer, source_of(draft).language, wording),
        checked_on=_ticked_on(form.fields) if text_in(form.fields, "checked") else german_day(house.today()),
        alike=named(form.alike),
    )
    return page, status


def _ticked_on(fields: Fields) -> str:
    day = read_date(text_in(fields, "checked_on"))[0]
    return german_day(day or pool().today())


def _own_group(fields: Fields) -> str:
    return text_in(fields, "working_group")


def faults_so_far(form: Form) -> tuple[Problem, ...]:
    """What is wrong with what was typed; an empty field is not wrong yet."""
    return tuple(
        problem
        for problem in form.read.problems
        if problem.field not in forms.TYPED or text_in(form.fields, problem.field).strip()
    )


def named(found: Iterable[duplicates.Alike]) -> list[tuple[int, str, str]]:
    """Offers that look alike: number, title, and why."""
    wording = page_wording()
    return [(one.offer_id, one.title, wording.separated([wording.say(why) for why in one.why])) for one in found]


def show_comparison(
    given: Sent, theirs: Fields, choices: Iterable[Choice], why: Message, *, against: str, edit: Edit | None
) -> tuple[str, int]:
    """The page on which somebody chooses, part by part, between her words and those of somebody faster.

    `against` says with what: the edit as it stands now, or the offer as it stands now. What she typed travels with the
    page.
    """
    wording = page_wording()
    labels = labels_for(pool(), page_language().tag)
    mine = complete(given.fields)
    page = show_desk(
        "admin/editing/compare.html",
        title=translated(N_("Two versions")),
        why=wording.say(why),
        against=against,
        given=given,
        edit=edit,
        choices=presenter.choice_views(choices, complete(theirs), mine, labels, wording),
        hidden=presenter.hidden(mine),
    )
    return page, 409


def against_offer(session: Session, edit: Edit, offer: Offer, region: Region) -> tuple[Fields, list[Choice]]:
    """The offer's fields as they stand now, and the parts in which the edit differs from them."""
    before = edits.base_of(session, edit, offer)
    theirs = fields_of(offers.draft_of(offer), region)
    return theirs, edits.choices(fields_of(before, region) if before else None, theirs, complete(edit.fields))


def answer(session: Session, given: Sent, found: Edit, offer: Offer | None) -> dict[str, object]:
    """What the form is told after it was kept by itself: its number, and what was understood."""
    house, wording = pool(), page_wording()
    fields = complete(given.fields)
    read = reading(session, house.region, fields, found, offer)
    form = Form(fields, read, found, offer)
    faults = faults_so_far(form)
    labels = labels_for(house, page_language().tag)
    alike = duplicates.alike(session, read.draft, but=offer.id if offer else 0)
    clock = wording.hours(house.now().astimezone(house.region.timezone).time().replace(second=0, microsecond=0), None)
    return {
        "edit": found.id,
        "version": found.version,
        "address": url_for("desk_editing.edit", edit_id=found.id),
        "said": translated(N_("Kept by itself at %(time)s."), time=clock),
        "problems": presenter.sentences(faults, wording),
        "hints": presenter.sentences(read.hints, wording),
        "understood": presenter.understood(read, fields, labels, wording, house.today()),
        "reads": presenter.how_it_reads(fields, wording, source_of(read.draft).language),
        "alike": [
            {"address": url_for("desk_offers.show", offer_id=number), "title": title, "why": why}
            for number, title, why in named(alike)
        ],
    }


def in_language(tag: str) -> Sentences:
    """The `_` of a language, where a page speaks two."""
    return sentences_of(tag)
