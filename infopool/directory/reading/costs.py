"""What taking part costs, as people write it."""

from __future__ import annotations

import re
from functools import lru_cache

from infopool.directory.drafts import Cost
from infopool.directory.facts import CostKind, CostPeriod
from infopool.directory.reading.words import is_blank, is_prose

_NUMBER = r"\d{1,3}(?:[.\s]\d{3})+(?:,\d{1,2})?(?!\d)|\d{1,6}(?:[.,]\d{1,2})?(?!\d)"
_EURO = r"(?:€|euros?\b|eur\b)"
_AMOUNT = re.compile(
    (
        rf"{_EURO}\s*(?P<a>{_NUMBER})(?:,(?:-+|–|—))?|(?P<b>{_NUMBER})(?:,(?:-+|–|—))?\s*{_EURO}"
        rf"|(?P<c>{_NUMBER}),(?:-+|–|—)|(?P<cents>\d{{1,3}})\s*(?:cent\b|ct\b)"
    ),
    re.I,
)
_RANGE = re.compile(
    rf"(?:{_NUMBER})\s*{_EURO}?\s*(?:-|–|—|bis|to|oder|or"
    rf"|/)\s*(?:{_EURO}\s*)?(?:{_NUMBER})(?:,-)?\s*{_EURO}",
    re.I,
)
_BARE = re.compile(rf"(?P<a>{_NUMBER})(?:,(?:-+|–))?", re.I)

_FREE = re.compile(
    r"\b(?:kosten(?:los|frei)e?|gratis|umsonst|unentgeltlich|gebührenfrei|beitragsfrei"
    r"|eintritt frei|eintritt kostenlos|frei|free(?: of charge)?|no (?:cost|charge|fee)s?"
    r"|keine kosten|keine gebühren?|kein beitrag|kostet nichts|ohne kosten|für \w+ kostenlos)\b",
    re.I,
)
_DONATION = re.compile(r"\b(?:spenden?(?:basis|box)?|donations?|freiwilliger beitrag)\b", re.I)
_INCOME = re.compile(
    (
        r"(?:\b(?:nach|je nach|abhängig vom|einkommensabhängig|gestaffelt nach"
        r"|richtet sich nach dem|depends on|depending on|based on|by|according to"
        r"|income)\b\s*(?:dem |ihrem |the |your )?"
        r"(?:einkommen|income|based)|\beinkommensabhängig|\bsozialstaffel"
        r"|\bgestaffelt nach einkommen|\bincome[- ]based)\w*"
    ),
    re.I,
)
_NOTHING = re.compile(r"^(?:keine?|nein|no|none|nichts|0+(?:[.,]0+)?\s*(?:€|euro|eur)?)$", re.I)
_STARTS_FREE_LATER_PAID = re.compile(r"\b(?:danach|dann|anschließend|ab dem|afterwards|then)\b", re.I)

_PERIODS: tuple[tuple[CostPeriod, str], ...] = (
    (CostPeriod.HOUR, r"stunde|std\.?|h|hour|zeitstunde"),
    (
        CostPeriod.SESSION,
        r"treffen|termin|mal|abend|sitzung|besuch|einheit|ue|unterrichtseinheit|beratung|session"
        r"|meeting|visit|time|stunde à 45 min",
    ),
    (CostPeriod.DAY, r"tag|day"),
    (CostPeriod.WEEK, r"woche|week"),
    (CostPeriod.MONTH, r"monat|month|mon\."),
    (CostPeriod.COURSE, r"kurs|course|lehrgang|kursmodul|modul|seminar|workshop|kursabschnitt"),
    (CostPeriod.YEAR, r"jahr|year|schuljahr|kalenderjahr"),
)
_ADVERBS: tuple[tuple[CostPeriod, str], ...] = (
    (CostPeriod.HOUR, r"stündlich|hourly|stundensatz"),
    (CostPeriod.DAY, r"täglich|tgl\.?|daily"),
    (CostPeriod.WEEK, r"wöchentlich|weekly|wtl\."),
    (CostPeriod.MONTH, r"monatlich|mtl\.?|monthly|monatsbeitrag"),
    (CostPeriod.YEAR, r"jährlich|yearly|annually|jahresbeitrag|p\.\s?a\."),
    (CostPeriod.COURSE, r"kursgebühr|kursbeitrag|course fee"),
    (CostPeriod.ONCE, r"einmalig|once|one-time"),
)
_PERIOD = tuple(
    (
        period,
        re.compile(
            rf"(?:\b(?:pro|je|per|im|a|an|each|für (?:einen|eine|den|die|das)|a)\s+"
            rf"|/\s*)(?:{words})(?!\w)",
            re.I,
        ),
    )
    for period, words in _PERIODS
) + tuple((period, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I)) for period, words in _ADVERBS)

