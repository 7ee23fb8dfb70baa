"""What an offer's page lists under "The most important things", line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from infopool.directory.facts import LEVELS, Answer, CheckMethod, CostKind, Format
from infopool.directory.models import Offer, Venue
from infopool.directory.regions import Region
from infopool.exchange.labels import Labels
from infopool.messages import N_, Message
from infopool.web.presenters.cards import CONFIRMED, FREE_PLACES, Words, in_german, level_range
from infopool.web.wording import Wording

MAP = "https://www.openstreetmap.org/"
"""Where the route link leads; nothing is asked there before somebody follows it."""


@dataclass(frozen=True)
class Row:
    """One line: what it is about, what is so, and what else must be known."""

    heading: str
    facts: tuple[Words, ...]
    more: tuple[Words, ...] = ()
    icon: str = ""
    """Its pictogram, for who reads little; the heading says the same in words."""


def rows(offer: Offer, labels: Labels, wording: Wording, today: date) -> Iterator[Row]:
    """The lines that have something to say, in the order of the page."""
    made = {
        "pin": _where(offer, wording),
        "screen": _how(offer, labels, wording),
        "money": _cost(offer, labels, wording),
        "family": _for_whom(offer, labels, wording),
        "language": _german(offer, labels, wording),
        "housing": _served(offer, labels, wording),
        "child": _good_to_know(offer, labels, wording),
        "calendar": _period(offer, wording, today),
        "check": _places(offer, wording, today),
        "clip": _registration(offer, wording, today),
    }
    return (replace(row, icon=icon) for icon, row in made.items() if row and (row.facts or row.more))


def _where(offer: Offer, wording: Wording) -> Row | None:
    gettext = wording.translator.gettext
    if offer.venue and offer.venue.confidential:
        sentence = gettext(N_("The address is kept secret to protect people. Please call."))
        return Row(gettext(N_("Where")), (Words(sentence),))
    lines = [in_german(line, wording) for line in address_lines(offer.venue)] if offer.venue else []
    if lines:
        return Row(gettext(N_("Where")), tuple(lines[:1]), tuple(lines[1:]))
    return None if _from_afar(offer) else Row(gettext(N_("Where")), (Words(gettext(N_("please ask"))),))


def _from_afar(offer: Offer) -> bool:
    return any(code != Format.ON_SITE for code in offer.formats)


def _how(offer: Offer, labels: Labels, wording: Wording) -> Row | None:
    """How one takes part, when it is not simply by going there."""
    if not _from_afar(offer):
        return None
    ways = wording.separated([labels.value("format", code) for code in offer.formats])
    return Row(wording.translator.gettext(N_("How to take part")), (Words(ways),))


def address_lines(venue: Venue) -> list[str]:
    """A venue's name, street and town, each a line; what is empty is left out."""
    town = " ".join(part for part in (venue.postcode, venue.town) if part)
    return [line for line in (venue.name, venue.street, town) if line]


def route(offer: Offer) -> str:
    """Where a map shows the venue; empty without an address or when it is confidential."""
    venue = offer.venue
    if venue is None or venue.confidential or not (venue.street or venue.latitude is not None):
        return ""
    if venue.latitude is not None and venue.longitude is not None:
        at = f"{venue.latitude:.5f}", f"{venue.longitude:.5f}"
        return f"{MAP}?{urlencode({'mlat': at[0], 'mlon': at[1]})}#map=17/{at[0]}/{at[1]}"
    return f"{MAP}search?{urlencode({'query': ', '.join(address_lines(venue)[-2:])})}"


def _cost(offer: Offer, labels: Labels, wording: Wording) -> Row:
    if offer.cost_kind == CostKind.PAID and offer.cost_cents:
        fact = wording.price(offer.cost_cents, offer.cost_period)
    else:
        fact = labels.value("cost", offer.cost_kind)
    more = (in_german(offer.cost_words, wording),) if offer.cost_words else ()
    return Row(wording.translator.gettext(N_("Cost")), (Words(fact),), more)


def _for_whom(offer: Offer, labels: Labels, wording: Wording) -> Row:
    gettext = wording.translator.gettext
    people = wording.joined([labels.value("audience", code) for code in offer.audiences])
    women = labels.value("women_only", Answer.YES) if offer.women_only in (Answer.YES, Answer.LIMITED) else ""
    said = [Words(text) for text in (people, women, _residence(offer, labels, wording)) if text]
    return Row(gettext(N_("For whom")), tuple(said[:1]), tuple(said[1:]))


def _residence(offer: Offer, labels: Labels, wording: Wording) -> str:
    if not offer.residence:
        return wording.translator.gettext(N_("Your residence status: please ask."))
    if "everyone" in offer.residence:
        return wording.translator.gettext(N_("Your residence status does not matter."))
    names = wording.joined([labels.value("residence", code) for code in offer.residence])
    return wording.say(Message(N_("Residence status: %(people)s"), {"people": names}))


