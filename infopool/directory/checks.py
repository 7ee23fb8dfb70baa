"""What an offer must obey, whoever hands it in: a form, an importer or another program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from infopool import languages
from infopool.directory.drafts import ContactDraft, OfferDraft, TextDraft, VenueDraft
from infopool.directory.facts import AUDIENCES, FORMATS, LEVELS, RESIDENCE, ContactKind
from infopool.directory.regions import Region
from infopool.directory.topics import BY_CODE as TOPICS
from infopool.messages import N_, Message, Problem

LONGEST = {"title": 300, "summary": 2_000, "description": 20_000, "registration": 4_000}
"""Characters a text may have; longer ones are surely not what somebody meant to publish."""


def check(draft: OfferDraft, region: Region) -> tuple[Problem, ...]:
    """Everything wrong with a draft, each with the field and what to write instead; empty when it may be saved."""
    return tuple(_problems(draft, region))


def _problems(draft: OfferDraft, region: Region) -> Iterator[Problem]:
    yield from _texts(draft.texts)
    yield from _codes("topics", draft.topics, TOPICS)
    yield from _codes("audiences", draft.audiences, AUDIENCES)
    yield from _codes("formats", draft.formats, FORMATS)
    yield from _codes("residence", draft.residence, RESIDENCE)
    yield from _codes("levels_taught", draft.levels_taught, LEVELS)
    yield from _codes("level_required", (draft.level_required,) if draft.level_required else (), LEVELS)
    yield from _codes("places", draft.places, {*region.by_code, region.code})
    groups = {group.code for group in region.working_groups}
    yield from _codes("working_group", (draft.working_group,) if draft.working_group else (), groups)
    if draft.cost.cents is not None and draft.cost.cents < 0:
        yield Problem("cost", Message(N_("Write an amount of zero or more.")))
    if draft.capacity.free_places is not None and draft.capacity.free_places < 0:
        yield Problem("free_places", Message(N_("Write a number of places of zero or more.")))
    if draft.starts_on and draft.ends_on and draft.ends_on < draft.starts_on:
        yield Problem("ends_on", Message(N_("Write an end that is not before the start.")))
    if draft.provider:
        yield from _length("provider", draft.provider.name, 300)
    yield from _length("key", draft.source_key, 200)
    if draft.venue:
        yield from _venue(draft.venue, region)
    for contact in draft.contacts:
        yield from _contact(contact)


def _texts(texts: tuple[TextDraft, ...]) -> Iterator[Problem]:
    if not any(text.title.strip() for text in texts):
        yield Problem("title", Message(N_("Write a title, so that people know what it is.")))
    if len({text.language for text in texts}) < len(texts):
        yield Problem("texts", Message(N_("Write only one text per language.")))
    for text in texts:
        yield from check_text(text)


def check_text(text: TextDraft) -> Iterator[Problem]:
    """What is wrong with the words in one language, apart from whether there are any."""
    if languages.find(text.language) is None:
        yield Problem("texts", Message(N_("The language “%(tag)s” is not known here."), {"tag": text.language}))
    for field, most in LONGEST.items():
        yield from _length(f"{field} ({text.language})", getattr(text, field), most)


def _length(field: str, text: str, most: int) -> Iterator[Problem]:
    if len(text) > most:
        yield Problem(field, Message(N_("Shorten this text to %(most)s characters or fewer."), {"most": most}))


def _codes(field: str, given: tuple[str, ...], known: Iterable[str]) -> Iterator[Problem]:
    for code in given:
        if code not in known:
            yield Problem(field, Message(N_("“%(code)s” is not one of the known values."), {"code": code}))


def check_venue(venue: VenueDraft, region: Region) -> tuple[Problem, ...]:
    """Everything wrong with an address that stands by itself."""
    return tuple(_venue(venue, region))


def _venue(venue: VenueDraft, region: Region) -> Iterator[Problem]:
    yield from _length("venue", venue.name, 300)
    yield from _length("street", venue.street, 300)
    yield from _length("postcode", venue.postcode, 10)
    if (venue.latitude is None) != (venue.longitude is None):
        yield Problem("venue", Message(N_("Write both coordinates or none.")))
    elif venue.latitude is not None and venue.longitude is not None:
        at_sea = venue.latitude == 0 and venue.longitude == 0
        if at_sea or not (-90 <= venue.latitude <= 90 and -180 <= venue.longitude <= 180):
            yield Problem("venue", Message(N_("These coordinates cannot be right; leave them empty if unknown.")))
    yield from _codes("venue", (venue.place,) if venue.place else (), region.by_code)


def _contact(contact: ContactDraft) -> Iterator[Problem]:
    value = contact.value
    yield from _length(contact.kind, value, 500)
    if contact.kind is ContactKind.EMAIL and ("@" not in value[1:-1] or " " in value):
        yield Problem("email", Message(N_("Write an e-mail address like name@example.org.")))
    if contact.kind is ContactKind.WEBSITE and not value.startswith(("https://", "http://")):
        yield Problem("website", Message(N_("Write an address that starts with https:// or http://.")))
    if contact.kind is ContactKind.PHONE and not value.lstrip("+").isdecimal():
        yield Problem("phone", Message(N_("Write a phone number with digits only, like +497751123456.")))
