"""Mails that go out: written in the transaction that gives rise to them, sent after it by a job of their own."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache

import phonenumbers
from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import and_, func, select, update
from sqlalchemy.orm import Session

from infopool import catalogues, languages, paths, queue
from infopool.curation.models import Mail
from infopool.messages import N_, Message, Problem

SEND = "send-mail"
"""The job that sends one mail."""
LONGEST_SUBJECT = 200
SECRET = frozenset({"account"})
"""Purposes of mails whose words open something for whoever reads them: shown to nobody, forgotten once sent."""
EXAMPLES = re.compile(r"(^|\.)(example|test|invalid|localhost|local|example\.(org|com|net))$")
"""Hosts that are kept for examples (RFC 2606, RFC 6761): nobody lives there."""
SHAPE = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[^\s@<>(),;:\\\"\[\]]{1,255}")
"""What an address looks like that cannot be taken for anything else in the head of a mail."""


def check_address(address: str) -> Problem | None:
    """Why nothing can be mailed to an address."""
    whole = SHAPE.fullmatch(address)
    if whole and ascii_address(address):
        return None
    return Problem("email", Message(N_("Write an e-mail address like name@example.org.")))


def ascii_address(address: str) -> str:
    """The address as mail servers write it; empty when its host is no name."""
    box, _, host = address.rpartition("@")
    try:
        return f"{box}@{host.encode('idna').decode('ascii')}" if host.isprintable() else ""
    except UnicodeError:
        return ""


def is_example(address: str) -> bool:
    """Whether an address is one of those kept for examples, as all of the demo are."""
    return EXAMPLES.search(address.rpartition("@")[2].lower()) is not None


def write(
    session: Session,
    to: str,
    template: str,
    language: str,
    purpose: str,
    *,
    now: datetime,
    offer_id: int | None = None,
    **values: object,
) -> Mail | Problem:
    """Write a mail from `templates/mail/<template>.txt` (its first line is the subject) and have it sent after the
    transaction. A Problem when the address is none; then nothing is written."""
    problem = check_address(to)
    if problem:
        return problem
    subject, _, words = render(template, language, **values).partition("\n")
    mail = Mail(
        to=to,
        subject=one_line(subject),
        words=words.strip() + "\n",
        language=language,
        purpose=purpose,
        offer_id=offer_id,
        written_at=now,
    )
    hand_over(session, mail, now)
    return mail


def hand_over(session: Session, mail: Mail, now: datetime) -> None:
    """Have a mail sent, after this transaction; for mails that were written elsewhere."""
    session.add(mail)
    session.flush()
    queue.add(session, SEND, now=now, key=f"{SEND}:{mail.id}", mail=mail.id)


def hand_over_forgotten(session: Session, now: datetime) -> int:
    """Have those mails sent that were only put into the table; returns how many."""
    waiting = list(session.scalars(select(Mail).where(Mail.sent_at.is_(None), Mail.fault == "").order_by(Mail.id)))
    added = [queue.add(session, SEND, now=now, key=f"{SEND}:{mail.id}", mail=mail.id) for mail in waiting]
    return sum(job is not None for job in added)


def one_line(text: str) -> str:
    """A text as it may stand in the head of a mail: without anything that ends a line or cannot be seen."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:LONGEST_SUBJECT]


def render(template: str, language: str, **values: object) -> str:
    """The text of a mail in a language."""
    return _environment(language).get_template(f"mail/{template}.txt").render(**values)


@cache
def _environment(tag: str) -> Environment:
    # Plain text: there is nothing in it that could be taken for markup, so nothing is escaped.
    made = Environment(
        loader=FileSystemLoader(paths.TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    translator = catalogues.translator(tag)
    locale = (languages.find(tag) or languages.BY_TAG["de"]).locale

    def say(sentence: str, **values: object) -> str:
        return Message(sentence, values).render(translator)

    def count(one: str, many: str, number: int, **values: object) -> str:
        return Message(one, {"count": number, **values}, many, number).render(translator)

    def day(on: date) -> str:
        return format_date(on, "long", locale)

    made.globals |= {"_": say, "ngettext": count, "day": day, "phone": phone}
    return made


def phone(number: str) -> str:
    """A number as people here write it."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)


def note_sent(session: Session, mail_id: int, now: datetime) -> None:
    """Note that a mail is on its way."""
    mail = session.get_one(Mail, mail_id)
    mail.sent_at, mail.fault = now, ""
    if mail.purpose in SECRET:
        mail.words = ""


def note_fault(session: Session, mail_id: int, fault: str) -> None:
    """Note why a mail could not be sent (yet)."""
    mail = session.get(Mail, mail_id)
    if mail is not None and mail.sent_at is None:
        mail.fault = one_line(fault)


def forget_words(session: Session, before: datetime) -> None:
    """Delete the words, subjects and addresses of mails written before a moment; that there was one is kept."""
    old = and_(Mail.written_at < before, (Mail.words != "") | (Mail.to != ""))
    session.execute(update(Mail).where(old).values(words="", subject="", to=""))


def listed(session: Session, page: int, size: int) -> tuple[list[Mail], int]:
    """One page of the mails, the newest first, and how many there are."""
    newest = select(Mail).order_by(Mail.id.desc()).limit(size).offset((page - 1) * size)
    return list(session.scalars(newest)), session.scalar(select(func.count()).select_from(Mail)) or 0
