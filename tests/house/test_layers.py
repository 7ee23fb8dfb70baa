"""The arrows of the house point downward; docs/architecture.md draws them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

GROUND = {"messages", "paths", "languages", "settings", "db", "catalogues"}
ALLOWED: dict[str, set[str]] = {
    "messages": set(),
    "paths": set(),
    "languages": set(),
    "db": set(),
    "settings": {"messages"},
    "catalogues": {"languages", "paths"},
    "directory": GROUND,
    "search": GROUND | {"directory"},
    "queue": {"db", "directory"},
    "curation": GROUND | {"directory", "search", "exchange", "glossary", "queue"},
    "steering": GROUND | {"directory", "search", "curation"},
    "exchange": GROUND | {"directory", "search"},
    "importers": GROUND | {"directory"},
    "migrations": GROUND | {"directory", "curation", "queue"},
    "migrating": GROUND | {"migrations", "directory", "curation", "queue"},
    "backups": GROUND | {"migrating"},
    "translating": GROUND | {"glossary"},
    "glossary": {"paths"},
    "serving": GROUND | {""},
    "health": GROUND | {"directory", "search", "migrating", "translating"},
    "demo": set(),
    "jobs": GROUND | {"directory", "search", "curation", "importers", "exchange", "queue"},
    "web": GROUND | {"directory", "search", "curation", "steering", "exchange", "migrating", "importers", "queue"},
    "": {"settings", "web"},
    "__main__": {"cli"},
}
"""Room -> the rooms it may import, besides itself. `cli` knows everyone; nobody knows `cli`."""

ONLY_IN: dict[str, tuple[str, ...]] = {
    "flask": ("infopool/web/", "infopool/cli/", "infopool/__init__.py", "infopool/serving.py"),
    "flask_babel": ("infopool/web/",),
    "whoosh": ("infopool/search/whoosh_engine.py",),
    "granian": ("infopool/serving.py",),
    "httpx2": ("infopool/jobs/strangers.py",),
    "httpcore2": ("infopool/jobs/strangers.py",),
    "openpyxl": ("importers/", "infopool/exchange/", "infopool/demo/"),
}
"""A library that may be imported in these places only, so that another can take its place."""


ROOMS = {path.stem for path in (ROOT / "infopool").iterdir() if path.suffix == ".py" or path.is_dir()}


def modules() -> list[Path]:
    return sorted(
        path
        for folder in ("infopool", "importers")
        for path in (ROOT / folder).rglob("*.py")
        if "versions" not in path.parts
    )


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def room_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts[0] == "importers":
        return "importers"
    return "" if parts[1] == "__init__" else parts[1]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "infopool":
                yield from (f"infopool.{alias.name}" for alias in node.names if alias.name in ROOMS)
            else:
                yield node.module


def rooms_imported(path: Path) -> set[str]:
    found = set()
    for module in imported(path):
        parts = module.split(".")
        if parts[0] == "importers":
            found.add("importers")
        elif parts[0] == "infopool" and len(parts) > 1 and not parts[1].startswith("__"):
            found.add(parts[1])
    return found


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_arrows_point_downward(path: Path) -> None:
    room = room_of(path)
    if room == "cli":
        return
    assert room in ALLOWED, f"{room} is a room nobody has drawn yet"
    assert rooms_imported(path) - {room} <= ALLOWED[room]


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_libraries_stay_in_their_place(path: Path) -> None:
    roots = {module.split(".")[0] for module in imported(path)}
    strayed = {library for library in roots & set(ONLY_IN) if not name_of(path).startswith(ONLY_IN[library])}
    assert not strayed


def test_the_walk_sees_imports_inside_functions() -> None:
    assert "web" in rooms_imported(ROOT / "infopool" / "__init__.py")
