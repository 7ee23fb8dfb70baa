"""One's own account: name and language, address, password, second factor, passkeys, open sessions."""

from __future__ import annotations

import json

from flask import Blueprint, Response, abort, jsonify, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from infopool.curation import accounts, letters, own, passkeys, passwords, second_factor, sessions
from infopool.curation.models import Curator, Role, SignIn
from infopool.curation.own import sealed_address
from infopool.curation.sealed import seal, unseal
from infopool.messages import N_, Message, Problem
from infopool.web import errors
from infopool.web.admin import confirming, guard
from infopool.web.admin.entrance import entrance
from infopool.web.admin.showing import announce, go_to, show_desk, translated
from infopool.web.i18n import page_wording
from infopool.web.pool import pool

blueprint = Blueprint("account", __name__, url_prefix="/admin/account")

PASSWORD_SET = announce("password-set", N_("Your new password is set. All your other sessions are ended."))
ADDRESS_ASKED = announce("address-asked", N_("A mail with a link is on its way to your new address."))
CODES_ON = announce("codes-on", N_("From now on you are asked for a code when you sign in with your password."))
CODES_OFF = announce("codes-off", N_("You are no longer asked for a code."))
PASSKEY_ADDED = announce("passkey-added", N_("The passkey is added."))
PASSKEY_GONE = announce("passkey-gone", N_("The passkey is removed."))
SESSION_ENDED = announce("session-ended", N_("The session is ended."))

WRONG_CODE = N_(
    "This code is not right. Please wait for the next one, and look whether the clock of your phone is right."
)
NO_PASSKEY = N_("This did not work. Please try again.")

Answer = str | tuple[str, int] | AnyResponse
Problems = tuple[Problem, ...]


@blueprint.errorhandler(passwords.TooBusy)
def busy(_: passwords.TooBusy) -> Response:
    """So many passwords are being compared that one's turn does not come."""
    return errors.page(429)


@blueprint.get("/")
def overview() -> str:
    """Everything at a glance, each a click from being changed."""
    return _overview()


@blueprint.post("/details")
def details() -> Answer:
    """Change name, language, languages one translates into."""
    form = request.form
    with pool().database.transaction() as session:
        problems = own.change(
            session,
            _me(session),
            name=form.get("name", ""),
            language=form.get("language", ""),
            translates=form.getlist("translates"),
            now=pool().now(),
        )
    return (_overview(problems), 400) if problems else go_to("account.overview", done="saved")


@blueprint.route("/password", methods=["GET", "POST"])
def password() -> Answer:
    """Choose another password; the present one is always asked for."""
    if request.method == "GET":
        return _page("password", N_("Change the password"), least=passwords.LEAST)
    fresh = request.form.get("password", "")
    fault = passwords.problem(fresh, guard.curator().email, guard.curator().name)
    problems = (Problem("password", fault),) if fault else _confirmed(always=True)
    if problems:
        return _page("password", N_("Change the password"), problems, least=passwords.LEAST)
    kept = passwords.kept(fresh)
    with pool().database.transaction() as session:
        me = _me(session)
        accounts.set_password(session, me, kept, now=pool().now(), token=confirming.token())
        _tell(session, me, N_("Your account at infopool has a new password."))
    return go_to("account.overview", done=PASSWORD_SET)


@blueprint.route("/address", methods=["GET", "POST"])
def address() -> Answer:
    """Ask for another e-mail address; it counts when the link in a mail to it was followed."""
    title = N_("Change the e-mail address")
    if request.method == "GET":
        return _page("address", title, email="")
    house, email = pool(), request.form.get("email", "")
    with house.database.reading() as session:
        faults = tuple(accounts.email_faults(session, email))
    problems = faults or _confirmed()
    if problems:
        return _page("address", title, problems, email=email)
    with house.database.transaction() as session:
        sealed = sealed_address(entrance().secret, me := _me(session), email, house.now())
        letter = letters.new_address(me.name, house.settings.base_url.rstrip("/") + letters.NEW_ADDRESS + sealed)
        letters.post(session, me, letter, now=house.now(), email=accounts.plain_email(email))
    return go_to("account.overview", done=ADDRESS_ASKED)


@blueprint.route("/second-factor", methods=["GET", "POST"])
def codes() -> Answer:
    """Set up or give up codes from an app."""
    house, me = pool(), guard.curator()
    if request.method == "GET":
        return _codes(second_factor.fresh_secret())
    if me.totp_secret:
        return _give_up_codes()
    values = unseal(entrance().secret, "second-factor", request.form.get("sealed", ""), house.now())
    if values is None or values[0] != me.id:
        return go_to("account.codes")
    typed = request.form.get("code", "")
    if second_factor.counter_of(values[1], typed, house.now()) is None:
        return _codes(values[1], (Problem("code", Message(WRONG_CODE)),))
    problems = _confirmed()
    if problems:
        return _codes(values[1], problems)
    with house.database.transaction() as session:
        second_factor.set_up(session, _me(session), values[1], typed, house.now())
        _tell(session, _me(session), N_("Your account at infopool now has a second factor."))
    return go_to("account.overview", done=CODES_ON)


