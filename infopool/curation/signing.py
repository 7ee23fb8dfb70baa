"""Signed links for people without an account: what such a link is about, and until when it is good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from itsdangerous import BadData, URLSafeSerializer

GOOD_FOR = timedelta(days=60)
"""How long a link in a mail to a provider is good."""
SALT = "infopool.check"
"""What the signature is for: a token that was signed for anything else is no good here."""
LONGEST = 2_000
"""Characters a token may have; ours are shorter, and nothing longer is looked at."""


@dataclass(frozen=True)
class Passed:
    """What a good token says."""

    request_ids: tuple[int, ...]
    good_until: date


def sign(secret: str, request_ids: Sequence[int], good_until: date) -> str:
    """A token for these check requests, good through the day. It holds their numbers and the day, nothing else."""
    return URLSafeSerializer(secret, salt=SALT).dumps([good_until.toordinal(), *request_ids])


def verify(secret: str, token: str, today: date) -> Passed | None:
    """What a token of ours says; None when it is forged, cut, made for something else, or no longer good."""
    if len(token) > LONGEST:
        return None
    try:
        said = URLSafeSerializer(secret, salt=SALT).loads(token)
    except (BadData, ValueError, RecursionError):
        return None
    if not isinstance(said, list) or len(said) < 2 or not all(type(number) is int for number in said):
        return None
    good_until = date.fromordinal(said[0])
    return Passed(tuple(said[1:]), good_until) if today <= good_until else None
