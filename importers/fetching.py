"""Getting a source's bytes: from a file, or politely from an address on the web."""

from __future__ import annotations

import time
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from infopool.messages import N_, Message

LARGEST = 50 * 1024 * 1024
"""Bytes of a source; whoever publishes more offers than fit in here publishes them in another form."""
PATIENCE = 30.0
"""Seconds to wait for an answer, and between two pieces of it."""
LONGEST = 300.0
"""Seconds for the whole of it."""
CHUNK = 1 << 16


def fetch(source: str) -> bytes | Message:
    """The bytes behind a file name or an http(s) address, or a sentence that says why there are none."""
    if source.lower().startswith(("http:", "https:")):
        return _from_web(source)
    path = Path(source)
    try:
        if not path.is_file():
            return Message(N_("There is no file “%(name)s”."), {"name": source})
        if path.stat().st_size > LARGEST:
            return _too_large()
        return path.read_bytes()
    except OSError as error:
        return Message(N_("The file “%(name)s” cannot be read: %(why)s"), {"name": source, "why": error.strerror})


def _from_web(address: str) -> bytes | Message:
    try:
        request = Request(address, headers={"User-Agent": "infopool"})
        with urlopen(request, timeout=PATIENCE) as answer:
            content = _read(answer)
    except (URLError, OSError, ValueError, HTTPException) as error:
        why = getattr(error, "reason", None) or error
        return Message(N_("The address “%(name)s” cannot be read: %(why)s"), {"name": address, "why": why})
    return content if len(content) <= LARGEST else _too_large()


def _read(answer: HTTPResponse) -> bytes:
    """What comes, up to one byte more than is allowed; TimeoutError when its sender takes too long over it."""
    give_up = time.monotonic() + LONGEST
    content = bytearray()
    while len(content) <= LARGEST and (piece := answer.read1(CHUNK)):
        content += piece
        if time.monotonic() > give_up:
            raise TimeoutError("timed out")
    return bytes(content[: LARGEST + 1])


def _too_large() -> Message:
    return Message(N_("The source is larger than %(most)s megabytes."), {"most": LARGEST // 1024 // 1024})