def _codes(secret: str, problems: Problems = ()) -> Answer:
    house, me = pool(), guard.curator()
    until = house.now() + sessions.IDLE
    return _page(
        "codes",
        N_("Codes from an app"),
        problems,
        sealed=seal(entrance().secret, "second-factor", [me.id, secret], until),
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        picture=second_factor.picture(secret, me.email),
    )


def _give_up_codes() -> Answer:
    problems = _confirmed()
    if problems:
        return _codes(second_factor.fresh_secret(), problems)
    with pool().database.transaction() as session:
        second_factor.give_up(session, me := _me(session), pool().now())
        _tell(session, me, N_("Your account at infopool no longer has a second factor."))
    return go_to("account.overview", done=CODES_OFF)


@blueprint.route("/passkeys", methods=["GET", "POST"])
def keys() -> Answer:
    """The passkeys: add one, which takes JavaScript, and remove one."""
    if request.method == "GET":
        return _keys()
    was_needed = confirming.is_needed()
    problems = _confirmed()
    if problems or was_needed:
        return _keys(problems) if problems else go_to("account.keys")
    if number := request.form.get("remove", ""):
        return _remove_key(number)
    return _add_key()


@blueprint.get("/passkeys/question")
def key_question() -> AnyResponse:
    """What the browser asks a device for, as JSON."""
    site = passkeys.party(pool().settings.base_url) or abort(404)
    random, sealed = passkeys.challenge(entrance().secret, guard.curator().id, pool().now())
    with pool().database.reading() as session:
        asked = passkeys.asked_to_make(_me(session), site, random)
    return jsonify({"options": json.loads(asked), "sealed": sealed})


def _keys(problems: Problems = ()) -> Answer:
    with pool().database.reading() as session:
        mine = sorted(_me(session).passkeys, key=lambda key: key.added_at)
    possible = passkeys.party(pool().settings.base_url) is not None
    return _page("passkeys", N_("Passkeys"), problems, keys=mine, possible=possible, most=passkeys.MOST)


def _add_key() -> Answer:
    house, form = pool(), request.form
    site = passkeys.party(house.settings.base_url) or abort(404)
    with house.database.transaction() as session:
        me = _me(session)
        random = passkeys.opened(
            session, entrance().day_key, entrance().secret, form.get("sealed", ""), me.id, house.now()
        )
        name = form.get("name", "") or guard.sign_in().device
        added = random and passkeys.make(session, me, site, form.get("answer", ""), random, name=name, now=house.now())
        if added:
            _tell(session, me, N_("Your account at infopool now has one more passkey."))
            return go_to("account.keys", done=PASSKEY_ADDED)
    return _keys((Problem("name", Message(NO_PASSKEY)),))


def _remove_key(number: str) -> Answer:
    with pool().database.transaction() as session:
        known = number.isdecimal() and len(number) < 12
        if not known or not passkeys.remove(session, _me(session), int(number), pool().now()):
            abort(404)
    return go_to("account.keys", done=PASSKEY_GONE)


@blueprint.post("/sessions")
def end_sessions() -> AnyResponse:
    """End one open session, or all others."""
    called = request.form.get("end", "")
    with pool().database.transaction() as session:
        if called == "others":
            sessions.end_all(session, guard.curator().id, but=guard.token())
        else:
            sessions.end_one(session, guard.curator().id, called)
    return go_to("account.overview", done=SESSION_ENDED)


def _overview(problems: Problems = ()) -> str:
    house = pool()
    with house.database.reading() as session:
        me = _me(session)
        open_ones = [
            (sessions.number(one), one, _is_this(one)) for one in sessions.open_ones(session, me.id, house.now())
        ]
        count = len(me.passkeys)
    typed = request.form if request.method == "POST" else None
    return show_desk(
        "admin/account/overview.html",
        title=translated(N_("My account")),
        problems=_said(problems),
        me=me,
        name=typed.get("name", "") if typed else me.name,
        chosen=typed.getlist("translates") if typed else me.translates,
        into=[(one.tag, one.own_name) for one in own.into()],
        open_ones=open_ones,
        keys=count,
        role=accounts.ROLES[Role(me.role)],
        zone=house.region.timezone,
    )


def _page(name: str, title: str, problems: Problems = (), **content: object) -> Answer:
    page = show_desk(
        f"admin/account/{name}.html",
        title=translated(title),
        problems=_said(problems),
        again=confirming.is_needed(),
        me=guard.curator(),
        zone=pool().region.timezone,
        **content,
    )
    return (page, 400) if problems else page


def _confirmed(*, always: bool = False) -> Problems:
    problem = confirming.problem(always=always)
    return (Problem(confirming.FIELD, problem),) if problem else ()


def _said(problems: Problems) -> dict[str, str]:
    return {problem.field: page_wording().say(problem.message) for problem in problems}


def _me(session: Session) -> Curator:
    return session.get_one(Curator, guard.curator().id)


def _tell(session: Session, me: Curator, sentence: str) -> None:
    letters.post(session, me, letters.changed(me.name, Message(sentence)), now=pool().now())


def _is_this(one: SignIn) -> bool:
    return one.token_hash == guard.sign_in().token_hash
