"""What is tried for a word that nobody knows: layers, from the safest guess to the boldest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from infopool.search import belonging, compounds, hearing, text
from infopool.search.draft import Draft, is_readers_in_latin, likely
from infopool.search.languages.letters import script_of
from infopool.search.languages.table import BY_TAG
from infopool.search.matching import read
from infopool.search.ordinary import is_ordinary
from infopool.search.query import CONCEPT, Kind, Term
from infopool.search.spelling import distance, edits
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
    takes: int = 1
    """How many of the words typed it stands for."""
    shown: bool = True
    """False when it is no guess but another form of the same word."""


_ANYBODYS = frozenset({"de", "en", "fr", "es", "it"})
"""Languages of pages that people read who have another one."""


Layer = Callable[[Draft, int], Guess | None]


def mend(draft: Draft) -> None:
    """Put known words in the place of unknown ones, and note it, so that the page can say so."""
    strange = [at for at in range(len(draft.tokens)) if is_unknown(draft, at) or _may_be_romanised(draft, at)]
    if not strange:
        return
    worth = _is_worth_guessing(draft)
    mended: dict[int, Token] = {}
    gone: set[int] = set()
    for at in strange:
        layers = _layers(draft, at, worth) if at not in draft.taken else ()
        guess = next((guess for layer in layers if (guess := layer(draft, at))), None)
        if guess:
            last = draft.tokens[at + guess.takes - 1]
            script = script_of(guess.written)
            mended[at] = replace(draft.tokens[at], text=guess.written, end=last.end, script=script)
            if guess.shown:
                draft.note(Kind.CORRECTION, guess.written, range(at, at + guess.takes))
            gone.update(range(at + 1, at + guess.takes))
    draft.taken.clear()
    draft.tokens, draft.guessed = _with(draft.tokens, mended, gone)


def _with(tokens: list[Token], mended: dict[int, Token], gone: set[int]) -> tuple[list[Token], frozenset[int]]:
    """The words with the mended ones in their places, and where these now stand."""
    kept = [at for at in range(len(tokens)) if at not in gone]
    places = frozenset(place for place, at in enumerate(kept) if at in mended)
    return [mended.get(at, tokens[at]) for at in kept], places


def _layers(draft: Draft, at: int, worth: bool) -> Sequence[Layer]:
    """What is tried for a word."""
    if not is_unknown(draft, at):
        return (_romanised_by_reader,) if worth and _may_be_romanised(draft, at) else ()
    if _is_translated(draft, at):
        return (*LAYERS[:1], _romanised_by_reader) if worth and _may_be_romanised(draft, at) else LAYERS[:1]
    return LAYERS if worth else (*LAYERS[:1], *IN_QUESTIONS)


def _may_be_romanised(draft: Draft, at: int) -> bool:
    """Whether a Latin word of a reader of another script is neither German nor English, whatever else it may be."""
    token = draft.tokens[at]
    reader = BY_TAG.get(draft.asked.language)
    if token.script != "Latn" or reader is None or "Latn" in reader.scripts or is_readers_in_latin(draft, token):
        return False
    words = {tag: read(token.text, tag) for tag in ("de", "en")}
    terms = {tag: draft.vocabulary.terms.get(tag) for tag in words}
    return not (
        any(word.empty or ((known := terms[tag]) and known.knows(word.stem)) for tag, word in words.items())
        or draft.lexicon.knows("de", words["de"].stem)
        or draft.gazetteer.find([token.text])
    )


def _is_worth_guessing(draft: Draft) -> bool:
    """In a short query every word counts. A question that is understood is not improved by guesses at its other words:
    most of them are ordinary words that happen to be missing from our lists."""
    if len(draft.tokens) <= SHORT:
        return True
    matches = belonging.matches(draft, range(len(draft.tokens)))
    return all(draft.vocabulary.concepts[match.meanings[0][0]].kind in _NO_SUBJECTS for match in matches)


def _is_translated(draft: Draft, at: int) -> bool:
    token = draft.tokens[at]
    known = draft.vocabulary.translations
    return any(known.knows(read(token.text, tag).stem, tag) for tag in likely(draft, token))


def is_unknown(draft: Draft, at: int) -> bool:
    """Whether neither a language of its script, nor the index, nor the gazetteer knows the word."""
    token = draft.tokens[at]
    if not token.script or any(map(str.isdecimal, token.text)) or len(token.text) < 3:
        return False
    if is_readers_in_latin(draft, token):
        return False
    mine = likely(draft, token)
    if any(is_ordinary(read(token.text, language).stem, language) for language in mine):
        return False
    for language in draft.languages:
        if token.script in BY_TAG[language].scripts:
            word = read(token.text, language)
            terms = draft.vocabulary.terms.get(language)
            # A part of a longer term of another language is no word anybody types alone: "addres" is a slip.
            in_terms = terms and (terms.knows(word.stem) if language in mine else terms.means(word))
            if word.empty or in_terms or draft.lexicon.knows(language, word.stem):
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


_BEFORE = {
    "ar": ("وال", "ول", "وب", "و", "ف", "ب", "ك", "ل", "س"),
    "ti": ("ናይ", "ካብ", "ናብ", "ምስ", "ን", "ብ"),
}
"""Arabic and Tigrinya words written together with the next: and, so, in, like, for; of, from, to, with, for, in."""
_BEHIND = {"ti": ("ን", "ና", "ካ", "ኻ", "ኪ", "ኺ")}
"""Words written together with the one before: and, our, your. The stemmer leaves them on words that are too short."""
_SHORTEST_BARE = {"ar": PREFIX_FROM, "ti": 2}
"""Letters of a word that has been freed of them."""


def _without_clitic(draft: Draft, at: int) -> Guess | None:
    """An Arabic or Tigrinya word with a little word written to it (لتسجيل, ኣቦን), if it is known without."""
    word = draft.tokens[at].text
    for language in ("ar", "ti"):
        terms = draft.vocabulary.terms.get(language) if language in draft.languages else None
        bare = [word.removeprefix(before) for before in _BEFORE[language] if terms and word.startswith(before)]
        bare += [word.removesuffix(behind) for behind in _BEHIND.get(language, ()) if terms and word.endswith(behind)]
        for rest in bare:
            if terms and len(rest) >= _SHORTEST_BARE[language] and terms.knows(read(rest, language).stem):
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
        near = terms.spellings.nearest(folded)
        if near:
            return Guess(terms.spellings[near])
    return None


def _other_vowels(draft: Draft, at: int) -> Guess | None:
    """A Tigrinya word with the right consonants and a wrong vowel: the commonest slip where every sign holds both."""
    token = draft.tokens[at]
    terms = draft.vocabulary.terms.get("ti") if token.script == "Ethi" else None
    if terms is None or len(token.text) < PREFIX_FROM:
        return None
    folded = text.fold(token.text, "ti")
    heard = terms.spellings.heard(folded)
    return Guess(terms.spellings[heard]) if heard and distance(heard, folded) <= len(folded) // 3 else None


def _slip(draft: Draft, at: int) -> Guess | None:
    """A long word of the likeliest language with one letter wrong, and not the first: safe enough for questions."""
    token = draft.tokens[at]
    letters = len(token.text) * (1.5 if token.script == "Ethi" else 1)  # a syllable is more than a letter
    if letters < SLIP_FROM:
        return None
    language = likely(draft, token)[0]
    folded = text.fold(token.text, language)
    terms = draft.vocabulary.terms.get(language)
    near = terms.spellings.one_off(folded) if terms else None
    return Guess(terms.spellings[near]) if terms and near else None


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


def _romanised_by_reader(draft: Draft, at: int) -> Guess | None:
    """A word of the reader's language, which has another script, typed in Latin letters."""
    reader = BY_TAG.get(draft.asked.language)
    if reader is None or "Latn" in reader.scripts:
        return None
    return _romanised(draft, at, [reader.tag])


