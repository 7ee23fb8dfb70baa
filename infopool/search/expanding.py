"""From a piece of the query to the words an engine looks for: everything in the index that may stand for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from infopool.search import guessing, text
from infopool.search.associating import SpokenOf, rarity
from infopool.search.concepts import Vocabulary
from infopool.search.draft import Draft, is_empty, likely
from infopool.search.languages.stopping import empty_words
from infopool.search.languages.table import BY_TAG
from infopool.search.matching import read
from infopool.search.query import CONCEPT, Kind, Term, Understood, Word
from infopool.search.text import Token
from infopool.search.translating import German

LABEL = 0.5
"""How likely the German name of a concept stands for it in an offer's text."""
LABEL_PART = 0.1
BROADER = 0.6
"""How likely a broader concept serves who asked for a narrower one that no offer is about."""
PART_OF_RUN = 0.1
"""How likely one word of a longer run stands for the whole."""
PART_CONCEPT = 0.5
PART_BOOST = 0.6
"""What a part of a compound counts beside the whole word."""
TEXT_BOOST = 0.2
"""What the words of a concept count beside it, each for itself: concepts answer short wishes ..."""
TEXT_BOOST_IN_QUESTIONS = 0.7
CONCEPT_IN_QUESTIONS = 1.0
"""What a concept counts in a question, beside its words."""
IN_DANGER = frozenset({"crisis", "violence"})
DANGER = 3.0
"""What a concept of these topics counts: whatever else is typed, help in danger comes first."""
SCATTERED = 0.8
"""What a concept counts whose words stand apart."""
SPOKEN_OF_BY = 2
"""Words of a query that must speak of a concept it does not name."""
SPOKEN_OF_BOOST = 1.4
"""What a concept counts that all words speak of as strongly as they can; never more than 1. Of one it counts its share
of that ..."""
SPOKEN_OF_LEAST = 0.05
"""... from this share on, ..."""
SPOKEN_OF_MOST = 8
"""... and so many at most."""
STRANGE = 0.6
"""What a word that nobody knows takes from that share, measured by the rarest word."""
HELPING = 0.3
HELPING_ABSENT = 0.6
"""What those count who help with a concept too, beside it; more where no offer is about the concept itself."""
HELPING_RANKS = (1.0, 0.8, 0.6, 0.5, 0.4, 0.3)
"""How likely the first, second ... of them is meant."""
HELPING_SPOKEN_OF = 3
"""Of so many concepts that are only spoken of those who help are looked for, too."""
LOOKALIKE = 0.2
"""How likely a word with a translation is the German word of the same letters."""
OTHER_LANGUAGE = 0.5
"""How much a translation counts from a language that is not the likeliest."""
NEARLY = 0.7
"""How much a translation counts of a word that is only near to the one typed."""
PIVOT = 0.5
PIVOT_FROM = 0.2
"""What a concept gets that only the German translation of a word names, and how likely that must be."""
SENTENCE_FROM = 3
"""Words from which on a concept's run is a sentence, whose single words tell of something else."""
QUESTION_FROM = 4
"""... and whole questions, from so many words on, need all their words."""

Meanings = tuple[tuple[str, float], ...]
"""Concept codes with how likely each is meant, the likeliest first."""

_Terms = dict[tuple[str, str], float]
"""(space, term) -> how likely it stands for the word."""


def concept_word(draft: Draft, piece: Understood, positions: Sequence[int], language: str, meanings: Meanings) -> Word:
    """One word for a concept: its code, its German name, and what was typed in the typed word's own language."""
    terms: _Terms = {}
    for code, likelihood in meanings:
        for present, nearness in _present(draft, code):
            _raise(terms, CONCEPT, present, likelihood * nearness)
        for term, weight in _german_name(draft.vocabulary, code):
            _raise(terms, "de", term, weight * likelihood)
    stems = [word.stem for at in positions if not (word := read(draft.tokens[at].text, language)).empty]
    surest, likelihood = meanings[0]
    about = [surest, *(code for code, _ in _present(draft, surest))]
    in_danger = likelihood == 1.0 and any(_is_danger(draft, code) for code in about)
    if len(positions) < (2 if in_danger else SENTENCE_FROM):
        for stem in stems:
            _raise(terms, language, stem, 1.0 if len(stems) == 1 else PART_OF_RUN)
    boost = CONCEPT_IN_QUESTIONS if len(draft.tokens) > QUESTION_FROM else 1.0
    if in_danger:
        boost = DANGER
    return _word(piece.typed, terms, boost if len(meanings) == 1 else boost * meanings[0][1])


