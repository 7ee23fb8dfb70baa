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
    Language("de-simple", "Leichte Sprache", "ltr", "Latn", "de", offered=True, aliases=("de-leicht",), reads="de"),
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
    Language("ro", "Română", "ltr", "Latn", "ro", offered=True, aliases=("mo",)),
    Language("pl", "Polski", "ltr", "Latn", "pl", offered=True),
    Language("hr", "Hrvatski", "ltr", "Latn", "hr", offered=True, aliases=("bs", "sr", "sr-Latn", "sh", "cnr")),
    Language("sq", "Shqip", "ltr", "Latn", "sq", offered=True),
    Language("it", "Italiano", "ltr", "Latn", "it", offered=True),
    Language("fr", "Français", "ltr", "Latn", "fr", offered=True),
    Language("es", "Español", "ltr", "Latn", "es", offered=True),
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
    """What a language is called in another one (`name_of("ar", "de")` is "Arabisch"); the tag if nobody knows.

    From CLDR, except where it has none, has English, or has a word that its readers do not use.
    """
    reader = find(shown_in) or BY_TAG[SOURCE_LANGUAGE]
    own = OWN_NAMES.get(reader.locale, {}).get(tag)
    if own:
        return own
    names = Locale.parse(reader.locale).languages
    if tag == "ckb":
        return f"{names['ku']} ({SORANI[reader.script]})"
    key = _CLDR_KEYS.get(tag, tag.replace("-", "_"))
    found = names.get(key) or names.get(tag.split("-")[0]) or _LAST_RESORT.get(tag, tag)
    return f"Af-{found}" if reader.tag == "so" and found != tag else found


_CLDR_KEYS = {"prs": "fa_AF", "sr-Latn": "sr", "de-simple": "de"}
"""Where CLDR keeps a name under another tag than people use."""
_LAST_RESORT = {"rom": "Romani", "prs": "Dari", "gsg": "Deutsche Gebärdensprache"}
"""Names CLDR does not have in every language; they are understood as they are."""

SORANI = {"Latn": "Sorani", "Cyrl": "сорани", "Arab": "سورانی", "Ethi": "ሶራኒ"}
"""What its speakers call what CLDR calls Central Kurdish, in each script."""

OWN_NAMES: dict[str, dict[str, str]] = {
    "de": {"de-simple": "Leichte Sprache"},
    "en": {"rom": "Romani", "gsg": "German Sign Language", "de-simple": "Easy German"},
    "fr": {"gsg": "langue des signes allemande"},
    "it": {"gsg": "lingua dei segni tedesca"},
    "es": {"gsg": "lengua de signos alemana"},
    "ro": {"gsg": "limbajul semnelor german"},
    "pl": {"gsg": "niemiecki język migowy", "rom": "romski"},
    "hr": {"gsg": "njemački znakovni jezik"},
    "sq": {"gsg": "gjuha gjermane e shenjave"},
    "tr": {"gsg": "Alman İşaret Dili", "tr": "Türkçe", "ti": "Tigrinya"},
    "ar": {"gsg": "لغة الإشارة الألمانية", "rom": "لغة الروما", "ckb": "الكردية (السورانية)"},
    "fa": {"gsg": "زبان اشارهٔ آلمانی", "hr": "کرواتی", "tr": "ترکی", "rom": "زبان روما", "so": "سومالی"},
    "ps": {"gsg": "د آلمان د اشارو", "prs": "دري", "rom": "روماني"},
    "ku": {"gsg": "zimanê îşaretê yê almanî", "rom": "romanî (roma)", "ckb": "kurdî (soranî)", "ro": "romanyayî"},
    "uk": {"gsg": "німецька жестова мова", "rom": "ромська"},
    "ru": {"gsg": "немецкий жестовый язык", "rom": "романи"},
    "ti": {
        "de": "ጀርመንኛ",
        "gsg": "ናይ ጀርመን ቋንቋ ምልክት",
        "hr": "ክሮኤሽያንኛ",
        "it": "ጣልያንኛ",
        "ku": "ኩርድኛ",
        "ckb": "ኩርድኛ (ሶራኒ)",
        "pl": "ፖላንድኛ",
        "rom": "ሮማኒ",
        "so": "ሶማልኛ",
        "nl": "ሆላንድኛ",
    },
    "so": {
        "so": "Soomaali",
        "gsg": "luqadda dhegoolaha ee Jarmalka",
        "ckb": "Af-Kurdi (Sorani)",
        "en": "Af-Ingiriis",
        "ku": "Af-Kurdi",
        "prs": "Af-Dari",
        "ro": "Af-Romaaniya",
        "tr": "Af-Turki",
    },
}
"""By reader: names that CLDR lacks (sign language), has in English (Somali, Tigrinya), or has as a slur (Romani)."""
