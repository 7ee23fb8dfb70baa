"""From due to asked, reminded, called, doubted, hidden and back; nobody is asked twice."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from infopool.curation import checking, checking_answers, lapsing, log, review
from infopool.curation.checking import Asking, Reason
from infopool.curation.checking_answers import Answer, Result, Room
from infopool.curation.log import Actor
from infopool.curation.models import CheckRequest, CheckRule, LogEntry, Mail, OfferVersion
from infopool.curation.timetable import TIMETABLE
from infopool.db import Base
from infopool.directory import freshness, offers
from infopool.directory.drafts import Check, ContactDraft, VenueDraft
from infopool.directory.facts import CheckMethod, ContactKind, State
from infopool.directory.models import IndexTask, Offer
from infopool.jobs.work import Work
from infopool.jobs.worker import Worker
from infopool.search.query import Asked
from tests.conftest import NOW, TODAY
from tests.jobs.conftest import Clock, MakeWork
from tests.making import an_offer

DAY = timedelta(days=1)
LONG_AGO = Check(TODAY - 181 * DAY, "Arbeitskreis", CheckMethod.PHONE)
CURATOR = Actor("Frau Muster", 1)


def box(address: str = "kurse@example.org", *languages: str) -> tuple[ContactDraft, ...]:
    return (ContactDraft(ContactKind.PHONE, "+493023125120"), ContactDraft(ContactKind.EMAIL, address, "", languages))


def make(work: Work, title: str = "Deutschkurs am Abend", **facts: object) -> int:
    with work.database.transaction() as session:
        return an_offer(session, title, **{"check": LONG_AGO, "contacts": box(), **facts}).id  # type: ignore[arg-type]


def days(work: Work, clock: Clock, count: int) -> None:
    """Live through so many days; the worker looks on the first, the last but one and the last of them."""
    asking_only = [regular for regular in TIMETABLE if regular.name == "ask-providers"]
    for span in (0, count - 1, 1):
        clock.on(days=span)
        Worker(work, regular=asking_only).do_all()


def mails(work: Work) -> list[Mail]:
    with work.database.reading() as session:
        return list(session.scalars(select(Mail).order_by(Mail.id)))


def requests(work: Work) -> list[CheckRequest]:
    with work.database.reading() as session:
        return list(session.scalars(select(CheckRequest).order_by(CheckRequest.id)))


def offer(work: Work, offer_id: int) -> Offer:
    with work.database.reading() as session:
        found = offers.get(session, offer_id)
        assert found
        return found


def asking(work: Work) -> Asking:
    return Asking(work.region, work.settings.base_url, work.settings.secret())


def call(work: Work, offer_id: int, result: Result, method: CheckMethod = CheckMethod.PHONE) -> None:
    with work.database.transaction() as session:
        found = offers.get(session, offer_id)
        assert found
        checking_answers.note_result(session, found, CURATOR, result, method, now=work.now(), today=work.today())


def test_a_provider_is_asked_when_the_check_is_half_a_year_old(work: Work) -> None:
    make(work, check=Check(TODAY - 180 * DAY))
    due = make(work)
    Worker(work).do_all()
    # The first is not due yet, but soon: it goes into the same mail.
    assert len(mails(work)) == 1
    assert due in [request.offer_id for request in requests(work)]


def test_nobody_is_asked_before_anything_is_due(work: Work) -> None:
    make(work, check=Check(TODAY - 180 * DAY))
    Worker(work).do_all()
    assert mails(work) == []


def test_the_mail_says_what_the_offer_says_and_leads_to_its_page(work: Work) -> None:
    make(work)
    Worker(work).do_all()
    words = mails(work)[0].words
    assert "Deutschkurs am Abend" in words
    assert "Musterschule, Beispielweg 4, 79761 Waldshut-Tiengen" in words
    assert words.count("http://127.0.0.1:8000/de/confirm/") == 1


def test_a_secret_address_stands_in_no_mail(work: Work) -> None:
    secret = VenueDraft("Haus", "Geheimweg 1", "79761", "Waldshut-Tiengen", "tiengen", confidential=True)
    make(work, venue=secret)
    Worker(work).do_all()
    assert "Geheimweg" not in mails(work)[0].words


def test_offers_of_one_address_are_asked_about_in_one_mail(work: Work) -> None:
    for number in range(5):
        make(work, f"Kurs {number}", contacts=box("Kurse@example.org" if number % 2 else "kurse@example.org"))
    make(work, "Anderer", contacts=box("andere@example.org"))
    Worker(work).do_all()
    assert len(mails(work)) == 2
    assert all(f"Kurs {number}" in mails(work)[0].words for number in range(5))


@pytest.mark.parametrize(
    ("spoken", "expected"), [((), "de"), (("de", "ar"), "de"), (("ar", "de"), "de"), (("ar",), "ar"), (("xx",), "de")]
)
def test_the_mail_is_german_unless_that_is_not_spoken(work: Work, spoken: tuple[str, ...], expected: str) -> None:
    make(work, contacts=box("kurse@example.org", *spoken))
    Worker(work).do_all()
    assert mails(work)[0].language == expected
    assert f"/{expected}/confirm/" in mails(work)[0].words


def test_a_rule_of_the_topic_decides_how_often(work: Work) -> None:
    with work.database.transaction() as session:
        session.add(CheckRule(topic="language", days=30))
    make(work, check=Check(TODAY - 31 * DAY))
    make(work, "Wohnen", topics=("housing",), check=Check(TODAY - 31 * DAY), contacts=box("wohnen@example.org"))
    Worker(work).do_all()
    assert [mail.to for mail in mails(work)] == ["kurse@example.org"]


def test_a_topic_may_be_asked_about_seldom(work: Work) -> None:
    with work.database.transaction() as session:
        session.add(CheckRule(topic="language", days=365))
    make(work)
    Worker(work).do_all()
    assert mails(work) == []


def test_what_was_never_checked_is_due(work: Work) -> None:
    make(work, check=Check())
    Worker(work).do_all()
    assert len(mails(work)) == 1


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.WITHDRAWN])
def test_nobody_is_asked_about_what_visitors_do_not_see(work: Work, state: State) -> None:
    make(work, state=state)
    Worker(work).do_all()
    assert requests(work) == []


def test_nobody_is_asked_whether_what_is_over_is_right(work: Work) -> None:
    make(work, ends_on=TODAY - DAY)
    make(work, valid_until=TODAY - DAY)
    Worker(work).do_all()
    assert requests(work) == []


def test_a_full_pool_is_asked_about_over_several_days_the_oldest_first(work: Work, clock: Clock) -> None:
    for number in range(7):
        made = Check(TODAY - timedelta(days=200 + number))
        make(work, f"Kurs {number}", contacts=box(f"kurs{number}@example.org"), check=made)
    with work.database.transaction() as session:
        assert checking.ask_due(session, asking(work), work.now(), most=3) == 3
    assert {mail.to for mail in mails(work)} == {f"kurs{number}@example.org" for number in (4, 5, 6)}


def test_without_a_mailbox_the_working_group_is_asked_to_call_at_once(work: Work) -> None:
    make(work, contacts=(ContactDraft(ContactKind.PHONE, "+493023125120"),))
    Worker(work).do_all()
    assert mails(work) == []
    assert [request.to_call_at for request in requests(work)] == [NOW]


def test_the_whole_way_from_due_to_hidden(work: Work, clock: Clock) -> None:
    offer_id = make(work)
    Worker(work).do_all()
    assert len(mails(work)) == 1

    days(work, clock, 20)
    assert len(mails(work)) == 1
    days(work, clock, 1)
    assert len(mails(work)) == 2  # the reminder

    days(work, clock, 13)
    assert requests(work)[0].to_call_at is None
    days(work, clock, 1)
    assert requests(work)[0].to_call_at is not None

    days(work, clock, 41)
    assert not freshness.call_first(LONG_AGO.on, TODAY, offer(work, offer_id).call_first_since)
    days(work, clock, 1)
    assert offer(work, offer_id).call_first_since == work.today()

    clock.now = NOW + timedelta(days=364)
    Worker(work).do_all()
    assert offer(work, offer_id).state == State.PUBLISHED
    days(work, clock, 1)
    found = offer(work, offer_id)
    assert (found.state, found.withdrawn_why) == (State.WITHDRAWN, lapsing.UNCHECKED)
    assert len(mails(work)) == 2
    assert len(requests(work)) == 1
    assert len(work.indexer().engine.ids()) == 0

    call(work, offer_id, Result.RIGHT)
    found = offer(work, offer_id)
    assert (found.state, found.checked_on, found.checked_by) == (State.PUBLISHED, work.today(), "Frau Muster")
    assert not freshness.is_doubted(found.checked_on, found.call_first_since)


def test_a_helpline_is_neither_called_nor_doubted_nor_hidden_for_want_of_an_answer(work: Work, clock: Clock) -> None:
    silent = make(work, "112", topics=("hotline",), contacts=(ContactDraft(ContactKind.PHONE, "112"),))
    asked = make(work, "Hilfetelefon", topics=("hotline", "violence"))
    for _ in range(6):
        days(work, clock, 100)
    assert [request.offer_id for request in requests(work)] == [asked]
    for offer_id in (silent, asked):
        assert offer(work, offer_id).state == State.PUBLISHED
        assert offer(work, offer_id).call_first_since is None


def test_the_reminder_has_a_link_that_is_good_and_another_subject(work: Work, clock: Clock) -> None:
    make(work)
    days(work, clock, 22)
    first, second = mails(work)
    assert first.subject != second.subject
    assert "/de/confirm/" in second.words


def test_a_call_in_vain_is_logged_and_the_offer_stays_on_the_list(work: Work, clock: Clock) -> None:
    offer_id = make(work, contacts=())
    Worker(work).do_all()
    call(work, offer_id, Result.NOBODY)
    call(work, offer_id, Result.NOBODY)
    with work.database.reading() as session:
        assert checking_answers.calls_in_vain(session, [offer_id], NOW) == {offer_id: (2, NOW)}
        assert checking_answers.open_request(session, offer_id)


def test_a_call_that_all_is_right_ends_the_question(work: Work, clock: Clock) -> None:
    offer_id = make(work, contacts=())
    Worker(work).do_all()
    call(work, offer_id, Result.RIGHT, CheckMethod.VISIT)
    found = offer(work, offer_id)
    assert (found.checked_on, found.checked_how) == (TODAY, CheckMethod.VISIT)
    assert requests(work)[0].answer == Answer.CALLED


def test_a_call_that_it_is_gone_takes_it_off_the_pages(work: Work) -> None:
    offer_id = make(work)
    call(work, offer_id, Result.GONE)
    assert (offer(work, offer_id).state, offer(work, offer_id).withdrawn_why) == (State.WITHDRAWN, "gone")


def test_what_is_being_changed_stays_on_the_list(work: Work) -> None:
    offer_id = make(work, contacts=())
    Worker(work).do_all()
    call(work, offer_id, Result.CHANGED)
    assert requests(work)[0].answered_at is None


def test_an_offer_checked_otherwise_is_not_reminded_of(work: Work, clock: Clock) -> None:
    offer_id = make(work)
    Worker(work).do_all()
    clock.on(days=5)
    with work.database.transaction() as session:
        found = session.get_one(Offer, offer_id)
        found.checked_on = work.today()
    days(work, clock, 30)
    assert len(mails(work)) == 1
    assert requests(work)[0].answer == Answer.CALLED


def test_a_check_is_no_edit(work: Work) -> None:
    offer_id = make(work)
    with work.database.transaction() as session:
        found = session.get_one(Offer, offer_id)
        found.imported_version = found.version + 1
    before = offer(work, offer_id)
    call(work, offer_id, Result.RIGHT)
    after = offer(work, offer_id)
    assert after.imported_version == after.version
    assert after.edited_at == before.edited_at


def test_every_check_is_in_the_log_and_in_the_history(work: Work) -> None:
    offer_id = make(work)
    call(work, offer_id, Result.RIGHT)
    with work.database.reading() as session:
        entry = session.scalars(select(LogEntry).where(LogEntry.action == "checked")).one()
        versions = log.versions(session, offer_id)
    assert entry.who == "Frau Muster"
    assert entry.before["on"] == (TODAY - 181 * DAY).isoformat()
    assert entry.after["how"] == "phone"
    assert [version.content["check"]["on"] for version in versions] == [
        TODAY.isoformat(),
        (TODAY - 181 * DAY).isoformat(),
    ]


def test_the_provider_says_right_with_free_places(work: Work) -> None:
    offer_id = make(work)
    Worker(work).do_all()
    with work.database.transaction() as session:
        request = checking_answers.open_request(session, offer_id)
        found = offers.get(session, offer_id)
        assert request
        assert found
        checking_answers.say_right(session, request, found, Room(4, "etwa 2 Wochen"), now=NOW, today=TODAY)
    found = offer(work, offer_id)
    assert (found.checked_on, found.checked_how, found.checked_by) == (TODAY, CheckMethod.PROVIDER, "")
    assert (found.free_places, found.waiting, found.capacity_as_of) == (4, "etwa 2 Wochen", TODAY)


def test_a_change_told_by_the_provider_waits_for_a_review_which_is_the_check(work: Work, clock: Clock) -> None:
    offer_id = make(work)
    Worker(work).do_all()
    with work.database.transaction() as session:
        request = checking_answers.open_request(session, offer_id)
        found = offers.get(session, offer_id)
        assert request
        assert found
        edit = checking_answers.say_changed(
            session, request, found, {"times": "Di 19-20 Uhr"}, "Neue Zeit", now=NOW, region=work.region
        )
    assert offer(work, offer_id).checked_on == LONG_AGO.on
    days(work, clock, 100)
    assert len(mails(work)) == 1
    with work.database.transaction() as session:
        outcome = review.publish(session, session.merge(edit), CURATOR, now=work.now(), region=work.region)
        assert isinstance(outcome, review.Published)
    found = offer(work, offer_id)
    assert (found.checked_how, found.checked_on, found.checked_by) == (CheckMethod.PROVIDER, TODAY, "")
    assert found.schedule[0].weekdays == (1,)


def test_a_provider_who_says_gone_has_visitors_call_first_until_the_group_agrees(work: Work, clock: Clock) -> None:
    offer_id = make(work)
    Worker(work).do_all()
    with work.database.transaction() as session:
        request = checking_answers.open_request(session, offer_id)
        found = offers.get(session, offer_id)
        assert request
        assert found
        checking_answers.say_gone(session, request, found, now=NOW, today=TODAY)
    assert offer(work, offer_id).state == State.PUBLISHED
    assert freshness.is_doubted(LONG_AGO.on, offer(work, offer_id).call_first_since)
    days(work, clock, 60)
    assert len(mails(work)) == 1
    call(work, offer_id, Result.GONE)
    assert offer(work, offer_id).withdrawn_why == "gone"


def test_a_doubted_offer_sinks_and_says_so(work: Work) -> None:
    # The others' words fit as well; only the doubt tells them apart.
    first = make(work, check=Check(TODAY - 10 * DAY))
    second = make(work, check=Check(TODAY - 10 * DAY))
    indexer = work.indexer()
    indexer.rebuild()

    def order() -> list[int]:
        assert work._search
        asked = Asked("Deutschkurs am Abend", "de", TODAY)
        return [hit.offer_id for hit in work_find(work, asked)]

    before = order()
    with work.database.transaction() as session:
        found = offers.get(session, before[0])
        assert found
        checking_answers.doubt(session, found, TODAY)
    work.indexer().drain()
    assert set(before) == {first, second}
    assert order() == before[::-1]


def work_find(work: Work, asked: Asked) -> list[object]:
    from infopool.search import finding

    assert work._search
    return list(finding.find(work._search[1], asked).hits)


def test_a_course_leaves_the_results_by_itself_the_day_after_its_end(work: Work) -> None:
    make(work, ends_on=TODAY, check=Check(TODAY))
    work.indexer().rebuild()
    assert len(work_find(work, Asked("Deutschkurs", "de", TODAY))) == 1
    assert work_find(work, Asked("Deutschkurs", "de", TODAY + DAY)) == []


def test_a_course_is_asked_for_its_next_date_three_weeks_before_its_end(work: Work, clock: Clock) -> None:
    make(work, ends_on=TODAY + 22 * DAY, check=Check(TODAY))
    Worker(work).do_all()
    assert mails(work) == []
    days(work, clock, 1)
    assert [request.reason for request in requests(work)] == [Reason.NEXT_DATE]
    days(work, clock, 40)
    assert len(mails(work)) == 1
    assert requests(work)[0].answer == Answer.LAPSED
    with work.database.reading() as session:
        assert session.scalars(select(Offer.state)).one() == State.PUBLISHED


def test_a_course_without_an_answer_is_called_before_it_ends(work: Work, clock: Clock) -> None:
    make(work, ends_on=TODAY + 21 * DAY, check=Check(TODAY))
    days(work, clock, 14)
    assert requests(work)[0].to_call_at is not None


def test_a_course_that_got_its_next_date_is_asked_again_before_that_one(work: Work, clock: Clock) -> None:
    offer_id = make(work, ends_on=TODAY + 21 * DAY, check=Check(TODAY))
    Worker(work).do_all()
    with work.database.transaction() as session:
        session.get_one(Offer, offer_id).ends_on = TODAY + 130 * DAY
    days(work, clock, 1)
    assert requests(work)[0].answer == Answer.CALLED
    clock.now = NOW + 110 * DAY
    Worker(work).do_all()
    assert [request.reason for request in requests(work)] == [Reason.NEXT_DATE, Reason.NEXT_DATE]


def test_the_database_refuses_a_second_open_question(work: Work) -> None:
    offer_id = make(work)

    def twice() -> None:
        with work.database.transaction() as session:
            for _ in range(2):
                session.add(CheckRequest(offer_id=offer_id, address="", asked_at=NOW))

    with pytest.raises(IntegrityError):
        twice()


STEPS = st.lists(
    st.sampled_from(["day", "month", "half-year", "right", "gone", "nobody", "check", "work", "work"]), max_size=14
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_happens_no_offer_is_asked_twice(make_work: MakeWork, clock: Clock, steps: list[str]) -> None:
    work = make_work()
    with work.database.transaction() as session:
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(table.delete())
    clock.now = NOW
    ids = [make(work, f"Kurs {number}", contacts=box(f"k{number % 2}@example.org")) for number in range(3)]
    spans = {"day": 1, "month": 30, "half-year": 181}
    for number, step in enumerate(steps):
        offer_id = ids[number % 3]
        if step in spans:
            clock.on(days=spans[step])
        elif step == "work":
            Worker(work).do_all()
        elif step == "check":
            with work.database.transaction() as session:
                session.get_one(Offer, offer_id).checked_on = work.today()
        else:
            call(work, offer_id, Result(step))
    with work.database.reading() as session:
        openly = select(CheckRequest.offer_id, func.count()).where(CheckRequest.answered_at.is_(None))
        assert all(count == 1 for _, count in session.execute(openly.group_by(CheckRequest.offer_id)))
        asked: dict[int, list[CheckRequest]] = {}
        for request in session.scalars(select(CheckRequest).order_by(CheckRequest.asked_at)):
            asked.setdefault(request.offer_id, []).append(request)
    for theirs in asked.values():
        for earlier, later in pairwise(theirs):
            assert earlier.answered_at
            assert later.asked_at - earlier.answered_at >= checking.REST


def test_asking_again_after_a_crash_asks_nobody_a_second_time(work: Work) -> None:
    make(work)
    for _ in range(3):
        with work.database.transaction() as session:
            checking.ask_due(session, asking(work), work.now())
    assert len(mails(work)) == 1


def test_nothing_of_it_stays_out_of_the_index(work: Work, clock: Clock) -> None:
    make(work)
    days(work, clock, 80)
    with work.database.reading() as session:
        assert session.scalars(select(IndexTask)).all() == []
        assert session.scalars(select(OfferVersion)).all() is not None
