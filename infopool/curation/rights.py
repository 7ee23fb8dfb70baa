"""Who may do what: the one table of rights, and the answer it gives for a person and a thing.

What is not listed is not allowed.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from infopool.curation.models import Curator, Edit, Role
from infopool.directory.models import Offer
from infopool.directory.topics import BY_CODE


class Action(StrEnum):
    """Handlung. What somebody may be allowed to do at the desk."""

    ACCOUNT = "account"
    """Keep one's own account: password, second factor, open sessions."""
    LOOK = "look"
    """See offers in every state, their history, records, imports, links, jobs' outcomes, needs and numbers."""
    EDIT = "edit"
    """Write and change offers, their times and contacts; mark them as checked; answer feedback."""
    PUBLISH = "publish"
    """Approve, publish, withdraw, restore."""
    TRANSLATE = "translate"
    """Write translations of offers' texts."""
    IMPORT = "import"
    """Take files in, and undo that."""
    BULK = "bulk"
    """Change many offers at once."""
    RECORDS = "records"
    """Change and merge providers, venues and contacts; replace web addresses everywhere."""
    WORDS = "words"
    """Decide what becomes of words that were searched in vain; note needs."""
    PEOPLE = "people"
    """Invite people, give roles, shut accounts."""
    RULES = "rules"
    """Change the rules: four eyes, how often to check."""
    JOBS = "jobs"
    """See what runs by itself and the mails that go out, and start it again."""
    LOG = "log"
    """Read the log of everything."""


class Reach(StrEnum):
    """Reichweite. For which things a right holds."""

    GROUPS = "groups"
    """Those of one's own working groups, and those that belong to none."""
    ALL = "all"


A, G = Reach.ALL, Reach.GROUPS

RIGHTS: dict[Role, dict[Action, Reach]] = {
    Role.CURATOR: {
        Action.ACCOUNT: A,
        Action.LOOK: A,
        Action.EDIT: G,
        Action.PUBLISH: G,
        Action.TRANSLATE: A,
        Action.IMPORT: G,
        Action.BULK: G,
        Action.RECORDS: A,
        Action.WORDS: A,
    },
    Role.OFFICER: dict.fromkeys(Action, A),
    Role.TRANSLATOR: {Action.ACCOUNT: A, Action.LOOK: A, Action.TRANSLATE: A},
    Role.STEERING: {Action.ACCOUNT: A, Action.LOOK: A, Action.LOG: A},
}
"""Role -> action -> reach."""


def may(curator: Curator, action: Action) -> bool:
    """Whether somebody may do this to anything at all."""
    return action in RIGHTS[Role(curator.role)]


def may_with(curator: Curator, action: Action, groups: Iterable[str]) -> bool:
    """Whether somebody may do this to a thing that belongs to these working groups (none: it is everybody's)."""
    reach = RIGHTS[Role(curator.role)].get(action)
    concerned = {group for group in groups if group}
    if reach is Reach.GROUPS:
        return not concerned or bool(concerned & set(curator.groups))
    return reach is Reach.ALL


def groups_of(thing: Offer | Edit) -> tuple[str, ...]:
    """The working groups a thing belongs to: the one it names, else those that look after its topics."""
    if thing.working_group or isinstance(thing, Edit):
        return (thing.working_group,) if thing.working_group else ()
    return tuple(dict.fromkeys(BY_CODE[code].working_group for code in thing.topics if code in BY_CODE))


def may_offer(curator: Curator, action: Action, offer: Offer) -> bool:
    """Whether somebody may do this to this offer."""
    return may_with(curator, action, groups_of(offer))
