"""A real mail server on this machine, that keeps what it was given and refuses what the test wants refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.attack.served import free_port


@dataclass
class Office:
    """What it was given, and what it says to those who come."""

    taken: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    says: str = ""
    """The answer to a recipient, when it is not to be welcome."""
    tried: int = 0
    url: str = ""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        self.tried += 1
        if self.says:
            return self.says
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.recipients += envelope.rcpt_tos
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 taken"


@contextmanager
def open_office() -> Iterator[Office]:
    """A server that listens while the block lasts."""
    office = Office()
    port = free_port()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        office.url = f"smtp://127.0.0.1:{port}"
        yield office
    finally:
        controller.stop()