def _german(offer: Offer, labels: Labels, wording: Wording) -> Row | None:
    taught = [level for level in LEVELS if level in offer.levels_taught]
    facts = []
    if taught:
        facts.append(wording.say(Message(N_("Taught: %(level)s"), {"level": level_range(taught, labels)})))
    if offer.level_required == "A0":
        facts.append(wording.translator.gettext(N_("You need no German.")))
    elif offer.level_required:
        facts.append(wording.say(Message(N_("You need: %(level)s"), {"level": offer.level_required})))
    return Row(wording.translator.gettext(N_("German level")), tuple(Words(fact) for fact in facts)) if facts else None


def _served(offer: Offer, labels: Labels, wording: Wording) -> Row | None:
    if not offer.places:
        return None
    names = [labels.place(code) for code in offer.places]
    heading = wording.translator.gettext(N_("For people who live in"))
    return Row(heading, (in_german(wording.separated(names), wording),))


GOOD_TO_KNOW: dict[tuple[str, Answer], str] = {
    ("childcare", Answer.YES): N_("Somebody looks after your children."),
    ("childcare", Answer.LIMITED): N_("Somebody may look after your children. Please ask."),
    ("childcare", Answer.NO): N_("There is no childcare."),
    ("wheelchair", Answer.YES): N_("You can get in with a wheelchair."),
    ("wheelchair", Answer.LIMITED): N_("You can get in with a wheelchair, with some help. Please ask."),
    ("wheelchair", Answer.NO): N_("You cannot get in with a wheelchair."),
}
"""What a page says for an answer; unknown says nothing here."""


def _good_to_know(offer: Offer, labels: Labels, wording: Wording) -> Row | None:
    said = [
        Words(wording.translator.gettext(sentence))
        for (name, answer), sentence in GOOD_TO_KNOW.items()
        if getattr(offer, name) == answer
    ]
    return Row(wording.translator.gettext(N_("Good to know")), tuple(said)) if said else None


def _period(offer: Offer, wording: Wording, today: date) -> Row | None:
    said = []
    if offer.starts_on:
        said.append(Message(N_("Starts on %(day)s"), {"day": wording.whole_day(offer.starts_on)}))
    if offer.ends_on:
        said.append(Message(N_("Ends on %(day)s"), {"day": wording.whole_day(offer.ends_on)}))
    return (
        Row(wording.translator.gettext(N_("From when")), tuple(Words(wording.say(line)) for line in said))
        if said
        else None
    )


def _places(offer: Offer, wording: Wording, today: date) -> Row | None:
    facts, more = [], []
    if offer.free_places is not None:
        facts.append(Words(_free(offer.free_places, wording)))
    if offer.waiting:
        waiting = in_german(offer.waiting, wording)
        facts += [Words(wording.translator.gettext(N_("Waiting time:"))), waiting]
    if facts and offer.capacity_as_of:
        sentence = Message(N_("As of %(day)s"), {"day": wording.day(offer.capacity_as_of, today)})
        more.append(Words(wording.say(sentence)))
    return Row(wording.translator.gettext(N_("Free places")), tuple(facts), tuple(more)) if facts else None


def _free(places: int, wording: Wording) -> str:
    if not places:
        return wording.translator.gettext(N_("At the moment everything is full."))
    return wording.count(places, FREE_PLACES)


REGISTRATION: dict[str, str] = {
    Answer.YES: N_("Please register first."),
    Answer.LIMITED: N_("Sometimes you must register. Please ask."),
    Answer.NO: N_("You need not register. Just come."),
}


def _registration(offer: Offer, wording: Wording, today: date) -> Row | None:
    said = [REGISTRATION[offer.registration_needed]] if offer.registration_needed in REGISTRATION else []
    facts = [Words(wording.translator.gettext(sentence)) for sentence in said]
    if offer.register_by:
        sentence = Message(N_("Register by %(day)s"), {"day": wording.whole_day(offer.register_by)})
        facts.append(Words(wording.say(sentence)))
    return Row(wording.translator.gettext(N_("Registration")), tuple(facts)) if facts else None


CHECKED: dict[str, str] = {
    CheckMethod.PHONE: N_("Checked by phone on %(day)s"),
    CheckMethod.EMAIL: N_("Checked by e-mail on %(day)s"),
    CheckMethod.WEB: N_("Checked on the provider’s website on %(day)s"),
    CheckMethod.VISIT: N_("Checked by a visit on %(day)s"),
    CheckMethod.PROVIDER: CONFIRMED,
}
"""How somebody made sure; for the other ways only the day is told."""


def history(offer: Offer, region: Region, wording: Wording) -> Iterator[str]:
    """The dates that are kept apart, each as a sentence."""
    if offer.checked_on:
        sentence = CHECKED.get(offer.checked_how, N_("Checked on %(day)s"))
        yield wording.say(Message(sentence, {"day": wording.whole_day(offer.checked_on)}))
    if offer.checked_by:
        yield wording.say(Message(N_("Checked by: %(who)s"), {"who": offer.checked_by}))
    edited = offer.edited_at.astimezone(region.timezone).date()
    yield wording.say(Message(N_("Last changed on %(day)s"), {"day": wording.whole_day(edited)}))
    if offer.valid_until:
        yield wording.say(Message(N_("Valid until %(day)s"), {"day": wording.whole_day(offer.valid_until)}))
