"""A confidential address, taken in from a sheet, is nowhere to be found."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from flask import Flask

from infopool.db import Database
from infopool.directory import offers
from infopool.directory.models import Offer
from infopool.directory.regions import Region
from infopool.exchange import csv_xlsx
from tests.attack.taking_in import addresses, index_words, sheets, site_of, take_in

SHEET = (
    "Nr;Titel;Kurzbeschreibung;Thema;Träger;Gebäude;Straße;PLZ;Ort;Breitengrad;Längengrad;Vertraulich;Telefon;Intern\n"
    "1;Schutz für Frauen;Wir sind da.;Gewalt;Hilfe Beispiel;Haus Kranichruh;Kranichgasse 17;79822;Kranichhausen;"
    "47.87654;8.12345;ja;030 23125-120;Schlüssel bei Kranichwirt\n"
    "2;Deutschkurs;Für alle.;Deutschkurs;Schule Beispiel;;Beispielstraße 4;79664;Wehr;;;;030 23125-121;\n"
)
SECRETS = ("kranich", "79822", "47.876", "47,876", "8.1234", "8,1234")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("secret")


@pytest.fixture(scope="module")
def site(own_database: Database, region: Region, folder: Path) -> Flask:
    return site_of(own_database, region, SHEET.encode(), folder)


def told(text: str) -> list[str]:
    """The secrets in a text."""
    return [secret for secret in SECRETS if secret in text.lower()]


def test_no_address_of_the_site_tells_it(site: Flask) -> None:
    visitor = site.test_client()
    telling = {path: told(visitor.get(path).get_data(as_text=True)) for path in addresses(site)}
    assert len(telling) > 50
    assert {path: secrets for path, secrets in telling.items() if secrets} == {}


@pytest.mark.parametrize("words", ["Kranichgasse 17", "Kranichhausen", "79822 Kranichhausen", "Kranichruh"])
def test_searching_for_it_finds_nothing(site: Flask, words: str) -> None:
    visitor = site.test_client()
    hits = visitor.get("/api/v1/search", query_string={"q": words, "exact": "1"}).json
    assert hits is not None
    assert hits["hits"] == []
    lines = visitor.get("/api/v1/suggest", query_string={"q": words[:6]}).json
    assert lines is not None
    assert lines["suggestions"] == []


def test_the_index_does_not_know_it(site: Flask, folder: Path) -> None:
    assert told(index_words(site)) == []
    files = [path.read_bytes().lower() for path in (folder / "index").rglob("*") if path.is_file()]
    assert files
    # The short numbers may stand in any file by accident.
    assert [body for body in files if b"kranich" in body] == []


def test_programs_that_list_services_are_not_told(site: Flask) -> None:
    visitor = site.test_client()
    page = visitor.get("/hsds/services").json
    assert page is not None
    whole = [visitor.get(f"/hsds/services/{service['id']}").get_data(as_text=True) for service in page["contents"]]
    assert len(whole) == 2
    assert told("".join(whole)) == []


def test_exported_sheets_do_not_tell_it(database: Database, region: Region) -> None:
    take_in(database, region, SHEET.encode())
    table, workbook = sheets(database, region)
    with zipfile.ZipFile(io.BytesIO(workbook)) as members:
        unpacked = b"".join(members.read(name) for name in members.namelist())
    assert told(table.decode() + unpacked.decode()) == []


def test_a_curator_may_export_it_on_purpose(database: Database, region: Region) -> None:
    take_in(database, region, SHEET.encode())
    with database.reading() as session:
        assert "Kranichgasse 17" in csv_xlsx.write_csv(offers.all_published(session), region, secrets=True).decode()


def test_the_exported_sheet_taken_in_again_does_not_forget_it(database: Database, region: Region) -> None:
    take_in(database, region, SHEET.encode())
    table, _ = sheets(database, region)
    take_in(database, region, table)
    with database.reading() as session:
        kept = session.get(Offer, 1)
        assert kept is not None
        assert kept.venue is not None
        assert (kept.venue.street, kept.venue.confidential) == ("Kranichgasse 17", True)


def test_the_key_of_an_offer_without_a_number_does_not_depend_on_it(database: Database, region: Region) -> None:
    lines = SHEET.splitlines()
    without_number = "\n".join([lines[0], lines[1].replace("1;Schutz", ";Schutz", 1)])
    take_in(database, region, without_number.encode())
    take_in(database, region, without_number.replace("Kranichgasse 17", "Reihergasse 3").encode())
    with database.reading() as session:
        assert session.query(Offer).count() == 1
