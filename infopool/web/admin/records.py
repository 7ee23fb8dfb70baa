"""Providers, addresses, contacts and places as records: listed, changed in one place, merged, each with its offers."""

from __future__ import annotations

from flask import Blueprint, abort, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from infopool.curation import bulk, merging, records, records_contacts
from infopool.curation.records import FIELDS, Kind, Record
from infopool.directory import offers
from infopool.directory.facts import PROVIDER_KINDS, ContactKind
from infopool.directory.models import Offer
from infopool.directory.reading.cleaning import clean
from infopool.messages import N_, NN_, Problem
from infopool.web.admin import guard
from infopool.web.admin.publishing import catch_up
from infopool.web.admin.showing import announce, go_to, show_desk, translated
from infopool.web.i18n import page_wording
from infopool.web.pool import pool
from infopool.web.searching import page_number

blueprint = Blueprint("desk_records", __name__, url_prefix="/admin/records")

TABS: dict[str, str] = {
    Kind.PROVIDERS: N_("Providers"),
    Kind.VENUES: N_("Addresses"),
    "contacts": N_("Contacts"),
    "places": N_("Places"),
}
LABELS: dict[str, str] = {
    "name": N_("Name"),
    "kind": N_("Kind of provider"),
    "website": N_("Website"),
    "street": N_("Street and number"),
    "postcode": N_("Postcode"),
    "town": N_("Town"),
    "place": N_("Municipality or district"),
    "latitude": N_("Latitude"),
    "longitude": N_("Longitude"),
    "confidential": N_("The address is secret and never shown"),
}
CONTACTS: dict[ContactKind, str] = {
    ContactKind.PHONE: N_("Phone"),
    ContactKind.EMAIL: N_("E-mail"),
    ContactKind.WEBSITE: N_("Website"),
}
MERGED = announce("records-merged", N_("The two are one now; all offers of both belong to it."))
REPLACED = announce("contact-replaced", N_("Replaced in all these offers."))
REPLACED_SOME = announce(
    "contact-replaced-partly",
    N_("Replaced where you may. The other offers belong to other working groups, or a second person looks first."),
)


