"""What is tried for a word that nobody knows: layers, from the safest guess to the boldest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from infopool.search import belonging, compounds, text
from infopool.search.concepts import Terms, read
from infopool.search.draft import Draft, likely
from infopool.search.languages.table import BY_TAG
from infopool.search.query import CONCEPT, Kind, Term
from infopool.search.spelling import ByLength, distance, edits
from infopool.search.text import Token

PREFIX_FROM = 3
"""Letters the beginning of a word needs before it is completed."""
ARABIC_FROM = 6
"""Letters an Arabic word needs before a wrong one is forgiven: without vowels, five letters are shared by too many."""
SLIP_FROM = 7
"""Letters a word of a question needs before a wrong one is forgiven."""
SHORT = 4
"""Words of a query in which all are put right."""
MOST_COMPLETIONS = 8
COMPLETION = 0.6
"""How likely a word that begins with the letters typed is the one meant."""

_NO_SUBJECTS = frozenset({"wish", "language", "level"})
"""Kinds of concepts nobody looks for alone."""


@dataclass(frozen=True)
class Guess:
    """The word searched instead of one nobody knows."""

    written: str
    """As it is shown."""
    shown: bool = True
    """False when it is no guess but another form of the same word."""


def mend(draft: Draft) -> None:
    """Put known words in the place of unknown ones, and note it, so that the page can say so."""
    unknown = [at for at in range(len(draft.tokens)) if is_unknown(draft, at)]
    worth = _is_worth_guessing(draft)
    mended: dict[int, Token] = {}
    for at in unknown:
        layers = () if _is_translated(draft, at) else LAYERS[1:] if worth else IN_QUESTIONS
        layers = (*LAYERS[:1], *layers)
        guess = next((guess for layer in layers if (guess := layer(draft, at))), None)
        if guess:
            mended[at] = replace(draft.tokens[at], text=guess.written)
            if guess.shown:
                draft.note(Kind.CORRECTION, guess.written, [at])
    draft.taken.clear()
    draft.guessed = frozenset(mended)
    draft.tokens = [mended.get(at, token) for at, token in enumerate(draft.tokens)]


def _is_worth_guessing(draft: Draft) -> bool:
    """In a short query every word counts. A question that is understood is not improved by guesses at its other words:
    most of them are ordinary words that happen to be missing from our lists."""
    if len(draft.tokens) <= SHORT:
        return True
    matches = belonging.matches(draft, range(len(draft.tokens)))
    kinds = (draft.vocabulary.concepts[match.meanings[0][0]].kind for match in matches)
    return all(kind in _NO_SUBJECTS for kind in kinds)


def _is_translated(draft: Draft, at: int) -> bool:
    token = draft.tokens[at]
    known = draft.vocabulary.translations
    return any(known.knows(read(token.text, tag).stem, tag) for tag in likely(draft, token))


def is_unknown(draft: Draft, at: int) -> bool:
    """Whether neither a language of its script, nor the index, nor the gazetteer knows the word."""
    token = draft.tokens[at]
    if not token.script or any(map(str.isdecimal, token.text)) or len(token.text) < 3:
        return False
    for language in draft.languages:
        if token.script in BY_TAG[language].scripts:
            word = read(token.text, language)
            terms = draft.vocabulary.terms.get(language)
            if word.empty or (terms and terms.knows(word.stem)) or draft.lexicon.knows(language, word.stem):
                return False
    if token.script == "Latn" and compounds.parts(text.fold(token.text, "de")):
        return False
    return not draft.gazetteer.find([token.text]) and not _completed(draft, at)


def completions(draft: Draft, at: int) -> list[Term]:
    """What the last word typed may be the beginning of, when nobody knows it as a word."""
    if draft.asked.exact or at != len(draft.tokens) - 1 or at in draft.guessed:
        return []
    token = draft.tokens[at]
    known = any(
        draft.lexicon.knows(tag, read(token.text, tag).stem)
        for tag in draft.languages
        if token.script in BY_TAG[tag].scripts
    )
    return [] if known else _completed(draft, at)


def _completed(draft: Draft, at: int) -> list[Term]:
    """Terms that begin with the letters of the last word: concepts of its likely languages, words of the index."""
    token = draft.tokens[at]
    if at != len(draft.tokens) - 1 or len(token.text) < PREFIX_FROM:
        return []
    found: dict[tuple[str, str], Term] = {}
    in_script = [tag for tag in draft.languages if token.script in BY_TAG[tag].scripts][:2]
    for language in dict.fromkeys([*in_script, *(["de"] if token.script == "Latn" else [])]):
        folded = text.fold(token.text, language)
        terms = draft.vocabulary.terms.get(language)
        for code, _ in terms.beginning(folded, 2 * MOST_COMPLETIONS) if terms else ():
            if draft.vocabulary.concepts[code].kind not in _NO_SUBJECTS:
                found.setdefault((CONCEPT, code), Term(CONCEPT, code, COMPLETION))
        for word in draft.lexicon.space(language).beginning(folded, MOST_COMPLETIONS):
            found.setdefault((language, word), Term(language, word, COMPLETION))
    return list(found.values())


_CLITICS = ("وال", "ول", "وب", "و", "ف", "ب", "ك", "ل", "س")
"""Arabic words written together with the next: and, so, in, like, for."""


def _without_clitic(draft: Draft, at: int) -> Guess | None:
    """An Arabic word with a preposition written to it (لتسجيل), if it is known without."""
    word = draft.tokens[at].text
    terms = draft.vocabulary.terms.get("ar") if "ar" in draft.languages else None
    for clitic in _CLITICS if terms else ():
        rest = word.removeprefix(clitic)
        if terms and rest != word and len(rest) >= PREFIX_FROM and terms.knows(read(rest, "ar").stem):
            return Guess(rest, shown=False)
    return None


def _typo_in_place(draft: Draft, at: int) -> Guess | None:
    """The name of a place with a letter wrong."""
    found = draft.gazetteer.find([draft.tokens[at].text], fuzzy=True)
    return Guess(found[0].place.name) if found and found[0].place else None


def _typo_in_vocabulary(draft: Draft, at: int) -> Guess | None:
    """A word of the vocabulary with a letter wrong, in the likeliest languages of its script."""
    token = draft.tokens[at]
    for language in [tag for tag in draft.languages if token.script in BY_TAG[tag].scripts][:2]:
        terms = draft.vocabulary.terms.get(language)
        folded = text.fold(token.text, language)
        if terms is None or not edits(folded) or (token.script == "Arab" and len(folded) < ARABIC_FROM):
            continue
        near = _by_length(terms).nearest(folded)
        if near:
            return Guess(terms.surfaces[near])
    return None


def _slip(draft: Draft, at: int) -> Guess | None:
    """A long word of the likeliest language with one letter wrong, and not the first: safe enough for questions."""
    token = draft.tokens[at]
    if len(token.text) < SLIP_FROM:
        return None
    language = likely(draft, token)[0]
    folded = text.fold(token.text, language)
    terms = draft.vocabulary.terms.get(language)
    near = _by_length(terms).nearest(folded) if terms else None
    if terms and near and near[0] == folded[0] and distance(near, folded) == 1:
        return Guess(terms.surfaces[near])
    return None


def _typo_in_index(draft: Draft, at: int) -> Guess | None:
    """A word of the offers' texts with a letter wrong: in the likeliest language, and in German for its readers."""
    token = draft.tokens[at]
    in_script = [tag for tag in draft.languages if token.script in BY_TAG[tag].scripts][:1]
    for language in in_script:
        stem = read(token.text, language).stem
        near = draft.lexicon.space(language).nearest(stem)
        if near and not _same_beginning(near, stem):
            return Guess(_written(near) if language == "de" else near)
    return None


