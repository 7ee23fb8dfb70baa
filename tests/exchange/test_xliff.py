"""Texts for translators as XLIFF, and what comes back."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from infopool.db import Database
from infopool.directory import offers, translations
from infopool.directory.drafts import TextDraft
from infopool.directory.facts import Origin
from infopool.directory.models import Offer
from infopool.directory.regions import load_region
from infopool.directory.translations import Handed, Need, Outcome, Received, Wanted
from infopool.directory.wording import text_with
from infopool.exchange import xliff
from infopool.messages import Message
from tests.conftest import NOW
from tests.making import a_draft, a_text, an_offer

X = "{urn:oasis:names:tc:xliff:document:2.0}"
SOURCE = a_text("Kurs & mehr", summary="Zeile 1\nZeile 2 < 3", documents=("Pass", "Zeugnis"))
MISSING = Wanted(7, True, Need.MISSING, "ar", SOURCE, 3)


def received(data: bytes) -> Received:
    answer = xliff.read(data)
    assert isinstance(answer, Received), answer
    return answer


def one(data: bytes) -> Handed:
    [handed] = received(data).handed
    return handed


def translated(row: Wanted = MISSING, language: str = "ar", *, state: str = "translated") -> bytes:
    """The export with every target filled in: the source's words behind an arrow."""
    top = ET.fromstring(xliff.write([row], language))
    for segment in top.iter(f"{X}segment"):
        segment.set("state", state)
        for old in segment.findall(f"{X}target"):
            segment.remove(old)
        words = segment.findtext(f"{X}source") or ""
        ET.SubElement(segment, f"{X}target").text = "\n".join(f"→{line}" for line in words.split("\n"))
    return ET.tostring(top)


def test_the_file_says_its_version_and_languages() -> None:
    top = ET.fromstring(xliff.write([MISSING], "ar"))
    assert (top.tag, top.attrib) == (f"{X}xliff", {"version": "2.1", "srcLang": "de", "trgLang": "ar"})


def test_an_offer_is_a_file_and_a_field_a_unit() -> None:
    [file] = ET.fromstring(xliff.write([MISSING], "ar"))
    assert file.get("trgDir") == "rtl"
    assert [unit.get("id") for unit in file] == ["title", "summary", "documents"]


def test_what_is_filled_in_comes_back_with_its_versions() -> None:
    assert one(translated()) == Handed(
        7,
        TextDraft(
            "ar", "→Kurs & mehr", "→Zeile 1\n→Zeile 2 < 3", documents=("→Pass", "→Zeugnis"), origin=Origin.TRANSLATED
        ),
        made_from=3,
        seen=0,
        confirmed=True,
        source=SOURCE,
    )


def test_an_untouched_export_hands_nothing_in() -> None:
    assert one(xliff.write([MISSING], "ar")).text == TextDraft("ar", origin=Origin.TRANSLATED)


def outdated() -> Wanted:
    before = replace(SOURCE, title="Kurs")
    there = TextDraft("ar", "دورة", "ملخص", documents=("جواز", "شهادة"), origin=Origin.TRANSLATED)
    return Wanted(7, True, Need.OUTDATED, "ar", SOURCE, 3, target=there, target_version=2, before=before)


def test_an_outdated_text_says_what_has_changed() -> None:
    top = ET.fromstring(xliff.write([outdated()], "ar"))
    note = next(top.iter(f"{X}note"))
    assert (note.get("category"), note.text) == ("changed", "Kurs{+ & mehr+}")


def test_only_what_has_changed_is_left_to_do_in_an_outdated_text() -> None:
    top = ET.fromstring(xliff.write([outdated()], "ar"))
    assert [segment.get("state") for segment in top.iter(f"{X}segment")] == ["initial", "translated", "translated"]


def test_an_outdated_export_handed_back_untouched_is_not_confirmed() -> None:
    handed = one(xliff.write([outdated()], "ar"))
    assert handed.text == outdated().target
    assert not handed.confirmed


def test_words_of_the_glossary_stand_beside_the_text_they_occur_in() -> None:
    top = ET.fromstring(xliff.write([MISSING], "ar", {"Kurs": "دورة", "Kita": "حضانة"}))
    assert [note.text for note in top.iter(f"{X}note") if note.get("category") == "glossary"] == ["Kurs = دورة"]


def test_signs_that_xml_cannot_hold_are_left_out() -> None:
    row = replace(MISSING, source=a_text("Kurs\x0b\x00 A"))
    assert b"Kurs A" in xliff.write([row], "ar")


