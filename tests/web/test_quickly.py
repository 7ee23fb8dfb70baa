"""What is done with less ado comes to the same end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask, render_template_string, url_for
from markupsafe import Markup, escape

from infopool.exchange.labels import Labels
from infopool.search.query import Asked
from infopool.search.results import FacetValue
from infopool.web.labels import labels_for
from infopool.web.pool import Pool
from infopool.web.presenters import cards, facets
from infopool.web.quickly import MOST_ADDRESSES, Site, harmless
from infopool.web.wording import wording
from tests.conftest import TODAY
from tests.web.world import COURSE


class Shown:
    """Something that says itself how it stands in a page."""

    def __html__(self) -> str:
        return "<b>so</b>"


@pytest.mark.parametrize(
    "value",
    ["Kurs", "", "<script>", "a & b", "it's", 'say "x"', "ü > ö", Markup("<b>"), Markup("x"), 7, 1.5, None, Shown()],
)
def test_every_value_is_made_harmless_as_by_the_library(value: object) -> None:
    assert harmless(value) == escape(value)


def test_templates_put_out_harmless_words(site: Flask) -> None:
    with site.test_request_context("/de/"):
        shown = render_template_string(
            "{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ m(x) }} {{ x }} {{ x|safe }} {{ missing }}", x="<b>"
        )
    assert shown == "<i>&lt;b&gt;</i> &lt;b&gt; <b> "


@pytest.mark.parametrize("path", ["/de/", "/ar/search?q=kurs"])
def test_addresses_are_those_of_the_page_s_language(site: Flask, path: str) -> None:
    tag = path.split("/")[1]
    for _ in range(2):
        with site.test_request_context(path):
            site.preprocess_request()
            assert url_for("public.offer", offer_id=7) == f"/{tag}/offers/7"
            assert url_for("public.search") == f"/{tag}/search"
            assert url_for("public.home", language="uk") == "/uk/"


def test_addresses_begin_where_the_site_is_mounted(site: Flask) -> None:
    for root in ("", "/pool", ""):
        with site.test_request_context("/de/", environ_overrides={"SCRIPT_NAME": root}):
            assert url_for("public.home", language="de") == f"{root}/de/"


def test_a_whole_address_is_not_taken_for_a_short_one(site: Flask) -> None:
    with site.test_request_context("/de/", base_url="https://one.example"):
        short, whole = url_for("public.home"), url_for("public.home", _external=True)
    assert (short, whole) == ("/de/", "https://one.example/de/")


def test_no_address_with_typed_words_is_remembered() -> None:
    site = Site("site")
    site.add_url_rule("/<word>", "typed", lambda word: "")
    site.add_url_rule("/number/<int:number>", "number", lambda number: "")
    with site.test_request_context("/"):
        url_for("typed", word="secretword")
        url_for("typed", word="x", q="secretword")
        url_for("number", number=5)
    assert "secretword" not in str(site._addresses)
    assert "/number/5" in site._addresses.values()


def test_only_so_many_addresses_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infopool.web.quickly.MOST_ADDRESSES", 3)
    site = Site("site")
    site.add_url_rule("/number/<int:number>", "number", lambda number: "")
    with site.test_request_context("/"):
        assert [url_for("number", number=number) for number in range(9)] == [f"/number/{n}" for n in range(9)]
    assert len(site._addresses) == 3 < MOST_ADDRESSES


def test_a_remembered_card_is_made_anew_on_another_day_and_in_another_language(site: Flask) -> None:
    pool: Pool = site.extensions["infopool"]
    asked = Asked("Deutschkurs", "de", TODAY, limit=50)
    hit = next(hit for hit in pool.find(asked).hits if hit.offer_id == COURSE)
    with site.test_request_context("/de/"):
        first, again, later, english = (
            cards.card_view(hit, labels_for(pool, tag), wording(tag), TODAY + timedelta(days=days))
            for tag, days in (("de", 0), ("de", 0), ("de", 900), ("en", 0))
        )
    assert first == again
    assert first.badge != later.badge
    assert first.title != english.title or first.facts != english.facts


def test_a_remembered_card_tells_how_far_away_it_is_this_time(site: Flask) -> None:
    pool: Pool = site.extensions["infopool"]
    hit = next(hit for hit in pool.find(Asked("Deutschkurs", "de", TODAY, limit=50)).hits if hit.offer_id == COURSE)
    with site.test_request_context("/de/"):
        near, far, unknown = (
            cards.card_view(replace(hit, distance_km=km), labels_for(pool, "de"), wording("de"), TODAY).sign
            for km in (1.5, 20.0, None)
        )
    assert [sign and sign.distance for sign in (near, far, unknown)] == ["1,5 km", "20 km", ""]


def test_cards_are_forgotten_before_they_are_too_many(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "MOST_REMEMBERED", 3)
    monkeypatch.setattr(cards, "_remembered", {})
    visitor = site.test_client()
    assert visitor.get("/de/search?q=kurs&x=forgotten").status_code == 200
    assert 0 < len(cards._remembered) <= 3


def test_a_filter_names_a_provider_as_the_index_does_now(site: Flask) -> None:
    pool: Pool = site.extensions["infopool"]
    results = pool.find(Asked("", "de", TODAY))
    shown = []
    for name in ("Alt %s", "Neu %s"):
        labels = replace(labels_for_tests(site, "de"), provider_name=name.__mod__)
        groups = facets.groups(results, labels, wording("de"))
        shown.append({line.label for group in groups for line in group.lines if line.name == "provider"})
    assert shown[0]
    assert shown[1] == {name.replace("Alt", "Neu") for name in shown[0]}


def test_filters_speak_the_language_of_the_page(site: Flask) -> None:
    pool: Pool = site.extensions["infopool"]
    results = pool.find(Asked("", "de", TODAY))
    labels = [
        {
            line.label
            for group in facets.groups(results, labels_for_tests(site, tag), wording(tag))
            for line in group.lines
        }
        for tag in ("de", "en", "de")
    ]
    assert labels[0] == labels[2] != labels[1]


def test_languages_that_do_not_exist_do_not_fill_the_memory(site: Flask) -> None:
    known = facets._words("de", "nowhere", "language")
    labels = replace(labels_for_tests(site, "de"), region=replace(site.extensions["infopool"].region, code="nowhere"))
    values = tuple(FacetValue(f"x{number}", 0, ticked=True) for number in range(facets.MOST_WORDS + 50))
    results = replace(site.extensions["infopool"].find(Asked("", "de", TODAY)), facets={"language": values})
    (group,) = [group for group in facets.groups(results, labels, wording("de")) if group.lines]
    assert len(group.lines) == len(values)
    assert len(known) == facets.MOST_WORDS


def labels_for_tests(site: Flask, tag: str) -> Labels:
    """The labels of the site in a language."""
    with site.test_request_context(f"/{tag}/"):
        return labels_for(site.extensions["infopool"], tag)
