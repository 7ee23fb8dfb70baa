"""Every version of an offer, and what is erased from them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from infopool.curation import edits, history, log, review
from infopool.curation import history_erasing as erasing
from infopool.curation.forms import fields_of
from infopool.curation.log import Actor
from infopool.curation.models import EditState, LogEntry, Mail, OfferVersion
from infopool.db import Database
from infopool.directory import offers
from infopool.directory.drafts import ContactDraft
from infopool.directory.facts import ContactKind, Origin
from infopool.directory.models import Contact, IndexTask, Offer
from infopool.directory.regions import load_region
from infopool.messages import Problem
from tests.conftest import NOW
from tests.making import a_text, an_offer

REGION = load_region("waldshut")
ME = Actor("Frau Muster", 1)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


def change(session: Session, offer: Offer, **fields: str | list[str]) -> None:
    whole = fields_of(offers.draft_of(offer), REGION) | fields
    edit = edits.begin(session, ME, whole, now=NOW, region=REGION, offer=offer)
    assert isinstance(review.publish(session, edit, ME, now=NOW, region=REGION), review.Published)


def titles(session: Session, offer: Offer) -> list[str]:
    return [line.draft.texts[0].title for line in history.versions(session, offer) if line.draft]


def test_every_change_is_a_version_the_newest_first(session: Session) -> None:
    offer = an_offer(session, "Eins")
    change(session, offer, title="Zwei")
    change(session, offer, title="Drei")
    assert titles(session, offer) == ["Drei", "Zwei", "Eins"]


def test_what_it_says_now_is_there_even_when_nobody_kept_it(session: Session) -> None:
    assert titles(session, an_offer(session, "Eins")) == ["Eins"]


def test_going_back_opens_an_edit_and_changes_nothing(session: Session) -> None:
    offer = an_offer(session, "Eins")
    change(session, offer, title="Zwei", times="Mo 10-12 Uhr")
    first = history.versions(session, offer)[-1]
    edit = history.restore(session, offer, first, ME, now=NOW, region=REGION)
    assert edit
    assert (edit.state, edit.fields["title"], edit.fields["times"]) == (EditState.OPEN, "Eins", "")
    assert offers.source_text(offer).title == "Zwei"
    review.publish(session, edit, ME, now=NOW, region=REGION)
    assert (offers.source_text(offer).title, offer.schedule) == ("Eins", ())


def test_texts_in_other_languages_are_compared_as_well(session: Session) -> None:
    before = offers.draft_of(an_offer(session, texts=(a_text("Eins"), a_text("One", "en", origin=Origin.TRANSLATED))))
    after = offers.draft_of(an_offer(session, texts=(a_text("Zwei"), a_text("Two", "en", origin=Origin.TRANSLATED))))
    found = list(history.texts_between(before, after))
    assert [(one.language, one.field, one.before, one.after) for one in found] == [("en", "title", "One", "Two")]


def erase(session: Session, text: str) -> erasing.Erased:
    pattern = erasing.pattern_of(text)
    assert not isinstance(pattern, Problem)
    return erasing.erase(session, pattern, ME, NOW)


def test_a_number_goes_from_the_offer_its_history_and_the_log_and_the_line_stays(session: Session) -> None:
    number = ContactDraft(ContactKind.PHONE, "+493023125120", "Frau Winzig")
    offer = an_offer(session, contacts=(number,), texts=(a_text("Kurs", description="Tel. 030 / 231 25-120, mittags"),))
    change(session, offer, title="Zwei")
    log.note(session, ME, "called", "offer", offer.id, now=NOW, after={"words": "0049 30 23125120 angerufen"})
    session.flush()
    erase(session, "030 23125-120")
    kept = [str(row) for row in session.scalars(select(OfferVersion.content))]
    kept += [str(row) for row in session.scalars(select(LogEntry.after))]
    kept.append(str(offers.draft_of(offer)))
    assert not [text for text in kept if "23125" in text or "231 25" in text]
    assert session.scalars(select(Contact)).all() == []
    assert "called" in session.scalars(select(LogEntry.action)).all()
    assert "erased" in session.scalars(select(LogEntry.action)).all()


def test_a_name_goes_wherever_it_stands_and_only_as_a_whole_word(session: Session) -> None:
    words = "Fragen Sie Frau  Winzig. Nicht Frau Winzigmann."
    offer = an_offer(session, texts=(a_text("Kurs", description=words),))
    session.add(Mail(to="x@example.org", subject="An Frau Winzig", words="", purpose="check", written_at=NOW))
    session.flush()
    found = erase(session, "frau winzig")
    assert offers.source_text(offer).description == "Fragen Sie …. Nicht Frau Winzigmann."
    assert found.rows["mails"] == 1
    assert found.offers == {offer.id}
    assert session.scalars(select(IndexTask.offer_id)).all()[-1] == offer.id


def test_too_little_is_refused() -> None:
    assert isinstance(erasing.pattern_of(" ab "), Problem)


@pytest.mark.parametrize("text", ["info@example.org", "Frau (Muster)*", "https://example.org/a?b=c", "07751 12345"])
def test_what_is_looked_for_is_taken_literally(text: str) -> None:
    pattern = erasing.pattern_of(text)
    assert not isinstance(pattern, Problem)
    assert erasing.cleared(f"vorher {text} nachher", pattern) == "vorher … nachher"


def test_the_bytes_are_gone_from_the_file(database: Database) -> None:
    if not database.is_sqlite or not database.url.database:
        pytest.skip("only SQLite keeps a file")
    with database.transaction() as session:
        an_offer(session, texts=(a_text("Kurs", description="Geheimnisträgerin Winzig"),))
    with database.transaction() as session:
        erase(session, "Geheimnisträgerin Winzig")
    erasing.wipe(database)
    with open(database.url.database, "rb") as file:
        assert "Geheimnisträgerin".encode() not in file.read()
