"""Importers read: bytes in, drafts out. One source, one file; whether a draft wins is decided in the directory."""

from __future__ import annotations

from pathlib import Path

from importers import spreadsheet
from importers.contract import Importer, Read
from infopool.directory.regions import Region
from infopool.messages import N_

IMPORTERS: dict[str, Importer] = {
    "spreadsheet": Importer("spreadsheet", N_("Spreadsheet (CSV, XLSX, ODS)"), spreadsheet.read),
}
"""Every importer by the name the command line knows it by."""


def read(importer: str, source: str | Path | bytes, region: Region) -> Read:
    """What an importer reads in a file: its path or its bytes. Raises KeyError for an importer that does not exist."""
    return IMPORTERS[importer].read(source if isinstance(source, bytes) else Path(source), region)


__all__ = ["IMPORTERS", "Importer", "Read", "read"]
