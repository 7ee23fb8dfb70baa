"""The measures, against values worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from infopool.search.evaluating import measure, read_judged


def test_a_perfect_answer_scores_one() -> None:
    assert measure([3, 2, 1], {"a": 3, "b": 2, "c": 1})["ndcg@10"] == pytest.approx(1)


def test_a_swapped_answer_scores_less() -> None:
    # (1/1 + 7/log2(3)) / (7/1 + 1/log2(3)) with gains 2^3-1 = 7 and 2^1-1 = 1
    assert measure([1, 3], {"a": 3, "b": 1})["ndcg@10"] == pytest.approx(0.7098, abs=1e-4)


def test_the_first_relevant_rank_counts() -> None:
    assert measure([0, 0, 0, 2], {"a": 2})["mrr@10"] == pytest.approx(1 / 4)


def test_success_looks_at_five() -> None:
    assert measure([0, 0, 0, 0, 1], {"a": 1})["success@5"] == 1
    assert measure([0, 0, 0, 0, 0, 1], {"a": 1})["success@5"] == 0


def test_nothing_found_is_empty() -> None:
    assert measure([], {"a": 1}) == {"ndcg@10": 0, "success@5": 0, "mrr@10": 0, "empty": 1}


@pytest.mark.parametrize("qrels", ["q1\tA7\t3\n", "q1 0 A7 3\n", "query\toffer\tgrade\nq1\tA7\t3\n"])
def test_judgements_are_read_in_the_forms_people_use(tmp_path: Path, qrels: str) -> None:
    (tmp_path / "q").write_text('{"id": "q1", "lang": "ar", "q": "دورة"}\n', encoding="utf-8")
    (tmp_path / "r").write_text(qrels, encoding="utf-8")
    (judged,) = read_judged(tmp_path / "q", tmp_path / "r")
    assert (judged.language, judged.grades) == ("ar", {"A7": 3})
