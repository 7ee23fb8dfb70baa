"""Who may ask: forms only from our own pages, no flood, no cookie anywhere on the public pages."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from threading import Lock, Semaphore
from urllib.parse import urlsplit

from flask import Request

LARGEST_FORM = 64 * 1024
"""Bytes a visitor may send."""


def is_from_our_pages(asking: Request, base_url: str) -> bool:
    """Whether a form was sent from one of our own pages.

    Browsers say it themselves in Sec-Fetch-Site. Older ones send Origin with a POST: it must be ours. A program that
    sends neither carries no cookie of ours either, so nobody can be tricked by it. (The rule of Datasette.)
    """
    site = asking.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = asking.headers.get("Origin")
    return origin is None or origin in {_origin(base_url), _origin(asking.host_url)}


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}".lower()


class Throttle:
    """Bremse. At most so many times within so many seconds, counted over all visitors of a process: it keeps a robot
    from flooding the curators and needs nobody's address."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._times: deque[float] = deque()
        self._lock = Lock()

    def lets_through(self) -> bool:
        """Whether one more is allowed now; if so it is counted."""
        now = self._clock()
        with self._lock:
            while self._times and self._times[0] <= now - self._seconds:
                self._times.popleft()
            if len(self._times) >= self._most:
                return False
            self._times.append(now)
            return True

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._times.clear()


class FormReader:
    """Reads what visitors send, only so many at a time.

    A form that arrives byte by byte holds the thread that reads it until its sender hangs up; as many of them as there
    are threads, and nobody else is answered. (To stop reading after some seconds does not help: the server blocks when
    it is to answer a request whose form somebody is still reading.)
    """

    def __init__(self, most: int) -> None:
        self._room = Semaphore(most)

    def read(self, asking: Request) -> int:
        """Have the whole form of a request at hand before anybody looks into it. Gives the status to refuse it with
        (413 too long, 429 too many at once), or 0 when all is well."""
        if (asking.content_length or 0) > LARGEST_FORM:
            return 413
        if not self._room.acquire(blocking=False):
            return 429
        try:
            asking.form  # noqa: B018 - reading it is what takes the time
        finally:
            self._room.release()
        return 0
