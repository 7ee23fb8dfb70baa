"""The provider's way: from the mail through its link to what visitors and curators see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from infopool import languages
from infopool.curation import signing
from infopool.curation.checking_answers import Answer
from infopool.curation.models import CheckRequest, Edit, LogEntry
from infopool.db import Database
from infopool.directory import offers
from infopool.directory.drafts import Capacity, Check, ContactDraft
from infopool.directory.facts import CheckMethod, ContactKind, State
from infopool.directory.models import Offer
from infopool.jobs.work import Work
from infopool.jobs.worker import Worker
from infopool.search import finding
from infopool.web import confirming
from infopool.web.app import build_app
from tests.conftest import TODAY
from tests.jobs.conftest import Clock, MakeWork
from tests.jobs.offices import Office, open_office
from tests.making import an_offer
from tests.web.pages import Page, PageClient

BOX = "kurse@traeger-im-landkreis.de"
LONG_AGO = Check(TODAY - timedelta(days=200), "Arbeitskreis", CheckMethod.PHONE)
SAME = {"Sec-Fetch-Site": "same-origin"}
FOREIGN = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}


@pytest.fixture(autouse=True)
def _calm() -> None:
    confirming.throttle.forget()


@pytest.fixture
def office() -> Iterator[Office]:
    with open_office() as office:
        yield office


@pytest.fixture
def work(make_work: MakeWork, office: Office) -> Work:
    return make_work(mail_url=office.url)


@pytest.fixture
def site(work: Work, clock: Clock) -> Flask:
    app = build_app(work.settings, clock)
    finding.indexer(app.extensions["infopool"].search, work.database).rebuild()
    return app


@pytest.fixture
def provider(site: Flask) -> PageClient:
    return PageClient(site)


def box(*languages: str) -> tuple[ContactDraft, ...]:
    phone = ContactDraft(ContactKind.PHONE, "+493023125120")
    return (phone, ContactDraft(ContactKind.EMAIL, BOX, "", languages))


def make(work: Work, title: str = "Deutschkurs am Abend", **facts: object) -> int:
    with work.database.transaction() as session:
        return an_offer(session, title, **{"check": LONG_AGO, "contacts": box(), **facts}).id  # type: ignore[arg-type]


def link(work: Work, office: Office) -> str:
    """The path behind the one link of the last mail."""
    Worker(work).do_all()
    found = re.findall(r"http://127\.0\.0\.1:8000(/\S+)", office.taken[-1].get_content())
    assert len(found) == 1
    return str(found[0])


def send(provider: PageClient, path: str, status: int = 303, **form: str) -> Page | None:
    answer = provider.raw.post(path, data=form, headers=SAME)
    assert answer.status_code == status, answer.status_code
    if status == 303:
        return provider.get(answer.headers["Location"])
    return provider.inspected(answer, path, status)


def stored(database: Database, offer_id: int) -> Offer:
    with database.reading() as session:
        found = offers.get(session, offer_id)
        assert found
        return found


def request(database: Database) -> CheckRequest:
    with database.reading() as session:
        return session.scalars(select(CheckRequest)).one()


def inner(work: Work, path: str) -> str:
    """The path of the only offer behind a link."""
    return f"{path}/{request(work.database).id}"


def test_one_click_confirms_an_offer_for_everybody_to_see(work: Work, office: Office, provider: PageClient) -> None:
    offer_id = make(work)
    path = link(work, office)
    page = provider.get(path)
    assert "Deutschkurs am Abend" in page.text
    page = send(provider, page.root.find("form")[0]["action"])
    assert page
    found = stored(work.database, offer_id)
    assert (found.checked_on, found.checked_how) == (TODAY, CheckMethod.PROVIDER)
    assert "Vom Träger bestätigt" in provider.get(f"/de/offers/{offer_id}").text
    cards = provider.get("/de/search?q=Deutschkurs").cards
    assert "Vom Träger bestätigt" in cards[0].text


def test_looking_changes_nothing(work: Work, office: Office, provider: PageClient) -> None:
    offer_id = make(work)
    path = link(work, office)
    before = stored(work.database, offer_id).version
    one = inner(work, path)
    for address in (path, one, f"{one}/change", f"{one}/gone"):
        provider.get(address)
        assert provider.raw.head(address).status_code == 200
        assert provider.raw.options(address).status_code == 200
    assert stored(work.database, offer_id).version == before
    assert request(work.database).answer == Answer.NONE


def test_free_places_and_waiting_time_come_with_the_same_click(
    work: Work, office: Office, provider: PageClient
) -> None:
    offer_id = make(work)
    path = inner(work, link(work, office))
    send(provider, path, free_places="0", waiting="3", unit="months")
    found = stored(work.database, offer_id)
    assert (found.free_places, found.waiting, found.capacity_as_of) == (0, "etwa 3 Monate", TODAY)


def test_free_places_that_are_not_told_stay_as_they_are(work: Work, office: Office, provider: PageClient) -> None:
    offer_id = make(work, capacity=Capacity(5, "kurz", TODAY - timedelta(days=3)))
    send(provider, inner(work, link(work, office)), free_places="", waiting="")
    assert (stored(work.database, offer_id).free_places, stored(work.database, offer_id).waiting) == (5, "kurz")


WRONG = ["-1", "viele", "1000", "1e3", "٣", "4" * 5000, "\x00", "<script>", "3.5"]


@pytest.mark.parametrize("field", ["free_places", "waiting"])
def test_a_number_that_is_none_is_told_at_its_field(
    work: Work, office: Office, provider: PageClient, field: str
) -> None:
    make(work)
    path = inner(work, link(work, office))
    for typed in WRONG:
        page = send(provider, path, 400, **{field: typed})
        assert page
        assert [one["name"] for one in page.root.find("input") if one["aria-invalid"]] == [field], typed
    assert request(work.database).answer == Answer.NONE


def test_a_change_goes_to_the_working_group_and_nowhere_else(work: Work, office: Office, provider: PageClient) -> None:
    offer_id = make(work)
    path = inner(work, link(work, office))
    form = provider.get(f"{path}/change").root.find("form")[0]
    fields = {one["name"]: one["value"] for one in form.find("input")}
    page = send(provider, f"{path}/change", **(fields | {"times": "Di 19-20 Uhr", "note": "Jetzt dienstags."}))
    assert page
    with work.database.reading() as session:
        edit = session.scalars(select(Edit)).one()
    assert (edit.origin, edit.state, edit.offer_id, edit.note) == (
        "provider",
        "in-review",
        offer_id,
        "Jetzt dienstags.",
    )
    assert edit.fields["times"] == "Di 19-20 Uhr"
    assert edit.fields["title"] == "Deutschkurs am Abend"
    assert stored(work.database, offer_id).schedule == ()
    assert request(work.database).answer == Answer.CHANGE


def test_only_the_fields_of_the_page_can_be_changed(work: Work, office: Office, provider: PageClient) -> None:
    make(work)
    path = inner(work, link(work, office))
    send(
        provider, f"{path}/change", note="x", title="Gekapert", state="published", working_group="work", topics="asylum"
    )
    with work.database.reading() as session:
        edit = session.scalars(select(Edit)).one()
    assert edit.fields["title"] == "Deutschkurs am Abend"
    assert edit.working_group == "education"
    assert "asylum" not in edit.fields["topics"]


def test_a_change_that_says_nothing_is_asked_for_again(work: Work, office: Office, provider: PageClient) -> None:
    make(work)
    path = inner(work, link(work, office))
    page = send(provider, f"{path}/change", 400, note="  ")
    assert page
    assert "Bitte" in page.text or "Please" in page.text


HOSTILE = [
    "x" * 5000,
    "\x00\x07",
    "<script>alert(1)</script>",
    "أهلا 你好 👩🏽",
    "a\ud800b",
    "\u202egnp.exe",
    "%(x)s {{7*7}}",
]


@pytest.mark.parametrize("field", ["note", "times", "emails"])
def test_whatever_is_typed_is_kept_or_answered_with_a_sentence(
    work: Work, office: Office, provider: PageClient, field: str
) -> None:
    make(work)
    path = inner(work, link(work, office))
    for typed in HOSTILE:
        form = {field: typed.encode("utf-8", "surrogatepass")}
        answer = provider.raw.post(f"{path}/change", data=form, headers=SAME)
        assert answer.status_code in (303, 400), typed[:20]
        assert b"<script>alert" not in answer.data
        with work.database.transaction() as session:
            asked = session.scalars(select(CheckRequest)).one()
            asked.answer, asked.answered_at = Answer.NONE, None


def test_gone_is_asked_once_more_and_then_left_to_the_working_group(
    work: Work, office: Office, provider: PageClient
) -> None:
    offer_id = make(work)
    path = inner(work, link(work, office))
    provider.get(f"{path}/gone")
    send(provider, f"{path}/gone")
    assert stored(work.database, offer_id).state == State.PUBLISHED
    assert (
        "rufen Sie" in provider.get(f"/de/offers/{offer_id}").text or stored(work.database, offer_id).call_first_since
    )
    assert (request(work.database).answer, request(work.database).answered_at) == (Answer.GONE, None)


def test_an_answer_is_given_once(work: Work, office: Office, provider: PageClient) -> None:
    offer_id = make(work)
    path = inner(work, link(work, office))
    send(provider, path, free_places="4")
    send(provider, path, free_places="9")
    send(provider, f"{path}/gone")
    send(provider, f"{path}/change", note="noch etwas")
    assert stored(work.database, offer_id).free_places == 4
    assert request(work.database).answer == Answer.RIGHT
    with work.database.reading() as session:
        assert session.scalars(select(Edit)).all() == []


def test_a_used_link_still_says_thank_you(work: Work, office: Office, provider: PageClient) -> None:
    make(work)
    path = link(work, office)
    send(provider, inner(work, path))
    for address in (path, inner(work, path), inner(work, path) + "/change", inner(work, path) + "/gone"):
        page = provider.get(address)
        assert page.root.find("form") == []
        assert page.heading == "Danke"


def test_several_offers_are_confirmed_by_one_click(work: Work, office: Office, provider: PageClient) -> None:
    ids = [make(work, f"Kurs {number}") for number in range(4)]
    path = link(work, office)
    page = provider.get(path)
    assert all(f"Kurs {number}" in page.text for number in range(4))
    send(provider, path)
    assert {stored(work.database, offer_id).checked_on for offer_id in ids} == {TODAY}


def test_of_several_offers_each_can_be_answered_by_itself(work: Work, office: Office, provider: PageClient) -> None:
    first, second = make(work, "Kurs 1"), make(work, "Kurs 2")
    path = link(work, office)
    address = next(address for words, address in provider.get(path).links("Kurs 2").items())
    send(provider, address)
    assert stored(work.database, first).checked_on == LONG_AGO.on
    assert stored(work.database, second).checked_on == TODAY


FORGED = ["x", "a.b.c", "%00", "\u202e", "W10", "x" * 3000]


@pytest.mark.parametrize("more", ["", "/1", "/1/change", "/1/gone", "/2147483647"])
def test_a_forged_link_leads_to_a_kind_page_with_a_number(provider: PageClient, more: str) -> None:
    for token in FORGED:
        assert "030 23125001" in provider.get(f"/de/confirm/{token}{more}", 410).text
        assert provider.raw.post(f"/de/confirm/{token}{more}", headers=SAME).status_code == 410


def test_a_link_is_over_after_sixty_days(work: Work, office: Office, provider: PageClient, clock: Clock) -> None:
    make(work)
    path = link(work, office)
    clock.on(days=signing.GOOD_FOR.days)
    provider.get(path)
    clock.on(days=1)
    provider.get(path, 410)
    assert provider.raw.post(inner(work, path), headers=SAME).status_code == 410


def test_a_link_opens_only_what_it_was_made_for(work: Work, office: Office, provider: PageClient) -> None:
    make(work)
    path = link(work, office)
    with work.database.transaction() as session:
        other = an_offer(session, "Fremd")
        session.add(CheckRequest(offer_id=other.id, address="x@y.de", asked_at=work.now(), answer=""))
        session.flush()
        foreign = session.scalars(select(CheckRequest.id).where(CheckRequest.offer_id == other.id)).one()
    provider.get(f"{path}/{foreign}", 410)
    assert provider.raw.post(f"{path}/{foreign}", headers=SAME).status_code == 410
    assert provider.raw.post(f"{path}/{foreign}/gone", headers=SAME).status_code == 410


def test_a_form_from_elsewhere_is_refused(work: Work, office: Office, provider: PageClient) -> None:
    offer_id = make(work)
    path = link(work, office)
    for address in (path, *(inner(work, path) + more for more in ("", "/gone", "/change"))):
        assert provider.raw.post(address, data={"note": "x"}, headers=FOREIGN).status_code == 403
    assert stored(work.database, offer_id).checked_on == LONG_AGO.on
    assert request(work.database).answer == Answer.NONE


def test_nothing_of_it_is_kept_by_anybody(work: Work, office: Office, provider: PageClient) -> None:
    make(work)
    path = link(work, office)
    for address in (path, inner(work, path), inner(work, path) + "/change"):
        answer = provider.get(address).response
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
        assert 'name="robots" content="noindex"' in answer.get_data(as_text=True)
        assert "canonical" not in answer.get_data(as_text=True)


def test_the_link_leads_to_the_language_of_the_mail(work: Work, office: Office, provider: PageClient) -> None:
    make(work, contacts=box("ar"))
    path = link(work, office)
    assert path.startswith("/ar/confirm/")
    assert office.taken[-1]["Content-Language"] == "ar"
    assert provider.get(path).root.find("html")[0]["dir"] == "rtl"


def test_every_language_has_all_of_these_pages(work: Work, office: Office, provider: PageClient) -> None:
    make(work)
    path = link(work, office)
    for language in languages.offered():
        mine = path.replace("/de/", f"/{language.tag}/")
        one = inner(work, mine)
        for address in (mine, one, f"{one}/change", f"{one}/gone"):
            assert len(provider.get(address).html) < 30_000


def test_a_course_tells_its_next_date(work: Work, office: Office, provider: PageClient) -> None:
    offer_id = make(work, ends_on=TODAY + timedelta(days=10), check=Check(TODAY))
    path = inner(work, link(work, office))
    send(provider, f"{path}/change", starts_on="12.1.2027", ends_on="30.6.2027")
    with work.database.reading() as session:
        edit = session.scalars(select(Edit)).one()
    assert (edit.offer_id, edit.fields["ends_on"]) == (offer_id, "30.6.2027")


def test_what_a_provider_did_is_in_the_log(work: Work, office: Office, provider: PageClient) -> None:
    make(work)
    send(provider, inner(work, link(work, office)))
    with work.database.reading() as session:
        entry = session.scalars(select(LogEntry).where(LogEntry.action == "checked")).one()
    assert (entry.who, entry.curator_id) == ("provider", None)
