"""*Beveiliging*: the second step by own choice, and signing out everywhere."""

from typing import Final

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from domain.logins.model import SecondFactor
from domain.sign_in import factors, own_data, recovery_codes
from domain.sign_in.factors import FactorChange, SecondFactorRequiredError
from domain.sign_in.model import Stage
from domain.sign_in.second_step import required_factor
from domain.sign_in.signing_out import sign_out_elsewhere
from portal import notices, visitor
from portal.answers import page
from portal.office import the_office
from portal.reauthentication import proven_anew

pages: Final = Blueprint("security", __name__)


@pages.get("/beveiliging")
@visitor.page_for(Stage.IN)
def show() -> Response:
    """How this employee signs in, and what can be changed about it."""
    with the_office().database.reading() as session:
        own = own_data.read(session, visitor.required().login_id)
        codes_left = recovery_codes.left(session, own.login.id)
    return page(
        "security.html",
        own=own,
        factor=required_factor(own.login, own.branch),
        codes_left=codes_left,
    )


@pages.get("/beveiliging/code-per-mail")
@visitor.page_for(Stage.IN)
@proven_anew("code-per-mail")
def mail() -> Response:
    """What a code by e-mail means, and the button for it."""
    with the_office().database.reading() as session:
        login = own_data.read(session, visitor.required().login_id).login
    return page("mail_codes.html", has_app=login.second_factor is SecondFactor.APP)


@pages.post("/beveiliging/code-per-mail")
@visitor.page_for(Stage.IN)
def turn_on_mail() -> Response:
    """A code by e-mail from now on."""
    office = the_office()
    change = factors.turn_on_mail(office.tools, visitor.required(), now=office.clock())
    return _changed(change, notices.MAIL_ON)


@pages.get("/beveiliging/tweede-stap-uit")
@visitor.page_for(Stage.IN)
@proven_anew("tweede-stap-uit")
def without() -> Response:
    """What it means to have no second step, and the button for it."""
    return page("no_second_step.html")


@pages.post("/beveiliging/tweede-stap-uit")
@visitor.page_for(Stage.IN)
def turn_off() -> Response:
    """No second step by own choice; the branch may ask for one all the same."""
    office = the_office()
    try:
        change = factors.turn_off(office.tools, visitor.required(), now=office.clock())
    except SecondFactorRequiredError:
        flash(notices.FACTOR_REQUIRED)
        return redirect(url_for("security.show"), 303)
    by_mail = change.factor is not SecondFactor.NONE
    return _changed(change, notices.FACTOR_KEPT if by_mail else notices.FACTOR_OFF)


def _changed(change: FactorChange, notice: str) -> Response:
    flash(notice)
    response = redirect(url_for("security.show"), 303)
    return visitor.enter(response, change.session) if change.session else response


@pages.get("/beveiliging/overal-uitloggen")
@visitor.page_for(Stage.IN)
def sign_out_everywhere() -> Response:
    """The question whether that is meant."""
    return page("sign_out_everywhere.html")


@pages.post("/beveiliging/overal-uitloggen")
@visitor.page_for(Stage.IN)
def submit_sign_out_everywhere() -> Response:
    """End the sessions in every other browser."""
    office = the_office()
    with office.tools.transaction() as session:
        sign_out_elsewhere(
            session,
            visitor.required(),
            visit=visitor.visit(),
            keyring=office.keyring,
            now=office.clock(),
        )
    flash(notices.SIGNED_OUT_ELSEWHERE)
    return redirect(url_for("security.show"), 303)
