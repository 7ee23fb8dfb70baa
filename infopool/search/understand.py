"""From what somebody typed to a SearchQuery: places, levels, wishes, concepts, and the words that remain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from infopool.search import guessing, text
from infopool.search.concepts import Match, Vocabulary, read
from infopool.search.gazetteer import FoundPlace, Gazetteer
from infopool.search.languages.stopping import FUNCTION, stop_words
from infopool.search.languages.table import BY_TAG, languages_of
from infopool.search.query import CONCEPT, Asked, Kind, Near, SearchQuery, Term, Understood, Wish, Word
from infopool.search.spelling import Lexicon
from infopool.search.text import Token
from infopool.search.wishes import LANGUAGE, NOTHING_TO_SEARCH, wishes_for

MOST_CHARACTERS = 200
MOST_WORDS = 24
"""A query is read up to here; the page says when it was longer."""

LABEL = 0.5
"""How likely the German name of a concept stands for it in an offer's text."""
LABEL_PART = 0.2
PART_OF_RUN = 0.4
"""How likely one word of a longer run stands for the whole."""
PART_CONCEPT = 0.5
PART_BOOST = 0.4
"""What a part of a compound counts beside the whole word."""
FAINT_BOOST = 0.4
"""What a wish that no fact grants counts, beside what is looked for."""
READER_FIRST = 1.5
GERMAN_NEXT = 0.5
"""How much the reader's language, and German, are believed beforehand, in words."""

_LEVEL_LETTERS = str.maketrans("авсäé", "abcae")
_LEVELS = frozenset({"a0", "a1", "a2", "b1", "b2", "c1", "c2"})


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
    guessed: frozenset[int] = frozenset()
    """Positions of words that were mended; the correction says so, what follows from it counts as typed."""
    taken: set[int] = field(default_factory=set)
    words: list[Word] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    understood: list[Understood] = field(default_factory=list)
    near: Near | None = None

    @property
    def free(self) -> list[int]:
        """Positions of the words nothing was made of yet."""
        return [at for at in range(len(self.tokens)) if at not in self.taken]

    def note(self, kind: Kind, code: str, positions: Sequence[int], exact: bool = True) -> Understood:
        """Remember what was made of some words, which are then taken."""
        first, last = self.tokens[positions[0]], self.tokens[positions[-1]]
        piece = Understood(kind, code, self.text[first.start : last.end], first.start, last.end, exact)
        self.understood.append(piece)
        self.taken.update(positions)
        return piece


def is_cut(typed: str) -> bool:
    """Whether more was typed than the search reads."""
    return len(typed) > MOST_CHARACTERS or len(text.words_with_positions(typed[:MOST_CHARACTERS])) > MOST_WORDS


def understand(asked: Asked, vocabulary: Vocabulary, gazetteer: Gazetteer, lexicon: Lexicon) -> SearchQuery:
    """What is asked, in terms an engine can search. Any text is accepted; too long a one is cut."""
    typed = asked.text[:MOST_CHARACTERS]
    tokens = text.words_with_positions(typed)[:MOST_WORDS]
    if tokens and len(tokens) == MOST_WORDS:
        typed = typed[: tokens[-1].end]
    draft = Draft(asked, typed, tokens, vocabulary, gazetteer, lexicon)
    draft.languages = likely_languages(draft)
    if not asked.exact:
        guessing.mend(draft)
    _read_places(draft)
    _read_levels(draft)
    _read_concepts(draft)
    _read_rest(draft)
    return _query(draft)


def likely_languages(draft: Draft) -> tuple[str, ...]:
    """The languages the words may be in: all that are written in their scripts, those first that know most of them,
    the reader's own language believed beforehand. No single guess: all of them are looked up."""
    scripts = {token.script for token in draft.tokens}
    candidates = dict.fromkeys(
        tag for script in ("Latn", "Cyrl", "Arab", "Ethi") for tag in _written_in(script, scripts)
    )
    reader = BY_TAG.get(draft.asked.language)
    evidence = {tag: _evidence(draft, tag) for tag in candidates}
    if reader and reader.tag in evidence:
        evidence[reader.tag] += READER_FIRST
    if "de" in evidence:
        evidence["de"] += GERMAN_NEXT
    return tuple(sorted(candidates, key=lambda tag: -evidence[tag]))


def _written_in(script: str, scripts: set[str]) -> tuple[str, ...]:
    return languages_of(script) if script in scripts else ()


def _evidence(draft: Draft, language: str) -> float:
    """How many of the words the language knows, as empty words or in its vocabulary."""
    terms = draft.vocabulary.terms.get(language)
    scripts = BY_TAG[language].scripts
    known = 0.0
    for token in draft.tokens:
        if token.script in scripts:
            word = read(token.text, language)
            known += word.empty or bool(terms and terms.knows(word.stem))
    return known


