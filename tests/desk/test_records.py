"""Providers, addresses and contacts as records: one place changes all their offers."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import event, select

from infopool.curation import records
from infopool.curation.models import GroupRule, LogEntry, OfferVersion, Role
from infopool.db import Database
from infopool.directory import offers
from infopool.directory.drafts import ContactDraft, ProviderDraft
from infopool.directory.facts import ContactKind
from infopool.directory.models import Contact, Offer, Provider, Venue
from tests.desk.conftest import SitDown
from tests.desk.people import DeskClient
from tests.making import an_offer
from tests.web.world import COURSE, FLAT, SHELTER


def provider_of(database: Database, number: int) -> Provider:
    with database.reading() as session:
        offer = offers.get(session, number)
        assert offer
        assert offer.provider
        return offer.provider


def venue_of(database: Database, number: int) -> Venue:
    with database.reading() as session:
        offer = offers.get(session, number)
        assert offer
        assert offer.venue
        return offer.venue


def form_of(record: records.Record, **changed: str) -> dict[str, str]:
    return records.facts(record) | {"seen": records.seal(record)} | changed


@pytest.mark.parametrize("tab", ["providers", "venues", "contacts", "places", "nonsense", ""])
def test_records_are_listed_with_their_offers(sit_down: SitDown, tab: str) -> None:
    assert sit_down().get(f"/admin/records/?tab={tab}").root.find("table")


def test_a_listing_is_found_by_words(sit_down: SitDown) -> None:
    page = sit_down().get("/admin/records/?tab=providers&q=wohnhilfe")
    assert "Wohnhilfe Beispiel" in page.text
    assert "Abendschule" not in page.text


def test_a_number_is_found_as_people_dial_it(sit_down: SitDown) -> None:
    assert "+493023125120" in sit_down().get("/admin/records/?tab=contacts&q=030 23125120").text


def test_a_new_name_reaches_visitors(sit_down: SitDown, database: Database) -> None:
    client, provider = sit_down(), provider_of(database, FLAT)
    client.send(f"/admin/records/providers/{provider.id}/", form_of(provider, name="Wohnlotsen Beispiel"))
    assert "Wohnlotsen Beispiel" in client.get(f"/de/offers/{FLAT}").text
    assert "Wohnlotsen Beispiel" in client.get("/de/search?q=Wohnungssuche").text


def test_the_log_keeps_what_it_was_called(sit_down: SitDown, database: Database) -> None:
    client, provider = sit_down(), provider_of(database, FLAT)
    client.send(f"/admin/records/providers/{provider.id}/", form_of(provider, name="Wohnlotsen Beispiel"))
    with database.reading() as session:
        entry = session.scalars(select(LogEntry).where(LogEntry.subject == "provider")).one()
    assert entry.before == {"name": "Wohnhilfe Beispiel"}


def test_whoever_was_slower_is_told(sit_down: SitDown, database: Database) -> None:
    client, provider = sit_down(), provider_of(database, FLAT)
    form = form_of(provider, name="Erste")
    client.send(f"/admin/records/providers/{provider.id}/", form)
    page = client.send(f"/admin/records/providers/{provider.id}/", form | {"name": "Zweite"}, 422)
    assert any(one["value"] == "Zweite" for one in page.root.find("input"))
    assert provider_of(database, FLAT).name == "Erste"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 301),
        ("name", "abendschule beispiel"),
        ("kind", "mafia"),
        ("website", "javascript:alert(1)"),
        ("website", "example.org"),
    ],
)
def test_a_provider_with_a_fault_is_not_saved(sit_down: SitDown, database: Database, field: str, value: str) -> None:
    provider = provider_of(database, FLAT)
    page = sit_down().send(f"/admin/records/providers/{provider.id}/", form_of(provider, **{field: value}), 422)
    assert page.root.find("a", css="")
    assert provider_of(database, FLAT).name == "Wohnhilfe Beispiel"


@pytest.mark.parametrize(
    ("field", "value"),
    [("latitude", "neun"), ("latitude", "1e9"), ("longitude", "999"), ("place", "atlantis"), ("postcode", "7" * 11)],
)
def test_an_address_with_a_fault_is_not_saved(sit_down: SitDown, database: Database, field: str, value: str) -> None:
    venue = venue_of(database, FLAT)
    sit_down().send(f"/admin/records/venues/{venue.id}/", form_of(venue, **{field: value}), 422)
    assert venue_of(database, FLAT).street == "Weg 1"


def test_a_form_that_says_nothing_changes_nothing(sit_down: SitDown, database: Database) -> None:
    provider = provider_of(database, FLAT)
    sit_down().send(f"/admin/records/providers/{provider.id}/", {"id": "1", "offers": "[]"}, 422)
    assert provider_of(database, FLAT).name == "Wohnhilfe Beispiel"


def twins(database: Database) -> tuple[Provider, Provider]:
    with database.transaction() as session:
        an_offer(session, "Nähen", provider=ProviderDraft("Wohnhilfe Beispiel e.V."))
    with database.reading() as session:
        one = session.scalars(select(Provider).where(Provider.name == "Wohnhilfe Beispiel")).one()
        other = session.scalars(select(Provider).where(Provider.name == "Wohnhilfe Beispiel e.V.")).one()
    return one, other


def merge(client: DeskClient, kind: str, one: records.Record, other: records.Record, **takes: str) -> None:
    seen = records.seal(one) + records.seal(other)
    client.send(f"/admin/records/{kind}/{one.id}/merge", {"other": str(other.id), "seen": seen, **takes})


def test_likely_twins_are_named(sit_down: SitDown, database: Database) -> None:
    one, _ = twins(database)
    client = sit_down()
    assert "Wohnhilfe Beispiel e.V." in client.get(f"/admin/records/providers/{one.id}/").text
    assert client.get("/admin/records/").root.find("details", css="more")


def test_merged_providers_are_one(sit_down: SitDown, database: Database) -> None:
    one, other = twins(database)
    merge(sit_down(), "providers", one, other, **{"take-name": "other"})
    with database.reading() as session:
        left = session.scalars(select(Provider).where(Provider.name.like("Wohnhilfe%"))).one()
        used = session.scalars(select(Offer.id).where(Offer.provider_id == left.id)).all()
    assert (left.id, left.name) == (one.id, "Wohnhilfe Beispiel e.V.")
    assert len(used) == 2


def test_merging_keeps_how_the_offers_were(sit_down: SitDown, database: Database) -> None:
    one, other = twins(database)
    merge(sit_down(), "providers", one, other)
    with database.reading() as session:
        moved = session.scalars(select(Offer).order_by(Offer.id.desc())).first()
        assert moved
        kept = session.scalars(select(OfferVersion).where(OfferVersion.offer_id == moved.id)).all()
    names = [version.content["provider"]["name"] for version in kept]
    assert names == ["Wohnhilfe Beispiel e.V.", "Wohnhilfe Beispiel"]


def test_merging_twice_does_it_once(sit_down: SitDown, database: Database) -> None:
    one, other = twins(database)
    client = sit_down()
    merge(client, "providers", one, other)
    merge(client, "providers", one, other)
    assert provider_of(database, FLAT).id == one.id


def test_a_secret_address_stays_secret_when_merged(sit_down: SitDown, database: Database) -> None:
    open_one, secret = venue_of(database, FLAT), venue_of(database, SHELTER)
    client = sit_down()
    merge(client, "venues", open_one, secret)
    assert venue_of(database, FLAT).confidential
    assert "Weg 1" not in client.get(f"/de/offers/{FLAT}").text


def test_a_record_is_not_merged_with_itself(sit_down: SitDown, database: Database) -> None:
    provider = provider_of(database, FLAT)
    merge(sit_down(), "providers", provider, provider)
    assert provider_of(database, FLAT).name == "Wohnhilfe Beispiel"


def test_a_contact_is_replaced_only_after_a_look(sit_down: SitDown, database: Database) -> None:
    client = sit_down()
    form = {"kind": "email", "value": "kurse@example.org", "new": "neu@example.org"}
    page = client.send("/admin/records/contact", form)
    assert "neu@example.org" in page.text
    with database.reading() as session:
        assert session.scalars(select(Contact.id).where(Contact.value == "neu@example.org")).first() is None
    ids = next(one["value"] for one in page.root.find("input") if one["name"] == "ids")
    client.send("/admin/records/contact", form | {"do": "replace", "ids": ids})
    assert "neu@example.org" in client.get(f"/de/offers/{COURSE}").text
    with database.reading() as session:
        assert session.scalars(select(Contact.id).where(Contact.value == "kurse@example.org")).first() is None


@pytest.mark.parametrize(("groups", "watched"), [(("housing",), False), (("education",), True)])
def test_a_contact_stays_where_one_may_not_change_it_alone(
    sit_down: SitDown, database: Database, groups: tuple[str, ...], watched: bool
) -> None:
    client = sit_down(groups=groups)
    with database.transaction() as session:
        session.add(GroupRule(group="education", four_eyes=watched))
    form = {"kind": "email", "value": "kurse@example.org", "new": "neu@example.org", "do": "replace"}
    client.send("/admin/records/contact", form | {"ids": str(COURSE)})
    assert "neu@example.org" not in client.get(f"/de/offers/{COURSE}").text


def test_a_contact_that_is_there_already_is_not_doubled(sit_down: SitDown, database: Database) -> None:
    both = (
        ContactDraft(ContactKind.PHONE, "+493023125121"),
        ContactDraft(ContactKind.PHONE, "+493023125122"),
    )
    with database.transaction() as session:
        number = an_offer(session, "Zwei Nummern", contacts=both).id
    form = {"kind": "phone", "value": "+493023125121", "new": "030 23125122", "do": "replace", "ids": str(number)}
    sit_down().send("/admin/records/contact", form)
    with database.reading() as session:
        values = session.scalars(select(Contact.value).where(Contact.offer_id == number)).all()
    assert values == ["+493023125122"]


@pytest.mark.parametrize("new", ["", "x", "a@b", "javascript:alert(1)", "\x00", "ü" * 900, "1@x.de, 2@x.de", "<b>"])
def test_a_strange_contact_gets_a_sentence(sit_down: SitDown, new: str) -> None:
    form = {"kind": "email", "value": "kurse@example.org", "new": new, "do": "replace", "ids": "1"}
    page = sit_down().send("/admin/records/contact", form, 422)
    assert page.root.find("span", css="wrong")


@pytest.mark.parametrize(
    "address",
    [
        "providers/99999/",
        "venues/99999/",
        "contact?kind=fax&value=1",
        "contact?kind=phone&value=",
        "contact?kind=phone&value=%00",
        "robots/1/",
    ],
)
def test_what_is_not_there_is_not_found(sit_down: SitDown, address: str) -> None:
    sit_down().get(f"/admin/records/{address}", 404)


def test_whoever_only_looks_changes_nothing(sit_down: SitDown, database: Database) -> None:
    client, provider = sit_down(Role.STEERING), provider_of(database, FLAT)
    assert "Wohnhilfe" in client.get(f"/admin/records/providers/{provider.id}/").text
    assert client.sends(f"/admin/records/providers/{provider.id}/", form_of(provider, name="x")) == 403
    assert client.sends(f"/admin/records/providers/{provider.id}/merge", {}) == 403
    assert client.sends("/admin/records/contact", {}) == 403


def test_a_venue_is_described_by_what_it_has() -> None:
    assert records.title_of(Venue(name="", street="Weg 1", postcode="79713", town="Ort")) == "Weg 1, 79713 Ort"


@pytest.mark.parametrize(
    "address",
    [
        "?tab=providers",
        "?tab=venues",
        "?tab=contacts",
        "?tab=places",
        "providers/1/",
        "providers/1/merge?other=2",
        "contact?kind=email&value=kurse@example.org",
    ],
)
def test_a_page_takes_few_statements(sit_down: SitDown, desk_site: Flask, address: str) -> None:
    client, statements = sit_down(), []

    def note(*given: object) -> None:
        statements.append(str(given[2]))

    reader = desk_site.extensions["infopool"].database.reader
    event.listen(reader, "before_cursor_execute", note)
    client.get(f"/admin/records/{address}")
    event.remove(reader, "before_cursor_execute", note)
    assert 0 < len([one for one in statements if not one.startswith("BEGIN")]) <= 15
