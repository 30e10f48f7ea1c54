"""A forgotten password: asking for a link, and what the link opens."""

import re
from typing import Final

from flask import Blueprint, flash, redirect, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from domain.secret import Secret
from domain.sign_in import recovery, sessions
from domain.sign_in.recovery import UseKind
from portal import cookies, notices, refusals, visitor
from portal.answers import page
from portal.forms import NewPasswordForm, user_name_field
from portal.office import the_office

pages: Final = Blueprint("recovery", __name__)
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{20,128}")
_BAD_LINK: Final = 400


class AskForm(FlaskForm):
    """Whose password is forgotten."""

    user_name = user_name_field()


@pages.get("/wachtwoord-vergeten")
@visitor.page_for(visitor.SIGNED_OUT)
def ask() -> Response:
    """The question who it is."""
    return page("forgotten_password.html", form=AskForm())


@pages.post("/wachtwoord-vergeten")
@visitor.page_for(visitor.SIGNED_OUT)
def submit() -> Response:
    """Have a letter written, if there is anybody to write to."""
    form = AskForm()
    if not form.validate():
        return page("forgotten_password.html", 400, form=form)
    office = the_office()
    recovery.request_link(
        office.tools, form.user_name.data, visit=visitor.visit(), now=office.clock()
    )
    return redirect(url_for("recovery.asked"), 303)


@pages.get("/wachtwoord-vergeten/verzonden")
@visitor.page_for(visitor.SIGNED_OUT)
def asked() -> Response:
    """The same for everybody, known or not."""
    return page("link_asked_for.html")


@pages.get("/herstel/<token>")
@visitor.page_for(*visitor.EVERYBODY)
def open_link(token: str) -> Response:
    """Take the token out of the address; nothing is used up by looking."""
    if not _TOKEN.fullmatch(token):
        return page("bad_link.html", _BAD_LINK)
    response = redirect(url_for("recovery.form"), 303)
    cookies.LINK.set(response, token)
    return response


@pages.get("/herstel")
@visitor.page_for(*visitor.EVERYBODY)
def form() -> Response:
    """The form for a new password, for whoever holds a link that works."""
    return _asking(NewPasswordForm())


@pages.post("/herstel")
@visitor.page_for(*visitor.EVERYBODY)
def use_link() -> Response:
    """Take the new password; the link is used up by it, and nobody is signed in."""
    token, asked = cookies.LINK.read(), NewPasswordForm()
    if token is None:
        return page("no_link.html", _BAD_LINK)
    if not asked.validate():
        return _asking(asked, 400)
    office = the_office()
    outcome = recovery.use_link(
        office.tools,
        token.reveal(),
        asked.new_password,
        visit=visitor.visit(),
        now=office.clock(),
    )
    if outcome.kind is UseKind.BAD_PASSWORD:
        weakness = refusals.of_new_password(asked, outcome.judgement)
        return _asking(asked, 400, weakness=weakness)
    if outcome.kind is UseKind.BAD_LINK:
        return _no_link()
    return _done()


def _asking(asked: NewPasswordForm, status: int = 200, **values: object) -> Response:
    token, office = cookies.LINK.read(), the_office()
    if token is None:
        return page("no_link.html", _BAD_LINK)
    view = recovery.open_link(office.tools, token.reveal(), now=office.clock())
    if view is None:
        return _no_link()
    return page("recovery.html", status, form=asked, view=view, **values)


def _no_link() -> Response:
    response = page("bad_link.html", _BAD_LINK)
    cookies.LINK.delete(response)
    return response


def _done() -> Response:
    """To the first page, signed out: whoever was signed in here may be another."""
    token: Secret | None = cookies.SESSION.read()
    if token is not None:
        with the_office().tools.transaction() as session:
            sessions.end(session, token)
    response = visitor.leave(redirect(url_for("sign_in.show"), 303))
    flash(notices.PASSWORD_RECOVERED)
    return response
