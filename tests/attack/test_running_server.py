"""The real server under slow, broken, flooding and curious visitors."""

from __future__ import annotations

import json
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attack.served import Served, begin, command, processes, start

pytestmark = pytest.mark.slow

SHEET = "Nr;Titel;Thema;Ort\n1;Deutsch am Abend;Deutschkurs;Tiengen\n2;Möbel abholen;Möbel;Wehr\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
HALF_SENT = {
    "nothing": b"",
    "half a header": b"GET /de/ HTTP/1.1\r\nHost: x\r\nX-A: ",
    "half a form": b"POST /de/offers/1/remarks HTTP/1.1\r\nHost: x\r\n" + FORM + b"Content-Length: 500\r\n\r\nreason=",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    (folder / "liste.csv").write_text(SHEET, encoding="utf-8")
    assert command(folder / "data", "db", "upgrade").returncode == 0
    taken = command(folder / "data", "import", "spreadsheet", str(folder / "liste.csv"), "--publish")
    assert taken.returncode == 0, taken.stderr
    running = start(folder / "data", folder / "log")
    yield running
    running.stop()


@pytest.mark.parametrize("sent", HALF_SENT)
def test_sixty_visitors_who_never_finish_keep_nobody_waiting(served: Served, sent: str) -> None:
    lines = [served.open() for _ in range(60)]
    for line in lines:
        line.sendall(HALF_SENT[sent])
    time.sleep(0.5)
    began = time.monotonic()
    statuses = [served.get(f"/de/search?q=wort{number}", timeout=5)[0] for number in range(5)]
    took = time.monotonic() - began
    for line in lines:
        line.close()
    assert statuses == [200] * 5
    assert took < 5


BROKEN = [
    b"GET / HTTP/9.9\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"GET /de/\xff\xfe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET /de/?" + b"q" * 100_000 + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET /de/ HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X%d: y\r\n" % n for n in range(5000)) + b"\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"TRACE /de/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"POST /de/offers/1/remarks HTTP/1.1\r\nHost: x\r\n"
    + FORM
    + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n",
    b"POST /de/offers/1/remarks HTTP/1.1\r\nHost: x\r\n" + FORM + b"Content-Length: -5\r\nConnection: close\r\n\r\n",
]


@pytest.mark.parametrize("raw", BROKEN)
def test_a_broken_request_is_refused_by_a_server_that_goes_on(served: Served, raw: bytes) -> None:
    answer = served.send(raw, wait=3)
    assert not answer.startswith(b"HTTP/1.1 5")
    assert b" 200 " not in answer[:20]
    assert served.get("/de/about")[0] == 200


def test_the_log_knows_neither_words_nor_persons(served: Served) -> None:
    for number in range(60):
        served.get(
            f"/de/search?q=geheimwort{number}&near=wehr",
            **{"User-Agent": "Geheimbrowser/1", "X-Forwarded-For": "203.0.113.77", "Referer": "http://x/geheimweg"},
        )
    served.get("/de/%0d%0a%7B%22forged%22:1%7D%1b%5B31m?q=geheimwort", Cookie="geheimkeks=1")
    log = served.log.read_text(encoding="utf-8", errors="strict").lower()
    for secret in ("geheim", "203.0.113", "wehr", "forged", "\x1b"):
        assert secret not in log
    lines = [line for line in log.splitlines() if not line.startswith("infopool: http://")]
    assert all(set(json.loads(line)) == {"method", "route", "status", "ms", "language"} for line in lines)
    assert all(json.loads(line)["ms"] >= 0 for line in lines)


def test_a_second_server_on_the_same_port_says_so(served: Served) -> None:
    second = command(served.data, "serve", "--port", str(served.port))
    assert second.returncode == 1
    assert "already in use" in second.stderr
    assert "Traceback" not in second.stderr


def test_a_stopped_server_finishes_what_it_has_begun(served: Served, tmp_path: Path) -> None:
    other = start(served.data, tmp_path / "log")
    begun: list[int] = []
    answered: list[int] = []
    broken: list[str] = []

    def visit(number: int) -> None:
        for round_ in range(200):
            try:
                line = other.open()
            except OSError:
                return  # it no longer takes anybody in, which is what stopping means
            try:
                with line:
                    line.settimeout(10)
                    asked = f"GET /de/search?q=w{number}x{round_} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                    line.sendall(asked.encode())
                    begun.append(1)
                    received = b""
                    while piece := line.recv(65536):
                        received += piece
            except OSError:
                continue  # it stood in line, unheard
            if received:
                answered.append(1)
                if not received.startswith(b"HTTP/1.1 200") or b"</html>" not in received:
                    broken.append(repr(received[:80]))

    visitors = [threading.Thread(target=visit, args=(number,)) for number in range(4)]
    for visitor in visitors:
        visitor.start()
    time.sleep(1)
    other.process.send_signal(signal.SIGTERM)
    assert other.process.wait(timeout=40) == 0
    for visitor in visitors:
        visitor.join(timeout=30)
    assert answered
    assert not broken
    assert len(begun) - len(answered) <= len(visitors)


def test_a_killed_server_starts_again_on_its_port_with_everything(served: Served, tmp_path: Path) -> None:
    first = start(served.data, tmp_path / "log")
    first.process.kill()
    first.process.wait()
    give_up = time.monotonic() + 20
    while first.is_listening() and time.monotonic() < give_up:
        time.sleep(0.2)
    second = start(served.data, tmp_path / "log", port=first.port)
    status, body = second.get("/de/search?q=deutsch")
    assert second.stop() == 0
    assert (status, b"Deutsch am Abend" in body) == (200, True)


@pytest.mark.parametrize("signal_sent", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("wait", [0, 0.3, 0.8])
def test_a_server_ended_while_it_prepares_leaves_nobody_behind(tmp_path: Path, signal_sent: int, wait: float) -> None:
    if not Path("/proc/self/environ").exists():
        pytest.skip("this machine does not tell its processes")
    data = tmp_path / "data"
    assert command(data, "db", "upgrade").returncode == 0
    begun = begin(data, tmp_path / "log")
    give_up = time.monotonic() + 30
    while len(processes(data)) < 3 and time.monotonic() < give_up:  # itself and two it has begun
        time.sleep(0.01)
    assert len(processes(data)) >= 3
    time.sleep(wait)
    begun.process.send_signal(signal_sent)
    begun.process.wait(timeout=40)
    give_up = time.monotonic() + 15
    while processes(data) and time.monotonic() < give_up:
        time.sleep(0.1)
    assert processes(data) == []
