"""Who it is once more, before somebody changes how they sign in."""

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec

from flask import Blueprint, redirect, request, url_for
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from domain.secret import Secret
from domain.sign_in.model import Stage
from domain.sign_in.own_factor import PROOF_LIFE
from domain.sign_in.reauthentication import reauthenticate
from portal import refusals, visitor
from portal.answers import page
from portal.arriving import arrive
from portal.forms import password_field
from portal.office import the_office

pages: Final = Blueprint("reauthentication", __name__)


Arguments = ParamSpec("Arguments")
# Where to go afterwards, by the word in the address: these pages and no others.
_WANTED: Final = {
    "app": "authenticator_app.explain",
    "herstelcodes": "authenticator_app.explain_codes",
    "code-per-mail": "security.mail",
    "tweede-stap-uit": "security.without",
}


def proven_anew(
    word: str,
) -> Callable[[Callable[Arguments, Response]], Callable[Arguments, Response]]:
    """Open a page to those who proved within five minutes who they are.

    The others do so first, and come back by `word`; after a code they come back to
    the page Security. The services check it again.
    """

    def guard(view: Callable[Arguments, Response]) -> Callable[Arguments, Response]:
        @wraps(view)
        def guarded(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Response:
            given_at = visitor.required().authenticated_at
            if the_office().clock() > given_at + PROOF_LIFE:
                return redirect(url_for("reauthentication.show", naar=word), 303)
            return view(*args, **kwargs)

        return guarded

    return guard


class PasswordForm(FlaskForm):
    """The password that is used now."""

    password = password_field(lazy_gettext("Current password"))


@pages.get("/bevestigen")
@visitor.page_for(Stage.IN)
def show() -> Response:
    """Why the password is asked again, and the field for it."""
    return _asking(PasswordForm())


@pages.post("/bevestigen")
@visitor.page_for(Stage.IN)
def submit() -> Response:
    """Go on to what was wanted once the password is right, or to the code."""
    form = PasswordForm()
    if not form.validate():
        return _asking(form, 400)
    office = the_office()
    outcome = reauthenticate(
        office.tools,
        visitor.required(),
        Secret(form.password.data),
        visit=visitor.visit(),
        now=office.clock(),
    )
    if outcome.session is None:
        refusal = refusals.of_current_password(outcome)
        return refusal.on(_asking(form, refusal.status, refusal=refusal))
    if outcome.session.stage is not Stage.IN:
        return arrive(outcome.session)
    wanted = _WANTED.get(request.args.get("naar", ""), "security.show")
    return visitor.enter(redirect(url_for(wanted), 303), outcome.session)


def _asking(form: PasswordForm, status: int = 200, **values: object) -> Response:
    word = request.args.get("naar", "")
    naar = word if word in _WANTED else None
    return page("reauthentication.html", status, form=form, naar=naar, **values)
