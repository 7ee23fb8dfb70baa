"""A draft as plain lists and dictionaries, as JSON can hold it: for the history, and for what waits to be approved."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from infopool.directory.columns import slot_from_plain, slot_to_plain
from infopool.directory.drafts import (
    Capacity,
    Check,
    ContactDraft,
    Cost,
    OfferDraft,
    ProviderDraft,
    SpokenLanguage,
    TextDraft,
    VenueDraft,
)
from infopool.directory.facts import Answer, CheckMethod, ContactKind, CostKind, CostPeriod, Origin, ProviderKind

DAYS = frozenset({"starts_on", "ends_on", "register_by", "valid_until"})
ANSWERS = frozenset({"childcare", "women_only", "wheelchair", "registration_needed"})


def to_plain(draft: OfferDraft) -> dict[str, Any]:
    """The draft as JSON can hold it; what is empty is left out."""
    plain = {field.name: _plain(field.name, getattr(draft, field.name)) for field in fields(draft)}
    return {name: value for name, value in plain.items() if value not in (None, "", [], {})}


def _plain(name: str, value: Any) -> Any:
    if name == "schedule":
        return [slot_to_plain(slot) for slot in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain("", item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {field.name: _plain(field.name, getattr(value, field.name)) for field in fields(value)}
    return value


def text_to_plain(text: TextDraft) -> dict[str, Any]:
    """One text as JSON can hold it."""
    plain: dict[str, Any] = _plain("", text)
    return plain


def from_plain(plain: dict[str, Any]) -> OfferDraft:
    """The draft that `to_plain` wrote."""
    return OfferDraft(**{name: _READ.get(name, _as_it_is)(value) for name, value in plain.items()})


def _as_it_is(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _text(plain: dict[str, Any]) -> TextDraft:
    return TextDraft(**plain | {"documents": tuple(plain["documents"]), "origin": Origin(plain["origin"])})


def _contact(plain: dict[str, Any]) -> ContactDraft:
    return ContactDraft(**plain | {"kind": ContactKind(plain["kind"]), "languages": tuple(plain["languages"])})


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


_READ: dict[str, Any] = {
    "texts": lambda rows: tuple(_text(row) for row in rows),
    "provider": lambda row: ProviderDraft(**row | {"kind": ProviderKind(row["kind"])}),
    "languages": lambda rows: tuple(SpokenLanguage(**row) for row in rows),
    "cost": lambda row: Cost(**row | {"kind": CostKind(row["kind"]), "period": CostPeriod(row["period"])}),
    "schedule": lambda rows: tuple(slot_from_plain(row) for row in rows),
    "venue": lambda row: VenueDraft(**row),
    "contacts": lambda rows: tuple(_contact(row) for row in rows),
    "capacity": lambda row: Capacity(**row | {"as_of": _day(row["as_of"])}),
    "check": lambda row: Check(_day(row["on"]), row["by"], CheckMethod(row["how"]) if row["how"] else None),
    "kept": lambda rows: tuple((first, second) for first, second in rows),
    **dict.fromkeys(DAYS, _day),
    **dict.fromkeys(ANSWERS, Answer),
}