def _romanised_by_anybody(draft: Draft, at: int) -> Guess | None:
    """A word of any language with another script, typed in Latin letters. Whoever reads a Latin language that is hardly
    anybody's second one types in it: a Somali word nobody knows is no Arabic one."""
    reader = BY_TAG.get(draft.asked.language)
    if reader is not None and reader.tag not in _ANYBODYS and "Latn" in reader.scripts:
        return None
    if _is_own_language(draft, at):
        return None
    return _romanised(draft, at, [tag for tag in hearing.KEYS if tag != "de"])


def _is_own_language(draft: Draft, at: int) -> bool:
    """Whether another word of the query is one of the likeliest language in Latin letters: a word nobody knows is then
    hardly one of another script."""
    for place, token in enumerate(draft.tokens):
        if place != at and token.script == "Latn" and place not in draft.taken:
            language = likely(draft, token)[0]
            word, terms = read(token.text, language), draft.vocabulary.terms.get(language)
            if word.empty or (terms and terms.writes(word.folded) and not draft.gazetteer.find([token.text])):
                return True
    return False


def _romanised(draft: Draft, at: int, languages: Sequence[str]) -> Guess | None:
    """The word that was meant; a word may have been typed as two (kar yabi)."""
    token = draft.tokens[at]
    if token.script != "Latn":
        return None
    after = at + 1
    joins = after < len(draft.tokens) and (is_unknown(draft, after) or _may_be_romanised(draft, after))
    following = draft.tokens[after].text if joins else ""
    for takes, typed in ((2, token.text + following), (1, token.text)):
        for language in languages if takes == 1 or following else ():
            heard = _heard(draft, language, typed)
            if heard:
                return Guess(heard, takes=takes)
    return None


def _by_ear(draft: Draft, at: int) -> Guess | None:
    """A German word written as somebody hears it."""
    token = draft.tokens[at]
    heard = _heard(draft, "de", token.text) if token.script == "Latn" else None
    return Guess(heard) if heard else None


def _heard(draft: Draft, language: str, typed: str) -> str | None:
    terms = draft.vocabulary.terms.get(language)
    if terms is None or len(typed) <= PREFIX_FROM:
        return None
    heard = terms.spellings.heard(text.fold(typed, language if language == "de" else ""))
    return terms.spellings[heard] if heard else None


LAYERS: tuple[Layer, ...] = (
    _without_clitic,
    _typo_in_place,
    _romanised_by_reader,
    _other_vowels,
    _typo_in_vocabulary,
    _typo_in_index,
    _by_ear,
    _romanised_by_anybody,
)
"""Tried in this order for a word that nobody knows; the first that knows one wins. The first layer only reads forms of
words and is always tried; the others guess."""

IN_QUESTIONS: tuple[Layer, ...] = (_slip,)
"""What is tried instead of the guesses in a question that is understood without them."""
