"""Offers as the German spreadsheet that the importer reads, in CSV and in XLSX."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from infopool.directory import offers
from infopool.directory.drafts import OfferDraft, TextDraft, VenueDraft
from infopool.directory.facts import PROVIDER_KINDS, CheckMethod, ContactKind, ProviderKind
from infopool.directory.models import Offer
from infopool.directory.reading.choices import (
    read_audiences,
    read_formats,
    read_provider_kind,
    read_residence,
    read_topics,
)
from infopool.directory.reading.contacts import read_emails, read_phones, read_websites
from infopool.directory.regions import Region
from infopool.exchange import sheet_cells as cells
from infopool.exchange.labels import Labels, german
from infopool.exchange.sheet_times import german_day
from infopool.languages import SOURCE_LANGUAGE

Row = dict[str, str]
"""Heading -> what stands in the cell."""


@dataclass(frozen=True)
class Column:
    """One column: its heading and what an offer has in it."""

    heading: str
    cell: Callable[[OfferDraft, Labels], str]


def _text(field: str) -> Callable[[OfferDraft, Labels], str]:
    return lambda draft, labels: _words(draft.text(SOURCE_LANGUAGE), field)


def _words(text: TextDraft | None, field: str) -> str:
    value = getattr(text, field) if text else ""
    return _listed(value) if isinstance(value, tuple) else str(value)


def _listed(parts: tuple[str, ...]) -> str:
    """Semicolons part; one at the end says that a comma inside the only part does not."""
    only_with_comma = len(parts) == 1 and "," in parts[0]
    return "; ".join(parts) + (";" if only_with_comma else "")


def _answer(question: str) -> Callable[[OfferDraft, Labels], str]:
    return lambda draft, labels: cells.answer_cell(getattr(draft, question), question)


def _day(field: str) -> Callable[[OfferDraft, Labels], str]:
    return lambda draft, labels: german_day(getattr(draft, field))


def _venue(field: str) -> Callable[[OfferDraft, Labels], str]:
    return lambda draft, labels: str(getattr(draft.venue or VenueDraft(), field))


def _provider_kind(draft: OfferDraft, labels: Labels) -> str:
    kind = draft.provider.kind if draft.provider else ProviderKind.OTHER
    if kind == ProviderKind.OTHER:
        return ""
    names = [labels.translator.gettext(PROVIDER_KINDS[kind]), str(kind)]
    return cells.faithful(names, lambda words: read_provider_kind(words) == (kind, ""))


def _contacts(kind: ContactKind, read: cells.ContactReader) -> Callable[[OfferDraft, Labels], str]:
    return lambda draft, labels: cells.contacts_cell([c for c in draft.contacts if c.kind == kind], read)


def _codes(field: str, facet: str, read: cells.CodeReader) -> Callable[[OfferDraft, Labels], str]:
    return lambda draft, labels: cells.codes_cell(getattr(draft, field), lambda code: labels.value(facet, code), read)


def _group(draft: OfferDraft, labels: Labels) -> str:
    names = {group.code: group.name for group in labels.region.working_groups}
    return names.get(draft.working_group, draft.working_group)


def _free_places(draft: OfferDraft, labels: Labels) -> str:
    return "" if draft.capacity.free_places is None else str(draft.capacity.free_places)


CHECKED_HOW = {
    CheckMethod.PHONE: "Telefon",
    CheckMethod.EMAIL: "E-Mail",
    CheckMethod.WEB: "Website",
    CheckMethod.VISIT: "Besuch",
    CheckMethod.PROVIDER: "vom Träger",
    CheckMethod.IMPORT: "Import",
}


def _degrees(field: str) -> Callable[[OfferDraft, Labels], str]:
    def cell(draft: OfferDraft, labels: Labels) -> str:
        value = getattr(draft.venue, field) if draft.venue else None
        return "" if value is None else str(value)

    return cell


def _served(draft: OfferDraft, labels: Labels) -> str:
    return ", ".join("ganzer Landkreis" if code == labels.region.code else labels.place(code) for code in draft.places)


COLUMNS: tuple[Column, ...] = (
    Column("Nr", lambda draft, labels: draft.source_key),
    Column("Titel", _text("title")),
    Column("Kurzbeschreibung", _text("summary")),
    Column("Beschreibung", _text("description")),
    Column("Träger", lambda draft, labels: draft.provider.name if draft.provider else ""),
    Column("Trägerart", _provider_kind),
    Column("Thema", _codes("topics", "topic", read_topics)),
    Column("Zielgruppe", _codes("audiences", "audience", read_audiences)),
    Column("Sprachen", lambda draft, labels: cells.languages_cell(draft.languages)),
    Column("Deutschniveau", lambda draft, labels: cells.levels_cell(draft.levels_taught, draft.level_required)),
    Column("Kosten", lambda draft, labels: cells.cost_cell(draft.cost)),
    Column("Format", _codes("formats", "format", read_formats)),
    Column("Kinderbetreuung", _answer("childcare")),
    Column("Nur für Frauen", _answer("women_only")),
    Column("Barrierefrei", _answer("wheelchair")),
    Column("Anmeldung", _answer("registration_needed")),
    Column("Anmeldeschluss", _day("register_by")),
    Column("Hinweise zur Anmeldung", _text("registration")),
    Column("Termine", lambda draft, labels: cells.schedule_cell(draft.schedule)),
    Column("Beginn", _day("starts_on")),
    Column("Ende", _day("ends_on")),
    Column("Straße", _venue("street")),
    Column("PLZ", _venue("postcode")),
    Column("Ort", _venue("town")),
    Column("Gebiet", _served),
    Column("Telefon", _contacts(ContactKind.PHONE, read_phones)),
    Column("E-Mail", _contacts(ContactKind.EMAIL, read_emails)),
    Column("Website", _contacts(ContactKind.WEBSITE, read_websites)),
    Column("Unterlagen", _text("documents")),
    Column("Aufenthaltsstatus", _codes("residence", "residence", read_residence)),
    Column("Arbeitskreis", _group),
    Column("Plätze frei", _free_places),
    Column("Wartezeit", lambda draft, labels: draft.capacity.waiting),
    Column("Gültig bis", _day("valid_until")),
    Column("Vertraulich", lambda draft, labels: "ja" if draft.venue and draft.venue.confidential else ""),
    Column("Geprüft am", lambda draft, labels: german_day(draft.check.on)),
)
"""The columns of the spreadsheet, in its order; columns for other languages and kept ones follow."""

SELDOM: tuple[Column, ...] = (
    Column("Gebäude", _venue("name")),
    Column("Breitengrad", _degrees("latitude")),
    Column("Längengrad", _degrees("longitude")),
    Column("Geprüft von", lambda draft, labels: draft.check.by),
    Column("Prüfweg", lambda draft, labels: CHECKED_HOW[draft.check.how] if draft.check.how else ""),
    Column("Stand Plätze", lambda draft, labels: german_day(draft.capacity.as_of)),
)
"""Columns that are there only when some offer has something in them."""

TRANSLATED = {
    "Titel": "title",
    "Kurzbeschreibung": "summary",
    "Beschreibung": "description",
    "Hinweise zur Anmeldung": "registration",
    "Unterlagen": "documents",
}
"""Which columns there are once more for every other language, as `Titel (en)`."""


def write_csv(found: Iterable[Offer], region: Region, *, secrets: bool = False) -> bytes:
    """These offers as a CSV file; with `secrets`, confidential addresses stand in it too."""
    return as_csv(*_table(found, region, secrets))


def write_xlsx(found: Iterable[Offer], region: Region, *, secrets: bool = False) -> bytes:
    """These offers as an XLSX file; with `secrets`, confidential addresses stand in it too."""
    return as_xlsx(*_table(found, region, secrets))


def _table(found: Iterable[Offer], region: Region, secrets: bool) -> tuple[tuple[str, ...], list[Row]]:
    labels = german(region)
    drafts = (offers.draft_of(offer) for offer in found)
    return sheet([row_of(draft if secrets else _without_secrets(draft), labels) for draft in drafts])


def _without_secrets(draft: OfferDraft) -> OfferDraft:
    """The same without its confidential address, and without the cells nobody understood, which may name it."""
    if draft.venue and draft.venue.confidential:
        return replace(draft, venue=VenueDraft(confidential=True), kept=())
    return draft


def sheet(rows: list[Row]) -> tuple[tuple[str, ...], list[Row]]:
    """The headings that rows need, in order, with the rows."""
    usual = [column.heading for column in COLUMNS]
    further = _merged([heading for heading in row if heading not in usual] for row in rows)
    return (*usual, *sorted(further, key=_place)), rows


def _merged(lists: Iterable[list[str]]) -> list[str]:
    """All headings once, each behind the one it followed: kept cells are read back in the order they were read in."""
    merged: list[str] = []
    for headings in lists:
        place = 0
        for heading in headings:
            if heading not in merged:
                merged.insert(place, heading)
            place = merged.index(heading) + 1
    return merged


def row_of(draft: OfferDraft, labels: Labels) -> Row:
    """One offer's cells, in German as the sheet is.

    Columns that it alone has (other languages, what an importer kept) come after the usual ones.
    """
    row = {column.heading: column.cell(draft, labels) for column in COLUMNS}
    row |= {column.heading: words for column in SELDOM if (words := column.cell(draft, labels))}
    for text in draft.texts:
        if text.language != SOURCE_LANGUAGE:
            told = {f"{name} ({text.language})": _words(text, field) for name, field in TRANSLATED.items()}
            row |= {heading: words for heading, words in told.items() if words}
    for heading, words in draft.kept:
        row[heading] = _put_back(row.get(heading, ""), words)
    return row


def _put_back(cell: str, kept: str) -> str:
    """A cell with what the importer once kept of it; most readers leave it in the fact's own words as well."""
    if not cell or kept.startswith(cell):
        return kept
    already_there = all(piece in cell for piece in re.split("[;,] ", kept))
    return cell if already_there else f"{cell}, {kept}"


