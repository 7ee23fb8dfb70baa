"""What the commands work with, and how they speak to the person at the terminal."""

from __future__ import annotations

import os
from datetime import datetime
from functools import cached_property

import click

from infopool import catalogues, languages, migrating, settings
from infopool.db import Database
from infopool.directory.regions import Region, load_region
from infopool.messages import ENGLISH, N_, Message, Translator
from infopool.search import finding, indexing, own_words
from infopool.settings import Settings, SettingsFault


class Installation:
    """What the commands work with; each part is opened when it is first needed."""

    @cached_property
    def settings(self) -> Settings:
        """The settings of the environment; the command ends with all faults named when they cannot be used."""
        try:
            return settings.from_environ()
        except SettingsFault as fault:
            for problem in fault.problems:
                click.echo(f"{problem.field}: {say(problem.message)}", err=True)
            raise SystemExit(2) from None

    @cached_property
    def region(self) -> Region:
        """The county."""
        try:
            return load_region(self.settings.region)
        except (ValueError, KeyError, TypeError, OSError) as fault:
            values = {"name": self.settings.region, "why": fault}
            raise click.ClickException(
                say(Message(N_("The region “%(name)s” cannot be used: %(why)s"), values))
            ) from fault

    @cached_property
    def database(self) -> Database:
        """The database, which must be at its newest form."""
        database = Database(self.settings.database)
        if not migrating.is_at_head(database):
            raise click.ClickException(
                say(Message(N_("The database is not up to date: run “infopool db upgrade” first.")))
            )
        return database

    @cached_property
    def search(self) -> finding.Search:
        """The search."""
        return finding.open_search(self.settings, self.region, own_words.read(Database(self.settings.database)))

    def reread_words(self) -> None:
        """Open the search anew the next time, with the words curators have added meanwhile."""
        self.__dict__.pop("search", None)

    @property
    def indexer(self) -> indexing.Indexer:
        """What keeps the search index in step with the database."""
        return finding.indexer(self.search, self.database)

    def today(self) -> datetime:
        """The present moment where the county is."""
        return datetime.now(self.region.timezone)


house = click.make_pass_decorator(Installation, ensure=True)
"""Hands a command the installation it works with."""


def translator() -> Translator:
    """The catalogue of the person's language: German where the environment says so, else English."""
    wanted = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    language = languages.find(wanted.split(".")[0])
    return catalogues.translator(language.tag) if language and language.tag == "de" else ENGLISH


def say(message: Message) -> str:
    """A sentence in the person's language."""
    return message.render(translator())


def tell(text: str, **values: object) -> None:
    """Print a sentence in the person's language."""
    click.echo(say(Message(text, values)))
