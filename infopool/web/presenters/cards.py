"""A hit of the search as the result card that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from infopool import languages
from infopool.directory import freshness, topics
from infopool.directory.columns import slot_from_plain
from infopool.directory.facts import LEVELS, Answer, CheckMethod, CostKind
from infopool.exchange.answers import shown_text
from infopool.exchange.labels import YES_LABELS, Labels
from infopool.messages import N_, NN_, Message
from infopool.search.documents import Card
from infopool.search.results import Hit, Reason, ReasonKind
from infopool.web.presenters import schedules
from infopool.web.wording import Wording

FREE_PLACES = NN_("%(count)s place free", "%(count)s places free")
MOST_FACTS = 7
"""Chips on a card; the offer's own page says everything."""
CONFIRMED = N_("Confirmed by the provider on %(day)s")
MOST_LANGUAGES = 2
"""Languages named on a card; more are counted."""
MOST_REMEMBERED = 2_000
"""Cards whose words are kept for the next search, each about 3 kB; then all are made anew."""


@dataclass(frozen=True)
class Words:
    """Words with the language they are marked with; empty when it is the page's own."""

    text: str
    language: str = ""

    @property
    def direction(self) -> str:
        """Which way they are written."""
        return languages.direction_of(self.language) if self.language else ""


@dataclass(frozen=True)
class Fact:
    """One chip."""

    text: str
    tone: str = "plain"
    """The chip's class: `ok`, `warn`, `plain` or none."""
    icon: str = ""
    hours: str = ""
    """A time, kept apart because it is isolated from the words around it."""
    language: str = ""


@dataclass(frozen=True)
class Sign:
    """The signpost: where, and how far."""

    place: Words
    distance: str = ""


@dataclass(frozen=True)
class Why:
    """One reason: it fits, or it differs."""

    text: str
    differs: bool = False
    language: str = ""
    """What it is marked with: the name of a place or provider is German."""
    word: Words | None = None
    """What the offer has for the word typed, where that is another."""

    @property
    def direction(self) -> str:
        """Which way it is written."""
        return languages.direction_of(self.language) if self.language else ""


@dataclass(frozen=True)
class Badge:
    """When the offer was last checked."""

    text: str
    old: bool = False


@dataclass(frozen=True)
class CardView:
    """A result card."""

    address: str
    icon: str
    title: Words
    summary: Words
    provider: Words
    state: str
    """What must be said about the text's language; empty for a text in the page's own, written by people."""
    sign: Sign | None
    facts: tuple[Fact, ...]
    why: tuple[Why, ...]
    badge: Badge | None
    ask: str
    """What the offer does not say although it was ticked: a whole sentence, or empty."""


def card_view(hit: Hit, labels: Labels, wording: Wording, today: date, most_facts: int = MOST_FACTS) -> CardView:
    """Everything a result card shows of a hit; the most telling facts stand first."""
    same = _same_in_every_search(hit.card, labels, wording, today)
    return CardView(
        address=url_for("public.offer", offer_id=hit.offer_id),
        icon=same.icon,
        title=same.title,
        summary=same.summary,
        provider=same.provider,
        state=same.state,
        sign=_sign(same.place, hit, wording),
        facts=same.facts[:most_facts],
        why=tuple(dict.fromkeys(_why(reason, hit.card, labels, wording) for reason in hit.why)),
        badge=same.badge,
        ask=_ask(hit, labels, wording),
    )


@dataclass(frozen=True)
class _Same:
    """What of an offer's card is the same in every search of a day."""

    icon: str
    title: Words
    summary: Words
    provider: Words
    state: str
    place: Sign | None
    facts: tuple[Fact, ...]
    badge: Badge | None


_remembered: dict[tuple[int, str], tuple[Card, date, _Same]] = {}
"""By the card's identity and the page's language. The card stands beside, so that its identity is nobody else's."""


def _same_in_every_search(card: Card, labels: Labels, wording: Wording, today: date) -> _Same:
    key = (id(card), wording.language.tag)
    known = _remembered.get(key)
    if known and known[0] is card and known[1] == today:
        return known[2]
    made = _made(card, labels, wording, today)
    if len(_remembered) >= MOST_REMEMBERED:
        _remembered.clear()
    _remembered[key] = (card, today, made)
    return made


