"""A site of a test's own, served on this machine."""

from __future__ import annotations

import socket
import threading
from pathlib import Path
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

from infopool.db import Database
from tests.web.world import an_app, fill


class Quiet(WSGIRequestHandler):
    """Says nothing of single requests."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing."""


class Served:
    """A site over a filled pool in a folder, at a free port; `host` is the name browsers know it by."""

    def __init__(self, folder: Path, template: Path, host: str = "127.0.0.1", **settings: Any) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        (folder / "infopool.sqlite").write_bytes(template.read_bytes())
        self.database = Database(f"sqlite:///{folder / 'infopool.sqlite'}")
        fill(self.database)
        self.prepare()
        self.address = f"http://{host}:{port}"
        self.app = an_app(self.database, folder, base_url=self.address, **settings)
        self.server = make_server("127.0.0.1", port, self.app, threaded=True, request_handler=Quiet)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def prepare(self) -> None:
        """What else the pool of a test holds, before the site opens."""

    def close(self) -> None:
        """Stop serving."""
        self.server.shutdown()
        self.database.close()
