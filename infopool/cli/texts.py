"""The offers' own texts: what waits for translators, files for them and back, machines, how hard texts are to read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from importers import fetching, tables
from infopool import languages
from infopool.cli.installation import Installation, house, say, tell
from infopool.curation import machine_translation, machines, terms
from infopool.curation.readability import Readability, readability
from infopool.directory import offers, translations
from infopool.directory.drafts import TextDraft
from infopool.directory.models import Offer
from infopool.directory.translations import Need, Outcome, Received, TextReport, Wanted
from infopool.directory.wording import FIELDS, shown, what_changed, words_of
from infopool.exchange import text_sheets, xliff
from infopool.languages import SOURCE_LANGUAGE
from infopool.messages import N_, Message, counted

WORDS_FIELDS = ("summary", "description", "registration")
"""The fields whose sentences are judged; titles and lists are none."""


def _language(context: click.Context, parameter: click.Parameter, tag: str) -> str:
    """The tag as this house writes it; refused when it is not known here."""
    language = languages.find(tag)
    if language is None:
        raise click.ClickException(say(Message(N_("The language “%(tag)s” is not known here."), {"tag": tag})))
    return language.tag


lang = click.option("--lang", required=True, callback=_language, help="Language of the texts, such as ar.")
machine_too = click.option("--machine", is_flag=True, help="Also texts that only a machine has written.")


@click.group()
def texts() -> None:
    """The offers' own texts in several languages."""


