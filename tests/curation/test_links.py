"""Web addresses in offers."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from infopool.curation import links
from infopool.curation.models import Curator, Link, LogEntry, Role
from infopool.db import Database
from infopool.directory import offers
from infopool.directory.drafts import ContactDraft, ProviderDraft
from infopool.directory.facts import ContactKind, State
from infopool.messages import Problem
from tests.conftest import NOW, TODAY
from tests.making import a_text, an_offer

OLD = "https://kurse.stadt-muster.de/deutsch"
NEW = "https://www.stadt-muster.de/kurse"


def site(url: str = OLD) -> tuple[ContactDraft, ...]:
    return (ContactDraft(ContactKind.WEBSITE, url),)


def test_addresses_are_found_in_contacts_providers_and_texts(database: Database) -> None:
    with database.transaction() as session:
        contact = an_offer(session, "A", contacts=site()).id
        provider = an_offer(session, "B", provider=ProviderDraft("Träger B", website=OLD)).id
        text = an_offer(session, "C", texts=(a_text("C", description=f"Siehe {OLD}."),)).id
        an_offer(session, "D", contacts=site(), state=State.WITHDRAWN)
        assert links.used(session)[OLD] == {contact, provider, text}


def test_addresses_kept_for_examples_are_never_asked(database: Database) -> None:
    with database.transaction() as session:
        an_offer(session, contacts=site("https://kurse.example.org/x"))
        assert links.note_used(session) == 0


def test_an_address_nobody_uses_any_more_is_forgotten(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session, contacts=site())
        links.note_used(session)
        offer.contacts.clear()
        session.flush()
        links.note_used(session)
        assert session.scalars(select(Link)).all() == []


def ask(database: Database, good: bool | None, days: int) -> None:
    with database.transaction() as session:
        (link,) = session.scalars(select(Link))
        links.note_answer(
            session, link.id, good=good, status=404, leads_to="", fault="status", now=NOW + timedelta(days=days)
        )


def failing(database: Database) -> int:
    with database.reading() as session:
        return links.find(session, TODAY).total


def test_curators_hear_of_it_after_the_second_failure(database: Database) -> None:
    with database.transaction() as session:
        an_offer(session, contacts=site())
        links.note_used(session)
    ask(database, False, 0)
    assert failing(database) == 0
    ask(database, None, 1)
    assert failing(database) == 0
    ask(database, False, 2)
    assert failing(database) == 1
    ask(database, True, 3)
    assert failing(database) == 0


def test_good_ones_are_asked_weekly_and_failing_ones_daily(database: Database) -> None:
    with database.transaction() as session:
        an_offer(session, contacts=site())
        links.note_used(session)
    ask(database, True, 0)
    with database.reading() as session:
        assert links.due(session, NOW + timedelta(days=6), 10) == []
        assert links.due(session, NOW + timedelta(days=7), 10)
    ask(database, False, 7)
    with database.reading() as session:
        assert links.due(session, NOW + timedelta(days=8), 10)


def test_no_host_is_asked_twice_running() -> None:
    urls = [(number, f"https://{'a' if number < 4 else 'b'}.example/{number}") for number in range(6)]
    hosts = [links.host_of(url) for _, url in links.by_host(urls)]
    assert hosts[:4] == ["a.example", "b.example", "a.example", "b.example"]


def replaced(database: Database, new: str, groups: tuple[str, ...] = ("education",)) -> links.Replaced | Problem:
    with database.transaction() as session:
        me = Curator(email="a@example.org", name="Frau Muster", role=Role.CURATOR, groups=groups, invited_at=NOW)
        session.add(me)
        session.flush()
        return links.replace_everywhere(session, OLD, new, me, now=NOW)


def test_an_address_is_replaced_in_contacts_and_in_every_text(database: Database) -> None:
    with database.transaction() as session:
        texts = (a_text("A", description=f"Siehe {OLD}, danke."), a_text("A", "en", description=f"See {OLD}"))
        number = an_offer(session, "A", contacts=site(), texts=texts).id
    assert replaced(database, NEW) == links.Replaced((number,), ())
    with database.reading() as session:
        offer = offers.get(session, number)
        assert offer
        assert [contact.value for contact in offer.contacts] == [NEW]
        assert {text.description for text in offer.texts} == {f"Siehe {NEW}, danke.", f"See {NEW}"}
        assert not any(offers.is_outdated(offer, text) for text in offer.texts)
        assert [entry.action for entry in session.scalars(select(LogEntry))] == [links.REPLACED]


def test_a_longer_address_that_begins_alike_stays(database: Database) -> None:
    longer = f"{OLD}/b1"
    with database.transaction() as session:
        number = an_offer(session, "A", contacts=site(), texts=(a_text("A", description=f"{longer} und {OLD}"),)).id
    replaced(database, NEW)
    with database.reading() as session:
        offer = offers.get(session, number)
        assert offer
        assert offer.texts[0].description == f"{longer} und {NEW}"


def test_another_groups_offer_is_left_and_named(database: Database) -> None:
    with database.transaction() as session:
        number = an_offer(session, "A", contacts=site()).id
    assert replaced(database, NEW, groups=("housing",)) == links.Replaced((), (number,))


def test_what_is_no_address_is_refused(database: Database) -> None:
    for nonsense in ("", "javascript:alert(1)", "https://a b", "x" * 600):
        with database.transaction() as session:
            session.query(Curator).delete()
        assert isinstance(replaced(database, nonsense), Problem)
