"""Every fact, written into a cell and read back by the importer's own readers."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infopool.directory.drafts import ContactDraft, Cost, SpokenLanguage
from infopool.directory.facts import (
    AUDIENCES,
    FORMATS,
    LEVELS,
    RESIDENCE,
    Answer,
    ContactKind,
    CostKind,
    CostPeriod,
)
from infopool.directory.reading import answers, choices, contacts, costs, levels, spoken, times
from infopool.directory.schedules import Pause, Slot, SlotKind
from infopool.directory.topics import BY_CODE
from infopool.exchange import sheet_cells as cells
from infopool.exchange.labels import Labels
from infopool.languages import SEARCHED

hours = st.times(min_value=time(6), max_value=time(20)).map(
    lambda at: at.replace(minute=at.minute // 5 * 5, second=0, microsecond=0)
)
days = st.dates(date(2026, 1, 1), date(2029, 12, 31))
weekdays = st.sets(st.integers(0, 6), min_size=1).map(lambda found: tuple(sorted(found)))
pauses = st.sets(st.sampled_from(Pause)).map(lambda found: tuple(sorted(found)))


@st.composite
def slots(draw: st.DrawFn) -> Slot:
    """A slot that makes sense: it begins before it ends, and its rule is one people have words for."""
    kind = draw(st.sampled_from([SlotKind.WEEKLY, SlotKind.MONTHLY, SlotKind.DATE, SlotKind.APPOINTMENT]))
    if kind == SlotKind.APPOINTMENT:
        return Slot(kind)
    starts = draw(hours)
    ends = draw(st.none() | st.just(starts.replace(hour=starts.hour + 2)))
    if kind == SlotKind.DATE:
        return Slot(kind, on=draw(days), starts=starts, ends=ends)
    first, last = sorted(draw(st.tuples(days, days)))
    nth = draw(st.sets(st.sampled_from([1, 2, 3, 4, -1]), min_size=1, max_size=2)) if kind == SlotKind.MONTHLY else ()
    return Slot(
        kind,
        weekdays=draw(weekdays) if kind == SlotKind.WEEKLY else (draw(st.integers(0, 6)),),
        nth=tuple(sorted(nth, key=lambda number: number if number > 0 else 99)),
        every=draw(st.integers(1, 4)) if kind == SlotKind.WEEKLY else 1,
        starts=starts,
        ends=ends,
        from_date=draw(st.none() | st.just(first)),
        until_date=draw(st.none() | st.just(last)),
        except_dates=tuple(sorted(draw(st.sets(days, max_size=2)))),
        pauses=draw(pauses),
    )


@given(st.lists(slots(), min_size=1, max_size=3, unique=True))
def test_times_are_read_back(schedule: list[Slot]) -> None:
    assert times.read_times(cells.schedule_cell(tuple(schedule))) == (tuple(schedule), "")


def test_a_remark_stays_with_its_time() -> None:
    slot = Slot(SlotKind.WEEKLY, weekdays=(1,), starts=time(18), words="Raum 12")
    assert times.read_times(cells.schedule_cell((slot,)))[0] == (slot,)


def test_words_nobody_understood_stay_words() -> None:
    slot = Slot(SlotKind.WORDS, words="meistens abends, rufen Sie an")
    assert times.read_times(cells.schedule_cell((slot,)))[0] == (slot,)


@given(st.integers(1, 999_999), st.sampled_from(CostPeriod))
def test_a_price_is_read_back(cents: int, period: CostPeriod) -> None:
    cost = Cost(CostKind.PAID, cents, period)
    assert costs.read_cost(cells.cost_cell(cost)) == (cost, "")


@pytest.mark.parametrize(
    "written",
    ["kostenlos", "nach Einkommen", "20-40 €", "Spende erbeten", "85 € pro Kurs, Buch 20 €", "fragen Sie nach", ""],
)
def test_what_was_read_from_a_cost_cell_is_read_back(written: str) -> None:
    cost = costs.read_cost(written)[0]
    assert costs.read_cost(cells.cost_cell(cost))[0] == cost


@given(st.sets(st.sampled_from(LEVELS)), st.sampled_from(("", *LEVELS)))
def test_levels_are_read_back_for_courses_and_others(taught: set[str], required: str) -> None:
    wanted = levels.Levels(tuple(level for level in LEVELS if level in taught), required)
    cell = cells.levels_cell(wanted.taught, required)
    assert levels.read_levels(cell, True) == levels.read_levels(cell, False) == (wanted, "")


@pytest.mark.parametrize("tag", [*SEARCHED, "bs", "sr", "ckb", "prs", "am", "rom", "pt", "zh", "sw"])
def test_a_language_is_read_back(tag: str) -> None:
    one = SpokenLanguage(tag)
    assert spoken.read_languages(cells.languages_cell((one,))) == ((one,), "")


def test_several_languages_and_a_note_are_read_back() -> None:
    several = (SpokenLanguage("de"), SpokenLanguage("ar", "nach Absprache"), SpokenLanguage("uk"))
    assert spoken.read_languages(cells.languages_cell(several)) == (several, "")


@pytest.mark.parametrize("question", ["childcare", "women_only", "wheelchair", "registration_needed"])
@pytest.mark.parametrize("answer", list(Answer))
def test_an_answer_is_read_back(question: str, answer: Answer) -> None:
    assert answers.read_answer(cells.answer_cell(answer, question), question) == (answer, "")


VOCABULARIES = [
    *(("topic", code, choices.read_topics) for code in BY_CODE),
    *(("audience", code, choices.read_audiences) for code in AUDIENCES),
    *(("residence", code, choices.read_residence) for code in RESIDENCE),
    *(("format", code, choices.read_formats) for code in FORMATS),
]


@pytest.mark.parametrize("tag", ["de", "en"])
@pytest.mark.parametrize(("facet", "code", "read"), VOCABULARIES)
def test_a_code_is_read_back(labels_in, tag: str, facet: str, code: str, read: cells.CodeReader) -> None:
    labels: Labels = labels_in(tag)
    cell = cells.codes_cell((code,), lambda code: labels.value(facet, code), read)
    assert read(cell) == ((code,), "")


def test_phone_numbers_are_read_back() -> None:
    several = tuple(
        ContactDraft(ContactKind.PHONE, number, note)
        for number, note in (("+493023125110", "vormittags"), ("+41523456789", ""), ("116117", ""), ("08001110111", ""))
    )
    assert contacts.read_phones(cells.contacts_cell(several, contacts.read_phones)) == (several, "")


def test_a_wording_nobody_reads_back_is_better_than_none() -> None:
    assert cells.faithful(["", "irgendwas"], lambda words: False) == "irgendwas"
