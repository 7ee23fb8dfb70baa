"""German levels: which an offer teaches, and which one needs to take part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from infopool.directory.facts import LEVELS
from infopool.directory.reading.words import is_blank, is_prose


@dataclass(frozen=True)
class Levels:
    """Deutschniveau."""

    taught: tuple[str, ...] = ()
    required: str = ""
    """ "A0" means none is needed; empty means nothing was said."""


_LEVEL = re.compile(r"(?<![A-Za-z0-9])(A0|[ABC][12])(?:[.,/][12](?![0-9])|\+)?(?![A-Za-z0-9])", re.I)
_SPAN = re.compile(rf"{_LEVEL.pattern}\s*(?:-|–|—|bis(?: zu)?|to|until)\s*{_LEVEL.pattern}", re.I)
_NEEDED = re.compile(
    r"\b(?:ab|mindestens|mind\.?|min\.?|minimum|voraussetzung\w*|vorausgesetzt|vorkenntnisse?"
    r"|erforderlich|benötigt|nötig|required?|requires|requirement|from|at least|starting at"
    r"|prerequisite|einstieg|nach)\b(?:\s*:)?",
    re.I,
)
_NEEDED_AFTER = re.compile(
    r"^\W*(?:[\w-]+\s+){0,2}?(?:erforderlich|vorausgesetzt|benötigt|nötig|required|needed"
    r"|voraussetzung|oder höher|und höher|or higher)\b",
    re.I,
)
_TAUGHT = re.compile(
    r"\b(?:kurse?|führt (?:bis )?zu[rm]?|führen zu[rm]?|ziel(?:niveau)?|bis(?: zu[rm]?)?"
    r"|leads? to|course|up to|abschluss|prüfung|zertifikat|stufen?)\b(?:\s*:)?",
    re.I,
)
_NONE = re.compile(
    r"\b(?:(?:keine?|ohne|no|kein)\s+(?:[\wäöüß]+\s+)?(?:vorkenntnisse|vorwissen"
    r"|deutschkenntnisse|sprachkenntnisse|kenntnisse|deutsch|german|previous knowledge"
    r"|knowledge|requirements?|voraussetzung(?:en)?)"
    r"|anfänger(?:innen|:innen|\*innen)?|beginners?|nullanfänger|keine|egal|jedes niveau"
    r"|alle (?:niveaus|stufen|sprachniveaus|level)|any level|all levels|none"
    r"|unabhängig vom (?:sprach)?niveau)\b(?:\s+(?:nötig|notwendig|erforderlich|needed|required|nötig))?",
    re.I,
)
_LITERACY = re.compile(r"\b(?:alphabetisierung(?:skurs)?|literacy|alpha-?kurs)\b", re.I)
_FILLER = re.compile(
    r"\b(?:niveau|sprachniveau|level|ger|cefr|deutsch|german|deutschkenntnisse|kenntnisse|und"
    r"|and|oder|or|u|zum|zur|auf|in|sprachkurs|deutschkurs|ein|für|for|mit|with"
    r"|nach einstufung|einstufungstest|of|the|wird|ist|sind|höher|nötig|erforderlich)\b",
    re.I,
)


@lru_cache(maxsize=5_000)
def read_levels(text: str, is_course: bool = True) -> tuple[Levels, str]:
    """The levels taught ("Kurs A2", "führt zu B1") and the level required ("ab A1", "keine Vorkenntnisse").

    A bare "A2" is what a course teaches; where the offer is not a language course (`is_course` false) it is what one
    needs. Several required levels mean the lowest. What says more than that is left over.
    """
    if is_blank(text):
        return Levels(), ""
    if is_prose(text):
        return Levels(), text
    taught: list[str] = []
    required: list[str] = []
    left: list[str] = []
    for clause in re.split(r"[,;\n|()]+", text):
        rest = _read_clause(clause, is_course, taught, required)
        if re.search(r"\w", rest):
            left.append(clause.strip())
    lowest = min(required, key=LEVELS.index) if required else ""
    return Levels(tuple(level for level in LEVELS if level in taught), lowest), ", ".join(left)


def _read_clause(clause: str, is_course: bool, taught: list[str], required: list[str]) -> str:
    """Adds what a clause says to the two lists; returns the words nobody knew."""
    none = _NONE.search(clause)
    if none:
        required.append("A0")
        clause = clause[: none.start()] + " " + clause[none.end() :]
    if _LITERACY.search(clause):
        taught.append("A0")
        clause = _LITERACY.sub(" ", clause)
    start, needed = 0, not is_course
    for found in _mentions(clause):
        before, after = clause[start : found.start()], clause[found.end() :]
        if _NEEDED.search(before) or _NEEDED_AFTER.match(after):
            needed = True
        elif _TAUGHT.search(before):
            needed = False
        levels = _between(found)
        if needed:
            required.append(levels[0])
        else:
            taught.extend(levels)
        start = found.end()
    for pattern in (_SPAN, _LEVEL, _NEEDED, _TAUGHT, _FILLER):
        clause = pattern.sub(" ", clause)
    return clause


def _mentions(clause: str) -> list[re.Match[str]]:
    """Spans such as "A1 bis C1" first, then the single levels outside them, in the order of the text."""
    spans = list(_SPAN.finditer(clause))
    taken = [(span.start(), span.end()) for span in spans]
    alone = [one for one in _LEVEL.finditer(clause) if not any(a <= one.start() < b for a, b in taken)]
    return sorted(spans + alone, key=lambda found: found.start())


def _between(found: re.Match[str]) -> tuple[str, ...]:
    names = [name.upper() for name in found.groups() if name]
    first, last = LEVELS.index(names[0]), LEVELS.index(names[-1])
    return LEVELS[min(first, last) : max(first, last) + 1]
