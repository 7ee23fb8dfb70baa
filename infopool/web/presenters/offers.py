"""An offer as its own page: everything it says, in the reader's language as far as it goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for
from markupsafe import Markup

from infopool import languages
from infopool.catalogues import translator
from infopool.directory import offers as directory
from infopool.directory import topics
from infopool.directory.facts import ContactKind, Origin
from infopool.directory.freshness import is_doubted
from infopool.directory.models import Contact, Offer, OfferText
from infopool.directory.remarks import REASONS
from infopool.exchange.calendar import events_of
from infopool.exchange.jsonld import for_script, linked_data
from infopool.exchange.labels import Labels
from infopool.messages import N_, Message
from infopool.web.presenters import cards, offer_facts, schedules
from infopool.web.presenters.cards import Badge, Sign, Words, in_german
from infopool.web.presenters.offer_facts import Row
from infopool.web.presenters.offer_times import Date, next_dates
from infopool.web.presenters.pages import PhoneNumber, number
from infopool.web.presenters.schedules import When
from infopool.web.wording import Wording


@dataclass(frozen=True)
class Phone:
    """One number to call, and who answers in which language."""

    number: PhoneNumber
    note: Words
    languages: str


@dataclass(frozen=True)
class Spoken:
    """A language spoken there, named in itself."""

    name: Words
    note: Words


@dataclass(frozen=True)
class OfferPage:
    """Everything the page of an offer shows."""

    id: int
    icon: str
    title: Words
    summary: Words
    description: tuple[Words, ...]
    registration: tuple[Words, ...]
    documents: tuple[Words, ...]
    notice: str
    """What must be said about the text's language, as a whole sentence; empty for a good text of the page's own."""
    easy: str
    """On pages in easy language, that this text is not; empty elsewhere."""
    original: str
    """The address of the page in the language the text was written in, when the one shown was not written."""
    sign: Sign | None
    provider: Words
    provider_address: str
    provider_kind: str
    topics: tuple[tuple[str, str], ...]
    """(what it is called, address) of each topic."""
    rows: tuple[Row, ...]
    times: tuple[When, ...]
    dates: tuple[Date, ...]
    calendar: str
    spoken: tuple[Spoken, ...]
    phones: tuple[Phone, ...]
    emails: tuple[str, ...]
    websites: tuple[str, ...]
    route: str
    say: str
    """A German sentence to begin a phone call with."""
    say_own: str
    """The same in the reader's language; empty for readers of German."""
    badge: Badge | None
    history: tuple[str, ...]
    """The three dates, each as a sentence: checked, edited, valid until."""
    sensitive: bool
    reasons: tuple[tuple[str, str], ...]
    """(code, sentence) of what may be wrong, for the form."""


def offer_page(offer: Offer, labels: Labels, wording: Wording, today: date) -> OfferPage:
    """The page of a published offer."""
    text, source = _best_text(offer, wording), directory.source_text(offer)
    return OfferPage(
        id=offer.id,
        icon=cards.icon_of(offer.topics),
        title=_words(text, source, "title", wording),
        summary=_words(text, source, "summary", wording),
        description=_paragraphs(_words(text, source, "description", wording)),
        registration=_paragraphs(_words(text, source, "registration", wording)),
        documents=_documents(text, source, wording),
        notice=_notice(offer, text, wording),
        easy=_not_easy(text, wording),
        original=_original(text, source, wording),
        sign=_sign(offer, labels, wording),
        provider=in_german(offer.provider.name if offer.provider else "", wording),
        provider_address=url_for("public.provider", provider_id=offer.provider_id) if offer.provider_id else "",
        provider_kind=labels.provider_kind(offer.provider.kind) if offer.provider else "",
        topics=tuple((labels.value("topic", code), url_for("public.topic", code=code)) for code in _known(offer)),
        rows=tuple(offer_facts.rows(offer, labels, wording, today)),
        times=schedules.full(offer.schedule, wording, today),
        dates=next_dates(offer, labels.region, wording, today),
        calendar=_calendar(offer, labels, wording, today),
        spoken=tuple(_spoken(offer, wording)),
        phones=tuple(_phone(contact, wording) for contact in _of_kind(offer, ContactKind.PHONE)),
        emails=tuple(contact.value for contact in _of_kind(offer, ContactKind.EMAIL)),
        websites=tuple(contact.value for contact in _of_kind(offer, ContactKind.WEBSITE)),
        route=offer_facts.route(offer),
        say=_say(source.title, languages.SOURCE_LANGUAGE),
        say_own=""
        if wording.language.text_tag == languages.SOURCE_LANGUAGE
        else _say(text.title, wording.language.tag),
        badge=_badge(offer, wording, today),
        history=tuple(offer_facts.history(offer, labels.region, wording)),
        sensitive=topics.is_sensitive(offer.topics),
        reasons=tuple((code, wording.translator.gettext(sentence)) for code, sentence in REASONS.items()),
    )


