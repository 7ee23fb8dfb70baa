"""Searching, measuring the search, and keeping its index."""

from __future__ import annotations

import json
from pathlib import Path

import click

from infopool import catalogues, languages
from infopool.cli.installation import Installation, house, say
from infopool.exchange import answers
from infopool.messages import N_, Message, counted
from infopool.search import evaluating, finding
from infopool.search.query import Asked


@click.command("search")
@click.argument("words", nargs=-1)
@click.option("--lang", default="de", show_default=True, help="Language of the reader.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100))
@click.option("--json", "as_json", is_flag=True, help="The same answer as the API.")
@house
def search(installed: Installation, words: tuple[str, ...], lang: str, limit: int, as_json: bool) -> None:
    """Search like a visitor."""
    language = languages.find(lang)
    if language is None:
        raise click.ClickException(say(Message(N_("The language “%(tag)s” is not known here."), {"tag": lang})))
    installed.indexer.ensure()
    asked = Asked(" ".join(words), language.tag, installed.today().date(), limit=limit)
    results = finding.find(installed.search, asked)
    answer = answers.answer(results, installed.search, catalogues.translator(language.tag))
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2) if as_json else _as_lines(answer))


def _as_lines(answer: dict[str, object]) -> str:
    hits = answer["hits"]
    assert isinstance(hits, list)
    lines = [f"{hit['id']:>6}  {hit['title']}\n        {' · '.join(hit['why'])}" for hit in hits]
    return "\n".join([*lines, say(counted("%(count)s offer", "%(count)s offers", int(str(answer["total"]))))])


@click.group()
def index() -> None:
    """The search index."""


@index.command("rebuild")
@house
def index_rebuild(installed: Installation) -> None:
    """Write a new index beside the old one and switch to it."""
    count = installed.indexer.rebuild()
    click.echo(say(counted("%(count)s offer is in the index.", "%(count)s offers are in the index.", count)))


@index.command("ensure")
@house
def index_ensure(installed: Installation) -> None:
    """Bring the index in step with the database; rebuild it if it is missing or broken."""
    installed.indexer.ensure()
    click.echo(say(installed.indexer.compare().sentence()))


@index.command("status")
@house
def index_status(installed: Installation) -> None:
    """Say whether the index is in step with the database."""
    state = installed.indexer.compare()
    click.echo(say(state.sentence()))
    raise SystemExit(0 if state.in_step else 1)


@click.command()
@click.argument("queries", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("qrels", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True)
@house
def evaluate(installed: Installation, queries: Path, qrels: Path, as_json: bool) -> None:
    """Measure the search against judged queries, per language."""
    installed.indexer.ensure()
    try:
        judged = list(evaluating.read_judged(queries, qrels))
    except ValueError as fault:
        raise click.ClickException(str(fault)) from fault
    scores = evaluating.evaluate(installed.search, judged, installed.today().date())
    click.echo(json.dumps(scores, ensure_ascii=False, indent=2) if as_json else evaluating.table(scores))
