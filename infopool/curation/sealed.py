"""Values that go to a browser and come back unchanged, or not at all: signed, for one purpose, for a while."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from itsdangerous import BadData, URLSafeSerializer


def seal(secret: str, purpose: str, values: list[Any], until: datetime) -> str:
    """A text that holds these plain values until a moment. It can be read by whoever holds it, but not altered."""
    return str(URLSafeSerializer(secret, salt=f"infopool {purpose}").dumps([until.timestamp(), *values]))


def unseal(secret: str, purpose: str, text: str, now: datetime) -> list[Any] | None:
    """The values; None when the text is not ours, altered, for another purpose, or too old."""
    try:
        until, *values = URLSafeSerializer(secret, salt=f"infopool {purpose}").loads(text)
    except (BadData, ValueError, TypeError, UnicodeError):
        return None
    return values if now.timestamp() <= until else None
