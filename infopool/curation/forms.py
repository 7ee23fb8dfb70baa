"""The offer form's fields: what was typed, from an offer and back into one. Nothing typed is lost on the way.

A field is a text, or a list of codes where there is something to tick. A field that says the same as the offer it was
filled from leaves that part of the offer exactly as it is, also where no words could say it; all others are read by
the same functions that read a spreadsheet's cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import phonenumbers

from infopool import languages
from infopool.directory.drafts import ContactDraft, OfferDraft, TextDraft, VenueDraft
from infopool.directory.facts import Answer, ContactKind, Origin
from infopool.directory.models import Offer
from infopool.directory.reading.contacts import read_emails, read_phones, read_websites
from infopool.directory.regions import Region
from infopool.exchange.sheet_cells import contacts_cell, cost_cell, faithful, languages_cell, schedule_cell
from infopool.exchange.sheet_times import german_day
from infopool.messages import N_

Fields = dict[str, str | list[str]]
"""Field name -> what was typed or ticked."""

WORDS = ("title", "summary", "description", "registration", "documents")
"""The fields that are words of the source text; the other languages' texts depend on them."""
ANSWERS = ("childcare", "women_only", "wheelchair", "registration_needed")
DAYS = ("starts_on", "ends_on", "register_by", "valid_until")
ADDRESS = ("venue", "street", "postcode", "town")
"""What only makes sense together."""
TICKED = ("topics", "audiences", "levels_taught", "formats", "residence")
"""The fields that are lists of codes."""
ACTS = ("checked", "checked_on", "small", "forget_kept", "publish_on")
"""What somebody does by saving; no part of what the offer says."""

TYPED: tuple[str, ...] = (
    "title",
    "summary",
    "description",
    "languages",
    "level_required",
    "times",
    "provider",
    *ADDRESS,
    "confidential",
    "places",
    "cost",
    "phones",
    "emails",
    "websites",
    "registration_needed",
    "registration",
    "documents",
    "childcare",
    "women_only",
    "wheelchair",
    "free_places",
    "waiting",
    *DAYS,
    "working_group",
)
"""The fields that are texts."""
ALL: tuple[str, ...] = (*TYPED, *TICKED)
"""Everything an offer says, by field."""

LABELS: dict[str, str] = {
    "title": N_("Title"),
    "summary": N_("In one sentence"),
    "description": N_("Description"),
    "topics": N_("Topics"),
    "audiences": N_("For whom"),
    "languages": N_("Languages spoken"),
    "levels_taught": N_("German level taught"),
    "level_required": N_("German needed"),
    "residence": N_("Residence status"),
    "times": N_("When"),
    "provider": N_("Provider"),
    "formats": N_("How one takes part"),
    "venue": N_("Building or room"),
    "street": N_("Street and number"),
    "postcode": N_("Postcode"),
    "town": N_("Town"),
    "confidential": N_("The address is secret"),
    "places": N_("For people who live in"),
    "cost": N_("Cost"),
    "phones": N_("Phone"),
    "emails": N_("E-mail"),
    "websites": N_("Website"),
    "registration_needed": N_("Must one register?"),
    "registration": N_("How to register"),
    "documents": N_("What to bring"),
    "childcare": N_("Childcare"),
    "women_only": N_("Only for women"),
    "wheelchair": N_("Accessible by wheelchair"),
    "free_places": N_("Free places"),
    "waiting": N_("Waiting time"),
    "starts_on": N_("Starts on"),
    "ends_on": N_("Ends on"),
    "register_by": N_("Register by"),
    "valid_until": N_("Show until"),
    "working_group": N_("Working group"),
    "publish_on": N_("Publish on"),
}
"""What the fields are called, on the form and in every comparison."""

READERS = {ContactKind.PHONE: read_phones, ContactKind.EMAIL: read_emails, ContactKind.WEBSITE: read_websites}
CONTACT_FIELDS = {"phones": ContactKind.PHONE, "emails": ContactKind.EMAIL, "websites": ContactKind.WEBSITE}


@dataclass(frozen=True)
class Difference:
    """Unterschied. A field that two contents fill differently."""

    field: str
    before: str
    after: str


def source_of(draft: OfferDraft) -> TextDraft:
    """The text the form edits: the German one, else the first people wrote; for a new offer an empty German one."""
    written = (text for text in draft.texts if text.origin == Origin.WRITTEN)
    found = draft.text(languages.SOURCE_LANGUAGE) or next(written, None) or next(iter(draft.texts), None)
    return found or TextDraft(languages.SOURCE_LANGUAGE)


def empty() -> OfferDraft:
    """The draft behind an empty form."""
    return OfferDraft(texts=())


