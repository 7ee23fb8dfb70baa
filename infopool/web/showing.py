"""Making a page: the template and what every page needs around its own content."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import render_template, request
from markupsafe import Markup

from infopool.catalogues import translator
from infopool.messages import Translator
from infopool.web import assets, headers
from infopool.web.i18n import page_language, page_wording
from infopool.web.pool import pool
from infopool.web.presenters import pages

SITE = "infopool"


class Sprite:
    """The pictograms one page uses: each is drawn once at its end and only pointed to where it stands."""

    def __init__(self) -> None:
        self._used: dict[str, None] = {}

    def __call__(self, name: str, css: str = "") -> Markup:
        """A pictogram; it says nothing to a screen reader, the words beside it do."""
        self._used[name] = None
        return _pointer(name, css)

    def __getitem__(self, name: str) -> Markup:
        """The same for a template that draws hundreds: Jinja looks a thing up in half the time it takes to call one."""
        return self(name)

    def drawings(self) -> Markup:
        """The drawings of all that were used so far."""
        drawn = "".join(
            f'<symbol id="i-{name}" viewBox="0 0 24 24">{assets.icons()[name]}</symbol>' for name in self._used
        )
        return Markup(f"<svg hidden>{drawn}</svg>" if drawn else "")


@cache
def _pointer(name: str, css: str) -> Markup:
    shown = Markup(' class="{}"').format(css) if css else ""
    return Markup('<svg{} aria-hidden="true"><use href="#i-{}"/></svg>').format(shown, name)


class Sentences:
    """What `_` does in a template: the sentence in the page's language, values put in and made harmless.

    The same as Jinja's own, which looks for the catalogue anew at each of the hundred sentences of a page.
    """

    def __init__(self, translator: Translator) -> None:
        self._translator = translator
        self._known: dict[str, Markup] = {}

    def __call__(self, sentence: str, **values: object) -> Markup:
        """The sentence, with `%(name)s` filled."""
        words = self._known.get(sentence)
        if words is None:
            words = self._known[sentence] = Markup(self._translator.gettext(sentence))
        return words % values if values else words


@cache
def sentences(tag: str) -> Sentences:
    """The `_` of a language's templates."""
    return Sentences(translator(tag))


def show(template: str, *, title: str, sensitive: bool = False, indexed: bool = True, **content: Any) -> str:
    """A page in the language of the request.

    `title` comes without the name of the site. On a `sensitive` page it is left out, a quick way out stands first and
    nothing is kept by any cache.
    """
    if sensitive:
        headers.keep(headers.NOWHERE)
    house, wording = pool(), page_wording()
    tongues = pages.tongues(page_language())
    base = house.settings.base_url.rstrip("/")
    with_address = indexed and not sensitive
    return render_template(
        template,
        _=sentences(page_language().tag),
        title=SITE if sensitive or not title else f"{title} – {SITE}",
        language=page_language(),
        wording=wording,
        region=house.region,
        tongues=tongues,
        alternates=pages.alternates(tongues, base) if with_address else (),
        canonical=base + request.path if with_address else "",
        easy=pages.about_easy_language(wording),
        sensitive=sensitive,
        exit_address=pages.EXIT_ADDRESS,
        indexed=with_address,
        desk=pages.desk(house.region, wording, house.today()),
        icon=Sprite(),
        asset=assets.address_of,
        **content,
    )
