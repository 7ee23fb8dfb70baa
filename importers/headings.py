"""Headings: which column holds what, in any order and in any spelling a person would recognise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale

from infopool.directory.reading.spoken import known_name
from infopool.directory.reading.words import Synonyms, fold
from infopool.languages import BY_TAG

COLUMNS: dict[str, str] = {
    "number": "Nr|Nummer|Nr.|lfd. Nr.|laufende Nummer|ID|Kennung|Schlüssel|no|number|key|source key|record id|Angebotsnummer|Angebots-Nr|pk",
    "title": "Titel|Angebot|Name des Angebots|Bezeichnung|Angebotstitel|Überschrift|title|offer|name|Name|Kurstitel|Angebotsname|Titel des Angebots|offer title|Kursname|heading",
    "summary": "Kurzbeschreibung|Kurztext|Kurzinfo|Zusammenfassung|summary|short description|in einem Satz|Untertitel|Teaser|abstract|Kurz",
    "description": "Beschreibung|Beschreibungstext|Langtext|Details|Inhalt|Text|description|long description|Angebotsbeschreibung|Erläuterung|Beschreibung des Angebots|content|Informationen|Infos",
    "registration_words": "Hinweise zur Anmeldung|Anmeldehinweise|Anmeldung Hinweise|how to register|registration notes|registration details|Anmeldung wie|Wie anmelden|Anmeldeverfahren|So melden Sie sich an"
    "|Anmeldung bei|notes on registration",
    "documents": "Unterlagen|Dokumente|mitzubringen|benötigte Unterlagen|Bitte mitbringen|Was mitbringen|documents|required documents|what to bring|bring along|erforderliche Unterlagen",
    "provider": "Träger|Anbieter|Organisation|Einrichtung|Institution|Veranstalter|provider|organisation name|organization|organisation|organization name|provided by|Trägerin|Anbieter/Träger|Träger/Anbieter|organizer"
    "|Name der Einrichtung|Verein",
    "provider_kind": "Trägerart|Art des Trägers|Anbieterart|provider type|type of provider|kind of provider|Organisationsform|Art der Einrichtung|Einrichtungsart",
    "topics": "Thema|Themen|Kategorie|Kategorien|Bereich|Rubrik|Themenbereich|Themenfeld|topic|topics|category|categories|sub category|Unterkategorie|Handlungsfeld|Schlagworte|tags|Unterthema|Oberthema",
    "audiences": "Zielgruppe|Zielgruppen|für wen|audience|audiences|target group|target groups|for whom|Teilnehmerkreis|Adressaten|Wer kann teilnehmen",
    "languages": "Sprachen|Sprache|gesprochene Sprachen|Beratungssprache|Beratungssprachen|languages|language|spoken languages|languages spoken|Sprachkenntnisse|Sprachangebot|Sprachen der Beratung",
    "level": "Deutschniveau|Sprachniveau|Niveau|Niveaustufe|Kursniveau|German level|language level|level|Deutschkenntnisse|Deutsch-Niveau|Sprachlevel|Niveau Deutsch",
    "level_required": "benötigtes Niveau|vorausgesetztes Niveau|Eingangsniveau|Deutschniveau Voraussetzung|required German|required level|German level required|level required|German required|erforderliches Deutschniveau"
    "|Deutschniveau nötig|Mindestniveau|Einstiegsniveau",
    "level_taught": "Zielniveau|Niveau des Kurses|unterrichtetes Niveau|German level taught|level taught|Deutschniveau Kurs|Deutschniveau Ziel|Kursziel",
    "cost": "Kosten|Preis|Gebühr|Gebühren|Teilnahmegebühr|Kursgebühr|Beitrag|Eintritt|Kostenbeitrag|cost|costs|price|fee|fees|Kosten in Euro|Teilnahmebeitrag",
    "formats": "Format|Art der Teilnahme|Durchführung|Form|format|mode|Veranstaltungsform|online/Präsenz|Online oder Präsenz|Angebotsform|Durchführungsform|delivery|Angebotsformat",
    "childcare": "Kinderbetreuung|Kinderbetreuung vorhanden|mit Kinderbetreuung|childcare|child care|childcare available|Betreuung für Kinder",
    "women_only": "Nur für Frauen|nur Frauen|Frauen|women only|only women|for women only|Frauenkurs|nur f. Frauen",
    "wheelchair": "Barrierefrei|barrierefreier Zugang|Barrierefreiheit|rollstuhlgerecht|Rollstuhl|wheelchair|wheelchair accessible|accessible|accessibility|step-free",
    "registration": "Anmeldung|Anmeldung erforderlich|Anmeldung nötig|Anmeldung notwendig|Anmeldepflicht|registration|registration required|registration needed|booking required|Voranmeldung|sign up",
    "times": "Termine|Termin|Zeiten|Zeit|Öffnungszeiten|Sprechzeiten|Kurszeiten|Wann|times|time|schedule|opening hours|when|dates and times|Termine/Zeiten|Zeiten/Termine|Kurstermine|Bürozeiten"
    "|Sprechstunden|Tage und Zeiten|hours|opening times",
    "weekdays": "Wochentag|Wochentage|Tag|Tage|weekday|weekdays|day|days",
    "clock": "Uhrzeit|Uhrzeiten|von bis|time of day|clock time|Beginn Uhrzeit",
    "starts_on": "Beginn|Start|Startdatum|Kursbeginn|Beginnt am|ab wann|starts|start date|starts on|begin|beginning|Kursstart|Anfang|start",
    "ends_on": "Ende|Enddatum|Kursende|endet am|letzter Termin|ends|end date|ends on|end|letzter Tag",
    "register_by": "Anmeldeschluss|Anmeldefrist|Anmeldung bis|anmelden bis|registration deadline|register by|deadline|Bewerbungsfrist",
    "street": "Straße|Str.|Straße und Hausnummer|Straße Nr|Straße/Nr.|Strasse Hausnummer|street|street address|contact address street|address line|Straße, Hausnummer|Straße, Nr.|Hausanschrift|street and number",
    "house_number": "Hausnummer|Hausnr|Haus-Nr.|house number|housenr|contact address housenr|street number|housenumber",
    "postcode": "PLZ|Postleitzahl|postcode|zip|zip code|contact address zip|postal code|plz code",
    "town": "Ort|Stadt|Gemeinde|Wohnort|Ortschaft|Stadt/Gemeinde|town|city|municipality|place|area city|contact address city|Ort der Einrichtung",
    "address": "Adresse|Anschrift|Veranstaltungsort|Standort|Wo|Kursort|Treffpunkt|address|full address|where|location|venue address|Ort/Adresse|Postanschrift|Veranstaltungsadresse",
    "venue": "Gebäude|Name des Ortes|Raum|Räumlichkeiten|Veranstaltungsraum|Lokalität|venue|building|room|venue name|placename|Ort (Name)|Kursraum|Haus",
    "latitude": "Breitengrad|Geo Breite|Latitude|lat|geo lat",
    "longitude": "Längengrad|Geo Länge|Longitude|lon|lng|long|geo lon",
    "places": "Gebiet|Einzugsgebiet|Einzugsbereich|zuständig für|Zuständigkeit|Zuständigkeitsgebiet|gilt für|places served|area served|service area|catchment area|Region|areas served|Gemeinden|Reichweite",
    "confidential": "Vertraulich|Adresse vertraulich|geheime Adresse|Adresse geheim|confidential|confidential address|address confidential|nicht veröffentlichen",
    "phones": "Telefon|Tel.|Tel|Telefonnummer|Fon|Rufnummer|Telefon/Handy|phone|telephone|phone number|contact telephone|Festnetz|phones|Telefon Festnetz|Telefonkontakt|tel nr|Telefon dienstlich",
    "mobile": "Mobil|Handy|Mobiltelefon|Handynummer|Mobilnummer|mobile|cell phone|mobile phone|WhatsApp",
    "emails": "E-Mail|Mail|Email|E-Mail-Adresse|Mailadresse|e-mail address|email address|mail address|Kontakt E-Mail",
    "websites": "Website|Webseite|Homepage|Internet|Internetseite|URL|Link|web|web address|Webadresse|Internetadresse|web page|www|Links|Homepage/Link",
    "contact": "Kontakt|Kontaktdaten|Kontaktmöglichkeit|contact|contact details|contacts|Erreichbarkeit|Kontaktinformationen",
    "residence": "Aufenthaltsstatus|Aufenthalt|Aufenthaltstitel|residence status|residence|legal status|Aufenthaltsrechtlicher Status|Bleibeperspektive|Zugang nach Aufenthaltsstatus",
    "working_group": "Arbeitskreis|AK|zuständiger Arbeitskreis|working group|responsible working group|Arbeitsgruppe",
    "checked_on": "Geprüft am|zuletzt geprüft|geprüft|Stand|Aktualisiert am|letzte Prüfung|checked on|last checked|verified on|checked|Datenstand|Prüfdatum|Stand vom|as of|zuletzt aktualisiert",
    "checked_by": "Geprüft von|geprüft durch|Prüfer|checked by|verified by|Prüferin",
    "checked_how": "Prüfweg|geprüft wie|Prüfart|checked how|how checked|Art der Prüfung|Geprüft per",
    "valid_until": "Gültig bis|gültig|Ablaufdatum|valid until|expires|expires on|Gültigkeit|läuft ab am|gilt bis",
    "free_places": "Plätze frei|freie Plätze|Freie Plätze|Restplätze|free places|places free|vacancies|available places|Plätze verfügbar|Anzahl freie Plätze",
    "waiting": "Wartezeit|Warteliste|waiting time|waiting list|wait|Wartedauer",
    "capacity_as_of": "Stand Plätze|Plätze Stand|Stand der Plätze|capacity as of|Plätze geprüft am|Stand freie Plätze",
    "source": "Quelle|Herkunft|Datenquelle|source|data source",
}
"""Field -> the headings people give it, separated by `|`; the first is the one our own spreadsheet uses."""

TEXTS = frozenset({"title", "summary", "description", "registration_words", "documents"})
"""The fields that exist once per language: "Titel (en)"."""

SEVERAL = frozenset({"phones", "mobile", "emails", "websites", "topics", "audiences", "languages", "documents", "places", "contact", "times", "residence"})
"""The fields that may stand in more than one column; the cells are read one after the other."""


@dataclass(frozen=True)
class Heading:
    """One column's heading as written, and what it was understood as."""

    written: str
    field: str = ""
    """Empty when nobody knows it."""
    language: str = ""
    """The language of a text column that names one ("Titel (en)")."""


