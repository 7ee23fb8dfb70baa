"""Many words in little room."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infopool.search.packed import Lines, Runs, Table

TEXTS = ["Deutschkurs", "", "курси німецької", "دورة", "ናይ ምሸት ኮርስ"]
words = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=12)


def test_lines_are_what_they_were_made_of() -> None:
    lines = Lines(TEXTS)
    assert (list(lines), len(lines), lines[2], lines[-1], lines[1:3]) == (TEXTS, 5, TEXTS[2], TEXTS[4], TEXTS[1:3])


def test_there_is_no_line_behind_the_last() -> None:
    with pytest.raises(IndexError):
        Lines(TEXTS)[5]


@given(st.lists(words.filter(bool)))
def test_lines_read_again_are_the_same(texts: list[str]) -> None:
    assert list(Lines.of(json.loads(json.dumps(Lines(texts).plain())))) == texts


def test_a_run_is_found_with_all_its_numbers() -> None:
    runs = Runs([("kurs deutsch", 7), ("wohnung such", 1), ("kurs deutsch", 3)])
    assert [list(runs.find(run)) for run in ("kurs deutsch", "wohnung such", "kurs")] == [[3, 7], [1], []]


@given(st.dictionaries(words, st.integers(0, 100_000)))
def test_runs_read_again_are_the_same(filed: dict[str, int]) -> None:
    again = Runs.of(json.loads(json.dumps(Runs(filed.items()).plain())))
    assert {run: list(again.find(run)) for run in filed} == {run: [number] for run, number in filed.items()}


@given(st.dictionaries(words, words), words)
def test_a_table_read_again_knows_the_same(rows: dict[str, str], other: str) -> None:
    for table in (Table(rows), Table.of(json.loads(json.dumps(Table(rows).plain())))):
        assert {key: table.get(key) for key in rows} == rows
        assert (other in table, table.get(other)) == (other in rows, rows.get(other, ""))
        assert table.beginning(other) == sorted(key for key in rows if key.startswith(other))
