"""A query half understood: its words, what was made of them, and the languages they may be in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from infopool.search import text
from infopool.search.concepts import Vocabulary
from infopool.search.gazetteer import Gazetteer
from infopool.search.languages.stopping import TELLING, stop_words
from infopool.search.languages.table import BY_TAG, languages_of
from infopool.search.matching import MEMORY, read
from infopool.search.query import Asked, Kind, Near, Understood, Wish, Word
from infopool.search.spelling import Lexicon
from infopool.search.text import Token
from infopool.search.translating import German

READER_FIRST = 1.5
GERMAN_NEXT = 0.5
"""How much the reader's language, and German, are believed beforehand, in words."""

SHORT_STEM = 3
"""A stem of so few letters is shared by too many words: only the word as it is written in the vocabulary counts."""
SURE_FROM = 3
SURE = 0.6
"""So many of the words, and such a share of them, a language must know before the query is surely in it."""


@dataclass
class Draft:
    """What has been understood so far."""

    asked: Asked
    text: str
    tokens: list[Token]
    vocabulary: Vocabulary
    gazetteer: Gazetteer
    lexicon: Lexicon
    languages: tuple[str, ...] = ()
    """The languages the words may be in, likeliest first."""
    sure: bool = False
    """Whether so many words are of the likeliest language that a single word of another is a chance."""
    guessed: frozenset[int] = frozenset()
    """Positions of words that were mended; the correction says so, what follows from it counts as typed."""
    taken: set[int] = field(default_factory=set)
    held: set[int] = field(default_factory=set)
    """Positions of words that are searched as they are, or with others, and that some offer holds."""
    words: list[Word] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    understood: list[Understood] = field(default_factory=list)
    near: Near | None = None
    likely: dict[str, list[str]] = field(default_factory=dict)
    """Words -> the languages they are likely in; asked for again and again, as are ..."""
    german: dict[str, German] = field(default_factory=dict)
    """... the German words for them."""

    @property
    def free(self) -> list[int]:
        """Positions of the words nothing was made of yet."""
        return [at for at in range(len(self.tokens)) if at not in self.taken]

    def note(self, kind: Kind, code: str, positions: Sequence[int], exact: bool = True) -> Understood:
        """Remember what was made of some words, which are then taken."""
        first, last = self.tokens[positions[0]], self.tokens[positions[-1]]
        exact = exact and kind != Kind.CORRECTION
        piece = Understood(kind, code, self.text[first.start : last.end], first.start, last.end, exact)
        self.understood.append(piece)
        self.taken.update(positions)
        return piece


def find_languages(draft: Draft) -> None:
    """Find the languages the words may be in: all that are written in their scripts, those first that know most of
    them, the reader's own language believed beforehand. No single guess: all of them are looked up."""
    scripts = {token.script for token in draft.tokens}
    candidates = dict.fromkeys(
        tag for script in ("Latn", "Cyrl", "Arab", "Ethi") for tag in _written_in(script, scripts)
    )
    reader = BY_TAG.get(draft.asked.language)
    known = {tag: _evidence(draft, tag) for tag in candidates}
    evidence: dict[str, float] = {**known}
    if reader and reader.tag in evidence:
        evidence[reader.tag] += READER_FIRST
    if "de" in evidence:
        evidence["de"] += GERMAN_NEXT
    draft.likely.clear()
    draft.german.clear()
    draft.languages = tuple(sorted(candidates, key=lambda tag: -evidence[tag]))
    if draft.languages:
        most = known[draft.languages[0]]
        draft.sure = most >= SURE_FROM and most >= SURE * len(draft.tokens)
    if reader and any(is_readers_in_latin(draft, token) for token in draft.tokens):
        draft.languages = (reader.tag, *(tag for tag in draft.languages if tag != reader.tag))


def _written_in(script: str, scripts: set[str]) -> tuple[str, ...]:
    return languages_of(script) if script in scripts else ()


def _evidence(draft: Draft, language: str) -> int:
    """How many of the words the language knows, as empty words or in its vocabulary."""
    remembered = draft.vocabulary.words_of[language]
    scripts = BY_TAG[language].scripts
    known = 0
    for token in draft.tokens:
        if token.script in scripts:
            is_known = remembered.get(token.text)
            if is_known is None:
                if len(remembered) >= MEMORY:
                    remembered.clear()
                is_known = remembered[token.text] = _knows(draft.vocabulary, token.text, language)
            known += is_known
    return known


def _knows(vocabulary: Vocabulary, typed: str, language: str) -> bool:
    word, terms = read(typed, language), vocabulary.terms.get(language)
    in_terms = terms and (terms.knows(word.stem) if len(word.stem) > SHORT_STEM else terms.writes(word.folded))
    return word.empty or bool(in_terms) or vocabulary.translations.knows(word.stem, language)


def is_readers_in_latin(draft: Draft, token: Token) -> bool:
    """Whether a word in Latin letters stands so in the vocabulary of a reader whose language has another script (kar,
    shoghl), and is no German one."""
    reader = BY_TAG.get(draft.asked.language)
    if token.script != "Latn" or reader is None or "Latn" in reader.scripts:
        return False
    word, german = read(token.text, reader.tag), draft.vocabulary.terms.get("de")
    terms = draft.vocabulary.terms.get(reader.tag)
    known = word.empty or bool(terms and terms.writes(word.folded))
    return known and not (german and german.writes(text.fold(token.text, "de")))


def likely(draft: Draft, token: Token) -> list[str]:
    """The likeliest language of a word's script, and the reader's if it is written in it."""
    known = draft.likely.get(token.text)
    if known is None:
        known = draft.likely[token.text] = _likely(draft, token)
    return known


def _likely(draft: Draft, token: Token) -> list[str]:
    if is_readers_in_latin(draft, token):
        return [draft.asked.language]
    in_script = [tag for tag in draft.languages if token.script in BY_TAG[tag].scripts]
    return [tag for tag in in_script if tag in (in_script[0], draft.asked.language)]


def is_empty(draft: Draft, at: int) -> bool:
    """Whether a word says nothing in a language it is likely in, beside others that do."""
    token = draft.tokens[at]
    return not text.fold(token.text) or any(_says_nothing(draft, token, tag) for tag in likely(draft, token))


def _says_nothing(draft: Draft, token: Token, language: str) -> bool:
    word = read(token.text, language)
    return word.empty or (len(draft.tokens) > 1 and word.folded in stop_words(language, TELLING))
