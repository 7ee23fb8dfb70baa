"""The field's own words for a translator: what the glossary calls them in her language."""

from __future__ import annotations

from pathlib import Path

from infopool import glossary

MOST = 3
"""Words shown for one term; the glossary knows more forms than a translator wants to read."""


def words_for(language: str, folder: Path | None = None) -> dict[str, str]:
    """German word -> what it is called in a language; a bent word ends (or begins) with `…`."""
    words: dict[str, str] = {}
    for term in glossary.read(folder):
        known = term.english if language == "en" else term.words.get(language, ())
        for german in term.german.split(",") if known else ():
            words[german.strip()] = " / ".join(word.replace("*", "…") for word in known[:MOST])
    return words
