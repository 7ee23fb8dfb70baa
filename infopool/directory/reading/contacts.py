"""Telephone numbers, e-mail addresses and websites, several in a cell, with the notes people put beside them."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

import phonenumbers

from infopool.directory.drafts import ContactDraft
from infopool.directory.facts import ContactKind
from infopool.directory.reading.words import is_blank, is_prose

SHORT = re.compile(r"11[0256]|115|116\d{3}|118\d{2}|19222")
"""Numbers that are dialled as they stand: emergency 110/112, 115 (authorities), 116xxx, directory enquiries."""

NATIONAL_ONLY = re.compile(r"0(?:800|180\d|700|900)\d{4,9}")
"""Service numbers that are not reliably reached from abroad; they stay as people dial them here."""

_NUMBER = re.compile(r"(?:\+|00)?\(?\d[\d\s()/.\-‐-—]*\d|\b11[0256]\b")
_LABEL = re.compile(
    r"^\W*(?:tel(?:efon)?(?:nummer|nr)?|fon|phone|mobile?|handy|mobil|festnetz|m|t|büro"
    r"|nummer|nr|call|whatsapp|signal|hotline|notruf|zentrale)\b\s*[.:]*\s*",
    re.I,
)
_FAX = re.compile(r"^\W*(?:tele)?fax\b", re.I)
_EXTENSION = re.compile(r"^\s*(?:/|,|oder|und|or)?\s*[-–](\d{1,4})\s*$")


@lru_cache(maxsize=20_000)
def read_phones(text: str, country: str = "DE") -> tuple[tuple[ContactDraft, ...], str]:
    """The telephone numbers in a cell, in E.164 or as a short number, each with its note; and what is no number.

    `country` (ISO 3166) is where a number without a country code is at home. Fax numbers are left over: nobody is
    helped by them on a page.
    """
    if is_blank(text):
        return (), ""
    if is_prose(text):
        return (), text
    contacts: list[ContactDraft] = []
    left: list[str] = []
    for piece in _phone_pieces(text):
        found = _one_phone(piece, country)
        if found:
            contacts.append(found)
        elif not _extension_of(contacts, piece):
            left.append(piece.strip(" ,;"))
    return tuple({one.value: one for one in reversed(contacts)}.values())[::-1], ", ".join(left)


def _phone_pieces(text: str) -> list[str]:
    pieces = re.split(
        r"[;\n|]|,(?!\s*-)|\s+(?:oder|und|or|and|bzw\.)\s+|\s+/\s+(?=\+|0\d{2,}|\d{6})|\s*/\s*(?=-\s?\d)"
        r"|\s*(?=(?:Mobil|Handy|Fax|Telefax|Tel\.)\s*[:.]?\s*[+(0])",
        text,
    )
    return [piece for piece in pieces if re.search(r"\w", piece)]


def _one_phone(piece: str, country: str) -> ContactDraft | None:
    if _FAX.match(piece):
        return None
    notes = [note for note in re.findall(r"\(([^()]*)\)", piece) if not re.fullmatch(r"[\d\s+/-]*", note)]
    bare = re.sub(r"\((?![\d\s+/-]*\))[^()]*\)", " ", piece)
    found = _NUMBER.search(bare)
    value = phone_value(found[0], country) if found else ""
    if not found or not value:
        return None
    around = [_LABEL.sub("", bare[: found.start()]), bare[found.end() :]]
    if re.match(r"\W*(mobil|handy|whatsapp|signal)", bare[: found.start()], re.I) and not around[0].strip():
        around[0] = bare[: found.start()].strip(" .:")
    words = [part.strip(" ,.:;-–()") for part in (*around, *notes)]
    return ContactDraft(ContactKind.PHONE, value, ", ".join(part for part in words if part)[:300])


def _extension_of(contacts: list[ContactDraft], piece: str) -> bool:
    """ "030 23125-110 / -111": the second number shares the first one's beginning."""
    found = _EXTENSION.match(piece)
    if not found or not contacts or not contacts[-1].value.startswith("+"):
        return False
    contacts.append(ContactDraft(ContactKind.PHONE, contacts[-1].value[: -len(found[1])] + found[1]))
    return True


