"""Mails to people with an account: what they say, and the links in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from infopool import catalogues
from infopool.curation import mails
from infopool.curation.models import Curator, Mail
from infopool.curation.tickets import GOOD_FOR, Purpose
from infopool.messages import N_, Message

PURPOSE = "account"
"""What these mails are for, in the table of mails. They hold links that open an account: never to be shown."""
PATHS = {Purpose.INVITATION: "/admin/invitation/", Purpose.PASSWORD: "/admin/new-password/"}
"""Where a link leads."""
NEW_ADDRESS = "/admin/new-address/"


@dataclass(frozen=True)
class Letter:
    """Brief. A subject and paragraphs."""

    subject: Message
    paragraphs: Sequence[Message | str]


def address(base_url: str, purpose: Purpose, token: str) -> str:
    """The link that a token opens."""
    return base_url.rstrip("/") + PATHS[purpose] + token


def invitation(name: str, link: str, county: str) -> Letter:
    """To somebody new."""
    good = {"days": GOOD_FOR[Purpose.INVITATION].days}
    return Letter(
        Message(N_("Your place at the desk of infopool (%(county)s)"), {"county": county}),
        (
            Message(N_("Hello %(name)s,"), {"name": name}),
            Message(
                N_(
                    "you are invited to help with infopool, where newcomers find the offers of %(county)s. With this"
                    " link you choose a password:"
                ),
                {"county": county},
            ),
            link,
            Message(N_("The link is good once, for %(days)s days. After that, simply ask for a new one."), good),
        ),
    )


def password(name: str, link: str) -> Letter:
    """To somebody who has forgotten the password, or whoever says so."""
    return Letter(
        Message(N_("A new password for infopool")),
        (
            Message(N_("Hello %(name)s,"), {"name": name}),
            Message(N_("with this link you choose a new password for the desk of infopool:")),
            link,
            Message(N_("The link is good once, for one hour. If you did not ask for it, there is nothing to do.")),
        ),
    )


def new_address(name: str, link: str) -> Letter:
    """To a new address of somebody, to see that it is hers."""
    return Letter(
        Message(N_("Your new address at infopool")),
        (
            Message(N_("Hello %(name)s,"), {"name": name}),
            Message(N_("with this link you confirm that you sign in to infopool with this address from now on:")),
            link,
            Message(N_("The link is good for one day. If you did not ask for it, there is nothing to do.")),
        ),
    )


def changed(name: str, what: Message) -> Letter:
    """To somebody whose account was changed, so that a change by somebody else is noticed."""
    return Letter(
        Message(N_("Your account at infopool was changed")),
        (
            Message(N_("Hello %(name)s,"), {"name": name}),
            what,
            Message(N_("If that was not you, please tell your integration officer today.")),
        ),
    )


def post(session: Session, to: Curator, letter: Letter, *, now: datetime, email: str = "") -> Mail:
    """Write a letter to somebody in her language; it is sent after the transaction. `email` is for where it goes when
    not to the address of the account."""
    translator = catalogues.translator(to.language)
    paragraphs = (part.render(translator) if isinstance(part, Message) else part for part in letter.paragraphs)
    mail = Mail(
        to=email or to.email,
        subject=letter.subject.render(translator),
        words="\n\n".join(paragraphs) + "\n",
        language=to.language,
        purpose=PURPOSE,
        written_at=now,
    )
    mails.hand_over(session, mail, now)
    return mail
