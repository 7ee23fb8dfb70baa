"""Many offers changed at once: what is asked, what may be done to which of them, and doing it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from infopool.curation import checking, checking_answers, log, review, rights
from infopool.curation.checking import Asking
from infopool.curation.imports_history import keep_versions
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
    ASK = "ask"


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
ASKED = Message(N_("Its provider is asked already."))
NO_MAILBOX = Message(N_("It names no e-mail address to which one could write."))
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
    known = _known(session, order, ids)
    done: list[Offer] = []
    left: list[Left] = []
    for offer in offers.some(session, ids):
        why = _why_not(session, order, offer, curator, known)
        if why:
            left.append(Left(offer.id, title_of(offer), why))
        else:
            done.append(offer)
    return Outcome(tuple(offer.id for offer in done), tuple(title_of(offer) for offer in done[:NAMED]), tuple(left))


def carry_out(
    database: Database,
    order: Order,
    ids: Sequence[int],
    curator: Curator,
    *,
    now: datetime,
    today: date,
    asking: Asking,
) -> Outcome:
    """Do it, `BATCH` offers per transaction. What is not allowed, or so already, is left out; so a second time does
    nothing."""
    done: list[Offer] = []
    left: list[Left] = []
    actor = Actor.of(curator)
    # A provider of many offers gets one mail, not one for each batch.
    batch = MOST if order.what is What.ASK else BATCH
    for start in range(0, len(ids), batch):
        with database.transaction() as session:
            known = _known(session, order, ids[start : start + batch])
            fine: list[Offer] = []
            for offer in offers.some(session, ids[start : start + batch]):
                why = _why_not(session, order, offer, curator, known)
                if why:
                    left.append(Left(offer.id, title_of(offer), why))
                else:
                    fine.append(offer)
            refused = _do(session, order, fine, actor, now, today)
            if order.what is What.ASK:
                checking.ask_about(session, asking, [offer.id for offer in fine], now)
            left += refused
            done += [offer for offer in fine if offer.id not in {one.offer_id for one in refused}]
    titles = tuple(title_of(offer) for offer in done[:NAMED])
    return Outcome(tuple(offer.id for offer in done), titles, tuple(left))


def numbers(given: Iterable[str]) -> list[int]:
    """The numbers of offers among what was sent, each once, at most `MOST`."""
    found = (text.strip() for text in given)
    fine = (int(text) for text in found if text.isascii() and text.isdecimal() and len(text) < 10)
    return list(dict.fromkeys(number for number in fine if number))[:MOST]


def title_of(offer: Offer) -> str:
    """The title to name an offer by."""
    return offers.source_text(offer).title if offer.texts else f"{offer.id}"


@dataclass(frozen=True)
class _Known:
    """What is looked up once for many offers."""

    four_eyed: frozenset[str]
    asked: frozenset[int]
    with_mailbox: frozenset[int]


def _known(session: Session, order: Order, ids: Sequence[int]) -> _Known:
    four_eyed = frozenset(session.scalars(select(GroupRule.group).where(GroupRule.four_eyes)))
    if order.what is not What.ASK:
        return _Known(four_eyed, frozenset(), frozenset())
    return _Known(four_eyed, frozenset(checking.asked_about(session, ids)), frozenset(checking.mailboxes(session, ids)))


def _why_not(session: Session, order: Order, offer: Offer, curator: Curator, known: _Known) -> Message | None:
    """Why an offer is left out, or None."""
    groups = rights.groups_of(offer)
    if not all(rights.may_with(curator, action, groups) for action in (Action.BULK, NEEDS[order.what])):
        return ANOTHER_GROUP
    if order.what is What.ASK:
        return _why_not_asked(offer, known)
    if order.what in SEEN_BY_VISITORS and offer.state == State.PUBLISHED and known.four_eyed & set(groups):
        return FOUR_EYES
    if order.what is What.PUBLISH and known.four_eyed & set(groups):
        alone = review.wrote_last(session, offer) == curator.id
        return FOUR_EYES if alone else _already(order, offer)
    return _already(order, offer)


def _why_not_asked(offer: Offer, known: _Known) -> Message | None:
    if offer.state != State.PUBLISHED:
        return UNCHECKED_STATE
    if offer.id in known.asked:
        return ASKED
    return None if offer.id in known.with_mailbox else NO_MAILBOX


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


def _do(session: Session, order: Order, found: Sequence[Offer], actor: Actor, now: datetime, today: date) -> list[Left]:
    """Do it to these offers; gives those that could not be changed after all."""
    if order.what is What.ASK:
        for offer in found:
            log.note(session, actor, "asked", "offer", offer.id, now=now)
        return []
    if order.what not in IN_ONE_GO:
        problems = [(offer, _do_one(session, order, offer, actor, now, today)) for offer in found]
        return [Left(offer.id, title_of(offer), why) for offer, why in problems if why]
    keep_versions(session, found, BY_ITSELF, now=now)
    before = {offer.id: _told(offer) for offer in found}
    for offer in found:
        _change(order, offer)
        offer.edited_at = now
        flag_modified(offer, "edited_at")
    session.flush()
    keep_versions(session, found, actor, now=now)
    for offer in found:
        log.note(session, actor, "written", "offer", offer.id, now=now, before=before[offer.id], after=_told(offer))
    offers.note_change(session, [offer.id for offer in found])
    return []


IN_ONE_GO = SEEN_BY_VISITORS | {What.ASSIGN}
"""What is written for all offers of a batch in a few statements."""


def _do_one(session: Session, order: Order, offer: Offer, actor: Actor, now: datetime, today: date) -> Message | None:
    if order.what is What.CHECK:
        if offer.checked_on == today and offer.checked_how == order.value and offer.checked_by == actor.name:
            return ALREADY
        method = CheckMethod(order.value)
        checking_answers.mark_checked(session, offer, actor, method, now=now, today=today, by=actor.name)
        return None
    if order.what is What.WITHDRAW:
        problem = review.withdraw(session, offer, actor, order.value, order.words, now)
    else:
        problem = review.publish_offer(session, offer, actor, now)
    return problem.message if problem else None


def _change(order: Order, offer: Offer) -> None:
    """Tag or assign an offer. A working group is the desk's own business and does not make it an edited one."""
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


def _told(offer: Offer) -> dict[str, object]:
    return {
        "version": offer.version,
        "topics": list(offer.topics),
        "audiences": list(offer.audiences),
        "working_group": offer.working_group,
    }
