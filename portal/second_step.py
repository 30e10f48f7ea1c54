"""The second step: a code by e-mail, from an app, or from a piece of paper."""

from typing import Final

from flask import Blueprint, flash, redirect, url_for
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from domain.logins.model import SecondFactor
from domain.sign_in.mail_codes import SendKind
from domain.sign_in.model import Stage
from domain.sign_in.second_step import (
    CodeDue,
    CodeKind,
    CodeOutcome,
    check_code,
    code_due,
    send_code,
)
from domain.sign_in.sessions import NewSession
from portal import notices, refusals, visitor
from portal.answers import page
from portal.arriving import arrive
from portal.forms import code_field
from portal.office import the_office

pages: Final = Blueprint("second_step", __name__)


class CodeForm(FlaskForm):
    """A code of any kind; its form tells which."""

    code = code_field(lazy_gettext("Code"))


@pages.get("/code")
@visitor.page_for(Stage.CODE_DUE)
def show() -> Response:
    """Where the code is to be found, and the field for it."""
    return _asking(CodeForm())


@pages.post("/code")
@visitor.page_for(Stage.CODE_DUE)
def submit() -> Response:
    """Try the code."""
    form = CodeForm()
    if not form.validate():
        return _asking(form, 400)
    office = the_office()
    outcome = check_code(
        office.tools,
        visitor.required(),
        form.code.data,
        visit=visitor.visit(),
        now=office.clock(),
    )
    if outcome.session is not None:
        if outcome.recovery_codes_left is not None:
            flash(notices.RECOVERY_CODE_USED)
        return _arrived(outcome.session)
    if outcome.kind is CodeKind.SPENT:
        return _anew()
    return _refused(form, outcome)


def _arrived(new: NewSession) -> Response:
    """To the page of the session; who proved anew goes on with changing something."""
    if not visitor.required().has_been_in:
        return arrive(new)
    return visitor.enter(redirect(url_for("security.show"), 303), new)


def _refused(form: CodeForm, outcome: CodeOutcome) -> Response:
    refusal = refusals.of_code(outcome)
    return refusal.on(_asking(form, refusal.status, refusal=refusal))


def _anew() -> Response:
    """Back to the password: this sign-in has no tries or no time left."""
    flash(notices.SIGN_IN_ANEW)
    return visitor.leave(redirect(url_for("sign_in.show"), 303))


@pages.post("/code/opnieuw")
@visitor.page_for(Stage.CODE_DUE)
def send_again() -> Response:
    """Another code by e-mail, in place of the one before."""
    office = the_office()
    outcome = send_code(office.tools, visitor.required(), now=office.clock())
    if outcome is None:
        return _anew()
    if outcome.kind is SendKind.SENT:
        flash(notices.CODE_SENT)
        return redirect(url_for("second_step.show"), 303)
    due = _due()
    refusal = refusals.of_sending(outcome, is_sent=due is not None and due.is_sent)
    return refusal.on(_asking(CodeForm(), refusal.status, refusal=refusal))


def _asking(form: CodeForm, status: int = 200, **values: object) -> Response:
    due = _due()
    if due is None:
        return _anew()
    by_app = due.factor is SecondFactor.APP
    return page("second_step.html", status, form=form, due=due, by_app=by_app, **values)


def _due() -> CodeDue | None:
    office = the_office()
    with office.database.reading() as session:
        return code_due(session, visitor.required(), now=office.clock())
