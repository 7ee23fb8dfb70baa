"""Keeping offers."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from infopool.db import Database
from infopool.directory import offers
from infopool.directory.drafts import VenueDraft
from infopool.directory.facts import Origin, State
from infopool.directory.models import IndexTask, Offer, Provider, Venue
from infopool.directory.regions import Region
from tests.conftest import NOW
from tests.making import a_draft, a_text, an_offer


def save_again(database: Database, region: Region, offer_id: int, draft: object, **how: object) -> Offer:
    with database.transaction() as session:
        offer = offers.get(session, offer_id)
        saved = offers.save(session, draft, now=NOW, region=region, offer=offer, **how)  # type: ignore[arg-type]
        assert isinstance(saved, offers.Saved)
    with database.reading() as session:
        again = offers.get(session, offer_id)
        assert again
        return again


def test_what_is_saved_is_read_back(database: Database) -> None:
    with database.transaction() as session:
        offer_id = an_offer(session).id
    with database.reading() as session:
        offer = offers.get(session, offer_id)
        assert offer
        assert offers.draft_of(offer) == a_draft()


def test_a_draft_is_not_public(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session, state=State.DRAFT)
        assert offers.published(session, offer.id) is None


def test_a_refused_draft_changes_nothing(database: Database, region: Region) -> None:
    with database.transaction() as session:
        answer = offers.save(session, a_draft(title=""), now=NOW, region=region)
        assert isinstance(answer, offers.Refused)
    with database.reading() as session:
        assert session.scalars(select(Offer)).all() == []


def test_every_save_leaves_word_for_the_index(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session, state=State.DRAFT)
        assert session.scalars(select(IndexTask.offer_id)).all() == [offer.id]


def test_a_rolled_back_save_leaves_no_word_for_the_index(database: Database, region: Region) -> None:
    class Changed(Exception):
        pass

    try:
        with database.transaction() as session:
            an_offer(session)
            raise Changed
    except Changed:
        pass
    with database.reading() as session:
        assert session.scalars(select(IndexTask)).all() == []


def test_two_offers_share_a_provider_and_a_venue(database: Database) -> None:
    with database.transaction() as session:
        an_offer(session, "Erster Kurs")
        an_offer(session, "Zweiter Kurs")
        assert len(session.scalars(select(Provider)).all()) == 1
        assert len(session.scalars(select(Venue)).all()) == 1


def test_a_confidential_address_is_not_shared_with_a_public_one(database: Database) -> None:
    hidden = VenueDraft("", "Beispielweg 4", "79761", "Waldshut-Tiengen", "tiengen", confidential=True)
    with database.transaction() as session:
        an_offer(session, "Kurs", venue=replace(hidden, confidential=False))
        an_offer(session, "Schutzhaus", venue=hidden)
        assert len(session.scalars(select(Venue)).all()) == 2


def test_a_save_over_somebody_elses_is_refused(database: Database, region: Region) -> None:
    with database.transaction() as session:
        offer = an_offer(session)
        seen = offer.version
        offers.save(session, a_draft("Kurs, geändert"), now=NOW, region=region, offer=offer)
        answer = offers.save(
            session, a_draft("Kurs, anders"), now=NOW, region=region, offer=offer, expected_version=seen
        )
        assert isinstance(answer, offers.Refused)
        assert answer.problems[0].field == "version"


def with_english(title: str = "Evening course", german: str = "Deutschkurs am Abend") -> object:
    english = a_text(title, "en", origin=Origin.TRANSLATED)
    return a_draft(texts=(a_text(german), english))


def test_a_translation_is_made_from_the_source_as_it_stands(database: Database, region: Region) -> None:
    with database.transaction() as session:
        offer_id = an_offer(session).id
    offer = save_again(database, region, offer_id, with_english())
    german, english = offer.texts
    assert english.made_from == german.version
    assert not offers.is_outdated(offer, english)


def test_a_changed_source_makes_its_translations_outdated(database: Database, region: Region) -> None:
    with database.transaction() as session:
        offer_id = an_offer(session).id
    save_again(database, region, offer_id, with_english())
    offer = save_again(database, region, offer_id, with_english(german="Deutschkurs am Morgen"))
    assert offers.is_outdated(offer, offer.texts[1])


def test_a_small_correction_leaves_translations_as_they_are(database: Database, region: Region) -> None:
    with database.transaction() as session:
        offer_id = an_offer(session).id
    save_again(database, region, offer_id, with_english())
    offer = save_again(database, region, offer_id, with_english(german="Deutschkurs, abends"), small_correction=True)
    assert not offers.is_outdated(offer, offer.texts[1])


def test_a_translation_that_follows_is_fresh_again(database: Database, region: Region) -> None:
    with database.transaction() as session:
        offer_id = an_offer(session).id
    save_again(database, region, offer_id, with_english())
    offer = save_again(database, region, offer_id, with_english("Morning course", "Deutschkurs am Morgen"))
    assert not offers.is_outdated(offer, offer.texts[1])
