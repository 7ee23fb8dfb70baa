"""Folding: one spelling for letters that people write in several ways."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

MARKS = "\u00ad\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u135d-\u135f\u200d"
"""Signs inside a word that are no letters: accents typed apart, Arabic vowel marks, soft hyphens, joiners."""

_INSIDE = dict.fromkeys(
    [*range(0x0300, 0x0370), *range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06DD)]
    + [*range(0x06DF, 0x06E9), *range(0x06EA, 0x06EE), 0x0640, 0x135D, 0x135E, 0x135F, 0x00AD, 0x200C, 0x200D]
    + [ord(sign) for sign in "'’ʼ`´‘"]
)
"""Deleted inside words; 0640 is the tatweel that only stretches a word."""

_LATIN = {"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th", "ə": "e", "ħ": "h"}
"""Latin letters that Unicode does not take apart. Dotless and dotted i become one, which Turkish can bear."""

_ARABIC = {
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ىیېۍئےێ", "ي"),
    **dict.fromkeys("ؤۆۇ", "و"),
    **dict.fromkeys("ةەھۀہ", "ه"),
    **dict.fromkeys("کڪ", "ك"),
    "ګ": "گ",
    "ڵ": "ل",
    "ڕ": "ر",
    "ء": None,
}
"""Letters of Arabic, Persian, Pashto and Sorani keyboards that stand for one another in what people type."""

_CYRILLIC = {"ё": "е", "ѐ": "е", "ґ": "г", "ѝ": "и"}

_SERBIAN = dict(
    zip(
        "абвгдђежзијклмнопрстћуфхцчш",
        "abvgddezzijklmnoprstcufhccs",
        strict=True,
    )
) | {"љ": "lj", "њ": "nj", "џ": "dz"}
"""Serbian Cyrillic into the Latin letters that remain when Gaj's accents are taken away."""

_ETHIOPIC_SERIES = {
    0x1210: 0x1200,
    0x1280: 0x1200,
    0x1220: 0x1230,
    0x12D0: 0x12A0,
    0x1340: 0x1338,
    0x12B8: 0x12A8,
    0x1250: 0x1240,
}
"""Series of syllables that sound, or are written, as another: ሐ ኀ as ሀ, ሠ as ሰ, ዐ as አ, ፀ as ጸ; and those whose sound
only changes behind a vowel, so that forms of one word part: ኸ as ከ, ቐ as ቀ (ክኸፍል, ከፈለ)."""

_ETHIOPIC_ROUND = dict(zip("ቈቊቋቌቍኰኲኳኴኵጐጒጓጔጕዀዂዃዄዅቘቚቛቜቝኈኊኋኌኍ", "ቆቁቋቄቁኮኩኳኬኩጎጉጓጌጉኮኩኳኬኩቆቁቋቄቁሆሁኋሄሁ", strict=True))
"""Syllables with a rounded consonant, as most people write them today: ቈልዓ, ቆልዓ."""

_ETHIOPIC = (
    {ord(sign): ord(plain) for sign, plain in _ETHIOPIC_ROUND.items()}
    | {odd + order: plain + order for odd, plain in _ETHIOPIC_SERIES.items() for order in range(7)}
    | dict.fromkeys([0x1203, 0x1213, 0x1283], 0x1200)
    | dict.fromkeys([0x12A3, 0x12A7, 0x12D3], 0x12A0)
)
"""Together; and ሃ as ሀ, ኣ as አ, which Tigrinya and Amharic write differently."""

_ACCENTED = {
    letter: bare
    for letter in map(chr, [*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00)])
    if (bare := "".join(sign for sign in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(sign)))
    != letter
}
"""Latin letters with accents -> without. Only these: й and ї are letters of their own."""

_SAME = {
    code: code for code in [*range(0x0250), *range(0x0400, 0x0530), *range(0x0600, 0x0700), *range(0x1200, 0x1380)]
}
"""Letters that stay: named too, because translating a letter that is not in the table is slow."""

