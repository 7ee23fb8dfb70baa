"""From words typed to a query."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from infopool.directory.regions import load_region
from infopool.paths import REGIONS
from infopool.search import concepts, gazetteer, matching, text
from infopool.search.query import CONCEPT, Asked, Kind, SearchQuery
from infopool.search.spelling import Lexicon
from infopool.search.understand import MOST_CHARACTERS, MOST_WORDS, is_cut, understand

TODAY = date(2026, 11, 22)
VOCABULARY = concepts.load()
GAZETTEER = gazetteer.load(load_region("waldshut"), REGIONS / "waldshut")
INDEX = {
    "de": {"grillfest": 3, "grillplatz": 1, "hotzenwald": 2},
    CONCEPT: dict.fromkeys(VOCABULARY.concepts, 1),
}
LEXICON = Lexicon(lambda space: INDEX.get(space, {}))


def read(typed: str, language: str = "de", **more: Any) -> SearchQuery:
    return understand(Asked(typed, language, TODAY, **more), VOCABULARY, GAZETTEER, LEXICON)


def pieces(query: SearchQuery) -> list[tuple[str, str]]:
    return [(piece.kind.value, piece.id) for piece in query.understood]


def needs(language: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(language not in VOCABULARY.terms, reason=f"no vocabulary for {language} yet")


@pytest.mark.parametrize(
    ("language", "typed", "found"),
    [
        (
            "de",
            "wo finde ich einen abendkurs deutsch in tiengen",
            [("wish", "evening"), ("concept", "german-course"), ("place", "tiengen")],
        ),
        ("de", "sprachkurs tiengen", [("concept", "german-course"), ("place", "tiengen")]),
        ("de", "Sprachkurs B1", [("concept", "german-course"), ("level", "B1")]),
        ("de", "A1-Kurs kostenlos", [("level", "A1"), ("concept", "german-course"), ("wish", "free")]),
        ("de", "Zahnarzt, der Arabisch spricht", [("concept", "dentist"), ("language", "ar")]),
        ("de", "79761 Hebamme", [("place", "waldshut-tiengen"), ("concept", "midwife")]),
        ("de", "suche Wohnung", [("concept", "housing-search")]),
        ("de", "Deutsch", [("concept", "german-course")]),
        pytest.param("en", "cheap flat", [("concept", "social-housing")], marks=needs("en")),
        pytest.param(
            "en",
            "where can i learn german in the evening",
            [("concept", "german-course"), ("wish", "evening")],
            marks=needs("en"),
        ),
        pytest.param("uk", "де знайти курси німецької", [("concept", "german-course")], marks=needs("uk")),
        pytest.param(
            "en",
            "курсы немецкого в Вальдсхуте",
            [("concept", "german-course"), ("place", "waldshut")],
            marks=needs("ru"),
        ),
        pytest.param("ar", "أين أجد طبيب أسنان", [("concept", "dentist")], marks=needs("ar")),
        pytest.param(
            "de",
            "B1 kurs مساء",
            [("level", "B1"), ("concept", "german-course"), ("wish", "evening")],
            marks=needs("ar"),
        ),
        pytest.param(
            "fr",
            "cours d'allemand gratuit le soir",
            [("concept", "german-course"), ("wish", "free"), ("wish", "evening")],
            marks=needs("fr"),
        ),
    ],
)
def test_a_query_is_understood_piece_by_piece(language: str, typed: str, found: list[tuple[str, str]]) -> None:
    assert pieces(read(typed, language)) == found


@pytest.mark.parametrize(
    ("typed", "wishes"),
    [
        ("kostenlos", [("cost", "free")]),
        ("am Abend", [("time", "evening")]),
        ("am Wochenende", [("time", "weekend")]),
        ("online", [("format", "online")]),
        ("mit Kinderbetreuung", [("childcare", "yes")]),
        ("nur für Frauen", [("women_only", "yes"), ("audience", "women")]),
        ("auf Arabisch", [("language", "ar")]),
        ("B2", [("level", "B2")]),
        ("В1", [("level", "B1")]),
        ("b 1", [("level", "B1")]),
    ],
)
def test_a_wish_becomes_facts_that_lift(typed: str, wishes: list[tuple[str, str]]) -> None:
    assert [(wish.facet, wish.value) for wish in read(typed).wishes] == wishes


def test_a_wish_never_becomes_a_filter() -> None:
    assert read("kostenloser Deutschkurs am Abend in Tiengen").filters == {}


@pytest.mark.parametrize("typed", ["klettern", "Pflanzen gießen", "Treppe putzen"])
def test_an_ordinary_word_is_not_mended(typed: str) -> None:
    assert "correction" not in [kind for kind, _ in pieces(read(typed))]


@pytest.mark.parametrize(
    ("typed", "language", "found"),
    [
        ("mein Mann ist gestorben", "de", "grief"),
        ("my husband died", "en", "grief"),
        ("ich sehe immer Bilder vom Krieg", "de", "trauma"),
    ],
)
def test_a_situation_told_is_understood(typed: str, language: str, found: str) -> None:
    assert found in [code for _, code in pieces(read(typed, language))]


def test_a_piece_says_where_it_stands() -> None:
    typed = "wo ist ein  Zahnarzt in Tiengen?"
    query = read(typed)
    assert [query.text[piece.start : piece.end] for piece in query.understood] == ["Zahnarzt", "Tiengen"]


def test_a_place_typed_is_where_it_should_be_near() -> None:
    query = read("Deutschkurs Tiengen", within_km=10.0)
    assert query.near is not None
    assert (query.near.place, query.near.within_km) == ("tiengen", 10.0)


def test_a_place_chosen_goes_before_one_typed() -> None:
    query = read("Deutschkurs Tiengen", near="wehr")
    assert query.near is not None
    assert query.near.place == "wehr"


def test_a_place_nobody_knows_is_no_place() -> None:
    assert read("Deutschkurs", near="atlantis").near is None


def test_empty_words_are_left_out() -> None:
    assert read("wo finde ich ein").words == ()


def test_a_word_no_concept_explains_is_searched_as_it_is() -> None:
    [word] = read("Grillfest").words
    assert ("de", "grillf") in {(term.space, term.text[:6]) for term in word.terms}


def test_a_concept_is_searched_by_code_and_by_german_name() -> None:
    word = read("Deutschkurs").words[0]
    assert {term.space for term in word.terms} == {CONCEPT, "de"}


def test_a_whole_question_needs_all_its_words() -> None:
    short, long = read("Sprachkurs"), read("Sprachkurs Grillfest Hotzenwald Gitarre")
    assert ("de", text.analysed("Sprache", "de")) in {(t.space, t.text) for word in long.words for t in word.terms}
    assert ("de", text.analysed("Sprache", "de")) not in {(t.space, t.text) for word in short.words for t in word.terms}


def test_a_word_empty_in_the_likely_language_is_none_of_another() -> None:
    assert pieces(read("wo finde ich Zahnärzte")) == [("concept", "dentist")]


def test_what_else_stands_there_decides_what_an_ambiguous_word_means() -> None:
    assert ("concept", "notice-of-tenancy") in pieces(read("Kündigung Mietvertrag"))
    assert ("concept", "dismissal") in pieces(read("Kündigung Arbeitsvertrag"))


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("Wohnungssuhce", "Wohnungssuche"),
        ("Deutschkrus", "Deutschkurs"),
        ("schprachkurs", "Sprachkurs"),
        ("Säckingn", "Bad Säckingen"),
        ("hotzenwlad", "hotzenwald"),
    ],
)
def test_a_mistyped_word_is_mended_and_shown(typed: str, mended: str) -> None:
    corrections = [piece for piece in read(typed).understood if piece.kind == Kind.CORRECTION]
    assert [(piece.id.lower(), piece.typed, piece.exact) for piece in corrections] == [(mended.lower(), typed, False)]


def test_a_strange_word_among_german_ones_is_no_arabic_one() -> None:
    query = read("zapfweh am Sonntag")
    assert all(piece.id.isascii() for piece in query.understood if piece.kind == Kind.CORRECTION)


def test_in_a_question_that_is_understood_nothing_is_guessed() -> None:
    query = read("Wo bekomme ich als Konzeptkünstler Hilfe bei der Wohnungssuche in Telgen")
    assert Kind.CORRECTION not in {piece.kind for piece in query.understood}


@needs("ar")
def test_a_preposition_written_to_an_arabic_word_is_no_mistake() -> None:
    query = read("لوظيفة", "ar")
    assert ("concept", "job-search") in pieces(query) or ("concept", "work") in pieces(query)
    assert Kind.CORRECTION not in {piece.kind for piece in query.understood}


def test_a_mended_word_is_understood() -> None:
    assert ("concept", "german-course") in pieces(read("Deutschkrus"))


def test_exact_mends_and_completes_nothing() -> None:
    query = read("Deutschkrus", exact=True)
    assert query.understood == ()
    assert all(term.weight == 1.0 for word in query.words for term in word.terms)


@pytest.mark.parametrize("typed", ["Grillfest", "Deutschkurs", "Tiengen", "Frauenfrühstück", "abc", "79761", "Kurs"])
def test_a_known_word_is_never_mended(typed: str) -> None:
    assert [piece for piece in read(typed).understood if piece.kind == Kind.CORRECTION] == []


def test_the_last_word_may_be_a_beginning() -> None:
    [word] = read("wohnungssu").words
    assert (CONCEPT, "housing-search") in {(term.space, term.text) for term in word.terms}


def test_a_beginning_finds_words_of_the_index() -> None:
    [word] = read("gril").words
    assert {"grillfest", "grillplatz"} <= {term.text for term in word.terms}


def test_only_the_last_word_is_a_beginning() -> None:
    first = read("gril hotzenwald", "pl").words[0]
    assert "grillplatz" not in {term.text for term in first.terms}


def test_a_wish_in_a_compound_is_granted() -> None:
    assert [(wish.facet, wish.value) for wish in read("Abendstammtisch").wishes] == [("time", "evening")]


def test_a_long_query_is_cut_and_says_so() -> None:
    typed = "Deutschkurs " * 30
    query = read(typed)
    assert is_cut(typed)
    assert len(query.text) <= MOST_CHARACTERS
    assert len(query.words) <= MOST_WORDS


def test_a_short_query_is_not_cut() -> None:
    assert not is_cut("Deutschkurs in Tiengen")


def test_ten_thousand_letters_are_cut() -> None:
    assert len(read("ä" * 10_000).text) == MOST_CHARACTERS


def test_ticked_filters_are_kept_and_empty_ones_dropped() -> None:
    assert read("", filters={"topic": ("housing",), "cost": ()}).filters == {"topic": ("housing",)}


def test_the_readers_language_may_be_one_nobody_knows() -> None:
    assert pieces(read("Deutschkurs", "tlh")) == [("concept", "german-course")]


COURSES = {
    "de": "Kurs B1",
    "en": "course B1",
    "fr": "cours B1",
    "it": "corso B1",
    "es": "curso B1",
    "ro": "curs B1",
    "pl": "kurs B1",
    "hr": "tečaj B1",
    "sq": "kurs B1",
    "tr": "B1 kursu",
    "ar": "دورة B1",
    "fa": "کلاس B1",
    "ps": "کورس B1",
    "ku": "kursa B1",
    "ti": "ኮርስ B1",
    "so": "koorso B1",
    "uk": "курс B1",
    "ru": "курсы B1",
}


@pytest.mark.parametrize("language", COURSES)
def test_a_course_with_a_level_is_a_german_course(language: str) -> None:
    assert set(pieces(read(COURSES[language], language))) == {("concept", "german-course"), ("level", "B1")}


def test_an_exam_with_a_level_stays_an_exam() -> None:
    assert ("concept", "language-exam") in pieces(read("Prüfung B1"))


def test_the_level_of_another_language_lifts_no_german_course() -> None:
    query = read("Englischkurs B1")
    assert ("level", "B1") in pieces(query)
    assert "level-b1" not in {term.text for word in query.words for term in word.terms}
    assert query.wishes == ()


def test_a_level_alone_is_that_of_a_german_course() -> None:
    words = read("B1 abends").words
    assert any(term.text == "german-course" and word.boost < 1 for word in words for term in word.terms)


@pytest.mark.parametrize(
    ("language", "typed"), [("de", "brauchen"), ("pl", "jakie"), ("ku", "kesek"), ("es", "encuentra"), ("ru", "нас")]
)
def test_a_word_people_ask_with_means_nothing_else_when_it_stands_alone(language: str, typed: str) -> None:
    assert pieces(read(typed, language)) == []


@pytest.mark.parametrize(("language", "typed"), [("ru", "помощь"), ("uk", "допомогу"), ("de", "dringend")])
def test_a_word_people_ask_with_may_be_all_they_want(language: str, typed: str) -> None:
    assert len(pieces(read(typed, language))) == 1


@pytest.mark.parametrize("typed", ["ich will nicht mehr leben und habe keine Wohnung", "Frauenhaus Wohnung Geld"])
def test_help_in_danger_counts_more_than_anything_else(typed: str) -> None:
    words = read(typed).words
    assert max(words, key=lambda word: word.boost).terms[0].text in ("suicide", "womens-shelter")
    assert sum(word.boost >= 3 for word in words) == 1


def test_words_with_empty_ones_between_are_translated_together(monkeypatch: pytest.MonkeyPatch) -> None:
    stems = [text.analysed(word, "de") for word in ("Grillfest", "Hotzenwald", "Grillplatz")]
    found = {" ".join(stems): (("wohnung", 1.0),)}
    monkeypatch.setattr(VOCABULARY.translations, "german", lambda stem, _language, _folded="": found.get(stem, ()))
    words = read("Grillfest im Hotzenwald der Grillplatz").words
    assert [word.typed for word in words if "wohnung" in {term.text for term in word.terms}] == [
        "Grillfest im Hotzenwald der Grillplatz"
    ]


def test_a_part_of_longer_terms_is_no_term_itself() -> None:
    french = VOCABULARY.terms["fr"]
    part, whole = (matching.read(word, "fr") for word in ("bancaire", "dentiste"))
    assert (french.knows(part.stem), french.means(part)) == (True, False)
    assert french.means(whole)


@pytest.mark.parametrize(
    ("language", "typed", "told"),
    [("uk", "живу в мурзі шукаю курси", "живу"), ("de", "ich lebe in murg und suche einen kurs", "lebe")],
)
def test_where_somebody_lives_is_not_what_she_looks_for(language: str, typed: str, told: str) -> None:
    query = read(typed, language)
    assert ("place", "murg") in pieces(query)
    assert all(told not in word.typed for word in query.words)
    assert all(word.typed != told for word in query.leftovers)


def test_who_lives_in_the_street_is_understood_all_the_same() -> None:
    assert ("concept", "homelessness") in pieces(read("ich lebe auf der Straße"))