def _read_places(draft: Draft) -> None:
    for found in draft.gazetteer.find([token.text for token in draft.tokens]):
        _take_place(draft, found)


def _take_place(draft: Draft, found: FoundPlace) -> None:
    positions = range(found.start, found.end)
    if found.place is None:  # the whole region: true of every offer
        draft.taken.update(positions)
        return
    draft.note(Kind.PLACE, found.place.code, positions, found.exact)
    if draft.near is None:
        draft.near = Near(found.place.code, found.place.latitude, found.place.longitude)


def _read_levels(draft: Draft) -> None:
    """Levels written as levels: B1, A1-Kurs, b 1, В1 on a Cyrillic keyboard, B1.2."""
    free = draft.free
    for at in free:
        written = _level(draft.tokens[at].text)
        positions = [at]
        if written not in _LEVELS and at + 1 in free:
            written += _level(draft.tokens[at + 1].text)
            positions = [at, at + 1]
        if written in _LEVELS and at not in draft.taken:
            _take_level(draft, written, positions)


def _level(word: str) -> str:
    return text.fold(word).translate(_LEVEL_LETTERS)


def _take_level(draft: Draft, level: str, positions: Sequence[int], likelihood: float = 1.0) -> None:
    piece = draft.note(Kind.LEVEL, level.upper(), positions)
    draft.wishes.append(Wish("level", level.upper(), likelihood, piece))
    terms = (Term(CONCEPT, f"level-{level}", likelihood), Term("de", level, likelihood))
    draft.words.append(Word(piece.typed, terms, FAINT_BOOST if likelihood < 1 else 1.0))


def _read_concepts(draft: Draft) -> None:
    free = draft.free
    matches = draft.vocabulary.matches([draft.tokens[at].text for at in free], draft.languages)
    matches = [
        match for match in matches if not _says_nothing(draft, [free[at] for at in range(match.start, match.end)])
    ]
    topics = _topics(draft, matches)
    for match in matches:
        positions = [free[at] for at in range(match.start, match.end)]
        _take_concept(draft, positions, match.language, _resolved(draft, match, topics))


def _says_nothing(draft: Draft, positions: Sequence[int]) -> bool:
    """A single word that is empty in the likeliest language is not a word of another one."""
    if len(positions) > 1:
        return False
    token = draft.tokens[positions[0]]
    likeliest = next((tag for tag in draft.languages if token.script in BY_TAG[tag].scripts), "")
    return bool(likeliest) and text.fold(token.text, likeliest) in stop_words(likeliest, FUNCTION)


def _topics(draft: Draft, matches: Sequence[Match]) -> set[str]:
    """What the words that are not ambiguous, and the ticked topics, are about."""
    clear = [match.meanings[0][0] for match in matches if len(match.meanings) == 1]
    found = {topic for code in clear for topic in draft.vocabulary.concepts[code].topics}
    return found | set(draft.asked.filters.get("topic", ()))


def _resolved(draft: Draft, match: Match, topics: set[str]) -> tuple[tuple[str, float], ...]:
    """The meanings that remain: those that fit what else stands there, else all."""
    meanings = match.meanings
    if len(meanings) == 1:
        return meanings
    # "Deutsch" is what one wants to learn, hardly ever a language somebody should speak.
    meanings = tuple(meaning for meaning in meanings if meaning[0] != "lang-de") or meanings
    concepts = draft.vocabulary.concepts
    fitting = tuple((code, 1.0) for code, _ in meanings if topics.intersection(concepts[code].topics))
    return fitting or meanings


def _take_concept(
    draft: Draft, positions: Sequence[int], language: str, meanings: tuple[tuple[str, float], ...]
) -> None:
    code, likelihood = meanings[0]
    kind = draft.vocabulary.concepts[code].kind
    if kind == "level":
        _take_level(draft, code.removeprefix("level-"), positions, likelihood)
    elif kind == "wish" or (kind == "language" and code != "lang-de"):
        _take_wish(draft, positions, language, code, likelihood)
    else:
        piece = draft.note(Kind.CONCEPT, code, positions)
        draft.words.append(_concept_word(draft, piece, positions, language, meanings))


def _take_wish(draft: Draft, positions: Sequence[int], language: str, code: str, likelihood: float) -> None:
    kind = Kind.LANGUAGE if code.startswith(LANGUAGE) else Kind.WISH
    piece = draft.note(kind, code.removeprefix(LANGUAGE), positions)
    granted = wishes_for(code, likelihood, piece, draft.asked.language)
    draft.wishes += granted
    if not granted and code not in NOTHING_TO_SEARCH:
        word = _concept_word(draft, piece, positions, language, ((code, likelihood),))
        draft.words.append(replace(word, boost=FAINT_BOOST))


