"""Running the production server."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from typing import TYPE_CHECKING

from infopool.messages import N_, Message
from infopool.settings import Settings

if TYPE_CHECKING:
    from flask import Flask

THREADS = 4
"""Requests each process works on at once; more wait in line."""

PARTING = 20
"""Seconds that requests under way have for their end when the server is stopped; a visitor who never ends must not keep
it from stopping."""

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
    Granian(
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
    ).serve()


def ready_app() -> Flask:
    """The application with everything read that its first visitor would otherwise wait for; one in each process."""
    from infopool import create_app

    _end_with(os.getppid())
    app = create_app()
    app.extensions["infopool"].warm_up()
    visitor = app.test_client()
    for address in WARMING:
        visitor.get(address, base_url=app.extensions["infopool"].settings.base_url)
    return app


def _end_with(parent: int) -> None:
    """Let this process end soon after the one that started it, however that one ends: a worker left behind would go on
    serving what it knew and keep the port from the next start."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(ORPHANED)
        os.kill(os.getpid(), signal.SIGTERM)

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
