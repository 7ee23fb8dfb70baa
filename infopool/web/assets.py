"""Style sheets, scripts, pictograms: read and packed once, named by what is in them, kept by browsers for a year."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from os.path import normpath
from pathlib import Path

from flask import Blueprint, Response, abort, request

from infopool.paths import STATIC
from infopool.web.compression import encoding_for, pack

blueprint = Blueprint("assets", __name__)

SERVED = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
}
"""What is handed out, and as what."""


@dataclass(frozen=True)
class Asset:
    """One file as it is handed out."""

    address: str
    """With the fingerprint of its content, so that it may be kept for ever."""
    content_type: str
    bodies: dict[str, bytes]
    """By encoding; the empty one is the file as it is."""


@cache
def assets() -> dict[str, Asset]:
    """Every file by its plain name (`css/infopool.css`)."""
    return {
        path.relative_to(STATIC).as_posix(): _asset(path)
        for path in sorted(STATIC.rglob("*"))
        if path.suffix in SERVED and path.parent != STATIC / "icons"
    }


@cache
def by_address() -> dict[str, Asset]:
    """The same, by the address they are asked for with."""
    return {asset.address: asset for asset in assets().values()}


def address_of(name: str) -> str:
    """The address of a file; an unknown one is a mistake of ours (KeyError)."""
    return assets()[name].address


@blueprint.get("/static/<path:name>")
def file(name: str) -> Response:
    """Hand out one file."""
    asset = by_address().get(request.path) or abort(404)
    encoding = encoding_for(request)
    encoding = encoding if encoding in asset.bodies else ""
    response = Response(asset.bodies[encoding], content_type=asset.content_type)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.vary.add("Accept-Encoding")
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response


@cache
def icons() -> dict[str, str]:
    """The pictograms by name: what stands inside their drawings, each on a grid of 24."""
    return {path.stem: _drawing(path.read_text(encoding="utf-8")) for path in sorted((STATIC / "icons").glob("*.svg"))}


def _drawing(svg: str) -> str:
    return re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", svg, flags=re.DOTALL).strip()


def _asset(path: Path) -> Asset:
    body = _style(path) if path.suffix == ".css" else path.read_bytes()
    fingerprint = hashlib.sha256(body).hexdigest()[:10]
    folder = path.parent.relative_to(STATIC).as_posix()
    bodies = (
        {"": body} if path.suffix == ".woff2" else {name: pack(body, name, once=True) for name in ("", "br", "gzip")}
    )
    return Asset(f"/static/{folder}/{path.stem}.{fingerprint}{path.suffix}", SERVED[path.suffix], bodies)


def _style(path: Path) -> bytes:
    """A style sheet without its comments; the files it names go by their address, which changes with them."""
    css = re.sub(rb"/\*.*?\*/\s*", b"", path.read_bytes(), flags=re.DOTALL)
    return re.sub(
        rb"url\(([^():]+)\)",
        lambda found: b"url(%s)" % _asset(Path(normpath(path.parent / found[1].decode()))).address.encode(),
        css,
    )
