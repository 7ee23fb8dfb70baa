"""Keeping an installation: its settings, its database, its server, its backups, its health."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import click

from infopool import backups, health, migrating, serving, settings
from infopool.cli.installation import Installation, house, say, tell
from infopool.db import Database
from infopool.messages import N_, Message
from infopool.settings import Settings


@click.command("settings")
@house
def show_settings(installed: Installation) -> None:
    """Print all settings with their values and what they are for."""
    for knob in fields(Settings):
        value = getattr(installed.settings, knob.name)
        shown = "(set)" if knob.name in settings.SECRETS and value else value
        click.echo(f"INFOPOOL_{knob.name.upper()}={shown}\n    {say(Message(settings.HELP[knob.name]))}")


@click.command()
@click.option("--port", default=8000, type=click.IntRange(1, 65535), show_default=True, help="Port to listen on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@house
def serve(installed: Installation, port: int, host: str) -> None:
    """Run the production server."""
    installed.indexer.ensure()
    try:
        serving.serve(installed.settings, host, port)
    except serving.PortTaken as taken:
        raise click.ClickException(say(taken.message)) from None


@click.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
@house
def db_upgrade(installed: Installation) -> None:
    """Migrate to the newest form; create what is missing."""
    migrating.upgrade(Database(installed.settings.database))
    tell(N_("The database is up to date."))


@click.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@house
def backup(installed: Installation, target: Path) -> None:
    """Write everything that cannot be rebuilt into one file."""
    backups.back_up(installed.database, target)
    tell(N_("Backed up to %(file)s."), file=target)


@click.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@house
def restore(installed: Installation, source: Path) -> None:
    """Put a backup in the place of what is there, and rebuild the index from it."""
    problem = backups.restore(Database(installed.settings.database), source)
    if problem:
        raise click.ClickException(say(problem.message))
    installed.indexer.rebuild()
    tell(N_("Restored from %(file)s."), file=source)


@click.command("check")
@house
def check_installation(installed: Installation) -> None:
    """Is this installation healthy? Exit 1 when something is wrong."""
    database = Database(installed.settings.database)
    findings = list(health.examine(installed.settings, database, lambda: installed.indexer))
    for finding_ in findings:
        click.echo(("ok    " if finding_.good else "wrong ") + say(finding_.sentence))
    raise SystemExit(0 if all(finding_.good for finding_ in findings) else 1)
