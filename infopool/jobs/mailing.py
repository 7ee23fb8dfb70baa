"""Sending mails, each by a job of its own."""

from __future__ import annotations

from infopool.curation import mails, mails_sending
from infopool.curation.mails_sending import NeverTaken, NotTakenNow
from infopool.curation.models import Mail
from infopool.jobs.work import GiveUp, NotNow, Task, Work

MOST = 12
"""How often a mail is tried: for about two days."""


def send(work: Work, task: Task) -> None:
    """Send one mail, unless it is sent already. Killed between the sending and the noting, it is sent a second time,
    under the same Message-ID."""
    with work.database.reading() as session:
        mail = session.get(Mail, int(task.arguments["mail"]))
    if mail is None or mail.sent_at is not None:
        return
    settings = work.settings
    sender = settings.mail_from or work.region.desk.email
    message = mails_sending.message_of(mail, sender=sender, host=mails_sending.host_of(settings.base_url))
    try:
        mails_sending.open_post_office(settings)(message)
    except (NeverTaken, NotTakenNow) as fault:
        with work.database.transaction() as session:
            mails.note_fault(session, mail.id, str(fault))
        if isinstance(fault, NeverTaken):
            raise GiveUp(str(fault)) from None
        raise NotNow(str(fault), most=MOST) from None
    with task.finishing() as session:
        mails.note_sent(session, mail.id, work.now())


def send_forgotten(work: Work, task: Task) -> None:
    """Have those mails sent that nobody has handed over."""
    with task.finishing() as session:
        mails.hand_over_forgotten(session, work.now())
