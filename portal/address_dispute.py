"""*Dit klopt niet*: the link in the letter to an address that was replaced."""

import re
from typing import Final

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from domain.logins import address_notices
from portal import cookies, visitor
from portal.answers import page
from portal.office import the_office

pages: Final = Blueprint("address_dispute", __name__)
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{20,128}")
_BAD_LINK: Final = 400


@pages.get("/klopt-niet/<token>")
@visitor.page_for(*visitor.EVERYBODY)
def open_link(token: str) -> Response:
    """Take the token out of the address; nothing is done by looking."""
    if not _TOKEN.fullmatch(token):
        return page("bad_dispute.html", _BAD_LINK)
    response = redirect(url_for("address_dispute.ask"), 303)
    cookies.DISPUTE.set(response, token)
    return response


@pages.get("/klopt-niet")
@visitor.page_for(*visitor.EVERYBODY)
def ask() -> Response:
    """The question, for whoever holds a link that works."""
    token, office = cookies.DISPUTE.read(), the_office()
    if token is not None:
        with office.tools.transaction() as session:
            if address_notices.is_open(session, token.reveal(), now=office.clock()):
                return page("address_dispute.html")
    return page("bad_dispute.html", _BAD_LINK)


@pages.post("/klopt-niet")
@visitor.page_for(*visitor.EVERYBODY)
def submit() -> Response:
    """Warn the administrators; the address itself stays."""
    token, office = cookies.DISPUTE.read(), the_office()
    if token is not None:
        with office.tools.transaction() as session:
            worked = address_notices.dispute(
                session, token.reveal(), now=office.clock()
            )
        if worked:
            response = page("address_disputed.html")
            cookies.DISPUTE.delete(response)
            return response
    return page("bad_dispute.html", _BAD_LINK)
