"""Cutting a text about times into its signs: weekdays, clock times, dates, "außer in den Ferien" and the rest."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time

from infopool.directory.reading.dates import DATE, date_of
from infopool.directory.reading.words import fold
from infopool.directory.schedules import Pause


@dataclass(frozen=True)
class Token:
    """One sign, with what it means and where it stood."""

    kind: str
    value: object = None
    text: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Clock:
    """A time of day as written; `bare` when it was only a number, without "Uhr" or minutes."""

    hour: int
    minute: int
    half: str = ""
    """ "am" or "pm", when it stood there."""
    bare: bool = False

    def on_the_clock(self) -> time:
        """The time of day; 24:00 is midnight."""
        hour = self.hour % 12 + (12 if self.half == "pm" else 0) if self.half else self.hour % 24
        return time(hour, self.minute)


_SCHOOL = (
    r"(?:schul|herbst-?,? |sommer)?ferien(?:zeit(?:en)?)?(?:\s+(?:von"
    r"|in)\s+(?:baden-württemberg|bw)|\s+bw)?|school\s+(?:holidays|vacations?|breaks?)"
)
_PUBLIC = r"(?:gesetzlichen\s+)?feiertage?n?|(?:public|bank)\s+holidays?|holidays"
_FREE_DAYS = rf"(?:{_SCHOOL}|{_PUBLIC})"
_MORE = (
    rf"(?:\s*(?:und|oder|sowie|u\.|,|/|&|and|or)\s*(?:(?:in|an|am|on|during)\s+)?(?:(?:den|der"
    rf"|the)\s+)?{_FREE_DAYS})*"
)
_NOT = (
    r"(?:außer|ausser|außerhalb|nicht|ausgenommen|except(?:\s+for)?|not|kein\w*(?:\s+(?!in\b"
    r"|an\b)\w+)?|no\s+\w+|entfällt|geschlossen|pause|closed|outside)"
)
_IN = r"(?:\s+(?:in|an|am|während|on|during|over|zu|bei))?(?:\s+(?:den|der|die|the|allen|gesetzlichen))*\s+"
_CLOSED = (
    r"(?:ist\s+|sind\s+|findet\s+|wir\s+)?(?:geschlossen|kein\w*(?:\s+\w+)?|entfällt"
    r"|entfallen|nicht(?:\s+statt)?|pause|closed|no\s+\w+)"
)

_PHRASES: tuple[tuple[str, str], ...] = (
    ("pause", rf"{_NOT}{_IN}{_FREE_DAYS}{_MORE}(?:\s+(?:geschlossen|closed))?"),
    ("pause", rf"(?:in|an|während|during|on)\s+(?:(?:den|der|the|allen)\s+)*{_FREE_DAYS}{_MORE}\s+{_CLOSED}"),
    ("pause", rf"{_FREE_DAYS}{_MORE}\s+(?:ausgenommen|geschlossen|entfällt|entfallen|excluded|closed|frei)"),
    ("closed", r"(?:geschlossen|closed|ruhetag)(?:\s+(?:am|an|on))?"),
    (
        "pause",
        r"(?:nur\s+)?(?:während|in|innerhalb)\s+der\s+schulzeit(?:en)?|(?:nur\s+)?an\s+schultagen"
        r"|(?:only\s+)?(?:during|in)\s+(?:school\s+)?term(?:[\s-]*time)?|term[\s-]time(?:\s+only)?",
    ),
    (
        "appointment",
        r"(?:(?:nur|auch|weitere|andere|individuelle?|termine?|beratung|zeiten|sprechstunden?"
        r"|also|further|only|gerne?|ansonsten|sonst|zusätzlich|appointments?)\s+)*"
        r"(?:nach|auf|by|on|upon)\s+(?:(?:telefonischer|vorheriger|persönlicher|individueller|prior|persönliche)\s+)?"
        r"(?:vereinbarung|absprache|terminvereinbarung|terminabsprache|voranmeldung|anmeldung"
        r"|anfrage|rücksprache|appointment|arrangement|request)(?:\s+(?:möglich|only))?",
    ),
    (
        "appointment",
        r"(?:termine?\s+)?n\.\s?v\.?|(?:nur\s+)?mit\s+termin(?:vereinbarung)?"
        r"|(?:termine?\s+)?individuell"
        r"|(?:bitte\s+)?(?:einen\s+)?termine?\s+(?:telefonisch\s+)?vereinbaren"
        r"|appointments?\s+only",
    ),
    (
        "always",
        r"rund\s+um\s+die\s+uhr|24/7|24\s*(?:stunden|std\.?|h)(?:\s+(?:täglich|am\s+tag"
        r"|geöffnet))?|tag\s+und\s+nacht|(?:a?round)\s+the\s+clock|24\s+hours(?:\s+a\s+day)?"
        r"|jederzeit(?:\s+(?:erreichbar|abrufbar|verfügbar|online))?",
    ),
    (
        "every-n",
        r"14[\s-]?(?:tägig(?:lich)?|täglich|tgl\.?)|vierzehntägig|zweiwöchig|alle\s+(?:14"
        r"|vierzehn)\s+tage|fortnightly|bi-?weekly",
    ),
    (
        "every-n",
        r"alle\s+(?P<n1>zwei|drei|vier|sechs|[2-8])\s+wochen|(?P<n2>zwei|drei|vier|sechs"
        r"|[2-8])-?wöchentlich|jede\s+(?P<n3>zweite|dritte|vierte|[2-4]\.)\s+woche",
    ),
    (
        "every-n",
        r"every\s+(?P<n4>two|three|four|[2-8])\s+weeks|every\s+(?P<n5>other|second|third)\s+week"
        r"|every\s+(?P<n6>other)\b",
    ),
    (
        "monthly",
        r"(?:im|des|eines|eines\s+jeden|jeden|pro|in\s+jedem|of\s+(?:the|each|every)|in\s+(?:the"
        r"|each)|every|each|a)\s+(?:monats?|month)|monatlich|monthly",
    ),
    ("daily", r"täglich|tgl\.|jeden\s+tag|alle\s+tage|daily|every\s+day|an\s+allen\s+tagen"),
    ("workdays", r"wochentags|unter\s+der\s+woche|(?:on\s+|an\s+)?(?:weekdays|wochentagen)"),
    ("weekend", r"(?:am\s+|an\s+|at\s+the\s+|on\s+)?(?:wochenenden?|weekends?)"),
)

_DAY_NAMES: tuple[str, ...] = (
    "montag|mon|mo|monday",
    "dienstag|die|di|tuesday|tues|tue|tu",
    "mittwoch|mi|wednesday|weds|wed",
    "donnerstag|don|do|thursday|thurs|thur|thu|th",
    "freitag|fre|fr|friday|fri",
    "samstag|sonnabend|sam|sa|saturday|sat",
    "sonntag|son|so|sunday|sun",
)
_DAY_OF = {name: number for number, names in enumerate(_DAY_NAMES) for name in names.split("|")}
_LONG_DAYS = "|".join(name for names in _DAY_NAMES for name in names.split("|") if len(name) > 5)
_SHORT_DAYS = "|".join(
    sorted((name for name in _DAY_OF if len(name) <= 5 and name not in ("die", "don", "son")), key=len, reverse=True)
)
_PART = r"vormittag|nachmittag|abend|morgen|mittag|nacht"

_ORDINALS = {
    name: number
    for number, names in {
        1: "ersten|erster|erste|erstes|first|1st",
        2: "zweiten|zweiter|zweite|second|2nd",
        3: "dritten|dritter|dritte|third|3rd",
        4: "vierten|vierter|vierte|fourth|4th",
        5: "fünften|fünfter|fünfte|fifth|5th",
        -1: "letzten|letzter|letzte|last",
    }.items()
    for name in names.split("|")
}
_COUNTS = {
    "zwei": 2,
    "two": 2,
    "other": 2,
    "second": 2,
    "zweite": 2,
    "drei": 3,
    "three": 3,
    "third": 3,
    "dritte": 3,
    "vier": 4,
    "four": 4,
    "vierte": 4,
    "sechs": 6,
}

_SIGNS: tuple[tuple[str, str], ...] = (
    *_PHRASES,
    ("note", r"\((?P<note>[^()]*)\)"),
    ("date", DATE.pattern),
    ("short-date", r"(?<![\d.:])(?P<sd>0?[1-9]|[12]\d|3[01])\.\s?(?P<sm>0?[1-9]|1[0-2])\.(?!\s?\d{4})(?!\d)"),
    ("noon", r"(?:12\s+)?(?:noon|mitternacht|midnight|uhr\s+mittags)\b"),
    (
        "clock",
        r"(?<![\d.:])(?P<h1>[01]?\d|2[0-4])(?!st\b|nd\b|rd\b|th\b)(?:[:.](?P<min>[0-5]\d)"
        r"|\s?h\s?(?P<min2>[0-5]\d))?(?::00)?(?!\d|[.:]\d"
        r"|\.?\s*%)(?:\s*(?P<half>[ap]\.?\s?m\.?)(?!\w)|\s*(?P<uhr>uhr\b|h\b|hrs?\b"
        r"|o.?clock\b)(?:\s?(?P<min3>[0-5]\d)(?!\d))?|(?!\s?\.(?!\s*$|\s*[,;-])))",
    ),
    ("clock", r"(?<![\d.:])(?P<h4>[01]\d|2[0-3])(?P<m4x>[0-5]\d)\s*(?:uhr|hrs?|h)\b"),
    ("ordinal", r"(?P<ord>\d{1,2})\.(?!\d)|(?:" + "|".join(sorted(_ORDINALS, key=len, reverse=True)) + r")\b"),
    ("weekday", rf"(?:{_LONG_DAYS})(?:(?P<part>{_PART})s?(?:en)?|s|e|en)?(?!\w)|(?:{_SHORT_DAYS})\b\.?"),
    (
        "part",
        rf"(?:am\s+(?:frühen\s+|späten\s+)?)?(?:{_PART})s?\b|früh\b|in\s+the\s+(?:mornings?"
        rf"|afternoons?|evenings?)|(?:mornings?|afternoons?|evenings?)\b",
    ),
    (
        "except",
        r"(?:außer|ausser|ausgenommen|except|nicht|entfällt|kein\s+(?:kurs|treffen"
        r"|termin))(?:\s+(?:am|an|on|for))?\b",
    ),
    (
        "from",
        r"(?:ab(?:\s+dem)?|seit(?:\s+dem)?|vom|von|from|starting(?:\s+(?:on|from))?|since"
        r"|beginn(?:t|end)?(?:\s+(?:am|ist))?|start(?:et)?(?:\s+am)?|kursbeginn|kursstart"
        r"|erstmals)\b:?",
    ),
    ("until", r"(?:bis(?:\s+(?:zum|einschließlich|einschl\.|mit))*|until|till|to|through|endet(?:\s+am)?|ende)\b:?"),
    ("range", r"[-‐‑–—−]+|…"),
    ("and", r"(?:und|u\.|sowie|and|bzw\.?|oder|or|plus)(?!\w)|[&+/]"),
    ("comma", r","),
    ("every", r"(?:jeden|jede|jedes|jeweils|every|each)\b"),
    (
        "filler",
        (
            r"(?:uhr|um|am|an|at|on|in|der|den|dem|die|the|immer|regelmäßig|wöchentlich|weekly|stets"
            r"|zwischen|between|öffnungszeiten|sprechzeiten|sprechstunden?|bürozeiten|termine?"
            r"|kurszeiten|unterricht"
            r"|geöffnet|offen|open|opening\s+hours|zeiten|uhrzeit|times?|treffen|kurs|ca\.?|gegen|h"
            r"|stattfindend|hours)(?!\w)|[:.•*]"
        ),
    ),
    ("unknown", r"[\w'’.]*\w|[^\s\w]"),
)
_SIGN = tuple((kind, re.compile(pattern, re.I | re.X if kind == "date" else re.I)) for kind, pattern in _SIGNS)


def tokens(text: str) -> list[Token]:
    """All the signs of a text, in order; words nobody knows are signs too (`unknown`)."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        token = _next(text, at)
        found.extend(_opened(token) if token.kind == "note" else [token])
        at = token.end
    return _with_years(found)


