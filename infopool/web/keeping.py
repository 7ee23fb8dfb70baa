"""Keeping finished pages for a while: what is the same for every visitor need not be made anew for each.

Only pages that the index, the region and the day alone decide are kept, in the memory of the process and nowhere else,
and only until any of the three changes. A page that may betray somebody at risk (`no-store`) is never kept. A kept page
is handed out in front of Flask, which takes longer to make sense of a request than the page takes to send.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from time import perf_counter
from types import MappingProxyType
from typing import TYPE_CHECKING

from flask import Flask, Response, g, request
from werkzeug.exceptions import SecurityError
from werkzeug.http import parse_etags, remove_entity_headers
from werkzeug.wsgi import get_host

from infopool.web import logs
from infopool.web.compression import encoding_taken

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger("infopool.errors")

KEPT = frozenset(
    {
        "public.home",
        "public.search",
        "public.topic",
        "public.all_topics",
        "public.place",
        "public.all_places",
        "crawlers.sitemap",
    }
)
"""The pages that ask the database nothing."""

LARGEST_PAGE = 200_000
"""Bytes of a page that is kept; a longer one is made anew, so that no stranger can fill the memory."""
LONGEST_QUERY = 1_000
"""Characters of the question in an address; nobody asks a longer one twice."""

HOOKS = "infopool.kept_hooks"
"""Under this name the application's extensions hold what is called with the facts of every kept page handed out."""

Facts = Mapping[str, object]
"""What a view wrote into `g.page_facts` about its page, for those who count pages and do not see the request."""
Hook = Callable[[Facts], object]
Key = tuple[str, str, str, str, date]
"""Path, question, packing, state of the index, day: nothing else decides what is on a kept page."""
HeaderList = tuple[tuple[str, str], ...]

ENVIRON_KEY = "infopool.page_key"
"""Where a request carries the key under which its page may be kept."""


@dataclass(frozen=True)
class Finished:
    """A page as it goes out, packed, with what the log and the counting say about it."""

    body: bytes
    headers: HeaderList
    unchanged: HeaderList = ()
    """The headers of the answer to a browser that has the page already."""
    etag: str = ""
    route: str = ""
    language: str = ""
    facts: Facts = field(default_factory=dict)


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


class KeptFirst:
    """The layer in front of the application: a page that is kept goes out from here, all else goes through."""

    def __init__(self, app: Flask, kept: FinishedPages) -> None:
        self._app = app
        self._inside: WSGIApplication = app.wsgi_app
        self._kept = kept
        self._hooks: list[Hook] = app.extensions[HOOKS]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        started = perf_counter()
        key = self._key(environ)
        found = self._kept.get(key) if key else None
        if found and self._is_for_us(environ):
            return self._hand_out(found, environ, start_response, started)
        environ[ENVIRON_KEY] = key
        return self._inside(environ, start_response)

    def _key(self, environ: WSGIEnvironment) -> Key | None:
        query = environ.get("QUERY_STRING", "")
        # A condition other than "unless I have it" is rare enough to be left to Flask.
        if environ["REQUEST_METHOD"] != "GET" or len(query) > LONGEST_QUERY or "HTTP_IF_MATCH" in environ:
            return None
        house = self._app.extensions["infopool"]
        generation = house.generation()
        if not generation:
            return None
        packing = encoding_taken(environ.get("HTTP_ACCEPT_ENCODING", ""))
        return environ.get("PATH_INFO", ""), query, packing, generation, house.today()

    def _is_for_us(self, environ: WSGIEnvironment) -> bool:
        """Whether the request names a host of ours; what it gets otherwise is decided where it always is."""
        trusted = self._app.config["TRUSTED_HOSTS"]
        if trusted is None:
            return True
        try:
            return bool(get_host(environ, trusted))
        except SecurityError:
            return False

    def _hand_out(
        self, page: Finished, environ: WSGIEnvironment, start_response: StartResponse, started: float
    ) -> list[bytes]:
        known = environ.get("HTTP_IF_NONE_MATCH")
        has_it = bool(known and page.etag and parse_etags(known).contains_weak(page.etag))
        self._tell(page.facts)
        # The lists are copied because a server may change the one it is given.
        if has_it:
            start_response("304 NOT MODIFIED", list(page.unchanged))
        else:
            start_response("200 OK", list(page.headers))
        logs.write("GET", page.route, 304 if has_it else 200, perf_counter() - started, page.language)
        return [] if has_it else [page.body]

    def _tell(self, facts: Facts) -> None:
        for hook in self._hooks:
            try:
                hook(facts)
            except Exception:  # a visitor gets her page even when counting it fails
                log.exception("a hook for kept pages failed")


def prepare(app: Flask, most: int) -> None:
    """Keep up to so many pages; 0 keeps none. To be called first, so that it sees answers last, as they go out."""
    app.extensions.setdefault(HOOKS, [])
    if most <= 0:
        return
    kept = FinishedPages(most)

    @app.after_request
    def keep(response: Response) -> Response:
        key = request.environ.pop(ENVIRON_KEY, None)
        if key and request.endpoint in KEPT and is_for_everybody(response):
            # The server writes the time on every answer; the one of a page that is kept would be old.
            response.headers.pop("Date", None)
            if len(response.get_data()) <= LARGEST_PAGE:
                kept.put(key, finished(response))
        return response

    app.wsgi_app = KeptFirst(app, kept)  # type: ignore[method-assign]


def is_for_everybody(response: Response) -> bool:
    """Whether an answer is a whole page without anything of one visitor in it or above it."""
    return (
        response.status_code == 200
        and "no-store" not in response.headers.get("Cache-Control", "")
        and "Set-Cookie" not in response.headers
        and {name.lower() for name in response.vary} <= {"accept-encoding"}
    )


def finished(response: Response) -> Finished:
    """The page of this request as it is kept."""
    headers = response.get_wsgi_headers(request.environ)
    unchanged = headers.copy()
    remove_entity_headers(unchanged)
    rule = request.url_rule
    # Where the address does not say the language, the browser of the first visitor did: that is hers.
    language = g.get("language") if rule and "language" in rule.arguments else None
    return Finished(
        response.get_data(),
        tuple(headers.to_wsgi_list()),
        tuple(unchanged.to_wsgi_list()),
        response.get_etag()[0] or "",
        rule.rule if rule else "",
        language.tag if language else "",
        MappingProxyType(dict(g.get("page_facts", ()))),
    )
