"""What users rely on, said once for the tests of both directions."""

from __future__ import annotations

HEADINGS = [
    "Nr",
    "Titel",
    "Kurzbeschreibung",
    "Beschreibung",
    "Träger",
    "Thema",
    "Zielgruppe",
    "Sprachen",
    "Deutschniveau",
    "Kosten",
    "Format",
    "Kinderbetreuung",
    "Nur für Frauen",
    "Barrierefrei",
    "Anmeldung",
    "Termine",
    "Beginn",
    "Ende",
    "Straße",
    "PLZ",
    "Ort",
    "Telefon",
    "E-Mail",
    "Website",
    "Unterlagen",
    "Aufenthaltsstatus",
    "Arbeitskreis",
    "Geprüft am",
]
"""The spreadsheet's headings, as an import must understand and an export write them."""
