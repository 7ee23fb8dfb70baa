"""Where an offer happens and how its people are reached, from the cells of a row."""

from __future__ import annotations

import re
from collections.abc import Callable

from importers.advice import ADVICE, NOT_PLACED, ODD_COORDINATES, ODD_POSTCODE
from importers.rows import Row, shortened
from infopool.directory.drafts import ContactDraft, Unreadable, VenueDraft
from infopool.directory.facts import Answer
from infopool.directory.reading import contacts
from infopool.directory.reading.answers import read_answer
from infopool.directory.reading.venues import Address, read_address
from infopool.messages import Message


def is_only_online(town: str) -> bool:
    """Whether somebody wrote "online" where the town belongs."""
    return town.strip().lower() in {"online", "digital", "internet", "zoom"}


def venue_of(row: Row) -> VenueDraft | None:
    """Where it happens; None when the row says nothing about it."""
    whole = _address(row)
    name = ", ".join(filter(None, (row.cell("venue"), whole.name)))
    if len(name) > 300:
        row.keep("venue", name, Message(NOT_PLACED, {"text": shortened(name)}))
    confidential = _is_confidential(row)
    latitude, longitude = _coordinates(row)
    if not any((name, whole.street, whole.postcode, whole.town, confidential, latitude)):
        return None
    if row.places.contradicts(whole.postcode, whole.town):
        values = {"postcode": whole.postcode, "town": whole.town}
        row.reports.append(Unreadable(row.line, row.heading("postcode"), Message(ODD_POSTCODE, values)))
    place = row.places.code_of(whole.postcode, whole.town)
    return VenueDraft(
        name[:300], whole.street[:300], whole.postcode[:10], whole.town[:200], place, latitude, longitude, confidential
    )


def _address(row: Row) -> Address:
    """The address from its own columns; a column that holds a whole address fills what the others leave open."""
    street = " ".join(filter(None, (row.cell("street"), row.cell("house_number"))))
    postcode, town = row.cell("postcode"), row.cell("town")
    parts = [read_address(text) for text in (street, row.cell("address")) if text]
    in_town = read_address(town) if re.search(r"\d{5}", town) else Address(town="" if is_only_online(town) else town)
    in_postcode = (
        read_address(postcode)
        if re.search(r"\d{5}\D", postcode + " ")
        else Address(postcode=re.sub(r"\s", "", postcode))
    )
    if street and not parts[0].street and not parts[0].postcode:
        parts[0] = Address(street=street)
    if row.cell("address") and not parts[-1].postcode and not parts[-1].street and row.places.find(row.cell("address")):
        parts[-1] = Address(town=row.cell("address"))
    found = [*parts, in_postcode, in_town]
    first = {
        name: next((value for part in found if (value := getattr(part, name))), "")
        for name in ("name", "street", "town", "postcode")
    }
    if len(first["postcode"]) > 10:
        row.keep("postcode", first["postcode"], Message(ADVICE["postcode"], {"text": shortened(first["postcode"])}))
        first["postcode"] = ""
    return Address(**first)


def _is_confidential(row: Row) -> bool:
    """What nobody understands in this column counts as yes: an address shown by mistake cannot be taken back."""
    answer, left = read_answer(row.cell("confidential"), "confidential")
    if left:
        row.keep("confidential", left, Message(ADVICE["confidential"], {"text": shortened(left)}))
    return answer in (Answer.YES, Answer.LIMITED) or (answer is Answer.UNKNOWN and bool(left))


def _coordinates(row: Row) -> tuple[float | None, float | None]:
    texts = row.cell("latitude"), row.cell("longitude")
    if not any(texts):
        return None, None
    try:
        latitude, longitude = (float(text.replace(",", ".").strip("° NEO")) for text in texts)
    except ValueError:
        latitude = longitude = 0.0
    if (latitude, longitude) == (0.0, 0.0) or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        row.keep("latitude", ", ".join(texts), Message(ODD_COORDINATES))
        return None, None
    return latitude, longitude


def contacts_of(row: Row) -> tuple[ContactDraft, ...]:
    """Phones, then e-mail, then websites, each once. A cell may hold what belongs into its neighbour."""
    found: list[ContactDraft] = []
    country = row.places.region.country
    for field_name, reader in _readers(country).items():
        text = row.cell(field_name)
        read, left = reader(text)
        for other in _readers(country).values():
            if left:
                more, left = other(left)
                read = (*read, *more)
        found.extend(read)
        if left:
            row.keep(field_name, left, Message(ADVICE.get(field_name, NOT_PLACED), {"text": shortened(left)}))
    order = ["phone", "email", "website"]
    return tuple(
        sorted(
            {(one.kind, one.value): one for one in reversed(found)}.values(),
            key=lambda one: (order.index(one.kind), found.index(one)),
        )
    )


def _readers(country: str) -> dict[str, Callable[[str], tuple[tuple[ContactDraft, ...], str]]]:
    def phones(text: str) -> tuple[tuple[ContactDraft, ...], str]:
        return contacts.read_phones(text, country)

    return {
        "emails": contacts.read_emails,
        "websites": contacts.read_websites,
        "phones": phones,
        "mobile": phones,
        "contact": lambda text: ((), text),
    }
