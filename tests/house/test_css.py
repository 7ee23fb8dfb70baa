"""The stylesheet knows start and end, never left and right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STYLES = sorted((Path(__file__).resolve().parents[2] / "infopool" / "static").rglob("*.css"))
PHYSICAL = re.compile(
    r"(?:^|[;{\s-])(?:left|right|(?:margin|padding|border)-(?:left|right)[a-z-]*)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)",
    re.MULTILINE,
)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_no_left_and_no_right(path: Path) -> None:
    assert PHYSICAL.findall(path.read_text(encoding="utf-8")) == []


def test_there_is_a_stylesheet() -> None:
    assert STYLES


@pytest.mark.parametrize("rule", ["a{left:0}", "a{margin-left:1px}", "a{text-align:right}", "a{float:left}"])
def test_the_rule_sees_what_it_forbids(rule: str) -> None:
    assert PHYSICAL.search(rule)
