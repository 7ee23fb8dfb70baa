"""Sentences for people, before any catalogue has seen them: marked, with their values beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


def N_(text: str) -> str:
    """Mark a text for the catalogues and hand it back unchanged; it is translated where it is shown."""
    return text


def NN_(one: str, many: str) -> tuple[str, str]:
    """Mark a sentence with its form for many things; a language may have more forms than these two."""
    return one, many


class Translator(Protocol):
    """What a catalogue can do for us; the standard library's gettext translations fit."""

    def gettext(self, message: str) -> str: ...

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str: ...


@dataclass(frozen=True)
class Message:
    """A whole English sentence with named placeholders, and the values for them.

    With `plural` the sentence has forms by count, and `count` chooses among them (it is also the value of `%(count)s`).
    A value may be a Message itself; it is translated before it is put in.
    """

    text: str
    params: Mapping[str, object] = field(default_factory=dict)
    plural: str = ""
    count: int = 1

    def render(self, translator: Translator) -> str:
        """The sentence in the translator's language, values put in."""
        if self.plural:
            sentence = translator.ngettext(self.text, self.plural, self.count)
        else:
            sentence = translator.gettext(self.text)
        values = {name: _shown(value, translator) for name, value in self.params.items()}
        return sentence % {"count": self.count, **values} if values or self.plural else sentence

    def __str__(self) -> str:
        return self.render(_AsItStands())


class _AsItStands:
    """The message ids themselves: English."""

    def gettext(self, message: str) -> str:
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return msgid1 if n == 1 else msgid2


ENGLISH: Translator = _AsItStands()


def _shown(value: object, translator: Translator) -> object:
    return value.render(translator) if isinstance(value, Message) else value


def counted(one: str, many: str, count: int, **params: object) -> Message:
    """A message whose form depends on a count, which is also the value of `%(count)s`; marks it for the catalogues."""
    return Message(one, {"count": count, **params}, many, count)


@dataclass(frozen=True)
class Problem:
    """What a person can mend: the field it stands at, and a sentence that says what to write instead."""

    field: str
    message: Message
