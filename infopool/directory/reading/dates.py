"""Days of the calendar as people write them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from infopool.directory.reading.words import fold, is_blank, is_prose

MONTHS: dict[str, int] = {
    fold(name): number
    for number, names in enumerate(
        (
            "januar|jänner|jan|january",
            "februar|feber|feb|february",
            "märz|mrz|mär|march|mar",
            "april|apr",
            "mai|may",
            "juni|jun|june",
            "juli|jul|july",
            "august|aug",
            "september|sept|sep",
            "oktober|okt|october|oct",
            "november|nov",
            "dezember|dez|december|dec",
        ),
        start=1,
    )
    for name in names.split("|")
}
"""Folded names and short names of the months, German and English."""

MONTH_NAMES = (
    r"jan(?:uar|uary)?|jänner|feb(?:ruar|ruary|er)?|märz|maerz|mär|mrz|march|mar|apr(?:il)?|mai|may|jun[ie]?|jul[iy]?"
    r"|aug(?:ust)?|sept?(?:ember)?|okt(?:ober)?|oct(?:ober)?|nov(?:ember)?|dez(?:ember)?|dec(?:ember)?"
)
"""For a regular expression: the months' names, whole and short."""

DATE = re.compile(
    rf"""(?<![\d.:])(?:
      (?P<y1>(?:19|20)\d\d)-(?P<m1>\d{{1,2}})-(?P<d1>\d{{1,2}})(?:[T ]00:00(?::00)?(?:\.0+)?)?
    | (?P<d2>\d{{1,2}})\s?\.\s?(?P<m2>\d{{1,2}})\s?\.\s?(?P<y2>(?:19|20)\d\d|\d\d(?![\d:.]|\s?uhr|\s?-\s?\d))
    | (?P<d3>\d{{1,2}})/(?P<m3>\d{{1,2}})/(?P<y3>(?:19|20)\d\d)
    | (?P<d4>\d{{1,2}})(?:\.|st|nd|rd|th)?\s*(?:of\s+)?(?P<m4>{MONTH_NAMES})\.?,?\s*(?P<y4>(?:19|20)\d\d)
    | (?P<m5>{MONTH_NAMES})\.?\s+(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y5>(?:19|20)\d\d)
    )(?!\d)""",
    re.I | re.X,
)
"""A whole date: 2026-09-01, 01.09.2026, 1.9.26, 1/9/2026 (the day first), 1. September 2026, September 1, 2026."""

FIRST_SERIAL, LAST_SERIAL = 36_526, 73_050
"""Day numbers of spreadsheet programs, counted from 30 December 1899: the years 2000 to 2099."""


def date_of(found: re.Match[str]) -> date | None:
    """The day a match of DATE names; None when there is no such day (31.02.)."""
    parts = {name[0]: value for name, value in found.groupdict().items() if value}
    month = int(parts["m"]) if parts["m"].isdigit() else MONTHS[fold(parts["m"])]
    year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
    try:
        return date(year, month, int(parts["d"]))
    except ValueError:
        return None


_BEFORE = re.compile(
    r"^(?:am|ab|bis|zum|vom|seit|from|until|on|since|by|der|den|stand|mo|di|mi|do|fr|sa|so"
    r"|[a-zäöü]+tag|mittwoch)\b[.:,]?\s*",
    re.I,
)


@lru_cache(maxsize=20_000)
def read_date(text: str) -> tuple[date | None, str]:
    """The day a cell names, and what else stood there. A cell without exactly one whole date is left over as it is."""
    if is_blank(text):
        return None, ""
    text = text.strip()
    if is_prose(text):
        return None, text
    if re.fullmatch(r"\d{5}(?:\.0)?", text) and FIRST_SERIAL <= int(text[:5]) <= LAST_SERIAL:
        return date(1899, 12, 30) + timedelta(days=int(text[:5])), ""
    if re.fullmatch(r"\d{4}-\d\d-\d\d[T ][\d:.+Z]+", text):
        return _moment(text)
    found = list(DATE.finditer(text))
    day = date_of(found[0]) if len(found) == 1 else None
    if day is None:
        return None, text
    rest = text[: found[0].start()] + text[found[0].end() :]
    for _ in range(3):
        rest = _BEFORE.sub("", rest.strip(" ,.;:"))
    return day, rest.strip(" ,.;:()")


def _moment(text: str) -> tuple[date | None, str]:
    try:
        return datetime.fromisoformat(text).date(), ""
    except ValueError:
        return None, text
