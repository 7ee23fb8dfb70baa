"""Another county, by data alone: three places, one of them a district, no strips, no helplines, no names of others."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from infopool import languages
from infopool.db import Database
from infopool.directory.regions import Region, load_region
from infopool.exchange import csv_xlsx
from infopool.search import finding
from infopool.settings import Settings
from infopool.web.app import build_app
from tests.attack.served import command
from tests.attack.taking_in import addresses, sheets, take_in
from tests.conftest import NOW
from tests.web.pages import PageClient

REGION = """
code = "kreis-beispiel"
name = "Kreis Beispiel"
country = "DE"
subdivision = "NI"
zone = "Europe/Berlin"
operator = "Beispiel-Betreiber, Beispielstraße 1, 29999 Musterheim (example.org)"
attribution = ["Places: made up"]
strips = []
helplines = []
working_groups = []

[contact]
phone = "+493023125001"
email = "infopool@example.org"
address = "Beispielstraße 1, Musterheim"
hours = []
"""
PLACES = """code,name,ags,parent,latitude,longitude,postcodes,population,other_names
musterheim,Musterheim,03999001,,52.9,10.1,29999,5000,Мустергайм
beispielau,Beispielau,03999002,,53.1,10.4,29998,3000,
altdorf,Altdorf,03999001,musterheim,52.91,10.12,29999,,
"""
SHEET = (
    "Nr;Titel;Kurzbeschreibung;Thema;Träger;Straße;PLZ;Ort;Gebiet;Arbeitskreis;Termine;Telefon;Titel (en)\n"
    "1;Deutsch am Abend;Für alle.;Deutschkurs;Schule Beispiel;Weg 1;29999;Musterheim;;;Di 18:30-20:00;030 23125-120;"
    "German in the evening\n"
    "2;Möbel abholen;Gut erhalten.;Möbel;Lager Beispiel;Weg 2;29998;Beispielau;ganzer Landkreis;;;030 23125-121;\n"
    "3;Hilfe bei Gewalt;Wir sind da.;Gewalt;Hilfe Beispiel;Weg 3;29999;Altdorf;;;;030 23125-122;\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The county as data."""
    folder = tmp_path_factory.mktemp("county")
    (folder / "region.toml").write_text(REGION, encoding="utf-8")
    (folder / "places.csv").write_text(PLACES, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def county(folder: Path) -> Region:
    return load_region(str(folder))


@pytest.fixture(scope="module")
def site(own_database: Database, county: Region, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The site of the county; no test changes what it shows."""
    take_in(own_database, county, SHEET.encode())
    url = own_database.url.render_as_string(hide_password=False)
    settings = Settings(data=tmp_path_factory.mktemp("data"), database_url=url, region=str(folder))
    app = build_app(settings, lambda: NOW)
    finding.indexer(app.extensions["infopool"].search, own_database).rebuild()
    return app


def test_every_page_works_and_none_names_our_county(site: Flask) -> None:
    visitor = site.test_client()
    seen = 0
    for path in addresses(site):
        answer = visitor.get(path)
        body = answer.get_data(as_text=True).lower()
        if "<" in path or path.startswith("/admin"):  # needs a number, a link or an account of its own
            continue
        # Offers without times have no calendar.
        assert answer.status_code in (200, 301, 302) or (path.endswith(".ics") and answer.status_code == 404), path
        assert "waldshut" not in body, path
        assert "tiengen" not in body, path
        seen += 1
    assert seen > 50


@pytest.mark.parametrize("language", [language.tag for language in languages.offered()])
def test_the_start_and_a_search_are_whole_pages(site: Flask, language: str) -> None:
    pages = PageClient(site)
    pages.get(f"/{language}/")
    pages.get(f"/{language}/search?q=deutsch")
    pages.get(f"/{language}/search?q=xyzzy")
    pages.get(f"/{language}/nowhere", 404)


def test_places_are_understood_in_other_scripts_and_as_districts(site: Flask) -> None:
    pool = PageClient(site).raw
    for words in ("Deutschkurs Musterheim", "німецька Мустергайм"):
        answer = pool.get("/api/v1/search", query_string={"q": words, "lang": "de"}).json
        assert answer is not None
        assert "Deutsch am Abend" in [hit["title"] for hit in answer["hits"]], words
    found = pool.get("/api/v1/search", query_string={"place": "altdorf"}).json
    assert found is not None
    assert "Hilfe bei Gewalt" in [hit["title"] for hit in found["hits"]]


def test_our_places_are_only_words_there(site: Flask) -> None:
    answer = PageClient(site).raw.get("/api/v1/search?near=wehr&within=10")
    assert answer.status_code == 400
    PageClient(site).get("/de/places/wehr", 404)
    PageClient(site).get("/de/search?q=Deutschkurs+in+Waldshut&place=wehr")


def test_sheets_go_out_and_come_in_unchanged(database: Database, county: Region) -> None:
    take_in(database, county, SHEET.encode())
    before = sheets(database, county)[0]
    take_in(database, county, before)
    assert sheets(database, county)[0] == before
    assert b"ganzer Landkreis" in before
    assert csv_xlsx.COLUMNS[0].heading.encode() in before


def test_the_command_line_serves_the_county_too(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "liste.csv").write_text(SHEET, encoding="utf-8")
    here = {"INFOPOOL_REGION": str(folder)}
    for words in (("db", "upgrade"), ("import", "spreadsheet", str(tmp_path / "liste.csv"), "--publish")):
        done = command(tmp_path / "data", *words, **here)
        assert done.returncode == 0, done.stdout + done.stderr
    found = command(tmp_path / "data", "search", "deutsch", **here)
    assert "Deutsch am Abend" in found.stdout
