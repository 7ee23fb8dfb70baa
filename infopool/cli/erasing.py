"""Erasing somebody's data for good."""

from __future__ import annotations

import re

import click

from infopool.cli.installation import Installation, house, say, tell
from infopool.curation import history_erasing
from infopool.curation.history_erasing import Erased
from infopool.curation.log import Actor
from infopool.messages import N_, Message, Problem, counted

BY = Actor("infopool erase")


@click.command()
@click.argument("text")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@house
def erase(installed: Installation, text: str, yes: bool) -> None:
    """Erase a name, phone number or address for good: from offers, their history, mails and the log's contents.

    A contact whose number or address it is goes as a whole; elsewhere "…" takes its place. The log's lines stay.
    """
    pattern = history_erasing.pattern_of(text, installed.region.country)
    if isinstance(pattern, Problem):
        raise click.ClickException(say(pattern.message))
    if not yes:
        found = _carry_out(installed, pattern, keep=False)
        _tell(found)
        if not found.count or not click.confirm(say(Message(N_("Erase all of this for good?"))), err=True):
            return
    _tell(_carry_out(installed, pattern, keep=True))
    history_erasing.wipe(installed.database)
    installed.indexer.drain()
    tell(N_("Backups made before still hold it; delete them or let them run out."))


def _carry_out(installed: Installation, pattern: re.Pattern[str], *, keep: bool) -> Erased:
    with installed.database.transaction() as session:
        found = history_erasing.erase(session, pattern, BY, installed.today())
        if not keep:
            session.rollback()
    return found


def _tell(found: Erased) -> None:
    if not found.count:
        tell(N_("It stands nowhere in the pool."))
        return
    click.echo(say(counted("It stands in %(count)s place:", "It stands in %(count)s places:", found.count)))
    for table, count in sorted(found.rows.items()):
        click.echo(f"  {table}: {count}")
