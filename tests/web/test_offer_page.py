"""The page of an offer."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import event

from infopool import catalogues
from tests.web.pages import Element, Page, PageClient
from tests.web.world import COURSE, CROWDED, DRAFT, FLAT, ONLINE, OUTDATED, SHELTER, STALE, WITHDRAWN


def rows(page: Page) -> dict[str, list[str]]:
    """What the table of the most important things says, by heading."""
    lines = page.root.find("table", css="key")[0].find("tr")
    return {
        line.find("th")[0].text: [one.text for one in line.find("td")[0].children if isinstance(one, Element)]
        for line in lines
    }


def test_an_offer_takes_at_most_ten_statements(site: Flask, pages: PageClient) -> None:
    statements: list[str] = []
    reader = site.extensions["infopool"].database.reader

    def note(*given: object) -> None:
        statements.append(str(given[2]))

    event.listen(reader, "before_cursor_execute", note)
    pages.get(f"/en/offers/{COURSE}")
    event.remove(reader, "before_cursor_execute", note)
    assert 0 < len([one for one in statements if not one.startswith("BEGIN")]) <= 10


def test_the_facts_of_an_offer_stand_in_a_table(pages: PageClient) -> None:
    assert rows(pages.get(f"/en/offers/{COURSE}")) == {
        "When": ["Tuesday and Thursday 18:30–20:00", "not on public holidays"],
        "Where": ["Musterschule", "Beispielweg 4", "79761 Waldshut-Tiengen"],
        "Cost": ["€25 per month", "mit Gutschein kostenlos"],
        "For whom": ["adults", "Your residence status does not matter."],
        "German level": ["Taught: A2", "You need: A1"],
        "Good to know": [
            "Somebody looks after your children.",
            "You can get in with a wheelchair, with some help. Please ask.",
        ],
        "From when": ["Starts on 12 January 2027"],
        "Free places": ["4 places free", "As of 18 November"],
        "Registration": ["Please register first."],
    }


def test_the_next_dates_begin_when_the_offer_begins_and_leave_holidays_out(pages: PageClient) -> None:
    dates = [line.text for line in pages.get(f"/en/offers/{COURSE}").root.find("table", css="list")[0].find("th")][2:]
    assert dates[0] == "Tuesday, 12 January 2027"
    assert len(dates) == 4


def test_words_nobody_translated_are_shown_in_german_and_marked(pages: PageClient) -> None:
    page = pages.get(f"/en/offers/{COURSE}")
    marked = [one.text for one in page.root.all() if one["lang"] == "de" and one.tag == "p" and not one.find("a")]
    assert "Alles, was dazu gehört." in marked
    assert "Rufen Sie an." in marked


@pytest.mark.parametrize(
    ("offer", "notice"),
    [
        (COURSE, "A person translated this text."),
        (ONLINE, "A machine translated this. It can be wrong. Please ask if you are unsure."),
        (FLAT, "Nobody has translated this offer yet. You are reading the words of the provider in German."),
        (
            OUTDATED,
            "The original has changed since this was translated. Please ask whether everything is still right.",
        ),
    ],
)
def test_the_page_says_honestly_where_its_words_come_from(pages: PageClient, offer: int, notice: str) -> None:
    assert pages.get(f"/en/offers/{offer}").root.find("p", css="said")[0].text.removesuffix(" Deutsch") == notice


def test_a_machines_text_is_marked_as_such_also_when_it_is_outdated(pages: PageClient) -> None:
    said = pages.get(f"/tr/offers/{OUTDATED}").root.find("p", css="said")[0].text
    for sentence in (
        "A machine translated this. It can be wrong. Please ask if you are unsure.",
        "The original has changed since this was translated. Please ask whether everything is still right.",
    ):
        assert catalogues.translator("tr").gettext(sentence) in said


def test_a_translation_leads_to_the_original(pages: PageClient) -> None:
    assert pages.get(f"/en/offers/{COURSE}").root.find("p", css="said")[0].find("a")[0]["href"] == "/de/offers/1"


def test_a_text_in_its_own_language_needs_no_notice(pages: PageClient) -> None:
    assert not pages.get(f"/de/offers/{COURSE}").root.find("p", css="said")


def test_phones_are_buttons_that_say_who_answers(pages: PageClient) -> None:
    box = pages.get(f"/en/offers/{COURSE}").root.find("div", css="fir")[0]
    assert box.find("a", css="btn")[0]["href"] == "tel:+493023125120"
    assert "Frau Muster German, Arabic" in box.text.replace("Muster", "Muster ").replace("  ", " ")


def test_links_to_other_sites_tell_them_nothing(pages: PageClient) -> None:
    outside = [a for a in pages.get(f"/en/offers/{COURSE}").root.find("a") if a["href"].startswith("http")]
    assert len(outside) == 2
    assert {a["rel"] for a in outside} == {"noreferrer"}


def test_the_way_is_shown_by_coordinates_where_there_are_some(pages: PageClient) -> None:
    assert "mlat=47.55370" in pages.get(f"/en/offers/{FLAT}").link("Show the way on a map")
    assert "search?query=Beispielweg+4" in pages.get(f"/en/offers/{COURSE}").link("Show the way on a map")


def test_a_confidential_address_is_nowhere_on_the_page(pages: PageClient) -> None:
    page = pages.get(f"/en/offers/{SHELTER}")
    assert rows(page)["Where"] == ["The address is kept secret to protect people. Please call."]
    for secret in ("Geheimweg", "79761", "Tiengen", "47.6"):
        assert secret not in page.html.replace("Waldshut-Tiengen</option>", "")


def test_a_sensitive_offer_has_a_way_out_first_and_a_neutral_title(pages: PageClient) -> None:
    page = pages.get(f"/en/offers/{SHELTER}")
    first = page.root.find("body")[0].find("a")[0]
    assert (first.text, first["rel"]) == ("Leave this page quickly", "noreferrer nofollow")
    assert page.title == "infopool"
    assert page.response.headers["Cache-Control"] == "no-store"
    assert not page.structured()
    assert not page.meta("canonical")


def test_the_dates_are_kept_apart(pages: PageClient) -> None:
    assert [
        line.text for line in pages.get(f"/en/offers/{COURSE}").root.find("ul", css="plain-list")[0].find("li")
    ] == [
        "Checked by phone on 22 November 2026",
        "Checked by: Arbeitskreis Bildung",
        "Last changed on 22 November 2026",
        "Valid until 31 July 2027",
    ]


def test_waiting_is_told_in_the_words_of_the_provider(pages: PageClient) -> None:
    said = rows(pages.get(f"/en/offers/{CROWDED}"))["Free places"]
    assert "At the moment everything is full." in said
    assert "etwa 8 Monate" in said


def test_an_old_check_asks_to_call_first(pages: PageClient) -> None:
    assert "please call first" in pages.get(f"/en/offers/{STALE}").root.find("span", css="badge")[0].text


def test_a_caller_gets_a_german_sentence_and_its_meaning(pages: PageClient) -> None:
    say = pages.get(f"/en/offers/{COURSE}").root.find("p", css="say")[0]
    box = say.parent
    assert box is not None
    assert box.find("p", css="say")[0]["lang"] == "de"
    assert "Deutschkurs am Abend" in box.find("p", css="say")[0].text
    assert "German in the evening" in box.find("p")[1].text


def test_machines_can_read_the_offer(pages: PageClient) -> None:
    (data,) = pages.get(f"/en/offers/{COURSE}").structured()
    assert data["@type"] == "Course"
    assert data["url"] == "http://127.0.0.1:8000/en/offers/1"


def test_the_calendar_file_is_where_the_page_says(pages: PageClient) -> None:
    address = pages.get(f"/en/offers/{COURSE}").link("Put into my calendar")
    assert pages.raw.get(address).mimetype == "text/calendar"


def test_an_offer_without_times_has_no_calendar(pages: PageClient) -> None:
    assert not pages.get(f"/en/offers/{ONLINE}").links("Put into my calendar")


def test_a_withdrawn_offer_is_gone(pages: PageClient) -> None:
    assert pages.get(f"/en/offers/{WITHDRAWN}", 410).heading == "This offer no longer exists."


@pytest.mark.parametrize("offer", [DRAFT, 9999, 99999999999999999999999])
def test_what_is_not_published_does_not_exist(pages: PageClient, offer: int) -> None:
    assert pages.get(f"/en/offers/{offer}", 404).heading == "This page does not exist."