def _is_danger(draft: Draft, code: str) -> bool:
    return not IN_DANGER.isdisjoint(draft.vocabulary.concepts[code].topics)


def _present(draft: Draft, code: str) -> list[tuple[str, float]]:
    """The concept; or, when no offer is about it, the nearest broader one that has offers: daycare for kindergarten."""
    concepts = draft.vocabulary.concepts
    if draft.lexicon.knows(CONCEPT, code):
        return [(code, 1.0)]
    broader, nearness = concepts[code].parent, BROADER
    while broader and not draft.lexicon.knows(CONCEPT, broader):
        broader, nearness = concepts[broader].parent, nearness * BROADER
    return [(broader, nearness)] if broader else [(code, 1.0)]


def helping_words(draft: Draft, typed: str, code: str, share: float = 1.0) -> list[Word]:
    """Where one is helped with a concept too: what a wise adviser would say where no offer is made for just that."""
    helping = [other for other in draft.vocabulary.concepts[code].helped_by if draft.lexicon.knows(CONCEPT, other)]
    terms = tuple(Term(CONCEPT, other, rank) for other, rank in zip(helping, HELPING_RANKS, strict=False))
    boost = (HELPING if draft.lexicon.knows(CONCEPT, code) else HELPING_ABSENT) * share
    return [Word(typed, terms, boost, faint=True)] if terms else []


def text_words(draft: Draft, piece: Understood, positions: Sequence[int], language: str) -> list[Word]:
    """The words of a concept as they stand, beside it; in questions with the parts of compounds."""
    if _is_all(draft, positions, language):
        return []  # it means one thing from end to end: "my husband beats me" is not about a husband
    if len(positions) > 1 and _is_danger(draft, piece.id):
        return []
    asks = len(draft.tokens) >= QUESTION_FROM
    boost = TEXT_BOOST_IN_QUESTIONS if asks else TEXT_BOOST
    words: list[Word] = []
    for at in positions:
        word = read(draft.tokens[at].text, language)
        if not word.empty:
            parts = _part_stems(word.folded, language) if asks else []
            german = draft.vocabulary.translations.german(word.stem, language, word.folded)
            terms = {(language, word.stem): 1.0, **{("de", term): weight for term, weight in german}}
            words.append(_word(piece.typed, terms, boost))
            words += [Word(piece.typed, (Term(language, part),), boost * PART_BOOST) for part in parts]
    return words


def _is_all(draft: Draft, positions: Sequence[int], language: str) -> bool:
    """Whether several words are all that is said: what stands around them is empty."""
    if len(draft.tokens) < SENTENCE_FROM:
        return False
    full = [at for at, token in enumerate(draft.tokens) if not read(token.text, language).empty]
    return set(full) <= set(positions) and (len(full) > 1 or len(positions) == len(draft.tokens))


def rest_words(draft: Draft, at: int) -> list[Word]:
    """A word no concept explains: as it stands in the languages it may be in, what it may be the beginning of, and a
    German compound's parts with the concepts among them."""
    token = draft.tokens[at]
    terms: _Terms = {(language, read(token.text, language).stem): 1.0 for language in spaces(draft, token)}
    german = translated(draft, token)
    if german:
        _replace_lookalike(draft, token, terms)
        _add_translations(draft, terms, german)
    for term in guessing.completions(draft, at):
        _raise(terms, term.space, term.text, term.weight)
    parts = _parts(token)
    for code, likelihood in _concepts_of(draft, parts):
        if draft.vocabulary.concepts[code].kind not in ("wish", "language"):
            _raise(terms, CONCEPT, code, likelihood * PART_CONCEPT)
    words = [_word(token.text, terms)] if terms else []
    words += [Word(token.text, (Term("de", part),), PART_BOOST) for part in parts]
    _note_held(draft, words, [at])
    return words


def _note_held(draft: Draft, words: Sequence[Word], positions: Iterable[int]) -> None:
    """Remember that some offer holds what these positions became, if one does."""
    if any(draft.lexicon.knows(term.space, term.text) for word in words for term in word.terms):
        draft.held.update(positions)


