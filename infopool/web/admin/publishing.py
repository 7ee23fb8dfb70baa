"""After a change is committed: the search takes it up."""

from __future__ import annotations

import logging

from infopool.search import finding
from infopool.web.pool import pool

log = logging.getLogger(__name__)


def catch_up() -> int:
    """Bring what was just committed into the search index; returns how many notes of the queue were acted on.

    To be called after the transaction is closed. Whatever goes wrong is logged and never shown: the change is safe in
    the database, its note stays in the queue, and the next one who drains it (a change, a job, a start) takes it up.
    """
    house = pool()
    try:
        return finding.indexer(house.search, house.database).drain()
    except Exception:  # the curator's change is kept; a broken index must not look as if it were lost
        log.exception("the search index could not take up a change; it stays in the queue")
        return 0
