"""Making a page of the desk: the template, the menu, and what was just done."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from infopool.messages import N_, Message
from infopool.web import assets
from infopool.web.admin import guard, menu
from infopool.web.admin.guard import own_path
from infopool.web.i18n import page_language, page_wording
from infopool.web.pool import pool
from infopool.web.showing import SITE, Sprite, sentences

DONE: dict[str, str] = {
    "saved": N_("Saved."),
}
"""Short sentences a page may begin with after something was done, by the code in its address (`?done=saved`). Each
room adds its own with `announce`."""


def announce(code: str, sentence: str) -> str:
    """Make a sentence known under a code; for the rooms of the desk, when they are imported."""
    DONE[code] = sentence
    return code


def show_desk(template: str, *, title: str, **content: Any) -> str:
    """A page of the desk in the language of who is signed in. `title` is a sentence already translated."""
    house = pool()
    signed_in = g.get("curator")
    done = DONE.get(request.args.get("done", ""), "")
    return render_template(
        template,
        _=sentences(page_language().tag),
        title=f"{title} – {SITE}",
        heading=title,
        language=page_language(),
        wording=page_wording(),
        say=page_wording().say,
        region=house.region,
        curator=signed_in,
        seconds_left=guard.seconds_left() if signed_in else 0,
        warn_before=int(guard.WARN_BEFORE.total_seconds()),
        can=guard.can if signed_in else lambda _action: False,
        first=menu.entries(menu.FIRST) if signed_in else (),
        more=menu.entries(menu.MORE) if signed_in else (),
        done=page_wording().translator.gettext(done) if done else "",
        icon=Sprite(),
        asset=assets.address_of,
        **content,
    )


def translated(sentence: str, **values: object) -> str:
    """A sentence in the language of the page, for titles and the like."""
    return page_wording().say(Message(sentence, values))


def go_to(endpoint: str, *, done: str = "", **values: Any) -> Response:
    """Lead on to another page of the desk after something was done (303: the form is not sent again on reload)."""
    if done:
        values["done"] = done
    return redirect(url_for(endpoint, **values), 303)


def go_back(default: str) -> Response:
    """Lead back to where the form says one came from (`back`, a path of the desk), or to a page of ours."""
    back = request.form.get("back", "")
    return redirect(own_path(back) if back else url_for(default), 303)
