"""The words of a language's terms as they are written: what a mistyped or misheard word was meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from infopool.search import hearing
from infopool.search.compiled import Plain
from infopool.search.languages.stopping import empty_words
from infopool.search.packed import Lines
from infopool.search.spelling import ByLength


class Spellings(Mapping[str, str]):
    """Folded words -> how they are written. What finds near ones is laid out when somebody first needs it."""

    def __init__(self, language: str, written: Mapping[str, str], keys: Lines | None = None) -> None:
        """`keys` say how the words sound, in their order, where that was found out before."""
        self._language = language
        self._written = written
        self._keys = keys

    def plain(self) -> Plain:
        """All of it as JSON can hold it, with how the words sound."""
        keys = Lines(self._sound_keys()).plain() if self._language in hearing.KEYS else None
        return {"folded": list(self._written), "written": list(self._written.values()), "keys": keys}

    @classmethod
    def of(cls, language: str, plain: Plain, same: dict[str, str]) -> Spellings:
        """The words again from what `plain` gave; those that are `same` as others are kept once."""
        once = same.setdefault
        pairs = zip(plain["folded"], plain["written"], strict=True)
        written = {once(folded, folded): once(word, word) for folded, word in pairs}
        return cls(language, written, Lines.of(plain["keys"]) if plain["keys"] else None)

    def __getitem__(self, folded: str) -> str:
        return self._written[folded]

    def __contains__(self, folded: object) -> bool:
        return folded in self._written

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)

    def nearest(self, folded: str) -> str | None:
        """The word likely meant by one with letters wrong, or None."""
        return self._by_length.nearest(folded)

    def one_off(self, folded: str) -> str | None:
        """The word with the same first letter and one other letter wrong, or None."""
        return self._by_length.one_off(folded)

    @cached_property
    def _by_length(self) -> ByLength:
        return ByLength(self._written)

    def heard(self, folded: str) -> str | None:
        """The word that sounds like one written by ear, or in the letters of another language, or None."""
        return self._sounds.heard(folded) if self._language in hearing.KEYS else None

    @cached_property
    def _sounds(self) -> hearing.Sounds:
        keys = self._sound_keys() if self._keys is None else self._keys
        return hearing.Sounds(self._language, zip(keys, self._written, strict=True))

    def _sound_keys(self) -> Iterable[str]:
        """How each word sounds; nothing for empty words."""
        empty = empty_words(self._language)
        return ("" if word in empty else hearing.key_of(word, self._language) for word in self._written)
