"""Finished pages are kept while nothing they show has changed, and never when they may betray somebody."""

from __future__ import annotations

from pathlib import Path

import pytest
from werkzeug.datastructures import Headers

from infopool.web.keeping import Finished, FinishedPages
from tests.web.pages import PageClient


def test_the_same_question_gets_the_same_page(pages: PageClient) -> None:
    first = pages.raw.get("/de/search?q=kurs")
    second = pages.raw.get("/de/search?q=kurs")
    assert (first.data, dict(first.headers)) == (second.data, dict(second.headers))


def test_a_page_is_kept_packed_for_who_can_unpack_it(pages: PageClient) -> None:
    packed = pages.raw.get("/de/", headers={"Accept-Encoding": "br"})
    plain = pages.raw.get("/de/")
    assert packed.headers["Content-Encoding"] == "br"
    assert "Content-Encoding" not in plain.headers
    assert len(packed.data) < len(plain.data)


def test_another_language_gets_its_own_page(pages: PageClient) -> None:
    assert pages.raw.get("/de/search?q=kurs").data != pages.raw.get("/en/search?q=kurs").data


def test_a_browser_that_has_the_page_is_told_so(pages: PageClient) -> None:
    first = pages.raw.get("/de/topics/work")
    assert pages.raw.get("/de/topics/work", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def page(words: str) -> Finished:
    return Finished(words.encode(), Headers())


def key(path: str, generation: str = "1") -> tuple[str, bytes, str, str, str]:
    return path, b"", "br", generation, "2026-11-22"


def test_what_was_asked_for_longest_ago_goes() -> None:
    kept = FinishedPages(2)
    for name in ("a", "b", "c"):
        kept.put(key(name), page(name))
    assert [bool(kept.get(key(name))) for name in ("a", "b", "c")] == [False, True, True]


def test_a_new_state_of_the_index_is_another_page() -> None:
    kept = FinishedPages(2)
    kept.put(key("a"), page("old"))
    assert kept.get(key("a", "2")) is None


@pytest.mark.parametrize("words", ["gewalt", "frauenhaus"])
def test_a_sensitive_page_is_not_kept(pages: PageClient, words: str) -> None:
    assert pages.raw.get(f"/de/search?q={words}").headers["Cache-Control"] == "no-store"


def test_nothing_kept_reaches_the_disk(pages: PageClient, tmp_path: Path) -> None:
    pages.raw.get("/de/search?q=einmaligeswort")
    assert [path for path in tmp_path.rglob("*") if path.is_file() and b"einmaligeswort" in path.read_bytes()] == []
