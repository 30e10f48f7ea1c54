"""Setting up an authenticator app, and the recovery codes that go with it."""

import re
from typing import Final

import segno
from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from markupsafe import Markup
from werkzeug.wrappers import Response

from domain.secret import Secret
from domain.sign_in import factors
from domain.sign_in.app_enrolment import (
    Enrolled,
    NoAppError,
    NoPendingAppError,
    WrongCodeError,
)
from domain.sign_in.model import Stage
from portal import notices, visitor
from portal.answers import page
from portal.forms import code_field
from portal.office import the_office
from portal.reauthentication import proven_anew

pages: Final = Blueprint("authenticator_app", __name__)
_GROUP: Final = re.compile(r".{1,4}")


class AppCodeForm(FlaskForm):
    """The six digits that the app shows."""

    code = code_field(lazy_gettext("Code from the app"))


@pages.get("/beveiliging/app")
@visitor.page_for(Stage.IN)
@proven_anew("app")
def explain() -> Response:
    """What an authenticator app is, and the button that begins."""
    return page("app_explained.html")


@pages.post("/beveiliging/app")
@visitor.page_for(Stage.IN)
def begin() -> Response:
    """The QR code to scan, and the field for the first code."""
    return _showing_seed(AppCodeForm(formdata=None))


@pages.post("/beveiliging/app/code")
@visitor.page_for(Stage.IN)
def confirm() -> Response:
    """Turn the app on once it shows a right code."""
    form = AppCodeForm()
    if not form.validate():
        return _showing_seed(form, 400)
    office = the_office()
    try:
        enrolled = factors.confirm_app(
            office.tools, visitor.required(), form.code.data, now=office.clock()
        )
    except WrongCodeError:
        form.code.errors = [
            gettext("This is not the code that the app shows now. Type the newest one.")
        ]
        return _showing_seed(form, 400)
    except NoPendingAppError:
        flash(notices.APP_BEGUN_TOO_LONG_AGO)
        return redirect(url_for("authenticator_app.explain"), 303)
    return _showing_codes(enrolled, app_is_new=True)


@pages.get("/beveiliging/herstelcodes")
@visitor.page_for(Stage.IN)
@proven_anew("herstelcodes")
def explain_codes() -> Response:
    """What recovery codes are for, and the button that makes new ones."""
    return page("recovery_codes_explained.html")


@pages.post("/beveiliging/herstelcodes")
@visitor.page_for(Stage.IN)
def new_codes() -> Response:
    """Ten new codes, shown this once."""
    office = the_office()
    try:
        enrolled = factors.new_recovery_codes(
            office.tools, visitor.required(), now=office.clock()
        )
    except NoAppError:
        return redirect(url_for("security.show"), 303)
    return _showing_codes(enrolled)


def _showing_seed(form: AppCodeForm, status: int = 200) -> Response:
    office = the_office()
    enrolment = factors.begin_app(office.tools, visitor.required(), now=office.clock())
    groups = _GROUP.findall(enrolment.seed.reveal())
    return page(
        "app_enrolment.html",
        status,
        form=form,
        qr_code=_qr_code(enrolment.uri),
        groups=groups,
    )


def _showing_codes(enrolled: Enrolled, *, app_is_new: bool = False) -> Response:
    codes = [code.reveal() for code in enrolled.recovery_codes]
    response = page("recovery_codes.html", codes=codes, app_is_new=app_is_new)
    return visitor.enter(response, enrolled.session)


def _qr_code(uri: Secret) -> Markup:
    drawn = segno.make(uri.reveal(), error="m", micro=False).svg_inline(
        omitsize=True, svgclass="qr-code", lineclass=None, dark="#000", light="#fff"
    )
    # segno draws it from the module matrix; no text of anybody is in it.
    return Markup(drawn)  # noqa: S704
