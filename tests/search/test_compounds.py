"""German compounds: taken apart where they are made of words of the field, left whole where they are not."""

from __future__ import annotations

import pytest

from infopool.search import compounds, text

TAKEN_APART = """
Sprachkurs Sprache Kurs
Deutschkurs Deutsch Kurs
Integrationskurs Integration Kurs
Abendkurs Abend Kurs
Anfängerkurs Anfänger Kurs
Alphabetisierungskurs Alphabetisierung Kurs
Computerkurs Computer Kurs
Sprachcafé Sprache Café
Frauencafé Frauen Café
Elterncafé Eltern Café
Wohnungssuche Wohnung Suche
Wohnungsamt Wohnung Amt
Wohngeld Wohnen Geld
Mietvertrag Miete Vertrag
Mietschulden Miete Schulden
Sozialwohnung Sozial Wohnung
Schuldnerberatung Schuldner Beratung
Rechtsberatung Recht Beratung
Sozialberatung Sozial Beratung
Migrationsberatung Migration Beratung
Schwangerschaftsberatung Schwangerschaft Beratung
Familienberatung Familie Beratung
Berufsberatung Beruf Beratung
Suchtberatung Sucht Beratung
Kinderbetreuung Kinder Betreuung
Hausaufgabenhilfe Hausaufgaben Hilfe
Hausaufgabenbetreuung Hausaufgaben Betreuung
Nachbarschaftshilfe Nachbarschaft Hilfe
Opferhilfe Opfer Hilfe
Sozialhilfe Sozial Hilfe
Ausbildungsplatz Ausbildung Platz
Ausbildungsmesse Ausbildung Messe
Arbeitserlaubnis Arbeit Erlaubnis
Aufenthaltserlaubnis Aufenthalt Erlaubnis
Aufenthaltstitel Aufenthalt Titel
Ausländerbehörde Ausländer Behörde
Berufsanerkennung Beruf Anerkennung
Zeugnisanerkennung Zeugnis Anerkennung
Bewerbungstraining Bewerbung Training
Elternabend Eltern Abend
Elterngeld Eltern Geld
Kindergeld Kinder Geld
Familiennachzug Familie Nachzug
Frauenhaus Frauen Haus
Freizeitangebot Freizeit Angebot
Gesundheitsamt Gesundheit Amt
Gesundheitskarte Gesundheit Karte
Jugendamt Jugend Amt
Jugendzentrum Jugend Zentrum
Jugendmigrationsdienst Jugend Migration Dienst
Kindergarten Kinder Garten
Kinderarzt Kinder Arzt
Zahnarzt Zahn Arzt
Frauenarzt Frauen Arzt
Krankenkasse Kranken Kasse
Krankenversicherung Kranken Versicherung
Rentenversicherung Renten Versicherung
Pflegeversicherung Pflege Versicherung
Mutterschutz Mutter Schutz
Gewaltschutz Gewalt Schutz
Schulanmeldung Schule Anmeldung
Schulabschluss Schule Abschluss
Seniorentreff Senioren Treff
Sportverein Sport Verein
Stadtbibliothek Stadt Bibliothek
Traumatherapie Trauma Therapie
Fahrradwerkstatt Fahrrad Werkstatt
Deutschlandticket Deutschland Ticket
Wohnberechtigungsschein Berechtigung Schein
Stellenangebote Stellen Angebote
"""
WHOLE = """
Führerschein Beratung Bildung Unterstützung Integration Anerkennung Versicherung Gesundheit Verwaltung Organisation
Information Betreuung Behörde Familie Flüchtlinge Migranten Erziehung Verein Kontakt Anmeldung Teilnahme Bewerbung
Leistungen Einrichtung Veranstaltung Begleitung Unterricht Unterkunft Volkshochschule Donnerstag Sonntag Waldshut
Tiengen Laufenburg Bonndorf Weilheim Rickenbach Herrischried Ehrenamt Workshop willkommen vielleicht minderjährig
"""
ROWS = [line.split() for line in TAKEN_APART.strip().splitlines()]


@pytest.mark.parametrize(("word", "parts"), [(row[0], row[1:]) for row in ROWS], ids=lambda value: str(value))
def test_a_compound_is_found_by_each_of_its_parts(word: str, parts: list[str]) -> None:
    stems = text.word_terms(word, "de")
    assert [part for part in parts if text.analysed(part, "de") not in stems] == []


@pytest.mark.parametrize("word", WHOLE.split())
def test_a_word_that_is_no_compound_stays_whole(word: str) -> None:
    assert compounds.parts(text.fold(word, "de")) == ()


def test_sixty_words_of_the_field_are_tried() -> None:
    assert len(ROWS) >= 60


@pytest.mark.parametrize("word", ["", "a", "ärzte", "x" * 5000, "kurs" * 15, "курскурс", "123456789"])
def test_no_word_is_too_odd(word: str) -> None:
    assert isinstance(compounds.parts(word), tuple)