def scattered_words(draft: Draft) -> list[Word]:
    """The concepts whose words stand in a question apart: "my wife is still there, can I bring her here"."""
    if len(draft.tokens) < QUESTION_FROM:
        return []
    known = {piece.id for piece in draft.understood}
    words: list[Word] = []
    for language in dict.fromkeys(tag for token in draft.tokens for tag in likely(draft, token)):
        terms = draft.vocabulary.terms.get(language)
        readings = {read(token.text, language).stem: token.text for token in _full(draft, language)}
        for code, (likelihood, stems) in (terms.scattered(readings) if terms else {}).items():
            if code not in known and draft.vocabulary.concepts[code].kind not in ("wish", "language", "level"):
                typed = " … ".join(readings[stem] for stem in stems)
                found = tuple(Term(CONCEPT, present, near * likelihood) for present, near in _present(draft, code))
                words.append(Word(typed, found, SCATTERED))
                spread = {readings[stem] for stem in stems}
                positions = (at for at, token in enumerate(draft.tokens) if token.text in spread)
                _note_held(draft, words[-1:], positions)
    return words


def associated_words(draft: Draft, scattered: Sequence[Word]) -> list[Word]:
    """The concepts that several words speak of together, whether a term stands there or not: "I raised my hand against
    my wife and am ashamed". What is named counts more for it, too."""
    spoken = _spoken_of(draft)
    together = _together(spoken)
    most = sum(of[0][1] if of else STRANGE * rarity(1, len(draft.vocabulary.concepts)) for of in spoken.values())
    there = {term.text for word in scattered for term in word.terms}
    found: list[Word] = []
    helping: list[Word] = []
    for code, (strength, by) in sorted(together.items(), key=lambda item: (-item[1][0], item[0])):
        if strength < SPOKEN_OF_LEAST * most or len(found) == SPOKEN_OF_MOST:
            break
        present = tuple(Term(CONCEPT, near, weight) for near, weight in _present(draft, code))
        if not any(term.text in there for term in present):
            typed = " … ".join(draft.tokens[at].text for at in by)
            share = min(1.0, SPOKEN_OF_BOOST * strength / most)
            found.append(Word(typed, present, share, faint=True))
            if len(found) <= HELPING_SPOKEN_OF:
                helping += helping_words(draft, typed, code, share)
    return [*found, *helping]


def _together(spoken: Mapping[int, SpokenOf]) -> dict[str, tuple[float, list[int]]]:
    """Of the concepts that several words speak of, how strongly, and at which positions."""
    strengths: dict[str, float] = {}
    by: dict[str, list[int]] = {}
    for at, of in spoken.items():
        for code, strength in of:
            if code in strengths:
                strengths[code] += strength
                by[code].append(at)
            else:
                strengths[code] = strength
                by[code] = [at]
    return {code: (strengths[code], where) for code, where in by.items() if len(where) >= SPOKEN_OF_BY}


def _spoken_of(draft: Draft) -> dict[int, SpokenOf]:
    """For each word that says something, places and levels left out, what it speaks of."""
    settled = [piece for piece in draft.understood if piece.kind in (Kind.PLACE, Kind.LEVEL)]
    spoken_of = draft.vocabulary.associations.spoken_of
    found: dict[int, SpokenOf] = {}
    for at, token in enumerate(draft.tokens):
        if not is_empty(draft, at) and not any(one.start <= token.start and token.end <= one.end for one in settled):
            language = next(iter(likely(draft, token)), "de")
            german = translated(draft, token) if language != "de" else ()
            found[at] = spoken_of(read(token.text, language).stem, language, german)
    return found


def _full(draft: Draft, language: str) -> list[Token]:
    return [
        token
        for token in draft.tokens
        if token.script in BY_TAG[language].scripts and not read(token.text, language).empty
    ]


