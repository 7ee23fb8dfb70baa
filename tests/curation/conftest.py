"""A translating machine on this computer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.curation import services


@pytest.fixture
def service() -> Iterator[services.Service]:
    with services.running() as service:
        yield service
