"""The small vocabularies of an offer in people's words: topics, audiences, residence, formats, kinds of providers."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from infopool.directory.facts import AUDIENCES, PROVIDER_KINDS, RESIDENCE, CheckMethod, Format, ProviderKind
from infopool.directory.reading.tables import words_of
from infopool.directory.reading.words import Synonyms, choose, fold, is_blank, is_prose
from infopool.directory.regions import WorkingGroup
from infopool.directory.topics import TOPICS

_BOTH = {fold(word) for word in ("hybrid", "vor Ort/online", "präsenz/online", "gemischt", "blended learning")}


@cache
def _table(name: str) -> Synonyms:
    """One of our vocabularies: the words of its table, its English labels and the codes themselves."""
    words = words_of(name)
    return Synonyms({code: [*words.get(code, ()), label, code] for code, label in _LABELS[name].items()})


_LABELS: dict[str, dict[str, str]] = {
    "topics": {topic.code: topic.label for topic in TOPICS},
    "audiences": AUDIENCES,
    "residence": RESIDENCE,
    "formats": {form.value: form.value for form in Format},
    "provider_kinds": dict(PROVIDER_KINDS),
    "check_methods": {method.value: method.value for method in CheckMethod},
}


@lru_cache(maxsize=10_000)
def read_topics(text: str) -> tuple[tuple[str, ...], str]:
    """Topic codes for the labels and words in a cell, German or English; and the words that name none."""
    return choose(text, _table("topics").find)


@lru_cache(maxsize=10_000)
def read_audiences(text: str) -> tuple[tuple[str, ...], str]:
    """Audience codes; and the words that name none."""
    return choose(text, _table("audiences").find)


_WITH = re.compile(r"\b(?:auch|mit|also|with)\s+(?=\w)", re.I)


@lru_cache(maxsize=5_000)
def read_residence(text: str) -> tuple[tuple[str, ...], str]:
    """Who is welcome by residence status, and the words that name none. Nothing said is unknown: ask."""
    return choose(_WITH.sub("", text), _table("residence").find)


@lru_cache(maxsize=5_000)
def read_formats(text: str) -> tuple[tuple[str, ...], str]:
    """How one takes part; "hybrid" is both on site and online. And the words that name no way."""
    if fold(text) in _BOTH:
        return (Format.ON_SITE, Format.ONLINE), ""
    codes, left = choose(text, _table("formats").find)
    return tuple(Format(code) for code in codes), left


@lru_cache(maxsize=1_000)
def read_provider_kind(text: str) -> tuple[ProviderKind, str]:
    """What kind of provider it is; `other` with the words left over when nobody knows them."""
    if is_blank(text):
        return ProviderKind.OTHER, ""
    if is_prose(text):
        return ProviderKind.OTHER, text
    code = _table("provider_kinds").find(text) or next(
        (found for found in map(_table("provider_kinds").find, re.split(r"[,/(]", text)) if found), ""
    )
    return (ProviderKind(code), "") if code else (ProviderKind.OTHER, text.strip())


@lru_cache(maxsize=1_000)
def read_check_method(text: str) -> tuple[CheckMethod | None, str]:
    """How somebody made sure; None with the words left over when nobody knows them."""
    if is_blank(text):
        return None, ""
    if is_prose(text):
        return None, text
    code = _table("check_methods").find(text)
    return (CheckMethod(code), "") if code else (None, text.strip())


_GROUP = re.compile(r"\b(?:arbeitskreis|arbeitsgruppe|ak|ag|working group|und|and|für|the)\b", re.I)


def read_working_group(text: str, groups: tuple[WorkingGroup, ...]) -> tuple[str, str]:
    """The code of the one working group of the region that the words fit ("AK Wohnen"), or the words."""
    if is_blank(text):
        return "", ""
    if is_prose(text):
        return "", text
    wanted = set(fold(_GROUP.sub(" ", text)).split())
    for group in groups:
        if fold(text) in (fold(group.code), fold(group.name)):
            return group.code, ""
    fitting = [group.code for group in groups if wanted and wanted <= set(fold(_GROUP.sub(" ", group.name)).split())]
    return (fitting[0], "") if len(fitting) == 1 else ("", text.strip())
