"""A local server that speaks the documented protocols of DeepL and LibreTranslate, their errors included."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "12345678-aaaa-bbbb-cccc-123456789012:fx"


@dataclass
class Service:
    """What the server was asked, and the errors it has been told to answer with first."""

    address: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    errors: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)

    def fail(self, code: int, body: bytes = b"", **headers: str) -> None:
        """Answer the next request with this error."""
        self.errors.append((code, {name.replace("_", "-"): value for name, value in headers.items()}, body))


@contextmanager
def running() -> Iterator[Service]:
    """The server on a port of its own for as long as the block lasts."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            service.paths.append(self.path)
            service.asked.append(asked)
            if service.errors:
                self._say(*service.errors.pop(0))
            elif self.path == "/v2/translate":
                self._deepl(asked)
            elif self.path == "/translate":
                self._libre(asked)
            else:
                self._say(404, {}, b"")

        def do_GET(self) -> None:
            service.paths.append(self.path)
            self._say(200, {}, b"{}")

        def _deepl(self, asked: dict[str, Any]) -> None:
            if self.headers.get("Authorization") != f"DeepL-Auth-Key {KEY}":
                self._say(403, {}, b"")
            elif asked["target_lang"] == "TI":
                self._say(400, {}, b'{"message": "Value for \'target_lang\' not supported."}')
            elif len(asked["text"]) > 50:
                self._say(400, {}, b'{"message": "Too many texts"}')
            else:
                found = [{"detected_source_language": "DE", "text": f"«{text}»"} for text in asked["text"]]
                self._say(200, {}, json.dumps({"translations": found}).encode())

        def _libre(self, asked: dict[str, Any]) -> None:
            if asked.get("api_key") != KEY:
                self._say(403, {}, b'{"error": "Invalid API key"}')
            elif asked["target"] == "ti":
                self._say(400, {}, b'{"error": "ti is not supported"}')
            else:
                self._say(200, {}, json.dumps({"translatedText": [f"«{text}»" for text in asked["q"]]}).encode())

        def _say(self, code: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(code)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
