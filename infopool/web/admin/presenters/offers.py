"""Offers as the desk shows them: a line of a listing, and the page of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from infopool import languages
from infopool.curation.listing import Order, Wanted
from infopool.curation.log import ACTIONS
from infopool.curation.models import Edit, LogEntry
from infopool.curation.paging import Paged
from infopool.directory import freshness, offers
from infopool.directory.facts import Origin, State
from infopool.directory.models import Offer, Remark
from infopool.directory.regions import Region
from infopool.directory.remarks import REASONS
from infopool.exchange.labels import Labels
from infopool.messages import N_, NN_
from infopool.web.wording import Wording

STATES: dict[State, str] = {
    State.PUBLISHED: N_("Published"),
    State.IN_REVIEW: N_("In review"),
    State.DRAFT: N_("Drafts"),
    State.WITHDRAWN: N_("Withdrawn"),
}
"""The states of offers, as the tabs of a listing."""

ORDERS: dict[Order, str] = {
    Order.BEST: N_("Best match"),
    Order.EDITED: N_("Last changed first"),
    Order.CHECKED: N_("Longest unchecked first"),
    Order.TITLE: N_("By title"),
}
"""How a listing can be ordered."""

WITHDRAWN_WHY: dict[str, str] = {
    "curator": N_("taken off by the working group"),
    "gone": N_("the provider says it is no longer offered"),
    "unchecked": N_("nobody has confirmed it for a year"),
    "over": N_("it is over"),
    "import": N_("no longer in its source"),
    "undone": N_("its import was undone"),
}
"""Why an offer was withdrawn."""

ORIGINS: dict[Origin, str] = {
    Origin.WRITTEN: N_("written"),
    Origin.TRANSLATED: N_("translated"),
    Origin.MACHINE: N_("translated by a machine"),
}

Address = Callable[..., str]
"""Makes the query string of the same listing with some things said otherwise."""


@dataclass(frozen=True)
class Tab:
    """One state to choose."""

    label: str
    count: str
    address: str
    current: bool


@dataclass(frozen=True)
class Line:
    """One offer of a listing."""

    id: int
    title: str
    language: str
    direction: str
    provider: str
    where: str
    group: str
    checked: str
    overdue: bool
    why: str


@dataclass(frozen=True)
class ListingPage:
    """A page of offers."""

    headline: str
    tabs: tuple[Tab, ...]
    lines: tuple[Line, ...]
    groups: tuple[tuple[str, str], ...]
    group: str
    orders: tuple[tuple[str, str], ...]
    order: str
    state: str
    query: str
    """The query string of this listing without its page."""
    pages_line: str
    previous: str
    following: str


def listing_page(
    found: Paged[Offer],
    wanted: Wanted,
    counted: Mapping[State, int],
    address: Address,
    groups: Mapping[str, str],
    group: str,
    wording: Wording,
    today: date,
) -> ListingPage:
    """A page of a listing, made ready."""
    gettext = wording.translator.gettext
    return ListingPage(
        headline=wording.count(found.total, NN_("%(count)s offer", "%(count)s offers")),
        tabs=tuple(
            Tab(gettext(label), wording.number(counted[state]), address(state=state), state is wanted.state)
            for state, label in STATES.items()
        ),
        lines=tuple(line(offer, groups, wording, today) for offer in found.rows),
        groups=(("", gettext(N_("all"))), *groups.items(), ("nobody", gettext(N_("no working group")))),
        group=group,
        orders=tuple((order, gettext(label)) for order, label in ORDERS.items()),
        order=wanted.order,
        state=wanted.state,
        query=address(),
        pages_line=wording.translator.gettext(N_("Page %(page)s of %(pages)s"))
        % {"page": found.page, "pages": found.pages},
        previous=address(page=str(found.page - 1)) if found.page > 1 else "",
        following=address(page=str(found.page + 1)) if found.page < found.pages else "",
    )


def line(offer: Offer, groups: Mapping[str, str], wording: Wording, today: date) -> Line:
    """An offer as a line of a listing."""
    source = offers.source_text(offer)
    language = languages.find(source.language)
    venue = offer.venue
    return Line(
        id=offer.id,
        title=source.title,
        language=source.language,
        direction=language.direction if language else "ltr",
        provider=offer.provider.name if offer.provider else "",
        where=venue.town if venue and not venue.confidential else "",
        group=groups.get(offer.working_group, ""),
        checked=_checked(offer, wording, today),
        overdue=freshness.is_overdue(offer.checked_on, today),
        why=_why(offer, wording),
    )


def _checked(offer: Offer, wording: Wording, today: date) -> str:
    return wording.day(offer.checked_on, today) if offer.checked_on else wording.translator.gettext(N_("never"))


def _why(offer: Offer, wording: Wording) -> str:
    if offer.state != State.WITHDRAWN:
        return ""
    return wording.translator.gettext(WITHDRAWN_WHY.get(offer.withdrawn_why, WITHDRAWN_WHY["curator"]))


@dataclass(frozen=True)
class TextLine:
    """One language an offer has a text in."""

    language: str
    origin: str
    outdated: bool


@dataclass(frozen=True)
class RemarkLine:
    """What a visitor said."""

    reason: str
    words: str
    language: str
    on: str


@dataclass(frozen=True)
class LogLine:
    """One thing somebody did."""

    at: str
    who: str
    action: str


@dataclass(frozen=True)
class OfferView:
    """One offer at the desk."""

    id: int
    title: str
    language: str
    direction: str
    state: State
    state_label: str
    why: str
    provider: str
    where: str
    group: str
    topics: str
    checked: str
    overdue: bool
    ends: str
    texts: tuple[TextLine, ...]
    edits: tuple[Edit, ...]
    remarks: tuple[RemarkLine, ...]
    log: tuple[LogLine, ...]
    may_edit: bool


def offer_view(
    offer: Offer,
    *,
    edits: Sequence[Edit],
    remarks: Sequence[Remark],
    entries: Sequence[LogEntry],
    may_edit: bool,
    region: Region,
    labels: Labels,
    wording: Wording,
    today: date,
) -> OfferView:
    """One offer with what is known about its life, made ready."""
    gettext = wording.translator.gettext
    groups = {group.code: group.name for group in region.working_groups}
    row = line(offer, groups, wording, today)
    last = min((day for day in (offer.ends_on, offer.valid_until) if day), default=None)
    return OfferView(
        id=offer.id,
        title=row.title,
        language=row.language,
        direction=row.direction,
        state=State(offer.state),
        state_label=gettext(STATE_NAMES[State(offer.state)]),
        why=row.why,
        provider=row.provider,
        where=row.where,
        group=row.group,
        topics=wording.joined([labels.value("topic", code) for code in offer.topics]),
        checked=_checked_whole(offer, wording),
        overdue=row.overdue,
        ends=wording.whole_day(last) if last else "",
        texts=tuple(
            TextLine(
                wording.language_name(text.language),
                gettext(ORIGINS[Origin(text.origin)]),
                offers.is_outdated(offer, text),
            )
            for text in offer.texts
        ),
        edits=tuple(edits),
        remarks=tuple(
            RemarkLine(
                gettext(REASONS[remark.reason]) if remark.reason in REASONS else "",
                remark.words,
                remark.language,
                wording.day(remark.left_on, today),
            )
            for remark in remarks
        ),
        log=log_lines(entries, region, wording),
        may_edit=may_edit,
    )


STATE_NAMES: dict[State, str] = {
    State.PUBLISHED: N_("published"),
    State.IN_REVIEW: N_("in review"),
    State.DRAFT: N_("draft"),
    State.WITHDRAWN: N_("withdrawn"),
}


def _checked_whole(offer: Offer, wording: Wording) -> str:
    if offer.checked_on is None:
        return wording.translator.gettext(N_("never"))
    parts = [wording.whole_day(offer.checked_on), offer.checked_by]
    return ", ".join(part for part in parts if part)


def log_lines(entries: Sequence[LogEntry], region: Region, wording: Wording) -> tuple[LogLine, ...]:
    """Lines of the log with their times as the region's clocks show them."""
    gettext = wording.translator.gettext
    return tuple(
        LogLine(
            f"{entry.at.astimezone(region.timezone):%d.%m.%Y %H:%M}",
            entry.who,
            gettext(ACTIONS.get(entry.action, entry.action)),
        )
        for entry in entries
    )
