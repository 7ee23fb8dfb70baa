""" "Is this still right?": the pages behind the signed link in a mail to a provider. No account, no cookie.

Looking changes nothing: programs that look through mails follow every link in them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from infopool.curation import checking_answers, signing
from infopool.curation.models import CheckRequest
from infopool.directory import offers
from infopool.directory.facts import State
from infopool.directory.models import Offer
from infopool.messages import N_, Problem
from infopool.web import access, headers
from infopool.web.admin.publishing import catch_up
from infopool.web.entrance import let_in
from infopool.web.i18n import page_language, page_wording
from infopool.web.labels import labels_for
from infopool.web.pool import pool
from infopool.web.presenters import confirming as views
from infopool.web.presenters.offers import offer_page
from infopool.web.showing import show

blueprint = Blueprint("confirming", __name__)

reader = access.FormReader(most=2)
throttle = access.Throttle(most=60, seconds=600)

TITLE = N_("Your offer in infopool")
OVER = N_("This link is no longer good")

Pair = tuple[CheckRequest, Offer]
Act = Callable[[Session, CheckRequest, Offer], object]


@blueprint.get("/<language:language>/confirm/<token>")
def look(token: str) -> str | Response:
    """What the link is about: one offer, or a list of them."""
    pairs = _behind(token)
    if not pairs:
        return _over()
    if len(pairs) == 1:
        return _one(token, pairs[0])
    asked = [views.asked_about(request_, offer, page_wording()) for request_, offer in pairs]
    return _show("confirm_list", token, asked=asked, open_ones=sum(not one.answered for one in asked))


@blueprint.post("/<language:language>/confirm/<token>")
def all_right(token: str) -> AnyResponse:
    """All offers of the link are still right."""
    let_in(throttle, reader)
    pairs = _behind(token)
    if not pairs:
        return _over()
    for request_, _ in pairs:
        _answer(token, request_.id, _right(checking_answers.Room()))
    catch_up()
    return redirect(url_for("confirming.look", token=token), 303)


@blueprint.get("/<language:language>/confirm/<token>/<number:request_id>")
def offer(token: str, request_id: int) -> str | Response:
    """One offer, and what can be said about it."""
    pair = _pair(token, request_id)
    return _one(token, pair) if pair else _over()


@blueprint.post("/<language:language>/confirm/<token>/<number:request_id>")
def right(token: str, request_id: int) -> AnyResponse:
    """It is still right."""
    let_in(throttle, reader)
    room = views.read_room(request.form)
    if isinstance(room, Problem):
        pair = _pair(token, request_id)
        return make_response(_one(token, pair, room), 400) if pair else _over()
    return _done(token, request_id, _right(room))


@blueprint.get("/<language:language>/confirm/<token>/<number:request_id>/change")
def change(token: str, request_id: int) -> str | Response:
    """The form for what has changed."""
    pair = _pair(token, request_id)
    return _form(token, pair) if pair else _over()


@blueprint.post("/<language:language>/confirm/<token>/<number:request_id>/change")
def tell_change(token: str, request_id: int) -> AnyResponse:
    """Something has changed: it waits for a review."""
    let_in(throttle, reader)
    pair = _pair(token, request_id)
    if pair is None:
        return _over()
    told = views.read_change(request.form, views.fields_of(pair[1], pool().region))
    if isinstance(told, Problem):
        return make_response(_form(token, pair, told), 400)
    house = pool()

    def tell(session: Session, request_: CheckRequest, offer_: Offer) -> None:
        now = house.now()
        checking_answers.say_changed(session, request_, offer_, told.fields, told.note, now=now, region=house.region)

    return _done(token, request_id, tell)


@blueprint.get("/<language:language>/confirm/<token>/<number:request_id>/gone")
def gone(token: str, request_id: int) -> str | Response:
    """Ask once more whether it is really gone."""
    pair = _pair(token, request_id)
    return _one(token, pair, template="confirm_gone") if pair else _over()


@blueprint.post("/<language:language>/confirm/<token>/<number:request_id>/gone")
def tell_gone(token: str, request_id: int) -> AnyResponse:
    """It is no longer offered."""
    let_in(throttle, reader)
    house = pool()

    def tell(session: Session, request_: CheckRequest, offer_: Offer) -> None:
        checking_answers.say_gone(session, request_, offer_, now=house.now(), today=house.today())

    return _done(token, request_id, tell)


def _right(room: checking_answers.Room) -> Act:
    house = pool()

    def tell(session: Session, request_: CheckRequest, offer_: Offer) -> None:
        checking_answers.say_right(session, request_, offer_, room, now=house.now(), today=house.today())

    return tell


def _done(token: str, request_id: int, act: Act) -> AnyResponse:
    """Keep an answer and go on to the page that thanks for it."""
    if not _answer(token, request_id, act):
        return _over()
    catch_up()
    return redirect(url_for("confirming.offer", token=token, request_id=request_id), 303)


def _answer(token: str, request_id: int, act: Act) -> bool:
    """Keep an answer, unless the question was answered meanwhile; False when the link is about no such thing."""
    passed = _passed(token)
    if passed is None or request_id not in passed.request_ids:
        return False
    with pool().database.transaction() as session:
        found = session.get(CheckRequest, request_id)
        if found is None:
            return False
        request_ = checking_answers.open_request(session, found.offer_id)
        offer_ = offers.get(session, found.offer_id)
        if request_ is not None and request_.id == request_id and offer_ and not _is_over(request_, offer_):
            act(session, request_, offer_)
    return True


def _is_over(request_: CheckRequest, offer_: Offer) -> bool:
    return checking_answers.is_answered(request_) or offer_.state != State.PUBLISHED


def _passed(token: str) -> signing.Passed | None:
    house = pool()
    return signing.verify(house.settings.secret(), token, house.today())


def _behind(token: str) -> list[Pair]:
    """The requests a good link is about, with their offers; nothing for any other link."""
    passed = _passed(token)
    if passed is None:
        return []
    with pool().database.reading() as session:
        found = checking_answers.requests(session, passed.request_ids)
        pairs = [(request_, offers.get(session, request_.offer_id)) for request_ in found]
        return [(request_, offer_) for request_, offer_ in pairs if offer_ is not None]


def _pair(token: str, request_id: int) -> Pair | None:
    return next((pair for pair in _behind(token) if pair[0].id == request_id), None)


def _one(token: str, pair: Pair, problem: Problem | None = None, template: str = "confirm") -> str:
    house, wording = pool(), page_wording()
    asked = views.asked_about(*pair, wording)
    return _show(
        "confirm_done" if asked.answered else template,
        token,
        asked=asked,
        question=views.question(asked, pair[1].ends_on, wording),
        view=offer_page(pair[1], labels_for(house, page_language().tag), wording, house.today()),
        units=[(code, wording.translator.gettext(label)) for code, label in views.UNIT_LABELS.items()],
        problem=problem.field if problem else "",
        advice=wording.say(problem.message) if problem else "",
        written=request.form,
    )


def _form(token: str, pair: Pair, problem: Problem | None = None) -> str:
    wording = page_wording()
    asked = views.asked_about(*pair, wording)
    if asked.answered:
        return _one(token, pair)
    return _show(
        "confirm_change",
        token,
        asked=asked,
        fields=[(name, wording.translator.gettext(label)) for name, label in views.CHANGEABLE.items()],
        written=request.form or views.fields_of(pair[1], pool().region),
        problem=problem.field if problem else "",
        advice=wording.say(problem.message) if problem else "",
    )


def _show(template: str, token: str, **content: Any) -> str:
    # Who has the address can answer: it is kept nowhere and found by no search engine.
    headers.keep(headers.NOWHERE)
    title = page_wording().translator.gettext(TITLE)
    return show(f"public/{template}.html", title=title, heading=title, token=token, indexed=False, **content)


def _over() -> Response:
    """What somebody sees whose link is too old, cut off, or never was one."""
    title = page_wording().translator.gettext(OVER)
    return make_response(show("public/confirm_over.html", title=title, heading=title, indexed=False), 410)