def _concept_word(
    draft: Draft, piece: Understood, positions: Sequence[int], language: str, meanings: tuple[tuple[str, float], ...]
) -> Word:
    """One word for a concept: its code, its German name, and what was typed in the typed word's own language."""
    terms: dict[tuple[str, str], float] = {}
    for code, likelihood in meanings:
        _raise(terms, CONCEPT, code, likelihood)
        for term, weight in _german_name(draft.vocabulary, code):
            _raise(terms, "de", term, weight * likelihood)
    stems = [word.stem for at in positions if not (word := read(draft.tokens[at].text, language)).empty]
    for stem in stems:
        _raise(terms, language, stem, 1.0 if len(stems) == 1 else PART_OF_RUN)
    boost = 1.0 if len(meanings) == 1 else meanings[0][1]
    return Word(piece.typed, tuple(Term(space, term, weight) for (space, term), weight in terms.items()), boost)


def _raise(terms: dict[tuple[str, str], float], space: str, term: str, weight: float) -> None:
    terms[space, term] = max(weight, terms.get((space, term), 0.0))


def _german_name(vocabulary: Vocabulary, code: str) -> list[tuple[str, float]]:
    names = text.words(vocabulary.label(code, "de"))
    whole = [stems[0] for name in names if (stems := text.word_terms(name, "de"))]
    return [(stem, LABEL if len(whole) == 1 else LABEL_PART) for stem in whole]


def _read_rest(draft: Draft) -> None:
    """The words nothing was made of: compounds by the concepts of their parts, else as they are."""
    for at in draft.free:
        if not _is_empty(draft, at):
            _take_word(draft, at)


def _is_empty(draft: Draft, at: int) -> bool:
    token = draft.tokens[at]
    if not text.fold(token.text):
        return True
    likeliest = next((tag for tag in draft.languages if token.script in BY_TAG[tag].scripts), "")
    return any(read(token.text, tag).empty for tag in dict.fromkeys((likeliest, draft.asked.language)) if tag)


def _take_word(draft: Draft, at: int) -> None:
    token = draft.tokens[at]
    terms: dict[tuple[str, str], float] = {}
    for language in _spaces(draft, token):
        _raise(terms, language, read(token.text, language).stem, 1.0)
    for term in guessing.completions(draft, at):
        _raise(terms, term.space, term.text, term.weight)
    parts = _read_parts(draft, at, terms)
    if terms:
        draft.words.append(
            Word(token.text, tuple(Term(space, term, weight) for (space, term), weight in terms.items()))
        )
    draft.words += [Word(token.text, (Term("de", part),), PART_BOOST) for part in parts]


def _spaces(draft: Draft, token: Token) -> list[str]:
    """The languages whose texts are searched for a word: the likeliest of its script, the reader's, German."""
    likeliest = next((tag for tag in draft.languages if token.script in BY_TAG[tag].scripts), "")
    spaces = dict.fromkeys(tag for tag in (likeliest, draft.asked.language, "de") if tag in BY_TAG)
    return [tag for tag in spaces if not token.script or token.script in BY_TAG[tag].scripts]


def _read_parts(draft: Draft, at: int, terms: dict[tuple[str, str], float]) -> list[str]:
    """The stems of a German compound's parts; concepts among them are added to the terms, wishes granted."""
    token = draft.tokens[at]
    german = draft.vocabulary.terms.get("de")
    parts = text.part_stems(text.fold(token.text, "de"), "de") if token.script == "Latn" else []
    for part in parts:
        for code, likelihood in german.meanings([part]) if german else ():
            if draft.vocabulary.concepts[code].kind == "wish":
                _take_wish(draft, [at], "de", code, likelihood)
            elif draft.vocabulary.concepts[code].kind != "language":
                _raise(terms, CONCEPT, code, likelihood * PART_CONCEPT)
    return parts


def _query(draft: Draft) -> SearchQuery:
    asked = draft.asked
    return SearchQuery(
        text=draft.text,
        language=asked.language,
        today=asked.today,
        words=tuple(draft.words),
        understood=tuple(sorted(draft.understood, key=lambda piece: (piece.start, piece.end))),
        wishes=tuple(draft.wishes),
        filters=known_filters(asked.filters),
        near=_near(draft),
        sort=asked.sort,
        limit=asked.limit,
        offset=asked.offset,
    )


def known_filters(filters: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The filters without empty ones."""
    return {facet: values for facet, values in filters.items() if values}


def _near(draft: Draft) -> Near | None:
    """The place chosen; else the one typed."""
    chosen = draft.gazetteer.region.by_code.get(draft.asked.near)
    if chosen:
        return Near(chosen.code, chosen.latitude, chosen.longitude, draft.asked.within_km)
    return replace(draft.near, within_km=draft.asked.within_km) if draft.near else None
