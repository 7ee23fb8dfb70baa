"""Taking a source in: new, changed, gone, protected."""

from __future__ import annotations

from sqlalchemy import func, select

from infopool.db import Database
from infopool.directory import intake, offers
from infopool.directory.drafts import OfferDraft
from infopool.directory.facts import State
from infopool.directory.intake import Fate, ImportReport
from infopool.directory.models import Offer
from infopool.directory.regions import Region
from tests.conftest import NOW
from tests.making import a_draft


def planned(database: Database, region: Region, *drafts: OfferDraft) -> ImportReport:
    with database.reading() as session:
        return intake.plan(session, list(enumerate(drafts, 2)), source="sheet", region=region)


def take_in(database: Database, region: Region, *drafts: OfferDraft, **how: bool) -> ImportReport:
    return intake.carry_out(database, planned(database, region, *drafts), now=NOW, **how)


def fates(report: ImportReport) -> list[Fate]:
    return [row.fate for row in report.rows]


def course(key: str = "1", title: str = "Kurs") -> OfferDraft:
    return a_draft(title, source_key=key)


def test_an_unknown_row_is_new(database: Database, region: Region) -> None:
    assert fates(planned(database, region, course())) == [Fate.NEW]


def test_a_plan_changes_nothing(database: Database, region: Region) -> None:
    planned(database, region, course())
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Offer)) == 0


def test_the_same_source_twice_changes_nothing(database: Database, region: Region) -> None:
    take_in(database, region, course("1"), course("2", "Anderer Kurs"))
    assert fates(planned(database, region, course("1"), course("2", "Anderer Kurs"))) == [Fate.UNCHANGED] * 2


def test_rows_without_a_number_are_found_again(database: Database, region: Region) -> None:
    take_in(database, region, course(""))
    assert fates(planned(database, region, course(""))) == [Fate.UNCHANGED]


def test_twins_without_a_number_stay_two_offers(database: Database, region: Region) -> None:
    take_in(database, region, course(""), course(""))
    assert fates(planned(database, region, course(""), course(""))) == [Fate.UNCHANGED] * 2


def test_a_changed_row_updates_its_offer(database: Database, region: Region) -> None:
    take_in(database, region, course(title="Kurs"))
    take_in(database, region, course(title="Kurs, jetzt abends"))
    with database.reading() as session:
        (offer,) = session.scalars(select(Offer)).all()
        assert offers.source_text(offer).title == "Kurs, jetzt abends"


def test_a_changed_row_can_change_again(database: Database, region: Region) -> None:
    for title in ("Kurs", "Kurs A", "Kurs B"):
        report = take_in(database, region, course(title=title))
    assert fates(report) == [Fate.CHANGED]


def test_a_curators_edit_is_protected(database: Database, region: Region) -> None:
    take_in(database, region, course())
    with database.transaction() as session:
        offer = session.scalars(select(Offer).options(*offers.WHOLE)).one()
        offers.save(session, course(title="Von Hand"), now=NOW, region=region, offer=offer)
    assert fates(planned(database, region, course(title="Aus der Liste"))) == [Fate.PROTECTED]


def test_what_the_source_no_longer_brings_is_reported(database: Database, region: Region) -> None:
    take_in(database, region, course("1"), course("2", "Anderer Kurs"))
    report = planned(database, region, course("1"))
    assert [gone.title for gone in report.gone] == ["Anderer Kurs"]


def test_what_is_gone_stays_unless_somebody_says_otherwise(database: Database, region: Region) -> None:
    take_in(database, region, course("1"), course("2", "Anderer Kurs"), publish=True)
    take_in(database, region, course("1"), publish=True)
    with database.reading() as session:
        assert set(session.scalars(select(Offer.state))) == {State.PUBLISHED}


def test_what_is_gone_can_be_withdrawn(database: Database, region: Region) -> None:
    take_in(database, region, course("1"), course("2", "Anderer Kurs"), publish=True)
    take_in(database, region, course("1"), withdraw_gone=True)
    with database.reading() as session:
        assert sorted(session.scalars(select(Offer.state))) == [State.PUBLISHED, State.WITHDRAWN]


def test_new_offers_wait_for_review(database: Database, region: Region) -> None:
    take_in(database, region, course())
    with database.reading() as session:
        assert session.scalars(select(Offer.state)).all() == [State.IN_REVIEW]


def test_a_faulty_row_is_refused_and_the_others_are_not(database: Database, region: Region) -> None:
    report = take_in(database, region, course("1"), a_draft("", source_key="2"), course("3", "Dritter"))
    assert fates(report) == [Fate.NEW, Fate.REFUSED, Fate.NEW]


def test_a_number_twice_is_refused_the_second_time(database: Database, region: Region) -> None:
    assert fates(planned(database, region, course("1"), course("1", "Doppelt"))) == [Fate.NEW, Fate.REFUSED]


def test_an_offer_changed_between_plan_and_doing_is_left_alone(database: Database, region: Region) -> None:
    take_in(database, region, course())
    report = planned(database, region, course(title="Aus der Liste"))
    with database.transaction() as session:
        offer = session.scalars(select(Offer).options(*offers.WHOLE)).one()
        offers.save(session, course(title="Von Hand"), now=NOW, region=region, offer=offer)
    assert [row.title for row in intake.carry_out(database, report, now=NOW).failed] == ["Aus der Liste"]


def test_the_report_reads_as_sentences(database: Database, region: Region) -> None:
    report = planned(database, region, course("1"), a_draft("", source_key="2"))
    assert [str(sentence) for sentence in report.sentences()][:2] == ["1 offer is new.", "1 row was refused."]


def test_many_rows_are_taken_in_batches(database: Database, region: Region) -> None:
    seen: list[int] = []
    drafts = [course(str(number), f"Kurs {number}") for number in range(intake.BATCH + 3)]
    with database.reading() as session:
        report = intake.plan(session, list(enumerate(drafts, 2)), source="sheet", region=region)
    intake.carry_out(database, report, now=NOW, progress=seen.append)
    assert seen == [intake.BATCH, 3]
