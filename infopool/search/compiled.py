"""What is made of the vocabulary, kept beside its files as Python keeps compiled modules: plain JSON, made anew when
the code or a file has changed."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import Stemmer

from infopool.paths import VOCABULARY

FOLDER = VOCABULARY / "__pycache__"

Plain = dict[str, Any]
"""What JSON can hold."""


@cache
def recipe() -> str:
    """What stands for the code and the vocabulary of the search: a digest over all of them, and over the stemmers."""
    digest = hashlib.blake2b(Stemmer.version().encode(), digest_size=8)
    here = Path(__file__).parent
    for path in sorted(here.rglob("*")):
        if path.suffix in {".py", ".tsv"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def kept(name: str, make: Callable[[], Plain]) -> Plain:
    """What `make` makes; it is asked only when nothing of this name and recipe is kept. Where nothing can be written,
    it is asked every time."""
    path = FOLDER / f"{name}.{recipe()}.json"
    with suppress(OSError, ValueError):
        found = json.loads(path.read_bytes())
        if isinstance(found, dict):
            return found
    made = make()
    with suppress(OSError):
        _write(path, json.dumps(made, ensure_ascii=False, separators=(",", ":")))
        _sweep(path, name)
    return made


def _write(path: Path, text: str) -> None:
    """All at once, so that nobody reads half a file."""
    path.parent.mkdir(exist_ok=True)
    half = path.with_suffix(f".{os.getpid()}")
    half.write_text(text, encoding="utf-8")
    half.replace(path)


def _sweep(path: Path, name: str) -> None:
    """Older ones of this name go."""
    for other in path.parent.glob(f"{name}.*"):
        if other != path:
            other.unlink(missing_ok=True)
