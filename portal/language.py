"""In which language a page is, and the switch on every page."""

from typing import Final

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from domain.logins.language import choose_language
from domain.sign_in.model import Stage
from portal import cookies, visitor
from portal.locale import LANGUAGES, Language
from portal.office import the_office

pages: Final = Blueprint("language", __name__)
# What the switch may lead back to: pages that a plain GET shows.
KEPT: Final = frozenset(
    {
        "sign_in.show",
        "second_step.show",
        "own_password.choose",
        "own_password.change",
        "recovery.ask",
        "recovery.asked",
        "recovery.form",
        "my_data.show",
        "security.show",
        "security.mail",
        "security.without",
        "authenticator_app.explain",
        "authenticator_app.explain_codes",
        "security.sign_out_everywhere",
        "reauthentication.show",
    }
)
# Where the form that was posted is shown.
_SHOWN_AT: Final = {
    "sign_in.submit": "sign_in.show",
    "second_step.submit": "second_step.show",
    "second_step.send_again": "second_step.show",
    "own_password.submit_choice": "own_password.choose",
    "own_password.submit_change": "own_password.change",
    "recovery.submit": "recovery.ask",
    "recovery.use_link": "recovery.form",
    "reauthentication.submit": "reauthentication.show",
    "authenticator_app.begin": "authenticator_app.explain",
    "authenticator_app.confirm": "authenticator_app.explain",
}


def chosen() -> Language:
    """The language of the present request.

    The employee's own choice; else that of the switch in this browser, what the
    browser asks for, and the company's. The switch comes first where it does not
    change the own choice: while somebody who was in proves anew who it is.
    """
    found = visitor.present()
    own = _known(found.language) if found and found.has_been_in else None
    is_in = found is not None and found.stage is Stage.IN
    first = own if is_in else of_browser()
    return first or own or of_browser() or asked_for() or the_office().language


def of_browser() -> Language | None:
    """What was chosen with the switch in this browser."""
    return _known(request.cookies.get(cookies.LANGUAGE.name))


def asked_for() -> Language | None:
    """What the browser asks for, where it is a language of ours."""
    return _known(request.accept_languages.best_match(list(LANGUAGES)))


def _known(language: str | None) -> Language | None:
    return next((known for known in LANGUAGES if known == language), None)


def on_every_page() -> dict[str, str]:
    """What the switch on a page needs; it comes back to a page that GET shows."""
    language = chosen()
    other = next(known for known in LANGUAGES if known != language)
    here = request.endpoint or ""
    page = _SHOWN_AT.get(here, here)
    return {
        "company": the_office().company,
        "language": language,
        "other_language": other,
        "other_language_name": LANGUAGES[other],
        "kept_page": page if page in KEPT else "",
    }


@pages.post("/taal")
@visitor.page_for(*visitor.EVERYBODY)
def switch() -> Response:
    """Keep the choice, and show the same page again."""
    language = _known(request.form.get("language"))
    if language is None:
        abort(400)
    here = request.form.get("page", "")
    back = url_for(here if here in KEPT else "sign_in.show")
    response = redirect(back, 303)
    cookies.LANGUAGE.set(response, language)
    found = visitor.present()
    if found is not None and found.stage is Stage.IN:
        with the_office().tools.transaction() as session:
            choose_language(session, found.login_id, language)
    return response
