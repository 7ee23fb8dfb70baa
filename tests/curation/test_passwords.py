"""Passwords, tries, codes: what holds without any page."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from argon2 import PasswordHasher, extract_parameters

from infopool.curation import entering, passkeys, passwords, second_factor, throttling
from infopool.curation.entering import Entered, Entrance, Not
from infopool.curation.models import Curator, Role, Tries
from infopool.curation.sealed import seal, unseal
from infopool.curation.throttling import DayKey, Limit
from infopool.db import Database
from tests.conftest import NOW

GOOD = "drei grüne Enten baden"
ONCE = Limit("test", 1, timedelta(minutes=5))


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "elf zeichen",
        "aaaaaaaaaaaaaaaa",
        "123456789012",
        "abababababab",
        "Passwort1234!",
        "!!P@ssw0rd!!2026",
        "qwertzuiopasdf",
        "Infopool-2026-11",
        "Frau Muster 2026",
        "muster@example.org",
        "x" * 1_001,
    ],
)
def test_what_is_tried_first_is_refused(password: str) -> None:
    assert passwords.problem(password, "muster@example.org", "Frau Muster")


@pytest.mark.parametrize(
    "password", [GOOD, "k9$Lr!w2Pq7z", "ጤና ይስጥልኝ ሰላም ነው", "correct horse muster staple", "🦆🐟🌲🏔️🚲🎻🧀🍎🪁🛶⛵🎲"]
)
def test_anything_long_enough_is_fine(password: str) -> None:
    assert passwords.problem(password, "muster@example.org", "Frau Muster") is None


def test_what_is_kept_is_argon2id_with_the_cost_owasp_asks_for() -> None:
    cost = extract_parameters(passwords.kept(GOOD))
    assert (cost.type.name, cost.memory_cost >= 19 * 1024, cost.time_cost >= 2) == ("ID", True, True)


def test_a_password_is_the_same_however_its_letters_are_typed() -> None:
    kept = passwords.kept("drei gru\u0308ne Enten baden")
    assert passwords.is_right("drei gr\u00fcne Enten baden", kept)
    assert not passwords.is_right("drei grune Enten baden", kept)


@pytest.mark.parametrize("kept", ["", "no hash", "$argon2id$v=19$m=1,t=1,p=1$x$y"])
def test_nothing_is_the_password_of_what_is_no_hash(kept: str) -> None:
    assert not passwords.is_right("", kept)
    assert not passwords.is_right("nobody has this password", kept)


def test_no_more_than_two_hashes_are_computed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "PATIENCE", 0.05)
    with passwords._turn(), passwords._turn(), pytest.raises(passwords.TooBusy):
        passwords.kept(GOOD)
    assert passwords.kept(GOOD)


def an_entrance(database: Database, folder: Path) -> Entrance:
    return Entrance(database, DayKey(folder), "x" * 40)


def a_member(database: Database, kept: str) -> None:
    with database.transaction() as session:
        facts = {"name": "A", "role": Role.OFFICER, "password_hash": kept}
        session.add(Curator(email="a@example.org", invited_at=NOW, **facts))


def test_an_outdated_hash_is_made_anew_at_the_next_sign_in(database: Database, tmp_path: Path) -> None:
    a_member(database, PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(GOOD))
    answer = an_entrance(database, tmp_path).by_password("a@example.org", GOOD, sender="", now=NOW)
    assert isinstance(answer, Entered)
    with database.reading() as session:
        kept = session.query(Curator).one().password_hash
    assert not passwords.is_outdated(kept)
    assert passwords.is_right(GOOD, kept)


def test_of_many_tries_at_the_same_moment_ten_are_answered(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_member(database, passwords.kept(GOOD))
    monkeypatch.setattr(entering.passwords, "is_right", lambda *_: False)
    door, answers = an_entrance(database, tmp_path), []

    def knock(number: int) -> None:
        moment = NOW + timedelta(microseconds=number)
        answers.append(door.by_password("a@example.org", "wrong", sender="", now=moment))

    threads = [threading.Thread(target=knock, args=(number,)) for number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (answers.count(Not.RIGHT), answers.count(Not.SO_OFTEN)) == (10, 20)


def test_after_five_minutes_one_may_try_again(database: Database, tmp_path: Path) -> None:
    door = an_entrance(database, tmp_path)
    for _ in range(11):
        last = door.by_password("nobody@example.org", "x", sender="", now=NOW)
    assert last is Not.SO_OFTEN
    later = NOW + throttling.FIVE_MINUTES
    assert door.by_password("nobody@example.org", "x", sender="", now=later) is Not.RIGHT


def test_two_processes_count_together(database: Database, tmp_path: Path) -> None:
    keys = {DayKey(tmp_path).key(ONCE, "somebody", NOW.date()) for _ in range(2)}
    assert len(keys) == 1
    assert DayKey(tmp_path / "elsewhere").key(ONCE, "somebody", NOW.date()) not in keys


def test_the_key_of_a_day_is_gone_on_the_next(tmp_path: Path) -> None:
    keys = DayKey(tmp_path)
    first = keys.key(ONCE, "somebody", NOW.date())
    assert [path.stat().st_mode & 0o077 for path in tmp_path.iterdir()] == [0]
    assert keys.key(ONCE, "somebody", NOW.date() + timedelta(days=1)) != first
    assert [path.name for path in tmp_path.iterdir()] == ["day-key-2026-11-23"]


def test_counts_are_forgotten_after_a_day(database: Database) -> None:
    with database.transaction() as session:
        assert throttling.admit(session, {"a": ONCE}, NOW)
        assert not throttling.admit(session, {"a": ONCE, "b": ONCE}, NOW)
        assert throttling.admit(session, {"b": ONCE}, NOW + timedelta(days=2))
        assert session.query(Tries).count() == 1


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2ff:3::4", "2001:db8:1:200::/56"),
        ("no address", ""),
        ("", ""),
    ],
)
def test_a_household_is_one_sender(address: str, counted: str) -> None:
    assert throttling.network(address) == counted


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.mark.parametrize(("seconds", "right"), [(-61, False), (-30, True), (0, True), (30, True), (61, False)])
def test_a_code_is_good_about_now(seconds: int, right: bool) -> None:
    code = pyotp.TOTP(SECRET).at(NOW + timedelta(seconds=seconds))
    assert (second_factor.counter_of(SECRET, code, NOW) is not None) is right


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "\x00", "９" * 50])
def test_what_is_no_code_is_not_right(typed: str) -> None:
    assert second_factor.counter_of(SECRET, typed, NOW) is None


def test_a_code_may_be_typed_in_any_digits_and_groups() -> None:
    code = pyotp.TOTP(SECRET).at(NOW)
    arabic = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert second_factor.counter_of(SECRET, f" {arabic[:3]} {arabic[3:]}", NOW) is not None


def test_a_code_is_taken_once(database: Database) -> None:
    a_member(database, "")
    code = pyotp.TOTP(SECRET).at(NOW)
    with database.transaction() as session:
        somebody = session.query(Curator).one()
        somebody.totp_secret = SECRET
        session.flush()
        assert [second_factor.take(session, somebody, code, NOW) for _ in range(2)] == [True, False]


def test_what_is_sealed_comes_back_unaltered_in_time_and_for_its_purpose() -> None:
    sealed = seal("x" * 40, "this", [7, "a"], NOW + timedelta(minutes=1))
    assert unseal("x" * 40, "this", sealed, NOW) == [7, "a"]
    assert unseal("x" * 40, "this", sealed, NOW + timedelta(minutes=2)) is None
    assert unseal("x" * 40, "that", sealed, NOW) is None
    assert unseal("y" * 40, "this", sealed, NOW) is None
    assert unseal("x" * 40, "this", sealed[:-1], NOW) is None


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://infopool.example.org/", "https://infopool.example.org"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://127.0.0.1:8000", None),
        ("https://[::1]/", None),
        ("http://infopool.example.org", None),
    ],
)
def test_passkeys_are_offered_where_browsers_know_them(address: str, origin: str | None) -> None:
    site = passkeys.party(address)
    assert (site.origin if site else None) == origin


def test_a_question_to_a_device_is_answered_once(database: Database, tmp_path: Path) -> None:
    _, sealed = passkeys.challenge("x" * 40, 7, NOW)
    keys = DayKey(tmp_path)
    with database.transaction() as session:
        assert passkeys.opened(session, keys, "x" * 40, sealed, 8, NOW) is None
        assert passkeys.opened(session, keys, "x" * 40, sealed, 7, NOW)
        assert passkeys.opened(session, keys, "x" * 40, sealed, 7, NOW) is None