def run_words(draft: Draft, positions: Sequence[int]) -> list[Word]:
    """Words that have a translation only together (health insurance): the longest run from the first position on."""
    first = draft.tokens[positions[0]]
    for language in likely(draft, first) if len(positions) > 1 else ():
        stems = [read(draft.tokens[at].text, language).stem for at in positions]
        for length in range(len(positions), 1, -1):
            german = draft.vocabulary.translations.german(" ".join(stems[:length]), language)
            if german:
                terms: _Terms = {}
                _add_translations(draft, terms, german)
                typed = draft.text[first.start : draft.tokens[positions[length - 1]].end]
                words = [_word(typed, terms)]
                _note_held(draft, words, positions[:length])
                return words
    return []


def translated(draft: Draft, token: Token) -> German:
    """The German words for a word: by its likeliest languages, else by any other of its script if these are unsure."""
    known = draft.german.get(token.text)
    if known is None:
        known = draft.german[token.text] = _translated(draft, token)
    return known


def _translated(draft: Draft, token: Token) -> German:
    mine = likely(draft, token)
    others = [] if draft.sure else [tag for tag in draft.languages if token.script in BY_TAG[tag].scripts]
    for language in dict.fromkeys([*mine, *others]):
        word = read(token.text, language)
        german = draft.vocabulary.translations.german(word.stem, language, word.folded)
        if german:
            share = 1.0 if language in mine else OTHER_LANGUAGE
            return tuple((term, weight * share) for term, weight in german)
    nearly = (draft.vocabulary.translations.nearly(read(token.text, tag).stem, tag) for tag in mine if tag != "de")
    return tuple((term, weight * NEARLY) for term, weight in next(filter(None, nearly), ()))


def _replace_lookalike(draft: Draft, token: Token, terms: _Terms) -> None:
    """A word that is translated is hardly a German word that looks alike."""
    own = ("de", read(token.text, "de").stem)
    if own in terms and "de" not in likely(draft, token):
        terms[own] = LOOKALIKE


def _add_translations(draft: Draft, terms: _Terms, german: German) -> None:
    known = draft.vocabulary.terms.get("de")
    for term, weight in german:
        _raise(terms, "de", term, weight)
        for code, likelihood in known.meanings([term]) if known and weight >= PIVOT_FROM else ():
            if draft.vocabulary.concepts[code].kind not in ("wish", "language"):
                for present, nearness in _present(draft, code):
                    _raise(terms, CONCEPT, present, weight * likelihood * nearness * PIVOT)


def wishes_in(draft: Draft, at: int) -> list[tuple[str, float]]:
    """The wishes in a German compound nobody filed: Abendstammtisch."""
    found = _concepts_of(draft, _parts(draft.tokens[at]))
    return [(code, likelihood) for code, likelihood in found if draft.vocabulary.concepts[code].kind == "wish"]


def _word(typed: str, terms: _Terms, boost: float = 1.0) -> Word:
    return Word(typed, tuple(Term(space, term, weight) for (space, term), weight in terms.items()), boost)


def _raise(terms: _Terms, space: str, term: str, weight: float) -> None:
    terms[space, term] = max(weight, terms.get((space, term), 0.0))


def _german_name(vocabulary: Vocabulary, code: str) -> list[tuple[str, float]]:
    names = text.words(vocabulary.label(code, "de"))
    whole = [stems[0] for name in names if (stems := text.word_terms(name, "de"))]
    return [(stem, LABEL if len(whole) == 1 else LABEL_PART) for stem in whole]


def spaces(draft: Draft, token: Token) -> list[str]:
    """The languages whose texts are searched for a word: the likeliest of its script, the reader's, German."""
    spaces = dict.fromkeys((*likely(draft, token), draft.asked.language, "de"))
    return [tag for tag in spaces if tag in BY_TAG and (not token.script or token.script in BY_TAG[tag].scripts)]


def _parts(token: Token) -> list[str]:
    return _part_stems(text.fold(token.text, "de"), "de") if token.script == "Latn" else []


def _part_stems(folded: str, language: str) -> list[str]:
    """The stems of a compound's parts, without those that people put behind anything (Hilfsangebote)."""
    return [part for part in text.part_stems(folded, language) if part not in _empty_stems(language)]


@cache
def _empty_stems(language: str) -> frozenset[str]:
    return frozenset(text.stem(word, language) for word in empty_words(language))


def _concepts_of(draft: Draft, parts: Sequence[str]) -> list[tuple[str, float]]:
    german = draft.vocabulary.terms.get("de")
    return [meaning for part in parts for meaning in german.meanings([part])] if german else []
