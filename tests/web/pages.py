"""A page as a test sees it: fetched, taken apart, and inspected for what every page of the house must keep."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

from flask import Flask
from werkzeug.test import TestResponse

from infopool import languages

VOID = frozenset({"meta", "link", "input", "br", "img", "hr", "path", "circle", "use"})
FIELDS = frozenset({"input", "select", "textarea"})


@dataclass
class Element:
    """One element with what it holds."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    @property
    def text(self) -> str:
        """All words in it, spaces made single."""
        return re.sub(r"\s+", " ", self._words()).strip()

    def _words(self) -> str:
        return "".join(child if isinstance(child, str) else child._words() for child in self.children)

    def all(self) -> Iterator[Element]:
        """This element and all in it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.all()

    def find(self, *tags: str, css: str = "") -> list[Element]:
        """The elements of these kinds (all kinds without any) that carry the class."""
        found = (one for one in self.all() if not tags or one.tag in tags)
        return [one for one in found if not css or css in one["class"].split()]

    def inside(self, *tags: str) -> bool:
        """Whether it stands in an element of these kinds."""
        return self.parent is not None and (self.parent.tag in tags or self.parent.inside(*tags))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.top = self.here = Element("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        repeated = [name for name, times in Counter(name for name, _ in attrs).items() if times > 1]
        assert not repeated, f"<{tag}> carries {repeated} twice"
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.here.children.append(Element(tag, {name: value or "" for name, value in attrs}, self.here))

    def handle_endtag(self, tag: str) -> None:
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}>"
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


class Page:
    """A page that was fetched."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.html = response.get_data(as_text=True)
        reader = _Reader()
        reader.feed(self.html)
        reader.close()
        assert reader.here is reader.top, f"<{reader.here.tag}> is never closed"
        self.root = reader.top

    @property
    def text(self) -> str:
        """All words of the body."""
        return self.root.find("body")[0].text

    @property
    def title(self) -> str:
        return self.root.find("title")[0].text

    @property
    def heading(self) -> str:
        return self.root.find("h1")[0].text

    @property
    def cards(self) -> list[Element]:
        return self.root.find("article", css="card")

    def links(self, words: str = "") -> dict[str, str]:
        """Words -> address of the links whose words hold these."""
        return {link.text: link["href"] for link in self.root.find("a") if words in link.text}

    def link(self, words: str) -> str:
        """The address behind the one link with these words."""
        found = self.links(words)
        found = {words: found[words]} if words in found else found
        assert len(found) == 1, f"links with “{words}”: {found}"
        return next(iter(found.values()))

    def meta(self, rel: str) -> list[Element]:
        """The link elements of the head of one kind."""
        return [link for link in self.root.find("link") if link["rel"] == rel]

    def structured(self) -> list[dict[str, object]]:
        """What stands there for machines."""
        return [json.loads(one.text) for one in self.root.find("script") if one["type"] == "application/ld+json"]


class PageClient:
    """Fetches pages and inspects every one of them."""

    def __init__(self, app: Flask) -> None:
        self.raw = app.test_client()

    def get(self, path: str, status: int = 200, **more: object) -> Page:
        """The page at an address, which must answer with this status."""
        return self.inspected(self.raw.get(path, **more), path, status)  # type: ignore[arg-type]

    def post(self, path: str, form: dict[str, str], status: int, **more: object) -> Page:
        """The page that answers a form."""
        return self.inspected(self.raw.post(path, data=form, **more), path, status)  # type: ignore[arg-type]

    def inspected(self, response: TestResponse, path: str, status: int) -> Page:
        """The page of an answer, inspected."""
        assert response.status_code == status, f"{path} answered {response.status_code}"
        page = Page(response)
        faults = list(_faults(page, path))
        assert not faults, f"{path}: {faults}"
        return page


def _faults(page: Page, path: str) -> Iterator[str]:
    yield from _frame_faults(page, path)
    yield from _heading_faults(page)
    yield from _reference_faults(page)
    yield from _label_faults(page)
    yield from _script_faults(page)
    if re.search(r"%\(\w+\)|\bNone\b|Undefined|Markup\(", page.text):
        yield "a placeholder was not filled"


