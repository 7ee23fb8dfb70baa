"""The languages spoken at an offer, by the names people give them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from babel import Locale

from infopool.directory.drafts import SpokenLanguage
from infopool.directory.reading.tables import words_of
from infopool.directory.reading.words import JOINTS, Synonyms, cut, fold, is_blank, is_prose, without_brackets
from infopool.languages import LANGUAGES

MANY = "mul"
"""The tag for "further languages with an interpreter": several, none of them named."""

_NOTE = re.compile(
    r"\s*\b((?:nur |auch )?(?:nach (?:absprache|vereinbarung|anmeldung|voranmeldung|bedarf)"
    r"|auf (?:anfrage|wunsch)|bei bedarf|teilweise|etwas|ein wenig|wenig|grundkenntnisse|gut"
    r"|sehr gut"
    r"|fließend|muttersprache|muttersprachlich|telefonisch|mit dolmetscher(?:in)?|on request"
    r"|by arrangement|a little|some|fluent|basic|if needed"
    r"|(?:nur )?(?:montags|dienstags|mittwochs|donnerstags|freitags))(?: möglich)?)\s*$",
    re.I,
)
_LEAD = re.compile(
    r"^(?:wir sprechen|sprachen?|languages?|we speak|beratung (?:auf|in)|auf|in|auch|also"
    r"|evtl\.|ggf\.|gern|außerdem|sowie|und|and)\b\s*:?\s*",
    re.I,
)
_INTERPRETER = re.compile(
    r"\b(?:dolmetsch\w*|sprachmittl\w*|übersetz\w*|interpret\w*|(?:weitere|andere|alle|other"
    r"|all|\d+)\s+(?:sprachen|languages))\b",
    re.I,
)


@lru_cache(maxsize=10_000)
def read_languages(text: str) -> tuple[tuple[SpokenLanguage, ...], str]:
    """The languages named, each once, with what was said about it ("Arabisch (nach Absprache)"); and the rest.

    Names in German, English or the language itself, usual short forms and tags are known. "Dolmetscher nach Absprache"
    stands for several languages, `mul`, with those words as its note.
    """
    if is_blank(text):
        return (), ""
    if is_prose(text):
        return (), text
    spoken: dict[str, SpokenLanguage] = {}
    left: list[str] = []
    for piece in cut(text, ",;\n|•·"):
        for part in _parts(piece):
            one = _read_one(part)
            if one is None:
                left.append(part)
            else:
                spoken.setdefault(one.tag, one)
    return tuple(spoken.values()), ", ".join(left)


def _parts(piece: str) -> list[str]:
    if _read_one(piece):
        return [piece]
    return [part.strip() for part in JOINTS.split(piece) if part.strip()]


def _read_one(piece: str) -> SpokenLanguage | None:
    piece = piece.strip(" .:")
    tag = _find(piece)
    if tag:
        return SpokenLanguage(tag, piece if tag == MANY != piece else "")
    bare, note = without_brackets(piece)
    for name in (bare, _LEAD.sub("", bare)):
        said = _NOTE.search(name)
        stem, words = (name[: said.start()], said[1]) if said else (name, "")
        tag = _find(stem.strip(" ,.:"))
        if tag and tag != MANY:
            return SpokenLanguage(tag, "; ".join(part for part in (words, note) if part))
    return SpokenLanguage(MANY, piece) if tag or (_INTERPRETER.search(piece) and len(piece) < 200) else None


def _find(name: str) -> str:
    if re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z]{2,8})?", name):
        return _tags().get(name.lower(), "") or _table().exactly(name)
    return _table().find(name)


@cache
def _table() -> Synonyms:
    """Our own names first, then each language's own name, then CLDR's German and English names of all the others."""
    words = {tag: list(names) for tag, names in words_of("languages").items()}
    for language in LANGUAGES:
        if not language.reads:
            words.setdefault(language.tag, []).extend([language.own_name, *language.own_name.split(" / ")])
    for reader in ("de", "en"):
        for tag, name in Locale.parse(reader).languages.items():
            if len(str(tag)) <= 3 and tag not in ("mul", "und", "zxx", "root", "mis"):
                words.setdefault(str(tag), []).append(str(name))
    return Synonyms(words, closeness=87.0)


@cache
def _tags() -> dict[str, str]:
    """Tags people write, in lower case, and ours for them."""
    tags = {str(tag): str(tag) for tag in Locale.parse("de").languages if len(str(tag)) == 2}
    tags |= {language.tag.lower(): language.text_tag for language in LANGUAGES}
    return tags | {tag: tag for tag in ("prs", "ckb", "rom", "gsg", MANY)} | _OTHER_TAGS


_OTHER_TAGS = {"kmr": "ku", "fa-af": "prs", "sh": "hr", "eng": "en", "deu": "de", "ara": "ar"}


def known_name(text: str) -> str:
    """The tag of a language by its name or tag, without any note; empty when unknown (used for headings)."""
    return _find(text.strip()) if fold(text) else ""
