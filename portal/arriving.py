"""A step further: the new session, and the page that it opens."""

from werkzeug.wrappers import Response

from domain.logins.language import choose_language
from domain.sign_in import sessions
from domain.sign_in.model import Stage
from domain.sign_in.sessions import NewSession
from portal import language, visitor
from portal.office import the_office


def arrive(new: NewSession) -> Response:
    """Give the browser its new session, and send it to the page of that."""
    if new.stage is Stage.IN:
        _keep_language(new)
    return visitor.enter(visitor.to_own_page(new.stage), new)


def _keep_language(new: NewSession) -> None:
    """What the pages were read in, unless there is a choice yet; letters follow it."""
    chosen = language.of_browser() or language.asked_for()
    if chosen is None:
        return
    office = the_office()
    with office.tools.transaction() as session:
        found = sessions.find(session, new.token, now=office.clock())
        if found is not None and found.language is None:
            choose_language(session, found.login_id, chosen)