def _frame_faults(page: Page, path: str) -> Iterator[str]:
    if not page.html.startswith("<!doctype html>"):
        yield "no doctype"
    html = page.root.find("html")[0]
    language = languages.BY_TAG[html["lang"]]
    tag = path.split("?")[0].split("/")[1]
    if tag in languages.BY_TAG and languages.BY_TAG[tag].offered and html["lang"] != tag:
        yield f"lang is {html['lang']}"
    if html["dir"] != language.direction:
        yield f"dir is {html['dir']}"
    if page.response.headers["Content-Language"] != html["lang"]:
        yield "Content-Language differs"
    if not page.title:
        yield "no title"
    for name in ("main", "header", "footer"):
        if len([one for one in page.root.find(name) if not one.inside("article")]) != 1:
            yield f"not one {name}"
    if "Set-Cookie" in page.response.headers:
        yield "a cookie"


def _heading_faults(page: Page) -> Iterator[str]:
    levels = [int(one.tag[1]) for one in page.root.find("h1", "h2", "h3", "h4", "h5", "h6")]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} h1"
    # Filters and their heading stand before the main content; from the h1 on no level may be jumped over.
    following = levels[levels.index(1) :] if 1 in levels else []
    for above, below in pairwise(following):
        if below > above + 1:
            yield f"a jump from h{above} to h{below}"
    if any(not one.text for one in page.root.find("h1", "h2", "h3")):
        yield "an empty heading"


def _reference_faults(page: Page) -> Iterator[str]:
    ids = Counter(one["id"] for one in page.root.all() if "id" in one.attributes)
    yield from (f"id {name} {times} times" for name, times in ids.items() if times > 1)
    for one in page.root.all():
        named = [one["for"]] if one.tag == "label" and one["for"] else []
        for attribute in ("aria-labelledby", "aria-describedby", "aria-controls"):
            named += one[attribute].split()
        if one.tag in ("a", "use") and one["href"].startswith("#"):
            named.append(one["href"][1:])
        yield from (f"<{one.tag}> points to #{name}, which is not there" for name in named if name not in ids)


def _label_faults(page: Page) -> Iterator[str]:
    labelled = {label["for"] for label in page.root.find("label") if label["for"]}
    for one in page.root.find(*FIELDS):
        if one["type"] != "hidden" and not (one["id"] in labelled or one.inside("label") or one["aria-label"]):
            yield f"<{one.tag} name={one['name']}> without a label"
    for one in page.root.find("a", "button", "summary"):
        if not one.text and not one["aria-label"]:
            yield f"<{one.tag} href={one['href']}> without words"
    for one in page.root.find("nav", "aside"):
        if not one["aria-label"] and not one["aria-labelledby"]:
            yield f"<{one.tag}> without a name"
    for one in page.root.all():
        if one["lang"] and one.tag != "html" and one["dir"] not in ("ltr", "rtl"):
            yield f"<{one.tag} lang={one['lang']}> without its direction"
        if one.tag == "svg" and one["aria-hidden"] != "true" and "hidden" not in one.attributes:
            yield "a drawing that is read aloud"


def _script_faults(page: Page) -> Iterator[str]:
    for one in page.root.all():
        if one.tag == "style" or "style" in one.attributes:
            yield f"an inline style at <{one.tag}>"
        yield from (f"{name} at <{one.tag}>" for name in one.attributes if name.startswith("on"))
        if one.tag == "script" and not one["src"].startswith("/static/") and one["type"] != "application/ld+json":
            yield "an inline script"
        if one["href"].lower().startswith("javascript:"):
            yield "a script as an address"
        source = one["src"] or one["href"] if one.tag in ("img", "link", "script", "use") else ""
        if re.match("(https?:)?//", source) and one["rel"] not in ("canonical", "alternate"):
            yield f"something is loaded from {source}"
