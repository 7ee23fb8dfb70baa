"""How hard a text is to read, worked out by hand beside it."""

from __future__ import annotations

import pytest

from infopool.curation.readability import Ease, readability, sentences_in, syllables, wiener_sachtextformel, words_in


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("Kurs", 1),
        ("Deutsch", 1),
        ("Abend", 2),
        ("Träger", 2),
        ("Beratung", 3),
        ("Anmeldung", 3),
        ("Frauen", 2),
        ("Häuser", 2),
        ("Tee", 1),
        ("Boot", 1),
        ("Quelle", 2),
        ("Aufenthaltstitel", 5),
        ("Kinderbetreuung", 5),
        ("Wohnberechtigungsschein", 6),
        ("Familie", 3),
        ("pst", 1),
    ],
)
def test_syllables_are_counted_as_one_speaks_them(word: str, count: int) -> None:
    # "Familie" has four; its ending -ie is two syllables, which no rule of letters can know.
    assert syllables(word) == count


def test_the_formula_is_worked_out_as_its_authors_wrote_it() -> None:
    # Ten words in two sentences: MS 20 % (Anmeldung, Beratung), SL 5, IW 40 % (Deutsch, Montags, Anmeldung, Beratung),
    # ES 50 %: 0.1935*20 + 0.1672*5 + 0.1297*40 - 0.0327*50 - 0.875 = 7.384
    words = ["Wir", "Kurs", "ist", "im", "Deutsch", "Montags", "Haben", "Abend", "Anmeldung", "Beratung"]
    assert wiener_sachtextformel(words, 2) == pytest.approx(7.384)


def test_a_whole_text_is_counted() -> None:
    # Wir helfen Ihnen. | Kommen Sie am Montag um neun. | Bringen Sie Ihren Pass mit.  14 words, 3 sentences
    # MS 0; SL 14/3; IW: Bringen -> 1/14; ES: Wir Sie am um neun Sie Pass mit -> 8/14
    found = readability("Wir helfen Ihnen. Kommen Sie am Montag um neun. Bringen Sie Ihren Pass mit.")
    assert (found.sentences, found.words) == (3, 14)
    assert found.score == pytest.approx(0.1672 * 14 / 3 + 0.1297 * 100 / 14 - 0.0327 * 800 / 14 - 0.875)
    assert found.ease is Ease.EASY
    assert list(found.hints()) == []


OFFICE = (
    "Die Inanspruchnahme der Beratungsleistungen setzt eine vorherige telefonische Terminvereinbarung voraus, wobei "
    "entsprechende Nachweise über die Leistungsberechtigung sowie den aufenthaltsrechtlichen Status mitzubringen sind."
)


def test_the_language_of_offices_is_hard() -> None:
    found = readability(OFFICE)
    assert found.ease is Ease.HARD
    assert found.longest.startswith("Die Inanspruchnahme")
    assert "Terminvereinbarung" in found.hard_words
    assert len(list(found.hints())) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Bringen Sie z. B. Ihren Pass mit.",
        "Das Büro ist im 3. Stock.",
        "Der Kurs dauert ca. 3 Monate.",
        "Wir treffen uns um 18.30 Uhr.",
        "Schreiben Sie an kurse@example.org.",
    ],
)
def test_not_every_point_ends_a_sentence(text: str) -> None:
    assert len(sentences_in(text)) == 1


def test_a_line_of_a_list_is_a_sentence() -> None:
    assert sentences_in("Mitbringen:\n- Pass\n- Zeugnis\n\n") == ["Mitbringen", "- Pass", "- Zeugnis"]


def test_numbers_and_addresses_are_no_words() -> None:
    assert words_in("Tel. 030 23125-120, www.example.org, kurse@example.org") == ["Tel"]


@pytest.mark.parametrize("text", ["", "   ", "...", "Kurs", "Möbel gegen Spende abholen"])
def test_a_text_too_short_to_say_has_no_score(text: str) -> None:
    assert readability(text).score is None


def test_a_hard_word_is_named_once() -> None:
    assert readability("Aufenthaltstitel. Der Aufenthaltstitel.").hard_words == ("Aufenthaltstitel",)
