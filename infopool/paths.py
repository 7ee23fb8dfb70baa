"""Where the files that are not code lie: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def _beside_or_inside(name: str) -> Path:
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


TEMPLATES = _beside_or_inside("templates")
TRANSLATIONS = _beside_or_inside("translations")
STATIC = PACKAGE / "static"
REGIONS = PACKAGE / "regions"
MIGRATIONS = PACKAGE / "migrations"
VOCABULARY = PACKAGE / "search" / "vocabulary"
DEMO = PACKAGE / "demo"
