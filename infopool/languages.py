"""The one table of languages: how each is written, named, addressed and read by the search."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from babel import Locale


@dataclass(frozen=True)
class Language:
    """Sprache. One language the site can speak or a text can be written in."""

    tag: str
    """BCP 47, as in `lang=` and in the address: `de`, `ar`, `de-simple`."""
    own_name: str
    """Its name in itself, as the switcher shows it."""
    direction: str
    """`ltr` or `rtl`. Kept here, because CLDR is wrong for some scripts."""
    script: str
    """ISO 15924."""
    locale: str
    """What Babel calls it; Babel knows fewer tags than we do."""
    offered: bool = False
    """Whether the pages are offered in it: its catalogue is complete."""
    aliases: tuple[str, ...] = ()
    """Other tags browsers send for it, and close relatives that are best served by it."""
    reads: str = ""
    """The tag whose texts and vocabulary it shares (easy German reads German)."""

    @property
    def text_tag(self) -> str:
        """The tag under which its words are searched."""
        return self.reads or self.tag


LANGUAGES: tuple[Language, ...] = (
    Language("de", "Deutsch", "ltr", "Latn", "de", offered=True, aliases=("gsw", "nds")),
    Language("de-simple", "Einfaches Deutsch", "ltr", "Latn", "de", aliases=("de-leicht",), reads="de"),
    Language("en", "English", "ltr", "Latn", "en", offered=True),
    Language("ar", "العربية", "rtl", "Arab", "ar", offered=True),
    Language("fa", "فارسی / دری", "rtl", "Arab", "fa", offered=True, aliases=("prs", "fa-AF", "haz")),
    Language("ps", "پښتو", "rtl", "Arab", "ps", offered=True),
    Language("ku", "Kurdî (Kurmancî)", "ltr", "Latn", "ku", offered=True, aliases=("kmr", "ckb", "ku-Latn")),
    Language("tr", "Türkçe", "ltr", "Latn", "tr", offered=True, aliases=("az",)),
    Language("ti", "ትግርኛ", "ltr", "Ethi", "ti", offered=True, aliases=("am",)),
    Language("so", "Soomaali", "ltr", "Latn", "so", offered=True),
    Language("uk", "Українська", "ltr", "Cyrl", "uk", offered=True),
    Language("ru", "Русский", "ltr", "Cyrl", "ru", offered=True, aliases=("be", "kk")),
    Language("ro", "Română", "ltr", "Latn", "ro", aliases=("mo",)),
    Language("pl", "Polski", "ltr", "Latn", "pl", offered=True),
    Language("hr", "Hrvatski", "ltr", "Latn", "hr", offered=True, aliases=("bs", "sr", "sr-Latn", "sh", "cnr")),
    Language("sq", "Shqip", "ltr", "Latn", "sq", offered=True),
    Language("it", "Italiano", "ltr", "Latn", "it"),
    Language("fr", "Français", "ltr", "Latn", "fr"),
    Language("es", "Español", "ltr", "Latn", "es"),
)

SOURCE_LANGUAGE = "de"
"""The language offers are written in unless somebody says otherwise, and the one pages fall back to."""

BY_TAG: dict[str, Language] = {language.tag: language for language in LANGUAGES}

SEARCHED: tuple[str, ...] = tuple(language.tag for language in LANGUAGES if not language.reads)
"""The tags under which words are searched."""


@cache
def _aliases() -> dict[str, Language]:
    known = {language.tag.lower(): language for language in LANGUAGES}
    for language in LANGUAGES:
        for alias in language.aliases:
            known.setdefault(alias.lower(), language)
    return known


def find(tag: str) -> Language | None:
    """The language for a tag as people and browsers write it (`de-CH`, `prs`, `AR_eg`), or None."""
    parts = tag.strip().replace("_", "-").lower().split("-")
    for length in range(len(parts), 0, -1):
        language = _aliases().get("-".join(parts[:length]))
        if language:
            return language
    return None


def offered() -> tuple[Language, ...]:
    """The languages the pages are offered in, in the order of the switcher."""
    return tuple(language for language in LANGUAGES if language.offered)


def negotiate(accepted: Iterable[str]) -> Language:
    """The best offered language for a list of tags, most wanted first; German when none is ours."""
    for tag in accepted:
        language = find(tag)
        if language and language.offered:
            return language
    return BY_TAG[SOURCE_LANGUAGE]


def direction_of(tag: str) -> str:
    """`rtl` or `ltr` for the tag of any text, also of languages the site does not offer."""
    language = find(tag)
    if language:
        return language.direction
    return "rtl" if tag.split("-")[0] in RIGHT_TO_LEFT else "ltr"


RIGHT_TO_LEFT = frozenset({"ar", "fa", "ps", "ckb", "ur", "he", "yi", "sd", "ug", "dv", "prs", "arc"})


@cache
def name_of(tag: str, shown_in: str) -> str:
    """What a language is called in another one (`name_of("ar", "de")` is "Arabisch"), from CLDR; the tag if unknown."""
    reader = find(shown_in)
    names = Locale.parse(reader.locale if reader else "de").languages
    key = _CLDR_KEYS.get(tag, tag.replace("-", "_"))
    return names.get(key) or names.get(tag.split("-")[0]) or _LAST_RESORT.get(tag, tag)


_CLDR_KEYS = {"prs": "fa_AF", "sr-Latn": "sr", "de-simple": "de"}
"""Where CLDR keeps a name under another tag than people use."""
_LAST_RESORT = {"rom": "Romani", "prs": "Dari", "gsg": "Deutsche Gebärdensprache"}
"""Names CLDR does not have in every language; they are understood as they are."""
