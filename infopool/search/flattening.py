"""From an offer to the flat document the index holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from infopool.directory import offers
from infopool.directory.columns import slot_to_plain
from infopool.directory.facts import AUDIENCES, LEVELS, RESIDENCE, Answer, ContactKind, CostKind, Format, State
from infopool.directory.freshness import is_doubted
from infopool.directory.models import Offer, OfferText
from infopool.directory.regions import Region
from infopool.directory.schedules import times_of_day
from infopool.directory.topics import with_parents
from infopool.search.documents import Card, IndexedText, OfferDocument


class Tagger(Protocol):
    """Finds the concepts an offer is about; the vocabulary does."""

    def tag(
        self,
        texts: Mapping[str, tuple[str, str, str]],
        topics: tuple[str, ...],
        facets: Mapping[str, tuple[str, ...]],
    ) -> Mapping[str, float]:
        """From (title, summary, rest) by language, topics and facts: concept code -> strength, above 0 up to 1."""
        ...


def documents(session: Session, ids: Iterable[int], region: Region, tagger: Tagger) -> Iterator[OfferDocument]:
    """The documents of the given offers that visitors may see; the others yield nothing."""
    wanted = select(Offer).where(Offer.id.in_(list(ids)), Offer.state == State.PUBLISHED).options(*offers.WHOLE)
    for offer in session.scalars(wanted):
        yield document_of(offer, region, tagger)


def document_of(offer: Offer, region: Region, tagger: Tagger) -> OfferDocument:
    """One offer, flat. A confidential address gives neither place name nor coordinates away."""
    place = _place_of(offer)
    point = _point(offer, region)
    texts = _with_words_it_is_found_by(
        offer, {text.language: IndexedText(text.title, _body(offer, text)) for text in offer.texts}
    )
    facets = facets_of(offer, region)
    tagged = {text.language: (text.title, text.summary, texts[text.language].body) for text in offer.texts}
    return OfferDocument(
        id=offer.id,
        texts=texts,
        concepts=tagger.tag(tagged, offer.topics, facets),
        facets=facets,
        card=_card(offer, region, place),
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        # One that we have asked about in vain ranks as if it had never been checked.
        checked_on=None if is_doubted(offer.checked_on, offer.call_first_since) else offer.checked_on,
        starts_on=offer.starts_on,
        ends_on=_last_day(offer),
        changed_on=offer.edited_at.date(),
    )


def _place_of(offer: Offer) -> str:
    return offer.venue.place if offer.venue and not offer.venue.confidential else ""


def _point(offer: Offer, region: Region) -> tuple[float, float] | None:
    venue = offer.venue
    if venue is None or venue.confidential:
        return None
    if venue.latitude is not None and venue.longitude is not None:
        return venue.latitude, venue.longitude
    # Without coordinates of its own it counts as in the middle of its municipality: right to a few kilometres.
    place = region.by_code.get(venue.place)
    return (place.latitude, place.longitude) if place else None


def _body(offer: Offer, text: OfferText) -> str:
    parts = [text.summary, text.description, text.registration, *text.documents]
    if text is offers.source_text(offer):
        parts += [offer.provider.name if offer.provider else "", offer.cost_words]
        parts += [slot.words for slot in offer.schedule]
        parts += [offer.venue.name, offer.venue.town] if offer.venue and not offer.venue.confidential else []
    return "\n".join(part for part in parts if part)


def _with_words_it_is_found_by(offer: Offer, texts: dict[str, IndexedText]) -> dict[str, IndexedText]:
    """The texts, with the words curators want the offer to be found by, also in languages it has no text in."""
    for language, words in offer.found_by or ():
        there = texts.get(language, IndexedText("", ""))
        texts[language] = IndexedText(there.title, f"{there.body}\n{words}".strip())
    return texts


def _last_day(offer: Offer) -> date | None:
    days = [day for day in (offer.ends_on, offer.valid_until) if day]
    return min(days, default=None)


def facets_of(offer: Offer, region: Region) -> dict[str, tuple[str, ...]]:
    """The values an offer has in every facet; a facet it says nothing about is left out, which means: unknown."""
    values = {
        "topic": with_parents(offer.topics),
        "place": _places(offer, region),
        "language": tuple(spoken.tag for spoken in offer.languages),
        "level": _levels(offer),
        "cost": (offer.cost_kind,) if offer.cost_kind != CostKind.UNKNOWN else (),
        "format": offer.formats,
        "time": times_of_day(offer.schedule),
        "childcare": _answer(offer.childcare),
        "women_only": _answer(offer.women_only),
        "wheelchair": _answer(offer.wheelchair),
        "residence": _everyone(offer.residence, RESIDENCE, apart=("no-papers",)),
        "audience": _everyone(offer.audiences, AUDIENCES, apart=("volunteers",)),
        "provider": (str(offer.provider_id),) if offer.provider_id else (),
    }
    return {facet: found for facet, found in values.items() if found}


def _answer(answer: str) -> tuple[str, ...]:
    if answer == Answer.UNKNOWN:
        return ()
    return ("no",) if answer == Answer.NO else ("yes",)


def _everyone(codes: tuple[str, ...], table: Mapping[str, str], apart: tuple[str, ...]) -> tuple[str, ...]:
    """What "everyone" includes is spelled out, so that ticking one group shows the offers for all."""
    if "everyone" not in codes:
        return codes
    return tuple(code for code in table if code in codes or code not in apart)


def _levels(offer: Offer) -> tuple[str, ...]:
    if offer.levels_taught:
        return offer.levels_taught
    return LEVELS[LEVELS.index(offer.level_required) :] if offer.level_required in LEVELS else ()


def _places(offer: Offer, region: Region) -> tuple[str, ...]:
    if _is_everywhere(offer, region):
        return tuple(region.by_code)
    named = {code for code in (*offer.places, _place_of(offer)) if code in region.by_code}
    named |= {region.by_code[code].parent for code in named} - {""}
    # An address known only by its municipality may lie in any of the districts: unknown is not no.
    loose = {code for code in named if code in offer.places or code == _place_of(offer)}
    named |= {place.code for place in region.places if place.parent in loose}
    return tuple(code for code in region.by_code if code in named)


def _is_everywhere(offer: Offer, region: Region) -> bool:
    afar = {Format.ONLINE, Format.PHONE} & set(offer.formats)
    return region.code in offer.places or bool(afar and not offer.places)


def _card(offer: Offer, region: Region, place: str) -> Card:
    phones = [contact.value for contact in offer.contacts if contact.kind == ContactKind.PHONE]
    return Card(
        id=offer.id,
        texts={text.language: (text.title, text.summary) for text in offer.texts},
        text_origins={
            text.language: "outdated" if offers.is_outdated(offer, text) else str(text.origin) for text in offer.texts
        },
        provider=offer.provider.name if offer.provider else "",
        provider_id=offer.provider_id,
        topics=offer.topics,
        place=place,
        whole_region=region.code in offer.places,
        online=Format.ONLINE in offer.formats,
        cost={
            "kind": str(offer.cost_kind),
            "cents": offer.cost_cents,
            "period": str(offer.cost_period),
            "words": offer.cost_words,
        },
        schedule=tuple(slot_to_plain(slot) for slot in offer.schedule),
        levels=offer.levels_taught,
        level_required=offer.level_required,
        languages=tuple(spoken.tag for spoken in offer.languages),
        childcare=str(offer.childcare),
        women_only=str(offer.women_only),
        wheelchair=str(offer.wheelchair),
        registration_needed=str(offer.registration_needed),
        free_places=offer.free_places,
        waiting=offer.waiting,
        capacity_as_of=_iso(offer.capacity_as_of),
        starts_on=_iso(offer.starts_on),
        register_by=_iso(offer.register_by),
        checked_on=_iso(offer.checked_on),
        checked_how=offer.checked_how,
        doubted=is_doubted(offer.checked_on, offer.call_first_since),
        phone=phones[0] if phones else "",
        source=offer.source or "",
        source_key=offer.source_key or "",
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
