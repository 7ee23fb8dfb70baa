"""One page of a long list."""

from __future__ import annotations

import pytest

from infopool.curation.paging import Paged, paged

LETTERS = "abcdefg"


def page(number: int, letters: str = LETTERS) -> Paged[str]:
    return paged(len(letters), number, 3, lambda offset: letters[offset : offset + 3])


@pytest.mark.parametrize(("number", "rows"), [(1, "abc"), (2, "def"), (3, "g")])
def test_a_page_has_its_rows(number: int, rows: str) -> None:
    assert (page(number).page, "".join(page(number).rows), page(number).total) == (number, rows, 7)


@pytest.mark.parametrize(("number", "near"), [(0, 1), (-5, 1), (4, 3), (10**9, 3)])
def test_a_page_that_is_not_there_is_the_nearest(number: int, near: int) -> None:
    assert page(number) == page(near)


def test_a_list_without_rows_has_one_empty_page() -> None:
    assert (page(1, "").rows, page(1, "").pages, page(2, "").page) == ((), 1, 1)
