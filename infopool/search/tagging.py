"""Which concepts an offer is about: from its topics and from the words of its texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from infopool.directory import topics as all_topics
from infopool.search import compounds, text
from infopool.search.languages.german import inflect_alike
from infopool.search.languages.stopping import empty_words

if TYPE_CHECKING:
    from infopool.search.concepts import Terms, Vocabulary

TITLE, SUMMARY, REST = 1.0, 0.8, 0.5
"""How strongly a concept found in the title, the summary, or anywhere else says what an offer is about."""
TOPIC = 1.0
TOPIC_ABOVE = 0.6
PARENT = 0.5
"""What a broader concept gets of a narrower one's strength."""
PART = 0.6
"""What a part of a compound gets of the strength of a word of its own."""
OFF_TOPIC = 0.5
"""The factor for a concept found outside the title that belongs to none of the offer's topics."""
OTHER_MEANING = 0.4
"""The factor for the meanings of an ambiguous word that the offer's topics do not speak for."""
LEAST = 0.1
"""Weaker concepts are not kept."""

AUDIENCES = {
    "women": "women",
    "men": "men",
    "parents": "parents",
    "children": "children",
    "youth": "youth",
    "seniors": "seniors",
    "refugees": "refugees",
    "eu-citizens": "eu-citizens",
    "trainees": "apprentices",
    "jobseekers": "job-seekers",
    "disability": "disability",
    "families": "family",
    "queer": "lgbtq",
}
"""Audience of an offer -> the concept of the same people."""
AUDIENCE = 0.6


def tag(
    vocabulary: Vocabulary,
    texts: Mapping[str, tuple[str, str, str]],
    topics: Sequence[str],
    facets: Mapping[str, Sequence[str]],
) -> dict[str, float]:
    """Concept code -> strength, above 0 up to 1. German texts decide where there is one; else every text does."""
    found = _from_facts(vocabulary, topics, facets)
    for language in ["de"] if "de" in texts else list(texts):
        terms = vocabulary.terms.get(language)
        if terms is not None:
            for part, strength in zip(texts[language], (TITLE, SUMMARY, REST), strict=True):
                _add_text(found, vocabulary, terms, part, strength, topics)
    _add_parents(found, vocabulary)
    return {code: round(strength, 3) for code, strength in found.items() if strength >= LEAST}


def _from_facts(vocabulary: Vocabulary, topics: Sequence[str], facets: Mapping[str, Sequence[str]]) -> dict[str, float]:
    found = dict.fromkeys(topics, TOPIC)
    for topic in topics:
        if topic in all_topics.BY_CODE and all_topics.BY_CODE[topic].parent:
            _raise(found, all_topics.BY_CODE[topic].parent, TOPIC_ABOVE)
    for level in facets.get("level", ()):
        _raise(found, f"level-{level.lower()}", TOPIC)
    audiences = facets.get("audience", ())
    if len(audiences) <= 3:  # more means everybody
        for audience in audiences:
            _raise(found, AUDIENCES.get(audience, audience), AUDIENCE)
    return {code: strength for code, strength in found.items() if code in vocabulary.concepts}


def _raise(found: dict[str, float], code: str, strength: float) -> None:
    if strength > found.get(code, 0.0):
        found[code] = strength


def _add_text(
    found: dict[str, float], vocabulary: Vocabulary, terms: Terms, part: str, strength: float, topics: Sequence[str]
) -> None:
    words = [_read(word, terms) for word in text.words(part)]
    for meanings, share in _spots(words, terms):
        for code, likelihood in _decided(meanings, vocabulary, topics):
            off = strength < TITLE and not _fits(vocabulary, code, topics)
            _raise(found, code, strength * likelihood * share * (OFF_TOPIC if off else 1.0))


Meanings = tuple[tuple[str, float], ...]

Word = tuple[str, str, int, tuple[Meanings, ...], str]
"""Folded, stem, words of the longest term that begins with it, the meanings of its parts if it is a compound, and the
word as it stands."""

MEMORY = 200_000


def _read(word: str, terms: Terms) -> Word:
    known = terms.seen.get(word)
    if known is None:
        if len(terms.seen) >= MEMORY:
            terms.seen.clear()
        folded = text.fold(word, terms.language)
        stem = text.stem(folded, terms.language)
        known = terms.seen[word] = folded, stem, terms.reach(stem), _parts(folded, terms), word
    return known


def _spots(words: list[Word], terms: Terms) -> list[tuple[Meanings, float]]:
    """What is found from left to right, longest first; compounds nobody filed are read by their parts."""
    spots: list[tuple[Meanings, float]] = []
    skip = 0
    for at, (_, _, reach, parts, _) in enumerate(words):
        if skip:
            skip -= 1
            continue
        meanings, length = _at(words, at, terms) if reach else ((), 1)
        if meanings:
            spots.append((meanings, 1.0))
            skip = length - 1
        elif parts:
            spots += [(part, PART) for part in parts]
    return spots


def _at(words: list[Word], at: int, terms: Terms) -> tuple[Meanings, int]:
    for length in range(min(words[at][2], len(words) - at), 0, -1):
        run = words[at : at + length]
        meanings = terms.meanings([word[1] for word in run], " ".join(word[0] for word in run))
        if meanings and (length > 1 or _says_it_alone(run[0], terms)):
            return meanings, length
    return (), 1


def _says_it_alone(word: Word, terms: Terms) -> bool:
    """Whether one word is the term that has its stem. An empty one ("free" is none, "for" is) says nothing, even when a
    term is made of it."""
    folded, stem, _, _, typed = word
    if folded in empty_words(terms.language):
        return False
    return terms.language != "de" or any(_is_form_of(term, typed, folded) for term in terms.terms_of(stem))


def _is_form_of(term: str, typed: str, folded: str) -> bool:
    """Whether a German word of a text is a form of a term. Nouns begin with a capital, so "hört" is no Hort, and "fest"
    no Fest; "schwimmen" is Schwimmen all the same."""
    if typed[:1].islower() and term[:1].isupper():
        return typed == term.lower() and typed.endswith("n")
    return inflect_alike(folded, text.fold(term, "de"))


def _parts(folded: str, terms: Terms) -> tuple[Meanings, ...]:
    """The concepts in the parts of a German compound, and in the parts of its parts."""
    if terms.language != "de" or len(folded) < compounds.SHORTEST:
        return ()
    meanings = (terms.meanings([stem]) for stem in text.part_stems(folded, "de"))
    return tuple(found for found in meanings if found)


def _decided(meanings: Meanings, vocabulary: Vocabulary, topics: Sequence[str]) -> Meanings:
    """Of several meanings those that fit the offer's topics, in full; the others faintly."""
    if len(meanings) < 2:
        return meanings
    fitting = [code for code, _ in meanings if _fits(vocabulary, code, topics)]
    if not fitting:
        return meanings
    return tuple((code, 1.0 if code in fitting else likelihood * OTHER_MEANING) for code, likelihood in meanings)


def _fits(vocabulary: Vocabulary, code: str, topics: Sequence[str]) -> bool:
    own = vocabulary.concepts[code].topics
    return not own or any(topic in topics for topic in own)


def _add_parents(found: dict[str, float], vocabulary: Vocabulary) -> None:
    for code, strength in list(found.items()):
        parent = vocabulary.concepts[code].parent
        while parent and (strength := strength * PARENT) >= LEAST:
            _raise(found, parent, strength)
            parent = vocabulary.concepts[parent].parent
