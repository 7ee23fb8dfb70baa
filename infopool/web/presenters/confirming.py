"""The provider's answer to “is this still right?”: what the page shows, and what she typed, read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from infopool.curation import checking_answers, forms
from infopool.curation.checking import Reason
from infopool.curation.checking_answers import Answer, Room
from infopool.curation.forms import Fields
from infopool.curation.models import CheckRequest
from infopool.directory import offers
from infopool.directory.facts import State
from infopool.directory.models import Offer
from infopool.directory.reading.cleaning import clean
from infopool.directory.regions import Region
from infopool.messages import N_, Message, Problem
from infopool.web.presenters.cards import Words, in_german
from infopool.web.wording import Wording

MOST_PLACES = 999
MOST_WAITING = 99
LONGEST_FIELD = 1_000
LONGEST_NOTE = 4_000

UNITS: dict[str, tuple[str, str]] = {"weeks": ("Woche", "Wochen"), "months": ("Monat", "Monate")}
"""Unit of a waiting time -> the German words in which the offer says it."""
UNIT_LABELS: dict[str, str] = {"weeks": N_("weeks"), "months": N_("months")}

CHANGEABLE: dict[str, str] = {
    "times": N_("When"),
    "starts_on": N_("Starts on"),
    "ends_on": N_("Ends on"),
    "cost": N_("Cost"),
    "phones": N_("Phone"),
    "emails": N_("E-mail"),
    "websites": N_("Website"),
}
"""The fields of the offer's form that a provider finds on hers, and their labels; all else goes into the box."""

ANSWERED: dict[str, str] = {
    Answer.RIGHT: N_("Visitors now see that you have confirmed this offer."),
    Answer.CHANGE: N_("A person reads what you wrote and changes the offer."),
    Answer.GONE: N_("A person takes the offer off the list. Until then visitors are asked to call first."),
}
ANSWERED_OTHERWISE = N_("This question has been answered already.")
NUMBER = N_("Write a whole number from 0 to %(most)s.")
NOTHING_NEW = N_("Please write what has changed.")
TOO_LONG = N_("Write at most %(most)s characters.")


@dataclass(frozen=True)
class Asked:
    """One offer that is asked about, as it stands on a list."""

    request_id: int
    title: Words
    answered: str
    """What became of the question, as a sentence; empty while it is open."""
    next_date: bool


@dataclass(frozen=True)
class Told:
    """What a provider wants changed."""

    fields: Fields
    note: str


def asked_about(request: CheckRequest, offer: Offer, wording: Wording) -> Asked:
    """One offer on the page of a link."""
    title = in_german(offers.source_text(offer).title, wording)
    return Asked(request.id, title, _answered(request, offer, wording), request.reason == Reason.NEXT_DATE)


def _answered(request: CheckRequest, offer: Offer, wording: Wording) -> str:
    if checking_answers.is_answered(request):
        return wording.translator.gettext(ANSWERED.get(request.answer, ANSWERED_OTHERWISE))
    return "" if offer.state == State.PUBLISHED else wording.translator.gettext(ANSWERED_OTHERWISE)


def question(asked: Asked, ends_on: date | None, wording: Wording) -> str:
    """What the page asks."""
    if asked.next_date and ends_on:
        sentence = N_("This ends on %(day)s. Is there a next date?")
        return wording.say(Message(sentence, {"day": wording.whole_day(ends_on)}))
    return wording.translator.gettext(N_("Is all of this still right?"))


def read_room(form: Mapping[str, str]) -> Room | Problem:
    """Free places and waiting time, where anything was typed."""
    free = _number("free_places", form.get("free_places", ""), MOST_PLACES)
    waiting = _number("waiting", form.get("waiting", ""), MOST_WAITING)
    for value in (free, waiting):
        if isinstance(value, Problem):
            return value
    unit = form.get("unit", "weeks")
    words = _waiting(waiting, UNITS.get(unit, UNITS["weeks"])) if isinstance(waiting, int) else ""
    return Room(free if isinstance(free, int) else None, words)


def _number(field: str, typed: str, most: int) -> int | Problem | None:
    typed = typed.strip()
    if not typed:
        return None
    if typed.isascii() and typed.isdecimal() and len(typed) < 9 and int(typed) <= most:
        return int(typed)
    return Problem(field, Message(NUMBER, {"most": most}))


def _waiting(number: int, words: tuple[str, str]) -> str:
    return f"etwa {number} {words[number != 1]}" if number else ""


def fields_of(offer: Offer, region: Region) -> dict[str, str]:
    """What stands in the provider's form."""
    fields = forms.fields_of(offers.draft_of(offer), region)
    return {name: str(fields[name]) for name in CHANGEABLE}


def read_change(form: Mapping[str, str], before: Mapping[str, str]) -> Told | Problem:
    """What the provider wants changed; only what differs. A Problem when that is nothing, or too long."""
    fields: Fields = {}
    for name in CHANGEABLE:
        typed = _clean(form[name]) if name in form else before[name]
        if len(typed) > LONGEST_FIELD:
            return Problem(name, Message(TOO_LONG, {"most": LONGEST_FIELD}))
        if typed != _clean(before[name]):
            fields[name] = typed
    note = _clean(form.get("note", ""))
    if len(note) > LONGEST_NOTE:
        return Problem("note", Message(TOO_LONG, {"most": LONGEST_NOTE}))
    if not fields and not note:
        return Problem("note", Message(NOTHING_NEW))
    return Told(fields, note)


def _clean(typed: str) -> str:
    return clean(typed.replace("\r\n", "\n")).strip()
