"""Strangers' servers are asked carefully: only the public net, briefly, and without believing them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from infopool.jobs.strangers import Asker, PublicNet, is_public

PRIVATE = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://0.0.0.0/",
    "http://localhost/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://0x7f.1/",
    "https://127.0.0.1/",
    "http://8.8.8.8:22/",
    "http://8.8.8.8:8080/",
    "file:///etc/passwd",
    "ftp://8.8.8.8/",
    "gopher://8.8.8.8/",
    "http://user:pw@8.8.8.8/",
    "http://",
    "http://[",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("url", PRIVATE)
def test_nobody_is_led_behind_the_wall(url: str) -> None:
    asker = Asker("test")
    answer = asker.ask(url)
    asker.close()
    assert answer.good is False
    assert answer.fault in ("refused", "no-host")


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    asker = Asker("test", PublicNet(lambda _host, _port: ["93.184.216.34", "10.0.0.1"]))
    assert asker.ask("http://mixed.example/").fault == "refused"
    asker.close()


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00:1450:4001:81b::200e"])
def test_the_public_net_is_public(address: str) -> None:
    assert is_public(address)


class Strange(BaseHTTPRequestHandler):
    """A server with manners of all kinds."""

    asked: list[tuple[str, str]] = []  # noqa: RUF012

    def do_HEAD(self) -> None:
        self._answer("HEAD")

    def do_GET(self) -> None:
        self._answer("GET")

    def _answer(self, method: str) -> None:
        self.asked.append((method, self.path))
        if self.path == "/no-head" and method == "HEAD":
            self.send_response(405)
        elif self.path in ("/moved", "/moved-again", "/for-now", "/circle", "/inside"):
            self.send_response(302 if self.path == "/for-now" else 301)
            ways = {"/moved": "/moved-again", "/moved-again": "/here", "/circle": "/circle"}
            self.send_header("Location", "http://10.0.0.1/" if self.path == "/inside" else ways.get(self.path, "/here"))
        elif self.path == "/gone":
            self.send_response(404)
        elif self.path == "/busy":
            self.send_response(503)
        elif self.path == "/members":
            self.send_response(403)
        elif self.path == "/endless" and method == "GET":
            self.send_response(200)
            self.end_headers()
            try:
                for _ in range(10_000):
                    self.wfile.write(b"x" * 65536)
            except OSError:
                pass
            return
        elif self.path == "/endless":
            self.send_response(405)
        else:
            self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture(scope="module")
def stranger() -> Iterator[str]:
    """A server on this machine, for a net that takes it for a public one."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Strange)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://stranger.example:{server.server_port}"
    server.shutdown()


@pytest.fixture
def asker(stranger: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asker]:
    port = int(stranger.rsplit(":", 1)[1])
    monkeypatch.setattr("infopool.jobs.strangers.PORTS", frozenset({port}))
    net = PublicNet(
        lambda host, _port: ["127.0.0.1"] if host == "stranger.example" else [host],
        frozenset({port, 80}),
        lambda address: address == "127.0.0.1",
    )
    made = Asker("infopool test", net)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("path", "good", "fault"),
    [
        ("/here", True, ""),
        ("/no-head", True, ""),
        ("/members", True, ""),
        ("/gone", False, "status"),
        ("/busy", None, "status"),
        ("/circle", False, "redirects"),
        ("/inside", False, "refused"),
        ("/endless", True, ""),
    ],
)
def test_every_answer_is_understood(asker: Asker, stranger: str, path: str, good: bool | None, fault: str) -> None:
    answer = asker.ask(stranger + path)
    assert (answer.good, answer.fault) == (good, fault)


def test_a_permanent_redirect_is_noted_with_its_end(asker: Asker, stranger: str) -> None:
    assert asker.ask(f"{stranger}/moved").leads_to == f"{stranger}/here"


def test_a_redirect_for_now_is_followed_and_not_noted(asker: Asker, stranger: str) -> None:
    answer = asker.ask(f"{stranger}/for-now")
    assert (answer.good, answer.leads_to) == (True, "")


def test_a_page_without_an_end_is_left_after_its_beginning(asker: Asker, stranger: str) -> None:
    began = time.monotonic()
    asker.ask(f"{stranger}/endless")
    assert time.monotonic() - began < 30, "it read all of it"


def test_a_name_that_nobody_has_is_a_failure() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise OSError("Name or service not known")

    asker = Asker("test", PublicNet(unknown))
    answer = asker.ask("http://nobody.example/")
    asker.close()
    assert (answer.good, answer.fault) == (False, "no-host")
