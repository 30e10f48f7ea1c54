"""Who asks: the session of this request, and the one gate before every page."""

import contextlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final, TypeVar

import flask
from flask import Flask, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from domain.errors import DatabaseBusyError
from domain.sign_in import sessions
from domain.sign_in.gate import Visit
from domain.sign_in.model import Stage
from domain.sign_in.sessions import NewSession, OpenSession
from portal import cookies
from portal.office import the_office

View = TypeVar("View", bound=Callable[..., Any])

SIGNED_OUT: Final = None
EVERYBODY: Final = (SIGNED_OUT, *Stage)
_PAGE_OF: Final[dict[Stage | None, str]] = {
    SIGNED_OUT: "sign_in.show",
    Stage.CODE_DUE: "second_step.show",
    Stage.CHANGE_DUE: "own_password.choose",
    Stage.IN: "my_data.show",
}
_MARK: Final = "open_to_stages"
_SEEN_EVERY: Final = timedelta(minutes=1)
_PATIENCE: Final = timedelta(milliseconds=500)


class UnmarkedViewError(Exception):
    """A view that does not say for which stages it is; the app does not start."""


def page_for(*stages: Stage | None) -> Callable[[View], View]:
    """Open a view to these stages; to all others it stays closed."""

    def mark(view: View) -> View:
        setattr(view, _MARK, frozenset(stages))
        return view

    return mark


def install(app: Flask) -> None:
    """Put the gate before every view of the app.

    Raises UnmarkedViewError when a view does not name its stages.
    """
    unmarked = [name for name, view in app.view_functions.items() if not _stages(view)]
    if unmarked:
        raise UnmarkedViewError(*unmarked)
    app.before_request(_keep_to_stage)


def _stages(view: object) -> frozenset[Stage | None]:
    return getattr(view, _MARK, frozenset())


def _keep_to_stage() -> Response | None:
    if request.endpoint is None:
        return None
    stage = present_stage()
    if stage in _stages(current_app.view_functions[request.endpoint]):
        return None
    return to_own_page(stage)


def to_own_page(stage: Stage | None) -> Response:
    """On to the page of a stage."""
    return redirect(url_for(_PAGE_OF[stage]), 303)


def present() -> OpenSession | None:
    """The session of this request, looked up once."""
    if "open_session" not in g:
        # A page that says that the database is away must not ask it again.
        g.open_session = None
        g.open_session = _look_up()
    found: OpenSession | None = g.open_session
    return found


def present_stage() -> Stage | None:
    """How far the visitor has come; None is signed out."""
    found = present()
    return found.stage if found else SIGNED_OUT


def required() -> OpenSession:
    """The session, on a page that the gate opens only to those who have one."""
    found = present()
    if found is None:
        raise LookupError("the gate let somebody in without a session")
    return found


def _look_up() -> OpenSession | None:
    token = cookies.SESSION.read()
    if token is None:
        return None
    office, now = the_office(), the_office().clock()
    with office.database.reading() as session:
        found = sessions.find(session, token, now=now)
    if found is not None and now - found.last_seen_at >= _SEEN_EVERY:
        # Whoever only looks does not wait for somebody who writes a lot.
        with (
            contextlib.suppress(DatabaseBusyError),
            office.database.transaction(_PATIENCE) as session,
        ):
            sessions.touch(session, found, now=now)
    return found


def has_lost_session() -> bool:
    """Whether the browser holds the cookie of a session that ended."""
    return cookies.SESSION.is_there() and present() is None


def visit() -> Visit:
    """Where the request comes from, and whether its browser signed in before."""
    return Visit(address=request.remote_addr or "", device=cookies.BROWSER.read())


def enter(response: Response, new: NewSession) -> Response:
    """Give the browser its new session; whatever it had before is gone."""
    cookies.SESSION.set(response, new.token.reveal())
    if new.device is not None:
        cookies.BROWSER.set(response, new.device.reveal())
    _forget_forms(response)
    return response


def leave(response: Response) -> Response:
    """Take the session's cookie back; the browser stays known."""
    cookies.SESSION.delete(response)
    _forget_forms(response)
    return response


def _forget_forms(response: Response) -> None:
    """Forms of before the step are of another session; so is a link that is open.

    On the restaurant's computer the next one may be somebody else.
    """
    flask.session.pop("csrf_token", None)
    cookies.LINK.delete(response)