def test_an_original_in_another_language_is_left_out() -> None:
    assert b"<file" not in xliff.write([replace(MISSING, source=a_text("Course", "en"))], "ar")


def segments(inner: str, original: str = "offers/7?source=3&amp;target=0") -> bytes:
    return (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="de" trgLang="ar">'
        f'<file id="f" original="{original}"><unit id="title">{inner}</unit></file></xliff>'
    ).encode()


def test_a_text_that_a_tool_has_cut_is_put_together_in_the_targets_order() -> None:
    cut = (
        '<segment><source>Eins.</source><target order="3">B.</target></segment>'
        '<ignorable><source> </source><target order="2"> </target></ignorable>'
        '<segment><source>Zwei.</source><target order="1">A.</target></segment>'
    )
    assert one(segments(cut)).text.title == "A. B."


def test_marks_that_a_tool_puts_around_words_are_taken_off() -> None:
    marked = 'Ein <mrk id="m1" type="term">gutes</mrk> <pc id="1">Wort</pc>'
    handed = one(segments(f"<segment><source>K</source><target>{marked}</target></segment>"))
    assert handed.text.title == "Ein gutes Wort"


def test_a_part_without_its_offer_is_named() -> None:
    answer = received(segments("<segment><source>K</source></segment>", original="elsewhere.html"))
    assert [note.line for note in answer.unreadable] == [1]


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><xliff>&b;</xliff>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff>&a;</xliff>'
PLAIN = b"<!DOCTYPE xliff><xliff/>"


@pytest.mark.parametrize("data", [BOMB, OUTSIDE, PLAIN, BOMB.decode().encode("utf-16")])
def test_a_document_type_is_refused(data: bytes) -> None:
    assert xliff.read(data) is xliff.HARMFUL


def test_a_deeply_nested_file_is_refused() -> None:
    assert xliff.read(b"<a>" * 100_000) is xliff.HARMFUL


def test_a_file_over_the_limit_is_refused_unread() -> None:
    assert xliff.read(b"<" * (xliff.MAX_BYTES + 1)) is xliff.TOO_LARGE


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not xml",
        b"<xliff/>",
        b'<?xml version="1.0" encoding="none-such"?><xliff/>',
        segments("").replace(b"2.1", b"1.2"),
        segments("").replace(b'trgLang="ar"', b'trgLang="xx"'),
        segments("").replace(b"document:2.0", b"document:1.2"),
    ],
)
def test_what_is_not_our_kind_of_file_is_refused_with_a_sentence(data: bytes) -> None:
    assert isinstance(xliff.read(data), Message)


@pytest.mark.parametrize("order", ["9" * 5000, "-1", "x", "٣"])
def test_a_strange_order_does_no_harm(order: str) -> None:
    inner = f'<segment><source>K</source><target order="{order}">A</target></segment>'
    assert one(segments(inner)).text.title == "A"


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_words_go_out_and_come_back(title: str, description: str) -> None:
    row = replace(MISSING, source=text_with("de", {"title": "K" + title, "description": description}))
    assert one(xliff.write([row], "ar")).source == replace(row.source, origin=Origin.WRITTEN)


@given(st.binary(max_size=200), st.integers(0, 900), st.integers(0, 900))
def test_no_torn_file_makes_the_reader_fall(noise: bytes, start: int, stop: int) -> None:
    data = xliff.write([MISSING], "ar")
    assert isinstance(xliff.read(data[:start] + noise + data[stop:]), Received | Message)


def take(session: Session, data: bytes) -> list[Outcome]:
    return [translations.take_in(session, handed, now=NOW).outcome for handed in received(data).handed]


def exported(session: Session) -> bytes:
    [row] = translations.worklist(session, "ar")
    return translated(row)


def test_a_whole_round_ends_with_the_translation_on_the_page(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session, texts=(SOURCE,))
        assert take(session, exported(session)) == [Outcome.TAKEN]
        assert text_of(offer) == "→Kurs & mehr"


def text_of(offer: Offer) -> str:
    return next(text.title for text in offer.texts if text.language == "ar")


def test_the_same_file_twice_changes_nothing(database: Database) -> None:
    with database.transaction() as session:
        an_offer(session)
        data = exported(session)
        assert take(session, data) == [Outcome.TAKEN]
        assert take(session, data) == [Outcome.AS_BEFORE]


def test_a_file_from_before_a_change_of_the_original_is_refused(database: Database) -> None:
    with database.transaction() as session:
        offer = an_offer(session)
        data = exported(session)
        offers.save(session, a_draft("Morgenkurs"), now=NOW, region=load_region("waldshut"), offer=offer)
        assert take(session, data) == [Outcome.REFUSED]
