"""Making a cell safe to keep: no control characters, no bidi overrides, no tags, no mark of our own export."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

LONGEST = 20_000
"""Characters kept of one cell; whoever writes more has pasted something else than a cell."""

_HARMLESS = re.compile(r"[\x20-\x7e\xa1-\xac\xae-\u02ff]*")
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u2060\ufeff\ufff9-\uffff\ud800-\udfff]"
)
"""Control characters, soft hyphens, the marks that turn text around, lone surrogates. ZWNJ and ZWJ stay: Persian needs
them."""
_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000 ]+")
_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|em|strong|ul|ol|li|h[1-6]|table|tr|t[dh]|tbody|font|script"
    r"|style|img|svg|iframe)\b[^<>]*>",
    re.I,
)
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{1,7}|#x[0-9a-f]{1,6});", re.I)
_EXPORTED = re.compile(r"^'(?=\s*[=+\-@\t\r＝＋－＠])")


def clean(text: str) -> str:
    """The text without anything that could turn, hide or run: NFC, plain spaces, lines kept, HTML read as its words.

    The `'` that our own export puts before a formula sign is taken off again. Nothing is evaluated.
    """
    if _HARMLESS.fullmatch(text) and "<" not in text and "&" not in text and not text.startswith("'"):
        return " ".join(text.split()) if "  " in text else text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\u2028", "\n")
    text = _UNWANTED.sub("", text)
    if _TAG.search(text):
        text = words_of_html(text)
    elif "&" in text and _ENTITY.search(text):
        text = _UNWANTED.sub("", words_of_html(text))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return unicodedata.normalize("NFC", _EXPORTED.sub("", text))


def words_of_html(text: str) -> str:
    """The words of a piece of HTML: blocks on lines of their own, links with their address, no scripts or styles."""
    reader = _Words()
    try:
        reader.feed(text)
        reader.close()
    except (ValueError, AssertionError):  # the standard parser gives up on some broken declarations
        return re.sub(r"<[^<>]*>", " ", text)
    return "".join(reader.words)


class _Words(HTMLParser):
    BLOCKS = frozenset(["p", "br", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr"])
    SILENT = frozenset({"script", "style", "svg", "iframe"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0
        self._link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.SILENT:
            self._silent += 1
        elif tag in self.BLOCKS:
            self.words.append("\n")
        elif tag == "a":
            self._link = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in self.SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in self.BLOCKS and tag not in {"br", "li"}:
            self.words.append("\n")
        elif tag == "a" and self._link:
            self._show_link()

    def _show_link(self) -> None:
        address = self._link.removeprefix("mailto:").removeprefix("tel:")
        if address not in "".join(self.words[-2:]) and re.match(r"https?://|[^:]*$", address):
            self.words.append(f" ({address})")
        self._link = ""

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)
