"""infopool: the place where a county's help for newcomers is found, in the language of the person who needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from infopool.settings import Settings

__version__ = "0.1.0"


def create_app(settings: Settings | None = None) -> Flask:
    """The web application for these settings (without any: read from the environment).

    The web is imported here and not above, so that the heart of the house stays free of Flask.
    """
    from infopool.web.app import build_app

    return build_app(settings)
