"""The address of a listing of offers and what it wants: the public search and filters, and what only the desk knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from infopool.curation import listing
from infopool.curation.listing import Order, Wanted
from infopool.directory.facts import State
from infopool.search.query import Asked
from infopool.search.results import SearchResults
from infopool.web import searching
from infopool.web.i18n import page_language
from infopool.web.pool import pool

MOST_FOUND = 2_000
"""Results of a search that the desk lists; whoever has more says more words."""
NOBODY = "nobody"
"""In place of a working group: offers that belong to none."""


@dataclass(frozen=True)
class Listing:
    """What an address asks for."""

    asked: Asked
    """The same as on the public pages; for published offers only."""
    wanted: Wanted
    group: str
    results: SearchResults | None
    """What the search said, for its filters; None where visitors' search knows nothing of the state."""

    def query(self, **other: str) -> str:
        """The query string of this listing with some things said otherwise; empty values are left out."""
        told = parse_qsl(searching.write(replace(self.asked, offset=0)))
        own = {"state": self.wanted.state, "group": self.group, "order": self.wanted.order}
        plain = (State.PUBLISHED, Order.BEST, "")
        rest = [(name, str(value)) for name, value in (own | other).items() if value not in plain]
        return urlencode([pair for pair in told if pair[0] not in other] + rest)


def read(args: MultiDict[str, str], mine: Mapping[str, str]) -> Listing:
    """What an address asks for; `mine` are the working groups one can choose, by code."""
    house = pool()
    asked = searching.read(args, language=page_language().tag, today=house.today(), region=house.region)
    asked = replace(asked, limit=MOST_FOUND, offset=0)
    state = State(args["state"]) if args.get("state") in set(State) else State.PUBLISHED
    results = house.find_many(asked) if state is State.PUBLISHED else None
    searched = results is not None and bool(asked.text or asked.filters or asked.near)
    group = args.get("group", "") if args.get("group") in {*mine, NOBODY} else ""
    wanted = Wanted(
        state=state,
        groups=(group,) if group in mine else (),
        nobody=group == NOBODY,
        words="" if results else asked.text,
        ids=tuple(hit.offer_id for hit in results.hits) if results and searched else None,
        order=Order(args["order"]) if args.get("order") in set(Order) else Order.BEST,
        page=searching.page_number(args.get("page", "")),
    )
    return Listing(asked, wanted, group, results)


def ids(session: Session, args: MultiDict[str, str], groups: Mapping[str, str]) -> list[int]:
    """The numbers of all offers a listing with this address has, on all its pages."""
    return listing.ids_of(session, read(args, groups).wanted)
