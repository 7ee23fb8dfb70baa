"""The people: who has an account, what for; inviting somebody, shutting an account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Response, abort, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from infopool.curation import accounts, letters, passwords
from infopool.curation.accounts import Refused, Wish
from infopool.curation.models import Curator, Role
from infopool.curation.tickets import Purpose
from infopool.messages import N_, Problem
from infopool.web import errors, searching
from infopool.web.admin import confirming, guard
from infopool.web.admin.showing import announce, go_to, show_desk, translated
from infopool.web.i18n import page_wording
from infopool.web.pool import pool

blueprint = Blueprint("desk_people", __name__, url_prefix="/admin/people")

PAGE = 25
"""People on a page of the list."""
SHUT = announce("account-shut", N_("The account is shut; its sessions are ended."))
OPENED = announce("account-open", N_("The account is open again."))
DROPPED = announce("second-factor-gone", N_("Second factor and passkeys are taken off the account."))

Answer = str | tuple[str, int] | AnyResponse
Problems = tuple[Problem, ...]


@dataclass(frozen=True)
class PersonView:
    """Somebody in the list."""

    id: int
    name: str
    email: str
    role: str
    groups: str
    state: str
    """invited, shut or nothing."""
    protected: bool
    """Has a second factor or a passkey."""


@blueprint.errorhandler(passwords.TooBusy)
def busy(_: passwords.TooBusy) -> Response:
    """So many passwords are being compared that one's turn does not come."""
    return errors.page(429)


@blueprint.get("/")
def listing() -> str:
    """Everybody with an account."""
    number = searching.page_number(request.args.get("page", ""))
    with pool().database.reading() as session:
        everybody = accounts.everybody(session)
        shown = [_view(one) for one in everybody[(number - 1) * PAGE : number * PAGE]]
    return show_desk(
        "admin/people/list.html",
        title=translated(N_("People")),
        people=shown,
        count=len(everybody),
        page=number,
        pages=max(1, -(-len(everybody) // PAGE)),
    )


@blueprint.route("/new", methods=["GET", "POST"])
def new() -> Answer:
    """Invite somebody. The page after it shows the link, for whoever gets no mails."""
    if request.method == "GET":
        return _form(None, Wish(role=Role.CURATOR))
    house, wish = pool(), _wish()
    problems = _confirmed()
    if problems:
        return _form(None, wish, problems)
    with house.database.transaction() as session:
        answer = accounts.invite(session, guard.actor(), wish, groups=_groups(), now=house.now())
        if isinstance(answer, Refused):
            return _form(None, wish, answer.problems)
        link = _send(session, answer.curator, Purpose.INVITATION, answer.token)
    return _invited(answer.curator, link)


@blueprint.route("/<number:person_id>", methods=["GET", "POST"])
def person(person_id: int) -> Answer:
    """Somebody: name, role, working groups."""
    one = _known(person_id)
    if request.method == "GET":
        return _form(one, _as_is(one))
    wish = _wish()
    problems = _confirmed()
    if not problems:
        with pool().database.transaction() as session:
            one = session.get_one(Curator, person_id)
            problems = accounts.change(session, guard.actor(), one, wish, groups=_groups(), now=pool().now())
    return _form(one, wish, problems) if problems else go_to("desk_people.listing", done="saved")


@blueprint.post("/<number:person_id>/link")
def link(person_id: int) -> Answer:
    """Send the invitation again, or a link to a new password."""
    one = _known(person_id)
    problems = _confirmed()
    if problems or one.disabled_at:
        return _form(one, _as_is(one), problems)
    with pool().database.transaction() as session:
        one = session.get_one(Curator, person_id)
        purpose, token = accounts.link_again(session, guard.actor(), one, now=pool().now())
        address = _send(session, one, purpose, token)
    return _invited(one, address)


@blueprint.post("/<number:person_id>/second-factor")
def drop_second_factor(person_id: int) -> Answer:
    """Take second factor and passkeys off an account whose owner has lost them."""
    return _change(person_id, accounts.drop_second_factor, DROPPED)


@blueprint.post("/<number:person_id>/shut")
def shut(person_id: int) -> Answer:
    """Shut an account."""
    return _change(person_id, accounts.disable, SHUT)


@blueprint.post("/<number:person_id>/open")
def reopen(person_id: int) -> Answer:
    """Open a shut account again."""
    return _change(person_id, accounts.enable, OPENED)


def _change(person_id: int, do: Callable[..., Problem | None], done: str) -> Answer:
    one = _known(person_id)
    problems = _confirmed()
    if problems:
        return _form(one, _as_is(one), problems)
    with pool().database.transaction() as session:
        refused = do(session, guard.actor(), session.get_one(Curator, person_id), now=pool().now())
    if refused:
        return _form(one, _as_is(one), (refused,))
    return go_to("desk_people.listing", done=done)


def _form(one: Curator | None, wish: Wish, problems: Problems = ()) -> Answer:
    title = translated(N_("Invite somebody")) if one is None else one.name
    page = show_desk(
        "admin/people/form.html",
        title=title,
        person=one,
        wish=wish,
        joined=bool(one and one.password_hash),
        protected=bool(one and one.totp_secret),
        problems={problem.field: page_wording().say(problem.message) for problem in problems},
        again=confirming.is_needed(),
        roles=[
            (role.value, translated(name), translated(accounts.DUTIES[role])) for role, name in accounts.ROLES.items()
        ],
        groups=[(group.code, group.name) for group in pool().region.working_groups],
    )
    return (page, 400) if problems else page


def _invited(one: Curator, address: str) -> str:
    title = translated(N_("The link is on its way"))
    return show_desk("admin/people/invited.html", title=title, person=one, address=address)


def _send(session: Session, one: Curator, purpose: Purpose, token: str) -> str:
    """Write the mail with the link; gives the link."""
    house = pool()
    address = letters.address(house.settings.base_url, purpose, token)
    invitation = purpose is Purpose.INVITATION
    letter = (
        letters.invitation(one.name, address, house.region.name) if invitation else letters.password(one.name, address)
    )
    letters.post(session, one, letter, now=house.now())
    return address


def _wish() -> Wish:
    form = request.form
    return Wish(form.get("email", ""), form.get("name", ""), form.get("role", ""), tuple(form.getlist("groups")))


def _as_is(one: Curator) -> Wish:
    return Wish(one.email, one.name, one.role, one.groups)


def _groups() -> list[str]:
    return [group.code for group in pool().region.working_groups]


def _known(person_id: int) -> Curator:
    with pool().database.reading() as session:
        return session.get(Curator, person_id) or abort(404)


def _confirmed() -> Problems:
    problem = confirming.problem()
    return (Problem(confirming.FIELD, problem),) if problem else ()


def _view(one: Curator) -> PersonView:
    names = {group.code: group.name for group in pool().region.working_groups}
    return PersonView(
        id=one.id,
        name=one.name,
        email=one.email,
        role=translated(accounts.ROLES[Role(one.role)]),
        groups=", ".join(names.get(code, code) for code in one.groups),
        state="shut" if one.disabled_at else "" if one.password_hash else "invited",
        protected=bool(one.totp_secret or one.passkeys),
    )
