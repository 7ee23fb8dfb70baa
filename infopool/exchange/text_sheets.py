"""Texts of offers for translators as a spreadsheet, and back: a row is a field of an offer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from infopool import languages
from infopool.directory.drafts import Unreadable
from infopool.directory.facts import Origin
from infopool.directory.translations import Handed, Received, Wanted
from infopool.directory.wording import FIELDS, shown, text_with, what_changed, words_of
from infopool.exchange.csv_xlsx import TRANSLATED, as_csv, as_xlsx
from infopool.languages import SOURCE_LANGUAGE
from infopool.messages import N_, Message

NUMBER, FIELD, GERMAN, VERSIONS, DONE, CHANGES = "Nr", "Feld", "Deutsch", "Stand", "Erledigt", "Geändert"
_HEADINGS = {field: heading for heading, field in TRANSLATED.items()}
_FIELDS = {heading.casefold(): field for heading, field in TRANSLATED.items()}
_LANGUAGE = re.compile(r".*\(([A-Za-z-]{2,20})\)\s*")
_VERSIONS = re.compile(r"v(\d{1,9})-(\d{1,9})")
_YES = frozenset({"x", "ja", "yes", "ok", "✓"})

Row = dict[str, str]


def write_csv(rows: Sequence[Wanted], language: str) -> bytes:
    """The texts as a CSV file."""
    return as_csv(_headings(language), list(_rows(rows, language)))


def write_xlsx(rows: Sequence[Wanted], language: str) -> bytes:
    """The texts as an XLSX file."""
    return as_xlsx(_headings(language), list(_rows(rows, language)))


def _headings(language: str) -> tuple[str, ...]:
    return NUMBER, FIELD, GERMAN, _heading(language), DONE, CHANGES, VERSIONS


def _heading(language: str) -> str:
    return f"{languages.name_of(language, SOURCE_LANGUAGE)} ({language})"


def _rows(rows: Iterable[Wanted], language: str) -> Iterator[Row]:
    for row in rows:
        if row.source.language == SOURCE_LANGUAGE:
            fields = [field for field in FIELDS if words_of(row.source, field).strip()]
            yield from (_row(row, field, _heading(language)) for field in fields)


def _row(row: Wanted, field: str, heading: str) -> Row:
    german, before = words_of(row.source, field), words_of(row.before, field)
    return {
        NUMBER: str(row.offer_id),
        FIELD: _HEADINGS[field],
        GERMAN: german,
        heading: words_of(row.target, field),
        CHANGES: shown(what_changed(before, german)) if row.before is not None and before != german else "",
        # Not 3/1: spreadsheet programs would make a day of it.
        VERSIONS: f"v{row.source_version}-{row.target_version}",
    }


def read(rows: Iterable[tuple[int, Sequence[str]]]) -> Received | Message:
    """The translations in a sheet's rows (with their numbers), or a sentence that says why there are none.

    The heading row must name Nr, Feld, Stand and one column with a language's tag in brackets, `Arabisch (ar)`.
    """
    given = iter(rows)
    for line, cells in given:
        headings = [cell.strip() for cell in cells]
        if {NUMBER, FIELD, VERSIONS} <= set(headings):
            return _read(given, headings)
        if line > 10:
            break
    return _NO_HEADINGS


_NO_HEADINGS = Message(N_("The columns “Nr”, “Feld” and “Stand” are missing. Please keep the first row of the export."))
_NO_LANGUAGE = Message(N_("No column says its language. Please keep headings such as “Arabisch (ar)”."))


def _read(rows: Iterable[tuple[int, Sequence[str]]], headings: list[str]) -> Received | Message:
    tags = [(heading, languages.find(found[1])) for heading in headings if (found := _LANGUAGE.fullmatch(heading))]
    known = [(heading, language.tag) for heading, language in tags if language]
    if len(known) != 1:
        return _NO_LANGUAGE
    heading, tag = known[0]
    offers: dict[tuple[int, int, int], list[Row]] = {}
    unreadable: list[Unreadable] = []
    for line, cells in rows:
        row = dict(zip(headings, cells, strict=False))
        key = _key(row)
        if key is None:
            unreadable.append(Unreadable(line, "", _UNKNOWN_ROW))
        else:
            offers.setdefault(key, []).append(row)
    return Received(tuple(_handed(key, found, heading, tag) for key, found in offers.items()), tuple(unreadable))


_UNKNOWN_ROW = Message(N_("“Nr”, “Feld” and “Stand” do not stand here as they were exported; the row is left out."))


def _key(row: Mapping[str, str]) -> tuple[int, int, int] | None:
    versions = _VERSIONS.fullmatch(row.get(VERSIONS, "").strip())
    number = row.get(NUMBER, "").strip()
    if not versions or not re.fullmatch(r"[0-9]{1,12}", number) or _field(row) is None:
        return None
    return int(number), int(versions[1]), int(versions[2])


def _field(row: Mapping[str, str]) -> str | None:
    return _FIELDS.get(row.get(FIELD, "").strip().casefold())


def _handed(key: tuple[int, int, int], rows: Sequence[Row], heading: str, tag: str) -> Handed:
    offer_id, source_version, target_version = key
    fields = [(_field(row) or "", row) for row in rows]
    return Handed(
        offer_id,
        text_with(tag, {field: row.get(heading, "") for field, row in fields}, Origin.TRANSLATED),
        made_from=source_version,
        seen=target_version,
        confirmed=any(row.get(DONE, "").strip().casefold() in _YES for row in rows),
        source=text_with(SOURCE_LANGUAGE, {field: row.get(GERMAN, "") for field, row in fields}, Origin.WRITTEN),
    )