_FILLER = re.compile(
    r"\b(?:kosten|gebühr(?:en)?|preis|beitrag|teilnahme|teilnahmegebühr|ist|sind|der kurs"
    r"|das angebot|die beratung|die teilnahme|eintritt|cost|costs|fee|price)\b",
    re.I,
)


@lru_cache(maxsize=10_000)
def read_cost(text: str) -> tuple[Cost, str]:
    """The cost a text names: free, an amount and what it is for, or by income.

    Whatever the text says beyond that ("Ermäßigung möglich", a second amount) stays beside it as the cost's words, so
    nothing is left over then. A text that names no cost is left over, and is the words of an unknown cost as well.
    A range or "20 bis 40 €" has no single amount: it costs money, and the words say how much.
    """
    if is_blank(text):
        return Cost(), ""
    if is_prose(text):
        return Cost(words=text), text
    text = " ".join(text.split())
    if _NOTHING.match(text):
        return Cost(CostKind.FREE), ""
    for read in (_by_income, _free, _paid, _donation):
        cost = read(text)
        if cost:
            return cost, ""
    return Cost(words=text), text


def _by_income(text: str) -> Cost | None:
    found = _INCOME.search(text)
    return Cost(CostKind.BY_INCOME, words=_words(text, text.replace(found[0], ""))) if found else None


def _free(text: str) -> Cost | None:
    free, amount = _FREE.search(text), _AMOUNT.search(text)
    if not free or re.search(r"\b(?:nicht|not)\s*$", text[: free.start()], re.I):
        return None
    if amount and (amount.start() < free.start() or _STARTS_FREE_LATER_PAID.search(text)):
        return None
    return Cost(CostKind.FREE, words=_words(text, text[: free.start()] + text[free.end() :]))


def _paid(text: str) -> Cost | None:
    if _RANGE.search(text):
        return Cost(CostKind.PAID, period=_period(text)[0], words=text)
    amount = _AMOUNT.search(text) or _BARE.fullmatch(text)
    if not amount:
        return None
    cents = _cents(amount)
    period, rest = _period(text[: amount.start()] + " " + text[amount.end() :])
    if cents == 0:
        return Cost(CostKind.FREE, words=_words(text, rest))
    return Cost(CostKind.PAID, cents, period, _words(text, rest))


def _donation(text: str) -> Cost | None:
    return Cost(CostKind.FREE, words=text) if _DONATION.search(text) else None


def _cents(amount: re.Match[str]) -> int:
    parts = amount.groupdict()
    if parts.get("cents"):
        return int(parts["cents"])
    number = next(value for name, value in parts.items() if value)
    if re.fullmatch(r"\d{1,3}(?:[.\s]\d{3})+(?:,\d{1,2})?", number):
        number = re.sub(r"[.\s]", "", number)
    whole, _, part = number.replace(",", ".").partition(".")
    return int(whole) * 100 + int((part + "00")[:2])


def _period(text: str) -> tuple[CostPeriod, str]:
    for period, pattern in _PERIOD:
        found = pattern.search(text)
        if found:
            return period, text[: found.start()] + " " + text[found.end() :]
    return CostPeriod.ONCE, text


def _words(text: str, rest: str) -> str:
    """The whole text when the rest of it still says something, else nothing."""
    return text if re.search(r"\w", _FILLER.sub("", rest)) else ""
