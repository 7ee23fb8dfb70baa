"""What an offer says, cell by cell, in the words of the German spreadsheet.

The importer's readers are asked about every wording: the first one they read back as the same fact is taken, so that
an exported sheet, taken in again, changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from infopool.directory.drafts import ContactDraft, Cost, SpokenLanguage
from infopool.directory.facts import Answer, CostKind, CostPeriod
from infopool.directory.reading.answers import read_answer
from infopool.directory.reading.costs import read_cost
from infopool.directory.reading.levels import Levels, read_levels
from infopool.directory.reading.spoken import read_languages
from infopool.directory.reading.times import read_times
from infopool.directory.schedules import Schedule, Slot
from infopool.exchange.sheet_times import slot_words
from infopool.languages import name_of

CodeReader = Callable[[str], tuple[tuple[str, ...], str]]
ContactReader = Callable[[str], tuple[tuple[ContactDraft, ...], str]]

ANSWERS = {Answer.YES: "ja", Answer.LIMITED: "teilweise", Answer.NO: "nein", Answer.UNKNOWN: ""}
PERIODS = {
    CostPeriod.ONCE: "",
    CostPeriod.HOUR: "pro Stunde",
    CostPeriod.SESSION: "pro Termin",
    CostPeriod.DAY: "pro Tag",
    CostPeriod.WEEK: "pro Woche",
    CostPeriod.MONTH: "pro Monat",
    CostPeriod.COURSE: "pro Kurs",
    CostPeriod.YEAR: "pro Jahr",
}


def faithful(wordings: Iterable[str], is_meant: Callable[[str], bool]) -> str:
    """The first wording that is read back as meant; if none is, the first that says anything."""
    said = [wording for wording in dict.fromkeys(wordings) if wording]
    return next((wording for wording in said if is_meant(wording)), said[0] if said else "")


def answer_cell(answer: Answer, question: str) -> str:
    """ja, nein, teilweise, or empty for unknown."""
    return faithful([ANSWERS[answer]], lambda words: read_answer(words, question) == (answer, ""))


def languages_cell(spoken: Sequence[SpokenLanguage]) -> str:
    """ "Deutsch, Arabisch (nach Absprache)"."""
    return ", ".join(_language(one) for one in spoken)


def _language(one: SpokenLanguage) -> str:
    note = f" ({one.note})" if one.note else ""
    names = [name_of(one.tag, "de") + note, one.note if one.tag == "mul" else "", one.tag + note]
    return faithful(names, lambda words: read_languages(words) == ((one,), ""))


def levels_cell(taught: tuple[str, ...], required: str) -> str:
    """ "Kurs A1 und A2, ab A1"; the same whether the reader takes the offer for a language course or not."""
    course = f"Kurs {' und '.join(taught)}" if taught else ""
    needed = {"": "", "A0": "keine Vorkenntnisse"}.get(required, f"ab {required}")
    wanted = (Levels(taught, required), "")
    return faithful(
        [", ".join(part for part in (course, needed) if part)],
        lambda words: read_levels(words, True) == wanted == read_levels(words, False),
    )


def cost_cell(cost: Cost) -> str:
    """ "kostenlos", "20 € pro Monat", "nach Einkommen", or the provider's own words."""
    return faithful([*([cost.words] if cost.words else []), *_costs(cost)], lambda words: read_cost(words)[0] == cost)


def _costs(cost: Cost) -> list[str]:
    plain = {CostKind.FREE: "kostenlos", CostKind.BY_INCOME: "nach Einkommen"}.get(cost.kind, "")
    if cost.kind == CostKind.PAID and cost.cents is not None:
        plain = f"{euros(cost.cents)} € {PERIODS[cost.period]}".strip()
    return [f"{plain}, {cost.words}", f"{plain} ({cost.words})"] if cost.words and plain else [plain]


def euros(cents: int) -> str:
    """`20` or `20,50`."""
    return f"{cents // 100}" if cents % 100 == 0 else f"{cents // 100},{cents % 100:02}"


def schedule_cell(schedule: Schedule) -> str:
    """The times, separated by semicolons."""
    return "; ".join(_slot(slot) for slot in schedule)


def _slot(slot: Slot) -> str:
    wordings = [slot_words(slot), slot_words(slot, ", %s"), slot_words(slot, "%s")]
    return faithful(wordings, lambda words: read_times(words)[0] == (slot,))


def codes_cell(codes: Sequence[str], label: Callable[[str], str], read: CodeReader) -> str:
    """The labels of codes, each in a wording that is read back as its code."""
    return ", ".join(_code(code, label(code), read) for code in codes)


def _code(code: str, label: str, read: CodeReader) -> str:
    return faithful([label, code], lambda words: read(words) == ((code,), ""))


def contacts_cell(contacts: Sequence[ContactDraft], read: ContactReader) -> str:
    """Numbers or addresses of one kind, with their notes in brackets, separated by semicolons."""
    return "; ".join(_contact(contact, read) for contact in contacts)


def _contact(contact: ContactDraft, read: ContactReader) -> str:
    note = f" ({contact.note})" if contact.note else ""
    return faithful([contact.value + note, contact.value], lambda words: read(words)[0] == (contact,))
