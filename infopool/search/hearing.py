"""How words sound: German written by ear, and words of other scripts typed in Latin letters."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache

from rapidfuzz.distance import OSA

from infopool.search.languages.letters import script_of

SHORTEST = 3
"""Signs a key needs: shorter ones are shared by too many words."""
ALIKE = 0.5
ALMOST_ALIKE = 0.6
"""How much of its letters a word must share with one that sounds the same, or almost the same."""

_SAME_SOUND = re.compile(r"(.)\1+")

_GERMAN = (
    (re.compile("ph|pf|v|w"), "f"),
    (re.compile("tsch|sch|sh|ch(?=[sl])|s(?=[pt])"), "s"),
    (re.compile("tz|ts|ds|cz|z|x|c(?=[eiy])|ss|ß"), "s"),
    (re.compile("ch|ck|gk|q|c|g|k"), "k"),
    (re.compile("[dt]h?"), "t"),
    (re.compile("b|p"), "p"),
    (re.compile("er\\b|a\\b"), "a"),
)
"""Groups of letters that people who hear German confuse, and the letter that stands for them."""
_SILENT = re.compile("[aeiouyjh]")


@cache
def german_key(folded: str) -> str:
    """How a folded German word sounds to somebody who writes it as she hears it: consonants in groups, no vowels.

    After the idea of the Cologne phonetics (Postel 1969), with groups of our own: "arbaytsamt" sounds as "Arbeitsamt".
    """
    for letters, sound in _GERMAN:
        folded = letters.sub(sound, folded)
    key = _SILENT.sub("", folded[1:])
    return _SAME_SOUND.sub(r"\1", ("*" if _SILENT.match(folded) else folded[:1]) + key)


_TYPED = (("shch", "ш"), ("sch", "ш"), ("sh", "ш"), ("zh", "ж"), ("kh", "h"), ("ch", "ч"), ("tch", "ч"), ("gh", "g"))
_CYRILLIC = str.maketrans(
    {
        **dict(zip("абвдезиклмнопрстуфхгц", "abvdeziklmnoprstufhhc", strict=True)),
        **dict.fromkeys("иіїйы", "i"),
        **dict.fromkeys("єэ", "e"),
        "я": "a",
        "ю": "u",
        "щ": "ш",
        "ь": None,
        "ъ": None,
        "g": "h",
        "w": "v",
        "y": "i",
        "j": "i",
    }
)
_SOFTENED = re.compile("[iyj](?=[aeou])")


def cyrillic_key(folded: str) -> str:
    """A Cyrillic word, or one typed in Latin letters, in the letters both can be written in: zhytlo, житло."""
    for typed, letter in (*_TYPED, ("ts", "c"), ("tz", "c")):
        folded = folded.replace(typed, letter)
    return _SAME_SOUND.sub(r"\1", _SOFTENED.sub("", folded).translate(_CYRILLIC))


_ARABIC = str.maketrans(
    {
        **dict(zip("بپتجدذرزسشصضطظغفقكگلمنخح", "bptjdzrzsшsdtzgfkkglmnhh", strict=True)),
        "ث": "s",
        "ژ": "j",
        "چ": "ч",
        "ه": "h",
        "ډ": "d",
        "ټ": "t",
        "ړ": "r",
        "ښ": "ш",
        "ځ": "z",
        "څ": "s",
        "ڼ": "n",
        **dict.fromkeys("اعويءئؤآ", None),
        **dict.fromkeys("aeiouywv", None),
        "q": "k",
        "c": "k",
        "x": "h",
    }
)
_ARTICLE = re.compile("^(وال|ال)(?=...)")


def skeleton(folded: str) -> str:
    """The consonants of a word in Arabic letters, or typed in Latin ones: sakan, سكن."""
    return _consonants_of(_ARTICLE.sub("", folded)).removesuffix("h")


def _consonants_of(word: str) -> str:
    word = _SAME_SOUND.sub(r"\1", word)
    for typed, letter in (*_TYPED, ("th", "s"), ("dh", "z")):
        word = word.replace(typed, letter)
    return word.translate(_ARABIC)


def ethiopic_skeleton(folded: str) -> str:
    """The consonants of a Tigrinya word, by the names of its syllables, or of one typed in Latin letters."""
    if script_of(folded) != "Ethi":
        return _consonants_of(folded)
    return _consonants_of("".join(_syllable(sign) for sign in folded))


@cache
def _syllable(syllable: str) -> str:
    name = unicodedata.name(syllable, "").rpartition(" ")[2].lower()
    return name.rstrip("aeiou") if "SYLLABLE" in unicodedata.name(syllable, "") else ""


KEYS: dict[str, Callable[[str], str]] = {
    "de": german_key,
    "uk": cyrillic_key,
    "ru": cyrillic_key,
    "ar": skeleton,
    "fa": skeleton,
    "ps": skeleton,
    "ti": ethiopic_skeleton,
}
"""Language -> what makes a key of its words and of words typed for them."""


def key_of(folded: str, language: str) -> str:
    """How a word of a language sounds; empty for one that sounds like too many others, or is written in another script
    than the language's own."""
    if (script_of(folded) == "Latn") != (language == "de"):
        return ""
    key = KEYS[language](folded)
    return key if len(key) >= SHORTEST else ""


class Sounds:
    """The words of a language by how they sound."""

    def __init__(self, language: str, words: Iterable[tuple[str, str]]) -> None:
        """`words` are how each sounds (see `key_of`) and the word itself, folded."""
        self._key = KEYS[language]
        self._german = language == "de"
        self._words: dict[str, list[str]] = defaultdict(list)
        for key, word in words:
            if key:
                self._words[key].append(word)

    def heard(self, typed: str) -> str | None:
        """The word that sounds like what was typed (folded), or None. German words must also look alike."""
        key = self._key(typed)
        if len(key) < SHORTEST:
            return None
        same = self._words.get(key, [])
        if not self._german:
            return min(
                same, key=lambda word: (abs(len(word) - len(typed)), OSA.distance(word, typed), word), default=None
            )
        near = [word for word in same if _likeness(word, typed) >= ALIKE]
        return max(near or self._almost(key, typed), key=lambda word: (_likeness(word, typed), word), default=None)

    def _almost(self, key: str, typed: str) -> list[str]:
        if len(key) <= SHORTEST + 1:
            return []
        keys = [known for known in self._words if abs(len(known) - len(key)) <= 1 and OSA.distance(known, key) == 1]
        return [word for known in keys for word in self._words[known] if _likeness(word, typed) >= ALMOST_ALIKE]


def _likeness(one: str, other: str) -> float:
    return float(OSA.normalized_similarity(one, other))
