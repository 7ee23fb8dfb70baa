"""Costs, levels, yes and no, dates and places free, as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from infopool.directory.drafts import Cost
from infopool.directory.facts import Answer, CostKind, CostPeriod
from infopool.directory.reading.answers import read_answer
from infopool.directory.reading.capacities import read_free_places
from infopool.directory.reading.costs import read_cost
from infopool.directory.reading.dates import read_date
from infopool.directory.reading.levels import Levels, read_levels

FREE, PAID, BY_INCOME = CostKind.FREE, CostKind.PAID, CostKind.BY_INCOME
P = CostPeriod

COSTS: list[tuple[str, Cost]] = [
    ("kostenlos", Cost(FREE)),
    ("Kostenfrei", Cost(FREE)),
    ("frei", Cost(FREE)),
    ("gratis", Cost(FREE)),
    ("free of charge", Cost(FREE)),
    ("keine Kosten", Cost(FREE)),
    ("keine", Cost(FREE)),
    ("0 €", Cost(FREE)),
    ("0,00 €", Cost(FREE)),
    ("Das Angebot ist kostenlos", Cost(FREE)),
    ("20 € pro Monat", Cost(PAID, 2_000, P.MONTH)),
    ("20€/Monat", Cost(PAID, 2_000, P.MONTH)),
    ("monatlich 20 Euro", Cost(PAID, 2_000, P.MONTH)),
    ("mtl. 20,- €", Cost(PAID, 2_000, P.MONTH)),
    ("5 EUR", Cost(PAID, 500)),
    ("€ 12,50", Cost(PAID, 1_250)),
    ("12.50 €", Cost(PAID, 1_250)),
    ("1.200 €", Cost(PAID, 120_000)),
    ("1.200,50 Euro pro Kurs", Cost(PAID, 120_050, P.COURSE)),
    ("20,-", Cost(PAID, 2_000)),
    ("15", Cost(PAID, 1_500)),
    ("50 Cent", Cost(PAID, 50)),
    ("2 € pro Treffen", Cost(PAID, 200, P.SESSION)),
    ("2,50 € je Stunde", Cost(PAID, 250, P.HOUR)),
    ("30 € pro Woche", Cost(PAID, 3_000, P.WEEK)),
    ("60 € im Jahr", Cost(PAID, 6_000, P.YEAR)),
    ("Kursgebühr: 85 €", Cost(PAID, 8_500, P.COURSE)),
    ("20 € per month", Cost(PAID, 2_000, P.MONTH)),
    ("nach Einkommen", Cost(BY_INCOME)),
    ("einkommensabhängig", Cost(BY_INCOME)),
    ("depends on your income", Cost(BY_INCOME)),
    ("nach Einkommen, höchstens 50 €", Cost(BY_INCOME, words="nach Einkommen, höchstens 50 €")),
    ("Spende erbeten", Cost(FREE, words="Spende erbeten")),
    ("kostenlos, um Spenden wird gebeten", Cost(FREE, words="kostenlos, um Spenden wird gebeten")),
    ("kostenlos, Essen 1 €", Cost(FREE, words="kostenlos, Essen 1 €")),
    ("kostenlos mit Berechtigungsschein", Cost(FREE, words="kostenlos mit Berechtigungsschein")),
    ("150 € pro Kurs, Ermäßigung möglich", Cost(PAID, 15_000, P.COURSE, "150 € pro Kurs, Ermäßigung möglich")),
    (
        "erste Beratung kostenlos, danach 60 € pro Jahr",
        Cost(PAID, 6_000, P.YEAR, "erste Beratung kostenlos, danach 60 € pro Jahr"),
    ),
    ("ab 5 €", Cost(PAID, 500, words="ab 5 €")),
    ("20-40 €", Cost(PAID, None, words="20-40 €")),
    ("20 bis 40 Euro pro Monat", Cost(PAID, None, P.MONTH, "20 bis 40 Euro pro Monat")),
    ("-", Cost()),
    ("k. A.", Cost()),
    ("", Cost()),
]


@pytest.mark.parametrize(("text", "cost"), COSTS, ids=[text for text, _ in COSTS])
def test_costs_are_understood(text: str, cost: Cost) -> None:
    assert read_cost(text) == (cost, "")


@pytest.mark.parametrize("text", ["Festnetztarif", "bitte erfragen", "siehe Website", "nicht kostenlos"])
def test_words_that_name_no_cost_are_shown_and_left_over(text: str) -> None:
    assert read_cost(text) == (Cost(words=text), text)


LEVELS: list[tuple[str, tuple[str, ...], str]] = [
    ("A2, ab A1", ("A2",), "A1"),
    ("ab B1", (), "B1"),
    ("mind. A2", (), "A2"),
    ("mindestens A1", (), "A1"),
    ("B1 erforderlich", (), "B1"),
    ("Voraussetzung: B2", (), "B2"),
    ("B1 oder höher", (), "B1"),
    ("at least A2", (), "A2"),
    ("keine Vorkenntnisse", (), "A0"),
    ("Keine Deutschkenntnisse nötig", (), "A0"),
    ("keine", (), "A0"),
    ("für Anfänger", (), "A0"),
    ("alle Niveaus", (), "A0"),
    ("no German needed", (), "A0"),
    ("Kurs A2", ("A2",), ""),
    ("führt zu B1", ("B1",), ""),
    ("führt zu B1, ab A2", ("B1",), "A2"),
    ("ab A1, führt zu A2", ("A2",), "A1"),
    ("leads to B1, from A2", ("B1",), "A2"),
    ("A1", ("A1",), ""),
    ("a1", ("A1",), ""),
    ("A1.1", ("A1",), ""),
    ("A1 bis C1", ("A1", "A2", "B1", "B2", "C1"), ""),
    ("A1-B1", ("A1", "A2", "B1"), ""),
    ("A1/A2", ("A1", "A2"), ""),
    ("Kurs A0 und A1, keine Vorkenntnisse", ("A0", "A1"), "A0"),
    ("Alphabetisierung", ("A0",), ""),
    ("Niveau B2 (GER)", ("B2",), ""),
    ("ab A2/B1", (), "A2"),
    ("", (), ""),
    ("-", (), ""),
]


@pytest.mark.parametrize(("text", "taught", "required"), LEVELS, ids=[text for text, _, _ in LEVELS])
def test_levels_are_understood(text: str, taught: tuple[str, ...], required: str) -> None:
    assert read_levels(text) == (Levels(taught, required), "")


def test_a_bare_level_is_needed_where_german_is_not_the_subject() -> None:
    assert read_levels("B1", is_course=False) == (Levels(required="B1"), "")


@pytest.mark.parametrize("text", ["gut", "Muttersprache", "D5"])
def test_words_that_name_no_level_are_left_over(text: str) -> None:
    assert read_levels(text) == (Levels(), text)


Y, L, N, U = Answer.YES, Answer.LIMITED, Answer.NO, Answer.UNKNOWN

ANSWERS: list[tuple[str, str, Answer]] = [
    ("ja", "childcare", Y),
    ("JA", "childcare", Y),
    ("x", "women_only", Y),
    ("✓", "wheelchair", Y),
    ("1", "wheelchair", Y),
    ("yes", "childcare", Y),
    ("wahr", "childcare", Y),
    ("vorhanden", "childcare", Y),
    ("nein", "childcare", N),
    ("no", "childcare", N),
    ("✗", "childcare", N),
    ("teilweise", "wheelchair", L),
    ("auf Anfrage", "childcare", L),
    ("bei Bedarf", "childcare", L),
    ("on request", "childcare", L),
    ("rollstuhlgerecht", "wheelchair", Y),
    ("eine Stufe", "wheelchair", L),
    ("nicht barrierefrei", "wheelchair", N),
    ("Nur Frauen", "women_only", Y),
    ("für alle", "women_only", N),
    ("erforderlich", "registration_needed", Y),
    ("telefonisch", "registration_needed", Y),
    ("telefonisch oder per E-Mail", "registration_needed", Y),
    ("mit Termin", "registration_needed", Y),
    ("ohne Termin", "registration_needed", N),
    ("einfach kommen", "registration_needed", N),
    ("nicht nötig", "registration_needed", N),
    ("nicht erforderlich", "registration_needed", N),
    ("erwünscht", "registration_needed", L),
    ("", "childcare", U),
    ("-", "childcare", U),
    ("k.A.", "childcare", U),
    ("?", "women_only", U),
]


@pytest.mark.parametrize(
    ("text", "question", "answer"), ANSWERS, ids=[f"{text} {question}" for text, question, _ in ANSWERS]
)
def test_answers_are_understood_and_nothing_said_is_unknown(text: str, question: str, answer: Answer) -> None:
    assert read_answer(text, question) == (answer, "")


@pytest.mark.parametrize(
    ("text", "answer", "left"),
    [
        ("ja, ab 3 Jahren", Y, "ab 3 Jahren"),
        ("ja (nur vormittags)", Y, "nur vormittags"),
        ("nein: leider nicht", N, "leider nicht"),
        ("vielleicht im Herbst", U, "vielleicht im Herbst"),
        ("ja/nein", U, "ja/nein"),
    ],
)
def test_what_an_answer_says_besides_is_left_over(text: str, answer: Answer, left: str) -> None:
    assert read_answer(text, "childcare") == (answer, left)


DATES: list[tuple[str, date]] = [
    ("01.09.2026", date(2026, 9, 1)),
    ("1.9.26", date(2026, 9, 1)),
    ("1. 9. 2026", date(2026, 9, 1)),
    ("2026-09-01", date(2026, 9, 1)),
    ("2026-09-01 00:00:00", date(2026, 9, 1)),
    ("2026-09-01T14:30:00", date(2026, 9, 1)),
    ("1. September 2026", date(2026, 9, 1)),
    ("1 Sep 2026", date(2026, 9, 1)),
    ("September 1, 2026", date(2026, 9, 1)),
    ("5. März 2027", date(2027, 3, 5)),
    ("31/12/2026", date(2026, 12, 31)),
    ("Mi, 14.10.2026", date(2026, 10, 14)),
    ("ab 01.09.2026", date(2026, 9, 1)),
    ("bis zum 30.06.2027", date(2027, 6, 30)),
    ("46266", date(2026, 9, 1)),
    ("29.02.2028", date(2028, 2, 29)),
]


@pytest.mark.parametrize(("text", "day"), DATES, ids=[text for text, _ in DATES])
def test_dates_are_understood(text: str, day: date) -> None:
    assert read_date(text) == (day, "")


@pytest.mark.parametrize(
    "text", ["31.02.2026", "September 2026", "01.09.", "sofort", "01.09.2026 - 03.09.2026", "13.13.2026", "99999"]
)
def test_what_is_no_single_day_is_left_over(text: str) -> None:
    assert read_date(text) == (None, text)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("4", 4),
        ("0", 0),
        ("ausgebucht", 0),
        ("voll", 0),
        ("noch 3", 3),
        ("4 von 12", 4),
        ("ca. 5 Plätze", 5),
        ("fully booked", 0),
        ("", None),
    ],
)
def test_free_places_are_understood(text: str, places: int | None) -> None:
    assert read_free_places(text) == (places, "")


def test_words_that_are_no_number_of_places_are_left_over() -> None:
    assert read_free_places("genug") == (None, "genug")
