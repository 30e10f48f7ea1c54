"""Choosing a password: at the first sign-in, and whenever somebody wants another."""

from typing import Final

from flask import Blueprint, flash, redirect, url_for
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from domain.secret import Secret
from domain.sign_in import own_data, own_password
from domain.sign_in.model import Stage
from domain.sign_in.own_password import ChangeKind, ChangeOutcome
from portal import notices, refusals, visitor
from portal.answers import page
from portal.arriving import arrive
from portal.forms import NewPasswordForm, password_field
from portal.office import the_office

pages: Final = Blueprint("own_password", __name__)


class ChangeForm(NewPasswordForm):
    """The password that is used now, and the one in its place."""

    current = password_field(lazy_gettext("Current password"))


@pages.get("/wachtwoord-kiezen")
@visitor.page_for(Stage.CHANGE_DUE)
def choose() -> Response:
    """The only page that an initial password opens."""
    return _choosing(NewPasswordForm())


@pages.post("/wachtwoord-kiezen")
@visitor.page_for(Stage.CHANGE_DUE)
def submit_choice() -> Response:
    """Take the employee's own password in place of the initial one."""
    form = NewPasswordForm()
    if not form.validate():
        return _choosing(form, 400)
    office = the_office()
    outcome = own_password.choose_password(
        office.tools,
        visitor.required(),
        form.new_password,
        visit=visitor.visit(),
        now=office.clock(),
    )
    if outcome.session is None:
        weakness = refusals.of_new_password(form, outcome.judgement)
        return _choosing(form, 400, weakness=weakness)
    flash(notices.PASSWORD_CHOSEN)
    return arrive(outcome.session)


@pages.get("/beveiliging/wachtwoord")
@visitor.page_for(Stage.IN)
def change() -> Response:
    """The form for another password."""
    return _changing(ChangeForm())


@pages.post("/beveiliging/wachtwoord")
@visitor.page_for(Stage.IN)
def submit_change() -> Response:
    """Take another password; every other browser is signed out by it."""
    form = ChangeForm()
    if not form.validate():
        return _changing(form, 400)
    office = the_office()
    outcome = own_password.change_password(
        office.tools,
        visitor.required(),
        Secret(form.current.data),
        form.new_password,
        visit=visitor.visit(),
        now=office.clock(),
    )
    if outcome.session is None:
        return _not_changed(form, outcome)
    flash(notices.PASSWORD_CHANGED)
    return visitor.enter(redirect(url_for("security.show"), 303), outcome.session)


def _not_changed(form: ChangeForm, outcome: ChangeOutcome) -> Response:
    if outcome.kind is ChangeKind.BAD_PASSWORD:
        weakness = refusals.of_new_password(form, outcome.judgement)
        return _changing(form, 400, weakness=weakness)
    if outcome.kind is ChangeKind.PAUSED:
        refusal = refusals.paused(outcome.retry_after)
        return refusal.on(_changing(form, refusal.status, refusal=refusal))
    form.current.errors = [refusals.not_current_password()]
    return _changing(form, 403)


def _choosing(form: NewPasswordForm, status: int = 200, **values: object) -> Response:
    return _with_user_name("choose_password.html", status, form=form, **values)


def _changing(form: ChangeForm, status: int = 200, **values: object) -> Response:
    return _with_user_name("change_password.html", status, form=form, **values)


def _with_user_name(template: str, status: int, **values: object) -> Response:
    """Password managers keep the new password under the user name on the page."""
    with the_office().database.reading() as session:
        login = own_data.read(session, visitor.required().login_id).login
    return page(template, status, user_name=login.user_name, **values)
