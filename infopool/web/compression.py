"""Smaller answers: brotli or gzip, whichever the browser takes, for what gains by it."""

from __future__ import annotations

import gzip
from functools import lru_cache

import brotli  # type: ignore[import-untyped]
from flask import Request, Response
from werkzeug.http import parse_accept_header

SMALLEST = 500
"""Bytes below which packing gains nothing."""
PACKED_TYPES = (
    "text/",
    "application/json",
    "application/ld+json",
    "application/xml",
    "application/javascript",
    "image/svg",
)


LONGEST_REMEMBERED = 64
"""Characters of a header that is read once and remembered; browsers send about 25."""


def encoding_for(asking: Request) -> str:
    """`br`, `gzip` or nothing."""
    return encoding_taken(asking.headers.get("Accept-Encoding", ""))


def encoding_taken(accepted: str) -> str:
    """`br`, `gzip` or nothing, for what a browser sends as `Accept-Encoding`."""
    return _remembered(accepted) if len(accepted) <= LONGEST_REMEMBERED else _read(accepted)


def _read(accepted: str) -> str:
    qualities = parse_accept_header(accepted)
    return next((name for name in ("br", "gzip") if qualities[name] > 0), "")


_remembered = lru_cache(maxsize=128)(_read)


def pack(body: bytes, encoding: str, *, once: bool = False) -> bytes:
    """The body in this encoding; as small as it gets when it is packed `once` and sent often."""
    if encoding == "br":
        return bytes(brotli.compress(body, quality=11 if once else 4, mode=brotli.MODE_TEXT))
    if encoding == "gzip":
        return gzip.compress(body, compresslevel=9 if once else 6, mtime=0)
    return body


def compress(response: Response, asking: Request) -> None:
    """Pack a whole answer in place, when it is worth it and the browser understands."""
    if (
        response.is_streamed
        or response.status_code not in (200, 400, 404, 405, 410)
        or "Content-Encoding" in response.headers
    ):
        return
    if not (response.mimetype or "").startswith(PACKED_TYPES) or (response.content_length or 0) < SMALLEST:
        return
    response.vary.add("Accept-Encoding")
    encoding = encoding_for(asking)
    if encoding and asking.method != "HEAD":
        response.set_data(pack(response.get_data(), encoding))
        response.headers["Content-Encoding"] = encoding
