"""How much each thing counts when offers are ranked: every number of the ranking stands in this one table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Weights:
    """The numbers of the ranking. Words are scored by BM25F (Zaragoza et al. 2004): one saturation over the fields.

    A score is the sum over the words, times a factor for each fact about the offer. A factor of 1 changes nothing.
    """

    formula: str = "bm25f"
    """`bm25f`, or `whoosh`: the sum of Whoosh's own BM25F per field, for comparing."""
    k1: float = 3.0
    """How fast more occurrences of a word stop counting."""
    text_b: float = 0.6
    """How much a long text counts against an offer, 0 (not at all) to 1. The text field holds the title's words too."""
    title_b: float = 0.1
    """The same for long titles."""
    title: float = 2.0
    """How much an occurrence in the title counts on top of the 1 it counts as part of the text."""
    concept: float = 3.0
    """What a concept the offer is wholly about counts as, in occurrences."""
    coordination: float = 0.0
    """The score is multiplied by (share of the query's words that the offer holds) to this power; a rare word makes a
    larger share than a common one, a word that no offer holds makes none."""
    wish: float = 0.6
    """What one granted wish of boost 1 adds to the factor."""
    spoken: float = 0.06
    """What it adds that the reader's language is spoken at the offer."""
    overdue: float = 0.9
    """The factor of an offer that was not checked for longer than `overdue_days`, or never."""
    overdue_days: int = 365
    distance: float = 0.85
    """How much of the score is lost far away; half of that is lost at `distance_km`."""
    distance_km: float = 5.0
    everywhere: float = 0.4
    """How much of the score an offer for the whole region, or online, loses when a place was chosen."""


WEIGHTS = Weights()

AS_WHOOSH = Weights(
    formula="whoosh",
    k1=1.2,
    text_b=0.75,
    title_b=0.75,
    title=1.0,
    concept=1.0,
    coordination=0.0,
    wish=0.0,
    spoken=0.0,
    overdue=1.0,
    distance=0.0,
    everywhere=0.0,
)
"""Whoosh's own formula and defaults, nothing added."""
