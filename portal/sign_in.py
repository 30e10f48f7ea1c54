"""Signing in with user name and password, and signing out."""

from typing import Final

from flask import Blueprint, redirect, url_for
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from domain.secret import Secret
from domain.sign_in import sessions
from domain.sign_in.sign_in import OutcomeKind, sign_in
from portal import cookies, refusals, visitor
from portal.answers import page
from portal.arriving import arrive
from portal.forms import password_field, user_name_field
from portal.office import the_office

pages: Final = Blueprint("sign_in", __name__)


class SignInForm(FlaskForm):
    """Who, and the password that goes with it."""

    user_name = user_name_field()
    password = password_field(lazy_gettext("Password"))


@pages.get("/")
@visitor.page_for(visitor.SIGNED_OUT)
def show() -> Response:
    """The first page."""
    was_signed_in = visitor.has_lost_session()
    response = page("sign_in.html", form=SignInForm(), was_signed_in=was_signed_in)
    if was_signed_in:
        cookies.SESSION.delete(response)
    return response


@pages.post("/")
@visitor.page_for(visitor.SIGNED_OUT)
def submit() -> Response:
    """Try the password; what is refused says the same for every reason."""
    form = SignInForm()
    if not form.validate():
        return page("sign_in.html", 400, form=form)
    office = the_office()
    outcome = sign_in(
        office.tools,
        form.user_name.data,
        Secret(form.password.data),
        visit=visitor.visit(),
        now=office.clock(),
    )
    if outcome.kind is OutcomeKind.GO_ON and outcome.session is not None:
        return arrive(outcome.session)
    refusal = refusals.of_password(outcome)
    return refusal.on(page("sign_in.html", refusal.status, form=form, refusal=refusal))


@pages.post("/uitloggen")
@visitor.page_for(*visitor.EVERYBODY)
def sign_out() -> Response:
    """End this session; other browsers stay signed in."""
    token = cookies.SESSION.read()
    if token is not None:
        with the_office().tools.transaction() as session:
            sessions.end(session, token)
    return visitor.leave(redirect(url_for("sign_in.show"), 303))
