"""CSV files as programs and people write them."""

from __future__ import annotations

import pytest

from importers.csv_text import decode, find_separator, read_csv

TEXT = "Nr;Titel;Ort\n1;Gespräch für Mütter – 5 €;Bad Säckingen\n2;Käse & Brötchen;Görwihl\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
def test_any_usual_encoding_is_read(encoding: str) -> None:
    data = TEXT.encode(encoding)
    assert decode(data).lstrip("\ufeff") == TEXT


def test_latin_1_and_dos_are_read_where_they_have_the_signs() -> None:
    plain = TEXT.replace("–", "-").replace("€", "Euro")
    assert [decode(plain.encode(encoding)) for encoding in ("latin-1", "cp850")] == [plain, plain]


def test_a_file_of_mixed_encodings_is_read_line_by_line() -> None:
    data = "Titel\nMütter\n".encode() + "Väter\n".encode("cp1252") + "Söhne\n".encode() + "Töchter\n".encode()
    assert decode(data) == "Titel\nMütter\nVäter\nSöhne\nTöchter\n"


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found(separator: str) -> None:
    lines = [
        separator.join(("Nr", "Titel", "Kosten")) + "\n",
        separator.join(("1", "Kurs", '"5,00 €; ermäßigt|frei"')) + "\n",
    ]
    assert find_separator(lines) == separator


def test_excels_own_line_about_the_separator_is_obeyed() -> None:
    assert read_csv(b"sep=,\nTitel,Ort\nKurs,Wehr\n")[0] == [(2, ("Titel", "Ort")), (3, ("Kurs", "Wehr"))]


def test_lines_and_separators_within_quotes_belong_to_the_cell() -> None:
    rows, broken = read_csv(b'Titel;Ort\n"Kurs; A1\nam Abend ""neu""";Wehr\n')
    assert rows[1] == (2, ('Kurs; A1\nam Abend "neu"', "Wehr"))
    assert broken == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(end: str) -> None:
    data = end.join(("Titel;Ort", "Kurs;Wehr", "", "Treff;Murg")).encode()
    assert read_csv(data)[0] == [(1, ("Titel", "Ort")), (2, ("Kurs", "Wehr")), (4, ("Treff", "Murg"))]


def test_a_form_feed_within_a_cell_does_not_part_the_row() -> None:
    assert read_csv(b"Titel;Ort\r\nKurs\x0cA1;Wehr\r\n")[0][1] == (2, ("Kurs\x0cA1", "Wehr"))


def test_a_quotation_mark_never_closed_costs_only_its_own_line() -> None:
    rows, broken = read_csv(b'Nr;Titel;Ort\n1;"Kurs;Wehr\n2;Treff;Murg\n3;Caf\xc3\xa9;Wutach\n')
    assert [cells for _, cells in rows[1:]] == [("1", "Kurs", "Wehr"), ("2", "Treff", "Murg"), ("3", "Café", "Wutach")]
    assert broken == (2,)


def test_rows_keep_their_numbers_when_some_are_empty() -> None:
    assert [line for line, _ in read_csv(b"\n\nTitel\n;;\nKurs\n")[0]] == [3, 5]


def test_null_characters_are_left_out() -> None:
    assert read_csv(b"Titel;Ort\nKu\x00rs;Wehr\n")[0][1] == (2, ("Kurs", "Wehr"))
