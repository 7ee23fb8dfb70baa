"""What visitors say about offers, until it has its place on a page."""

from __future__ import annotations

import click

from infopool.cli.installation import Installation, house, say, tell
from infopool.curation import feedback
from infopool.curation.log import Actor
from infopool.directory import offers
from infopool.directory import remarks as kept
from infopool.messages import N_, Message


@click.group("remarks")
def remarks() -> None:
    """What visitors say is wrong with offers."""


@remarks.command("list")
@house
def list_remarks(installed: Installation) -> None:
    """Show the remarks nobody has dealt with."""
    with installed.database.reading() as session:
        for remark in kept.waiting(session):
            offer = offers.get(session, remark.offer_id) if remark.offer_id else None
            title = offers.source_text(offer).title if offer else ""
            reason = say(Message(kept.REASONS[remark.reason])) if remark.reason in kept.REASONS else ""
            click.echo(f"{remark.id:>6}  {remark.left_on}  {title} (#{remark.offer_id})\n        {reason}")
            if remark.words:
                click.echo(f"        [{remark.language}] {remark.words}")


@remarks.command("done")
@click.argument("number", type=click.IntRange(1, 2**31 - 1))
@click.option("--outcome", type=click.Choice(list(feedback.OUTCOMES)), default="corrected", show_default=True)
@house
def remark_done(installed: Installation, number: int, outcome: str) -> None:
    """Close a remark that somebody has acted on."""
    now = installed.today()
    with installed.database.transaction() as session:
        found = feedback.get(session, number)
        if found is None:
            raise click.ClickException(say(Message(N_("There is no remark with this number."))))
        remark, offer = found
        feedback.close(
            session,
            remark,
            outcome,
            "",
            Actor(say(Message(N_("command line")))),
            title=offers.source_text(offer).title if offer else "",
            region=installed.region,
            address="",
            now=now,
            today=now.date(),
        )
    tell(N_("The remark is closed."))