_FOLD = _SAME | str.maketrans({**_INSIDE, **_ACCENTED, **_LATIN, **_ARABIC, **_CYRILLIC, **_ETHIOPIC})
_TO_LATIN = str.maketrans(_SERBIAN)

_LOOKS_CYRILLIC = str.maketrans("aceopxyikmthbj", "асеорхуікмтнвј")
_LOOKS_LATIN = str.maketrans("асеорхуікмтнвј", "aceopxyikmthbj")
_LATIN_LETTER = re.compile("[a-z]")
_CYRILLIC_LETTER = re.compile("[\u0400-\u04ff]")

_GERMAN_DIGRAPH = re.compile("(?<![aeiouyq])(ae|oe|ue)")
"""`ae` for `ä`, unless a vowel or q stands before: Bauer, neue, Quelle keep their letters."""


FOLDED_APART = frozenset({"de", "hr"})
"""The languages that `fold` reads otherwise than all the others."""


def fold(word: str, language: str = "") -> str:
    """One spelling for a word: small letters without accents, one form for letters that stand for one another.

    German also reads ae, oe, ue as a, o, u; Croatian reads Serbian Cyrillic. Any string is accepted.
    """
    folded = word.lower() if word.isascii() else _fold_letters(unicodedata.normalize("NFKC", word).casefold())
    if language == "de":
        return _GERMAN_DIGRAPH.sub(_first_letter, folded)
    if language == "hr" and not folded.isascii():
        return folded.translate(_TO_LATIN)
    return folded


def fold_all(words: Sequence[str], language: str = "") -> list[str]:
    """The same for many words at once, several times as fast."""
    together = " ".join(words)
    if together.isascii():
        folded = together.lower()
    else:
        folded = unicodedata.normalize("NFKC", together).casefold().translate(_FOLD)
    if language == "de":
        folded = _GERMAN_DIGRAPH.sub(_first_letter, folded)
    elif language == "hr":
        folded = folded.translate(_TO_LATIN)
    found = folded.split(" ")
    if len(found) != len(words):  # a letter that becomes a space or goes away altogether
        return [fold(word, language) for word in words]
    if not together.isascii() and _NEEDS_CARE.search(together):
        return [
            fold(word, language) if _NEEDS_CARE.search(word) else ready
            for word, ready in zip(words, found, strict=True)
        ]
    return found


def _fold_letters(word: str) -> str:
    word = word.translate(_FOLD)
    if "\u0400" <= max(word, default="") <= "\u04ff":
        return _one_alphabet(word)
    return "".join(_digit(sign) for sign in word) if any(map(str.isdecimal, word)) else word


def _one_alphabet(word: str) -> str:
    """Letters of the other alphabet that look alike, typed by mistake, brought into the word's own."""
    latin = len(_LATIN_LETTER.findall(word))
    if not latin:
        return word
    return word.translate(_LOOKS_LATIN if latin > len(_CYRILLIC_LETTER.findall(word)) else _LOOKS_CYRILLIC)


def _digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


def _first_letter(match: re.Match[str]) -> str:
    return match.group()[0]


_NEEDS_CARE = re.compile(r"[\u0400-\u04ff][A-Za-z]|[A-Za-z][\u0400-\u04ff]|(?![0-9])\d")
"""Two alphabets in one word, or digits of another script: these are folded one by one."""

_SCRIPTS = (
    ("Latn", 0x0041, 0x024F),
    ("Latn", 0x1E00, 0x1EFF),
    ("Cyrl", 0x0400, 0x052F),
    ("Arab", 0x0600, 0x08FF),
    ("Arab", 0xFB50, 0xFEFF),
    ("Ethi", 0x1200, 0x139F),
    ("Ethi", 0x2D80, 0x2DDF),
)
"""Code point ranges of the scripts our languages are written in."""


def script_of(word: str) -> str:
    """ISO 15924 code of the first letter that belongs to one of our scripts; empty when there is none (digits, Han)."""
    for letter in word:
        if letter.isdecimal():
            continue
        for script, first, last in _SCRIPTS:
            if first <= ord(letter) <= last:
                return script
    return ""
