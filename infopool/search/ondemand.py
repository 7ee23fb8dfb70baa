"""A table whose values are made when somebody first looks at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from threading import Lock
from typing import TypeVar

Value = TypeVar("Value")


class OnDemand(Mapping[str, Value]):
    """Values by name, each made ready when it is first looked at: few processes meet every script."""

    def __init__(self, makers: Mapping[str, Callable[[], Value]]) -> None:
        self._makers = makers
        self._ready: dict[str, Value] = {}
        self._lock = Lock()

    def __getitem__(self, name: str) -> Value:
        known = self._ready.get(name)
        if known is None:
            make = self._makers[name]
            with self._lock:
                known = self._ready.get(name)
                if known is None:
                    known = self._ready[name] = make()
        return known

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def __contains__(self, name: object) -> bool:
        return name in self._makers
