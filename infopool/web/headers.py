"""What stands above every answer: what a browser may load, keep and tell others."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Response, g, request

from infopool.web.compression import compress
from infopool.web.i18n import page_language

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    # Not "no-referrer": with it browsers send "Origin: null" and a form could not be told from a foreign one.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), payment=(), usb=()"
    ),
    "X-DNS-Prefetch-Control": "off",
}
"""On every answer, whatever it is."""

EVERYWHERE = "public, max-age=60"
AT_HOME = "private, max-age=60"
"""Only the visitor's own browser: the address holds what she typed."""
AT_HOME_ASKING = "private, no-cache"
"""The same, but asking each time whether it is still so."""
NOWHERE = "no-store"
"""No cache, nor the browser's way back: the page may betray somebody at risk."""

STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"


def prepare(app: Flask, *, production: bool) -> None:
    """Put the headers on every answer of the application."""

    @app.after_request
    def finish(response: Response) -> Response:
        _stay_here(response)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if production:
            response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT
        if response.mimetype == "text/html" and response.status_code not in (301, 302, 303, 308):
            response.headers.setdefault("Content-Language", page_language().tag)
        _say_how_long_to_keep(response)
        if not request.path.startswith("/admin"):
            # Packed, the length of a page would tell something about what stands beside what somebody typed (BREACH).
            compress(response, request)
        return response


def _stay_here(response: Response) -> None:
    """Lead to a path of our own, never to a host: the router builds whole addresses out of the Host header and of
    `http:`, which is wrong behind a server that speaks TLS. No page here leads elsewhere by itself."""
    if "Location" in response.headers:
        target = urlsplit(response.headers["Location"])
        response.headers["Location"] = urlunsplit(("", "", "/" + target.path.lstrip("/"), target.query, ""))
        response.set_data(b"")


def _say_how_long_to_keep(response: Response) -> None:
    if response.status_code != 200 or request.method not in ("GET", "HEAD"):
        response.headers.setdefault("Cache-Control", NOWHERE)
        return
    response.headers.setdefault("Cache-Control", g.get("keep", EVERYWHERE))
    if response.mimetype == "text/html" and response.headers["Cache-Control"] != NOWHERE:
        response.add_etag(weak=True)
        response.make_conditional(request)


def keep(rule: str) -> None:
    """Say who may keep the answer to this request; the strictest that was said counts."""
    if g.get("keep") != NOWHERE:
        g.keep = rule
