"""Handing mails over: to a mail server by SMTP, or into a folder where somebody can read them."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from infopool.curation.mails import ascii_address, is_example, one_line
from infopool.curation.models import Mail
from infopool.settings import Settings

PATIENCE = 30.0
"""Seconds to wait for a mail server."""
PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
FOLDER = "mail"
"""In the data folder: where mails go without a server."""


class NeverTaken(Exception):
    """The mail will not be taken, however often it is tried; the words say why."""


class NotTakenNow(Exception):
    """The mail was not taken this time; the words say why."""


class PostOffice(Protocol):
    """Postamt. Takes a mail or says why not (NeverTaken, NotTakenNow)."""

    def __call__(self, message: EmailMessage) -> None: ...


def open_post_office(settings: Settings) -> PostOffice:
    """The one the settings name."""
    return Server(settings.mail_url) if settings.mail_url else Folder(settings.data / FOLDER)


def message_of(mail: Mail, *, sender: str, host: str) -> EmailMessage:
    """A mail as it goes out: plain text. Its Message-ID is the same at each try, so that a mailbox that was handed it
    twice (the power failed in between) can tell."""
    message = EmailMessage(policy=SMTP)
    message["From"] = f"infopool <{ascii_address(sender) or sender}>"
    message["To"] = ascii_address(mail.to)
    message["Subject"] = one_line(mail.subject)
    message["Date"] = format_datetime(mail.written_at)
    message["Message-ID"] = f"<mail.{mail.id}.{int(mail.written_at.timestamp())}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.words, charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = mail.language
    return message


def host_of(base_url: str) -> str:
    """The name of this installation, for its mails."""
    return urlsplit(base_url).hostname or "localhost"


@dataclass(frozen=True)
class Folder:
    """A folder: every mail becomes a file that mail programs open."""

    path: Path

    def __call__(self, message: EmailMessage) -> None:
        """Put a mail there; a second time it is the same file."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = message["Message-ID"].strip("<>").split("@")[0]
        fresh = self.path / f".{name}.{os.getpid()}"
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(message.as_bytes())
        fresh.replace(self.path / f"{name}.eml")


@dataclass(frozen=True, repr=False)
class Server:
    """A mail server: `smtp://`, `smtps://` or `smtp+starttls://`, with user and password where it wants them."""

    url: str

    def __call__(self, message: EmailMessage) -> None:
        """Hand a mail over."""
        if is_example(message["To"]):
            raise NeverTaken("this address is kept for examples; nothing is sent to it")
        try:
            with self._connected() as server:
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            code, words = next(iter(refused.recipients.values()))
            raise _why(code, words) from None
        except smtplib.SMTPResponseException as answer:
            raise _why(answer.smtp_code, answer.smtp_error) from None
        except smtplib.SMTPNotSupportedError as lacking:
            raise NotTakenNow(f"the mail server cannot do this: {lacking}") from None
        except (OSError, smtplib.SMTPException) as silent:
            raise NotTakenNow(f"the mail server cannot be reached: {silent or type(silent).__name__}") from None

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        office = urlsplit(self.url)
        host, port = office.hostname or "", office.port or PORTS[office.scheme]
        context = ssl.create_default_context()
        if office.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=context)
        else:
            server = smtplib.SMTP(host, port, timeout=PATIENCE)
        with server:
            if office.scheme == "smtp+starttls":
                server.starttls(context=context)
            if office.username:
                server.login(unquote(office.username), unquote(office.password or ""))
            yield server


def _why(code: int, words: bytes | str) -> NeverTaken | NotTakenNow:
    """What a server's refusal means: 5xx is for good, 4xx is for now (RFC 5321, 4.2.1). A wrong password (535) is for
    now too: an operator mends it, and no mail is lost meanwhile."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    told = one_line(f"the mail server says: {code} {text}")
    return NeverTaken(told) if 500 <= code < 600 and code not in (530, 534, 535, 538) else NotTakenNow(told)
