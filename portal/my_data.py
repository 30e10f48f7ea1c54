"""*Mijn gegevens*: what the record card says, and the last sign-ins."""

from typing import Final

from flask import Blueprint
from werkzeug.wrappers import Response

from domain.sign_in import own_data
from domain.sign_in.model import Stage
from portal import visitor
from portal.answers import page
from portal.office import the_office

pages: Final = Blueprint("my_data", __name__)


@pages.get("/mijn-gegevens")
@visitor.page_for(Stage.IN)
def show() -> Response:
    """What is known of the employee who is signed in."""
    with the_office().database.reading() as session:
        own = own_data.read(session, visitor.required().login_id)
    return page("my_data.html", own=own)
