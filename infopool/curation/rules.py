"""The rules of the desk: which working groups want four eyes, and how often the offers of a topic are checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from infopool.curation import log, rights
from infopool.curation.log import Actor
from infopool.curation.models import CheckRule, Curator, GroupRule
from infopool.curation.rights import Action
from infopool.directory.facts import State
from infopool.directory.models import Offer
from infopool.directory.topics import BY_CODE, TOPICS
from infopool.messages import N_, Message, Problem

USUAL = timedelta(days=180)
"""How long after a check the next one is due where no rule says otherwise."""
FEWEST_DAYS, MOST_DAYS = 7, 730
"""Between these a rule may ask for a check."""


def four_eyes(session: Session, group: str) -> bool:
    """Whether nobody of this working group publishes alone what she has written."""
    rule = session.get(GroupRule, group) if group else None
    return rule is not None and rule.four_eyes


def may_change_at_once(session: Session, curator: Curator, offer: Offer) -> bool:
    """Whether somebody may change an offer in passing, among others: it is hers to edit, and where visitors see it no
    second person wants to look first."""
    groups = rights.groups_of(offer)
    watched = offer.state == State.PUBLISHED and any(four_eyes(session, group) for group in groups)
    return rights.may_with(curator, Action.EDIT, groups) and not watched


def check_every(session: Session) -> Mapping[str, timedelta]:
    """Topic -> how long after a check the next one is due: its own rule, else that of the topic above, else USUAL."""
    own = own_days(session)
    return {topic.code: _days(own, topic.code, topic.parent) for topic in TOPICS}


def own_days(session: Session) -> dict[str, int]:
    """Topic -> days, for the topics that have a rule of their own."""
    return {rule.topic: rule.days for rule in session.scalars(select(CheckRule))}


def _days(own: Mapping[str, int], topic: str, parent: str) -> timedelta:
    days = own.get(topic) or own.get(parent)
    return timedelta(days=days) if days else USUAL


def set_rules(
    session: Session, by: Actor, groups: Iterable[str], days: Mapping[str, str], *, known: Iterable[str], now: datetime
) -> tuple[Problem, ...]:
    """Set all rules as a form says them: the working groups that want four eyes, and topic -> days as typed (empty: no
    rule of its own). `known` are the region's working groups. With a problem nothing is changed."""
    problems = tuple(problem for topic, typed in days.items() if (problem := _fault(topic, typed)))
    if problems:
        return problems
    wanted = {topic: int(typed) for topic, typed in days.items() if topic in BY_CODE and typed.strip()}
    _set_groups(session, by, set(groups), tuple(known), now)
    _set_days(session, by, wanted, now)
    return ()


def _fault(topic: str, typed: str) -> Problem | None:
    written = typed.strip()
    if not written or (written.isascii() and written.isdecimal() and len(written) < 5 and _fits(int(written))):
        return None
    sentence = N_("Write a number of days from %(fewest)s to %(most)s, or nothing.")
    return Problem(f"days-{topic}", Message(sentence, {"fewest": FEWEST_DAYS, "most": MOST_DAYS}))


def _fits(days: int) -> bool:
    return FEWEST_DAYS <= days <= MOST_DAYS


def _set_groups(session: Session, by: Actor, wanted: set[str], known: tuple[str, ...], now: datetime) -> None:
    before = {group: four_eyes(session, group) for group in known}
    after = {group: group in wanted for group in known}
    for group in known:
        session.merge(GroupRule(group=group, four_eyes=after[group]))
    if before != after:
        log.note(session, by, "rules", "rule", None, now=now, before={"four_eyes": before}, after={"four_eyes": after})


def _set_days(session: Session, by: Actor, wanted: dict[str, int], now: datetime) -> None:
    before = own_days(session)
    for topic in before.keys() - wanted.keys():
        session.delete(session.get_one(CheckRule, topic))
    for topic, days in wanted.items():
        session.merge(CheckRule(topic=topic, days=days))
    if before != wanted:
        log.note(session, by, "rules", "rule", None, now=now, before={"days": before}, after={"days": wanted})