def _made(card: Card, labels: Labels, wording: Wording, today: date) -> _Same:
    tag, title, summary = shown_text(card, wording.language.tag)
    foreign = "" if tag in (wording.language.tag, wording.language.text_tag) else tag
    return _Same(
        icon=icon_of(card.topics),
        title=Words(title, foreign),
        summary=Words(summary, foreign),
        provider=in_german(card.provider, wording),
        state=text_state(tag, card.text_origins.get(tag, ""), wording),
        place=_place(card, labels, wording),
        facts=tuple(_facts(card, labels, wording, today)),
        badge=badge(card.checked_on, wording, today, card.topics, how=card.checked_how, doubted=card.doubted),
    )


def icon_of(codes: tuple[str, ...]) -> str:
    """The pictogram of the first topic that is known."""
    return next((topics.BY_CODE[code].icon for code in codes if code in topics.BY_CODE), "people")


def in_german(text: str, wording: Wording) -> Words:
    """A name or sentence that nobody translated."""
    own = wording.language.text_tag == languages.SOURCE_LANGUAGE
    return Words(text, "" if own else languages.SOURCE_LANGUAGE)


def text_state(tag: str, origin: str, wording: Wording) -> str:
    """What a reader must know about a text: in which language it only is, or that a machine made it."""
    gettext = wording.translator.gettext
    if tag not in (wording.language.tag, wording.language.text_tag):
        return wording.say(Message(N_("The text is only in %(language)s"), {"language": wording.language_name(tag)}))
    if origin == "machine":
        return gettext(N_("Translated by a machine"))
    return gettext(N_("Translation of an older text")) if origin == "outdated" else ""


def badge(
    checked_on: str | date | None,
    wording: Wording,
    today: date,
    topics: Sequence[str] = (),
    *,
    how: str = "",
    doubted: bool = False,
) -> Badge | None:
    """When somebody last made sure that the offer is right, and what to do when that is long ago or we have asked in
    vain since. A helpline that was never checked says nothing: who needs one must not be told to call elsewhere first.
    """
    on = date.fromisoformat(checked_on) if isinstance(checked_on, str) and checked_on else checked_on or None
    if not isinstance(on, date):
        if "hotline" in topics:
            return None
        return Badge(wording.translator.gettext(N_("not checked yet, please call first")), old=True)
    if doubted or freshness.call_first(on, today):
        sentence = N_("last checked in %(month)s, please call first")
        return Badge(wording.say(Message(sentence, {"month": wording.month(on)})), old=True)
    if freshness.is_overdue(on, today):
        return Badge(wording.say(Message(N_("last checked in %(month)s"), {"month": wording.month(on)})), old=True)
    sentence = CONFIRMED if how == CheckMethod.PROVIDER else N_("checked on %(day)s")
    return Badge(wording.say(Message(sentence, {"day": wording.day(on, today)})))


def _sign(sign: Sign | None, hit: Hit, wording: Wording) -> Sign | None:
    if sign is None or hit.distance_km is None or not hit.card.place:
        return sign
    return Sign(sign.place, wording.distance(hit.distance_km))


def _place(card: Card, labels: Labels, wording: Wording) -> Sign | None:
    if card.place:
        return Sign(in_german(labels.place(card.place), wording))
    gettext = wording.translator.gettext
    if card.online:
        return Sign(Words(gettext(N_("Online"))), gettext(N_("from anywhere")))
    return Sign(in_german(labels.region.name, wording)) if card.whole_region else None


def _facts(card: Card, labels: Labels, wording: Wording, today: date) -> Iterator[Fact]:
    yield from _cost(card, labels, wording)
    yield from _times(card, wording, today)
    yield from _levels(card, labels, wording)
    yield from _said(card, (("childcare", "child"), ("women_only", "women")), wording)
    yield from _capacity(card, wording, today)
    yield from _languages(card, wording)
    if card.registration_needed == Answer.NO:
        yield Fact(wording.translator.gettext(N_("without registration")))
    yield from _said(card, (("wheelchair", "wheelchair"),), wording)


def _said(card: Card, facets: tuple[tuple[str, str], ...], wording: Wording) -> Iterator[Fact]:
    for facet, icon in facets:
        if getattr(card, facet) in (Answer.YES, Answer.LIMITED):
            yield Fact(wording.translator.gettext(YES_LABELS[facet]), icon=icon)


