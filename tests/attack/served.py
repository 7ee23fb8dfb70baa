"""A real server over a data folder of its own, for tests that pull at it from outside."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from infopool import paths

READY = 40.0
"""Seconds a server may need to start on a busy machine."""


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Served:
    """A running server and its data folder."""

    process: subprocess.Popen[bytes]
    port: int
    data: Path
    log: Path

    def get(self, path: str, timeout: float = 10, **headers: str) -> tuple[int, bytes]:
        """Status and body of an address."""
        request = Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with urlopen(request, timeout=timeout) as answer:
                return answer.status, answer.read()
        except HTTPError as refused:
            return refused.code, refused.read()

    def send(self, raw: bytes, *, wait: float = 10) -> bytes:
        """What comes back for these very bytes until the server hangs up."""
        with self.open() as line:
            line.settimeout(wait)
            received = b""
            with suppress(OSError):
                line.sendall(raw)
                while piece := line.recv(65536):
                    received += piece
            return received

    def open(self) -> socket.socket:
        """A connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def is_listening(self) -> bool:
        """Whether anybody answers on its port."""
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self) -> int:
        """End it politely; gives its exit code."""
        self.process.terminate()
        return self.process.wait(timeout=60)


def environ(data: Path, **more: str) -> dict[str, str]:
    """The environment of an installation in this folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INFOPOOL_")}
    return kept | {"INFOPOOL_DATA": str(data), "LC_ALL": "C.UTF-8"} | more


def command(data: Path, *words: str, timeout: float = 120, **more: str) -> subprocess.CompletedProcess[str]:
    """Run `infopool` with these words."""
    return subprocess.run(
        [sys.executable, "-m", "infopool", *words],
        env=environ(data, **more),
        cwd=paths.TEMPLATES.parent,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def _can_be_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether a server has begun to listen to being told to end. Until then somebody else may answer on its port: one
    that a killed server left behind for a moment."""
    status = Path(f"/proc/{process.pid}/status")
    if not status.exists():  # no Linux: nothing to ask
        return True
    caught = next(line for line in status.read_text().splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) & 1 << (signal.SIGTERM - 1))


def processes(data: Path) -> list[int]:
    """The numbers of all processes of the installation in this folder, where the machine tells (Linux)."""
    mark = f"INFOPOOL_DATA={data}".encode()
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if mark in (place / "environ").read_bytes().split(b"\0"):
                found.append(int(place.name))
    return found


def begin(data: Path, log: Path, *, port: int = 0, **more: str) -> Served:
    """Start a server, on a free port unless one is named."""
    port = port or free_port()
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "infopool", "serve", "--port", str(port)],
            env=environ(data, **more),
            cwd=paths.TEMPLATES.parent,
            stdout=out,
            stderr=out,
        )
    return Served(process, port, data, log)


def start(data: Path, log: Path, *, port: int = 0, **more: str) -> Served:
    """Start a server, on a free port unless one is named, and wait until it answers."""
    served = begin(data, log, port=port, **more)
    give_up = time.monotonic() + READY
    while time.monotonic() < give_up:
        with suppress(OSError):
            served.get("/healthz", timeout=2)
            if _can_be_ended(served.process):
                return served
        time.sleep(0.2)
    served.process.kill()
    raise AssertionError(f"the server does not answer: {log.read_text(errors='replace')[-2000:]}")
