"""Scripts in every column of a sheet stay words wherever they come out again."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from flask import Flask

from infopool.db import Database
from infopool.directory.regions import Region
from tests.attack.taking_in import addresses, sheets, site_of
from tests.web.pages import Page, PageClient

CLASSICS = (
    "<script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    "javascript:alert(1)",
    "JaVaScRiPt&colon;alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>alert(1)</script>-->",
    "<math><a xlink:href=javascript:alert(1)>x</a></math>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{ 7*7 }}{% raw %}%(name)s${alert(1)}",
    "<iframe srcdoc='<script>alert(1)</script>'>",
)
HEADINGS = (
    "Nr;Titel;Kurzbeschreibung;Beschreibung;Träger;Trägerart;Thema;Zielgruppe;Sprachen;Deutschniveau;Kosten;Format;"
    "Kinderbetreuung;Nur für Frauen;Barrierefrei;Anmeldung;Anmeldeschluss;Hinweise zur Anmeldung;Termine;Beginn;Ende;"
    "Gebäude;Straße;PLZ;Ort;Gebiet;Telefon;E-Mail;Website;Unterlagen;Aufenthaltsstatus;Arbeitskreis;Plätze frei;"
    "Wartezeit;Gültig bis;Geprüft am;Geprüft von;Prüfweg;Titel (en);Kurzbeschreibung (en);Titel (ar);Intern"
)
COLUMNS = HEADINGS.split(";")
BESIDE = {"Termine": "Di 18:30-20:00 ", "E-Mail": "a@example.org ", "Website": "https://example.org/x?", "Ort": "Wehr "}
"""What lets a cell be understood, so that the classic beside it gets further."""


def sheet() -> bytes:
    """Every classic in every column; what needs a fact of its own carries the classic beside it."""
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";")
    rows.writerow(COLUMNS)
    for number, classic in enumerate(CLASSICS, 1):
        rows.writerow([f"{number}{classic}", *(BESIDE.get(column, "") + classic for column in COLUMNS[1:])])
    return out.getvalue().encode()


@pytest.fixture(scope="module")
def site(own_database: Database, region: Region, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return site_of(own_database, region, sheet(), tmp_path_factory.mktemp("hostile"))


def test_on_every_page_they_are_words(site: Flask) -> None:
    visitor, inspected = PageClient(site), 0
    for path in addresses(site):
        answer = visitor.raw.get(path)
        assert answer.status_code < 500, path
        if answer.mimetype == "text/html" and answer.status_code == 200:
            # Inspecting refuses every script, handler and style of an element, and what is loaded from elsewhere.
            page = Page(answer)
            _inspect(page, path)
            inspected += 1
    assert inspected > 50


def _inspect(page: Page, path: str) -> None:
    for one in page.root.all():
        assert not [name for name in one.attributes if name.startswith("on") or name == "srcdoc"], (path, one.tag)
        assert one.tag not in ("iframe", "math", "img", "object", "embed"), (path, one.tag)
        assert re.match(r"(https?:|/|#|\?|tel:|mailto:|data:image/svg|$)", one["href"]), (path, one["href"])
        if one.tag == "script":
            assert one["src"].startswith("/static/") or one["type"] == "application/ld+json", path
    page.structured()


def test_searching_for_them_is_harmless(site: Flask) -> None:
    visitor = PageClient(site)
    for classic in CLASSICS:
        answer = visitor.raw.get("/de/search", query_string={"q": classic})
        assert answer.status_code == 200
        _inspect(Page(answer), classic)


def test_programs_are_told_that_it_is_data(site: Flask) -> None:
    visitor = site.test_client()
    for path in ("/api/v1/search?q=alert", "/api/v1/offers/1", "/hsds/services", "/de/suggest?q=scr"):
        answer = visitor.get(path)
        assert answer.mimetype == "application/json"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        json.loads(answer.data)


def test_a_calendar_has_no_lines_but_its_own(site: Flask) -> None:
    visitor = site.test_client()
    files = [visitor.get(f"/de/offers/{number}.ics") for number in range(1, len(CLASSICS) + 1)]
    lines = [line for file in files if file.status_code == 200 for line in file.get_data(as_text=True).split("\r\n")]
    assert lines
    assert all(re.match(r"([A-Z-]+[;:]| |$)", line) for line in lines)


def test_an_exported_sheet_starts_no_formula(site: Flask, own_database: Database, region: Region) -> None:
    table, _ = sheets(own_database, region)
    cells = [cell for row in csv.reader(io.StringIO(table.decode("utf-8-sig")), delimiter=";") for cell in row]
    assert cells
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell and not re.fullmatch(r"\+[0-9 ()/-]+", cell)]
