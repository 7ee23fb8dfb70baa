"""Keeping finished pages for a while: what is the same for every visitor need not be made anew for each.

Only pages that the index, the region and the day alone decide are kept, in the memory of the process and nowhere else,
and only until any of the three changes. A page that may betray somebody at risk (`no-store`) is never kept.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from flask import Flask, Response, g, request
from werkzeug.datastructures import Headers

from infopool.search.engine import EngineBroken
from infopool.web.compression import encoding_for
from infopool.web.pool import pool

KEPT = frozenset(
    {
        "public.home",
        "public.search",
        "public.topic",
        "public.topics",
        "public.place",
        "public.places",
        "crawlers.sitemap",
    }
)
"""The pages that ask the database nothing."""

LARGEST_PAGE = 200_000
"""Bytes of a page that is kept; a longer one is made anew, so that no stranger can fill the memory."""
LONGEST_QUERY = 1_000
"""Characters of the question in an address; nobody asks a longer one twice."""

Key = tuple[str, bytes, str, str, str]


@dataclass(frozen=True)
class Finished:
    """A page as it goes out, packed."""

    body: bytes
    headers: Headers


class FinishedPages:
    """The pages asked for last, by address, packing, state of the index and day."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._pages: OrderedDict[Key, Finished] = OrderedDict()

    def get(self, key: Key) -> Finished | None:
        """The page kept for this key."""
        with self._lock:
            found = self._pages.get(key)
            if found:
                self._pages.move_to_end(key)
            return found

    def put(self, key: Key, page: Finished) -> None:
        """Keep a page; the one asked for longest ago goes."""
        with self._lock:
            self._pages[key] = page
            self._pages.move_to_end(key)
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)


def prepare(app: Flask, most: int) -> None:
    """Keep up to so many pages; 0 keeps none. To be called first, so that it sees answers last, as they go out."""
    if most <= 0:
        return
    kept = FinishedPages(most)

    @app.after_request
    def keep(response: Response) -> Response:
        key = g.pop("page_key", None)
        if key and response.status_code == 200 and "no-store" not in response.headers.get("Cache-Control", ""):
            body = response.get_data()
            if len(body) <= LARGEST_PAGE:
                kept.put(key, Finished(body, Headers(response.headers)))
        return response

    @app.before_request
    def hand_out() -> Response | None:
        key = _key()
        found = kept.get(key) if key else None
        if found:
            g.finished = True  # its headers went through everything once
            # Only an answer "you have it already" changes its headers; all others share the ones that are kept.
            return Response(found.body, headers=Headers(found.headers) if request.if_none_match else found.headers)
        if key:
            g.page_key = key
        return None


def _key() -> Key | None:
    if request.method != "GET" or request.endpoint not in KEPT or len(request.query_string) > LONGEST_QUERY:
        return None
    house = pool()
    try:
        generation = house.search.engine.generation()
    except EngineBroken:
        return None
    return request.path, request.query_string, encoding_for(request), generation, house.today().isoformat()
