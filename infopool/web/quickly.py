"""What Flask and Jinja do a thousand times for a page, done with less ado and to the same end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask, has_request_context, request
from flask.templating import Environment
from jinja2.compiler import CodeGenerator
from markupsafe import Markup, escape

from infopool.web.i18n import page_language

MOST_ADDRESSES = 20_000
"""Addresses remembered; about 3 MB."""

_harmful = re.compile("[&<>'\"]").search


def harmless(value: object) -> str:
    """A value as it may stand in a page: what `markupsafe.escape` makes of it, without wrapping harmless words."""
    if type(value) is Markup or (type(value) is str and not _harmful(value)):
        return value
    return escape(value)


class QuickCode(CodeGenerator):
    """Templates as Python, with `harmless` in place of `escape` around what is put out at once."""

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.harmless(")
        else:
            super()._output_child_pre(node, frame, finalize)


class QuickTemplates(Environment):
    """Jinja as Flask sets it up, with our code for templates."""

    code_generator_class = QuickCode
    harmless = staticmethod(harmless)


class Site(Flask):
    """The application; it remembers the addresses of its pages, of which every page holds about fifty."""

    jinja_environment = QuickTemplates

    def __init__(self, *more: Any, **named: Any) -> None:
        super().__init__(*more, **named)
        self._addresses: dict[tuple[object, ...], str] = {}

    def url_for(
        self,
        /,
        endpoint: str,
        *,
        _anchor: str | None = None,
        _method: str | None = None,
        _scheme: str | None = None,
        _external: bool | None = None,
        **values: Any,
    ) -> str:
        """See Flask. Only what holds nothing that a visitor typed is remembered: a language, a number."""
        key: tuple[object, ...] = ()
        if not (_anchor or _method or _scheme or _external) and _holds_nothing_typed(endpoint, values):
            tag = "" if "language" in values else page_language().tag
            key = (endpoint, tag, request.script_root, *values.items())
            known = self._addresses.get(key)
            if known is not None:
                return known
        made = super().url_for(
            endpoint, _anchor=_anchor, _method=_method, _scheme=_scheme, _external=_external, **values
        )
        if key and len(self._addresses) < MOST_ADDRESSES:
            self._addresses[key] = made
        return made


def _holds_nothing_typed(endpoint: str, values: Mapping[str, object]) -> bool:
    for name, value in values.items():
        if name != "language" and type(value) is not int:
            return False
    # What begins with a dot means another page in every part of the site.
    return endpoint[:1] != "." and has_request_context()
