"""Who we are, what happens with data, how accessible the pages are, who answers for them."""

from __future__ import annotations

from flask import Blueprint

from infopool.messages import N_
from infopool.web.i18n import page_wording
from infopool.web.showing import show

blueprint = Blueprint("notices", __name__)

NOTICES: dict[str, str] = {
    "about": N_("Who we are"),
    "privacy": N_("Privacy"),
    "accessibility": N_("Accessibility"),
    "imprint": N_("Imprint"),
}
"""The pages every page links to at its foot, by what their address ends with."""


def _notice(name: str) -> str:
    return show(f"public/{name}.html", title=page_wording().translator.gettext(NOTICES[name]))


@blueprint.get("/<language:language>/about")
def about() -> str:
    """Who makes this, and why one can rely on it."""
    return _notice("about")


@blueprint.get("/<language:language>/privacy")
def privacy() -> str:
    """What happens with data."""
    return _notice("privacy")


@blueprint.get("/<language:language>/accessibility")
def accessibility() -> str:
    """How accessible the pages are, and whom to tell when they are not."""
    return _notice("accessibility")


@blueprint.get("/<language:language>/imprint")
def imprint() -> str:
    """Who answers for the site, and whose data it uses."""
    return _notice("imprint")
