"""German words that share a stem and are different ones."""

from __future__ import annotations

_NOUN_ENDINGS = frozenset(
    {"", "e", "en", "ens", "n", "s", "es", "er", "ern", "em", "m", "in", "innen", "nen", "ung", "ungen"}
)
_VERB_ENDINGS = frozenset({"t", "st", "et", "est", "te", "ten", "tet", "ete", "eten"})
_GERMAN_ENDINGS = _NOUN_ENDINGS | _VERB_ENDINGS
"""What German forms and derivations of one word differ by."""


def inflect_alike(one: str, other: str) -> bool:
    """Whether two German words with one stem may be forms of one word: Kurse and Kurs, berät and beraten; not Lehrer
    and Lehre, Trauma and Traum, Messer and Messe."""
    shared = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    endings = {one[shared:], other[shared:]}
    return endings <= _GERMAN_ENDINGS or endings == {"n", "r"}  # helfen, Helfer
