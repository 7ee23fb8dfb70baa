"""Parameters of an address, read into a question or refused with what to write instead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infopool import languages
from infopool.directory.regions import Region, load_region
from infopool.exchange.asking import Faulty, Parameters, facet_values, read_language, read_page, read_question
from infopool.search.query import FACET_NAMES, Asked, Sort
from tests.conftest import TODAY

GERMAN = languages.BY_TAG["de"]
REGION = load_region("waldshut")


def question(**given: str | list[str]) -> Asked | Faulty:
    parameters: Parameters = {name: [value] if isinstance(value, str) else value for name, value in given.items()}
    return read_question(parameters, GERMAN, REGION, TODAY)


def fields(asked: Asked | Faulty) -> list[str]:
    assert isinstance(asked, Faulty), asked
    return [problem.field for problem in asked.problems]


def test_nothing_asked_is_everything() -> None:
    assert question() == Asked("", "de", TODAY, limit=10)


def test_everything_can_be_asked_at_once() -> None:
    asked = question(q=" kurs ", limit="5", offset="20", near="tiengen", within="12.5", sort="distance", exact="true")
    assert asked == Asked("kurs", "de", TODAY, {}, "tiengen", 12.5, Sort.DISTANCE, 5, 20, True)


def test_values_are_repeated_or_separated_by_commas() -> None:
    asked = question(topic=["housing,work", "work", " law "])
    assert isinstance(asked, Asked)
    assert asked.filters == {"topic": ("housing", "work", "law")}


@pytest.mark.parametrize("facet", FACET_NAMES)
def test_every_facet_is_a_parameter(region: Region, facet: str) -> None:
    value = {"language": "ckb", "provider": "7"}.get(facet) or facet_values(facet, region)[0]
    asked = question(**{facet: value})
    assert isinstance(asked, Asked)
    assert asked.filters == {facet: (value,)}


@pytest.mark.parametrize("facet", FACET_NAMES)
def test_a_value_nobody_knows_is_refused(facet: str) -> None:
    assert fields(question(**{facet: "no such thing"})) == [facet]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("limit", "0"),
        ("limit", "101"),
        ("limit", "-1"),
        ("limit", "1e3"),
        ("limit", "٣"),
        ("limit", "9" * 400),
        ("offset", "-1"),
        ("offset", "100001"),
        ("near", "atlantis"),
        ("sort", "luck"),
        ("exact", "maybe"),
        ("colour", "green"),
    ],
)
def test_a_wrong_value_is_refused(name: str, value: str) -> None:
    assert fields(question(**{name: value})) == [name]


@pytest.mark.parametrize("value", ["0", "-5", "nan", "inf", "501", "1e2", "ten"])
def test_a_wrong_distance_is_refused(value: str) -> None:
    assert fields(question(near="wehr", within=value)) == ["within"]


def test_a_distance_needs_a_place() -> None:
    assert fields(question(within="10")) == ["within"]


def test_every_fault_is_named_at_once() -> None:
    assert fields(question(colour="green", limit="0", topic="nonsense", sort="luck")) == [
        "colour",
        "limit",
        "topic",
        "sort",
    ]


def test_what_makes_sense_only_once_is_refused_twice() -> None:
    assert fields(question(q=["a", "b"])) == ["q"]


@pytest.mark.parametrize(("tag", "found"), [("ar", "ar"), ("de-CH", "de"), ("prs", "fa"), ("sr-Latn", "hr")])
def test_a_language_is_known_by_its_tags(tag: str, found: str) -> None:
    assert read_language({"lang": [tag]}, ()) == languages.BY_TAG[found]


def test_without_a_language_the_accepted_one_is_taken() -> None:
    assert read_language({}, ("xx", "en-GB", "de")) == languages.BY_TAG["en"]


@pytest.mark.parametrize("tag", ["xx", "klingon", "d" * 5000, "../de"])
def test_an_unknown_language_is_refused(tag: str) -> None:
    assert isinstance(read_language({"lang": [tag]}, ()), Faulty)


def test_a_page_has_a_number_and_a_size() -> None:
    assert read_page({"page": ["2"], "per_page": ["10"]}, 50, 100) == (2, 10)
    assert read_page({}, 50, 100) == (1, 50)
    assert isinstance(read_page({"per_page": ["101"]}, 50, 100), Faulty)


names = st.sampled_from(["q", "lang", "limit", "offset", "near", "within", "sort", "exact", *FACET_NAMES]) | st.text()


@given(st.dictionaries(names, st.lists(st.text(), min_size=1, max_size=3)))
def test_nothing_anybody_writes_raises(parameters: dict[str, list[str]]) -> None:
    language = read_language(parameters, ())
    if isinstance(language, languages.Language):
        asked = read_question(parameters, language, REGION, TODAY)
        assert isinstance(asked, Asked) or asked.problems