def _same_beginning(one: str, other: str) -> bool:
    """Whether two stems differ only in their last two letters: forms of one word rather than a mistake."""
    shared = max(len(one), len(other)) - 2
    return one[:shared] == other[:shared]


_BY_LENGTH: dict[int, tuple[Terms, ByLength]] = {}


def _by_length(terms: Terms) -> ByLength:
    """A language's words laid out for finding near ones, made when first needed."""
    known = _BY_LENGTH.get(id(terms))
    if known is None or known[0] is not terms:
        known = _BY_LENGTH[id(terms)] = terms, ByLength(terms.surfaces)
    return known[1]


@cache
def _words_of_stems() -> dict[str, str]:
    """German stem -> the commonest word that has it, for showing what was searched."""
    found: dict[str, tuple[int, str]] = {}
    for word, count in compounds.counted().items():
        stem = text.stem(word, "de")
        found[stem] = max(found.get(stem, (0, "")), (count, word))
    return {stem: word for stem, (_, word) in found.items()}


def _written(stem: str) -> str:
    return _words_of_stems().get(stem, stem)


Layer = Callable[[Draft, int], Guess | None]

LAYERS: tuple[Layer, ...] = (
    _without_clitic,
    _typo_in_place,
    _typo_in_vocabulary,
    _typo_in_index,
)
"""Tried in this order for a word that nobody knows; the first that knows one wins. The first layer only reads forms of
words and is always tried; the others guess."""

IN_QUESTIONS: tuple[Layer, ...] = (_slip,)
"""What is tried instead of the guesses in a question that is understood without them."""
