"""Signed links: nobody can make one, change one, or use one that was made for something else or is too old."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer

from infopool.curation import signing
from tests.conftest import TODAY

SECRET = "s" * 40
GOOD = TODAY + signing.GOOD_FOR


def test_a_token_says_what_it_is_about() -> None:
    token = signing.sign(SECRET, [3, 14], GOOD)
    assert signing.verify(SECRET, token, TODAY) == signing.Passed((3, 14), GOOD)


def test_a_token_is_good_through_its_last_day() -> None:
    token = signing.sign(SECRET, [3], GOOD)
    assert signing.verify(SECRET, token, GOOD)
    assert signing.verify(SECRET, token, GOOD + timedelta(days=1)) is None


def test_a_token_of_another_secret_is_no_good() -> None:
    assert signing.verify(SECRET, signing.sign("t" * 40, [3], GOOD), TODAY) is None


def test_a_token_made_for_something_else_is_no_good() -> None:
    other = URLSafeSerializer(SECRET, salt="infopool.invitation").dumps([GOOD.toordinal(), 3])
    assert signing.verify(SECRET, other, TODAY) is None


def test_no_single_changed_character_passes() -> None:
    token = signing.sign(SECRET, [3], GOOD)
    for place, sign in enumerate(token[:-1]):  # the last one holds two bits that mean nothing
        changed = token[:place] + ("A" if sign != "A" else "B") + token[place + 1 :]
        assert signing.verify(SECRET, changed, TODAY) is None


@pytest.mark.parametrize("said", [[], [1], "x", {"a": 1}, [1, "2"], [1, True], [1, 2.0], None, [[1], 2]])
def test_other_contents_are_no_good_even_when_signed(said: object) -> None:
    token = URLSafeSerializer(SECRET, salt=signing.SALT).dumps(said)
    assert signing.verify(SECRET, token, TODAY) is None


@given(st.text(max_size=300))
def test_no_text_passes_or_breaks_anything(text: str) -> None:
    assert signing.verify(SECRET, text, TODAY) is None


def test_a_very_long_token_is_not_looked_at() -> None:
    assert signing.verify(SECRET, "a" * 10_000_000, TODAY) is None