@dataclass(frozen=True)
class HeadingRow:
    """The row that names the columns."""

    line: int
    columns: tuple[Heading, ...]
    again: tuple[int, ...] = ()
    """Further rows that look like headings."""


_TABLE = Synonyms({field: words for field, words in COLUMNS.items()}, closeness=88.0)
_TAGGED = re.compile(r"^(?P<name>.+?)\s*[(\[]\s*(?P<tag>[^()\[\]]{2,40})\s*[)\]]\s*$|^(?P<name2>.+?)\s*[_\-/:]\s*(?P<tag2>[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,8})?)\s*$|^(?P<name3>.+?)\s+(?:auf\s+|in\s+)?(?P<tag3>[^\W\d_]{2,20})\s*$")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


@lru_cache(maxsize=2_000)
def understand(written: str) -> Heading:
    """What a heading means. "Titel (en)", "description_de" and "Titel auf Arabisch" name a language, too."""
    text = " ".join(written.replace("*", " ").split()).strip(" :;.")
    if not text or len(text) > 120:
        return Heading(written)
    exact = _TABLE.exactly(text)
    if exact:
        return Heading(written, exact)
    tagged = _with_language(written, text)
    if tagged:
        return tagged
    without = re.sub(r"\s*[(\[][^()\[\]]*[)\]]", " ", text).strip() or text
    field = _TABLE.exactly(without) or _TABLE.exactly(re.sub(r"[\s_]*\d{1,2}$", "", without)) or _TABLE.find(without)
    return Heading(written, field)


