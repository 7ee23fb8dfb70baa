"""One line per request, as JSON: what was asked of the site, never who asked or for which words."""

from __future__ import annotations

import json
import logging
import sys
from time import perf_counter

from flask import Flask, Response, g, request

log = logging.getLogger("infopool.requests")


def prepare(app: Flask) -> None:
    """Write a line for every request of the application."""
    if not log.handlers:
        log.addHandler(logging.StreamHandler(sys.stderr))
        log.setLevel(logging.INFO)

    def start() -> None:
        g.started = perf_counter()

    # Before everything else that looks at a request first: some of it answers at once, and that takes time too.
    app.before_request_funcs.setdefault(None, []).insert(0, start)

    @app.after_request
    def finish(response: Response) -> Response:
        language = g.get("language")
        write(
            request.method if request.method in METHODS else "other",
            request.url_rule.rule if request.url_rule else "",
            response.status_code,
            perf_counter() - g.get("started", perf_counter()),
            language.tag if language else "",
        )
        return response


def write(method: str, route: str, status: int, seconds: float, language: str) -> None:
    """Write the line of a request: the route's pattern, not the address; no query, no network address, no browser."""
    told = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1), "language": language}
    log.info(json.dumps(told))


METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
