"""Lists of offers as people keep them: CSV in any usual encoding, XLSX and ODS, with German or English headings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from importers.advice import ABOVE_HEADINGS, DOUBLE_NUMBER, HEADINGS_AGAIN, OPEN_QUOTE
from importers.contract import Progress, Read
from importers.drafting import draft_of
from importers.headings import Heading, HeadingRow, Mapping, find_headings
from importers.rows import make_row
from importers.tables import Table, read_tables
from infopool import languages
from infopool.directory.drafts import OfferDraft, Unreadable
from infopool.directory.reading.venues import PlaceNames
from infopool.directory.regions import Region
from infopool.messages import N_, Message

_NO_HEADINGS = Message(
    N_("No row of headings with a title was found. Write the headings into the first row, one of them “Titel”.")
)
_NO_OFFERS = Message(N_("There are headings, but no offers below them."))
_NOT_THERE = Message(N_("The file could not be opened. Please check its name."))
_UNKNOWN = N_("The column “%(column)s” is not known; what stands in it was kept as a note for the curators.")
_TWICE = N_(
    "The column “%(column)s” says the same thing as another column; what stands in it was "
    "kept as a note for the curators."
)
_OTHER_LANGUAGE = N_("The texts of the column “%(column)s” were kept as a note: the site does not know their language.")
_SHEET = N_("The sheet “%(sheet)s” was not read. Put all offers into one sheet, or import it as a file of its own.")


def read(
    source: bytes | Path,
    region: Region,
    *,
    source_name: str = "",
    language: str = languages.SOURCE_LANGUAGE,
    progress: Progress | None = None,
    mapping: Mapping | None = None,
) -> Read:
    """All offers of a list, and a sentence for everything that could not be read.

    `source` is the file or its bytes; what it is called does not matter, only what it holds. Texts in columns without a
    language are in `language`. Every row that holds anything becomes a draft or is reported; only a row without a title
    is lost. A `Nr` that stands twice gets a number of its own the second time. `progress` hears the rows done and the
    rows there are. `source_name` fills the drafts' source where the row does not name one. `mapping` says of columns
    what they hold, whatever their headings.
    """
    try:
        tables = read_tables(source)
    except OSError:
        return Read(refused=_NOT_THERE)
    if isinstance(tables, Message):
        return Read(refused=tables)
    table, headings = best(tables, mapping)
    if headings is None:
        return Read(refused=_NO_HEADINGS)
    others = tuple(Message(_SHEET, {"sheet": other.name}) for other in tables if other is not table)
    result = _Reading(table, headings, region, source_name, language, progress).result()
    return replace(result, remarks=(*result.remarks, *others))


def best(tables: tuple[Table, ...], mapping: Mapping | None = None) -> tuple[Table, HeadingRow | None]:
    """The sheet that looks most like a list of offers; the first among equals."""
    found = [(table, find_headings(table.rows, mapping)) for table in tables]

    def worth(pair: tuple[Table, HeadingRow | None]) -> int:
        return sum(bool(heading.field) for heading in pair[1].columns) if pair[1] else -1

    return max(found, key=worth)


class _Reading:
    """One pass over a table."""

    def __init__(
        self, table: Table, headings: HeadingRow, region: Region, source: str, language: str, progress: Progress | None
    ) -> None:
        self.table = table
        self.headings = headings
        self.columns = tuple(map(_readable, headings.columns))
        self.places = PlaceNames(region)
        self.source = source
        self.language = language
        self.progress = progress
        self.numbers: dict[str, int] = {}
        self.unreadable: list[Unreadable] = []

    def result(self) -> Read:
        drafts = tuple(self._drafts())
        remarks = tuple(self._remarks())
        if not drafts and not self.unreadable:
            return Read(refused=_NO_OFFERS)
        return Read(
            drafts=drafts,
            unreadable=tuple(self.unreadable),
            remarks=remarks,
            understood=tuple((heading.written, heading.field) for heading in self.columns if heading.field),
            unknown=tuple(heading.written for heading in self.columns if heading.written and not heading.field),
        )

    def _drafts(self) -> Iterator[tuple[int, OfferDraft]]:
        for done, (line, cells) in enumerate(self.table.rows, start=1):
            why = self._why_not(line)
            if why:
                self.unreadable.append(Unreadable(line, "", Message(why)))
            elif line != self.headings.line:
                draft = self._draft(line, cells)
                if draft:
                    yield line, draft
            if self.progress and (done % 100 == 0 or done == len(self.table.rows)):
                self.progress(done, len(self.table.rows))

    def _why_not(self, line: int) -> str:
        if line < self.headings.line:
            return ABOVE_HEADINGS
        return HEADINGS_AGAIN if line in self.headings.again else ""

    def _draft(self, line: int, cells: tuple[str, ...]) -> OfferDraft | None:
        row = make_row(line, self.columns, cells, self.places, self.language)
        if not row.cells and not row.kept:
            return None
        if line in self.table.broken:
            row.reports.append(Unreadable(line, "", Message(OPEN_QUOTE)))
        draft = draft_of(row)
        self.unreadable.extend(row.reports)
        return self._numbered(line, row.heading("number"), draft) if draft else None

    def _numbered(self, line: int, heading: str, draft: OfferDraft) -> OfferDraft:
        """A number that stands there already becomes one of its own, so that no row takes another's place."""
        draft = replace(draft, source=draft.source or self.source)
        number = new = draft.source_key
        again = 2
        while new and new in self.numbers:
            new = f"{number} ({again})"
            again += 1
        if new != number:
            values = {"number": number, "first": self.numbers[number], "new": new}
            self.unreadable.append(Unreadable(line, heading, Message(DOUBLE_NUMBER, values)))
        self.numbers[new] = line
        return replace(draft, source_key=new)

    def _remarks(self) -> Iterator[Message]:
        known = {(heading.field, heading.language) for heading in self.columns}
        for before, now in zip(self.headings.columns, self.columns, strict=True):
            if now.field or not now.written:
                continue
            sentence = _UNKNOWN
            if before.field:
                sentence = _TWICE if (before.field, before.language) in known else _OTHER_LANGUAGE
            yield Message(sentence, {"column": now.written})


def _readable(heading: Heading) -> Heading:
    """A text column in a language the site does not know is kept aside like an unknown one."""
    if heading.language and languages.find(heading.language) is None:
        return Heading(heading.written)
    return heading