def _next(text: str, at: int) -> Token:
    for kind, pattern in _SIGN:
        match = pattern.match(text, at)
        if match and match.end() > at and not _inside_word(text, match):
            read = _READ.get(kind)
            return Token(kind, read(match) if read else None, match[0], match.start(), match.end())
    return Token("unknown", None, text[at], at, at + 1)


def _inside_word(text: str, match: re.Match[str]) -> bool:
    """A sign made of letters must not be the beginning of a longer word ("ab" of "Abend")."""
    end = match.end()
    return end < len(text) and text[end - 1].isalnum() and text[end].isalpha() and text[end - 1].isalpha()


def _opened(note: Token) -> list[Token]:
    """What stands in brackets is read like the rest when all of it is known, else it is a remark."""
    inner = tokens(str(note.value))
    if inner and all(token.kind not in ("unknown", "note") for token in inner):
        return [
            Token("comma", None, ",", note.start, note.start),
            *(replace(token, start=note.start, end=note.end) for token in inner),
        ]
    kind = "unknown" if re.search(r"\d", note.text) else "note"
    return [replace(note, kind=kind)]


def _with_years(found: list[Token]) -> list[Token]:
    """ "14.11. und 21.11.2026": a date without a year takes it from the next whole one, as long as time moves on."""
    later: date | None = None
    done: list[Token] = []
    for token in reversed(found):
        if token.kind == "date" and isinstance(token.value, date):
            later = token.value
        elif token.kind == "short-date" and later is not None:
            day = _day_before(token.value, later)
            token = replace(token, kind="date", value=day) if day else token
            later = day or later
        done.append(token)
    return done[::-1]


