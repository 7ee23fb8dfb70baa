"""Dates, times, prices, distances and lists as a language writes them, from CLDR; each is worked out once and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache, lru_cache

import phonenumbers
from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_day_names
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit

from infopool import languages
from infopool.catalogues import Catalogue, translator
from infopool.directory.facts import CostPeriod
from infopool.languages import Language
from infopool.messages import N_, Message

DASH = "–"

PERIODS: dict[str, str] = {
    CostPeriod.ONCE: "%(price)s",
    CostPeriod.HOUR: N_("%(price)s per hour"),
    CostPeriod.SESSION: N_("%(price)s each time"),
    CostPeriod.DAY: N_("%(price)s per day"),
    CostPeriod.WEEK: N_("%(price)s per week"),
    CostPeriod.MONTH: N_("%(price)s per month"),
    CostPeriod.COURSE: N_("%(price)s for the whole course"),
    CostPeriod.YEAR: N_("%(price)s per year"),
}
"""What an amount is for."""

EUROPEAN = {"en": "en_GB"}
"""Where CLDR's plain locale writes as in America, the one that writes days before months."""

SEPARATORS = {"Arab": "، ", "Ethi": "፣ "}
"""The comma of a script; the others write ", "."""

DAY_FIRST = frozenset({"ps", "so", "ti"})
"""Where CLDR's patterns for dates are unfinished (the month before the day, the year before both): day, month, year."""

SHORT_WEEKDAYS: dict[str, tuple[str, ...]] = {
    "ku": ("duşem", "sêşem", "çarşem", "pêncşem", "înî", "şemî", "yekşem"),
    "so": ("Isn", "Tal", "Arb", "Kha", "Jim", "Sab", "Axd"),
}
"""Weekdays in short where CLDR strips them to consonants nobody reads; Kurmanji does not shorten them at all."""

KILOMETRES = {"ps": "کیلومتر"}
"""The unit where CLDR leaves it in Latin letters."""

AFTER_WEEKDAY = {"ar": "، ", "fa": " ", "fr": " ", "it": " ", "ps": "، ", "ti": "፣ "}
"""What stands between the weekday and the day; elsewhere a comma."""


@dataclass(frozen=True)
class Wording:
    """Schreibweise. How one language writes what is not a sentence."""

    language: Language
    locale: Locale
    translator: Catalogue
    code: str
    """The locale's name, as Babel's functions and our own memory of their answers want it."""

    def day(self, on: date, today: date) -> str:
        """A day as people say it: the year only when it is another one."""
        return _day(on, self.code, with_year=on.year != today.year)

    def whole_day(self, on: date) -> str:
        """A day with its year."""
        return _day(on, self.code, with_year=True)

    def weekday_and_day(self, on: date, today: date) -> str:
        """A day with the name of its weekday."""
        return _weekday_and_day(on, self.code, with_year=on.year != today.year)

    def month(self, on: date) -> str:
        """A month with its year."""
        return _month(on, self.code)

    def weekday(self, number: int, *, short: bool = False) -> str:
        """The name of a weekday; 0 is Monday."""
        return _weekday(number, self.code, "abbreviated" if short else "wide")

    def weekdays(self, numbers: Sequence[int], *, short: bool = False) -> str:
        """Several weekdays; three and more in a row as a range."""
        runs = [self._run(run, short) for run in _runs(tuple(numbers))]
        return self.separated(runs) if short else self.joined(runs)

    def _run(self, run: tuple[int, ...], short: bool) -> str:
        first, last = (self.weekday(number, short=short) for number in (run[0], run[-1]))
        if len(run) == 1:
            return first
        if short:
            return f"{first}{DASH}{last}"
        return Message(N_("%(first)s to %(last)s"), {"first": first, "last": last}).render(self.translator)

    def hours(self, starts: time | None, ends: time | None) -> str:
        """A time of day, or from when to when; by the clock of 24 hours, as on every leaflet and station here."""
        return _hours(starts, ends, self.code)

    def distance(self, kilometres: float) -> str:
        """Kilometres, below ten with one decimal."""
        return _distance(round(kilometres, 1) if kilometres < 9.95 else float(round(kilometres)), self.code)

    def price(self, cents: int, period: str = CostPeriod.ONCE) -> str:
        """An amount in euros and what it is for."""
        words = PERIODS.get(period, PERIODS[CostPeriod.ONCE])
        return self.translator.gettext(words) % {"price": _price(cents, self.code)}

    def number(self, value: int) -> str:
        """A whole number with the language's thousands."""
        return _number(value, self.code)

    def joined(self, parts: Sequence[str]) -> str:
        """ "a, b and c"."""
        return format_list(list(parts), "standard", self.locale) if parts else ""

    def separated(self, parts: Sequence[str]) -> str:
        """ "a, b, c", with the comma of the script."""
        return SEPARATORS.get(self.language.script, ", ").join(parts)

    def language_name(self, tag: str) -> str:
        """What a language is called in this one."""
        return languages.name_of(tag, self.language.tag)

    def count(self, number: int, forms: tuple[str, str], **values: object) -> str:
        """A sentence with a number in it, in the form the language wants for it."""
        one, many = forms
        sentence = self.translator.ngettext(one, many, number)
        return sentence % {"count": self.number(number), **values}

    def say(self, message: Message) -> str:
        """A sentence in this language."""
        return message.render(self.translator)


