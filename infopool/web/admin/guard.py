"""Who stands at the desk: the session behind the cookie, the door before each address, forms from our pages only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import NoReturn, cast
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, redirect, request, url_for
from werkzeug.exceptions import SecurityError
from werkzeug.wrappers import Response as WerkzeugResponse

from infopool import languages
from infopool.curation import sessions
from infopool.curation.log import Actor
from infopool.curation.models import Curator, SignIn
from infopool.curation.rights import Action, may, may_with
from infopool.settings import Settings
from infopool.web import access, headers
from infopool.web.admin.doors import DOORS, Door
from infopool.web.pool import pool

PREFIX = "/admin/"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST_FORM = 1_000_000
"""Bytes of a form of the desk."""
SPOKEN = ("de", "en")
"""The languages of the desk, the first where nothing is known."""


def prepare(app: Flask) -> None:
    """Set the guard before every address under /admin/."""
    app.before_request(_watch)
    app.after_request(_keep_nowhere)


def curator() -> Curator:
    """Who is signed in; to be asked behind a door only."""
    return cast(Curator, g.curator)


def actor() -> Actor:
    """The same, as the log writes it."""
    return Actor.of(curator())


def sign_in() -> SignIn:
    """The session of who is signed in; to be asked behind a door only."""
    return cast(SignIn, g.sign_in)


def seconds_left() -> int:
    """How long the session lasts if nothing more is asked for."""
    idle = pool().now() + sessions.IDLE - sessions.TOUCH
    return max(0, int((min(idle, sign_in().begun_at + sessions.LONGEST) - pool().now()).total_seconds()))


def allow(action: Action, groups: Iterable[str]) -> None:
    """Go on only if who is signed in may do this to a thing of these working groups; else it ends with 403."""
    if not may_with(curator(), action, groups):
        refuse()


def refuse() -> NoReturn:
    """End with 403 and a page that says that this is somebody else's to do."""
    g.not_allowed = True
    abort(403)


def can(action: Action) -> bool:
    """Whether who is signed in may do this at all; for showing a link or not."""
    return may(curator(), action)


def cookie_name(settings: Settings) -> str:
    """The cookie's name. Over TLS with the prefix that binds it to this very host; on a plain address (a first try on
    one's own machine) browsers would not take that."""
    return "__Host-infopool" if _is_secure(settings) else "infopool"


def hand_over(response: WerkzeugResponse, token: str) -> None:
    """Give the browser the token of a session. The cookie ends with the browser; the session ends by itself."""
    settings = pool().settings
    response.set_cookie(
        cookie_name(settings), token, secure=_is_secure(settings), httponly=True, samesite="Lax", path="/"
    )


def take_back(response: WerkzeugResponse) -> None:
    """Have the browser forget its token."""
    settings = pool().settings
    response.delete_cookie(cookie_name(settings), secure=_is_secure(settings), httponly=True, samesite="Lax", path="/")


def token() -> str:
    """The token the browser sent, or nothing."""
    return request.cookies.get(cookie_name(pool().settings), "")


def _is_secure(settings: Settings) -> bool:
    return urlsplit(settings.base_url).scheme == "https"


def _is_desk() -> bool:
    return request.path.startswith(PREFIX) or request.path == PREFIX.rstrip("/")


def _watch() -> WerkzeugResponse | None:
    """Let in who may; the answer is where to go instead, or a refusal."""
    if not _is_desk() or isinstance(request.routing_exception, SecurityError):
        return None
    found = _signed_in()
    g.sign_in = found[0] if found else None
    g.curator = found[1] if found and not found[0].halfway else None
    g.halfway = found[1] if found and found[0].halfway else None
    g.language = languages.BY_TAG[found[1].language if found else _browser_language()]
    if request.routing_exception is not None:
        return None
    if request.method not in SAFE and not _is_own_form():
        abort(403)
    door = DOORS.get(request.endpoint or "")
    if door is None:
        abort(404)
    if door.open:
        return None
    if g.curator is None:
        return redirect(url_for("signing_in.sign_in", next=_way_back()), 303)
    _check(door)
    # Whoever is signed in may send more than a visitor: the words of an offer in full.
    request.max_content_length = request.max_form_memory_size = LARGEST_FORM
    return None


def _check(door: Door) -> None:
    needed = door.look if request.method in SAFE else door.change
    if needed is None:
        abort(405)
    if not may(curator(), needed):
        refuse()


def _signed_in() -> tuple[SignIn, Curator] | None:
    if not token():
        return None
    house = pool()
    now = house.now()
    with house.database.reading() as session:
        found = sessions.find(session, token(), now)
    if found and now - found[0].seen_at > sessions.TOUCH:
        with house.database.transaction() as session:
            sessions.touch(session, token(), now)
    return found


def _is_own_form() -> bool:
    """Whether a change was asked for by one of our own pages; a program that does not say so is refused here, unlike
    on the public pages, because the browser may have sent the cookie along."""
    says = "Sec-Fetch-Site" in request.headers or "Origin" in request.headers
    return says and access.is_from_our_pages(request, pool().settings.base_url)


def _way_back() -> str:
    """Where to go after signing in: the page asked for, if it was only to be looked at."""
    return request.full_path.rstrip("?") if request.method in SAFE else PREFIX


def own_path(address: str) -> str:
    """An address to go on to, if it is a path of the desk; else the desk itself. Nothing else is trusted: browsers take
    `//host` and `/\\host` for other sites."""
    fine = address.startswith(PREFIX) and address.isprintable() and "\\" not in address
    return address if fine and "//" not in address.partition("?")[0] else PREFIX


def _browser_language() -> str:
    wanted = (tag.split("-")[0] for tag, quality in request.accept_languages if quality > 0)
    return next((tag for tag in wanted if tag in SPOKEN), SPOKEN[0])


def _keep_nowhere(response: Response) -> Response:
    """No cache keeps what stands on the desk, nor the way back of a browser that somebody else uses next."""
    if _is_desk():
        response.headers["Cache-Control"] = headers.NOWHERE
    return response


WARN_BEFORE = timedelta(minutes=2)
"""How long before the session's end the page warns."""
