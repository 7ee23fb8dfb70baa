"""The words for codes, for the reader of a request; the labels themselves live beside the JSON answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app

from infopool import catalogues
from infopool.exchange.labels import (
    FACET_LABELS,
    NO_LABELS,
    YES_LABELS,
    ConceptNames,
    Labels,
    facet_name,
    level_label,
    topic_label,
)
from infopool.exchange.provider_names import ProviderNames

if TYPE_CHECKING:
    from infopool.web.pool import Pool

__all__ = [
    "FACET_LABELS",
    "NO_LABELS",
    "YES_LABELS",
    "ConceptNames",
    "Labels",
    "facet_name",
    "labels_for",
    "level_label",
    "topic_label",
]


def labels_for(pool: Pool, tag: str) -> Labels:
    """The labels in the language of a tag; provider names come from the index and are kept per application."""
    names = current_app.extensions.setdefault("infopool.providers", ProviderNames(pool.search.engine, pool.today))
    return Labels(catalogues.translator(tag), tag, pool.region, pool.search.vocabulary, names)
