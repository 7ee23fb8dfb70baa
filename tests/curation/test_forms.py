"""The offer form's fields, from an offer and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import importers
from infopool.curation import forms
from infopool.curation.forms import complete, fields_of, typed
from infopool.curation.forms_reading import Read, read
from infopool.directory.drafts import Capacity, Check, ContactDraft, OfferDraft, SpokenLanguage
from infopool.directory.facts import Answer, CheckMethod, ContactKind, CostKind, CostPeriod, Origin
from infopool.directory.regions import Region, load_region
from infopool.directory.schedules import Slot, SlotKind
from infopool.paths import DEMO
from tests.conftest import TODAY
from tests.making import a_draft, a_text

REGION = load_region("waldshut")


def understood(base: OfferDraft | None = None, **fields: str | list[str]) -> Read:
    """What the form is read as when these fields are filled differently from the base."""
    before = fields_of(base, REGION) if base else complete({"title": "Deutschkurs"})
    return read(before | fields, REGION, base=base, author="Frau Muster", today=TODAY)


def problems(**fields: str | list[str]) -> dict[str, str]:
    return {problem.field: str(problem.message) for problem in understood(None, **fields).problems}


@pytest.fixture(scope="module")
def demo() -> list[OfferDraft]:
    return [draft for _, draft in importers.read("spreadsheet", DEMO / "offers.csv", REGION).drafts]


def test_an_untouched_form_leaves_every_demo_offer_as_it_is(demo: list[OfferDraft]) -> None:
    assert len(demo) > 200
    for draft in demo:
        found = read(fields_of(draft, REGION), REGION, base=draft, today=TODAY)
        assert found.draft == draft
        assert found.problems == ()


def test_the_words_of_a_form_say_all_that_an_offer_holds(demo: list[OfferDraft]) -> None:
    for draft in demo:
        again = read(fields_of(draft, REGION), REGION, today=TODAY).draft
        for name in ("schedule", "cost", "languages", "contacts", "places", "topics", "audiences", "starts_on"):
            assert getattr(again, name) == getattr(draft, name), name


def test_only_the_title_is_needed() -> None:
    assert problems(title="Deutschkurs") == {}
    assert list(problems(title=" ")) == ["title"]


def test_times_are_read_as_people_say_them() -> None:
    slot = Slot(SlotKind.WEEKLY, weekdays=(0, 2), starts=time(18), ends=time(20))
    assert understood(None, times="Mo, Mi 18–20 Uhr").draft.schedule == (slot,)


def test_times_nobody_understands_stay_as_words_with_a_hint() -> None:
    found = understood(None, times="wenn der Mond voll ist")
    assert [slot.words for slot in found.draft.schedule] == ["wenn der Mond voll ist"]
    assert [hint.field for hint in found.hints] == ["times"]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("languages", "Quenya"),
        ("places", "Atlantis"),
        ("phones", "ruf an"),
        ("emails", "info at home"),
        ("websites", "gibt es nicht"),
        ("starts_on", "bald"),
        ("valid_until", "31.02.2027"),
        ("free_places", "viele"),
        ("publish_on", "irgendwann"),
        ("working_group", "pirates"),
    ],
)
def test_a_fault_stands_at_its_field(field: str, text: str) -> None:
    assert list(problems(**{field: text})) == [field]


def test_a_too_long_text_is_a_fault_of_its_field() -> None:
    assert set(problems(title="a" * 301, summary="b" * 2_001, description="c" * 20_001)) == {
        "title",
        "summary",
        "description",
    }


def test_a_ticked_check_is_signed_with_name_and_day() -> None:
    base = a_draft(check=Check(date(2020, 1, 1), "früher", CheckMethod.WEB))
    assert understood(base, checked="phone").draft.check == Check(TODAY, "Frau Muster", CheckMethod.PHONE)
    assert understood(base).draft.check == base.check


def test_free_places_are_true_on_the_day_they_are_typed() -> None:
    base = a_draft(capacity=Capacity(3, "", date(2026, 1, 1)))
    assert understood(base, free_places="5").draft.capacity == Capacity(5, "", TODAY)
    assert understood(base, title="Anders").draft.capacity == base.capacity
    assert understood(base, free_places="").draft.capacity == Capacity()


def test_other_languages_stay_when_the_german_text_changes() -> None:
    arabic = a_text("دورة", "ar", origin=Origin.TRANSLATED)
    base = a_draft(texts=(arabic, a_text("Alt")))
    texts = understood(base, title="Neu").draft.texts
    assert texts == (arabic, a_text("Neu"))


def test_an_offer_without_german_is_edited_in_its_own_language() -> None:
    base = a_draft(texts=(a_text("Cooking together", "en"),))
    assert fields_of(base, REGION)["title"] == "Cooking together"
    assert understood(base, title="Cooking for all").draft.texts[0].language == "en"


def test_the_languages_of_a_contact_stay_with_its_number() -> None:
    base = a_draft(contacts=(ContactDraft(ContactKind.PHONE, "+493023125120", "Frau Muster", ("ar",)),))
    changed = understood(base, phones="030 23125-120 (vormittags)\n030 23125 121").draft.contacts
    assert changed == (
        ContactDraft(ContactKind.PHONE, "+493023125120", "vormittags", ("ar",)),
        ContactDraft(ContactKind.PHONE, "+493023125121"),
    )


def test_coordinates_go_with_the_address_they_belong_to() -> None:
    base = a_draft(venue=replace(a_draft().venue, latitude=47.6, longitude=8.2))  # type: ignore[type-var]
    kept = understood(base, confidential="yes").draft.venue
    assert kept
    assert kept.confidential
    assert kept.latitude == 47.6
    moved = understood(base, street="Anderer Weg 9").draft.venue
    assert moved
    assert moved.latitude is None
    assert moved.place == "waldshut-tiengen"


def test_a_secret_address_stays_secret_without_an_address() -> None:
    venue = understood(None, confidential="yes").draft.venue
    assert venue
    assert venue.confidential


def test_cost_in_words() -> None:
    cost = understood(None, cost="25 € im Monat").draft.cost
    assert (cost.kind, cost.cents, cost.period) == (CostKind.PAID, 2500, CostPeriod.MONTH)


def test_unknown_is_what_nobody_answered() -> None:
    draft = understood(None, childcare="yes", wheelchair="").draft
    assert (draft.childcare, draft.wheelchair) == (Answer.YES, Answer.UNKNOWN)


def test_spoken_languages_keep_their_notes() -> None:
    found = understood(None, languages="Deutsch, Arabisch (nach Absprache)").draft.languages
    assert found == (SpokenLanguage("de"), SpokenLanguage("ar", "nach Absprache"))


def test_fields_of_others_are_left_out_and_doubled_ones_count_once() -> None:
    fields = typed({"title": ["eins", "zwei"], "state": ["published"], "topics": ["sport", "sport"], "id": ["7"]})
    assert fields["title"] == "eins"
    assert fields["topics"] == ["sport"]
    assert not {"state", "id"} & set(fields)


def test_the_whole_county_is_the_default_of_a_new_offer() -> None:
    fields = forms.defaults(REGION, working_group="work")
    found = read(fields | {"title": "Neu"}, REGION, today=TODAY)
    assert (found.draft.places, found.draft.working_group, found.problems) == ((REGION.code,), "work", ())


ANYTHING = st.text(max_size=60) | st.text("0123456789.:-–/ MoDiUhr€,;()\n@+", max_size=60)
FORMS = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys((*forms.TYPED, *forms.ACTS), ANYTHING)
    | {
        name: st.lists(ANYTHING | st.sampled_from(["sport", "everyone", "A1", "online"]), max_size=4)
        for name in forms.TICKED
    },
)


@settings(max_examples=300, deadline=None)
@given(FORMS)
def test_whatever_is_typed_is_read_without_an_exception(fields: dict[str, str | list[str]]) -> None:
    found = read(typed(fields), REGION, today=TODAY, author="x")
    assert found.draft.texts
    again = fields_of(found.draft, REGION)
    assert read(again, REGION, base=found.draft, today=TODAY).draft == found.draft


@settings(max_examples=200, deadline=None)
@given(FORMS)
def test_what_differs_from_an_offer_never_breaks_its_other_parts(fields: dict[str, str | list[str]]) -> None:
    base = a_draft(texts=(a_text("Alt"), a_text("Old", "en", origin=Origin.TRANSLATED)))
    found = read(fields_of(base, REGION) | typed(fields), REGION, base=base, today=TODAY).draft
    assert found.text("en") == base.text("en")
    assert found.source == base.source


def test_every_field_has_a_name(region: Region) -> None:
    assert set(forms.ALL) <= set(forms.LABELS)
    assert set(fields_of(a_draft(), region)) == set(forms.ALL)
