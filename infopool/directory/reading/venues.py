"""Addresses and places: a street, a postcode and a town out of one cell, and which municipality that is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from infopool.directory.reading.words import Synonyms, choose, fold, is_blank, is_prose, without_brackets
from infopool.directory.regions import Region


@dataclass(frozen=True)
class Address:
    """An address taken apart; what does not stand there is empty."""

    name: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""


_POSTCODE = re.compile(r"(?<![\d-])(?:([A-Z]{1,2})\s?[-–]\s?)?(\d{5}|(?<=CH-)\d{4}|(?<=A-)\d{4})(?![\d])")
_STREET = re.compile(
    (
        r"^(?=.*[^\W\d_]{2})[^\d"
        r",;]*?(?:\d+\.\s?)?[^,;]*?\s\d{1,4}\s?[a-zA-Z]?(?:\s?[-–/+]\s?\d{1,4}\s?[a-zA-Z]?)*$"
        r"|(?:str(?:\.|aße|asse)|weg|platz|gasse|allee|ring|steig|ufer|damm|hof|berg)\s*$"
    ),
    re.I,
)


@lru_cache(maxsize=10_000)
def read_address(text: str) -> Address:
    """The parts of an address in one cell: "Pfarrheim, Beispielstr. 4, 79761 Waldshut-Tiengen".

    A part that is neither street nor postcode and town is the venue's name; nothing is lost and nothing is looked up.
    """
    if is_blank(text):
        return Address()
    if is_prose(text):
        return Address(text)
    text = re.sub(r"\s*\n\s*", ", ", text.strip())
    found = _POSTCODE.search(text)
    if not found:
        name, street = _name_and_street(text)
        return Address(name, street)
    before, after = text[: found.start()].strip(" ,;-–"), text[found.end() :].strip(" ,;")
    town, _, more = after.partition(",")
    name, street = _name_and_street(before)
    if more.strip() and not street:
        more_name, street = _name_and_street(more.strip())
        name = ", ".join(part for part in (name, more_name) if part)
    elif more.strip():
        name = ", ".join(part for part in (name, more.strip()) if part)
    return Address(name, street, found[2], town.strip())


def _name_and_street(text: str) -> tuple[str, str]:
    parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    streets = [part for part in parts if _STREET.search(part)]
    street = streets[-1] if streets else ""
    return ", ".join(part for part in parts if part != street), street


_WHOLE = (
    "ganzer Landkreis",
    "gesamter Landkreis",
    "der ganze Landkreis",
    "im ganzen Landkreis",
    "im gesamten Landkreis",
    "landkreisweit",
    "kreisweit",
    "Landkreis",
    "Kreis",
    "ganzer Kreis",
    "alle Gemeinden",
    "alle Orte",
    "alle",
    "überall",
    "landesweit",
    "bundesweit",
    "deutschlandweit",
    "online",
    "whole county",
    "all of the county",
    "county-wide",
    "whole district",
    "nationwide",
)
"""What people write when an offer is for all places of the region."""

_AROUND = re.compile(
    r"\s*\b(?:und|u\.|mit|&|\+)\s+(?:umgebung|umland|umkreis|teilorten?|ortsteilen?"
    r"|surroundings?)\b.*$",
    re.I,
)
_PREFIX = re.compile(
    r"^(?:stadt|gemeinde|ortsteil|große kreisstadt|in|town of|raum|vg|verwaltungsgemeinschaft"
    r"|gvv)\s+",
    re.I,
)


class PlaceNames:
    """The places of one region by the names and postcodes people write."""

    def __init__(self, region: Region) -> None:
        self.region = region
        county = (region.name, region.code, f"ganzer {region.name}", f"gesamter {region.name}")
        self._whole = {fold(words) for words in (*_WHOLE, *county)}
        names = {place.code: [place.name, without_brackets(place.name)[0], place.code] for place in region.places}
        for place in region.places:
            names[place.code].extend(name for name in place.other_names if len(name) > 3)
        self._names = Synonyms(names, closeness=90.0)
        self._found: dict[str, str] = {}

    def find(self, town: str) -> str:
        """The code of the place a town's name means, in any spelling; empty when it is none of the region's."""
        if town not in self._found:
            self._found[town] = self._look_up(town)
        return self._found[town]

    def _look_up(self, town: str) -> str:
        bare = _AROUND.sub("", _PREFIX.sub("", town.strip()))
        return self._names.find(bare) or self._names.find(without_brackets(bare)[0]) or self._last_part(bare)

    def _last_part(self, town: str) -> str:
        """ "Waldshut-Tiengen, Ortsteil Tiengen" and "WT-Tiengen" name the district they end with."""
        parts = [part for part in re.split(r"[,/]|\bOT\b|\bOrtsteil\b|\s[-–]\s", town) if part.strip()]
        return next((code for code in map(self._names.exactly, reversed(parts)) if code), "") if len(parts) > 1 else ""

    def code_of(self, postcode: str, town: str) -> str:
        """The place of an address: by its town's name, else by a postcode that only one municipality has."""
        by_name = self.find(town) if town.strip() else ""
        if by_name:
            return by_name
        fitting = [place.code for place in self.region.by_postcode(postcode) if not place.parent]
        return fitting[0] if len(fitting) == 1 and not town.strip() else ""

    def contradicts(self, postcode: str, town: str) -> bool:
        """Whether a postcode of the region stands beside a town of the region that has another one."""
        place = self.region.by_code.get(self.find(town)) if town.strip() else None
        return bool(place and place.postcodes and self.region.by_postcode(postcode) and postcode not in place.postcodes)

    def read_places(self, text: str) -> tuple[tuple[str, ...], str]:
        """The places an offer serves; the region's own code for "ganzer Landkreis". And the names nobody knew."""
        if fold(text) in self._whole:
            return (self.region.code,), ""
        return choose(text, lambda piece: self.region.code if fold(piece) in self._whole else self.find(piece))
