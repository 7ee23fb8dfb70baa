"""Machines that translate, each behind the same small door: DeepL and LibreTranslate, both over HTTP.

Their protocols are one request each, so they are spoken here directly; a library would bring five more packages.
DeepL: https://developers.deepl.com/api-reference/translate, LibreTranslate: https://docs.libretranslate.com.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any, Protocol
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from infopool.messages import N_, Message
from infopool.settings import Settings

PATIENCE = 60.0
"""Seconds to wait for an answer."""
TRIES = 4
"""How often a request is sent when the service asks for patience (429) or is out of order for a moment (5xx)."""
LONGEST_PAUSE = 30.0
"""Seconds between two tries at most, whatever the service asks for."""
LARGEST_ANSWER = 5_000_000


class Translate(Protocol):
    """Übersetzungsmaschine. What every machine can do."""

    def __call__(self, texts: Sequence[str], source: str, target: str) -> list[str] | Message:
        """The texts in another language, in the same order; or a sentence that says why there are none."""
        ...


def open_machine(settings: Settings) -> Translate | None:
    """The machine the settings name, or None: without an address nothing is ever sent to a machine."""
    kind, _, address = settings.translator_url.partition("+")
    if not address:
        return None
    return MACHINES[kind](address.rstrip("/"), settings.translator_key)


@dataclass(frozen=True)
class DeepL:
    """DeepL, paid (`https://api.deepl.com`) or free (`https://api-free.deepl.com`)."""

    address: str
    key: str
    sleep: Callable[[float], None] = field(default=time.sleep, compare=False)

    def __call__(self, texts: Sequence[str], source: str, target: str) -> list[str] | Message:
        """Ask DeepL, at most DEEPL_TEXTS texts a request."""
        translated: list[str] = []
        for start in range(0, len(texts), DEEPL_TEXTS):
            answer = self._ask(list(texts[start : start + DEEPL_TEXTS]), source, target)
            if isinstance(answer, Message):
                return answer
            translated += answer
        return translated

    def _ask(self, texts: list[str], source: str, target: str) -> list[str] | Message:
        asked: dict[str, Any] = {"text": texts, "source_lang": source.upper(), "target_lang": _deepl_tag(target)}
        if target not in DEEPL_LONG_KNOWN:
            asked["enable_beta_languages"] = True
        headers = {"Authorization": f"DeepL-Auth-Key {self.key}"}
        answer = _post(f"{self.address}/v2/translate", asked, headers, self.sleep)
        if isinstance(answer, Message):
            return answer
        return _as_many(texts, [one.get("text") for one in _list(answer.get("translations")) if isinstance(one, dict)])


DEEPL_TEXTS = 50
"""Texts a request may hold, says DeepL."""
DEEPL_LONG_KNOWN = frozenset({"ar", "de", "en", "es", "fr", "it", "pl", "ro", "ru", "tr", "uk"})
"""Languages that need no leave to try newer ones."""


def _deepl_tag(tag: str) -> str:
    return {"en": "EN-GB", "ku": "KMR"}.get(tag, tag.upper())


@dataclass(frozen=True)
class LibreTranslate:
    """LibreTranslate, the free program one can run oneself; the key may be empty."""

    address: str
    key: str
    sleep: Callable[[float], None] = field(default=time.sleep, compare=False)

    def __call__(self, texts: Sequence[str], source: str, target: str) -> list[str] | Message:
        """Ask LibreTranslate, all texts in one request."""
        asked: dict[str, Any] = {"q": list(texts), "source": source, "target": target, "format": "text"}
        if self.key:
            asked["api_key"] = self.key
        answer = _post(f"{self.address}/translate", asked, {}, self.sleep)
        return answer if isinstance(answer, Message) else _as_many(texts, _list(answer.get("translatedText")))


MACHINES: dict[str, Callable[[str, str], Translate]] = {"deepl": DeepL, "libretranslate": LibreTranslate}
"""The machines, by the word before the `+` of their address."""


class _StayHere(HTTPRedirectHandler):
    """Follows no redirect: urllib would send the key along, wherever it leads."""

    def redirect_request(self, *_: Any) -> None:
        return None


_OPENER = build_opener(_StayHere)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _as_many(texts: Sequence[str], translated: list[Any]) -> list[str] | Message:
    if len(translated) != len(texts) or not all(isinstance(text, str) for text in translated):
        return Message(N_("The translation service answered something that is no translation."))
    return translated


def _post(
    address: str, asked: dict[str, Any], headers: dict[str, str], sleep: Callable[[float], None]
) -> dict[str, Any] | Message:
    """The answer of a service. Waits and tries again when it asks for patience; all else ends in a sentence."""
    body = json.dumps(asked, ensure_ascii=False).encode()
    usual = {"Content-Type": "application/json", "User-Agent": "infopool"}
    for attempt in range(1, TRIES + 1):
        try:
            with _OPENER.open(Request(address, body, {**usual, **headers}), timeout=PATIENCE) as answer:
                return _understood(answer.read(LARGEST_ANSWER))
        except HTTPError as error:
            if attempt < TRIES and (error.code == 429 or error.code >= 500):
                sleep(_pause(error, attempt))
                continue
            return _why(error)
        except (URLError, HTTPException, OSError) as error:
            sentence = N_("The translation service cannot be reached: %(why)s")
            return Message(sentence, {"why": getattr(error, "reason", None) or error})
    raise AssertionError("the last try returns")


def _pause(error: HTTPError, attempt: int) -> float:
    """Seconds to wait: what the service asks for, else twice as long each time."""
    asked = error.headers.get("Retry-After", "")
    return min(float(asked) if asked.isdecimal() else 2.0**attempt, LONGEST_PAUSE)


def _understood(content: bytes) -> dict[str, Any] | Message:
    try:
        answer = json.loads(content)
    except ValueError:
        answer = None
    if isinstance(answer, dict):
        return answer
    return Message(N_("The translation service answered something that is no translation."))


def _why(error: HTTPError) -> Message:
    if error.code in _KNOWN_ERRORS:
        return Message(_KNOWN_ERRORS[error.code])
    sentence = N_("The translation service refused (%(code)s): %(why)s")
    return Message(sentence, {"code": error.code, "why": _said(error)})


_KNOWN_ERRORS: dict[int, str] = {
    401: N_("The translation service does not know the key; look at INFOPOOL_TRANSLATOR_KEY."),
    403: N_("The translation service does not know the key; look at INFOPOOL_TRANSLATOR_KEY."),
    413: N_("This text is too long for the translation service."),
    429: N_("The translation service asks for patience; try again later."),
    456: N_("The translation service says that this month’s characters are used up."),
}


def _said(error: HTTPError) -> str:
    """What the service says itself: DeepL in `message`, LibreTranslate in `error`."""
    try:
        answer = json.loads(error.read(10_000))
        said = answer.get("message") or answer.get("error")
    except (ValueError, AttributeError, OSError, HTTPException):
        said = None
    return str(said or error.reason)[:300]