@blueprint.get("/")
def listing() -> str:
    """All records of one kind, found by words."""
    tab = request.args.get("tab", "")
    tab = tab if tab in TABS else Kind.PROVIDERS
    words = " ".join(clean(request.args.get("q", "")[:200]).split())
    page = page_number(request.args.get("page", ""))
    with pool().database.reading() as session:
        lines, total = _lines(session, tab, words, page)
        pairs = records.suspects(session, Kind(tab)) if tab in set(Kind) and not words and page == 1 else []
    return show_desk(
        "admin/records/listing.html",
        title=translated(N_("Providers, addresses, contacts")),
        tabs=[(code, translated(label), code == tab) for code, label in TABS.items()],
        tab=tab,
        words=words,
        lines=lines,
        total=total,
        pairs=[
            (one, other, url_for(".compare", kind=tab, number=one.number, other=other.number)) for one, other in pairs
        ],
        page=page,
        pages=max(1, -(-total // records.PAGE)),
    )


def _compared(kind: str, number: int, other: int) -> str:
    return url_for(".compare", kind=kind, number=number, other=other)


def _lines(session: Session, tab: str, words: str, page: int) -> tuple[list[tuple[str, str, str, int]], int]:
    """Lines of a listing: address of the record's page, its title, what else to know, how many offers use it."""
    if tab == "places":
        return _places(session, words, page)
    if tab == "contacts":
        contacts, total = records_contacts.listing(session, words, page)
        return [
            (
                url_for(".contact", kind=one.kind.value, value=one.value),
                one.value,
                translated(CONTACTS[one.kind]),
                one.used,
            )
            for one in contacts
        ], total
    found, total = records.listing(session, Kind(tab), words, page)
    return [
        (
            url_for(".show", kind=tab, number=line.record.id),
            records.title_of(line.record) or translated(N_("without a name")),
            _detail(line.record),
            line.used,
        )
        for line in found
    ], total


def _detail(record: Record) -> str:
    if getattr(record, "confidential", False):
        return translated(N_("secret address"))
    kind = getattr(record, "kind", "")
    return translated(PROVIDER_KINDS[kind]) if kind in PROVIDER_KINDS else ""


def _places(session: Session, words: str, page: int) -> tuple[list[tuple[str, str, str, int]], int]:
    region, used = pool().region, records.places_used(session)
    wanted = words.casefold()
    found = [place for place in region.places if wanted in place.name.casefold()]
    lines = [
        (
            url_for("desk_offers.listing", place=place.code),
            place.name,
            region.by_code[place.parent].name if place.parent else "",
            used.get(place.code, 0),
        )
        for place in found
    ]
    return lines[(page - 1) * records.PAGE : page * records.PAGE], len(lines)


ANY = "<any(providers,venues):kind>"


def _record(session: Session, kind: str, number: int) -> Record:
    return records.get(session, Kind(kind), number) or abort(404)


@blueprint.get(f"/{ANY}/<number:number>/")
def show(kind: str, number: int) -> str:
    """One record: its facts to be changed, where it is used, what may be the same."""
    with pool().database.reading() as session:
        return _show(session, Kind(kind), _record(session, kind, number), {}, {})


def _show(session: Session, kind: Kind, record: Record, typed: dict[str, str], problems: dict[str, str]) -> str:
    page = page_number(request.args.get("page", ""))
    users, total = records.users(session, kind, record.id, page)
    return show_desk(
        "admin/records/show.html",
        title=records.title_of(record) or translated(N_("without a name")),
        kind=kind,
        record=record,
        fields=[(field, translated(LABELS[field])) for field in FIELDS[kind]],
        typed=typed or records.facts(record),
        problems=problems,
        choices=_choices(),
        seal=records.seal(record),
        users=_named(users),
        used=page_wording().count(total, NN_("Used by %(count)s offer", "Used by %(count)s offers")),
        total=total,
        page=page,
        pages=max(1, -(-total // records.PAGE)),
        alike=[
            (one, url_for(".compare", kind=kind, number=record.id, other=one.number))
            for one in records.alike(session, record)
        ],
    )


def _choices() -> dict[str, list[tuple[str, str]]]:
    """The fields that are chosen from a list."""
    places = sorted(((place.code, place.name) for place in pool().region.places), key=lambda pair: pair[1])
    return {
        "kind": [(code, translated(label)) for code, label in PROVIDER_KINDS.items()],
        "place": [("", translated(N_("unknown"))), *places],
    }


def _named(found: list[Offer]) -> list[tuple[int, str]]:
    return [(offer.id, bulk.title_of(offer)) for offer in found]


@blueprint.post(f"/{ANY}/<number:number>/")
def change(kind: str, number: int) -> Response | tuple[str, int]:
    """Change a record, and what all its offers say with it."""
    house, sort = pool(), Kind(kind)
    typed = {field: request.form.get(field, "")[:5_000] for field in FIELDS[sort]}
    with house.database.transaction() as session:
        record = _record(session, kind, number)
        outcome = records.change(
            session,
            sort,
            record,
            typed,
            guard.actor(),
            now=house.now(),
            region=house.region,
            seen=request.form.get("seen", ""),
        )
        if isinstance(outcome, tuple):
            safe = {field: clean(text) for field, text in typed.items()}
            return _show(session, sort, record, safe, _said(outcome)), 422
    catch_up()
    return go_to("desk_records.show", kind=kind, number=number, done="saved")


def _said(problems: tuple[Problem, ...]) -> dict[str, str]:
    return {problem.field: page_wording().say(problem.message) for problem in problems}


@blueprint.get(f"/{ANY}/<number:number>/merge")
def compare(kind: str, number: int) -> str:
    """Choose the other record by words, then see both side by side."""
    sort = Kind(kind)
    words = " ".join(clean(request.args.get("q", "")[:200]).split())
    chosen = request.args.get("other", "")
    with pool().database.reading() as session:
        record = _record(session, kind, number)
        other = records.get(session, sort, int(chosen)) if _is_number(chosen) and int(chosen) != number else None
        found, _ = records.listing(session, sort, words, 1) if words else ([], 0)
        return _compare(session, sort, record, other, words, found, {})


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and 0 < len(text) < 10


def _compare(
    session: Session,
    kind: Kind,
    record: Record,
    other: Record | None,
    words: str,
    found: list[records.Line],
    problems: dict[str, str],
) -> str:
    mine, its = records.facts(record), records.facts(other) if other else {}
    return show_desk(
        "admin/records/merge.html",
        title=translated(N_("Merge “%(name)s” with another"), name=records.title_of(record)),
        kind=kind,
        record=record,
        other=other,
        other_title=records.title_of(other) if other else "",
        rows=[
            (field, translated(LABELS[field]), _shown(field, mine[field]), _shown(field, its[field]), not mine[field])
            for field in FIELDS[kind]
            if other and mine[field] != its[field] and field not in ("confidential", "longitude")
        ],
        words=words,
        found=[
            (line.record.id, records.title_of(line.record), line.used) for line in found if line.record is not record
        ],
        moving=records.users(session, kind, other.id, most=1)[1] if other else 0,
        alike=records.alike(session, record) if not other else (),
        seals=f"{records.seal(record)}{records.seal(other)}" if other else "",
        problems=problems,
    )


def _shown(field: str, value: str) -> str:
    if field == "kind":
        return translated(PROVIDER_KINDS.get(value, ""))
    if field == "place":
        place = pool().region.by_code.get(value)
        return place.name if place else value
    return value


@blueprint.post(f"/{ANY}/<number:number>/merge")
def merge(kind: str, number: int) -> Response | tuple[str, int]:
    """Make one record of two."""
    house, sort, chosen = pool(), Kind(kind), request.form.get("other", "")
    theirs = {field: request.form.get(f"take-{field}", "") for field in FIELDS[sort]}
    with house.database.transaction() as session:
        record = _record(session, kind, number)
        other = records.get(session, sort, int(chosen)) if _is_number(chosen) else None
        if other is None or other is record:
            return go_to("desk_records.show", kind=kind, number=number)
        if request.form.get("seen") != f"{records.seal(record)}{records.seal(other)}":
            problem = {"seen": translated(N_("Somebody has changed one of the two meanwhile. Please look once more."))}
            return _compare(session, sort, record, other, "", [], problem), 422
        outcome = merging.merge(
            session, sort, record, other, theirs, guard.actor(), now=house.now(), region=house.region
        )
        if isinstance(outcome, tuple):
            session.rollback()
            abort(400)
    catch_up()
    return go_to("desk_records.show", kind=kind, number=number, done=MERGED)


def _contact() -> tuple[ContactKind, str]:
    """The contact an address or a form names."""
    kind, value = request.values.get("kind", ""), request.values.get("value", "")[:500]
    if kind not in set(ContactKind) or not value or "\x00" in value:
        abort(404)
    return ContactKind(kind), value


@blueprint.get("/contact")
def contact() -> str:
    """A contact, and the offers that name it."""
    with pool().database.reading() as session:
        return _contact_page(session, *_contact(), typed="", problems={})


def _contact_page(session: Session, kind: ContactKind, value: str, *, typed: str, problems: dict[str, str]) -> str:
    ids = records_contacts.users(session, kind, value)
    if not ids:
        abort(404)
    new = records_contacts.read(kind, typed) if typed and not problems else None
    found = [(offer.id, bulk.title_of(offer)) for offer in offers.some(session, ids[:MOST_NAMED])]
    return show_desk(
        "admin/records/contact.html",
        title=value,
        kind=kind.value,
        kind_label=translated(CONTACTS[kind]),
        value=value,
        typed=typed,
        new=new if isinstance(new, str) else "",
        users=found,
        count=len(ids),
        ids=",".join(map(str, ids)),
        used=page_wording().count(len(ids), NN_("Used by %(count)s offer", "Used by %(count)s offers")),
        problems=problems,
    )


MOST_NAMED = 200
"""Offers of a contact that are named; beyond, they are counted."""


@blueprint.post("/contact")
def replace() -> Response | tuple[str, int] | str:
    """Say what a contact is to be replaced by, see where, and confirm."""
    house = pool()
    kind, value = _contact()
    typed = clean(request.form.get("new", "")[:600])
    new = records_contacts.read(kind, typed)
    confirmed = request.form.get("do") == "replace"
    if isinstance(new, Problem) or not confirmed:
        problems = {"new": page_wording().say(new.message)} if isinstance(new, Problem) else {}
        with house.database.reading() as session:
            page = _contact_page(session, kind, value, typed=typed, problems=problems)
        return (page, 422) if problems else page
    seen = bulk.numbers(request.form.get("ids", "").split(","))
    with house.database.transaction() as session:
        mine = records_contacts.changeable(session, guard.curator(), seen)
        records_contacts.replace(session, kind, value, new, guard.actor(), now=house.now(), only=mine)
        left = bool(records_contacts.users(session, kind, value)) and new != value
        there = bool(records_contacts.users(session, kind, new))
    catch_up()
    if left:
        return go_to("desk_records.contact", kind=kind.value, value=value, done=REPLACED_SOME)
    if not there:
        return go_to("desk_records.listing", tab="contacts")
    return go_to("desk_records.contact", kind=kind.value, value=new, done=REPLACED)
