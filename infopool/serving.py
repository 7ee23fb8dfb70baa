"""Running the production server."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from infopool.messages import N_, Message
from infopool.settings import EMBEDDED, Settings

if TYPE_CHECKING:
    from flask import Flask

THREADS = 4
"""Requests each process works on at once; more wait in line."""

PARTING = 20
"""Seconds that requests under way have for their end when the server is stopped; a visitor who never ends must not keep
it from stopping."""

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds before a worker that died is started again."""

ORPHANED = 1.0
"""Seconds between two looks whether the process that started this one is still there."""

WARMING = ("/de/", "/de/search?q=Deutschkurs+abends+Zeugnise")
"""Pages asked for before anybody else does: they touch templates, stems, compounds and the mending of mistakes."""


class PortTaken(Exception):
    """Somebody else listens there already; `message` says what to do."""

    def __init__(self, host: str, port: int) -> None:
        sentence = N_("Port %(port)s on %(host)s is already in use: stop the other program or choose another port.")
        self.message = Message(sentence, {"port": port, "host": host})
        super().__init__(str(self.message))


def serve(settings: Settings, host: str, port: int) -> None:
    """Serve until stopped; requests under way are finished first. Refused (PortTaken) when the port is in use."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    if _is_taken(host, port):
        raise PortTaken(host, port)
    print(f"infopool: http://{host}:{port}/", flush=True)
    server = Granian(
        target="infopool.serving:ready_app",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=PARTING,
        websockets=False,
    )
    with _worker_beside() if settings.jobs == EMBEDDED else nullcontext():
        server.serve()


@contextmanager
def _worker_beside() -> Iterator[None]:
    """A process for the background work beside those of the site: begun again when it dies, ended with the server."""
    command = [sys.executable, "-m", "infopool", "work", "--beside", str(os.getpid())]
    parting = threading.Event()
    running = [subprocess.Popen(command)]

    def watch() -> None:
        pause = FIRST_PAUSE
        while True:
            began = time.monotonic()
            running[0].wait()
            # One that dies at once, again and again, must not keep the machine busy with starting it.
            pause = FIRST_PAUSE if time.monotonic() - began > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
            if parting.wait(pause):
                return
            running[0] = subprocess.Popen(command)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        parting.set()
        running[0].terminate()
        watcher.join(PARTING)
        running[0].kill()


def ready_app() -> Flask:
    """The application with everything read that its first visitor would otherwise wait for; one in each process."""
    from infopool import create_app

    server = multiprocessing.parent_process()
    if server is not None and server.pid is not None:
        # Until the server has set up this process, it inherits a handler that only takes note: told to end while it
        # still prepares itself, it would go on. Here it ends at once; nobody waits for it yet.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _end_with(server.pid)
    app = create_app()
    app.extensions["infopool"].warm_up()
    visitor = app.test_client()
    for address in WARMING:
        visitor.get(address, base_url=app.extensions["infopool"].settings.base_url)
    # What is there now stays for good. Looking through all of it for rubbish takes an eighth of a second and more, and
    # somebody would wait for that now and then.
    gc.collect()
    gc.freeze()
    return app


def _end_with(parent: int) -> None:
    """Let this process end soon after the one that started it, however that one ends: a worker left behind would go on
    serving what it knew and keep the port from the next start."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(ORPHANED)
        give_up = time.monotonic() + PARTING
        while time.monotonic() < give_up:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(ORPHANED)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()


def _is_taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        # A port that was just closed by our own last run may be used again at once.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False
