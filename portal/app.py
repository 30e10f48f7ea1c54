"""The pages put together into one WSGI application."""

from typing import Any, Final

from flask import Flask
from flask_wtf import CSRFProtect

from domain.plain_text import clean
from domain.secret import Secret
from portal import (
    address_dispute,
    authenticator_app,
    cookies,
    cross_origin,
    failures,
    headers,
    language,
    locale,
    my_data,
    notices,
    own_password,
    reauthentication,
    recovery,
    second_step,
    security,
    sign_in,
    static_files,
    visitor,
)
from portal.office import EXTENSION, PortalOffice

# The longest form is two passwords of 1,024 bytes, each byte written as %XX.
BODY_BYTES: Final = 16 * 1024
_FORM_PARTS: Final = 20
_NAME_LENGTH: Final = 60
_PAGES: Final = (
    sign_in,
    second_step,
    own_password,
    recovery,
    address_dispute,
    my_data,
    security,
    authenticator_app,
    reauthentication,
    language,
    static_files,
)


def create_app(office: PortalOffice) -> Flask:
    """The portal of this office."""
    app = Flask("portal", static_folder=None)
    app.extensions[EXTENSION] = office
    app.config.from_mapping(_configuration(office))
    headers.install(app, office)
    cross_origin.install(app, office)
    CSRFProtect(app)
    failures.install(app)
    locale.install(app, language.chosen)
    for part in _PAGES:
        app.register_blueprint(part.pages)
    visitor.install(app)
    app.jinja_env.globals["static"] = static_files.address
    app.jinja_env.globals["notices"] = notices.due
    app.jinja_env.filters["instant"] = locale.instant
    app.jinja_env.filters["waiting_time"] = locale.waiting_time
    app.jinja_env.filters["one_line"] = _on_one_line
    app.jinja_env.filters["day"] = locale.day
    app.context_processor(_on_every_page)
    return app


def _on_every_page() -> dict[str, Any]:
    return language.on_every_page() | {"stage": visitor.present_stage()}


def _on_one_line(name: str) -> str:
    """A name that people choose themselves, unable to turn a sentence around."""
    return clean(name)[:_NAME_LENGTH]


def _configuration(office: PortalOffice) -> dict[str, Any]:
    signing = office.keyring.digest(Secret("forms"), purpose="portal.forms")
    return {
        "SECRET_KEY": signing,
        "SESSION_COOKIE_NAME": cookies.prefixed(
            cookies.FORM, "/", is_https=office.is_https
        ),
        "SESSION_COOKIE_SECURE": office.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # Werkzeug can't compare IPv6 addresses; the server before it does.
        "TRUSTED_HOSTS": None if ":" in office.host else [office.host],
        "MAX_CONTENT_LENGTH": BODY_BYTES,
        "MAX_FORM_MEMORY_SIZE": BODY_BYTES,
        "MAX_FORM_PARTS": _FORM_PARTS,
        "PROVIDE_AUTOMATIC_OPTIONS": False,
        # A form may stay open as long as the browser keeps its cookie.
        "WTF_CSRF_TIME_LIMIT": None,
        # Asks for a Referer, which our pages keep browsers from sending.
        "WTF_CSRF_SSL_STRICT": False,
    }
