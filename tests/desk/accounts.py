"""People who sign in with a password, as a person does."""

from __future__ import annotations

from typing import Any

from infopool.curation import passwords
from infopool.curation.models import Curator, Role
from infopool.db import Database
from tests.conftest import NOW
from tests.desk.people import OWN, DeskClient

PASSWORD = "drei grüne Enten baden"
EMAIL = "muster@example.org"
KEPT = passwords.kept(PASSWORD)


def a_member(database: Database, email: str = EMAIL, **more: object) -> Curator:
    """Somebody with an account and a password, an officer unless told otherwise."""
    with database.transaction() as session:
        facts = {"name": "Frau Muster", "role": Role.OFFICER, "password_hash": KEPT, "joined_at": NOW} | more
        session.add(one := Curator(email=email, invited_at=NOW, language="en", **facts))
    return one


def sign_in(
    browser: DeskClient,
    email: str = EMAIL,
    password: str = PASSWORD,
    headers_more: dict[str, str] | None = None,
    **more: Any,
) -> int:
    """The bare status that answers the form."""
    form = {"email": email, "password": password}
    return browser.raw.post("/admin/sign-in", data=form, headers=OWN | (headers_more or {}), **more).status_code


def cookie(browser: DeskClient) -> str:
    """The token the browser holds."""
    found = browser.raw.get_cookie("infopool")
    return found.value if found else ""
