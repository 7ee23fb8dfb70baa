"""The house's names, and what must never stand in the repository."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UNWANTED = {"utils", "helpers", "manager", "common", "misc"}


def files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_no_module_is_called_after_nothing() -> None:
    assert [path for path in files() if path.suffix == ".py" and path.stem in UNWANTED] == []


def test_lock_files_carry_no_addresses() -> None:
    locks = [path for path in files() if path.name.startswith("requirements") and path.suffix == ".txt"]
    assert locks
    assert [path.name for path in locks if re.search(r"https?://", path.read_text(encoding="utf-8"))] == []


def test_every_pinned_package_has_a_hash() -> None:
    for path in files():
        if path.name.startswith("requirements") and path.suffix == ".txt":
            blocks = re.split(r"\n(?=\S)", path.read_text(encoding="utf-8"))
            assert [block for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("folder", ["tests", "tests/importers", "tests/search", "tests/web"])
def test_no_package_under_tests_shadows_a_real_one(folder: str) -> None:
    assert not (ROOT / folder / "__init__.py").exists()