def _day_before(written: object, later: date) -> date | None:
    month, day = written if isinstance(written, tuple) else (0, 0)
    for year in (later.year, later.year - 1):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if candidate <= later:
            return candidate
    return None


def _clock(match: re.Match[str]) -> Clock:
    parts = match.groupdict()
    if parts.get("h4"):
        return Clock(int(parts["h4"]), int(parts["m4x"]))
    minute = parts.get("min") or parts.get("min2") or parts.get("min3") or "0"
    half = "pm" if (parts.get("half") or "").lower().startswith("p") else "am" if parts.get("half") else ""
    bare = not (parts.get("min") or parts.get("min2") or parts.get("uhr") or half)
    return Clock(int(parts["h1"]), int(minute), half, bare)


def _noon(match: re.Match[str]) -> Clock:
    return Clock(12 if "noon" in match[0].lower() or "mittags" in match[0].lower() else 24, 0)


def _ordinal(match: re.Match[str]) -> int:
    return int(match["ord"]) if match["ord"] else _ORDINALS[match[0].lower()]


def _weekday(match: re.Match[str]) -> tuple[int, str]:
    name = match[0].lower().rstrip(".")
    part = match["part"] or ""
    stem = name.split(part.lower())[0] if part else name
    for ending in ("", "s", "e", "en"):
        if stem.removesuffix(ending) in _DAY_OF and stem.endswith(ending):
            return _DAY_OF[stem.removesuffix(ending)], part.lower()
    return _DAY_OF.get(stem, 0), part.lower()


def _pauses(match: re.Match[str]) -> frozenset[Pause]:
    text = fold(match[0])
    pauses = set()
    if re.search(r"ferien|school|schul|term|vacation", text):
        pauses.add(Pause.SCHOOL_HOLIDAYS)
    if re.search(r"feiertag|public|bank|(?<!school )holidays", text):
        pauses.add(Pause.PUBLIC_HOLIDAYS)
    return frozenset(pauses)


def _every(match: re.Match[str]) -> int:
    word = next((value for value in match.groupdict().values() if value), "2").lower().rstrip(".")
    return int(word) if word.isdigit() else _COUNTS.get(word, 2)


_READ: dict[str, Callable[[re.Match[str]], object]] = {
    "pause": _pauses,
    "every-n": _every,
    "note": lambda match: match["note"].strip(),
    "date": date_of,
    "short-date": lambda match: (int(match["sm"]), int(match["sd"])),
    "clock": _clock,
    "noon": _noon,
    "ordinal": _ordinal,
    "weekday": _weekday,
    "part": lambda match: match[0].lower(),
}
