"""The password once more, before something that whoever finds an open desk must not be able to change."""

from __future__ import annotations

from datetime import timedelta

from flask import after_this_request, g, request
from werkzeug.wrappers import Response

from infopool.curation import sessions
from infopool.curation.entering import Not
from infopool.messages import N_, Message
from infopool.web.admin import guard, sender
from infopool.web.admin.entrance import entrance
from infopool.web.pool import pool

FRESH = timedelta(minutes=15)
"""So long after signing in nobody is asked again."""
FIELD = "again"
WRONG: dict[Not, Message] = {
    Not.RIGHT: Message(N_("This password is not right.")),
    Not.SO_OFTEN: Message(N_("That was tried too often. Please wait five minutes, then it works again.")),
}


def is_needed() -> bool:
    """Whether a form must ask for the password (the macro `again` of the templates does)."""
    return pool().now() - guard.sign_in().begun_at > FRESH


def problem(*, always: bool = False) -> Message | None:
    """Why the form that was sent does not do, or None. With the right password a new session begins, as after signing
    in, so that the next form need not ask. `always`: ask however fresh the session is."""
    if not always and not is_needed():
        return None
    house, now = pool(), pool().now()
    password = request.form.get(FIELD, "")
    refusal = entrance().confirm(guard.curator(), password, sender=sender.address(), now=now)
    if refusal is not None:
        return WRONG[refusal]
    with house.database.transaction() as session:
        sessions.end(session, guard.token())
        token = sessions.begin(session, guard.curator(), now, device=g.sign_in.device)
        found = sessions.find(session, token, now)
    assert found is not None
    g.sign_in = found[0]
    g.fresh_token = token
    after_this_request(_hand_over)
    return None


def token() -> str:
    """The token of this session, also where it has just begun anew."""
    return str(g.get("fresh_token") or guard.token())


def _hand_over(response: Response) -> Response:
    guard.hand_over(response, token())
    return response