def phone_value(number: str, country: str = "DE") -> str:
    """A number as it is dialled: E.164, or the digits of a short or national service number; empty when it is none."""
    digits = re.sub(r"\D", "", number)
    if SHORT.fullmatch(digits) or NATIONAL_ONLY.fullmatch(digits):
        return digits
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return ""
    national = str(parsed.national_number)
    if parsed.country_code == 49 and NATIONAL_ONLY.fullmatch("0" + national):
        return "0" + national
    if not phonenumbers.is_possible_number(parsed) or len(national) < 6:
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


_EMAIL = re.compile(
    r"(?:mailto:)?([A-Za-z0-9][A-Za-z0-9._%+'-]{0,63})\s?(?:@|\(at\)|\[at\]|\{at\}"
    r"|\s\(?at\)?\s)\s?([A-Za-z0-9äöüÄÖÜß-]+(?:\.[A-Za-z0-9äöüÄÖÜß-]+)*\.[A-Za-z]{2,24})"
)


@lru_cache(maxsize=10_000)
def read_emails(text: str) -> tuple[tuple[ContactDraft, ...], str]:
    """The e-mail addresses in a cell ("info(at)example.org" too), and what is none."""
    if is_blank(text):
        return (), ""
    if is_prose(text):
        return (), text
    addresses: dict[str, ContactDraft] = {}
    for found in _EMAIL.finditer(text):
        address = f"{found[1]}@{found[2].lower()}"
        if ".." not in address and len(address) <= 254:
            addresses.setdefault(address, ContactDraft(ContactKind.EMAIL, address))
    if not addresses:
        return (), text
    rest = re.sub(r"\b(?:e-?mail|mail|oder|und|or|and)\b\s*:?", " ", _EMAIL.sub(" ", text), flags=re.I)
    return tuple(addresses.values()), " ".join(rest.split()).strip(" ,;|/<>():.")


_WEB = re.compile(
    r"(?:https?://|www\.)[^\s<>\"|;]+"
    r"|(?<![@\w.])[a-z0-9äöü][a-z0-9äöü-]*(?:\.[a-z0-9äöü-]+)*\.[a-z]{2,12}(?:/[^\s<>\""
    r"|;]*)?(?![@\w])",
    re.I,
)


@lru_cache(maxsize=10_000)
def read_websites(text: str) -> tuple[tuple[ContactDraft, ...], str]:
    """The web addresses in a cell, `https://` added where none stands, only http and https; and what is none."""
    if is_blank(text):
        return (), ""
    if is_prose(text):
        return (), text
    addresses: dict[str, ContactDraft] = {}
    rest = text
    for found in _WEB.finditer(text):
        address = web_address(found[0])
        if address and not re.search(r"(?:javascript|data|vbscript|file|ftp):\S*$", text[: found.start()], re.I):
            addresses.setdefault(address, ContactDraft(ContactKind.WEBSITE, address))
            rest = rest.replace(found[0], " ", 1)
    if not addresses:
        return (), text
    rest = re.sub(r"\b(?:website|homepage|web|internet|url|oder|und|or|and|siehe)\b\s*:?", " ", rest, flags=re.I)
    return tuple(addresses.values()), " ".join(rest.split()).strip(" ,;|/<>():.")


def web_address(text: str) -> str:
    """One web address, made whole and checked; empty when it is none (another scheme, no host, a name in it)."""
    text = text.strip().strip("<>").rstrip(".,;:!?)")
    address = text if re.match(r"https?://", text, re.I) else f"https://{text}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        port_fits = parts.port is None or parts.port > 0
    except ValueError:
        return ""
    if (
        not port_fits
        or parts.username
        or len(address) > 500
        or not re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.[a-zA-Z][\w-]{1,23}", host)
    ):
        return ""
    return parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower()).geturl()
