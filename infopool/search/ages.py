"""How old somebody is, read out of a query: "my daughter is 14" asks for what there is for young people."""

from __future__ import annotations

from infopool.search import text
from infopool.search.draft import Draft, is_empty
from infopool.search.languages.word_lists import listed
from infopool.search.query import CONCEPT, Kind, Term, Word

AGE, SINCE, PERSON = "age", "since", "person"
"""Kinds of words: years of a life, what makes years a time that passed, and what stands before an age without years."""

AUDIENCES: tuple[tuple[int, tuple[tuple[str, float], ...]], ...] = (
    (3, (("children", 1.0), ("parents", 0.5))),
    (12, (("children", 1.0),)),
    (13, (("children", 0.7), ("youth", 0.7))),
    (17, (("youth", 1.0), ("children", 0.4))),
    (26, (("youth", 0.6),)),
    (59, ()),
    (99, (("seniors", 1.0),)),
)
"""Up to this age: the concepts of the people, and how likely what there is for them is meant. Nearly the bounds of the
youth services (SGB VIII § 7: child under 14, young person under 18, young adult under 27); at 13 both are meant."""
AUDIENCE = "audience"
"""The kind of concepts that are people."""
BOOST = 0.5
"""What an age counts beside what is looked for."""


def age_words(draft: Draft) -> list[Word]:
    """For each age said, those it is the age of. The numbers are then not searched."""
    words: list[Word] = []
    for at in draft.free:
        age = _age(draft, at)
        if age is not None:
            draft.taken.add(at)
            terms = next(terms for most, terms in AUDIENCES if age <= most)
            known = tuple(Term(CONCEPT, code, share) for code, share in terms if draft.lexicon.knows(CONCEPT, code))
            if known:
                words.append(Word(draft.tokens[at].text, known, BOOST, faint=True))
    return words


def _age(draft: Draft, at: int) -> int | None:
    """The age a word says, or None: a number of one or two digits with years behind it, or with a person before it and
    nothing that it counts behind it."""
    digits = text.fold(draft.tokens[at].text)
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 2):
        return None
    languages = draft.languages[:2]
    before = draft.tokens[at - 1].text if at else ""
    behind = [token.text for token in draft.tokens[at + 1 : at + 3]]
    if any(_is(before, tag, SINCE) for tag in languages):
        return None
    if any(_is(word, tag, AGE) for word in behind for tag in languages):
        return int(digits)
    of_somebody = any(_is(before, tag, PERSON) for tag in languages) or _is_people(draft, at - 1)
    return int(digits) if of_somebody and _counts_nothing(draft, at) else None


def _is_people(draft: Draft, at: int) -> bool:
    """Whether a word was understood as people: my daughter 4."""
    ends = draft.tokens[at].end if at >= 0 else -1
    pieces = (piece.id for piece in draft.understood if piece.kind == Kind.CONCEPT and piece.end == ends)
    return any(draft.vocabulary.concepts[code].kind == AUDIENCE for code in pieces)


def _counts_nothing(draft: Draft, at: int) -> bool:
    """Whether no word that says something stands behind a number: the query ends with it, a sign parts it from the
    next word, or that one is empty."""
    if at + 1 == len(draft.tokens) or is_empty(draft, at + 1):
        return True
    return bool(draft.text[draft.tokens[at].end : draft.tokens[at + 1].start].strip())


def _is(word: str, language: str, kind: str) -> bool:
    return text.fold(word, language) in listed("age_words.tsv", language, kind)
