"""The words of a query that no concept explains, and whether anybody knows them: the page must not pretend."""

from __future__ import annotations

from infopool.languages import SOURCE_LANGUAGE
from infopool.search import compounds, expanding, written
from infopool.search.draft import Draft, is_empty, likely
from infopool.search.languages.table import BY_TAG
from infopool.search.matching import read
from infopool.search.query import Leftover
from infopool.search.text import Token

MOST_GERMAN = 2
"""German words named for one typed."""


def leftovers(draft: Draft) -> tuple[Leftover, ...]:
    """The words nothing was made of, without empty ones, numbers and single letters, in their order."""
    return tuple(_leftover(draft, at, draft.tokens[at]) for at in draft.free if _says_something(draft, at))


def _says_something(draft: Draft, at: int) -> bool:
    word = draft.tokens[at]
    return not is_empty(draft, at) and not word.text.isdecimal() and (len(word.text) > 1 or not word.script)


def _leftover(draft: Draft, at: int, token: Token) -> Leftover:
    typed = draft.text[token.start : token.end]
    held = at in draft.held
    german = _german(draft, token) if held else ()
    return Leftover(typed, token.start, token.end, held or _is_known(draft, token), held, german)


def _german(draft: Draft, token: Token) -> tuple[str, ...]:
    """The likeliest German words that stand for it in offers, where no offer holds the word itself."""
    if any(draft.lexicon.knows(tag, read(token.text, tag).stem) for tag in expanding.spaces(draft, token)):
        return ()
    terms = [term for term, _ in expanding.translated(draft, token)]
    held = [term for term in terms if draft.lexicon.knows(SOURCE_LANGUAGE, term)]
    return tuple(filter(None, map(written.german_word, held or terms)))[:MOST_GERMAN]


def _is_known(draft: Draft, token: Token) -> bool:
    """Whether some language the word may be in has it in its vocabulary, as an empty word or with a translation."""
    return any(_knows(draft, token, tag) for tag in draft.languages if token.script in BY_TAG[tag].scripts)


def _knows(draft: Draft, token: Token, language: str) -> bool:
    word = read(token.text, language)
    terms, translations = draft.vocabulary.terms.get(language), draft.vocabulary.translations
    if (terms and terms.means(word)) or translations.knows(word.stem, language):
        return True
    mine = language in likely(draft, token)
    if mine and (word.empty or (terms and terms.knows(word.stem)) or translations.nearly(word.stem, language)):
        return True
    return language == "de" and (word.folded in compounds.counted() or bool(compounds.parts(word.folded)))