def fields_of(draft: OfferDraft, region: Region) -> Fields:
    """What stands in the form for an offer."""
    text, venue = source_of(draft), draft.venue or VenueDraft()
    fields: Fields = {
        "title": text.title,
        "summary": text.summary,
        "description": text.description,
        "registration": text.registration,
        "documents": "\n".join(text.documents),
        "languages": languages_cell(draft.languages),
        "level_required": draft.level_required,
        "times": "\n".join(schedule_cell((slot,)) for slot in draft.schedule),
        "provider": draft.provider.name if draft.provider else "",
        "venue": venue.name,
        "street": venue.street,
        "postcode": venue.postcode,
        "town": venue.town,
        "confidential": "yes" if venue.confidential else "",
        "places": ", ".join(_place_name(code, region) for code in draft.places),
        "cost": cost_cell(draft.cost),
        "free_places": "" if draft.capacity.free_places is None else str(draft.capacity.free_places),
        "waiting": draft.capacity.waiting,
        "working_group": draft.working_group,
    }
    fields |= {name: "" if getattr(draft, name) is Answer.UNKNOWN else str(getattr(draft, name)) for name in ANSWERS}
    fields |= {name: german_day(getattr(draft, name)) for name in DAYS}
    fields |= {name: list(getattr(draft, name)) for name in TICKED}
    return fields | {name: _contacts(draft, kind) for name, kind in CONTACT_FIELDS.items()}


def _contacts(draft: OfferDraft, kind: ContactKind) -> str:
    ours = [contact for contact in draft.contacts if contact.kind is kind]
    return "\n".join(_contact(contact) for contact in ours)


def _contact(contact: ContactDraft) -> str:
    """A contact on a line of its own; a number as people here write it, where it is read back as the same."""
    plain = contacts_cell([contact], READERS[contact.kind])
    if contact.kind is not ContactKind.PHONE or not contact.value.startswith("+49"):
        return plain
    parsed = phonenumbers.parse(contact.value)
    written = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    return faithful([plain.replace(contact.value, written), plain], lambda words: read_phones(words)[0] == (contact,))


def _place_name(code: str, region: Region) -> str:
    if code == region.code:
        return "ganzer Landkreis"
    place = region.by_code.get(code)
    return place.name if place else code


_UNTYPABLE = re.compile("[\x00\ud800-\udfff]")
"""What no keyboard types, no page can carry and no database wants."""


def typed(form: Mapping[str, Iterable[str] | str]) -> Fields:
    """The form's own fields out of whatever a browser sent; everything else is left out, doubled texts count once."""
    fields: Fields = {}
    for name in (*TYPED, *ACTS):
        values = _values(form.get(name, ()))
        fields[name] = values[0] if values else ""
    for name in TICKED:
        fields[name] = list(dict.fromkeys(_values(form.get(name, ()))))
    return fields


def _values(given: Iterable[str] | str) -> list[str]:
    values = [given] if isinstance(given, str) else list(given)
    return [_UNTYPABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n")) for value in values]


def complete(fields: Mapping[str, str | list[str]]) -> Fields:
    """The same with every field of the form in it; those nobody filled are empty."""
    nothing: Fields = dict.fromkeys((*TYPED, *ACTS), "")
    return nothing | {name: [] for name in TICKED} | dict(fields)


def text_in(fields: Mapping[str, str | list[str]], name: str) -> str:
    """What stands in a field that is a text."""
    value = fields.get(name, "")
    return value if isinstance(value, str) else " ".join(value)


def codes_in(fields: Mapping[str, str | list[str]], name: str) -> list[str]:
    """What is ticked in a field that is a list."""
    value = fields.get(name, [])
    return [value] if isinstance(value, str) else list(value)


def same(one: str | list[str], other: str | list[str]) -> bool:
    """Whether two fields say the same; the order of ticks and spaces at the ends do not matter."""
    if isinstance(one, list) or isinstance(other, list):
        return set(one) == set(other)
    return one.strip() == other.strip()


def differences(before: Fields, after: Fields) -> list[Difference]:
    """Where two contents differ, in the order of the form; ticks as one line each."""
    before, after = complete(before), complete(after)
    return [
        Difference(name, shown(before, name), shown(after, name))
        for name in LABELS
        if name in ALL and not same(before[name], after[name])
    ]


def shown(fields: Fields, name: str) -> str:
    """A field as one text: codes as a list with commas, in a stable order."""
    return ", ".join(sorted(codes_in(fields, name))) if name in TICKED else text_in(fields, name)


def defaults(region: Region, *, working_group: str = "", last: Offer | None = None) -> Fields:
    """What a form for a new offer begins with: one's own working group, the whole county, the provider of the offer
    one wrote last."""
    fields = complete({"working_group": working_group, "places": "ganzer Landkreis", "formats": ["on-site"]})
    if last and last.provider:
        fields["provider"] = last.provider.name
    return fields
