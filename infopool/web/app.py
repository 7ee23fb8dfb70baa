"""The web application, put together."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Flask

from infopool import paths
from infopool.settings import Settings, from_environ
from infopool.web import (
    access,
    api,
    assets,
    confirming,
    counting,
    crawlers,
    downloads,
    errors,
    headers,
    health,
    hsds,
    i18n,
    keeping,
    logs,
    notices,
    public,
    remarks,
)
from infopool.web.admin import guard, rooms
from infopool.web.pool import Clock, open_pool, utc_now
from infopool.web.quickly import Site

BLUEPRINTS: tuple[Blueprint, ...] = (
    public.blueprint,
    remarks.blueprint,
    confirming.blueprint,
    notices.blueprint,
    crawlers.blueprint,
    assets.blueprint,
    downloads.blueprint,
    api.blueprint,
    hsds.blueprint,
    health.blueprint,
    *rooms.BLUEPRINTS,
)
"""Everything that has addresses."""


def build_app(settings: Settings | None = None, now: Clock = utc_now) -> Flask:
    """The application for these settings; without any they are read from the environment (SettingsFault if it is
    unfit). `now` is the clock it lives by."""
    settings = settings or from_environ()
    app = Site("infopool", static_folder=None, template_folder=str(paths.TEMPLATES))
    app.extensions["infopool"] = open_pool(settings, now)
    app.config["MAX_CONTENT_LENGTH"] = access.LARGEST_FORM
    app.config["SECRET_KEY"] = None
    if settings.production:
        app.config["TRUSTED_HOSTS"] = [urlsplit(settings.base_url).hostname]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    keeping.prepare(app, settings.pages_kept)
    for part in (i18n, logs, errors, counting):
        part.prepare(app)
    guard.prepare(app)
    headers.prepare(app, production=settings.production)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
