"""The way in and out: signing in, the second factor, an invitation, a forgotten password."""

from __future__ import annotations

import json
from datetime import timedelta

from flask import Blueprint, Response, abort, g, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from infopool.curation import accounts, letters, log, own, passkeys, passwords, sessions, throttling, tickets
from infopool.curation.entering import Entered, Not
from infopool.curation.models import Curator
from infopool.curation.tickets import Purpose
from infopool.messages import N_, Message
from infopool.web import errors
from infopool.web.admin import guard, sender
from infopool.web.admin.entrance import entrance
from infopool.web.admin.showing import announce, go_to, show_desk, translated
from infopool.web.i18n import page_wording
from infopool.web.pool import pool
from infopool.web.remarks import reader

blueprint = Blueprint("signing_in", __name__, url_prefix="/admin")

SIGNED_OUT = announce("signed-out", N_("You are signed out."))
NEW_PASSWORD = announce("new-password", N_("Your new password is set. Please sign in with it."))

NEW_ADDRESS = announce("new-address", N_("From now on you sign in with your new address."))

HALFWAY = timedelta(minutes=10)
"""How long after the password the code may take."""
WRONG = N_("This e-mail address and this password do not belong together.")
WRONG_CODE = N_("This code is not right, or was used before. Please wait for the next one.")
WRONG_PASSKEY = N_("This passkey is not known here. Please sign in with your password.")
SO_OFTEN = N_("That was tried too often. Please wait five minutes, then it works again.")

Answer = str | tuple[str, int] | AnyResponse


@blueprint.before_request
def read_the_form() -> None:
    """Have the whole form at hand, only so many at a time: these pages are open to everybody."""
    if request.method == "POST" and (refused := reader.read(request)):
        abort(refused)


@blueprint.errorhandler(passwords.TooBusy)
def busy(_: passwords.TooBusy) -> Response:
    """So many are trying to come in that one's turn does not come."""
    return errors.page(429)


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Answer:
    """Sign in with address and password."""
    if request.method == "GET":
        onward = guard.own_path(request.args.get("next", ""))
        return redirect(onward, 303) if g.curator else _door(onward)
    onward = guard.own_path(request.form.get("next", ""))
    email, password = request.form.get("email", ""), request.form.get("password", "")
    answer = entrance().by_password(
        email,
        password,
        sender=sender.address(),
        now=pool().now(),
        device=sender.device(),
        old_token=guard.token(),
    )
    return came_in(answer, onward) if isinstance(answer, Entered) else _door(onward, answer, email)


def came_in(entered: Entered, onward: str) -> AnyResponse:
    """Hand over the session and lead on, to the second factor where it is still awaited."""
    response = redirect(url_for("signing_in.code", next=onward) if entered.halfway else onward, 303)
    guard.hand_over(response, entered.token)
    return response


def _door(onward: str, refusal: Not | None = None, email: str = "", sentence: str = WRONG) -> Answer:
    sentence = {None: "", Not.RIGHT: sentence, Not.SO_OFTEN: SO_OFTEN}[refusal]
    page = show_desk(
        "admin/account/sign_in.html",
        title=translated(N_("Sign in")),
        problems={"email": translated(sentence)} if sentence else {},
        email=email,
        onward=onward,
        passkeys=passkeys.party(pool().settings.base_url) is not None,
    )
    return page if refusal is None else (page, 429 if refusal is Not.SO_OFTEN else 400)


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
def code() -> Answer:
    """The second factor: a code from an app."""
    onward = guard.own_path(request.values.get("next", ""))
    if g.halfway is None or pool().now() - guard.sign_in().begun_at > HALFWAY:
        return redirect(url_for("signing_in.sign_in", next=onward), 303)
    if request.method == "GET":
        return _ask_for_code(onward)
    answer = entrance().by_code(
        g.halfway,
        request.form.get("code", ""),
        now=pool().now(),
        device=sender.device(),
        old_token=guard.token(),
    )
    return came_in(answer, onward) if isinstance(answer, Entered) else _ask_for_code(onward, answer)


def _ask_for_code(onward: str, refusal: Not | None = None) -> Answer:
    sentence = {None: "", Not.RIGHT: WRONG_CODE, Not.SO_OFTEN: SO_OFTEN}[refusal]
    problems = {"code": translated(sentence)} if sentence else {}
    title = translated(N_("The code from your app"))
    page = show_desk("admin/account/code.html", title=title, problems=problems, onward=onward)
    return page if refusal is None else (page, 429 if refusal is Not.SO_OFTEN else 400)


@blueprint.get("/sign-in/passkey")
def passkey_question() -> AnyResponse:
    """What the browser asks a device for, as JSON; 404 where there are no passkeys."""
    site = passkeys.party(pool().settings.base_url) or abort(404)
    random, sealed = passkeys.challenge(entrance().secret, passkeys.NOBODY, pool().now())
    return jsonify({"options": json.loads(passkeys.asked_to_show(site, random)), "sealed": sealed})


@blueprint.post("/sign-in/passkey")
def passkey() -> Answer:
    """Sign in with a passkey."""
    site = passkeys.party(pool().settings.base_url) or abort(404)
    onward = guard.own_path(request.form.get("next", ""))
    answer = entrance().by_passkey(
        site,
        request.form.get("answer", ""),
        request.form.get("sealed", ""),
        now=pool().now(),
        device=sender.device(),
        old_token=guard.token(),
    )
    return came_in(answer, onward) if isinstance(answer, Entered) else _door(onward, answer, sentence=WRONG_PASSKEY)


@blueprint.post("/session")
def go_on() -> AnyResponse:
    """Go on working: how many seconds the session lasts now, as JSON."""
    return jsonify({"seconds": guard.seconds_left()})


