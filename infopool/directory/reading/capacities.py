"""How many places are free, as people write it."""

from __future__ import annotations

import re

from infopool.directory.reading.words import is_blank, is_prose

_FULL = re.compile(
    r"^(?:ausgebucht|voll(?: belegt)?|belegt|keine?(?: plätze)?(?: frei)?|nein|full"
    r"|fully booked|none|no|besetzt|aufnahmestopp)\W*$",
    re.I,
)
_NUMBER = re.compile(
    r"^(?:ca\.?|noch|etwa|max\.?|about)?\s*(\d{1,4})\s*(?:(?:von|/|of"
    r"|aus)\s*\d{1,4})?\s*(?:freie?|plätze|plätze frei|frei|places|free|freie plätze)?\W*$",
    re.I,
)


def read_free_places(text: str) -> tuple[int | None, str]:
    """The number of free places ("4", "noch 4 von 12", "ausgebucht" is 0); what is no number is left over."""
    if is_blank(text):
        return None, ""
    if is_prose(text):
        return None, text
    if _FULL.match(text.strip()):
        return 0, ""
    found = _NUMBER.match(text.strip())
    return (int(found[1]), "") if found else (None, text.strip())
