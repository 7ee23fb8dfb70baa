"""Two texts held against each other: what has changed word by word, and what a translation must carry over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from infopool.directory.drafts import TextDraft
from infopool.directory.facts import Origin
from infopool.directory.reading.cleaning import clean
from infopool.messages import N_, Message

FIELDS: tuple[str, ...] = ("title", "summary", "description", "registration", "documents")
"""The fields of a text that are words, in the order a reader meets them."""


def words_of(text: TextDraft | None, field: str) -> str:
    """What stands in a field; a list of documents as one line each."""
    value = getattr(text, field) if text else ""
    return "\n".join(value) if isinstance(value, tuple) else str(value)


def text_with(language: str, words: Mapping[str, str], origin: Origin = Origin.TRANSLATED) -> TextDraft:
    """The text that has these words in its fields, made safe to keep; the other way round than `words_of`."""
    safe = {field: clean(words.get(field, "")) for field in FIELDS}
    documents = tuple(line for line in safe.pop("documents").split("\n") if line)
    return TextDraft(
        language, documents=documents, origin=origin, **(safe | {"title": " ".join(safe["title"].split())})
    )


class Change(StrEnum):
    """Änderung. What became of a piece of text."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    """A stretch of text and what became of it."""

    change: Change
    words: str


_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


def what_changed(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both texts in order: kept, gone and new ones, cut at words."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    pieces: list[Piece] = []
    for kind, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(Change.KEPT, "".join(old[start:end])))
            continue
        if end > start:
            pieces.append(Piece(Change.GONE, "".join(old[start:end])))
        if stop > begin:
            pieces.append(Piece(Change.NEW, "".join(new[begin:stop])))
    return tuple(pieces)


def shown(pieces: tuple[Piece, ...]) -> str:
    """The changes as one line can hold them: `[-gone-]` and `{+new+}`."""
    signs = {Change.KEPT: "%s", Change.GONE: "[-%s-]", Change.NEW: "{+%s+}"}
    return "".join(signs[piece.change] % piece.words for piece in pieces)


def terms_in(text: str, words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Those words of a glossary (German -> what it is called) that a German text has, also with an ending."""
    return [
        (german, word) for german, word in sorted(words.items()) if re.search(rf"\b{re.escape(german)}", text, re.I)
    ]


# All repetitions have an end: a text of nothing but letters must not take minutes.
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”„»«]+"
    r"|\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.(?:de|org|com|net|info|eu|ch|at)\b(?:/\S*)?",
    re.I,
)
_PHONE = re.compile(r"(?<![\w.,:+])(?:\+|0)\d[\d ()/‑–-]{3,40}\d")
_NUMBER = re.compile(r"\d+")
_MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_LINK_END = ".,;:!?)]'’،؛؟።…"


@dataclass(frozen=True)
class Firm:
    """What a text holds that reads the same in every language."""

    addresses: frozenset[str]
    """Links and e-mail addresses."""
    phones: frozenset[str]
    """Digits only, with the national zero."""
    numbers: frozenset[str]
    """All other numbers, cut at every sign and without leading zeros: dates and times are written in many ways."""


def firm_in(text: TextDraft) -> Firm:
    """The addresses, phone numbers and numbers of a text; digits of every script count as the same."""
    rest = _western("\n".join(words_of(text, field) for field in FIELDS))
    addresses: set[str] = set()
    for pattern in (_MAIL, _LINK):
        addresses |= {_plain_address(found) for found in pattern.findall(rest)}
        rest = pattern.sub(" ", rest)
    phones = {_plain_phone(found) for found in _PHONE.findall(rest)}
    numbers = {number.lstrip("0") for number in _NUMBER.findall(_PHONE.sub(" ", rest))}
    return Firm(frozenset(addresses), frozenset(phones), frozenset(numbers - {""}))


def _western(text: str) -> str:
    plain = _MARKS.sub("", text)
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in plain)


def _plain_address(address: str) -> str:
    plain = address.rstrip(_LINK_END).casefold()
    return re.sub(r"^(https?://)?(www\.)?", "", plain).rstrip("/")


def _plain_phone(phone: str) -> str:
    digits = re.sub(r"\D", "", phone.replace("(0)", ""))
    national = digits.removeprefix("0049") if digits.startswith("0049") else digits.removeprefix("49")
    return digits if national == digits else "0" + national


def not_carried_over(source: TextDraft, target: TextDraft) -> Iterator[Message]:
    """Why a translation cannot be published as it is: a phone number, a link or an e-mail address lost or invented."""
    theirs, ours = firm_in(source), firm_in(target)
    before, after = theirs.addresses | theirs.phones, ours.addresses | ours.phones
    for lost in sorted(before - after):
        sentence = N_("“%(what)s” is missing in the translation; phone numbers and addresses stay as they are.")
        yield Message(sentence, {"what": lost})
    for invented in sorted(after - before):
        yield Message(N_("“%(what)s” stands in the translation, but not in the original."), {"what": invented})


def worth_a_look(source: TextDraft, target: TextDraft) -> Iterator[Message]:
    """Numbers of the original that the translation does not have; they may be right all the same ("2 pm")."""
    for lost in sorted(firm_in(source).numbers - firm_in(target).numbers):
        yield Message(
            N_("The number %(what)s of the original is not in the translation. Is that right?"), {"what": lost}
        )