def _with_language(written: str, text: str) -> Heading | None:
    found = _TAGGED.match(text)
    if not found:
        return None
    name, tag = next((found[name], found[tag]) for name, tag in (("name", "tag"), ("name2", "tag2"), ("name3", "tag3")) if found[name])
    field, language = _TABLE.find(name), language_tag(tag)
    return Heading(written, field, language) if field in TEXTS and language else None


@lru_cache(maxsize=500)
def language_tag(text: str) -> str:
    """The tag of a text's language as written in a heading: `en`, `en-GB`, `Englisch`; empty when it names none."""
    text = text.strip()
    if _TAG.fullmatch(text):
        parts = text.replace("_", "-").split("-")
        tag = "-".join([parts[0].lower(), *(part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part.lower() for part in parts[1:])])
        for candidate in (tag, tag.lower(), parts[0].lower()):
            if candidate in BY_TAG:
                return candidate
        if parts[0].lower() in Locale.parse("de").languages or parts[0].lower() in ("prs", "kmr"):
            return tag[:20]
    return known_name(text)


def rank(cells: Sequence[str]) -> float:
    """How much a row looks like the headings: its known headings, each field counted once, a title far ahead."""
    fields = {(heading.field, heading.language) for heading in map(understand, (cell.strip() for cell in cells[:220])) if heading.field}
    return len(fields) + (3 if ("title", "") in fields else 0)


def _is_heading_row(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    known = sum(bool(understand(cell.strip()).field) for cell in filled[:220])
    return known >= 3 and known >= 0.6 * len(filled)


def find_headings(rows: Sequence[tuple[int, Sequence[str]]]) -> HeadingRow | None:
    """The row of headings among the first fifteen, the one with the most known headings (the first among equals).

    Rows above it are a title or a remark. None when no row names a title column: without it nothing can be read.
    """
    candidates = [(rank(cells), -line, cells) for line, cells in rows[:15]]
    if not candidates:
        return None
    _, line, cells = max(candidates, key=lambda candidate: candidate[:2])
    columns = _each_field_once([understand(cell.strip()) for cell in cells])
    if not any(heading.field == "title" for heading in columns):
        return None
    again = tuple(other for other, others in rows if other != -line and _is_heading_row(others))
    return HeadingRow(-line, tuple(columns), again)


def _each_field_once(columns: list[Heading]) -> list[Heading]:
    """A second column for the same thing is not understood, unless the field may stand in several."""
    seen: set[tuple[str, str]] = set()
    once: list[Heading] = []
    for heading in columns:
        key = (heading.field, heading.language)
        once.append(Heading(heading.written) if key in seen and heading.field not in SEVERAL else heading)
        seen.add(key)
    return once
