"""Words that were looked for in vain: what curators make of them, and how the search learns it at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from infopool import queue
from infopool.curation import log, rights
from infopool.curation.log import Actor
from infopool.curation.models import Curator, Need, WantedTerm
from infopool.curation.paging import Paged, paged
from infopool.curation.rights import Action
from infopool.directory import offers
from infopool.directory.facts import State
from infopool.directory.models import Offer, SearchWord
from infopool.directory.topics import BY_CODE
from infopool.messages import N_, Message, Problem
from infopool.search import own_words
from infopool.search.concepts import Vocabulary

RELEARN = "relearn"
"""The job that reads all offers anew with the words as they are now."""
PAGE = 25

CONCEPT, COVERED, NEED, NOISE = "concept", "covered", "need", "noise"

DECISIONS: dict[str, str] = {
    CONCEPT: N_("It means something the search knows"),
    COVERED: N_("There is an offer for it"),
    NEED: N_("Something is missing here"),
    NOISE: N_("It means nothing"),
}
"""What can be made of a word."""

DECIDED = log.name_action("decided", N_("decided about a search word"))
NOTED = log.name_action("noted", N_("noted a need"))
MET = log.name_action("met", N_("said that a need is met"))


def languages(session: Session, *, decided: bool = False) -> list[tuple[str, int]]:
    """(language, how many words wait in it), the language with the most first."""
    count = func.count()
    counted = select(WantedTerm.language, count).where(_is(decided)).group_by(WantedTerm.language)
    return [(tag, number) for tag, number in session.execute(counted.order_by(count.desc(), WantedTerm.language))]


def _is(decided: bool) -> ColumnElement[bool]:
    return WantedTerm.decision != "" if decided else WantedTerm.decision == ""


def find(session: Session, *, decided: bool = False, language: str = "", page: int = 1) -> Paged[WantedTerm]:
    """Words nobody has decided about yet (or those somebody has), of one language or of all, the most wanted first."""
    where = and_(_is(decided), WantedTerm.language == language) if language else _is(decided)
    total = session.scalar(select(func.count()).select_from(WantedTerm).where(where)) or 0
    rows = select(WantedTerm).where(where).order_by(WantedTerm.hits.desc(), WantedTerm.language, WantedTerm.id)
    return paged(total, page, PAGE, lambda offset: session.scalars(rows.limit(PAGE).offset(offset)))


def get(session: Session, term_id: int) -> WantedTerm | None:
    """The word with this number, or None."""
    return session.get(WantedTerm, term_id)


def means(
    session: Session,
    term: WantedTerm,
    concept: str,
    vocabulary: Vocabulary,
    actor: Actor,
    *,
    now: datetime,
    today: date,
) -> Problem | None:
    """A word means this concept: from now on the search understands it. A Problem for a concept that is none."""
    if concept not in vocabulary.concepts:
        return Problem("concept", Message(N_("Choose one of the search’s words from the list.")))
    same = select(SearchWord.id).where(
        SearchWord.language == term.language, SearchWord.concept == concept, SearchWord.term == term.term
    )
    if session.scalars(same).first() is None:
        problem = own_words.add(session, vocabulary, term.language, concept, term.term, today)
        if problem:
            return problem
    _decide(session, term, CONCEPT, concept, actor, now)
    _learn(session, now)
    return None


def covered_by(
    session: Session, term: WantedTerm, offer_number: str, curator: Curator, *, now: datetime
) -> Problem | None:
    """A word is to find this offer from now on. A Problem when visitors see no such offer or it is somebody else's."""
    digits = offer_number.strip().rsplit("/", 1)[-1].lstrip("#")
    number = int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else 0
    offer = offers.published(session, number) if number else None
    if offer is None:
        return Problem("offer", Message(N_("Write the number of an offer that visitors see.")))
    if not rights.may_offer(curator, Action.EDIT, offer):
        return Problem("offer", Message(N_("This offer belongs to another working group.")))
    words = (term.language, term.term)
    if words not in offer.found_by:
        was_imported = offer.imported_version == offer.version
        offer.found_by = (*offer.found_by, words)
        if was_imported:
            # No edit of what it says: what its source brings next is still taken in. The flush counts up.
            offer.imported_version = offer.version + 1
        session.flush()
        offers.note_change(session, [offer.id])
    _decide(session, term, COVERED, str(offer.id), Actor.of(curator), now)
    return None


def is_missing(
    session: Session,
    term: WantedTerm,
    topic: str,
    place: str,
    actor: Actor,
    *,
    places: Sequence[str],
    now: datetime,
    today: date,
) -> Problem | None:
    """A word stands for something nobody offers here: it is noted as a need."""
    if topic and topic not in BY_CODE:
        return Problem("topic", Message(N_("Choose a topic from the list.")))
    if place and place not in places:
        return Problem("place", Message(N_("Choose a place from the list.")))
    need = Need(words=term.term, language=term.language, topic=topic, place=place, noted_on=today, noted_by=actor.name)
    session.add(need)
    session.flush()
    log.note(session, actor, NOTED, "need", need.id, now=now, after={"words": need.words, "topic": topic})
    _decide(session, term, NEED, str(need.id), actor, now)
    return None


def is_noise(session: Session, term: WantedTerm, actor: Actor, *, now: datetime) -> None:
    """A word means nothing; it is not shown again."""
    _decide(session, term, NOISE, "", actor, now)


def forget(session: Session, term: WantedTerm, actor: Actor, *, now: datetime) -> None:
    """Delete a word for good, also from the log: for one that names somebody after all."""
    log.note(session, actor, "erased", "term", term.id, now=now)
    session.delete(term)


def needs(session: Session, *, met: bool = False) -> list[Need]:
    """Needs that were noted, the latest first."""
    where = Need.met_on.is_not(None) if met else Need.met_on.is_(None)
    return list(session.scalars(select(Need).where(where).order_by(Need.id.desc()).limit(200)))


def meet(session: Session, need_id: int, actor: Actor, *, now: datetime, today: date) -> bool:
    """Say that a need is met; False when there is none of this number that is not."""
    need = session.get(Need, need_id)
    if need is None or need.met_on is not None:
        return False
    need.met_on = today
    log.note(session, actor, MET, "need", need.id, now=now)
    return True


def _decide(session: Session, term: WantedTerm, decision: str, target: str, actor: Actor, now: datetime) -> None:
    before = {"decision": term.decision, "target": term.target}
    term.decision, term.target, term.decided_by = decision, target, actor.name
    after = {"decision": decision, "target": target, "word": term.term}
    log.note(session, actor, DECIDED, "term", term.id, now=now, before=before, after=after)


def _learn(session: Session, now: datetime) -> None:
    """Let every process know the words anew: they look when the index has changed. What offers say is then read anew
    with them, beside all other work."""
    some = session.scalars(select(Offer.id).where(Offer.state == State.PUBLISHED).limit(1)).all()
    offers.note_change(session, some)
    queue.add(session, RELEARN, now=now, key=f"{RELEARN}:{now:%Y-%m-%dT%H:%M}")
