"""Places in what people type."""

from __future__ import annotations

import pytest

from infopool.directory.regions import Region, load_region
from infopool.paths import REGIONS
from infopool.search import gazetteer, text
from infopool.search.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return gazetteer.load(load_region("waldshut"), REGIONS / "waldshut")


def found(places: Gazetteer, typed: str, fuzzy: bool = False) -> list[str]:
    words = text.words(typed)
    return [match.place.code for match in places.find(words, fuzzy) if match.place]


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("sprachkurs tiengen", "tiengen"),
        ("Kurs in Tiengen", "tiengen"),
        ("waldshut tiengen", "waldshut-tiengen"),
        ("Waldshut-Tiengen", "waldshut-tiengen"),
        ("79761", "waldshut-tiengen"),
        ("٧٩٧٦١", "waldshut-tiengen"),
        ("79713 Kita", "bad-saeckingen"),
        ("St. Blasien", "st-blasien"),
        ("sankt blasien", "st-blasien"),
        ("Bad Saeckingen", "bad-saeckingen"),
        ("säckingen", "bad-saeckingen"),
        ("Laufenburg", "laufenburg"),
        ("Laufenburg (Baden)", "laufenburg"),
        ("Bonndorf", "bonndorf-im-schwarzwald"),
        ("курсы Вальдсхут", "waldshut"),
        ("в Вальдсхуте", "waldshut"),
        ("у Вальдсгуті", "waldshut"),
        ("Бад-Зекинген", "bad-saeckingen"),
        ("فالدسهوت", "waldshut"),
        ("في فالدسهوت", "waldshut"),
        ("بفالدسهوت", "waldshut"),
        ("والدسهوت", "waldshut"),
        ("تینگن", "tiengen"),
        ("Tiengen'de almanca", "tiengen"),
        ("tiengende", "tiengen"),
        ("u Waldshutu", "waldshut"),
        ("в Мурге", "murg"),
        ("у Мурзі", "murg"),
        ("в Лауфенбурзі", "laufenburg"),
        ("u Murgu", "murg"),
        ("murgda", "murg"),
        ("ቫልድስሁት", "waldshut"),
    ],
)
def test_a_place_is_found(places: Gazetteer, typed: str, place: str) -> None:
    assert found(places, typed) == [place]


def test_two_places_are_found(places: Gazetteer) -> None:
    assert found(places, "von Wehr nach Murg") == ["wehr", "murg"]


@pytest.mark.parametrize("typed", ["", "wehren", "Feuerwehr", "12345", "7976", "вер", "Kurs", "im", "Bad", "Wald"])
def test_other_words_are_no_places(places: Gazetteer, typed: str) -> None:
    assert found(places, typed) == []


def test_the_county_is_no_place_in_it(places: Gazetteer) -> None:
    matches = places.find(["Landkreis", "Waldshut"])
    assert [(match.place, match.start, match.end) for match in matches] == [(None, 0, 2)]


def test_a_wrong_letter_is_forgiven_only_when_asked(places: Gazetteer) -> None:
    assert found(places, "Säckingn") == []
    assert found(places, "Säckingn", fuzzy=True) == ["bad-saeckingen"]


def test_a_guessed_place_says_so(places: Gazetteer) -> None:
    assert [match.exact for match in places.find(["Waldshud"], fuzzy=True)] == [False]


def test_every_place_is_found_by_its_own_name(places: Gazetteer, region: Region) -> None:
    assert [place.code for place in region.places if found(places, place.name) != [place.code]] == []


def test_every_name_in_other_scripts_leads_to_its_place(places: Gazetteer) -> None:
    lines = (REGIONS / "waldshut" / gazetteer.NAMES).read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    assert [row for row in rows if found(places, row[2]) != [row[0]]] == []


def test_places_are_suggested_by_their_beginning(places: Gazetteer) -> None:
    assert [place.code for place in places.beginning("wald", 2)] == ["waldshut-tiengen", "waldshut"]
