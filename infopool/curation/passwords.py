"""Passwords: what makes one good enough, how it is kept, and how it is compared without telling who has an account."""

from __future__ import annotations

import re
import unicodedata
from threading import Semaphore

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from infopool.messages import N_, Message

LEAST = 12
"""Characters a password must have. There is no other rule about what it is made of: length is what counts (NIST SP
800-63B)."""
MOST = 1_000
"""Longer ones are refused, as reading them would take time."""
FEWEST_DIFFERENT = 5
"""So many different characters at least: "aaaaaaaaaaaa" is long and bad."""

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""Argon2id with what OWASP's Password Storage Cheat Sheet asks for at least: 19 MiB, two rounds, one lane."""
NOBODYS = HASHER.hash("nobody has this password")
"""Compared with where there is no account, so that it takes as long as where there is one."""
AT_ONCE = 2
"""Hashes computed at the same time, so that a flood of them leaves room for everything else."""
PATIENCE = 4.0
"""Seconds to wait for one's turn."""

_turns = Semaphore(AT_ONCE)

_COMMON_WORDS = """
password passwort passwords passwörter kennwort geheim willkommen welcome letmein iloveyou ichliebedich hallo hello
admin administrator qwertz qwerty qwertzuiop qwertyuiop qwertzuiopü asdfghjkl asdfghjklö yxcvbnm zxcvbnm abcdef abcdefgh
schatz sommer winter frühling herbst fussball fußball football baseball superman sunshine princess dragon monkey master
shadow michael deutschland waldshut landkreis infopool integration changeme passwordpassword passwortpasswort hallohallo
hallowelt helloworld computer internet correcthorsebatterystaple qwertyqwerty qwertzqwertz meinpasswort mypassword
testtest geheimgeheim
"""
COMMON = frozenset(_COMMON_WORDS.split())
"""What is tried first, with any digits and signs around it: the beginnings of the published lists of the most frequent
passwords in German and English, and the words of this site."""
_ROWS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertzuiopasdfghjklyxcvbnm",
    "qwertyuiopasdfghjklzxcvbnm",
)
_LOOKS_LIKE = str.maketrans("@$013457", "asoleast")


class TooBusy(Exception):
    """So many passwords are being compared that one's turn does not come."""


def problem(password: str, *known: str) -> Message | None:
    """Why a password will not do, or None. `known` are words that are not secret: address, name."""
    length = len(_plain(password))
    if length < LEAST:
        sentence = N_("Use at least %(least)s characters. A few words in a row are easy to remember.")
        return Message(sentence, {"least": LEAST})
    if length > MOST:
        return Message(N_("Use at most %(most)s characters."), {"most": MOST})
    if _is_common(password):
        return Message(N_("Many people use this password, so it is tried first. Please choose another."))
    if _is_known(password, known):
        return Message(N_("Your name or address is easy to guess. Please choose another password."))
    return None


def kept(password: str) -> str:
    """What is kept of a password. Raises TooBusy."""
    with _turn():
        return HASHER.hash(_plain(password).encode("utf-8", "replace"))


def is_right(password: str, hashed: str) -> bool:
    """Whether this is the password behind what is kept; takes as long where nothing is kept. Raises TooBusy."""
    if len(password) > MOST:
        return False
    with _turn():
        try:
            same = HASHER.verify(hashed or NOBODYS, _plain(password).encode("utf-8", "replace"))
        except (Argon2Error, InvalidHashError):
            return False
    return same and bool(hashed)


def is_outdated(hashed: str) -> bool:
    """Whether it was made with other parameters than we now use, and should be made anew."""
    return HASHER.check_needs_rehash(hashed)


class _turn:  # noqa: N801 - reads as a word after `with`
    def __enter__(self) -> None:
        if not _turns.acquire(timeout=PATIENCE):
            raise TooBusy

    def __exit__(self, *_: object) -> None:
        _turns.release()


def _plain(password: str) -> str:
    """The same whatever keyboard it was typed on: "ü" as one character."""
    return unicodedata.normalize("NFC", password)


def _is_common(password: str) -> bool:
    small = _plain(password).casefold()
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", small)
    spoken = re.sub(r"[\W\d_]+", "", bare.translate(_LOOKS_LIKE))
    in_a_row = any(small in row or small in row[::-1] for row in _ROWS)
    return len(set(small)) < FEWEST_DIFFERENT or in_a_row or bool({bare, spoken, small} & COMMON)


def _is_known(password: str, known: tuple[str, ...]) -> bool:
    """Whether nothing much is left of it without the words everybody knows."""
    rest = _plain(password).casefold()
    words = {
        word for text in known for word in (text.casefold(), *re.split(r"[\W_]+", text.casefold())) if len(word) > 2
    }
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest != _plain(password).casefold() and len(re.sub(r"[\W_]+", "", rest)) < LEAST // 2
