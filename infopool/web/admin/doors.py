"""The doors of the desk: for every address under /admin/ and every way of asking, the right one needs to enter.

An address that is not listed here stays shut for everybody.
"""

from __future__ import annotations

from dataclasses import dataclass

from infopool.curation.rights import Action
from infopool.messages import N_

NOT_YOURS = N_("This is not yours to do.")
WHOSE = N_("Please ask somebody of the working group, or the integration officer.")
"""What the page says to people whose role does not allow what they tried."""


@dataclass(frozen=True)
class Door:
    """Tür. What one must be allowed to do to look (GET) and to change something (POST)."""

    look: Action | None = None
    change: Action | None = None
    """None: there is nothing to change behind it."""
    open: bool = False
    """Whether one may enter without having signed in."""


OPEN = Door(open=True)

DOORS: dict[str, Door] = {
    "signing_in.sign_in": OPEN,
    "signing_in.code": OPEN,
    "signing_in.passkey_question": OPEN,
    "signing_in.passkey": OPEN,
    "signing_in.new_address": OPEN,
    "signing_in.go_on": Door(change=Action.ACCOUNT),
    "signing_in.sign_out": OPEN,
    "account.overview": Door(Action.ACCOUNT),
    "account.details": Door(change=Action.ACCOUNT),
    "account.password": Door(Action.ACCOUNT, Action.ACCOUNT),
    "account.address": Door(Action.ACCOUNT, Action.ACCOUNT),
    "account.codes": Door(Action.ACCOUNT, Action.ACCOUNT),
    "account.keys": Door(Action.ACCOUNT, Action.ACCOUNT),
    "account.key_question": Door(Action.ACCOUNT),
    "account.end_sessions": Door(change=Action.ACCOUNT),
    "desk_people.listing": Door(Action.PEOPLE),
    "desk_people.new": Door(Action.PEOPLE, Action.PEOPLE),
    "desk_people.person": Door(Action.PEOPLE, Action.PEOPLE),
    "desk_people.link": Door(change=Action.PEOPLE),
    "desk_people.drop_second_factor": Door(change=Action.PEOPLE),
    "desk_people.shut": Door(change=Action.PEOPLE),
    "desk_people.reopen": Door(change=Action.PEOPLE),
    "desk_rules.overview": Door(Action.RULES, Action.RULES),
    "signing_in.forgotten": OPEN,
    "signing_in.invitation": OPEN,
    "signing_in.new_password": OPEN,
    "desk.home": Door(Action.ACCOUNT),
    "desk_offers.listing": Door(Action.LOOK),
    "desk_offers.show": Door(Action.LOOK),
    "desk_records.listing": Door(Action.LOOK),
    "desk_records.show": Door(Action.LOOK),
    "desk_records.change": Door(None, Action.RECORDS),
    "desk_records.compare": Door(Action.RECORDS),
    "desk_records.merge": Door(None, Action.RECORDS),
    "desk_records.contact": Door(Action.LOOK),
    "desk_records.replace": Door(None, Action.RECORDS),
    "desk_bulk.choose": Door(None, Action.BULK),
    "desk_bulk.look": Door(None, Action.BULK),
    "desk_bulk.carry_out": Door(None, Action.BULK),
    "desk_bulk.export": Door(None, Action.BULK),
    "desk_bulk.done": Door(Action.BULK),
    "desk_imports.listing": Door(Action.LOOK),
    "desk_imports.bring": Door(None, Action.IMPORT),
    "desk_imports.show": Door(Action.LOOK),
    "desk_imports.understand": Door(None, Action.IMPORT),
    "desk_imports.choose": Door(None, Action.IMPORT),
    "desk_imports.back": Door(None, Action.IMPORT),
    "desk_imports.drop": Door(None, Action.IMPORT),
    "desk_imports.undo": Door(None, Action.IMPORT),
    "desk_imports.retry": Door(None, Action.IMPORT),
    "desk_feedback.listing": Door(Action.LOOK),
    "desk_feedback.show": Door(Action.LOOK),
    "desk_feedback.close": Door(change=Action.EDIT),
    "desk_feedback.make_offer": Door(change=Action.EDIT),
    "desk_feedback.hand_on": Door(change=Action.EDIT),
    "desk_texts.listing": Door(Action.LOOK),
    "desk_texts.offer": Door(Action.LOOK),
    "desk_texts.edit": Door(Action.TRANSLATE),
    "desk_texts.save": Door(change=Action.TRANSLATE),
    "desk_texts.suggest": Door(change=Action.TRANSLATE),
    "desk_editing.drafts": Door(Action.EDIT),
    "desk_editing.reopen": Door(change=Action.EDIT),
    "desk_reviewing.listing": Door(Action.PUBLISH),
    "desk_reviewing.show": Door(Action.PUBLISH),
    "desk_reviewing.approve": Door(change=Action.PUBLISH),
    "desk_reviewing.send_back": Door(change=Action.PUBLISH),
    "desk_reviewing.offer": Door(Action.PUBLISH),
    "desk_reviewing.publish": Door(change=Action.PUBLISH),
    "desk_reviewing.withdraw": Door(change=Action.PUBLISH),
    "desk_history.versions": Door(Action.LOOK),
    "desk_history.restore": Door(change=Action.EDIT),
    "desk_editing.new": Door(Action.EDIT),
    "desk_editing.begin": Door(Action.EDIT),
    "desk_editing.edit": Door(Action.EDIT),
    "desk_editing.save": Door(change=Action.EDIT),
    "desk_editing.autosave": Door(change=Action.EDIT),
    "desk_editing.drop": Door(change=Action.EDIT),
    "desk_editing.providers": Door(Action.EDIT),
    "desk_preview.page": Door(Action.EDIT),
    "desk_numbers.overview": Door(Action.LOOK),
    "desk_wanted.listing": Door(Action.LOOK),
    "desk_wanted.show": Door(Action.LOOK),
    "desk_wanted.decide": Door(change=Action.WORDS),
    "desk_wanted.forget": Door(change=Action.WORDS),
    "desk_wanted.meet": Door(change=Action.WORDS),
    "desk_links.listing": Door(Action.LOOK),
    "desk_links.replace": Door(change=Action.RECORDS),
    "desk_links.sleep": Door(change=Action.RECORDS),
    "desk_checks.listing": Door(Action.LOOK),
    "desk_checks.call": Door(Action.LOOK),
    "desk_checks.note": Door(change=Action.EDIT),
    "desk_jobs.listing": Door(Action.JOBS),
    "desk_jobs.try_again": Door(change=Action.JOBS),
    "desk_jobs.mails_out": Door(Action.JOBS),
    "desk_jobs.mail": Door(Action.JOBS),
    "desk_log.listing": Door(Action.LOG),
}
"""Endpoint -> its door. Whether the right holds for the very thing asked for is looked at behind the door
(`guard.allow`)."""
