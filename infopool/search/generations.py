"""Which state of an index in a folder is the current one: named in one small file, replaced in one step, and checked.

`<folder>/CURRENT` names the subfolder and the table of contents that count, and every file that belongs to them with
its size and checksum. Whatever is not named there does not exist for a reader: half-written files of a killed process
are swept away by the next writer.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from infopool.search.engine import EngineBroken

CURRENT = "CURRENT"
LOCK = "LOCK"
CHUNK = 1 << 20


@dataclass(frozen=True)
class Sum:
    """What a file must be."""

    size: int
    digest: str
    """BLAKE2b of its bytes. Against damage, not against malice: an index from elsewhere must never be opened."""


@dataclass(frozen=True)
class Manifest:
    """What CURRENT says."""

    folder: str
    contents: int
    """The number of the table of contents in that folder."""
    documents: int
    recipe: str
    """Which version of the search wrote it (`recipe`)."""
    files: Mapping[str, Sum]

    @property
    def name(self) -> str:
        """Different for every state of the index."""
        return f"{self.folder}-{self.contents}"


def read_current(root: Path) -> Manifest:
    """The current state; EngineBroken when there is none or its name is damaged."""
    try:
        digest, _, text = (root / CURRENT).read_bytes().partition(b"\n")
    except OSError as fault:
        raise EngineBroken(f"no index in {root}") from fault
    if digest != _digest(text).encode():
        raise EngineBroken(f"{root / CURRENT} is damaged")
    plain = json.loads(text)
    files = {name: Sum(**kept) for name, kept in plain.pop("files").items()}
    return Manifest(**plain, files=files)


def write_current(root: Path, manifest: Manifest) -> None:
    """Make this the current state, in one step."""
    text = json.dumps(asdict(manifest), sort_keys=True).encode()
    fresh = root / f"{CURRENT}.new"
    fresh.write_bytes(_digest(text).encode() + b"\n" + text)
    os.replace(fresh, root / CURRENT)


def mark(root: Path) -> tuple[int, int, int] | None:
    """Cheap to ask, different after every change of CURRENT; None without an index."""
    try:
        found = os.stat(root / CURRENT)
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Hold the one right to write; others wait their turn. The lock of a killed process frees itself."""
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (root / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def sums(folder: Path, known: Mapping[str, Sum], names: list[str]) -> dict[str, Sum]:
    """The sums of these files; those already known are not read again (files of an index are never changed)."""
    return {name: known.get(name) or _sum(folder / name) for name in names}


def _sum(path: Path) -> Sum:
    digest = hashlib.blake2b(digest_size=16)
    size = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return Sum(size, digest.hexdigest())


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def checked_bytes(folder: Path, manifest: Manifest, name: str) -> bytes:
    """The bytes of a file, exactly those that were written; EngineBroken if they are others. OSError if it is gone."""
    data = (folder / name).read_bytes()
    expected = manifest.files.get(name)
    if expected is None or len(data) != expected.size or _digest(data) != expected.digest:
        raise EngineBroken(f"{folder / name} is damaged")
    return data


def check_file(folder: Path, manifest: Manifest, name: str) -> Path:
    """The path of a large file after a look at every byte, without keeping them; EngineBroken if it is damaged."""
    if _sum(folder / name) != manifest.files.get(name):
        raise EngineBroken(f"{folder / name} is damaged")
    return folder / name


def fresh_folder(root: Path) -> str:
    """A name for the next subfolder."""
    taken = [int(path.name) for path in root.iterdir() if path.name.isdecimal()]
    return f"{max(taken, default=0) + 1:06d}"


def sweep(root: Path, manifest: Manifest) -> None:
    """Remove what CURRENT does not name. Readers of an older state have it open or in memory: they lose nothing."""
    for path in root.iterdir():
        if path.is_dir() and path.name.isdecimal() and path.name != manifest.folder:
            shutil.rmtree(path, ignore_errors=True)
    sweep_folder(root / manifest.folder, manifest)


def sweep_folder(folder: Path, manifest: Manifest) -> None:
    """Remove from the current subfolder what CURRENT does not name: what a killed writer left."""
    for path in folder.iterdir():
        if path.name not in manifest.files:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with suppress(OSError):
                    path.unlink()
