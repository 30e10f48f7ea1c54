"""Every refusal in words, and the page on which it is said."""

import secrets
import traceback
from datetime import timedelta
from types import TracebackType
from typing import Final

import structlog
from flask import Flask, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import (
    BadRequest,
    Forbidden,
    HTTPException,
    MethodNotAllowed,
    NotFound,
    RequestEntityTooLarge,
    SecurityError,
)
from werkzeug.wrappers import Response

from domain.errors import DatabaseBusyError, DomainError, HashingBusyError
from portal.locale import msgid, rounded_up, waiting_time

SERVICE_UNAVAILABLE: Final = 503
_BUSY_FOR: Final = timedelta(seconds=5)

# By the code of a DomainError.
WORDING: Final[dict[str, str]] = {
    "hashing_busy": msgid("It is very busy just now."),
    "database_busy": msgid("It is very busy just now."),
}
_HEADINGS: Final[dict[type[HTTPException], tuple[str, str]]] = {
    BadRequest: (
        msgid("That did not work"),
        msgid("Your browser sent something that this page cannot read."),
    ),
    CSRFError: (
        msgid("This page has expired"),
        msgid(
            "For your safety a form works for a limited time, and only when your "
            "browser keeps cookies. Go back to the start and try again."
        ),
    ),
    Forbidden: (
        msgid("That is not possible from here"),
        msgid("Your request came from another website. Start on our own page."),
    ),
    NotFound: (
        msgid("This page does not exist"),
        msgid("Perhaps the address was typed or copied incompletely."),
    ),
    MethodNotAllowed: (
        msgid("This page cannot be opened this way"),
        msgid("Go back to the start and try again."),
    ),
    RequestEntityTooLarge: (
        msgid("That was too much text"),
        msgid("Your browser sent more than this page can read."),
    ),
}
# Where somebody goes on who is not refused but has to do something else first.
LEADS_TO: Final[dict[str, str]] = {
    "reauthentication_due": "reauthentication.show",
    "session_gone": "sign_in.show",
}
_EXPIRED_FORM: Final = 403
_log = structlog.get_logger(__name__)


def install(app: Flask) -> None:
    """Let every error end on a page of ours."""
    app.register_error_handler(SecurityError, _say_wrong_host)
    app.register_error_handler(CSRFError, _say_expired_form)
    app.register_error_handler(HTTPException, _say_status)
    app.register_error_handler(DomainError, _say_refusal)
    app.register_error_handler(Exception, _say_unexpected)


def _say_wrong_host(error: SecurityError) -> Response:
    # Without a host that is ours no address can be built, so no page either.
    return Response("400 Bad Request\n", error.code, mimetype="text/plain")


def _say_expired_form(_error: CSRFError) -> Response:
    return _page(_EXPIRED_FORM, *_HEADINGS[CSRFError])


def _say_status(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return error.get_response()
    heading, text = _HEADINGS.get(type(error), _HEADINGS[BadRequest])
    response = _page(error.code, heading, text)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _say_refusal(error: DomainError) -> Response:
    if error.code in LEADS_TO:
        return redirect(url_for(LEADS_TO[error.code]), 303)
    if isinstance(error, HashingBusyError | DatabaseBusyError):
        return _busy(error)
    return _say_unexpected(error)


def _busy(error: DomainError) -> Response:
    given = error.fields.get("retry_after")
    wait = timedelta(seconds=given) if isinstance(given, int | float) else _BUSY_FOR
    response = _page(
        SERVICE_UNAVAILABLE,
        msgid("One moment please"),
        WORDING[error.code],
        gettext("Please try again in %(time)s.", time=waiting_time(wait)),
    )
    return say_when(response, wait)


def say_when(response: Response, wait: timedelta) -> Response:
    """Tell programs too when it is worth trying again."""
    response.headers["Retry-After"] = str(int(rounded_up(wait).total_seconds()))
    return response


def _say_unexpected(error: Exception) -> Response:
    reference = secrets.token_hex(4).upper()
    _log.error(
        "portal.unexpected",
        reference=reference,
        place=request.endpoint,
        error=_chain(error),
        frames=_frames(error.__traceback__),
    )
    return _page(
        500,
        msgid("Something went wrong"),
        msgid("It is not your fault. Try again in a moment."),
        gettext(
            "If it stays so, give this number to the administrator of your branch: "
            "%(reference)s",
            reference=reference,
        ),
    )


def _page(status: int, heading: str, *texts: str) -> Response:
    words = [gettext(text) for text in texts]
    page = render_template(
        "failure.html",
        heading=gettext(heading),
        texts=words,
        # Who mistyped an address is well; elsewhere there may be nothing to ask.
        has_switch=status == NotFound.code,
    )
    return Response(page, status, mimetype="text/html")


def _chain(error: BaseException | None) -> list[str]:
    names: list[str] = []
    while error is not None and len(names) < 5:
        names.append(type(error).__name__)
        error = error.__cause__ or error.__context__
    return names


def _frames(trace: TracebackType | None) -> list[str]:
    return [
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]