def words_shown(view: OfferPage) -> str:
    """All running text of a page, a line for each piece."""
    pieces = (view.title, view.summary, *view.description, *view.registration, *view.documents)
    return "\n".join(piece.text for piece in pieces)


SAY = N_("Hello, I have a question about “%(title)s”.")


def _say(title: str, tag: str) -> str:
    return Message(SAY, {"title": title}).render(translator(tag))


def _known(offer: Offer) -> tuple[str, ...]:
    return tuple(code for code in offer.topics if code in topics.BY_CODE)


def _best_text(offer: Offer, wording: Wording) -> OfferText:
    by_language = {text.language: text for text in offer.texts}
    wanted = (wording.language.tag, wording.language.text_tag)
    return next((by_language[tag] for tag in wanted if tag in by_language), directory.source_text(offer))


def _words(text: OfferText, source: OfferText, name: str, wording: Wording) -> Words:
    """One field in the reader's language; where her text leaves it empty, the source's, marked with its language."""
    used = text if getattr(text, name) else source
    return Words(getattr(used, name), _foreign(used.language, wording))


def _foreign(tag: str, wording: Wording) -> str:
    return "" if tag in (wording.language.tag, wording.language.text_tag) else tag


def _paragraphs(words: Words) -> tuple[Words, ...]:
    return tuple(Words(line.strip(), words.language) for line in words.text.splitlines() if line.strip())


def _documents(text: OfferText, source: OfferText, wording: Wording) -> tuple[Words, ...]:
    used = text if text.documents else source
    return tuple(Words(line, _foreign(used.language, wording)) for line in used.documents)


def _notice(offer: Offer, text: OfferText, wording: Wording) -> str:
    if _foreign(text.language, wording):
        values = {"language": wording.language_name(text.language)}
        sentence = N_(
            "Nobody has translated this offer yet. You are reading the words of the provider in %(language)s."
        )
        return wording.say(Message(sentence, values))
    notes = []
    if text.origin == Origin.MACHINE:
        notes.append(N_("A machine translated this. It can be wrong. Please ask if you are unsure."))
    if directory.is_outdated(offer, text):
        notes.append(
            N_("The original has changed since this was translated. Please ask whether everything is still right.")
        )
    if notes:
        return " ".join(wording.translator.gettext(note) for note in notes)
    if text.origin == Origin.TRANSLATED:
        return wording.translator.gettext(N_("A person translated this text."))
    return ""


def _not_easy(text: OfferText, wording: Wording) -> str:
    if not wording.language.reads or text.language == wording.language.tag:
        return ""
    return wording.translator.pgettext(
        "easy language", "The provider wrote this text. It is not in easy language. You may ask us about it."
    )


def _original(text: OfferText, source: OfferText, wording: Wording) -> str:
    language = languages.BY_TAG.get(source.language)
    if text is source or not language or not language.offered or not _foreign(source.language, wording):
        return ""
    return url_for("public.offer", offer_id=source.offer_id, language=language.tag)


def _sign(offer: Offer, labels: Labels, wording: Wording) -> Sign | None:
    venue = offer.venue
    if venue and venue.place and not venue.confidential:
        return Sign(in_german(labels.place(venue.place), wording))
    if "online" in offer.formats:
        return Sign(Words(wording.translator.gettext(N_("Online"))), wording.translator.gettext(N_("from anywhere")))
    return None


def _calendar(offer: Offer, labels: Labels, wording: Wording, today: date) -> str:
    has_dates = events_of(offer, today, labels.region)
    return url_for("downloads.calendar", tag=wording.language.tag, offer_id=offer.id) if has_dates else ""


def _spoken(offer: Offer, wording: Wording) -> list[Spoken]:
    return [
        Spoken(Words(wording.language_name(spoken.tag)), in_german(spoken.note, wording)) for spoken in offer.languages
    ]


def _badge(offer: Offer, wording: Wording, today: date) -> Badge | None:
    doubted = is_doubted(offer.checked_on, offer.call_first_since)
    return cards.badge(offer.checked_on, wording, today, offer.topics, how=offer.checked_how, doubted=doubted)


def _of_kind(offer: Offer, kind: ContactKind) -> list[Contact]:
    return [contact for contact in offer.contacts if contact.kind == kind]


def _phone(contact: Contact, wording: Wording) -> Phone:
    spoken = wording.separated([wording.language_name(tag) for tag in contact.languages])
    return Phone(number(contact.value), in_german(contact.note, wording), spoken)


def structured_data(offer: Offer, labels: Labels, base_url: str) -> Markup:
    """The offer for machines, to stand inside a script element."""
    address = base_url.rstrip("/") + url_for("public.offer", offer_id=offer.id)
    return Markup(for_script(linked_data(offer, labels, address)))
