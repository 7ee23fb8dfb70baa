"""Posting lists as bytes: document numbers as steps, frequencies as small whole numbers where they are."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_HEAD = struct.Struct("<IIBB")
_STEPS: dict[int, np.dtype[Any]] = {1: np.dtype("<u1"), 2: np.dtype("<u2"), 4: np.dtype("<u4")}
_ONES, _WHOLE, _FLOAT = 0, 1, 4


def pack_postings(numbers: Sequence[int], weights: Sequence[float]) -> bytes:
    """Rising document numbers and their weights, as `unpack_postings` reads them. Weights keep 32-bit precision."""
    held = np.asarray(numbers, np.uint32)
    steps = np.diff(held)
    width = _width(int(steps.max(initial=0)))
    kind, often = _weights(np.asarray(weights, np.float32))
    return _HEAD.pack(len(held), int(held[0]), width, kind) + steps.astype(_STEPS[width]).tobytes() + often


def unpack_postings(packed: bytes, start: int = 0) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The document numbers and weights that `pack_postings` wrote, from `start` on."""
    count, first, width, kind = _HEAD.unpack_from(packed, start)
    steps = start + _HEAD.size
    numbers = np.empty(count, np.int32)
    numbers[0] = first
    numbers[1:] = np.frombuffer(packed, _STEPS[width], count - 1, steps)
    np.cumsum(numbers, out=numbers)
    if kind == _ONES:
        return numbers, np.ones(count, np.float32)
    often = np.frombuffer(packed, "<u1" if kind == _WHOLE else "<f4", count, steps + (count - 1) * width)
    return numbers, often.astype(np.float32)


def _width(step: int) -> int:
    if step < 1 << 8:
        return 1
    return 2 if step < 1 << 16 else 4


def _weights(weights: NDArray[np.float32]) -> tuple[int, bytes]:
    if (weights == 1).all():
        return _ONES, b""
    small = weights.astype(np.uint8, casting="unsafe") if weights.max() < 256 else None
    if small is not None and (small == weights).all():
        return _WHOLE, small.tobytes()
    return _FLOAT, weights.astype("<f4").tobytes()
