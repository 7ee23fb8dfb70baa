"""Places of the region in what people type, in any script: names, postcodes, names with case endings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from infopool.directory.regions import Place, Region
from infopool.search import text
from infopool.search.languages.letters import script_of
from infopool.search.spelling import ByLength

NAMES = "place_names.tsv"
"""The file beside a region's places with their names in other scripts: place, language, name."""

LONGEST = 6
SHORTEST_INFLECTED = 5
"""Letters a name needs before an ending is taken off to find it; in Cyrillic, which needs fewer of them, and before an
ending of `_SURELY`, one less."""
_SURELY = frozenset({"u", "da", "de", "dan", "den"})
_SOFTENED = (("зі", "г"), ("сі", "х"), ("ці", "к"))
"""Ukrainian endings that change the letter before them: у Мурзі, в Лауфенбурзі."""

_ENDINGS = {
    "Cyrl": ("ского", "ський", "ский", "ском", "ому", "ом", "ем", "ою", "ей", "е", "у", "а", "і", "и", "ю", "я"),
    "Latn": (
        *("den", "dan", "ten", "tan", "nde", "yle", "de", "da", "te", "ta", "ye", "yi"),
        *("er", "om", "em", "ie", "in", "un", "e", "a", "i", "u", "s"),
    ),
    "Arab": (),
    "Ethi": (),
}
"""Case endings people put on names: в Вальдсхуте, Tiengende, u Waldshutu, Waldshuter."""

_BEGINNINGS = {"Arab": ("وال", "ب", "ل", "و"), "Ethi": ("ን", "ብ", "ኣብ")}
"""Prepositions written together with a name."""

_BRACKETS = re.compile(r"\([^)]*\)")
_COUNTY = re.compile(r"^(land)?kreis ")


@dataclass(frozen=True)
class FoundPlace:
    """A place in a row of words."""

    place: Place | None
    """None for the region as a whole."""
    start: int
    end: int
    """Positions among the words; the end is the first one after it."""
    exact: bool = True


class Gazetteer:
    """The names of a region's places."""

    def __init__(self, region: Region, names: Sequence[tuple[str, str]] = ()) -> None:
        """`names` are further (place code, name) pairs; those of unknown places are left out."""
        self.region = region
        self._places: dict[str, Place | None] = {}
        for place in sorted(region.places, key=lambda place: (bool(place.parent), -place.population)):
            for name in _names_of(place):
                self._file(name, place)
        for code, name in names:
            if code in region.by_code:
                self._file(name, region.by_code[code])
        for name in (region.name, region.name.removeprefix("Land")):
            self._places[_key(text.words(name))] = None

    def _file(self, name: str, place: Place) -> None:
        key = _key(text.words(name))
        # Names come the important places first; a district's own name goes to it, not to its municipality.
        if len(key) >= 2 and (key not in self._places or key == _key(text.words(place.name))):
            self._places[key] = place

    def find(self, words: Sequence[str], fuzzy: bool = False) -> list[FoundPlace]:
        """The places named, from left to right, longest names first. With `fuzzy` also names with a letter wrong."""
        folded = [text.fold(word, "de") for word in words]
        found: list[FoundPlace] = []
        at = 0
        while at < len(words):
            place = self._at(folded, at) or (self._almost(folded[at], at) if fuzzy else None)
            if place:
                found.append(place)
            at = place.end if place else at + 1
        return found

    def _at(self, folded: Sequence[str], at: int) -> FoundPlace | None:
        if folded[at] in self._first_words:
            for length in range(min(LONGEST, len(folded) - at), 0, -1):
                key = " ".join(folded[at : at + length])
                if key in self._places:
                    return FoundPlace(self._places[key], at, at + length)
        return self._postcode(folded[at], at) or self._inflected(folded, at)

    @cached_property
    def _first_words(self) -> frozenset[str]:
        return frozenset(name.partition(" ")[0] for name in self._places)

    def _postcode(self, digits: str, at: int) -> FoundPlace | None:
        if len(digits) != 5 or not (digits.isascii() and digits.isdecimal()):
            return None
        places = sorted(self.region.by_postcode(digits), key=lambda place: (bool(place.parent), -place.population))
        return FoundPlace(places[0], at, at + 1) if places else None

    def _inflected(self, folded: Sequence[str], at: int) -> FoundPlace | None:
        for length in (2, 1):
            if at + length <= len(folded):
                for key in _without_cases(" ".join(folded[at : at + length])):
                    if self._places.get(key):
                        return FoundPlace(self._places[key], at, at + length)
        return None

    def _almost(self, key: str, at: int) -> FoundPlace | None:
        names = self._by_script.get(script_of(key))
        name = names.nearest(key) if names else None
        return FoundPlace(self._places[name], at, at + 1, exact=False) if name else None

    @cached_property
    def _by_script(self) -> dict[str, ByLength]:
        scripts = {script_of(name) for name in self._places}
        return {script: ByLength(name for name in self._places if script_of(name) == script) for script in scripts}

    def beginning(self, typed: str, limit: int) -> list[Place]:
        """The places whose name begins with the letters typed, the largest first."""
        key = _key(text.words(typed))
        found = [place for name, place in self._places.items() if place and key and name.startswith(key)]
        return sorted(dict.fromkeys(found), key=lambda place: -place.population)[:limit]


def _names_of(place: Place) -> list[str]:
    plain = _BRACKETS.sub("", place.name).strip()
    saint = [plain.replace("St.", spelled) for spelled in ("Sankt", "St") if "St." in plain]
    return [place.name, plain, *saint, *place.other_names]


def _key(words: Sequence[str]) -> str:
    return " ".join(text.fold(word, "de") for word in words)


@lru_cache(maxsize=20_000)
def _without_cases(key: str) -> tuple[str, ...]:
    script = script_of(key)
    bare = [key.removeprefix(beginning) for beginning in _BEGINNINGS.get(script, ()) if key.startswith(beginning)]
    bare += [key[: -len(soft)] + hard for soft, hard in _SOFTENED if key.endswith(soft)]
    for ending in _ENDINGS.get(script, ()):
        name = key.removesuffix(ending)
        short = script == "Cyrl" or ending in _SURELY
        if name != key and len(name) >= SHORTEST_INFLECTED - short:
            bare.append(name)
    return tuple(name for name in bare if len(name) >= 3)


def load(region: Region, folder: Path) -> Gazetteer:
    """The gazetteer of a region with the further names its folder holds."""
    path = folder / NAMES
    lines = path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []
    rows = [line.split("\t") for line in lines if line.strip()]
    return Gazetteer(region, [(row[0], row[2]) for row in rows])
