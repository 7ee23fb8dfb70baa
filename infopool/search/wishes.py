"""Wishes: conditions people add to what they look for, and the facts about offers that grant them."""

from __future__ import annotations

from infopool.search.query import Understood, Wish

GRANTED_BY: dict[str, tuple[tuple[str, str, float], ...]] = {
    "free": (("cost", "free", 1.0),),
    "cheap": (("cost", "free", 0.8), ("cost", "by-income", 0.5)),
    "morning": (("time", "morning", 1.0),),
    "afternoon": (("time", "afternoon", 1.0),),
    "evening": (("time", "evening", 1.0),),
    "weekend": (("time", "weekend", 1.0),),
    "saturday": (("time", "weekend", 1.0),),
    "sunday": (("time", "weekend", 0.8),),
    "online": (("format", "online", 1.0),),
    "phone": (("format", "phone", 1.0),),
    "home-visit": (("format", "home-visit", 1.0),),
    "in-person": (("format", "on-site", 1.0),),
    "childcare-during": (("childcare", "yes", 1.0),),
    "with-children": (("childcare", "yes", 0.6),),
    "women-only": (("women_only", "yes", 1.0), ("audience", "women", 0.5)),
    "men-only": (("audience", "men", 0.8),),
    "wheelchair": (("wheelchair", "yes", 1.0),),
    "for-young-people": (("audience", "youth", 1.0),),
    "for-older-people": (("audience", "seniors", 1.0),),
    "without-residence-permit": (("residence", "no-papers", 1.0), ("residence", "everyone", 0.5)),
    "no-german-needed": (("level", "A0", 1.0),),
}
"""Concept of kind wish -> facts (facet, value, how well it grants the wish). A wish that is not here is searched as a
word, because no fact of an offer answers it."""

NOTHING_TO_SEARCH = frozenset({"near-me"})
"""Wishes understood and shown that change nothing: we don't know where a visitor is unless she chooses a place."""

MY_LANGUAGE = "my-language"
LANGUAGE = "lang-"


def wishes_for(code: str, likelihood: float, understood: Understood, reader: str) -> tuple[Wish, ...]:
    """The facts that grant a wish, or that a language is spoken (`lang-ar`); none when no fact does."""
    if code == MY_LANGUAGE:
        return (Wish("language", reader, likelihood, understood),)
    if code.startswith(LANGUAGE):
        return (Wish("language", code.removeprefix(LANGUAGE), likelihood, understood),)
    return tuple(Wish(facet, value, boost * likelihood, understood) for facet, value, boost in GRANTED_BY.get(code, ()))
