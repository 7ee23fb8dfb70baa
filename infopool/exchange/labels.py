"""The words for codes: what a facet, a value, a piece of a query and a reason are called in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from infopool import catalogues, languages
from infopool.directory import schedules
from infopool.directory.columns import slot_from_plain
from infopool.directory.facts import AUDIENCES, COSTS, FORMATS, PROVIDER_KINDS, RESIDENCE, TIMES, CostKind, Format
from infopool.directory.regions import Region
from infopool.directory.topics import BY_CODE
from infopool.languages import name_of
from infopool.messages import N_, Message, Translator
from infopool.search.documents import Card
from infopool.search.query import Kind, Understood
from infopool.search.results import Reason, ReasonKind


class ConceptNames(Protocol):
    """What we need of the vocabulary: the word for a concept in a language."""

    def label(self, code: str, language: str) -> str: ...


FACET_LABELS: dict[str, str] = {
    "topic": N_("Topic"),
    "place": N_("Place"),
    "language": N_("Language spoken"),
    "level": N_("German level"),
    "cost": N_("Cost"),
    "format": N_("On site or from home"),
    "time": N_("When"),
    "childcare": N_("Childcare"),
    "women_only": N_("For women only"),
    "wheelchair": N_("Wheelchair access"),
    "residence": N_("Residence status"),
    "audience": N_("For whom"),
    "provider": N_("Provider"),
}
"""What each facet is called above its values."""

YES_LABELS: dict[str, str] = {
    "childcare": N_("with childcare"),
    "women_only": N_("for women only"),
    "wheelchair": N_("accessible by wheelchair"),
    "registration_needed": N_("with registration"),
}
"""What ticking a yes-or-no facet says."""

NO_LABELS: dict[str, str] = {
    "childcare": N_("without childcare"),
    "women_only": N_("not only for women"),
    "wheelchair": N_("not accessible by wheelchair"),
    "registration_needed": N_("without registration"),
}
"""What the offers say that answer such a question with no."""

LIMITED = N_("with limits; please ask")

_ANSWERS = {"yes": YES_LABELS, "no": NO_LABELS, "limited": dict.fromkeys(YES_LABELS, LIMITED)}

NO_GERMAN = N_("no German yet")
"""Level A0."""

_TABLES: dict[str, Mapping[str, str]] = {
    "cost": COSTS,
    "format": FORMATS,
    "time": TIMES,
    "residence": RESIDENCE,
    "audience": AUDIENCES,
}

REASONS: dict[ReasonKind, str] = {
    ReasonKind.WORD: N_("It contains “%(label)s”."),
    ReasonKind.CONCEPT: N_("It is about: %(label)s."),
    ReasonKind.PLACE: N_("It is in or near %(label)s."),
    ReasonKind.WISH: N_("It fits what you wished for: %(label)s."),
    ReasonKind.LANGUAGE: N_("They speak %(label)s."),
    ReasonKind.DIFFERS: N_("You wished for “%(label)s”. Here this is different."),
}
"""Why an offer was found, as a sentence about it."""


def _times(card: Card) -> Sequence[str]:
    return schedules.times_of_day(tuple(slot_from_plain(dict(plain)) for plain in card.schedule))


def _cost(card: Card) -> Sequence[str]:
    kind = str(card.cost.get("kind", CostKind.UNKNOWN))
    return () if kind == CostKind.UNKNOWN else (kind,)


def _nothing(card: Card) -> Sequence[str]:
    return ()


OFFERED: dict[str, Callable[[Card], Sequence[str]]] = {
    "time": _times,
    "cost": _cost,
    "level": lambda card: card.levels,
    "language": lambda card: card.languages,
    "format": lambda card: (Format.ONLINE,) if card.online else (),
    "childcare": lambda card: (card.childcare,),
    "women_only": lambda card: (card.women_only,),
    "wheelchair": lambda card: (card.wheelchair,),
}
"""Fact -> what a card says about it, for telling how an offer differs from a wish."""

WORD_FOR_WORD = N_("You wrote “%(typed)s”. It contains “%(label)s”.")
SOME_WORD_FOR_WORD = N_("It fits “%(label)s”.")
"""Where a word was translated and nobody knows how the offer writes it."""

CONCEPT_FROM_WORDS = N_("You wrote “%(typed)s”. It is about: %(label)s.")
DIFFERS_BY = N_("Here it is “%(offered)s” instead of “%(label)s”.")
ASK = N_("%(facet)s: nothing is said about it. Please ask.")


def topic_label(code: str, translator: Translator) -> str:
    """What a topic is called; an unknown code stands for itself."""
    topic = BY_CODE.get(code)
    return translator.gettext(topic.label) if topic else code


def level_label(level: str, translator: Translator) -> str:
    """`A2` as it is; A0 in words, because nobody but teachers knows the code."""
    return translator.gettext(NO_GERMAN) if level == "A0" else level


def facet_name(facet: str, translator: Translator) -> str:
    """What a facet is called; an unknown one stands for itself."""
    return translator.gettext(FACET_LABELS[facet]) if facet in FACET_LABELS else facet


@dataclass(frozen=True)
class Labels:
    """Everything needed to name codes for one reader."""

    translator: Translator
    language: str
    """The reader's language."""
    region: Region
    concepts: ConceptNames
    provider_name: Callable[[str], str] = str
    """A provider's name by its id as the facet holds it."""

    def place(self, code: str) -> str:
        """A place's or the whole region's name; an unknown code stands for itself."""
        if code == self.region.code:
            return self.region.name
        place = self.region.by_code.get(code)
        return place.name if place else code

    def facet(self, name: str) -> str:
        """What a facet is called above its values."""
        return facet_name(name, self.translator)

    def value(self, facet: str, value: str) -> str:
        """What one value of a facet is called; an unknown one stands for itself."""
        if facet == "topic":
            return topic_label(value, self.translator)
        if facet == "place":
            return self.place(value)
        if facet == "language":
            return name_of(value, self.language)
        if facet == "level":
            return level_label(value, self.translator)
        if facet == "provider":
            return self.provider_name(value) or value
        return self._fact(facet, value)

    def _fact(self, facet: str, value: str) -> str:
        words = _TABLES.get(facet, {}).get(value) or _ANSWERS.get(value, {}).get(facet)
        return self.translator.gettext(words) if words else value

    def provider_kind(self, kind: str) -> str:
        """What a kind of provider is called."""
        return self.translator.gettext(PROVIDER_KINDS[kind]) if kind in PROVIDER_KINDS else kind

    def concept(self, code: str, typed: str = "") -> str:
        """What a concept of the vocabulary is called; without a word for it what was typed, else its code."""
        return self.concepts.label(code, self.language) or typed or code

    def understood(self, piece: Understood) -> str:
        """What a piece of the query was understood as."""
        if piece.kind == Kind.PLACE:
            return self.place(piece.id)
        if piece.kind == Kind.LEVEL:
            return level_label(piece.id, self.translator)
        if piece.kind == Kind.LANGUAGE:
            return name_of(piece.id.removeprefix("lang-"), self.language)
        if piece.kind in (Kind.CONCEPT, Kind.WISH):
            return self.concept(piece.id, piece.typed)
        return piece.id or piece.typed

    def reason(self, reason: Reason) -> str:
        """The few words of a reason, as a chip beside a result shows it."""
        if reason.facet:
            return self.value(reason.facet, reason.id)
        if reason.kind == ReasonKind.PLACE:
            return self.place(reason.id)
        if reason.kind == ReasonKind.LANGUAGE:
            return name_of(reason.id.removeprefix("lang-"), self.language)
        if reason.kind == ReasonKind.WORD:
            return reason.typed or reason.id
        return self.concept(reason.id, reason.typed)

    def reason_sentence(self, reason: Reason, card: Card) -> str:
        """A reason as a whole sentence about the offer it belongs to."""
        label = self.reason(reason)
        offered = self.offered(reason.facet, card) if reason.kind == ReasonKind.DIFFERS else ""
        if offered and offered != label:
            return self._say(DIFFERS_BY, label=label, offered=offered)
        if reason.kind == ReasonKind.WORD and reason.typed and not reason.id:
            return self._say(SOME_WORD_FOR_WORD, label=label)
        if reason.stands_for_another:
            return self._say(WORD_FOR_WORD, label=reason.id, typed=reason.typed)
        if reason.kind == ReasonKind.CONCEPT and reason.typed and reason.typed.casefold() != label.casefold():
            return self._say(CONCEPT_FROM_WORDS, label=label, typed=reason.typed)
        return self._say(REASONS[reason.kind], label=label)

    def ask_sentence(self, facet: str) -> str:
        """That an offer does not say anything about a ticked facet."""
        return self._say(ASK, facet=self.facet(facet))

    def offered(self, facet: str, card: Card) -> str:
        """What an offer has for a fact in which it differs from a wish; empty when its card does not say."""
        values = OFFERED.get(facet, _nothing)(card)
        return ", ".join(self.value(facet, value) for value in values if value != "unknown")

    def page_of(self, offer_id: int) -> str:
        """The address of an offer's page on this server. Pages exist in the offered languages only; a reader of another
        one gets a page that is there."""
        language = languages.find(self.language)
        tag = language.tag if language and language.offered else languages.SOURCE_LANGUAGE
        return f"/{tag}/offers/{offer_id}"

    def _say(self, sentence: str, **values: str) -> str:
        return Message(sentence, values).render(self.translator)


class NoWords:
    """A vocabulary without a word, for who needs labels of facts only."""

    def label(self, code: str, language: str) -> str:
        """Nothing."""
        return ""


def german(region: Region) -> Labels:
    """The labels of facts in German, as files for other programs carry them."""
    return Labels(catalogues.translator("de"), "de", region, NoWords())
