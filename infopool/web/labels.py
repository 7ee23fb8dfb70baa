"""The words for codes, as the pages use them; they live beside the JSON answers, which the command line gives too."""

from __future__ import annotations

from infopool.exchange.labels import (
    FACET_LABELS,
    YES_LABELS,
    ConceptNames,
    Labels,
    facet_name,
    level_label,
    topic_label,
)

__all__ = ["FACET_LABELS", "YES_LABELS", "ConceptNames", "Labels", "facet_name", "level_label", "topic_label"]
