"""A county as data: its name, municipalities, working groups, holidays and emergency numbers, read from one folder."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from infopool.directory.columns import slot_from_plain
from infopool.directory.schedules import Schedule
from infopool.messages import N_
from infopool.paths import REGIONS


@dataclass(frozen=True)
class Place:
    """Gemeinde oder Ortsteil."""

    code: str
    """Stable, as it stands in addresses: `bad-saeckingen`."""
    name: str
    ags: str
    """Amtlicher Gemeindeschlüssel; a district carries its municipality's."""
    parent: str
    """For a district the code of its municipality, else empty."""
    latitude: float
    longitude: float
    postcodes: tuple[str, ...]
    population: int
    other_names: tuple[str, ...]
    """How people also write it, in any script."""


@dataclass(frozen=True)
class WorkingGroup:
    """Arbeitskreis."""

    code: str
    name: str


@dataclass(frozen=True)
class Helpline:
    """Notrufnummer, with the address of the page that vouches for it."""

    code: str
    number: str
    source: str


HELPLINES: dict[str, str] = {
    "rescue": N_("Fire, accident, danger to life"),
    "police": N_("Police"),
    "doctor-on-call": N_("Doctor, at night and at weekends"),
    "violence-women": N_("Violence against women"),
    "children-youth": N_("Children and young people in trouble"),
    "crisis": N_("Somebody to talk to, day and night"),
}
"""What the pages say beside a helpline."""


@dataclass(frozen=True)
class Strip:
    """A row of places on the start page."""

    code: str
    places: tuple[str, ...]
    heading: Mapping[str, str]
    """By language tag."""


@dataclass(frozen=True)
class Desk:
    """Anlaufstelle. The people behind the site."""

    phone: str
    email: str
    address: str
    hours: Schedule


@dataclass(frozen=True)
class Region:
    """Landkreis."""

    code: str
    name: str
    """In full: "Landkreis Waldshut"."""
    country: str
    subdivision: str
    """Whose public holidays count: `BW`."""
    zone: str
    working_groups: tuple[WorkingGroup, ...]
    helplines: tuple[Helpline, ...]
    strips: tuple[Strip, ...]
    desk: Desk
    operator: str
    """Who runs this installation, for the imprint."""
    attribution: tuple[str, ...]
    places: tuple[Place, ...]
    school_holidays: tuple[tuple[date, date], ...] = ()
    """First and last days, as far as they are known."""

    @cached_property
    def by_code(self) -> dict[str, Place]:
        """The places by their codes."""
        return {place.code: place for place in self.places}

    @cached_property
    def municipalities(self) -> tuple[Place, ...]:
        """The places that are not districts of another."""
        return tuple(place for place in self.places if not place.parent)

    @property
    def timezone(self) -> ZoneInfo:
        """The zone schedules are written in."""
        return ZoneInfo(self.zone)

    def by_postcode(self, postcode: str) -> tuple[Place, ...]:
        """The places a postcode belongs to, districts last."""
        return tuple(place for place in self.places if postcode in place.postcodes)

    def municipality_of(self, code: str) -> Place | None:
        """The municipality a place is or belongs to; None for an unknown code."""
        place = self.by_code.get(code)
        return self.by_code.get(place.parent, place) if place else None


def load_region(name: str) -> Region:
    """Read a region: the name of a shipped one, or a folder like it. Refused (ValueError) when it is neither."""
    folder = REGIONS / name if (REGIONS / name).is_dir() else Path(name)
    if not (folder / "region.toml").is_file():
        raise ValueError(f"There is no region “{name}”: neither shipped nor a folder with a region.toml.")
    facts = tomllib.loads((folder / "region.toml").read_text(encoding="utf-8"))
    return Region(
        code=facts["code"],
        name=facts["name"],
        country=facts["country"],
        subdivision=facts["subdivision"],
        zone=facts["zone"],
        working_groups=tuple(WorkingGroup(**row) for row in facts["working_groups"]),
        helplines=tuple(Helpline(**row) for row in facts["helplines"]),
        strips=tuple(Strip(row["code"], tuple(row["places"]), row["heading"]) for row in facts["strips"]),
        desk=_desk(facts["contact"]),
        operator=facts["operator"],
        attribution=tuple(facts["attribution"]),
        places=_read_places(folder / "places.csv"),
        school_holidays=_read_school_holidays(folder / "school_holidays.csv"),
    )


def _desk(facts: dict[str, Any]) -> Desk:
    hours = tuple(slot_from_plain(plain) for plain in facts["hours"])
    return Desk(facts["phone"], facts["email"], facts["address"], hours)


def _read_school_holidays(path: Path) -> tuple[tuple[date, date], ...]:
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return tuple((date.fromisoformat(row["first"]), date.fromisoformat(row["last"])) for row in rows)


def _read_places(path: Path) -> tuple[Place, ...]:
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(_place(row) for row in csv.DictReader(lines))


def _place(row: dict[str, str]) -> Place:
    return Place(
        code=row["code"],
        name=row["name"],
        ags=row["ags"],
        parent=row["parent"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        postcodes=tuple(row["postcodes"].split()),
        population=int(row["population"] or 0),
        other_names=tuple(name for name in row["other_names"].split("|") if name),
    )


EARTH_KM = 6371.0088
"""Mean radius of the earth, IUGG."""


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Kilometres as the crow flies between two points (latitude, longitude in degrees), by the haversine formula."""
    (lat1, lon1), (lat2, lon2) = ((radians(x), radians(y)) for x, y in (a, b))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(h))
