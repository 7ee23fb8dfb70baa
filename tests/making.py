"""The world of a test in a line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from infopool.directory import offers
from infopool.directory.drafts import (
    Check,
    ContactDraft,
    Cost,
    OfferDraft,
    ProviderDraft,
    SpokenLanguage,
    TextDraft,
    VenueDraft,
)
from infopool.directory.facts import CheckMethod, ContactKind, CostKind, State
from infopool.directory.models import Offer
from infopool.directory.regions import load_region
from tests.conftest import NOW, TODAY


def a_text(title: str = "Deutschkurs am Abend", language: str = "de", **more: Any) -> TextDraft:
    return TextDraft(language, title, **{"summary": "Für alle, die tagsüber arbeiten.", **more})


def a_draft(title: str = "Deutschkurs am Abend", **facts: Any) -> OfferDraft:
    """A whole draft; every fact may be said otherwise."""
    plain = OfferDraft(
        texts=(a_text(title),),
        provider=ProviderDraft("Abendschule Beispiel"),
        topics=("german-course",),
        languages=(SpokenLanguage("de"), SpokenLanguage("ar", "nach Absprache")),
        levels_taught=("A2",),
        cost=Cost(CostKind.FREE),
        formats=("on-site",),
        venue=VenueDraft("Musterschule", "Beispielweg 4", "79761", "Waldshut-Tiengen", "tiengen"),
        contacts=(
            ContactDraft(ContactKind.PHONE, "+493023125120"),
            ContactDraft(ContactKind.EMAIL, "kurse@example.org"),
        ),
        check=Check(TODAY, "Arbeitskreis Bildung", CheckMethod.PHONE),
        working_group="education",
    )
    return replace(plain, **facts)


def an_offer(
    session: Session, title: str = "Deutschkurs am Abend", *, state: State = State.PUBLISHED, **facts: Any
) -> Offer:
    """A kept offer, published unless said otherwise."""
    saved = offers.save(session, a_draft(title, **facts), now=NOW, region=load_region("waldshut"))
    assert isinstance(saved, offers.Saved), saved
    if state != State.DRAFT:
        offers.change_state(session, saved.offer, state, now=NOW)
    return saved.offer
