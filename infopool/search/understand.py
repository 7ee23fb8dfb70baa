"""From what somebody typed to a SearchQuery: places, levels, wishes, concepts, and the words that remain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from infopool.search import ages, belonging, expanding, guessing, leftovers, text, translating
from infopool.search.concepts import Vocabulary
from infopool.search.draft import Draft, find_languages, is_empty
from infopool.search.gazetteer import FoundPlace, Gazetteer
from infopool.search.matching import Match
from infopool.search.query import CONCEPT, Asked, Kind, Near, SearchQuery, Term, Wish, Word
from infopool.search.spelling import Lexicon
from infopool.search.wishes import LANGUAGE, NOTHING_TO_SEARCH, wishes_for

MOST_CHARACTERS = 200
MOST_WORDS = 24
"""A query is read up to here; the page says when it was longer."""

MOST_SEARCHED = 48
"""Words an engine is asked for at most; the later ones of a very long question are left out."""
FAINT_BOOST = 0.4
"""What a wish that no fact grants counts, beside what is looked for."""

GERMAN_COURSE = "german-course"
OTHER_COURSE = "foreign-language-course"
ANY_COURSE = "adult-education"
"""The concept whose weak words mean a course of any kind; beside a level, one for German is meant."""
LEVEL_ALONE = 0.5
"""What the German course counts that somebody means who types a level and not what it is the level of."""

_LEVEL_LETTERS = str.maketrans("авсäé", "abcae")
_LEVELS = frozenset({"a0", "a1", "a2", "b1", "b2", "c1", "c2"})


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
    find_languages(draft)
    if not asked.exact:
        guessing.mend(draft)
        if draft.guessed:
            find_languages(draft)
    _read_places(draft)
    _read_levels(draft)
    _read_concepts(draft)
    _read_rest(draft)
    _read_levels_meaning(draft)
    return _query(draft)


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
    matches = list(belonging.matches(draft, free))
    topics = _topics(draft, matches)
    for match in matches:
        positions = [free[at] for at in range(match.start, match.end)]
        _take_concept(draft, positions, match.language, _resolved(draft, match, topics))


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
    if _is_any_course(meanings) and _has_level(draft):
        meanings = ((GERMAN_COURSE, 1.0),)
    code, likelihood = meanings[0]
    kind = draft.vocabulary.concepts[code].kind
    if kind == "level":
        _take_level(draft, code.removeprefix("level-"), positions, likelihood)
    elif kind == "wish" or (kind == "language" and code != "lang-de"):
        _take_wish(draft, positions, language, code, likelihood)
    else:
        piece = draft.note(Kind.CONCEPT, code, positions)
        draft.words.append(expanding.concept_word(draft, piece, positions, language, meanings))
        draft.words += expanding.helping_words(draft, piece.typed, code)
        draft.words += expanding.text_words(draft, piece, positions, language)


def _is_any_course(meanings: tuple[tuple[str, float], ...]) -> bool:
    """Whether words say no more than "course": a weak word for further training."""
    return any(code == ANY_COURSE and likelihood < 1 for code, likelihood in meanings)


def _has_level(draft: Draft) -> bool:
    return any(piece.kind == Kind.LEVEL for piece in draft.understood)


def _read_levels_meaning(draft: Draft) -> None:
    """What a level is the level of: with nothing else, a German course; of another language it says nothing here."""
    level = next((piece for piece in draft.understood if piece.kind == Kind.LEVEL), None)
    if level and any(piece.id == OTHER_COURSE for piece in draft.understood):
        draft.wishes = [wish for wish in draft.wishes if wish.facet != "level"]
        draft.words = [word for word in draft.words if word.typed != level.typed]
    elif level and all(word.typed == level.typed for word in draft.words):
        terms = (Term(CONCEPT, GERMAN_COURSE), Term("de", text.analysed("Deutschkurs", "de")))
        draft.words.append(Word(level.typed, terms, LEVEL_ALONE))


def _take_wish(draft: Draft, positions: Sequence[int], language: str, code: str, likelihood: float) -> None:
    kind = Kind.LANGUAGE if code.startswith(LANGUAGE) else Kind.WISH
    piece = draft.note(kind, code.removeprefix(LANGUAGE), positions)
    granted = wishes_for(code, likelihood, piece, draft.asked.language)
    draft.wishes += granted
    if len(draft.tokens) >= expanding.QUESTION_FROM and kind == Kind.WISH:
        draft.words += expanding.text_words(draft, piece, positions, language)
    if not granted and code not in NOTHING_TO_SEARCH:
        word = expanding.concept_word(draft, piece, positions, language, ((code, likelihood),))
        draft.words.append(replace(word, boost=FAINT_BOOST))


def _read_rest(draft: Draft) -> None:
    """The words nothing was made of: compounds by the concepts of their parts, else as they are."""
    draft.words += ages.age_words(draft)
    for at in draft.free:
        if not is_empty(draft, at):
            for code, likelihood in expanding.wishes_in(draft, at):
                _take_wish(draft, [at], "de", code, likelihood)
            draft.words += expanding.rest_words(draft, at)
    scattered = expanding.scattered_words(draft)
    draft.words += [*scattered, *expanding.associated_words(draft, scattered)]
    for run in _runs(draft):
        draft.words += expanding.run_words(draft, run)


def _runs(draft: Draft) -> Iterator[list[int]]:
    """From every word nothing was made of, that word and those after it, the empty ones left out, as far as nothing
    else stands between them."""
    full = [at for at in draft.free if not is_empty(draft, at)]
    for place in range(len(full)):
        run = full[place : place + translating.MOST_TOGETHER]
        taken = next((at for at in range(run[0], run[-1]) if at in draft.taken), len(draft.tokens))
        yield [at for at in run if at < taken]


def _query(draft: Draft) -> SearchQuery:
    asked = draft.asked
    return SearchQuery(
        text=draft.text,
        language=asked.language,
        today=asked.today,
        words=_searched(draft),
        understood=tuple(sorted(draft.understood, key=lambda piece: (piece.start, piece.end))),
        leftovers=leftovers.leftovers(draft),
        wishes=tuple(draft.wishes),
        filters=known_filters(asked.filters),
        near=_near(draft),
        sort=asked.sort,
        limit=asked.limit,
        offset=asked.offset,
    )


def _searched(draft: Draft) -> tuple[Word, ...]:
    """The words an engine is asked for; none when no offer holds any of them but a wish or a place was understood:
    "billiards for young people" finds what there is for young people."""
    words = _each_once(draft.words)
    held = any(draft.lexicon.knows(term.space, term.text) for word in words for term in word.terms)
    return words if held or not (draft.wishes or draft.near) else ()


def _each_once(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words without repetitions; the one that counts most stays."""
    found: dict[tuple[Term, ...], Word] = {}
    for word in words:
        if word.boost > found.get(word.terms, replace(word, boost=0.0)).boost:
            found[word.terms] = word
    return tuple(found.values())[:MOST_SEARCHED]


def known_filters(filters: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The filters without empty ones."""
    return {facet: values for facet, values in filters.items() if values}


def _near(draft: Draft) -> Near | None:
    """The place chosen; else the one typed."""
    chosen = draft.gazetteer.region.by_code.get(draft.asked.near)
    if chosen:
        return Near(chosen.code, chosen.latitude, chosen.longitude, draft.asked.within_km)
    return replace(draft.near, within_km=draft.asked.within_km) if draft.near else None
