""" "Is something wrong?"."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from threading import Event, Thread
from urllib.parse import quote_from_bytes

import pytest
from flask import Flask, Request
from sqlalchemy import select
from typing_extensions import Buffer
from werkzeug.test import EnvironBuilder

from infopool.directory.models import Remark
from infopool.web import remarks
from infopool.web.access import FormReader, Throttle
from tests.web.pages import PageClient
from tests.web.world import COURSE, DRAFT

ADDRESS = f"/en/offers/{COURSE}/remarks"
FORM = "application/x-www-form-urlencoded"
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def visitor(own_site: Flask) -> PageClient:
    return PageClient(own_site)


def kept(site: Flask) -> list[Remark]:
    with site.extensions["infopool"].database.reading() as session:
        return list(session.scalars(select(Remark)))


def test_a_remark_is_kept_with_its_day_and_nothing_about_its_author(visitor: PageClient, own_site: Flask) -> None:
    form = {"reason": "gone", "words": " Дверь закрыта "}
    answer = visitor.raw.post(ADDRESS, data=form, headers=OURS)
    assert (answer.status_code, answer.location) == (303, f"/en/offers/{COURSE}/thanks")
    (remark,) = kept(own_site)
    assert (remark.reason, remark.words, remark.language) == ("gone", "Дверь закрыта", "en")
    assert remark.left_on == date(2026, 11, 22)
    assert remark.contact == ""


def test_the_thank_you_page_leads_back(visitor: PageClient) -> None:
    page = visitor.get(f"/en/offers/{COURSE}/thanks")
    assert page.heading == "Thank you"
    assert page.link("German in the evening") == f"/en/offers/{COURSE}"


def test_an_empty_remark_is_asked_for_words(visitor: PageClient, own_site: Flask) -> None:
    page = visitor.post(ADDRESS, {}, 400, headers=OURS)
    field = page.root.find("textarea")[0]
    assert "problem" in field["aria-describedby"].split()
    assert page.root.find("p", css="wrong")[0].text == "Choose an answer or write a few words."
    assert kept(own_site) == []


def test_what_was_written_is_not_lost_by_a_mistake(visitor: PageClient) -> None:
    page = visitor.post(ADDRESS, {"reason": "gone", "words": "x" * 2001}, 400, headers=OURS)
    assert page.root.find("textarea")[0].text == "x" * 2001
    assert [radio["value"] for radio in page.root.find("input") if "checked" in radio.attributes] == ["gone"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "nonsense"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://localhost.evil.example"},
    ],
)
def test_a_form_from_elsewhere_is_refused(visitor: PageClient, own_site: Flask, headers: dict[str, str]) -> None:
    visitor.post(ADDRESS, {"reason": "gone"}, 403, headers=headers)
    assert kept(own_site) == []


@pytest.mark.parametrize("headers", [OURS, {"Sec-Fetch-Site": "none"}, {"Origin": "http://localhost"}, {}])
def test_a_form_of_ours_is_taken_also_from_old_browsers(visitor: PageClient, headers: dict[str, str]) -> None:
    assert visitor.raw.post(ADDRESS, data={"reason": "gone"}, headers=headers).status_code == 303


def test_only_published_offers_can_be_remarked_on(visitor: PageClient) -> None:
    visitor.post(f"/en/offers/{DRAFT}/remarks", {"reason": "gone"}, 404, headers=OURS)


def test_a_flood_is_stopped(visitor: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remarks, "throttle", Throttle(most=2, seconds=60))
    for _ in range(2):
        assert visitor.raw.post(ADDRESS, data={"reason": "gone"}, headers=OURS).status_code == 303
    visitor.post(ADDRESS, {"reason": "gone"}, 429, headers=OURS)


def test_the_throttle_opens_again() -> None:
    now = [0.0]
    throttle = Throttle(most=1, seconds=10, clock=lambda: now[0])
    assert throttle.lets_through()
    assert not throttle.lets_through()
    now[0] = 10.0
    assert throttle.lets_through()


def test_too_large_a_form_is_refused_with_a_page(visitor: PageClient) -> None:
    visitor.post(ADDRESS, {"words": "x" * 100_000}, 413, headers=OURS)


def test_what_a_terminal_would_obey_is_not_kept(visitor: PageClient, own_site: Flask) -> None:
    words = "zu\x00\x1b[2Jspät\x9b31m \u202e\ud800<b>!</b>".encode("utf-8", "surrogatepass")
    answer = visitor.raw.post(ADDRESS, data="words=" + quote_from_bytes(words), headers=OURS | {"Content-Type": FORM})
    assert answer.status_code == 303
    (remark,) = kept(own_site)
    assert all(sign.isprintable() for sign in remark.words)
    assert "<" not in remark.words


def test_only_so_many_forms_are_read_at_once(own_site: Flask) -> None:
    reader = FormReader(most=1)
    entered, leave = Event(), Event()

    class Slow(BytesIO):
        def readinto(self, into: Buffer) -> int:
            entered.set()
            leave.wait(10)
            return super().readinto(into)

    def asking(body: BytesIO) -> Request:
        return Request(
            EnvironBuilder(method="POST", input_stream=body, content_length=8, content_type=FORM).get_environ()
        )

    slow = Thread(target=lambda: reader.read(asking(Slow(b"reason=x"))))
    slow.start()
    assert entered.wait(10)
    assert reader.read(asking(BytesIO(b"reason=x"))) == 429
    leave.set()
    slow.join(10)
    assert reader.read(asking(BytesIO(b"reason=x"))) == 0
