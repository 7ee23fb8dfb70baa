"""One page of a long list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Paged(Generic[Row]):
    """A page with its rows, and where in the whole list it stands."""

    rows: tuple[Row, ...]
    total: int
    """Rows of all pages."""
    page: int
    """From 1."""
    size: int
    """Rows of a full page."""

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return _pages(self.total, self.size)


def paged(total: int, page: int, size: int, read: Callable[[int], Iterable[Row]]) -> Paged[Row]:
    """The page asked for; the last one for a number past it, the first for one below 1. `read` is asked for the rows
    from an offset on and gives at most a page of them."""
    near = min(max(1, page), _pages(total, size))
    return Paged(tuple(read((near - 1) * size)), total, near, size)


def _pages(total: int, size: int) -> int:
    return max(1, -(-total // size))