@blueprint.route("/new-address/<token>", methods=["GET", "POST"])
def new_address(token: str) -> Answer:
    """Confirm a new address. It takes a click: programs that look into mails follow links too."""
    house = pool()
    with house.database.transaction() as session:
        found = own.address_in(session, entrance().secret, token, house.now())
        if found is None:
            return _no_longer_good()
        curator, email = found
        if request.method == "POST":
            sentence = N_("Your account at infopool now has the address %(email)s.")
            told = letters.changed(curator.name, Message(sentence, {"email": email}))
            letters.post(session, curator, told, now=house.now())
            own.take_address(session, curator, email, house.now())
            return go_to("signing_in.sign_in", done=NEW_ADDRESS)
    title = translated(N_("Your new address"))
    return show_desk("admin/account/new_address.html", title=title, email=email)


@blueprint.post("/sign-out")
def sign_out() -> AnyResponse:
    """End the session, here and in the browser."""
    with pool().database.transaction() as session:
        sessions.end(session, guard.token())
        if g.curator:
            log.note(session, guard.actor(), "sign-out", "curator", g.curator.id, now=pool().now())
    response = go_to("signing_in.sign_in", done=SIGNED_OUT)
    guard.take_back(response)
    return response


@blueprint.route("/forgotten", methods=["GET", "POST"])
def forgotten() -> Answer:
    """Have a link to a new password sent. The answer is the same whether there is such an account or not."""
    if request.method == "GET":
        title = translated(N_("A new password"))
        return show_desk("admin/account/forgotten.html", title=title, problems={}, email=request.args.get("email", ""))
    email = accounts.plain_email(request.form.get("email", ""))
    if "@" not in email:
        problems = {"email": translated(N_("Write an e-mail address like name@example.org."))}
        title = translated(N_("A new password"))
        return show_desk("admin/account/forgotten.html", title=title, problems=problems, email=email), 400
    if not _letter_is_allowed(throttling.ASKED_LETTERS, throttling.network(sender.address())):
        return errors.page(429)
    _send_link(email)
    return show_desk("admin/account/sent.html", title=translated(N_("Please look into your mailbox")), email=email)


def _letter_is_allowed(limit: throttling.Limit, who: str) -> bool:
    now = pool().now()
    with pool().database.transaction() as session:
        return not who or throttling.admit(session, {entrance().day_key.key(limit, who, now.date()): limit}, now)


def _send_link(email: str) -> None:
    """Write the mail. Where there is no account it is written all the same and taken back, so that it takes as long."""
    house, now = pool(), pool().now()
    key = entrance().day_key.key(throttling.LETTERS, email, now.date())
    with house.database.transaction() as session:
        allowed = throttling.admit(session, {key: throttling.LETTERS}, now)
        curator = accounts.by_email(session, email)
        known = curator if allowed and curator and not curator.disabled_at else None
        with session.begin_nested() as attempt:
            to = known or accounts.stand_in(session, email, now)
            purpose, token = accounts.link_again(session, log.VISITOR, to, now=now)
            link = letters.address(house.settings.base_url, purpose, token)
            letters.post(session, to, letters.password(to.name, link), now=now)
            if known is None:
                attempt.rollback()


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
def invitation(token: str) -> Answer:
    """Choose a password for the first time; then one is in."""
    answer = _chosen(token, Purpose.INVITATION)
    if not isinstance(answer, str):
        return answer
    house, now = pool(), pool().now()
    with house.database.transaction() as session:
        curator = accounts.join(session, token, answer, now=now)
        if curator is None:
            return _no_longer_good()
        sessions.end(session, guard.token())
        fresh = sessions.begin(session, curator, now, device=sender.device())
    return came_in(Entered(fresh, halfway=False), guard.PREFIX)


@blueprint.route("/new-password/<token>", methods=["GET", "POST"])
def new_password(token: str) -> Answer:
    """Choose another password; then one signs in with it."""
    answer = _chosen(token, Purpose.PASSWORD)
    if not isinstance(answer, str):
        return answer
    with pool().database.transaction() as session:
        curator = accounts.new_password(session, token, answer, now=pool().now())
        if curator is None:
            return _no_longer_good()
        told = letters.changed(curator.name, Message(N_("Your account at infopool has a new password.")))
        letters.post(session, curator, told, now=pool().now())
    return go_to("signing_in.sign_in", done=NEW_PASSWORD)


def _chosen(token: str, purpose: Purpose) -> str | tuple[str, int] | AnyResponse:
    """What is to be kept of the password somebody has chosen; until there is one, the page to choose it on."""
    with pool().database.reading() as session:
        curator = tickets.holder(session, token, purpose, pool().now())
    if curator is None:
        return _no_longer_good()
    problem = None
    if request.method == "POST":
        password = request.form.get("password", "")
        problem = passwords.problem(password, curator.email, curator.name)
        if problem is None:
            return passwords.kept(password)
    return _choose(curator, purpose, problem)


def _choose(curator: Curator, purpose: Purpose, problem: Message | None) -> tuple[str, int]:
    title = N_("Welcome, %(name)s") if purpose is Purpose.INVITATION else N_("Hello %(name)s")
    page = show_desk(
        "admin/account/choose_password.html",
        title=translated(title, name=curator.name),
        problems={"password": page_wording().say(problem)} if problem else {},
        email=curator.email,
        invited=purpose is Purpose.INVITATION,
        least=passwords.LEAST,
    )
    return page, 400 if problem else 200


def _no_longer_good() -> tuple[str, int]:
    return show_desk("admin/account/no_longer_good.html", title=translated(N_("This link is no longer good"))), 404
