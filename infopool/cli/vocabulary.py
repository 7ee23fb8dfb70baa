"""The words of the search: which concepts there are, and the words curators add for them."""

from __future__ import annotations

import click

from infopool.cli.installation import Installation, house, say, tell
from infopool.messages import N_, Problem
from infopool.search import own_words


@click.group("vocabulary")
def vocabulary() -> None:
    """The words of the search."""


@vocabulary.command("concepts")
@click.argument("words", nargs=-1)
@click.option("--lang", default="de", show_default=True, help="Language of the labels.")
@house
def concepts(installed: Installation, words: tuple[str, ...], lang: str) -> None:
    """List the concepts whose code or label holds the words."""
    known = installed.search.vocabulary
    sought = " ".join(words).casefold()
    for code in sorted(known.concepts):
        label = known.label(code, lang)
        if sought in code or sought in label.casefold():
            click.echo(f"{code:32} {label}")


@vocabulary.command("list")
@house
def list_words(installed: Installation) -> None:
    """Show the words that were added here."""
    with installed.database.reading() as session:
        for word in own_words.everything(session):
            click.echo(f"{word.id:>6}  {word.language:6} {word.concept:32} {word.term}")


@vocabulary.command("add")
@click.argument("language")
@click.argument("concept")
@click.argument("term", nargs=-1, required=True)
@house
def add_word(installed: Installation, language: str, concept: str, term: tuple[str, ...]) -> None:
    """Add a word people type for a concept; the search knows it at once."""
    with installed.database.transaction() as session:
        problem = own_words.add(
            session, installed.search.vocabulary, language, concept, " ".join(term), installed.today().date()
        )
    _finish(installed, problem, N_("The word is added."))


@vocabulary.command("remove")
@click.argument("number", type=int)
@house
def remove_word(installed: Installation, number: int) -> None:
    """Take an added word out again."""
    with installed.database.transaction() as session:
        problem = own_words.remove(session, number)
    _finish(installed, problem, N_("The word is removed."))


def _finish(installed: Installation, problem: Problem | None, done: str) -> None:
    if problem:
        raise click.ClickException(say(problem.message))
    # Offers are tagged anew with the words as they are now; running servers see by the new index that words changed.
    installed.reread_words()
    installed.indexer.rebuild()
    tell(done)
