"""Accounts of the people who tend the pool, from the command line: the first one is made here."""

from __future__ import annotations

import click

from infopool.cli.installation import Installation, house, say, tell
from infopool.curation import accounts, letters
from infopool.curation.accounts import Refused, Wish
from infopool.curation.log import Actor
from infopool.curation.models import Curator, Role
from infopool.curation.tickets import Purpose
from infopool.messages import N_, Message

TERMINAL = Actor("command line")


@click.group("curator")
def curators() -> None:
    """Accounts of the people at the desk."""


@curators.command("add")
@click.argument("email")
@click.option("--name", required=True, help="The name that the others know.")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.CURATOR.value,
    show_default=True,
    help="What she is here for.",
)
@click.option("--group", "groups", multiple=True, help="Working group of a curator; may be given several times.")
@click.option("--language", type=click.Choice(["de", "en"]), default="de", show_default=True, help="Of the desk.")
@house
def add(installed: Installation, email: str, name: str, role: str, groups: tuple[str, ...], language: str) -> None:
    """Make an account; prints the link with which its owner chooses a password."""
    wish = Wish(email, name, role, groups, language)
    known = [group.code for group in installed.region.working_groups]
    with installed.database.transaction() as session:
        answer = accounts.invite(session, TERMINAL, wish, groups=known, now=installed.today())
    if isinstance(answer, Refused):
        for problem in answer.problems:
            click.echo(f"{problem.field}: {say(problem.message)}", err=True)
        if any(problem.field == "groups" for problem in answer.problems):
            click.echo(say(Message(N_("Working groups: %(codes)s"), {"codes": ", ".join(known)})), err=True)
        raise SystemExit(1)
    _show(installed, answer.curator, Purpose.INVITATION, answer.token)


@curators.command("list")
@house
def list_curators(installed: Installation) -> None:
    """Show all accounts."""
    with installed.database.reading() as session:
        people = accounts.everybody(session)
    for one in people:
        state = N_("shut") if one.disabled_at else N_("invited") if one.joined_at is None else ""
        groups = ", ".join(one.groups)
        marks = "  ".join(part for part in (one.role, groups, say(Message(state)) if state else "") if part)
        click.echo(f"{one.email}  {one.name}  {marks}")


@curators.command("link")
@click.argument("email")
@click.option("--drop-second-factor", is_flag=True, help="Also take second factor and passkeys off the account.")
@house
def link(installed: Installation, email: str, drop_second_factor: bool) -> None:
    """Print a new link for somebody who cannot get in: the invitation again, or a way to a new password."""
    now = installed.today()
    with installed.database.transaction() as session:
        curator = _known(accounts.by_email(session, email))
        if curator.disabled_at:
            raise click.ClickException(say(Message(N_("This account is shut: run “infopool curator enable” first."))))
        if drop_second_factor:
            accounts.drop_second_factor(session, TERMINAL, curator, now=now)
        purpose, token = accounts.link_again(session, TERMINAL, curator, now=now)
    _show(installed, curator, purpose, token)


@curators.command("disable")
@click.argument("email")
@house
def disable(installed: Installation, email: str) -> None:
    """Shut an account; its sessions end at once."""
    with installed.database.transaction() as session:
        curator = _known(accounts.by_email(session, email))
        problem = accounts.disable(session, TERMINAL, curator, now=installed.today())
    if problem:
        raise click.ClickException(say(problem.message))
    tell(N_("The account is shut."))


@curators.command("enable")
@click.argument("email")
@house
def enable(installed: Installation, email: str) -> None:
    """Open a shut account again."""
    with installed.database.transaction() as session:
        accounts.enable(session, TERMINAL, _known(accounts.by_email(session, email)), now=installed.today())
    tell(N_("The account is open again."))


def _known(curator: Curator | None) -> Curator:
    if curator is None:
        raise click.ClickException(say(Message(N_("There is no account with this address."))))
    return curator


def _show(installed: Installation, curator: Curator, purpose: Purpose, token: str) -> None:
    tell(N_("With this link %(name)s chooses a password; it is good once:"), name=curator.name)
    click.echo(letters.address(installed.settings.base_url, purpose, token))