def _cost(card: Card, labels: Labels, wording: Wording) -> Iterator[Fact]:
    kind = card.cost.get("kind", CostKind.UNKNOWN)
    if kind == CostKind.FREE:
        yield Fact(labels.value("cost", kind), tone="ok")
    elif kind == CostKind.PAID and card.cost.get("cents"):
        yield Fact(wording.price(card.cost["cents"], card.cost.get("period", "once")), tone="", icon="money")
    elif kind != CostKind.UNKNOWN:
        yield Fact(labels.value("cost", kind), tone="", icon="money")


def _times(card: Card, wording: Wording, today: date) -> Iterator[Fact]:
    slots = tuple(slot_from_plain(dict(plain)) for plain in card.schedule)
    for when in schedules.short(slots, wording, today):
        if when.days or when.hours:
            yield Fact(when.days, tone="", icon="clock", hours=when.hours, language=when.language)
    starts = date.fromisoformat(card.starts_on) if card.starts_on else None
    if starts and starts > today:
        sentence = Message(N_("starts on %(day)s"), {"day": wording.day(starts, today)})
        yield Fact(wording.say(sentence), icon="calendar")


def _levels(card: Card, labels: Labels, wording: Wording) -> Iterator[Fact]:
    taught = [level for level in LEVELS if level in card.levels]
    if taught:
        yield Fact(wording.say(Message(N_("Level %(level)s"), {"level": level_range(taught, labels)})))


def level_range(taught: list[str], labels: Labels) -> str:
    """`A1`, or `A1–B1` for several; no German yet in words."""
    names = [labels.value("level", level) for level in (taught[0], taught[-1])]
    return names[0] if len(taught) == 1 else "–".join(names)


def _languages(card: Card, wording: Wording) -> Iterator[Fact]:
    spoken = [tag for tag in card.languages if tag != languages.SOURCE_LANGUAGE]
    if not spoken:
        return
    if len(spoken) <= MOST_LANGUAGES:
        yield Fact(wording.separated([wording.language_name(tag) for tag in spoken]), icon="globe")
        return
    reader = wording.language.text_tag
    if reader in spoken:
        others = NN_("%(language)s and %(count)s more language", "%(language)s and %(count)s more languages")
        text = wording.count(len(spoken) - 1, others, language=wording.language_name(reader))
    else:
        text = wording.count(len(card.languages), NN_("%(count)s language", "%(count)s languages"))
    yield Fact(text, icon="globe")


def _capacity(card: Card, wording: Wording, today: date) -> Iterator[Fact]:
    as_of = date.fromisoformat(card.capacity_as_of) if card.capacity_as_of else None
    if not freshness.capacity_holds(as_of, today):
        return
    if card.free_places:
        yield Fact(wording.count(card.free_places, FREE_PLACES))
    elif card.free_places == 0:
        yield Fact(wording.translator.gettext(N_("no free places")), tone="warn")
    if card.waiting:
        yield Fact(wording.translator.gettext(N_("waiting list")), tone="warn")


def _why(reason: Reason, card: Card, labels: Labels, wording: Wording) -> Why:
    label = labels.reason(reason)
    if reason.stands_for_another:
        return Why(label, word=Words(reason.id, reason.language))
    if reason.kind == ReasonKind.WORD:
        return Why(label, language="" if reason.language in ("", wording.language.text_tag) else reason.language)
    if reason.kind != ReasonKind.DIFFERS:
        is_name = reason.kind == ReasonKind.PLACE or reason.facet in ("place", "provider")
        return Why(label, language=in_german(label, wording).language if is_name else "")
    offered = labels.offered(reason.facet, card)
    if reason.facet == "place":
        return Why(wording.say(Message(N_("not in %(place)s"), {"place": label})), differs=True)
    if offered and offered != label:
        values = {"offered": offered, "wished": label}
        return Why(wording.say(Message(N_("%(offered)s instead of %(wished)s"), values)), differs=True)
    return Why(wording.say(Message(N_("not: %(wished)s"), {"wished": label})), differs=True)


def _ask(hit: Hit, labels: Labels, wording: Wording) -> str:
    if not hit.ask:
        return ""
    names = wording.separated([labels.facet(facet) for facet in hit.ask])
    return wording.say(Message(N_("Please ask: %(facts)s"), {"facts": names}))
