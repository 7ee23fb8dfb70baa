"""Two texts held against each other."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infopool.directory.wording import Change, not_carried_over, shown, text_with, what_changed, words_of, worth_a_look
from tests.making import a_text


def test_a_changed_word_is_shown_beside_the_one_it_replaces() -> None:
    assert shown(what_changed("Jeden Montag um 9 Uhr.", "Jeden Dienstag um 9 Uhr.")) == (
        "Jeden [-Montag-]{+Dienstag+} um 9 Uhr."
    )


def test_nothing_is_shown_as_changed_where_nothing_is() -> None:
    assert {piece.change for piece in what_changed("Jeden Montag", "Jeden Montag")} == {Change.KEPT}


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_make_up_both_texts(before: str, after: str) -> None:
    pieces = what_changed(before, after)
    assert "".join(piece.words for piece in pieces if piece.change is not Change.NEW) == before
    assert "".join(piece.words for piece in pieces if piece.change is not Change.GONE) == after


def test_documents_are_one_line_each() -> None:
    text = a_text(documents=("Pass", "Meldebescheinigung, aktuell"))
    assert words_of(text, "documents") == "Pass\nMeldebescheinigung, aktuell"
    assert text_with("de", {"documents": words_of(text, "documents")}).documents == text.documents


def lost(german: str, translation: str) -> list[str]:
    return [
        str(message.params["what"])
        for message in not_carried_over(a_text(summary=german), a_text(summary=translation, language="ar"))
    ]


@pytest.mark.parametrize(
    "translation",
    [
        "هاتف: 030 23125-120",
        "هاتف: ٠٣٠ ٢٣١٢٥ ١٢٠",
        "هاتف: \u2066+49 30 23125120\u2069",
        "هاتف: 0049 (0)30 / 23125 120",
    ],
)
def test_a_phone_number_may_be_written_in_many_ways(translation: str) -> None:
    assert lost("Telefon 030 23125-120", translation) == []


def test_a_phone_number_with_a_wrong_digit_is_lost_and_invented() -> None:
    assert lost("Telefon 030 23125-120", "هاتف 030 23125-121") == ["03023125120", "03023125121"]


def test_a_link_that_the_original_does_not_have_is_invented() -> None:
    assert lost("Melden Sie sich an.", "Sign up at https://example.org/pay.") == ["example.org/pay"]


def test_a_lost_mail_address_is_named() -> None:
    assert lost("Schreiben Sie an kurse@example.org.", "Write to us.") == ["kurse@example.org"]


def test_the_end_of_a_sentence_does_not_belong_to_a_link() -> None:
    assert lost("Siehe www.example.org/kurse.", "See https://example.org/kurse/ please.") == []


@pytest.mark.parametrize(
    "words", ["am 01.09.2026 um 18:30 Uhr", "79761 Waldshut", "2026-2027", "1.000 €", "08:00-12:00"]
)
def test_dates_times_and_prices_are_no_phone_numbers(words: str) -> None:
    assert lost(words, "") == []


def numbers(german: str, translation: str) -> list[str]:
    return [
        str(message.params["what"])
        for message in worth_a_look(a_text(summary=german), a_text(summary=translation, language="ar"))
    ]


def test_a_number_that_is_gone_is_worth_a_look() -> None:
    assert numbers("20 € im Monat", "monthly fee") == ["20"]


def test_a_date_may_be_written_in_another_order() -> None:
    assert numbers("am 01.09.2026 um 9.00 Uhr", "on 2026-09-01 at 9:00") == []


@pytest.mark.parametrize(
    "words", ["a" * 20_000, "a." * 10_000, "0-" * 10_000, "@" * 20_000, "1 " * 10_000, "a-" * 9_999]
)
def test_no_text_takes_minutes(words: str) -> None:
    before = time.process_time()
    list(not_carried_over(a_text(summary=words), a_text(summary=words)))
    assert time.process_time() - before < 2


def test_what_is_handed_in_is_made_safe_to_keep() -> None:
    text = text_with("ar", {"title": "Ein\nTitel\u202e", "summary": "<b>Gut</b><script>alert(1)</script>"})
    assert (text.title, text.summary) == ("Ein Titel", "Gut")
