"""Many words in little room: texts in one piece, and runs of words found by their numbers."""

from __future__ import annotations

from array import array
from base64 import b64decode, b64encode
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import overload
from zlib import adler32, crc32

from infopool.search.compiled import Plain

_LINE = "\n"


class Lines(Sequence[str]):
    """Texts without line breaks, kept as one piece of UTF-8: a Python string of its own takes 50 bytes and more."""

    def __init__(self, texts: Iterable[str]) -> None:
        pieces = [text.encode() for text in texts]
        self._bytes = b"".join(pieces)
        self._ends = array("I", accumulate(map(len, pieces)))

    def plain(self) -> str:
        """What `of` reads."""
        return _LINE.join(self)

    @classmethod
    def of(cls, plain: str) -> Lines:
        """The texts again from what `plain` gave."""
        return cls(plain.split(_LINE) if plain else ())

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        at %= len(self)
        return self._bytes[self._ends[at - 1] if at else 0 : self._ends[at]].decode()

    def __iter__(self) -> Iterator[str]:
        start = 0
        for end in self._ends:
            yield self._bytes[start:end].decode()
            start = end


class Runs:
    """Runs of words, each with a number: twelve bytes for each in place of some hundred and fifty.

    A run is known by two checksums together, 64 bits: that one nobody filed passes for another is less likely than one
    in a hundred million millions.
    """

    def __init__(self, runs: Iterable[tuple[str, int]]) -> None:
        filed = sorted((_checksum(run), number) for run, number in runs)
        self._sums = array("Q", (checksum for checksum, _ in filed))
        self._numbers = array("I", (number for _, number in filed))

    def plain(self) -> Plain:
        """All of it as JSON can hold it."""
        return {"sums": b64encode(self._sums).decode(), "numbers": b64encode(self._numbers).decode()}

    @classmethod
    def of(cls, plain: Plain) -> Runs:
        """The runs again from what `plain` gave."""
        runs = cls(())
        runs._sums.frombytes(b64decode(plain["sums"]))
        runs._numbers.frombytes(b64decode(plain["numbers"]))
        return runs

    def find(self, run: str) -> Sequence[int]:
        """The numbers filed under a run, rising."""
        checksum = _checksum(run)
        first = last = bisect_left(self._sums, checksum)
        while last < len(self._sums) and self._sums[last] == checksum:
            last += 1
        return self._numbers[first:last]


def _checksum(run: str) -> int:
    written = run.encode()
    return crc32(written) << 32 | adler32(written)
