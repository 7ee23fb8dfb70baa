"""The command line: `infopool <noun> <verb>`. The only room that knows every other."""

from __future__ import annotations

import click

from infopool import __version__
from infopool.cli import gathering, searching, tending, texts, upkeep, vocabulary, words


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """infopool: where a county's help for newcomers is found."""


COMMANDS: tuple[click.Command, ...] = (
    upkeep.serve,
    upkeep.db,
    gathering.demo,
    gathering.import_offers,
    gathering.export,
    searching.search,
    searching.index,
    searching.evaluate,
    vocabulary.vocabulary,
    tending.remarks,
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
