"""When something takes place, as people write it: "Mo und Mi 18:00-20:00", "jeden 1. Samstag im Monat 14 Uhr"."""

from __future__ import annotations

from functools import lru_cache

from infopool.directory.reading.time_slots import DOUBTS, Unclear
from infopool.directory.reading.time_statements import Statement
from infopool.directory.reading.time_tokens import tokens
from infopool.directory.reading.words import cut, is_blank, is_prose
from infopool.directory.schedules import Schedule, Slot, SlotKind
from infopool.messages import Message


@lru_cache(maxsize=20_000)
def read_times(text: str) -> tuple[Schedule, str]:
    """The schedule a text describes, and the parts of it nobody understood.

    Lines and semicolons part independent statements; one that is not understood becomes a slot of words and leaves the
    others alone. A remark beside understood times ("in Raum 12") stays with them as the slot's words, and is left over
    as well. Ambiguous statements are not guessed: "jeden zweiten Dienstag" may mean every other or the second of a
    month, a date without a year may be any, a weekday that does not fit its date is one of two mistakes.
    """
    if is_blank(text):
        return (), ""
    if is_prose(text):
        return (_only_words(text),), text
    slots: list[Slot] = []
    left: list[str] = []
    for statement in _statements(text):
        found, unread = _statement(statement)
        slots.extend(found)
        left.extend(unread)
    return tuple(dict.fromkeys(slots)), "; ".join(left)


def _statements(text: str) -> list[str]:
    """The independent statements; "außer in den Ferien" on a line of its own is a condition on all of them."""
    pieces = [piece.strip(" .,") for piece in cut(" ".join(text.replace("\n", ";").split()), ";|•")]
    conditions = [piece for piece in pieces if _is_condition(piece)]
    statements = [piece for piece in pieces if piece not in conditions]
    statements = [piece for piece in statements if not _says_closed(piece)] or statements
    return [", ".join((statement, *conditions)) for statement in statements] or pieces


def _is_condition(text: str) -> bool:
    kinds = {token.kind for token in tokens(text)}
    return "pause" in kinds and kinds <= {"pause", "filler", "and", "comma"}


def _says_closed(text: str) -> bool:
    """ "Di: geschlossen" beside other days says no more than leaving Tuesday out."""
    kinds = {token.kind for token in tokens(text)}
    return "closed" in kinds and kinds <= {"closed", "weekday", "range", "until", "filler", "and", "comma", "every"}


def _statement(text: str) -> tuple[list[Slot], list[str]]:
    try:
        return _understand(text)
    except Unclear:
        pass
    pieces = cut(text, ",")
    results = [_piece(piece) for piece in pieces] if len(pieces) > 1 else []
    if not any(slot.starts or slot.kind is SlotKind.APPOINTMENT for found in results if found for slot in found[0]):
        return [_only_words(text)], [text]
    slots: list[Slot] = []
    left: list[str] = []
    for piece, result in zip(pieces, results, strict=True):
        found, unread = result or ([_only_words(piece)], [piece])
        slots.extend(found)
        left.extend(unread)
    return slots, left


def _piece(text: str) -> tuple[list[Slot], list[str]] | None:
    """One piece between commas, only when it is whole in itself: a day alone belongs to what follows it."""
    try:
        found, unread = _understand(text)
    except Unclear:
        return None
    whole = found and all(slot.starts or slot.kind is SlotKind.APPOINTMENT for slot in found)
    return (found, unread) if whole else None


def doubt_about(text: str) -> Message | None:
    """Why a text that `read_times` left over was not understood, where there is a sentence for it; else None."""
    if is_prose(text):
        return None
    try:
        _understand(text)
    except Unclear as doubt:
        sentence = DOUBTS.get(str(doubt))
        return Message(sentence, {"text": text}) if sentence else None
    return None


def _only_words(text: str) -> Slot:
    return Slot(SlotKind.WORDS, words=text)


def _understand(text: str) -> tuple[list[Slot], list[str]]:
    statement = Statement(text, tokens(text))
    statement.read()
    return statement.slots(), statement.unread
