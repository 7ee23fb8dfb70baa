"""Offers translated by a machine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from infopool.curation.machine_translation import Budget, MachineReport, cannot, translate_offers
from infopool.curation.machines import DeepL, Translate
from infopool.db import Database
from infopool.directory import offers, translations
from infopool.directory.drafts import TextDraft
from infopool.directory.facts import Origin, State
from infopool.directory.regions import load_region
from infopool.directory.translations import Handed, Outcome
from infopool.messages import Message
from tests.conftest import NOW
from tests.curation.services import KEY, Service
from tests.making import a_draft, a_text, an_offer


def deepl(service: Service) -> DeepL:
    return DeepL(service.address, KEY, lambda seconds: None)


def run(database: Database, machine: Translate, *, characters: int = 10_000, **how: object) -> MachineReport:
    budget = Budget(database, characters)
    return translate_offers(database, machine, "ar", budget=budget, now=NOW, **how)  # type: ignore[arg-type]


def arabic(database: Database, offer_id: int) -> TextDraft | None:
    with database.reading() as session:
        offer = offers.get(session, offer_id)
        assert offer
        return offers.draft_of(offer).text("ar")


def kept(database: Database, title: str = "Deutschkurs am Abend", **facts: object) -> int:
    with database.transaction() as session:
        return an_offer(session, title, **facts).id  # type: ignore[arg-type]


def test_what_a_machine_wrote_says_so(database: Database, service: Service) -> None:
    offer_id = kept(database, texts=(a_text("Kurs", summary="Abends", documents=("Pass", "Zeugnis")),))
    report = run(database, deepl(service))
    assert report.stopped is None
    assert arabic(database, offer_id) == TextDraft(
        "ar", "«Kurs»", "«Abends»", documents=("«Pass»", "«Zeugnis»"), origin=Origin.MACHINE
    )


def test_the_characters_of_the_originals_are_counted(database: Database, service: Service) -> None:
    kept(database, texts=(a_text("Kurs", summary="Abends"),))
    assert run(database, deepl(service)).characters == len("Kurs") + len("Abends")
    assert Budget(database, 100).left("2026-11") == 100 - len("KursAbends")


def test_only_published_offers_are_sent(database: Database, service: Service) -> None:
    kept(database, state=State.DRAFT)
    run(database, deepl(service))
    assert service.asked == []


def test_a_persons_outdated_text_is_left_to_people(database: Database, service: Service) -> None:
    with database.transaction() as session:
        offer = an_offer(session)
        text = TextDraft("ar", "دورة", "ملخص", origin=Origin.TRANSLATED)
        assert translations.take_in(session, Handed(offer.id, text, 1), now=NOW).outcome is Outcome.TAKEN
        words = (a_text("Morgenkurs"), text)
        offers.save(session, a_draft(texts=words), now=NOW, region=load_region("waldshut"), offer=offer)
    run(database, deepl(service))
    assert service.asked == []


def test_a_machines_outdated_text_is_made_anew(database: Database, service: Service) -> None:
    offer_id = kept(database)
    run(database, deepl(service))
    with database.transaction() as session:
        offer = offers.get(session, offer_id)
        assert offer
        draft = a_draft(texts=(a_text("Morgenkurs"), offers.draft_of(offer).texts[1]))
        offers.save(session, draft, now=NOW, region=load_region("waldshut"), offer=offer)
    run(database, deepl(service))
    text = arabic(database, offer_id)
    assert text
    assert (text.title, text.origin) == ("«Morgenkurs»", Origin.MACHINE)


def test_what_is_translated_is_not_paid_for_again(database: Database, service: Service) -> None:
    kept(database)
    run(database, deepl(service))
    assert run(database, deepl(service)).characters == 0


def test_the_budget_ends_the_work_before_anything_is_sent(database: Database, service: Service) -> None:
    kept(database)
    report = run(database, deepl(service), characters=10)
    assert "budget" in str(report.stopped)
    assert service.asked == []
    assert Budget(database, 10).left("2026-11") == 10


def test_the_budget_holds_over_several_runs(database: Database, service: Service) -> None:
    for number in range(3):
        kept(database, f"Kurs {number}", texts=(a_text(f"Kurs {number}", summary=""),))
    assert run(database, deepl(service), characters=13, limit=1).stopped is None
    report = run(database, deepl(service), characters=13)
    assert (report.characters, str(report.stopped)) == (6, "This month’s budget for machine translation is used up.")


def test_a_new_month_brings_a_new_budget(database: Database) -> None:
    budget = Budget(database, 10)
    assert budget.spend(10, "2026-11")
    assert not budget.spend(1, "2026-11")
    assert budget.spend(10, "2026-12")


def test_what_the_service_refused_is_not_counted(database: Database, service: Service) -> None:
    kept(database)
    service.fail(456)
    report = run(database, deepl(service))
    assert report.characters == 0
    assert "used up" in str(report.stopped)
    assert Budget(database, 100).left("2026-11") == 100


def test_what_came_before_a_refusal_is_kept(database: Database) -> None:
    first, second = kept(database, "Erster"), kept(database, "Zweiter")

    def once(texts: Sequence[str], source: str, target: str) -> list[str] | Message:
        return Message("No more.") if "Zweiter" in texts else [f"«{text}»" for text in texts]

    assert str(run(database, once).stopped) == "No more."
    assert arabic(database, first)
    assert arabic(database, second) is None


def test_a_phone_number_a_machine_garbles_is_not_published(database: Database) -> None:
    offer_id = kept(database, texts=(a_text(summary="Telefon 030 23125-120"),))

    def careless(texts: Sequence[str], source: str, target: str) -> list[str] | Message:
        return [text.replace("120", "121") for text in texts]

    report = run(database, careless)
    assert report.done.counted() == {Outcome.REFUSED: 1}
    assert arabic(database, offer_id) is None


@pytest.mark.parametrize(("language", "problem"), [("ar", False), ("de-simple", True)])
def test_easy_language_is_left_to_people(language: str, problem: bool) -> None:
    assert bool(cannot(language)) is problem


def test_the_month_is_that_of_the_moment_given(database: Database, service: Service) -> None:
    kept(database, texts=(a_text("Kurs", summary=""),))
    now = datetime(2027, 1, 1, tzinfo=UTC)
    translate_offers(database, deepl(service), "ar", budget=Budget(database, 100), now=now)
    assert Budget(database, 100).left("2027-01") == 96
