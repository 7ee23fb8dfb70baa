"""The address of a search."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from infopool.directory.regions import load_region
from infopool.search.query import FACET_NAMES, Asked, Sort
from infopool.web import searching
from tests.web.pages import PageClient

REGION = load_region("waldshut")
TODAY = date(2026, 11, 22)


def read(query: str) -> Asked:
    args: MultiDict[str, str] = MultiDict(parse_qsl(query, keep_blank_values=True))
    return searching.read(args, language="en", today=TODAY, region=REGION)


def test_an_address_reads_back_as_it_was_written() -> None:
    query = "q=kurs&topic=language&topic=work&language=ar&near=tiengen&within=10&sort=distance&exact=1&page=3"
    assert searching.write(read(query), page=searching.page_of(read(query))) == query


@given(
    st.text(max_size=40),
    st.sampled_from(["", "tiengen", "wehr"]),
    st.sampled_from([None, *searching.DISTANCES]),
    st.sampled_from(list(Sort)),
    st.booleans(),
    st.dictionaries(st.sampled_from(["cost", "time"]), st.just(("free",)), max_size=1),
)
def test_whatever_is_asked_survives_its_address(
    text: str, near: str, within: int | None, sort: Sort, exact: bool, filters: dict[str, tuple[str, ...]]
) -> None:
    ticked = {"cost": ("free",)} if filters else {}
    kilometres = float(within) if within else None
    text = text.strip().encode("utf-8", "ignore").decode()
    asked = Asked(text, "en", TODAY, ticked, near, kilometres, sort, searching.PAGE_SIZE, 0, exact)
    assert read(searching.write(asked)) == asked


@given(st.dictionaries(st.sampled_from([*FACET_NAMES, "q", "near", "within", "sort", "page", "exact"]), st.text()))
def test_no_address_is_too_strange_to_read(args: dict[str, str]) -> None:
    asked = searching.read(MultiDict(args), language="de", today=TODAY, region=REGION)
    assert 0 <= asked.offset <= searching.LAST_PAGE * searching.PAGE_SIZE
    assert len(asked.text) <= searching.LONGEST_TEXT


def test_unknown_values_are_left_out() -> None:
    asked = read("topic=language&topic=nothing&place=atlantis&near=atlantis&within=11&sort=x&provider=1e9")
    assert asked.filters == {"topic": ("language",)}
    assert (asked.near, asked.within_km, asked.sort) == ("", None, Sort.RELEVANCE)


def test_a_value_is_left_out_and_the_others_stay() -> None:
    asked = read("topic=language&topic=work&cost=free&page=4")
    assert searching.write(searching.without_filter(asked, "topic", "work")) == "topic=language&cost=free"
    assert searching.write(searching.without_filter(asked, "topic")) == "cost=free"


def test_a_piece_of_the_text_is_cut_out_with_its_space() -> None:
    assert searching.without_piece(read("q=kurs in tiengen abends"), 5, 15).text == "kurs abends"


def test_an_endless_question_does_not_make_an_endless_page(pages: PageClient) -> None:
    page = pages.get("/de/search?" + "&".join(["topic=housing"] * 4000))
    assert len(page.html) < 150_000
