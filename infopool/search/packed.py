"""Many words in little room: texts in one piece, and runs of words found by their numbers."""

from __future__ import annotations

from array import array
from base64 import b64decode, b64encode
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Literal, overload
from zlib import adler32, crc32

from infopool.search.compiled import Plain

_BITS = 64
"""Of a checksum."""

Number = Literal["I", "Q"]


def packed(numbers: array[int]) -> str:
    """Whole numbers as JSON can hold them, in a tenth of the time that a list of them takes to read."""
    return b64encode(numbers).decode()


def unpacked(plain: str, kind: Number = "I") -> array[int]:
    """The numbers again from what `packed` gave; of 32 bits, or 64 (`Q`)."""
    numbers = array(kind)
    numbers.frombytes(b64decode(plain))
    return numbers


class Lines(Sequence[str]):
    """Texts kept as one piece of UTF-8: a Python string of its own takes 50 bytes and more."""

    def __init__(self, texts: Iterable[str]) -> None:
        pieces = [text.encode() for text in texts]
        self._bytes = b"".join(pieces)
        self._ends = array("I", accumulate(map(len, pieces)))

    def plain(self) -> Plain:
        """All of it as JSON can hold it."""
        return {"text": self._bytes.decode(), "ends": packed(self._ends)}

    @classmethod
    def of(cls, plain: Plain) -> Lines:
        """The texts again from what `plain` gave."""
        lines = cls(())
        lines._bytes, lines._ends = plain["text"].encode(), unpacked(plain["ends"])
        return lines

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
        self._take_starts(_starts(self._sums))

    def _take_starts(self, starts: array[int]) -> None:
        self._starts = starts
        """Where the checksums that begin with the same bits stand: it spares most of the search for one."""
        self._shift = _BITS - (len(starts) - 1).bit_length() + 1

    def plain(self) -> Plain:
        """All of it as JSON can hold it."""
        return {"sums": packed(self._sums), "numbers": packed(self._numbers), "starts": packed(self._starts)}

    @classmethod
    def of(cls, plain: Plain) -> Runs:
        """The runs again from what `plain` gave."""
        runs = cls(())
        runs._sums, runs._numbers = unpacked(plain["sums"], "Q"), unpacked(plain["numbers"])
        runs._take_starts(unpacked(plain["starts"]))
        return runs

    def find(self, run: str) -> Sequence[int]:
        """The numbers filed under a run, rising."""
        checksum = _checksum(run)
        place = checksum >> self._shift
        end = self._starts[place + 1]
        first = last = bisect_left(self._sums, checksum, self._starts[place], end)
        while last < end and self._sums[last] == checksum:
            last += 1
        return self._numbers[first:last]


def _starts(sums: array[int]) -> array[int]:
    """For each beginning of a checksum, as many as there are about checksums, the place of the first that has it or
    comes after; and the end."""
    bits = max(1, len(sums).bit_length() - 1)
    places = (bisect_left(sums, beginning << (_BITS - bits)) for beginning in range(1 << bits))
    return array("I", [*places, len(sums)])


class Table:
    """Texts by key, in the room of the letters and some twenty bytes."""

    def __init__(self, rows: Mapping[str, str]) -> None:
        keys = sorted(rows)
        self._keys, self._texts = Lines(keys), Lines(rows[key] for key in keys)
        self._places = Runs((key, place) for place, key in enumerate(keys))

    def plain(self) -> Plain:
        """All of it as JSON can hold it."""
        return {"keys": self._keys.plain(), "texts": self._texts.plain(), "places": self._places.plain()}

    @classmethod
    def of(cls, plain: Plain) -> Table:
        """The table again from what `plain` gave."""
        table = cls({})
        table._keys, table._texts = Lines.of(plain["keys"]), Lines.of(plain["texts"])
        table._places = Runs.of(plain["places"])
        return table

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, key: str) -> bool:
        return bool(self._places.find(key))

    def get(self, key: str) -> str:
        """The text of a key; empty when there is none."""
        places = self._places.find(key)
        return self._texts[places[0]] if places else ""

    def beginning(self, letters: str) -> list[str]:
        """The keys that begin with these letters, in their order."""
        first = bisect_left(self._keys, letters)
        return self._keys[first : bisect_left(self._keys, letters + "\U0010ffff", first)]


def _checksum(run: str) -> int:
    written = run.encode()
    return crc32(written) << 32 | adler32(written)
