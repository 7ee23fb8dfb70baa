"""A browser at the desk: it sends what real ones send with a form."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask

from tests.web.pages import Page, PageClient

OWN = {"Sec-Fetch-Site": "same-origin"}
"""What a browser says of a form that stands on one of our own pages."""


class DeskClient(PageClient):
    """Fetches pages of the desk and inspects every one of them; follows the way on after a form."""

    curator_id: int = 0

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self.app = app

    def send(self, path: str, form: Mapping[str, object] | None = None, status: int = 200, **more: object) -> Page:
        """Send a form and go where it leads; the page there must answer with this status."""
        answer = self.raw.post(path, data=form or {}, headers=OWN, **more)  # type: ignore[arg-type]
        if answer.status_code == 303:
            return self.get(answer.headers["Location"], status)
        return self.inspected(answer, path, status)

    def sends(self, path: str, form: Mapping[str, object] | None = None, **more: object) -> int:
        """The bare status that answers a form."""
        return self.raw.post(path, data=form or {}, headers=OWN, **more).status_code  # type: ignore[arg-type]
