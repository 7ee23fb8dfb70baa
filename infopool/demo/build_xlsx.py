"""Makes offers.xlsx from offers.csv, the way a person would keep the same rows in a spreadsheet program.

Run it after every change of the CSV: `python infopool/demo/build_xlsx.py`.
"""

import csv
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).parent
DATE_COLUMNS = {"Beginn", "Ende", "Anmeldeschluss", "Gültig bis", "Geprüft am"}
NUMBER_COLUMNS = {"Nr", "Plätze frei"}
LONG_COLUMNS = ("Kurzbeschreibung", "Beschreibung")
DATE_FORMATS = ("%d.%m.%Y", "%Y-%m-%d")


def cell_value(column: str, text: str) -> str | int | date | None:
    """What a spreadsheet program would store for a cell typed as `text`; None for an empty cell.

    Postcodes and telephone numbers stay text: as numbers they would lose zeros and blanks.
    """
    if not text:
        return None
    if column in NUMBER_COLUMNS and text.isdecimal():
        return int(text)
    return parse_date(text) or text if column in DATE_COLUMNS else text


def parse_date(text: str) -> date | None:
    """The day written in `text` (31.12.2027 or 2027-12-31), or None if it is something else."""
    for pattern in DATE_FORMATS:
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    return None


def dress(sheet: Worksheet, columns: list[str]) -> None:
    """Makes the sheet readable: bold headings that stay in sight, a filter, wider columns for long texts."""
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions
    for number, column in enumerate(columns, start=1):
        sheet.cell(1, number).font = Font(bold=True)
        width = 50 if column.startswith(LONG_COLUMNS) else max(12, len(column) + 2)
        sheet.column_dimensions[get_column_letter(number)].width = width
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if isinstance(cell.value, date):
                cell.number_format = "DD.MM.YYYY"


def build(source: Path, target: Path) -> int:
    """Writes the rows of the CSV `source` into the workbook `target`; answers how many offers it holds."""
    with source.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, delimiter=";")
        columns = list(reader.fieldnames or [])
        rows = list(reader)
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Angebote"
    sheet.append(columns)
    for row in rows:
        sheet.append([cell_value(column, row[column]) for column in columns])
    dress(sheet, columns)
    workbook.save(target)
    return len(rows)


if __name__ == "__main__":
    print(build(HERE / "offers.csv", HERE / "offers.xlsx"), "offers")
