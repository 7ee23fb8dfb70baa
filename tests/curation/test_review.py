"""From an edit to what visitors see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from infopool import queue
from infopool.curation import edits, log, review
from infopool.curation.forms import complete, fields_of
from infopool.curation.log import Actor
from infopool.curation.models import Edit, EditState, GroupRule, LogEntry
from infopool.db import Database
from infopool.directory import offers
from infopool.directory.facts import State
from infopool.directory.models import Offer
from infopool.directory.regions import load_region
from tests.conftest import NOW
from tests.making import an_offer

REGION = load_region("waldshut")
ME, SHE = Actor("Frau Muster", 1), Actor("Herr Beispiel", 2)
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


def an_edit(session: Session, offer: Offer | None = None, **fields: str | list[str]) -> Edit:
    base = fields_of(offers.draft_of(offer), REGION) if offer else complete({})
    return edits.begin(session, ME, base | fields, now=NOW, region=REGION, offer=offer)


def publish(session: Session, edit: Edit, actor: Actor = ME) -> review.Outcome:
    return review.publish(session, edit, actor, now=NOW, region=REGION)


def four_eyes(session: Session, group: str = "education") -> None:
    session.add(GroupRule(group=group, four_eyes=True))
    session.flush()


def actions(session: Session, subject: str = "offer") -> list[str]:
    wanted = select(LogEntry.action).where(LogEntry.subject == subject).order_by(LogEntry.id)
    return list(session.scalars(wanted))


def title_of(offer: Offer) -> str:
    return offers.source_text(offer).title


def test_a_new_offer_is_published(session: Session) -> None:
    edit = an_edit(session, title="Neu")
    outcome = publish(session, edit)
    assert isinstance(outcome, review.Published)
    assert (outcome.offer.state, title_of(outcome.offer)) == (State.PUBLISHED, "Neu")
    assert edit.state == EditState.DONE
    assert actions(session) == ["created", "published"]


def test_faults_hinder_publishing_and_review_and_change_nothing(session: Session) -> None:
    offer = an_offer(session)
    version = offer.version
    edit = an_edit(session, offer, starts_on="bald")
    for outcome in (publish(session, edit), review.ask_for_review(session, edit, ME, now=NOW, region=REGION)):
        assert isinstance(outcome, offers.Refused)
        assert [problem.field for problem in outcome.problems] == ["starts_on"]
    assert (offer.version, edit.state) == (version, EditState.OPEN)


def test_a_new_offer_waits_unseen_for_its_review(session: Session) -> None:
    edit = an_edit(session, title="Neu")
    review.ask_for_review(session, edit, ME, now=NOW, region=REGION)
    assert edit.offer_id
    assert session.get_one(Offer, edit.offer_id).state == State.IN_REVIEW
    assert review.waiting(session, ["education"]) == ([edit], 1)


def test_a_review_of_another_group_is_not_ours(session: Session) -> None:
    edit = an_edit(session, title="Neu", working_group="work")
    review.ask_for_review(session, edit, ME, now=NOW, region=REGION)
    assert review.waiting(session, ["education"]) == ([], 0)
    assert review.waiting(session, None) == ([edit], 1)


def test_an_approved_change_is_seen(session: Session) -> None:
    offer = an_offer(session)
    edit = an_edit(session, offer, title="Anders")
    review.ask_for_review(session, edit, ME, now=NOW, region=REGION)
    assert title_of(offer) == "Deutschkurs am Abend"
    publish(session, edit, SHE)
    assert title_of(offer) == "Anders"
    assert edit.reviewed_by == SHE.name
    assert [version.who for version in log.versions(session, offer.id)] == [ME.name, "infopool"]


def test_the_author_may_not_approve_alone_where_four_eyes_are_wished(session: Session) -> None:
    four_eyes(session)
    offer = an_offer(session)
    edit = an_edit(session, offer, title="Anders")
    assert isinstance(publish(session, edit, ME), offers.Refused)
    assert isinstance(publish(session, edit, SHE), review.Published)


def test_moving_an_offer_to_a_laxer_group_is_no_way_around_four_eyes(session: Session) -> None:
    four_eyes(session)
    offer = an_offer(session)
    edit = an_edit(session, offer, title="Anders", working_group="work")
    assert isinstance(publish(session, edit, ME), offers.Refused)


def test_writing_a_withdrawn_offer_and_publishing_it_is_no_way_around_either(session: Session) -> None:
    four_eyes(session)
    offer = an_offer(session, state=State.WITHDRAWN)
    edit = an_edit(session, offer, title="Anders")
    review.keep_as_draft(session, edit, ME, now=NOW, region=REGION)
    assert review.publish_offer(session, offer, ME, NOW)
    assert review.publish_offer(session, offer, SHE, NOW) is None
    assert offer.state == State.PUBLISHED


def test_sending_back_gives_it_to_the_author_with_a_note(session: Session) -> None:
    edit = an_edit(session, an_offer(session), title="Anders")
    review.ask_for_review(session, edit, ME, now=NOW, region=REGION)
    review.send_back(session, edit, SHE, "Bitte kürzer", NOW)
    assert (edit.state, edit.note) == (EditState.OPEN, "Herr Beispiel: Bitte kürzer")


def test_a_day_to_come_leaves_it_to_the_job(session: Session) -> None:
    offer = an_offer(session)
    edit = an_edit(session, offer, title="Anders", publish_on="23.11.2026")
    assert isinstance(publish(session, edit), review.Scheduled)
    assert title_of(offer) == "Deutschkurs am Abend"
    assert review.publish_due(session, edit.id, NOW, region=REGION) is None
    job = queue.take(session, "me", TOMORROW)
    assert job
    assert job.name == review.JOB
    assert isinstance(review.publish_due(session, job.arguments["edit_id"], TOMORROW, region=REGION), review.Published)
    assert title_of(offer) == "Anders"
    assert review.publish_due(session, edit.id, TOMORROW, region=REGION) is None


def test_what_is_sent_back_meanwhile_is_not_published_by_itself(session: Session) -> None:
    edit = an_edit(session, an_offer(session), title="Anders", publish_on="23.11.2026")
    publish(session, edit)
    review.send_back(session, edit, SHE, "", NOW)
    assert review.publish_due(session, edit.id, TOMORROW, region=REGION) is None


def test_what_is_changed_after_it_was_approved_is_approved_anew(session: Session) -> None:
    four_eyes(session)
    edit = an_edit(session, an_offer(session), title="Anders", publish_on="23.11.2026")
    review.ask_for_review(session, edit, ME, now=NOW, region=REGION)
    assert isinstance(publish(session, edit, SHE), review.Scheduled)
    sly = dict(edit.fields) | {"title": "Etwas, das niemand gesehen hat"}
    edits.keep(session, edit, sly, expected_version=edit.version, now=NOW, region=REGION)
    assert review.publish_due(session, edit.id, TOMORROW, region=REGION) is None
    assert review.waiting(session, None) == ([edit], 1)


def test_a_conflict_on_the_day_puts_it_before_people_again(session: Session) -> None:
    offer = an_offer(session)
    edit = an_edit(session, offer, title="Anders", publish_on="23.11.2026")
    publish(session, edit)
    publish(session, an_edit(session, offer, title="Ganz anders"))
    assert isinstance(review.publish_due(session, edit.id, TOMORROW, region=REGION), review.Conflict)
    assert title_of(offer) == "Ganz anders"
    assert review.waiting(session, None) == ([edit], 1)


def test_two_changes_of_the_same_words_are_a_conflict(session: Session) -> None:
    offer = an_offer(session)
    one, other = an_edit(session, offer, title="Eins"), an_edit(session, offer, title="Zwei", waiting="lang")
    publish(session, one)
    outcome = publish(session, other, SHE)
    assert isinstance(outcome, review.Conflict)
    assert [choice.fields for choice in outcome.choices] == [("title",)]
    assert title_of(offer) == "Eins"


def test_withdrawing_needs_a_reason_and_can_be_undone(session: Session) -> None:
    offer = an_offer(session)
    assert review.withdraw(session, offer, ME, "", "", NOW)
    assert review.withdraw(session, offer, ME, "gone", "Frau X sagt, es ist aus", NOW) is None
    assert (offer.state, offer.withdrawn_why) == (State.WITHDRAWN, "gone")
    assert review.publish_offer(session, offer, ME, NOW) is None
    assert (offer.state, offer.withdrawn_why) == (State.PUBLISHED, "")
    assert actions(session) == ["withdrawn", "published"]


def test_publishing_alone_does_not_protect_an_offer_from_its_source(session: Session) -> None:
    offer = an_offer(session, state=State.IN_REVIEW)
    offer.imported_version = offer.version + 1
    session.flush()
    assert offer.imported_version == offer.version
    review.publish_offer(session, offer, ME, NOW)
    assert offer.imported_version == offer.version


def test_a_ticked_check_is_not_signed_a_second_time(session: Session) -> None:
    offer = an_offer(session, state=State.DRAFT)
    edit = an_edit(session, offer, checked="phone", checked_on="22.11.2026")
    review.keep_as_draft(session, edit, ME, now=NOW, region=REGION)
    assert (offer.checked_by, edit.fields["checked"]) == (ME.name, "")


def test_what_visitors_saw_last_is_known_of_a_withdrawn_offer(session: Session) -> None:
    offer = an_offer(session)
    review.withdraw(session, offer, ME, "over", "", NOW)
    review.keep_as_draft(session, an_edit(session, offer, title="Neu"), ME, now=NOW, region=REGION)
    seen = review.seen_by_visitors(session, offer)
    assert seen
    assert seen.texts[0].title == "Deutschkurs am Abend"


def test_an_edit_without_a_change_leaves_the_offers_version_alone(session: Session) -> None:
    offer = an_offer(session)
    version = offer.version
    assert isinstance(publish(session, an_edit(session, offer)), review.Published)
    assert offer.version == version
