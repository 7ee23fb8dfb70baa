"""Many offers changed at once: what is asked, what may be done to which of them, and doing it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from infopool.curation import checking_answers, log, review, rights
from infopool.curation.log import BY_ITSELF, Actor
from infopool.curation.models import Curator, GroupRule
from infopool.curation.rights import Action
from infopool.db import Database
from infopool.directory import offers
from infopool.directory.facts import AUDIENCES, CheckMethod, State
from infopool.directory.models import Offer
from infopool.directory.regions import Region
from infopool.directory.topics import BY_CODE
from infopool.messages import N_, Message, Problem

MOST = 2_000
"""Offers that can be chosen at once."""
BATCH = 200
"""Offers per transaction."""
LONGEST_WORDS = 500


class What(StrEnum):
    """Was geschehen soll."""

    CHECK = "check"
    ASSIGN = "assign"
    ADD_TOPIC = "add-topic"
    REMOVE_TOPIC = "remove-topic"
    ADD_AUDIENCE = "add-audience"
    REMOVE_AUDIENCE = "remove-audience"
    WITHDRAW = "withdraw"
    PUBLISH = "publish"


NEEDS: dict[What, Action] = {
    **dict.fromkeys(What, Action.EDIT),
    What.WITHDRAW: Action.PUBLISH,
    What.PUBLISH: Action.PUBLISH,
}
"""What one must be allowed to do to each offer, besides changing many at once."""

SEEN_BY_VISITORS = frozenset({What.ADD_TOPIC, What.REMOVE_TOPIC, What.ADD_AUDIENCE, What.REMOVE_AUDIENCE})
"""What changes the words of a published offer; where a group wants four eyes it goes through the form."""

ANOTHER_GROUP = Message(N_("It belongs to another working group."))
ALREADY = Message(N_("It is so already."))
FOUR_EYES = Message(N_("Its working group wants a second person to look; please change it in its form."))
LAST_TOPIC = Message(N_("It would have no topic left."))
UNCHECKED_STATE = Message(N_("It is not published; only what visitors see is checked."))


@dataclass(frozen=True)
class Order:
    """Auftrag. What is to be done to all chosen offers."""

    what: What
    value: str
    """The method of checking, the group, the topic, the audience or the reason; empty where there is nothing to say."""
    words: str = ""
    """For withdrawing: why, in words, for the log."""


@dataclass(frozen=True)
class Left:
    """An offer that is left out, and why."""

    offer_id: int
    title: str
    why: Message


@dataclass(frozen=True)
class Outcome:
    """What was done, or what would be."""

    done: tuple[int, ...]
    titles: tuple[str, ...]
    """Of the first of them."""
    left: tuple[Left, ...]


NAMED = 10
"""Offers that are named of those that are done."""


def values(what: What, region: Region) -> dict[str, str]:
    """What can be chosen for a deed: code -> English words (working groups: their own name). Empty: nothing."""
    if what is What.CHECK:
        return {method: CHECKED_HOW[method] for method in checking_answers.METHODS}
    if what is What.ASSIGN:
        return {group.code: group.name for group in region.working_groups}
    if what in (What.ADD_TOPIC, What.REMOVE_TOPIC):
        return {code: topic.label for code, topic in BY_CODE.items()}
    if what in (What.ADD_AUDIENCE, What.REMOVE_AUDIENCE):
        return dict(AUDIENCES)
    return dict(review.WITHDRAWN_WHY) if what is What.WITHDRAW else {}


CHECKED_HOW: dict[CheckMethod, str] = {
    CheckMethod.PHONE: N_("by phone"),
    CheckMethod.WEB: N_("on its website"),
    CheckMethod.EMAIL: N_("by e-mail"),
    CheckMethod.VISIT: N_("by a visit"),
}


def read(what: str, value: str, words: str, region: Region) -> Order | Problem:
    """What a form asks, or what is wrong with it."""
    if what not in set(What):
        return Problem("what", Message(N_("Choose what is to be done.")))
    known = values(What(what), region)
    if known and value not in known:
        return Problem(f"value-{what}", Message(N_("Choose one of the answers in the list.")))
    if len(words) > LONGEST_WORDS:
        sentence = N_("Shorten this text to %(most)s characters or fewer.")
        return Problem("words", Message(sentence, {"most": LONGEST_WORDS}))
    return Order(What(what), value if known else "", words)


def foresee(session: Session, order: Order, ids: Sequence[int], curator: Curator) -> Outcome:
    """What would be done and what is left out; changes nothing."""
    four_eyed = _four_eyed(session)
    done: list[Offer] = []
    left: list[Left] = []
    for offer in offers.some(session, ids):
        why = _why_not(session, order, offer, curator, four_eyed)
        if why:
            left.append(Left(offer.id, title_of(offer), why))
        else:
            done.append(offer)
    return Outcome(tuple(offer.id for offer in done), tuple(title_of(offer) for offer in done[:NAMED]), tuple(left))


def carry_out(
    database: Database, order: Order, ids: Sequence[int], curator: Curator, *, now: datetime, today: date
) -> Outcome:
    """Do it, `BATCH` offers per transaction. What is not allowed, or so already, is left out; so a second time does
    nothing."""
    done: list[int] = []
    titles: list[str] = []
    left: list[Left] = []
    actor = Actor.of(curator)
    for start in range(0, len(ids), BATCH):
        with database.transaction() as session:
            four_eyed = _four_eyed(session)
            for offer in offers.some(session, ids[start : start + BATCH]):
                why = _why_not(session, order, offer, curator, four_eyed)
                why = why or _do(session, order, offer, actor, now, today)
                if why:
                    left.append(Left(offer.id, title_of(offer), why))
                    continue
                done.append(offer.id)
                titles.append(title_of(offer))
    return Outcome(tuple(done), tuple(titles[:NAMED]), tuple(left))


def numbers(given: Iterable[str]) -> list[int]:
    """The numbers of offers among what was sent, each once, at most `MOST`."""
    found = (text.strip() for text in given)
    fine = (int(text) for text in found if text.isascii() and text.isdecimal() and len(text) < 10)
    return list(dict.fromkeys(number for number in fine if number))[:MOST]


def title_of(offer: Offer) -> str:
    """The title to name an offer by."""
    return offers.source_text(offer).title if offer.texts else f"{offer.id}"


def _four_eyed(session: Session) -> frozenset[str]:
    return frozenset(session.scalars(select(GroupRule.group).where(GroupRule.four_eyes)))


def _why_not(
    session: Session, order: Order, offer: Offer, curator: Curator, four_eyed: frozenset[str]
) -> Message | None:
    """Why an offer is left out, or None."""
    groups = rights.groups_of(offer)
    if not all(rights.may_with(curator, action, groups) for action in (Action.BULK, NEEDS[order.what])):
        return ANOTHER_GROUP
    if order.what in SEEN_BY_VISITORS and offer.state == State.PUBLISHED and four_eyed & set(groups):
        return FOUR_EYES
    if order.what is What.PUBLISH and four_eyed & set(groups):
        alone = review.wrote_last(session, offer) == curator.id
        return FOUR_EYES if alone else _already(order, offer)
    return _already(order, offer)


def _already(order: Order, offer: Offer) -> Message | None:
    value = order.value
    so_already: dict[What, Callable[[], bool]] = {
        What.CHECK: lambda: False,
        What.ASSIGN: lambda: offer.working_group == value,
        What.ADD_TOPIC: lambda: value in offer.topics,
        What.REMOVE_TOPIC: lambda: value not in offer.topics,
        What.ADD_AUDIENCE: lambda: value in offer.audiences,
        What.REMOVE_AUDIENCE: lambda: value not in offer.audiences,
        What.WITHDRAW: lambda: offer.state == State.WITHDRAWN,
        What.PUBLISH: lambda: offer.state == State.PUBLISHED,
    }
    if so_already[order.what]():
        return ALREADY
    if order.what is What.CHECK and offer.state != State.PUBLISHED:
        return UNCHECKED_STATE
    return LAST_TOPIC if order.what is What.REMOVE_TOPIC and offer.topics == (value,) else None


def _do(session: Session, order: Order, offer: Offer, actor: Actor, now: datetime, today: date) -> Message | None:
    if order.what is What.CHECK:
        if offer.checked_on == today and offer.checked_how == order.value and offer.checked_by == actor.name:
            return ALREADY
        method = CheckMethod(order.value)
        checking_answers.mark_checked(session, offer, actor, method, now=now, today=today, by=actor.name)
        return None
    if order.what is What.WITHDRAW:
        problem = review.withdraw(session, offer, actor, order.value, order.words, now)
        return problem.message if problem else None
    if order.what is What.PUBLISH:
        problem = review.publish_offer(session, offer, actor, now)
        return problem.message if problem else None
    _change(session, order, offer, actor, now)
    return None


def _change(session: Session, order: Order, offer: Offer, actor: Actor, now: datetime) -> None:
    """Tag or assign an offer. A working group is the desk's own business and does not make it an edited one."""
    log.keep_version(session, offer, BY_ITSELF, now=now)
    before = _told(offer)
    if order.what is What.ASSIGN:
        if offer.imported_version is not None and offer.imported_version == offer.version:
            offer.imported_version = offer.version + 1
        offer.working_group = order.value
    elif order.what is What.ADD_TOPIC:
        offer.topics = (*offer.topics, order.value)
    elif order.what is What.REMOVE_TOPIC:
        offer.topics = tuple(code for code in offer.topics if code != order.value)
    elif order.what is What.ADD_AUDIENCE:
        offer.audiences = (*offer.audiences, order.value)
    else:
        offer.audiences = tuple(code for code in offer.audiences if code != order.value)
    offer.edited_at = now
    flag_modified(offer, "edited_at")
    session.flush()
    log.keep_version(session, offer, actor, now=now)
    log.note(session, actor, "written", "offer", offer.id, now=now, before=before, after=_told(offer))
    offers.note_change(session, [offer.id])


def _told(offer: Offer) -> dict[str, object]:
    return {
        "version": offer.version,
        "topics": list(offer.topics),
        "audiences": list(offer.audiences),
        "working_group": offer.working_group,
    }
