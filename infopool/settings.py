"""The settings of an installation: one field per knob, each with the sentence that explains it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from infopool.messages import N_, Message, Problem

PREFIX = "INFOPOOL_"


class SettingsFault(Exception):
    """The environment cannot be used as it is; `problems` names every fault at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(f"{problem.field}: {problem.message}" for problem in problems))
        self.problems = problems


HELP: dict[str, str] = {
    "data": N_("Folder of the embedded database, the search index and uploads."),
    "database_url": N_("Database address; empty: SQLite in the data folder."),
    "search_url": N_("Search engine address; empty: Whoosh in the data folder."),
    "secret_key": N_("Secret for signatures, at least 32 characters; empty: made once and kept in the data folder."),
    "base_url": N_("Address under which visitors reach the site."),
    "region": N_("Region the site is for: the name of a shipped region, or the path of a folder like it."),
    "production": N_("Refuse to start with a missing secret or a wrong address; send strict transport security."),
    "workers": N_("Processes the server runs."),
    "pages_kept": N_("Finished pages each process keeps in memory for the next visitor; 0 keeps none."),
    "translator_url": N_(
        "Machine that may translate offers, as deepl+https://… or libretranslate+https://…; empty: none."
    ),
    "translator_key": N_("Key for the machine that translates."),
    "translator_budget": N_("Characters that may be given to the machine in a month."),
    "jobs": N_("Who does the background work: embedded (the server itself) or apart (“infopool work”)."),
    "mail_url": N_("Mail server as smtp+starttls://user:password@host:587; empty: mails are put into the data folder."),
    "mail_from": N_("Sender of all mails; empty: the address of the people behind the site."),
}
"""What each setting is for, shown by `infopool settings`."""


SECRETS = frozenset({"secret_key", "translator_key", "mail_url"})
"""Settings whose values are never shown."""

TRANSLATORS = ("deepl+https://", "deepl+http://", "libretranslate+https://", "libretranslate+http://")
"""How the address of a translating machine may begin."""

POST_OFFICES = ("smtp", "smtps", "smtp+starttls")
"""The ways to hand over mails."""

EMBEDDED, APART = "embedded", "apart"
"""Who does the background work: a process beside those of the server, or one that the operator runs."""


@dataclass(frozen=True)
class Settings:
    """Einstellungen. Every field `name` is read from the environment variable `INFOPOOL_NAME`; HELP explains it."""

    data: Path = Path("data")
    database_url: str = ""
    search_url: str = ""
    secret_key: str = ""
    base_url: str = "http://127.0.0.1:8000"
    region: str = "waldshut"
    production: bool = False
    workers: int = 2
    pages_kept: int = 256
    translator_url: str = ""
    translator_key: str = ""
    translator_budget: int = 100_000
    jobs: str = EMBEDDED
    mail_url: str = ""
    mail_from: str = ""

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{(self.data / 'infopool.sqlite').resolve()}"

    @property
    def index_folder(self) -> Path:
        """The folder of the embedded search index."""
        return self.data / "index"

    def secret(self) -> str:
        """The secret key, made and kept in the data folder on first use unless one is set."""
        if self.secret_key:
            return self.secret_key
        kept = self.data / "secret-key"
        if not kept.exists():
            self.data.mkdir(parents=True, exist_ok=True)
            _write_private(kept, secrets.token_urlsafe(48))
        return kept.read_text(encoding="utf-8").strip()


