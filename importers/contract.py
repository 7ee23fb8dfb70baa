"""What an importer is, and what it hands back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from infopool.directory.drafts import OfferDraft, Unreadable
from infopool.directory.regions import Region
from infopool.messages import Message

Progress = Callable[[int, int], None]
"""Called now and then with the rows done and the rows there are."""


@dataclass(frozen=True)
class Read:
    """What stood in a source: a draft for every offer, and a sentence for everything that could not be read."""

    drafts: tuple[tuple[int, OfferDraft], ...] = ()
    """Line in the source (counted from 1) and the offer that stands there."""
    unreadable: tuple[Unreadable, ...] = ()
    refused: Message | None = None
    """Why the source as a whole could not be read; then there are no drafts."""
    remarks: tuple[Message, ...] = ()
    """What a curator should know about the source as a whole: unknown columns, further sheets."""
    understood: tuple[tuple[str, str], ...] = ()
    """The headings that were understood, each with the name of its field."""
    unknown: tuple[str, ...] = ()
    """The headings nobody knew; what stands below them is kept aside with each offer."""


class ReadSource(Protocol):
    """The one thing an importer does."""

    def __call__(
        self,
        source: bytes | Path,
        region: Region,
        *,
        source_name: str = "",
        language: str = "de",
        progress: Progress | None = None,
    ) -> Read: ...


@dataclass(frozen=True)
class Importer:
    """A kind of source, with the function that reads it."""

    name: str
    label: str
    """English; a catalogue word."""
    read: ReadSource
