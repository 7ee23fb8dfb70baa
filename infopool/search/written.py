"""How a word of the index is written: as an offer has it, or as the dictionary does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from infopool.languages import BY_TAG, SOURCE_LANGUAGE
from infopool.paths import VOCABULARY
from infopool.search import compiled, text, translating
from infopool.search.documents import Card
from infopool.search.query import Term


def in_offer(term: Term, card: Card) -> str:
    """A word of the offer's title or summary that the term stands for, or a German word for it; empty when neither is
    known. A whole word is preferred to a compound that holds it."""
    within = ""
    for word in _words(card, term.space):
        terms = text.index_terms(word, term.space)
        if terms and terms[0] == term.text:
            return word
        if not within and term.text in terms:
            within = word
    return within or (german_word(term.text) if term.space == SOURCE_LANGUAGE else "")


def _words(card: Card, space: str) -> Iterator[str]:
    for tag, texts in card.texts.items():
        if _reads(tag, space):
            for part in texts:
                yield from text.words(part)


def _reads(tag: str, space: str) -> bool:
    """Whether texts of this tag are searched in that language: easy German is German."""
    language = BY_TAG.get(tag)
    return space == (language.text_tag if language else tag)


def german_word(stem: str) -> str:
    """The German word with this stem as the dictionary writes it; empty when it has none."""
    return _german_words().get(stem, "")


@cache
def _german_words() -> Mapping[str, str]:
    return compiled.kept("german-words", _read)


def _read() -> dict[str, str]:
    """Stem -> the shortest word with it: Anmeldung rather than Anmeldungen."""
    found: dict[str, str] = {}
    for path in sorted((VOCABULARY / "dictionary").glob("*.tsv")):
        for word in translating.german_words(path):
            stem = next(iter(text.word_terms(word, SOURCE_LANGUAGE)), "")
            if stem and (stem not in found or len(word) < len(found[stem])):
                found[stem] = word
    return found