@cache
def wording(tag: str) -> Wording:
    """The wording of a language we know; an unknown tag gets the source language's."""
    language = languages.find(tag) or languages.BY_TAG[languages.SOURCE_LANGUAGE]
    locale = EUROPEAN.get(language.locale, language.locale)
    return Wording(language, Locale.parse(locale), translator(language.tag), locale)


def phone(number: str) -> str:
    """A number as people here write it: `+493023125001` as `030 23125001`; short numbers in groups of three."""
    return _phone(number)


def dialled(number: str) -> str:
    """What a `tel:` link carries: short numbers must stay as they are, others keep their country."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


@lru_cache(maxsize=4096)
def _phone(number: str) -> str:
    if not number.startswith("+"):
        digits = dialled(number)
        return f"{digits[:3]} {digits[3:]}" if len(digits) == 6 else _grouped_freephone(digits)
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, style.NATIONAL if parsed.country_code == 49 else style.INTERNATIONAL)


def _grouped_freephone(digits: str) -> str:
    if not digits.startswith("0800"):
        return digits
    return f"0800 {digits[4:]}"


def _runs(numbers: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Neighbouring weekdays together, when there are at least three."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [part for run in runs for part in ([tuple(run)] if len(run) > 2 else [(number,) for number in run])]


@lru_cache(maxsize=4096)
def _day(on: date, locale: str, *, with_year: bool) -> str:
    if locale in DAY_FIRST:
        return format_date(on, "d MMMM y" if with_year else "d MMMM", locale)
    return format_date(on, "long", locale) if with_year else format_skeleton("MMMMd", on, locale=locale)


@lru_cache(maxsize=4096)
def _weekday_and_day(on: date, locale: str, *, with_year: bool) -> str:
    if with_year and locale not in DAY_FIRST:
        return format_date(on, "full", locale)
    name, day = _weekday(on.weekday(), locale, "wide"), _day(on, locale, with_year=with_year)
    return f"{day} {name}" if locale == "tr" else f"{name}{AFTER_WEEKDAY.get(locale, ', ')}{day}"


@lru_cache(maxsize=512)
def _month(on: date, locale: str) -> str:
    return format_date(on, "MMMM y", locale) if locale in DAY_FIRST else format_skeleton("yMMMM", on, locale=locale)


@cache
def _weekday(number: int, locale: str, width: str) -> str:
    if width == "abbreviated" and locale in SHORT_WEEKDAYS:
        return SHORT_WEEKDAYS[locale][number]
    # The "format" names, not the "stand-alone" ones: Babel's aliases for those leak from one locale into another.
    return str(get_day_names(width, "format", locale)[number]).removesuffix(".")  # type: ignore[arg-type]


@lru_cache(maxsize=4096)
def _hours(starts: time | None, ends: time | None, locale: str) -> str:
    known = [at for at in (starts, ends) if at is not None]
    if locale == "de":
        return DASH.join(_german_clock(at) for at in known) + " Uhr" if known else ""
    return DASH.join(format_time(at, "HH:mm", locale=locale) for at in known)


def _german_clock(at: time) -> str:
    return f"{at.hour}.{at.minute:02}" if at.minute else str(at.hour)


@lru_cache(maxsize=4096)
def _distance(kilometres: float, locale: str) -> str:
    if locale in KILOMETRES:
        return f"{format_decimal(kilometres, locale=locale)} {KILOMETRES[locale]}"
    return format_unit(kilometres, "length-kilometer", "short", locale=locale)


@lru_cache(maxsize=1024)
def _price(cents: int, locale: str) -> str:
    # Whole euros without ",00", as people write them. Ukrainian and Romanian would spell the sign out as EUR.
    if cents % 100:
        written = format_currency(cents / 100, "EUR", locale=locale)
    else:
        pattern = Locale.parse(locale).currency_formats["standard"].pattern.replace(".00", "")
        written = format_currency(cents // 100, "EUR", pattern, locale, currency_digits=False)
    return written.replace("EUR", "€")


@lru_cache(maxsize=4096)
def _number(value: int, locale: str) -> str:
    return format_decimal(value, locale=locale)
