"""The command line: `infopool <noun> <verb>`. The only room that knows every other."""

from __future__ import annotations

import errno
from typing import Any

import click
from sqlalchemy.exc import SQLAlchemyError

from infopool import __version__
from infopool.cli import curators, erasing, gathering, searching, tending, texts, upkeep, vocabulary, words, working
from infopool.cli.installation import say
from infopool.messages import N_, Message


class Sentences(click.Group):
    """Commands that end with a sentence also where the world is broken: a full disk, a database that is none."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except SQLAlchemyError as fault:
            why = str(getattr(fault, "orig", None) or fault).strip().splitlines()[0]
            raise click.ClickException(
                say(Message(N_("The database cannot be used: %(why)s"), {"why": why}))
            ) from fault
        except OSError as fault:
            if fault.errno == errno.EPIPE or not fault.strerror:
                raise
            values = {"name": fault.filename or "INFOPOOL_DATA", "why": fault.strerror}
            raise click.ClickException(say(Message(N_("“%(name)s” cannot be used: %(why)s"), values))) from fault


@click.group(cls=Sentences, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """infopool: where a county's help for newcomers is found."""


COMMANDS: tuple[click.Command, ...] = (
    upkeep.serve,
    working.work,
    upkeep.db,
    gathering.demo,
    gathering.import_offers,
    gathering.export,
    searching.search,
    searching.index,
    searching.evaluate,
    vocabulary.vocabulary,
    curators.curators,
    tending.remarks,
    erasing.erase,
    texts.texts,
    words.translations,
    upkeep.backup,
    upkeep.restore,
    upkeep.check_installation,
    upkeep.show_settings,
)
"""Every command, in the order a newcomer meets them."""

for command in COMMANDS:
    main.add_command(command)
