"""Which offers are whose: the same answer as `rights.groups_of`, as a condition the database can work with."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Text, and_, false, not_, or_, type_coerce

from infopool.directory.models import Offer
from infopool.directory.topics import TOPICS


def of_groups(groups: Iterable[str]) -> ColumnElement[bool]:
    """Offers that belong to one of these working groups: by name, or where none is named by their topics."""
    wanted = sorted({group for group in groups if group})
    if not wanted:
        return false()
    by_topic = [has_topic(topic.code) for topic in TOPICS if topic.working_group in wanted]
    return or_(Offer.working_group.in_(wanted), and_(Offer.working_group == "", or_(false(), *by_topic)))


def of_nobody() -> ColumnElement[bool]:
    """Offers that belong to no working group at all: everybody's."""
    looked_after = [has_topic(topic.code) for topic in TOPICS if topic.working_group]
    return and_(Offer.working_group == "", not_(or_(false(), *looked_after)))


def concerning(groups: Iterable[str]) -> ColumnElement[bool]:
    """Offers that these working groups look after, and those that nobody else does."""
    return or_(of_groups(groups), of_nobody())


def has_topic(code: str) -> ColumnElement[bool]:
    """Offers with this topic."""
    # The column holds a JSON list of codes; codes are letters and hyphens, so the quotes make this exact.
    return type_coerce(Offer.topics, Text).contains(f'"{code}"', autoescape=True)
