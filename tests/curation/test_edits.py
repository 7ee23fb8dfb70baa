"""Edits: kept as typed, never overwriting anybody."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infopool.curation import edits, forms, log
from infopool.curation.edits import Choice, Kept, Overtaken
from infopool.curation.forms import Fields, complete, fields_of, typed
from infopool.curation.log import Actor
from infopool.curation.models import Edit, EditState
from infopool.db import Database
from infopool.directory import offers
from infopool.directory.models import Offer
from infopool.directory.regions import load_region
from tests.conftest import NOW
from tests.making import an_offer

REGION = load_region("waldshut")
ME, SHE = Actor("Frau Muster", 1), Actor("Herr Beispiel", 2)


def form(**fields: str | list[str]) -> Fields:
    return complete({"title": "Deutschkurs", **fields})


def begun(database: Database, fields: Fields, offer_id: int | None = None) -> int:
    with database.transaction() as session:
        offer = session.get(Offer, offer_id) if offer_id else None
        return edits.begin(session, ME, fields, now=NOW, region=REGION, offer=offer).id


def kept(database: Database, edit_id: int, fields: Fields, version: int) -> Kept | Overtaken:
    with database.transaction() as session:
        edit = edits.get(session, edit_id)
        assert edit
        return edits.keep(session, edit, fields, expected_version=version, now=NOW, region=REGION)


def an_offer_in(database: Database, **facts: object) -> int:
    with database.transaction() as session:
        return an_offer(session, **facts).id  # type: ignore[arg-type]


ANYTHING = st.dictionaries(
    st.sampled_from([*forms.TYPED, *forms.ACTS, *forms.TICKED]),
    st.text(max_size=50) | st.lists(st.text(max_size=10), max_size=3),
    max_size=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANYTHING)
def test_whatever_was_typed_comes_back_as_it_was(database: Database, fields: dict[str, str | list[str]]) -> None:
    sent = typed(fields)
    edit_id = begun(database, sent)
    with database.reading() as session:
        assert session.get_one(Edit, edit_id).fields == sent


def test_saving_counts_the_version_up_and_the_same_again_does_not(database: Database) -> None:
    edit_id = begun(database, form())
    first = kept(database, edit_id, form(summary="neu"), 1)
    assert first.edit.version == 2
    assert kept(database, edit_id, form(summary="neu"), 2).edit.version == 2


def test_the_second_of_two_is_refused_with_a_sentence(database: Database) -> None:
    edit_id = begun(database, form())
    kept(database, edit_id, form(summary="eins"), 1)
    second = kept(database, edit_id, form(summary="zwei"), 1)
    assert isinstance(second, Overtaken)
    assert "Frau Muster" in str(second.why)
    assert second.edit.fields["summary"] == "eins"


def test_who_else_has_changed_an_edit_is_named_and_noted_once(database: Database) -> None:
    edit_id = begun(database, form())
    with database.transaction() as session:
        edit = edits.get(session, edit_id)
        assert edit
        for text in ("eins", "zwei"):
            edits.keep(session, edit, form(summary=text), expected_version=edit.version, now=NOW, region=REGION, by=SHE)
        assert [line.action for line in log.entries(session, "edit", edit_id)] == ["changed", "begun"]
    late = kept(database, edit_id, form(summary="drei"), 1)
    assert isinstance(late, Overtaken)
    assert "Herr Beispiel" in str(late.why)


def test_what_is_finished_takes_nothing_more(database: Database) -> None:
    edit_id = begun(database, form())
    with database.transaction() as session:
        edit = edits.get(session, edit_id)
        assert edit
        edit.state = EditState.DONE
    assert isinstance(kept(database, edit_id, form(summary="spät"), 2), Overtaken)


def test_an_edit_belongs_to_the_group_it_names_or_that_of_its_topic(database: Database) -> None:
    named = begun(database, form(working_group="work", topics=["housing-search"]))
    by_topic = begun(database, form(topics=["housing-search"]))
    unknown = begun(database, form(working_group="pirates"))
    with database.reading() as session:
        groups = [session.get_one(Edit, number).working_group for number in (named, by_topic, unknown)]
    assert groups == ["work", "housing", ""]


def test_what_only_one_has_changed_is_decided() -> None:
    base, theirs, mine = form(), form(summary="ihres"), form(cost="kostenlos")
    assert edits.choices(base, theirs, mine) == [
        Choice(("summary",), "theirs"),
        Choice(("cost",), "mine"),
    ]


def test_what_both_have_changed_is_to_be_chosen() -> None:
    assert edits.choices(form(), form(summary="ihres"), form(summary="meins")) == [Choice(("summary",))]


def test_the_same_change_by_both_is_no_question() -> None:
    assert edits.choices(form(), form(summary="neu"), form(summary="neu ")) == []


def test_without_a_common_ancestor_everything_is_to_be_chosen() -> None:
    assert edits.choices(None, form(summary="a"), form(cost="b")) == [Choice(("summary",)), Choice(("cost",))]


def test_an_address_is_chosen_as_a_whole() -> None:
    found = edits.choices(form(), form(street="Weg 1", town="Wehr"), form(street="Gasse 2"))
    assert found == [Choice(forms.ADDRESS)]
    together = edits.merged(form(street="Weg 1", town="Wehr"), form(street="Gasse 2"), {forms.ADDRESS: "theirs"})
    assert (together["street"], together["town"]) == ("Weg 1", "Wehr")


def test_an_edit_catches_up_with_an_offer_changed_elsewhere(database: Database) -> None:
    offer_id = an_offer_in(database)
    with database.transaction() as session:
        offer = offers.get(session, offer_id)
        assert offer
        fields = fields_of(offers.draft_of(offer), REGION) | {"title": "Mein Titel"}
        edit_id = edits.begin(session, ME, fields, now=NOW, region=REGION, offer=offer).id
    with database.transaction() as session:
        offer = offers.get(session, offer_id)
        assert offer
        offer.waiting, offer.edited_at = "acht Monate", NOW + timedelta(hours=1)
    with database.transaction() as session:
        edit, offer = edits.get(session, edit_id), offers.get(session, offer_id)
        assert edit
        assert offer
        assert edits.catch_up(session, edit, offer, REGION) == []
        assert (edit.fields["title"], edit.fields["waiting"]) == ("Mein Titel", "acht Monate")
        assert edit.base_version == offer.version


def test_a_proposal_keeps_what_it_does_not_speak_of(database: Database) -> None:
    offer_id = an_offer_in(database)
    with database.transaction() as session:
        offer = offers.get(session, offer_id)
        edit = edits.propose(session, "provider", {"waiting": "keine"}, now=NOW, region=REGION, offer=offer)
        assert (edit.state, edit.origin, edit.author_id) == (EditState.IN_REVIEW, "provider", None)
        assert edit.fields["title"] == "Deutschkurs am Abend"
        assert edit.fields["waiting"] == "keine"
        assert edit.working_group == "education"


def test_putting_aside_and_taking_up_again(database: Database) -> None:
    edit_id = begun(database, form())
    with database.transaction() as session:
        edit = edits.get(session, edit_id)
        assert edit
        edits.drop(session, edit, SHE, NOW)
        assert edits.begun_by(session, 1) == []
        edits.reopen(session, edit, SHE, NOW)
        assert edits.begun_by(session, 1) == [edit]
