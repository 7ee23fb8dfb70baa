"""Whose word it is: a word of one language must not be taken for one of another that only looks alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from infopool.search import text
from infopool.search.concepts import Terms
from infopool.search.draft import SHORT_STEM, Draft, likely
from infopool.search.languages.german import inflect_alike
from infopool.search.languages.stopping import FUNCTION, stop_words
from infopool.search.matching import Match, Read, read
from infopool.search.text import Token

FEW_WORDS = 4
MOST_LANGUAGES = 5
LONGEST_ENDING = 3
"""Letters by which forms of one word differ at most, where endings are short: "Woche" is no "Wochenende"."""

_ENDINGS_ARE_SHORT = frozenset({"de", "en", "fr", "it", "es"})
"""In the other languages long endings, and stems of two letters, are ordinary."""


def matches(draft: Draft, positions: Sequence[int]) -> Iterator[Match]:
    """One after the other, the runs among the words at these positions that stand for concepts, without false friends.
    Their start and end count these positions."""
    tokens = [draft.tokens[at] for at in positions]
    return draft.vocabulary.matches(
        [token.text for token in tokens],
        _languages(draft),
        lambda match: is_credible(draft, match, tokens[match.start : match.end]),
    )


def _languages(draft: Draft) -> tuple[str, ...]:
    """The languages looked at: all for short queries; for longer ones, which say more of their language, the likeliest,
    fewer when it is sure, and always the reader's and German."""
    if len(draft.tokens) <= FEW_WORDS:
        return draft.languages
    kept = {*draft.languages[: 2 if draft.sure else MOST_LANGUAGES], draft.asked.language, "de"}
    return tuple(tag for tag in draft.languages if tag in kept)


def is_credible(draft: Draft, match: Match, tokens: Sequence[Token]) -> bool:
    """Whether some words stand for what one language calls so, and do not only look alike.

    Several words together are hardly ever a chance. A single one is none when it is empty in the language itself, in
    the likeliest or in the reader's (German "finde" is no Spanish weekend); one that people ask with must be written
    nearly as in the vocabulary (German "brauchen" is no custom). In a language that is neither of these a word must be
    written almost as in the vocabulary, mean something there for certain, and belong to no other.
    """
    if match.end - match.start > 1:
        return True
    token = tokens[0]
    own = likely(draft, token)
    if any(_is_empty(token, tag) for tag in (match.language, *own)) or _only_asks(draft, token, match.language):
        return False
    word = read(token.text, match.language)
    differs = draft.vocabulary.terms[match.language].differs(word)
    if any(read(token.text, tag).empty for tag in (match.language, *own)):
        inflects = match.language not in _ENDINGS_ARE_SHORT and len(word.stem) > SHORT_STEM
        return match.language in own and (not differs or (differs == 1 and inflects))
    if match.language in own:
        if match.language == "de" and differs:
            return any(inflect_alike(word.folded, term) for term in draft.vocabulary.terms["de"].spelled(word.stem))
        return not differs or match.language not in _ENDINGS_ARE_SHORT or _is_form(word, differs)
    return _is_borrowed(draft, match, token, not differs or (_is_form(word, differs + 1) and not draft.sure))


def _is_form(word: Read, differs: int) -> bool:
    """Whether a word that differs by so many letters from a term with its stem may be a form of it."""
    return len(word.stem) > SHORT_STEM and differs <= LONGEST_ENDING


def _is_empty(token: Token, language: str) -> bool:
    return text.fold(token.text, language) in stop_words(language, FUNCTION)


def _only_asks(draft: Draft, token: Token, language: str) -> bool:
    """Whether a word is one that people ask with, and another says what for."""
    return read(token.text, language).empty and not all(read(other.text, language).empty for other in draft.tokens)


def _is_borrowed(draft: Draft, match: Match, token: Token, alike: bool) -> bool:
    """Whether a word of a language that is not the query's may be meant all the same."""
    own = likely(draft, token)
    if not alike or any(read(token.text, tag).empty for tag in own):
        return False
    if match.language == "de":
        return not draft.sure or len(token.text) > SHORT_STEM + 1
    if draft.sure or match.meanings[0][1] < 1 or len(token.text) <= SHORT_STEM:
        return False
    known = dict.fromkeys([*own, *(["de"] if token.script == "Latn" else [])])
    return not any(_knows(draft, tag, token) for tag in known)


def _knows(draft: Draft, language: str, token: Token) -> bool:
    word = read(token.text, language)
    terms: Terms | None = draft.vocabulary.terms.get(language)
    return bool(terms and terms.writes(word.folded)) or draft.lexicon.knows(language, word.stem)
