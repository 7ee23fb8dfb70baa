"""Taking offers in and giving them out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import click
from tqdm import tqdm

import importers
from importers import fetching
from infopool.cli.installation import Installation, house, say, tell
from infopool.curation import imports_history
from infopool.directory import intake, offers
from infopool.directory.models import Offer
from infopool.directory.regions import Region
from infopool.exchange import csv_xlsx, hsds
from infopool.exchange.labels import german
from infopool.messages import N_, Message
from infopool.paths import DEMO


@click.command()
@house
def demo(installed: Installation) -> None:
    """Fill an empty pool with the demo offers."""
    with installed.database.reading() as session:
        if offers.any_there(session):
            tell(N_("There are offers already; the demo offers are left out."))
            return
    report = _take_in(installed, "spreadsheet", str(DEMO / "offers.csv"), source="demo", publish=True, recorded=False)
    installed.indexer.ensure()
    _print_report(report, brief=True)
    tell(N_("To sit down at the curators’ desk: infopool curator add YOU@EXAMPLE.ORG --name NAME --role officer"))


@click.command("import")
@click.argument("importer", type=click.Choice(sorted(importers.IMPORTERS)))
@click.argument("source_file", metavar="FILE")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--publish", is_flag=True, help="Publish new offers at once instead of putting them in review.")
@click.option("--working-group", default="", help="Working group for offers that name none.")
@click.option("--source", default="", help="Name of the source, when the same kind of file comes from several.")
@click.option("--withdraw-missing", is_flag=True, help="Withdraw offers the source no longer brings.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@house
def import_offers(
    installed: Installation,
    importer: str,
    source_file: str,
    dry_run: bool,
    publish: bool,
    working_group: str,
    source: str,
    withdraw_missing: bool,
    as_json: bool,
) -> None:
    """Take offers in from a file: new, changed, gone and protected ones are told apart."""
    report = _take_in(
        installed,
        importer,
        source_file,
        source=source or importer,
        publish=publish,
        working_group=working_group,
        dry_run=dry_run,
        withdraw_gone=withdraw_missing,
        silent=as_json,
    )
    if report.done:
        installed.indexer.drain()
    if as_json:
        click.echo(json.dumps(_as_plain(report), ensure_ascii=False, indent=2))
    else:
        _print_report(report)


def _take_in(
    installed: Installation,
    importer: str,
    source_file: str,
    *,
    source: str,
    publish: bool = False,
    working_group: str = "",
    dry_run: bool = False,
    withdraw_gone: bool = False,
    silent: bool = False,
    recorded: bool = True,
) -> intake.ImportReport:
    region, database = installed.region, installed.database
    group = _working_group(region, working_group)
    content = fetching.fetch(source_file)
    if isinstance(content, Message):
        raise click.ClickException(say(content))
    with _bar(Message(N_("Reading")), silent) as bar:

        def advance(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        read = importers.IMPORTERS[importer].read(content, region, source_name=source_file, progress=advance)
    if read.refused:
        raise click.ClickException(say(read.refused))
    for remark in read.remarks:
        click.echo(say(remark), err=True)
    with database.reading() as session:
        report = intake.plan(
            session, read.drafts, source=source, region=region, unreadable=read.unreadable, working_group=group
        )
    if dry_run:
        return report
    keep = _keep if recorded else _keep_plainly
    with _bar(Message(N_("Keeping")), silent) as bar:
        bar.total = len(report.to_do)

        def kept(count: int) -> None:
            bar.update(count)

        return keep(installed, report, source_file, group, publish=publish, withdraw_gone=withdraw_gone, progress=kept)


def _keep_plainly(
    installed: Installation,
    report: intake.ImportReport,
    source_file: str,
    group: str,
    **how: Any,
) -> intake.ImportReport:
    return intake.carry_out(installed.database, report, now=datetime.now(UTC), **how)


def _keep(
    installed: Installation,
    report: intake.ImportReport,
    source_file: str,
    group: str,
    **how: Any,
) -> intake.ImportReport:
    """The same, with a history: the desk shows what was taken in and can undo it."""
    database, now = installed.database, datetime.now(UTC)
    gone = len(report.gone) if how["withdraw_gone"] else 0
    if not report.to_do and not gone:
        return intake.carry_out(database, report, now=now, **how)
    with database.transaction() as session:
        run = imports_history.begin_outside(session, report.source, source_file, group, now=now)
    history = imports_history.History(run.id, imports_history.OUTSIDE, lambda: datetime.now(UTC))
    done = intake.carry_out(database, report, now=now, witness=history, **how)
    with database.transaction() as session:
        imports_history.tell_outside(session, run.id, done, gone, now=datetime.now(UTC))
    return done


def _working_group(region: Region, wanted: str) -> str:
    if not wanted:
        return ""
    for group in region.working_groups:
        if wanted.casefold() in {group.code.casefold(), group.name.casefold()}:
            return group.code
    known = ", ".join(group.code for group in region.working_groups)
    sentence = N_("There is no working group “%(name)s”; there are: %(known)s.")
    raise click.ClickException(say(Message(sentence, {"name": wanted, "known": known})))


@contextmanager
def _bar(label: Message, silent: bool) -> Iterator[tqdm[NoReturn]]:
    """A progress bar on a terminal, nothing elsewhere."""
    with tqdm(desc=say(label), disable=silent or not sys.stderr.isatty(), file=sys.stderr) as bar:
        yield bar


def _print_report(report: intake.ImportReport, brief: bool = False) -> None:
    for number, sentence in enumerate(report.sentences()):
        if brief and number >= len(intake.Fate):
            break
        click.echo(say(sentence))
    if not report.done:
        tell(N_("Nothing was changed: this was a dry run."))


def _as_plain(report: intake.ImportReport) -> dict[str, object]:
    """The report as JSON can hold it, sentences in the person's language."""
    return {
        "source": report.source,
        "done": report.done,
        "counts": {fate.value: count for fate, count in report.counted().items()},
        "rows": [
            {
                "line": row.line,
                "key": row.draft.source_key,
                "title": row.title,
                "fate": row.fate.value,
                "problems": [{"field": problem.field, "message": say(problem.message)} for problem in row.problems],
            }
            for row in report.rows
        ],
        "gone": [{"id": gone.offer_id, "key": gone.source_key, "title": gone.title} for gone in report.gone],
        "unreadable": [
            {"line": note.line, "column": note.column, "why": say(note.why), "row_lost": note.row_lost}
            for note in report.unreadable
        ],
    }


@click.command()
@click.argument("format_", metavar="FORMAT", type=click.Choice(["csv", "xlsx", "hsds"]))
@click.argument("target", metavar="[FILE]", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--with-secrets", is_flag=True, help="Confidential addresses too; such a file must not be handed on.")
@house
def export(installed: Installation, format_: str, target: Path | None, with_secrets: bool) -> None:
    """Write all offers visitors may see: csv, xlsx, or hsds (one JSON service a line)."""
    if format_ == "xlsx" and target is None:
        raise click.UsageError(say(Message(N_("An XLSX needs the name of a file to be written to."))))
    voice = hsds.Voice(german(installed.region), installed.settings.base_url, installed.today().date())
    writers: dict[str, Callable[[Iterator[Offer]], bytes]] = {
        "csv": lambda found: csv_xlsx.write_csv(found, installed.region, secrets=with_secrets),
        "xlsx": lambda found: csv_xlsx.write_xlsx(found, installed.region, secrets=with_secrets),
        "hsds": lambda found: hsds.write_ndjson(found, voice),
    }
    with installed.database.reading() as session:
        data = writers[format_](offers.all_published(session))
    if target:
        target.write_bytes(data)
    else:
        sys.stdout.buffer.write(data)
