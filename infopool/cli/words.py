"""The words of the pages."""

from __future__ import annotations

import click

from infopool import translating


@click.group("translations")
def translations() -> None:
    """The catalogues of the pages' words."""


@translations.command("extract")
def translations_extract() -> None:
    """Collect the marked sentences anew and bring every catalogue in step."""
    click.echo(translating.extract())


@translations.command("check")
def translations_check() -> None:
    """Look for faults in the catalogues; exit 1 when there are any. Departures from the glossary are only told."""
    for hint in translating.hints():
        click.echo(f"(hint) {hint}")
    faults = translating.check()
    for fault in faults:
        click.echo(fault)
    raise SystemExit(1 if faults else 0)


@translations.command("status")
def translations_status() -> None:
    """Say per language how complete it is and who has reviewed it."""
    click.echo(translating.status())