def _place(heading: str) -> tuple[int, str, int]:
    """Seldom columns first, then language by language, then what importers kept, as it comes."""
    seldom = [column.heading for column in SELDOM]
    if heading in seldom:
        return 0, "", seldom.index(heading)
    name, _, language = heading.partition(" (")
    if name in TRANSLATED:
        return 1, language, list(TRANSLATED).index(name)
    return 2, "", 0


FORMULA_SIGNS = tuple("=+-@\t\r＝＋－＠")
"""What spreadsheet programs take for the beginning of a formula, full-width signs included."""

PHONE = re.compile(r"^\+[0-9 ()/-]+$")


def harmless(cell: str) -> str:
    """The cell as CSV may hold it: a `'` before what a program would take for a formula (the importer takes it off).

    Telephone numbers stay as they are; they can do no harm and people copy them.
    """
    starts_like_one = cell.lstrip(" \n").startswith(FORMULA_SIGNS) or cell.lstrip().startswith(FORMULA_SIGNS)
    return f"'{cell}" if starts_like_one and not PHONE.match(cell) else cell


def as_csv(headings: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """UTF-8 with a mark and semicolons, as German Excel opens it with a double click."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(heading) for heading in headings])
    writer.writerows([harmless(row.get(heading, "")) for heading in headings] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def as_xlsx(headings: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """A workbook with one sheet; every cell is a text, so that nothing is ever calculated."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Angebote")
    sheet.freeze_panes = "C2"

    def typed(text: str) -> Cell:
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_XLSX])
        cell.data_type = "s"
        return cell

    sheet.append([typed(heading) for heading in headings])
    for row in rows:
        sheet.append([typed(row.get(heading, "")) if row.get(heading) else None for heading in headings])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


LONGEST_XLSX = 32_767
"""Characters an XLSX cell can hold, by the format's own limit."""
