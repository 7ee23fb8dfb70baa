"""The worklist of translators, and taking in what they hand back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from infopool.db import Database
from infopool.directory import intake, offers, translations
from infopool.directory.drafts import OfferDraft, TextDraft
from infopool.directory.facts import Origin, State
from infopool.directory.models import IndexTask, Offer
from infopool.directory.regions import Region, load_region
from infopool.directory.translations import Handed, Need, Outcome, Received
from tests.conftest import NOW
from tests.making import a_draft, a_text, an_offer

ARABIC = TextDraft("ar", "دورة مسائية", "لمن يعملون نهارا", origin=Origin.TRANSLATED)


def handed(offer: Offer, text: TextDraft = ARABIC, **more: Any) -> Handed:
    return Handed(offer.id, text, **{"made_from": 1, **more})


def take_in(session: Session, offer: Offer, text: TextDraft = ARABIC, *, anyway: bool = False, **more: Any) -> Outcome:
    return translations.take_in(session, handed(offer, text, **more), now=NOW, anyway=anyway).outcome


def why(session: Session, given: Handed) -> list[str]:
    return [problem.field for problem in translations.judge(session, given).problems]


def change(session: Session, offer: Offer, title: str, **how: Any) -> None:
    """A curator gives the German text another title; all other texts stay."""
    draft = offers.draft_of(offer)
    texts = tuple(replace(text, title=title) if text.language == "de" else text for text in draft.texts)
    saved = offers.save(
        session, replace(draft, texts=texts), now=NOW, region=load_region("waldshut"), offer=offer, **how
    )
    assert isinstance(saved, offers.Saved)


def arabic_of(offer: Offer) -> Any:
    return next(text for text in offer.texts if text.language == "ar")


def test_an_offer_without_the_language_is_on_the_list(database: Database) -> None:
    with database.transaction() as session:
        an_offer(session)
        assert [row.need for row in translations.worklist(session, "ar")] == [Need.MISSING]


def test_the_language_of_the_original_has_an_empty_list(database: Database) -> None:
    with database.transaction() as session:
        an_offer(session)
        assert translations.worklist(session, "de") == []


def test_published_offers_come_first_and_withdrawn_ones_never(database: Database) -> None:
    with database.transaction() as session:
        an_offer(session, "Entwurf", state=State.DRAFT)
        an_offer(session, "Weg", state=State.WITHDRAWN)
        an_offer(session, "Da")
        assert [row.source.title for row in translations.worklist(session, "ar")] == ["Da", "Entwurf"]


def test_the_list_can_be_cut(database: Database) -> None:
    with database.transaction() as session:
        for number in range(3):
            an_offer(session, f"Kurs {number}")
        assert len(translations.worklist(session, "ar", limit=2)) == 2


def test_a_translation_taken_in_is_off_the_list(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session)
        assert take_in(session, offer) is Outcome.TAKEN
        assert translations.worklist(session, "ar") == []


def test_a_translation_taken_in_is_what_readers_read(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session)
        take_in(session, offer)
    with database.reading() as session:
        again = offers.published(session, offer.id)
        assert again
        assert offers.draft_of(again).text("ar") == ARABIC


def test_the_index_learns_of_a_translation(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session)
        before = tasks(session)
        take_in(session, offer)
        assert tasks(session) == before + 1


def tasks(session: Session) -> int:
    return len(session.scalars(select(IndexTask)).all())


def test_a_changed_original_puts_the_offer_on_the_list_with_what_it_was(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session)
        take_in(session, offer)
        change(session, offer, "Deutschkurs am Morgen")
        change(session, offer, "Deutschkurs am Mittag")
    with database.reading() as session:
        [row] = translations.worklist(session, "ar")
        assert row.need is Need.OUTDATED
        assert row.before
        assert (row.before.title, row.source.title) == ("Deutschkurs am Abend", "Deutschkurs am Mittag")


def test_a_small_correction_puts_nothing_on_the_list(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session)
        take_in(session, offer)
        change(session, offer, "Deutschkurs, abends", small_correction=True)
        assert translations.worklist(session, "ar") == []


def test_a_machines_text_is_on_the_list_only_when_asked_for(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session)
        take_in(session, offer, replace(ARABIC, origin=Origin.MACHINE))
        assert translations.worklist(session, "ar") == []
        assert [row.need for row in translations.worklist(session, "ar", machine=True)] == [Need.MACHINE]


def test_a_translation_of_an_earlier_version_is_refused(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session)
        change(session, offer, "Deutschkurs am Morgen")
        assert why(session, handed(offer)) == ["version"]


def test_a_translation_of_an_earlier_version_is_taken_when_somebody_says_so_and_is_outdated(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session)
        change(session, offer, "Deutschkurs am Morgen")
        assert take_in(session, offer, anyway=True) is Outcome.TAKEN
        assert offers.is_outdated(offer, arabic_of(offer))


def test_a_second_translator_does_not_overwrite_the_first(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session)
        take_in(session, offer)
        assert why(session, handed(offer, replace(ARABIC, title="دورة أخرى"))) == ["version"]
        assert take_in(session, offer, replace(ARABIC, title="دورة أخرى"), anyway=True) is Outcome.REFUSED


def test_a_translator_who_saw_the_text_may_better_it(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session)
        take_in(session, offer)
        assert take_in(session, offer, replace(ARABIC, title="دورة أخرى"), seen=1) is Outcome.TAKEN
        assert arabic_of(offer).title == "دورة أخرى"


def test_the_same_translation_twice_changes_nothing(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session)
        take_in(session, offer)
        version = offer.version
        assert take_in(session, offer, confirmed=True) is Outcome.AS_BEFORE
        assert offer.version == version


def test_a_machine_never_replaces_a_person(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session)
        take_in(session, offer)
        machine = replace(ARABIC, title="آلة", origin=Origin.MACHINE)
        assert why(session, handed(offer, machine, seen=1)) == ["origin"]


def test_a_person_makes_a_machines_text_her_own(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session)
        take_in(session, offer, replace(ARABIC, origin=Origin.MACHINE))
        assert take_in(session, offer, seen=1, confirmed=True) is Outcome.TAKEN
        assert arabic_of(offer).origin == Origin.TRANSLATED


def test_an_outdated_text_handed_back_untouched_stays_outdated(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session)
        take_in(session, offer)
        change(session, offer, "Deutschkurs am Morgen")
        assert take_in(session, offer, made_from=2, seen=1) is Outcome.AS_BEFORE
        assert offers.is_outdated(offer, arabic_of(offer))


def test_an_outdated_text_a_translator_confirms_is_fresh_again(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session)
        take_in(session, offer)
        change(session, offer, "Deutschkurs am Morgen")
        assert take_in(session, offer, made_from=2, seen=1, confirmed=True) is Outcome.TAKEN
        assert not offers.is_outdated(offer, arabic_of(offer))


def test_what_is_not_complete_is_refused_with_its_field(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session)
        assert why(session, handed(offer, replace(ARABIC, summary=""))) == ["summary"]


def test_what_is_not_begun_is_no_fault(database: Database) -> None:
    with database.transaction() as session:
        assert take_in(session, an_offer(session), TextDraft("ar")) is Outcome.EMPTY


def test_a_lost_phone_number_is_refused(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session, texts=(a_text(summary="Rufen Sie an: 030 23125-120."),))
        assert why(session, handed(offer)) == ["text"]


def test_a_lost_number_is_taken_and_named(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session, texts=(a_text(summary="Kostet 20 Euro."),))
        judged = translations.judge(session, handed(offer))
        assert judged.outcome is Outcome.TAKEN
        assert "20" in str(judged.remarks[0])


@pytest.mark.parametrize("given", [{"made_from": 7}, {"source": a_text("Ganz anders", summary="Etwas anderes")}])
def test_a_file_of_another_pool_is_refused(database: Database, given: dict[str, Any]) -> None:
    with database.transaction() as session:
        offer = an_offer(session)
        assert why(session, handed(offer, **given)) == ["offer"]


def test_an_unknown_number_is_refused(database: Database) -> None:
    with database.reading() as session:
        assert why(session, Handed(404, ARABIC, 1)) == ["offer"]


def test_the_original_itself_is_not_taken_in(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session)
        assert why(session, handed(offer, a_text("Anderer Titel"), seen=1)) == ["language"]


def test_too_long_a_title_is_refused(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session)
        assert why(session, handed(offer, replace(ARABIC, title="x" * 301))) == ["title (ar)"]


def test_a_dry_run_changes_nothing(database: Database) -> None:
    with database.transaction() as session:
        given = Received((handed(an_offer(session)),))
    report = translations.take_all_in(database, given, now=NOW, dry_run=True)
    assert report.counted() == {Outcome.TAKEN: 1}
    with database.reading() as session:
        assert len(translations.worklist(session, "ar")) == 1


def test_a_whole_file_is_taken_in(database: Database) -> None:
    with database.transaction() as session:
        given = Received(tuple(handed(an_offer(session, f"Kurs {number}")) for number in range(3)))
    assert translations.take_all_in(database, given, now=NOW).counted() == {Outcome.TAKEN: 3}
    with database.reading() as session:
        assert translations.worklist(session, "ar") == []


def test_the_report_names_offer_and_field(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session)
    given = Received((handed(offer, replace(ARABIC, summary="")),))
    report = translations.take_all_in(database, given, now=NOW)
    assert [str(sentence) for sentence in report.sentences()] == [
        "1 translation was refused.",
        f"Offer {offer.id}, short description: This part is not translated yet.",
    ]


def imported(database: Database, region: Region, draft: OfferDraft) -> intake.ImportReport:
    with database.reading() as session:
        report = intake.plan(session, [(2, draft)], source="liste", region=region)
    return intake.carry_out(database, report, now=NOW, publish=True)


def test_a_translation_does_not_keep_the_source_from_changing_the_offer(database: Database, region: Region) -> None:
    imported(database, region, a_draft(source_key="1"))
    with database.transaction() as session:
        [row] = translations.worklist(session, "ar")
        given = Handed(row.offer_id, ARABIC, row.source_version)
        assert translations.take_in(session, given, now=NOW).outcome is Outcome.TAKEN
    report = imported(database, region, a_draft("Deutschkurs am Morgen", source_key="1"))
    assert report.counted() == {intake.Fate.CHANGED: 1}


def test_a_changed_source_leaves_the_translation_there_and_outdated(database: Database, region: Region) -> None:
    imported(database, region, a_draft(source_key="1"))
    with database.transaction() as session:
        [row] = translations.worklist(session, "ar")
        translations.take_in(session, Handed(row.offer_id, ARABIC, row.source_version), now=NOW)
    imported(database, region, a_draft("Deutschkurs am Morgen", source_key="1"))
    with database.reading() as session:
        assert [row.need for row in translations.worklist(session, "ar")] == [Need.OUTDATED]


def test_a_source_does_not_put_back_a_translation_that_was_bettered_here(database: Database, region: Region) -> None:
    theirs = TextDraft("ar", "ترجمة قديمة", "ملخص", origin=Origin.TRANSLATED)
    imported(database, region, a_draft(source_key="1", texts=(a_text(), theirs)))
    with database.transaction() as session:
        [offer] = session.scalars(select(Offer)).all()
        assert take_in(session, offer, seen=1) is Outcome.TAKEN
    report = imported(database, region, a_draft(source_key="1", texts=(a_text("Morgenkurs"), theirs)))
    assert report.counted() == {intake.Fate.CHANGED: 1}
    with database.reading() as session:
        [row] = translations.worklist(session, "ar")
        assert row.need is Need.OUTDATED
        assert row.target == ARABIC


def test_an_import_after_that_is_still_no_curators_edit(database: Database, region: Region) -> None:
    theirs = TextDraft("ar", "ترجمة قديمة", "ملخص", origin=Origin.TRANSLATED)
    imported(database, region, a_draft(source_key="1", texts=(a_text(), theirs)))
    with database.transaction() as session:
        [offer] = session.scalars(select(Offer)).all()
        take_in(session, offer, seen=1)
    for title in ("Morgenkurs", "Mittagskurs"):
        report = imported(database, region, a_draft(source_key="1", texts=(a_text(title), theirs)))
        assert report.counted() == {intake.Fate.CHANGED: 1}


def test_the_next_one_follows_in_the_order_of_the_list(database: Database) -> None:
    with database.transaction() as session:
        draft = an_offer(session, "Entwurf", state=State.DRAFT)
        first, second = an_offer(session, "Erster"), an_offer(session, "Zweiter")
        following = [translations.worklist(session, "ar", after=offer.id, limit=1) for offer in (first, second, draft)]
        assert [[row.source.title for row in rows] for rows in following] == [["Zweiter"], ["Entwurf"], []]


def test_one_offer_can_be_asked_for(database: Database) -> None:
    with database.transaction() as session:
        an_offer(session, "Erster")
        second = an_offer(session, "Zweiter")
        assert [row.offer_id for row in translations.worklist(session, "ar", offer_id=second.id)] == [second.id]
