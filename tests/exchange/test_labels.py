"""The words for codes."""

from __future__ import annotations

import pytest

from infopool.directory.facts import AUDIENCES, COSTS, FORMATS, LEVELS, RESIDENCE, TIMES
from infopool.exchange.asking import facet_values
from infopool.exchange.labels import FACET_LABELS, REASONS, Labels
from infopool.search.documents import Card
from infopool.search.query import FACET_NAMES, Kind, Understood
from infopool.search.results import Reason, ReasonKind

CARD = Card(1, {"de": ("Kurs", "")}, {}, cost={"kind": "paid"}, levels=("A1", "A2"), childcare="no")


def understood(kind: Kind, code: str, typed: str = "so") -> Understood:
    return Understood(kind, code, typed, 0, len(typed))


def test_every_facet_has_a_name() -> None:
    assert set(FACET_NAMES) <= set(FACET_LABELS)


def test_every_kind_of_reason_has_a_sentence() -> None:
    assert set(REASONS) == set(ReasonKind)


@pytest.mark.parametrize("facet", ["topic", "place", "cost", "format", "time", "residence", "audience"])
def test_every_value_of_a_facet_has_a_label(labels: Labels, facet: str) -> None:
    codes = facet_values(facet, labels.region)
    assert codes
    assert all(labels.value(facet, code) for code in codes)


@pytest.mark.parametrize("facet", ["topic", "place", "cost", "time", "residence"])
def test_a_label_is_more_than_its_code(labels: Labels, facet: str) -> None:
    assert [code for code in facet_values(facet, labels.region) if labels.value(facet, code) == code] == []


def test_the_tables_know_every_code() -> None:
    for table in (AUDIENCES, COSTS, FORMATS, RESIDENCE, TIMES):
        assert all(table.values())
    assert LEVELS[0] == "A0"


@pytest.mark.parametrize(
    ("facet", "value", "label"),
    [
        ("level", "A0", "no German yet"),
        ("level", "B1", "B1"),
        ("language", "ar", "Arabic"),
        ("childcare", "yes", "with childcare"),
        ("childcare", "no", "without childcare"),
        ("place", "waldshut", "Waldshut"),
        ("provider", "7", "Abendschule Beispiel"),
        ("provider", "8", "8"),
        ("topic", "nowhere", "nowhere"),
    ],
)
def test_a_value_is_called(labels: Labels, facet: str, value: str, label: str) -> None:
    assert labels.value(facet, value) == label


@pytest.mark.parametrize(
    ("piece", "label"),
    [
        (understood(Kind.CONCEPT, "german-course"), "German course"),
        (understood(Kind.CONCEPT, "unnamed", "typed"), "typed"),
        (understood(Kind.PLACE, "tiengen"), "Tiengen"),
        (understood(Kind.LEVEL, "A0"), "no German yet"),
        (understood(Kind.LANGUAGE, "lang-uk"), "Ukrainian"),
        (understood(Kind.CORRECTION, "Sprachkurs", "Sprachkrus"), "Sprachkurs"),
    ],
)
def test_a_piece_of_a_query_is_called(labels: Labels, piece: Understood, label: str) -> None:
    assert labels.understood(piece) == label


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (Reason(ReasonKind.WORD, "Kurse", "Kurse"), "It contains “Kurse”."),
        (
            Reason(ReasonKind.WORD, "Friseur", "перукар", language="de"),
            "You wrote “перукар”. It contains “Friseur”.",
        ),
        (Reason(ReasonKind.WORD, "", "перукар", language="de"), "It fits “перукар”."),
        (
            Reason(ReasonKind.CONCEPT, "german-course", "курси німецької"),
            "You wrote “курси німецької”. It is about: German course.",
        ),
        (Reason(ReasonKind.CONCEPT, "german-course", "german course"), "It is about: German course."),
        (Reason(ReasonKind.PLACE, "tiengen"), "It is in or near Tiengen."),
        (
            Reason(ReasonKind.WISH, "evening", "abends", "time"),
            "It fits what you wished for: in the evening.",
        ),
        (Reason(ReasonKind.LANGUAGE, "ar"), "They speak Arabic."),
        (
            Reason(ReasonKind.DIFFERS, "free", "gratis", "cost"),
            "Here it is “costs money” instead of “free of charge”.",
        ),
        (
            Reason(ReasonKind.DIFFERS, "yes", "mit Kindern", "childcare"),
            "Here it is “without childcare” instead of “with childcare”.",
        ),
        (Reason(ReasonKind.DIFFERS, "B1", "B1", "level"), "Here it is “A1, A2” instead of “B1”."),
        (
            Reason(ReasonKind.DIFFERS, "yes", "barrierefrei", "wheelchair"),
            "You wished for “accessible by wheelchair”. Here this is different.",
        ),
    ],
)
def test_a_reason_is_a_whole_sentence(labels: Labels, reason: Reason, sentence: str) -> None:
    assert labels.reason_sentence(reason, CARD) == sentence


def test_what_is_not_said_is_to_be_asked(labels: Labels) -> None:
    assert labels.ask_sentence("childcare") == "Childcare: nothing is said about it. Please ask."


@pytest.mark.parametrize(
    ("tag", "page"), [("de", "/de/offers/7"), ("en", "/en/offers/7"), ("nonsense", "/de/offers/7")]
)
def test_an_offers_page_is_one_that_exists(labels_in, tag: str, page: str) -> None:
    assert labels_in(tag).page_of(7) == page