def _write_private(path: Path, text: str) -> None:
    # The file appears complete or not at all, and for its owner only: a second process may read it in the same moment.
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text)
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def from_environ(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment; refused (SettingsFault) with ALL faults named at once."""
    given = os.environ if environ is None else environ
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for knob in fields(Settings):
        text = given.get(PREFIX + knob.name.upper(), "").strip()
        if text:
            value = _read(knob.name, knob.default, text)
            if isinstance(value, Problem):
                problems.append(value)
            else:
                values[knob.name] = value
    settings = Settings(**values)  # type: ignore[arg-type]
    problems += _faults(settings, given)
    if problems:
        raise SettingsFault(problems)
    return settings


def _read(name: str, default: object, text: str) -> object:
    if isinstance(default, bool):
        if text.lower() in {"1", "true", "yes", "on"}:
            return True
        if text.lower() in {"0", "false", "no", "off"}:
            return False
        return Problem(PREFIX + name.upper(), Message(N_("Write yes or no instead of “%(text)s”."), {"text": text}))
    if isinstance(default, int):
        if text.isdecimal():
            return int(text)
        return Problem(
            PREFIX + name.upper(), Message(N_("Write a whole number instead of “%(text)s”."), {"text": text})
        )
    return Path(text) if isinstance(default, Path) else text


def _faults(settings: Settings, given: Mapping[str, str]) -> list[Problem]:
    problems = []
    if settings.secret_key and len(settings.secret_key) < 32:
        problems.append(
            Problem(PREFIX + "SECRET_KEY", Message(N_("Write at least 32 characters; a short secret can be guessed.")))
        )
    if settings.production and not settings.secret_key:
        problems.append(
            Problem(
                PREFIX + "SECRET_KEY",
                Message(N_("Set a secret of at least 32 characters; production does not start without one.")),
            )
        )
    if settings.database_url and not settings.database_url.startswith(("sqlite:", "postgresql:", "postgresql+")):
        sentence = N_("Write an address that starts with sqlite: or postgresql:, or leave it empty for SQLite.")
        problems.append(Problem(PREFIX + "DATABASE_URL", Message(sentence)))
    address = _split(settings.base_url)
    if address.scheme not in {"http", "https"} or not address.netloc:
        problems.append(
            Problem(PREFIX + "BASE_URL", Message(N_("Write an address that starts with https:// or http://.")))
        )
    elif settings.production and address.scheme != "https" and (PREFIX + "BASE_URL") not in given:
        problems.append(
            Problem(PREFIX + "BASE_URL", Message(N_("Set the address under which visitors reach the site.")))
        )
    if not 1 <= settings.workers <= 64:
        problems.append(Problem(PREFIX + "WORKERS", Message(N_("Write a number from 1 to 64."))))
    if settings.search_url and not settings.search_url.startswith("whoosh:"):
        problems.append(
            Problem(
                PREFIX + "SEARCH_URL",
                Message(N_("Only whoosh: addresses are known; leave it empty for the embedded engine.")),
            )
        )
    if settings.translator_url and not settings.translator_url.startswith(TRANSLATORS):
        sentence = N_(
            "Write an address such as deepl+https://api-free.deepl.com or libretranslate+http://127.0.0.1:5000."
        )
        problems.append(Problem(PREFIX + "TRANSLATOR_URL", Message(sentence)))
    return problems + _faults_of_work(settings)


def _faults_of_work(settings: Settings) -> list[Problem]:
    """What is wrong with how things run by themselves and how mails go out."""
    problems = []
    if settings.jobs not in (EMBEDDED, APART):
        problems.append(Problem(PREFIX + "JOBS", Message(N_("Write embedded or apart."))))
    office = _split(settings.mail_url)
    if settings.mail_url and not (office.scheme in POST_OFFICES and office.hostname and _has_port(office)):
        sentence = N_("Write an address such as smtp+starttls://user:password@mail.example.org:587.")
        problems.append(Problem(PREFIX + "MAIL_URL", Message(sentence)))
    sender = settings.mail_from
    if sender and ("@" not in sender[1:-1] or not sender.isprintable() or " " in sender):
        problems.append(Problem(PREFIX + "MAIL_FROM", Message(N_("Write an e-mail address like name@example.org."))))
    return problems


def _has_port(address: SplitResult) -> bool:
    """Whether the port is one, or left out."""
    try:
        return address.port != 0
    except ValueError:
        return False


def _split(address: str) -> SplitResult:
    """The parts of an address; none of them when it is not one at all."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")
