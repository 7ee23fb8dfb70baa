"""What the tests of the exchange share: labels in German and English, with a vocabulary of two words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from infopool import catalogues
from infopool.directory.regions import Region
from infopool.exchange.labels import Labels
from infopool.messages import ENGLISH

WORDS = {("german-course", "de"): "Deutschkurs", ("german-course", "en"): "German course", ("evening", "de"): "abends"}


class FewWords:
    """A vocabulary of two concepts."""

    def label(self, code: str, language: str) -> str:
        return WORDS.get((code, language), "")


@pytest.fixture
def labels_in(region: Region) -> Callable[[str], Labels]:
    def make(tag: str) -> Labels:
        translator = ENGLISH if tag == "en" else catalogues.translator(tag)
        return Labels(translator, tag, region, FewWords(), lambda number: {"7": "Abendschule Beispiel"}.get(number, ""))

    return make


@pytest.fixture
def labels(labels_in: Callable[[str], Labels]) -> Labels:
    """In English, which needs no catalogue."""
    return labels_in("en")
