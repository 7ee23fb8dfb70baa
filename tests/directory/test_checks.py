"""What an offer must obey."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from infopool.directory.checks import check
from infopool.directory.drafts import Capacity, ContactDraft, Cost, OfferDraft, ProviderDraft, TextDraft, VenueDraft
from infopool.directory.facts import ContactKind, CostKind
from infopool.directory.regions import Region
from tests.making import a_draft, a_text


def test_a_whole_draft_passes(region: Region) -> None:
    assert check(a_draft(), region) == ()


def test_a_title_is_all_that_is_needed(region: Region) -> None:
    assert check(OfferDraft(texts=(TextDraft("de", "Kleiderkammer"),)), region) == ()


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("title", {"texts": ()}),
        ("title", {"texts": (TextDraft("de", "  "),)}),
        ("title (de)", {"texts": (a_text("x" * 301),)}),
        ("texts", {"texts": (a_text(), a_text())}),
        ("texts", {"texts": (a_text(language="xx"), a_text())}),
        ("topics", {"topics": ("knitting",)}),
        ("audiences", {"audiences": ("aliens",)}),
        ("formats", {"formats": ("pigeon",)}),
        ("residence", {"residence": ("nobody",)}),
        ("levels_taught", {"levels_taught": ("D1",)}),
        ("level_required", {"level_required": "A3"}),
        ("places", {"places": ("atlantis",)}),
        ("working_group", {"working_group": "chess"}),
        ("cost", {"cost": Cost(CostKind.PAID, -1)}),
        ("free_places", {"capacity": Capacity(-2)}),
        ("ends_on", {"starts_on": date(2026, 5, 1), "ends_on": date(2026, 4, 1)}),
        ("provider", {"provider": ProviderDraft("x" * 301)}),
        ("venue", {"venue": VenueDraft(latitude=0.0, longitude=0.0)}),
        ("venue", {"venue": VenueDraft(latitude=47.6)}),
        ("venue", {"venue": VenueDraft(latitude=147.6, longitude=8.2)}),
        ("venue", {"venue": VenueDraft(place="atlantis")}),
        ("email", {"contacts": (ContactDraft(ContactKind.EMAIL, "nobody"),)}),
        ("website", {"contacts": (ContactDraft(ContactKind.WEBSITE, "javascript:alert(1)"),)}),
        ("phone", {"contacts": (ContactDraft(ContactKind.PHONE, "call me"),)}),
    ],
)
def test_a_fault_is_named_with_its_field(field: str, facts: dict[str, Any], region: Region) -> None:
    assert field in {problem.field for problem in check(a_draft(**facts), region)}


def test_the_whole_region_is_a_place(region: Region) -> None:
    assert check(a_draft(places=(region.code,)), region) == ()