@texts.command("worklist")
@lang
@machine_too
@click.option("--limit", type=click.IntRange(1), help="Show this many at most.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@house
def texts_worklist(installed: Installation, lang: str, machine: bool, limit: int | None, as_json: bool) -> None:
    """Show the offers whose text in a language is missing or outdated, published ones first."""
    with installed.database.reading() as session:
        rows = translations.worklist(session, lang, machine=machine, limit=limit)
    if as_json:
        click.echo(json.dumps([_plain(row) for row in rows], ensure_ascii=False, indent=2))
        return
    for row in rows:
        state = "" if row.published else " – " + say(Message(N_("not published")))
        click.echo(f"{row.offer_id:>6}  {say(Message(NEEDS[row.need])):<12}  {row.source.title}{state}")
        for line in _changes(row):
            click.echo(f"        {line}")
    click.echo(say(counted("%(count)s offer waits.", "%(count)s offers wait.", len(rows))))


NEEDS: dict[Need, str] = {
    Need.MISSING: N_("missing"),
    Need.OUTDATED: N_("outdated"),
    Need.MACHINE: N_("by a machine"),
}


def _plain(row: Wanted) -> dict[str, object]:
    return {
        "id": row.offer_id,
        "title": row.source.title,
        "need": row.need.value,
        "published": row.published,
        "version": row.source_version,
        "changes": list(_changes(row)),
    }


def _changes(row: Wanted) -> Iterator[str]:
    """The fields that have changed since the translation was made, word by word."""
    for field in FIELDS if row.before else ():
        before, after = words_of(row.before, field), words_of(row.source, field)
        if before != after:
            yield shown(what_changed(before, after)).replace("\n", " ")


@texts.command("export")
@click.argument("format_", metavar="FORMAT", type=click.Choice(["xliff", "csv", "xlsx"]))
@lang
@machine_too
@click.option("--limit", type=click.IntRange(1), help="Export this many offers at most.")
@click.argument("target", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@house
def texts_export(
    installed: Installation, format_: str, lang: str, machine: bool, limit: int | None, target: Path
) -> None:
    """Write what waits for a translator into a file: xliff, csv or xlsx."""
    with installed.database.reading() as session:
        rows = translations.worklist(session, lang, machine=machine, limit=limit)
    told = [row for row in rows if row.source.language == SOURCE_LANGUAGE]
    if not told:
        tell(N_("Nothing waits for a translator in this language; no file was written."))
        return
    target.write_bytes(WRITERS[format_](told, lang))
    click.echo(say(counted("%(count)s offer was written.", "%(count)s offers were written.", len(told))))
    if len(told) < len(rows):
        tell(N_("Offers whose original is not German were left out: %(count)s."), count=len(rows) - len(told))


WRITERS: dict[str, Callable[[Sequence[Wanted], str], bytes]] = {
    "xliff": lambda rows, language: xliff.write(rows, language, terms.words_for(language)),
    "csv": text_sheets.write_csv,
    "xlsx": text_sheets.write_xlsx,
}


@texts.command("import")
@click.argument("source_file", metavar="FILE")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--anyway", is_flag=True, help="Take in translations of an earlier version too; they stay outdated.")
@house
def texts_import(installed: Installation, source_file: str, dry_run: bool, anyway: bool) -> None:
    """Take translations in from a file that was exported here and filled in."""
    received = _received(source_file)
    now = datetime.now(UTC)
    report = translations.take_all_in(installed.database, received, now=now, anyway=anyway, dry_run=dry_run)
    _print(report)
    if dry_run:
        tell(N_("Nothing was changed: this was a dry run."))
    elif report.counted()[Outcome.TAKEN]:
        installed.indexer.drain()


def _received(source_file: str) -> Received:
    content = fetching.fetch(source_file)
    if isinstance(content, Message):
        raise click.ClickException(say(content))
    received = xliff.read(content) if _is_xml(content) else _from_sheet(content)
    if isinstance(received, Message):
        raise click.ClickException(say(received))
    return received


def _is_xml(content: bytes) -> bool:
    """Whether the first sign is a `<`, in UTF-8 or UTF-16."""
    return content[:200].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


def _from_sheet(content: bytes) -> Received | Message:
    read = tables.read_tables(content)
    return read if isinstance(read, Message) else text_sheets.read(read[0].rows)


def _print(report: TextReport) -> None:
    for sentence in report.sentences():
        click.echo(say(sentence))


@texts.command("translate")
@lang
@click.option("--limit", type=click.IntRange(1), help="Translate this many offers at most.")
@house
def texts_translate(installed: Installation, lang: str, limit: int | None) -> None:
    """Have a machine translate published offers that nobody has translated; readers see that it was a machine."""
    machine = machines.open_machine(installed.settings)
    if machine is None:
        sentence = N_("No machine is set up: INFOPOOL_TRANSLATOR_URL is empty.")
        raise click.ClickException(say(Message(sentence)))
    problem = machine_translation.cannot(lang)
    if problem:
        raise click.ClickException(say(problem.message))
    budget = machine_translation.Budget(installed.database, installed.settings.translator_budget)
    now = datetime.now(UTC)
    report = machine_translation.translate_offers(
        installed.database, machine, lang, budget=budget, now=now, limit=limit
    )
    if report.done.counted()[Outcome.TAKEN]:
        installed.indexer.drain()
    _print(report.done)
    tell(
        N_("%(sent)s characters were handed over; %(left)s are left this month."),
        sent=report.characters,
        left=budget.left(f"{now:%Y-%m}"),
    )
    if report.stopped:
        raise click.ClickException(say(report.stopped))


@texts.command("readability")
@click.argument("number", metavar="[ID]", type=int, required=False)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="Show this many offers at most.")
@house
def texts_readability(installed: Installation, number: int | None, limit: int) -> None:
    """Say how hard German texts are to read: the hardest published offers, or one with hints."""
    with installed.database.reading() as session:
        if number is None:
            _list_hardest(session, limit)
        else:
            offer = offers.get(session, number)
            german = _german(offer) if offer else None
            if german is None:
                sentence = N_("There is no offer with the number %(number)s that has a German text.")
                raise click.ClickException(say(Message(sentence, {"number": number})))
            _explain(_of(german))


def _list_hardest(session: Session, limit: int) -> None:
    found = ((offer.id, german) for offer in offers.all_published(session) if (german := _german(offer)))
    ranked = sorted(((_of(text), offer_id, text.title) for offer_id, text in found), key=_hardest_first)
    for measured, offer_id, title in ranked[:limit]:
        click.echo(f"{offer_id:>6}  {_score(measured):>5}  {title}")


def _german(offer: Offer) -> TextDraft | None:
    return offers.draft_of(offer).text(SOURCE_LANGUAGE)


def _of(text: TextDraft) -> Readability:
    return readability("\n".join(words_of(text, field) for field in WORDS_FIELDS))


def _hardest_first(row: tuple[Readability, int, str]) -> tuple[float, int]:
    return -(row[0].score or 0.0), row[1]


def _score(measured: Readability) -> str:
    return "–" if measured.score is None else f"{measured.score:.1f}"


def _explain(measured: Readability) -> None:
    tell(
        N_("Words: %(words)s. Sentences: %(sentences)s. Words per sentence: %(average)s."),
        words=measured.words,
        sentences=measured.sentences,
        average=f"{measured.words_per_sentence:.1f}",
    )
    if measured.score is None:
        tell(N_("The text is too short for a score."))
    else:
        tell(N_("School year in which it is understood (Wiener Sachtextformel 1): %(score)s."), score=_score(measured))
    for hint in measured.hints():
        click.echo(say(hint))
