"""Is this installation healthy? One finding after the other, each a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from infopool import migrating, translating
from infopool.db import Database
from infopool.messages import N_, Message, counted
from infopool.search.indexing import Indexer
from infopool.settings import Settings


@dataclass(frozen=True)
class Finding:
    """Befund."""

    good: bool
    sentence: Message


def examine(settings: Settings, database: Database, indexer: Callable[[], Indexer]) -> Iterator[Finding]:
    """Look at the settings, the database, the index and the catalogues; what hangs on a bad finding is left out."""
    if settings.production:
        yield Finding(True, Message(N_("The settings are fit for production.")))
    else:
        yield Finding(True, Message(N_("The settings are fit for trying out; set INFOPOOL_PRODUCTION for visitors.")))
    at_head = migrating.is_at_head(database)
    if at_head:
        yield Finding(True, Message(N_("The database is up to date.")))
        comparison = indexer().compare()
        yield Finding(comparison.in_step, comparison.sentence())
    else:
        yield Finding(False, Message(N_("The database is not up to date: run “infopool db upgrade” first.")))
    faults = translating.incomplete()
    yield Finding(
        not faults,
        counted("%(count)s catalogue is incomplete.", "%(count)s catalogues are incomplete.", len(faults))
        if faults
        else Message(N_("The catalogues of all offered languages are complete.")),
    )
