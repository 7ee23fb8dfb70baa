"""Asking strangers' servers: with a door that opens only to the public net, briefly, and without believing them.

An address that somebody typed may point to a machine behind our own wall. So every name is looked up once, each answer
is checked, and the connection goes to the very address that was checked; redirects are followed by us, each checked the
same way.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpcore2
import httpx2

PATIENCE = 10.0
"""Seconds for each step of an answer."""
MOST_REDIRECTS = 4
LARGEST = 64 * 1024
"""Bytes read of an answer; whether a page is there is known long before its end."""
PORTS = frozenset({80, 443})
PERMANENT = frozenset({301, 308})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
UNSURE = frozenset({401, 403, 404, 405, 406, 410, 429, 500, 501, 503})
"""Answers to HEAD after which a page is asked for itself: many servers do not know HEAD or say something else to it."""

_WRAPPED = tuple(
    ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::ffff:0:0/96")
)
"""Addresses that hold another one inside (NAT64, 6to4, Teredo, mapped): RFC 6052, 3056, 4380, 4291."""

Lookup = Callable[[str, int], Iterable[str]]
"""From a host and a port to the addresses behind it."""


class Refused(Exception):
    """The address leads where we do not go."""


def lookup(host: str, port: int) -> list[str]:
    """The addresses a name stands for."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public net and holds no other one inside."""
    try:
        plain = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if plain.is_multicast or not plain.is_global:
        return False
    return not any(plain.version == net.version and plain in net for net in _WRAPPED)


class PublicNet(httpcore2.NetworkBackend):
    """Connects to public addresses on the web's ports, and to nothing else."""

    def __init__(
        self, look_up: Lookup = lookup, ports: frozenset[int] = PORTS, public: Callable[[str], bool] = is_public
    ):
        self._look_up, self._ports, self._public = look_up, ports, public
        self._plain = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: object = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the one address that was looked up and checked."""
        if port not in self._ports:
            raise Refused("port")
        try:
            addresses = list(self._look_up(host, port))
        except OSError as fault:
            raise httpcore2.ConnectError(str(fault)) from fault
        if not addresses or not all(self._public(address) for address in addresses):
            raise Refused("private")
        return self._plain.connect_tcp(addresses[0], port, timeout, local_address)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: object = None
    ) -> httpcore2.NetworkStream:
        """Refused: no web address means a file of ours."""
        raise Refused("socket")


@dataclass(frozen=True)
class Answer:
    """What became of an address."""

    good: bool | None
    """Whether there is a page; None where nobody can say (we are asked to come back later, the net is down)."""
    status: int | None = None
    leads_to: str = ""
    """Where permanent redirects lead, if all on the way were permanent."""
    fault: str = ""
    """A code: refused, no-host, timeout, connection, tls, status, redirects."""


class Asker:
    """Asks for addresses one after another; `close` it at the end."""

    def __init__(self, agent: str, net: PublicNet | None = None) -> None:
        transport = httpx2.HTTPTransport(retries=0)
        # The library has no public way to choose how it connects; its version is pinned and tests guard this.
        transport._pool._network_backend = net or PublicNet()
        self._client = httpx2.Client(
            transport=transport,
            timeout=PATIENCE,
            trust_env=False,
            follow_redirects=False,
            headers={"User-Agent": agent, "Accept": "text/html,*/*;q=0.5"},
        )

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def ask(self, url: str) -> Answer:
        """Whether there is a page behind an address; HEAD first, GET where that says nothing."""
        permanent, here = True, url
        for _ in range(MOST_REDIRECTS + 1):
            if not _is_web(here):
                return Answer(False, fault="refused")
            told = self._status(here)
            if isinstance(told, Answer):
                return told
            status, location = told
            if status not in REDIRECTS or not location:
                return _judge(status, here if permanent and here != url else "")
            permanent = permanent and status in PERMANENT
            here = urljoin(here, location)
        return Answer(False, fault="redirects")

    def _status(self, url: str) -> tuple[int, str] | Answer:
        try:
            status, location = self._send("HEAD", url)
            return self._send("GET", url) if status in UNSURE else (status, location)
        except Refused:
            return Answer(False, fault="refused")
        except httpx2.TimeoutException:
            return Answer(False, fault="timeout")
        except (httpx2.InvalidURL, httpx2.UnsupportedProtocol, UnicodeError, ValueError):
            return Answer(False, fault="refused")
        except httpx2.HTTPError as fault:
            return Answer(False, fault=_kind(fault))

    def _send(self, method: str, url: str) -> tuple[int, str]:
        with self._client.stream(method, url) as answer:
            read = 0
            for chunk in answer.iter_raw():
                read += len(chunk)
                if read > LARGEST:
                    break
            return answer.status_code, answer.headers.get("Location", "")


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
        return fine and (parts.port is None or parts.port in PORTS)
    except ValueError:
        return False


def _judge(status: int, leads_to: str) -> Answer:
    if status < 400 or status in (401, 403):
        # Behind a sign-in, or not for programs: people may well see it.
        return Answer(True, status, leads_to)
    return Answer(None if status in (429, 503) else False, status, fault="status")


def _kind(fault: httpx2.HTTPError) -> str:
    words = str(fault).lower()
    if "name" in words or "address" in words or "getaddrinfo" in words:
        return "no-host"
    return "tls" if "ssl" in words or "certificate" in words else "connection"
