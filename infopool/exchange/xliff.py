"""Texts of offers for translators as XLIFF 2.1, and back: an offer is a `<file>`, a field a `<unit>`.

XLIFF Version 2.1, OASIS Standard, 13 February 2018.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.parsers import expat

from infopool import languages
from infopool.directory.drafts import TextDraft, Unreadable
from infopool.directory.facts import Origin
from infopool.directory.translations import Handed, Need, Received, Wanted
from infopool.directory.wording import FIELDS, shown, terms_in, text_with, what_changed, words_of
from infopool.exchange.csv_xlsx import TRANSLATED
from infopool.languages import SOURCE_LANGUAGE
from infopool.messages import N_, Message

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
"""The core's namespace; 2.1 kept that of 2.0."""
MAX_BYTES = 20_000_000
MAX_DEPTH = 40
MAX_ELEMENTS = 500_000
DONE = frozenset({"translated", "reviewed", "final"})
"""States of a segment in which the translator has finished it."""

_HEADINGS = {field: heading for heading, field in TRANSLATED.items()}
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ORIGINAL = re.compile(r"offers/(\d{1,12})\?source=(\d{1,9})&target=(\d{1,9})")
_XML = "{http://www.w3.org/XML/1998/namespace}"


def write(rows: Sequence[Wanted], language: str, glossary: Mapping[str, str] | None = None) -> bytes:
    """One XLIFF file for one language; originals in another language than German are left out.

    A glossary (German word -> the word to use) becomes notes at the units where the German word stands.
    """
    ET.register_namespace("", NAMESPACE)
    top = ET.Element(_tag("xliff"), {"version": "2.1", "srcLang": SOURCE_LANGUAGE, "trgLang": language})
    for row in rows:
        if row.source.language == SOURCE_LANGUAGE:
            _write_offer(top, row, glossary or {})
    ET.indent(top)
    written: bytes = ET.tostring(top, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _write_offer(top: ET.Element, row: Wanted, glossary: Mapping[str, str]) -> None:
    # The versions stand in `original`, which tools hand back unchanged; notes and foreign attributes may get lost.
    original = f"offers/{row.offer_id}?source={row.source_version}&target={row.target_version}"
    direction = languages.direction_of(row.language)
    about = {"id": f"offer-{row.offer_id}", "original": original, "canResegment": "no", "trgDir": direction}
    file = ET.SubElement(top, _tag("file"), about)
    for field in FIELDS:
        if words_of(row.source, field).strip():
            _write_unit(file, row, field, glossary)


def _write_unit(file: ET.Element, row: Wanted, field: str, glossary: Mapping[str, str]) -> None:
    unit = ET.SubElement(file, _tag("unit"), {"id": field, "name": _HEADINGS[field], f"{_XML}space": "preserve"})
    notes = list(_notes(row, field, glossary))
    if notes:
        listed = ET.SubElement(unit, _tag("notes"))
        for category, words in notes:
            ET.SubElement(listed, _tag("note"), {"category": category}).text = _clean(words)
    segment = ET.SubElement(unit, _tag("segment"), _state(row, field))
    ET.SubElement(segment, _tag("source")).text = _clean(words_of(row.source, field))
    target = words_of(row.target, field)
    if target:
        ET.SubElement(segment, _tag("target")).text = _clean(target)


def _state(row: Wanted, field: str) -> dict[str, str]:
    """Parts of an outdated text whose original still reads the same count as translated."""
    same = row.before is not None and words_of(row.before, field) == words_of(row.source, field)
    done = row.need is Need.OUTDATED and same and words_of(row.target, field)
    return {"state": "translated" if done else "initial", "subState": f"infopool:{row.need}"}


def _notes(row: Wanted, field: str, glossary: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    source = words_of(row.source, field)
    before = words_of(row.before, field)
    if row.before is not None and before != source:
        yield "changed", shown(what_changed(before, source))
    if field == "documents":
        yield "form", "Eine Zeile je Unterlage."
    yield from (("glossary", f"{german} = {word}") for german, word in terms_in(source, glossary))


class _Hostile(Exception):
    """What no translation program writes."""


NOT_XLIFF = Message(N_("This is not an XLIFF 2 file. Please export the texts anew and translate that file."))
HARMFUL = Message(N_("The file holds definitions that no translation program writes. It was not opened."))
TOO_LARGE = Message(N_("The file is too large. Please export fewer texts at once."))


def read(data: bytes) -> Received | Message:
    """The translations a file holds, or a sentence that says why it cannot be read.

    Refused: files over MAX_BYTES, anything with a document type or entities of its own, and what is not XLIFF 2 with a
    language we know. Of each offer all parts are read; which may be published is decided elsewhere.
    """
    if len(data) > MAX_BYTES:
        return TOO_LARGE
    try:
        _look_for_harm(data)
        top = ET.fromstring(data)
    except _Hostile:
        return HARMFUL
    except (ET.ParseError, expat.ExpatError, ValueError, LookupError):
        return NOT_XLIFF
    language = languages.find(top.get("trgLang", ""))
    if top.tag != _tag("xliff") or not top.get("version", "").startswith("2.") or language is None:
        return NOT_XLIFF
    handed: list[Handed] = []
    unreadable: list[Unreadable] = []
    for number, file in enumerate(top.iter(_tag("file")), start=1):
        offer = _read_offer(file, top.get("srcLang", ""), language.tag)
        if offer:
            handed.append(offer)
        else:
            why = Message(N_("This part of the file does not say which offer it belongs to."))
            unreadable.append(Unreadable(number, "", why))
    return Received(tuple(handed), tuple(unreadable))


def _look_for_harm(data: bytes) -> None:
    """A first walk that builds nothing: no document type (so no entities), no great depth, not too many elements."""
    depth = count = 0

    def refuse(*_: object) -> None:
        raise _Hostile

    def opened(*_: object) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > MAX_DEPTH or count > MAX_ELEMENTS:
            raise _Hostile

    def closed(*_: object) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.Parse(data, True)


def _read_offer(file: ET.Element, source_language: str, language: str) -> Handed | None:
    found = _ORIGINAL.fullmatch(file.get("original", ""))
    if not found:
        return None
    offer_id, source_version, target_version = (int(number) for number in found.groups())
    sources: dict[str, str] = {}
    targets: dict[str, str] = {}
    states: set[str] = set()
    for unit in file.iter(_tag("unit")):
        field = unit.get("id", "")
        if field in FIELDS:
            segments = unit.findall(_tag("segment"))
            states |= {segment.get("state", "initial") for segment in segments}
            sources[field] = "".join(_text(source) for source in unit.iter(_tag("source")))
            targets[field] = _target(unit) if any(s.find(_tag("target")) is not None for s in segments) else ""
    return Handed(
        offer_id,
        text_with(language, targets, Origin.TRANSLATED),
        made_from=source_version,
        seen=target_version,
        confirmed=bool(states) and states <= DONE,
        source=_source(source_language, sources),
    )


def _source(language: str, words: Mapping[str, str]) -> TextDraft:
    return text_with(language, words, Origin.WRITTEN)


def _target(unit: ET.Element) -> str:
    """The parts of a unit in the order of the target; tools may cut a unit and put the pieces in another order."""
    parts: list[tuple[int, str]] = []
    pieces = (piece for piece in unit if piece.tag in {_tag("segment"), _tag("ignorable")})
    for place, piece in enumerate(pieces, start=1):
        target = piece.find(_tag("target"))
        if target is None and piece.tag == _tag("ignorable"):
            target = piece.find(_tag("source"))
        order = target.get("order", "") if target is not None else ""
        parts.append(
            (int(order) if re.fullmatch("[0-9]{1,6}", order) else place, _text(target) if target is not None else "")
        )
    return "".join(words for _, words in sorted(parts, key=lambda part: part[0]))


def _text(element: ET.Element) -> str:
    """The words within an element, without the marks that tools put around them."""
    parts: Iterable[str] = (_text(child) + (child.tail or "") for child in element)
    return "".join([element.text or "", *parts])
