"""What every answer tells the browser about what it may do with it."""

from typing import Final

from flask import Flask
from werkzeug.wrappers import Response

from portal.office import PortalOffice

# One stylesheet, pictures and forms of our own; nothing inline, nothing framed.
CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_NOT_NEEDED: Final = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "usb",
)
ALWAYS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _NOT_NEEDED),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
STRICT_TRANSPORT_SECURITY: Final = "max-age=31536000"
NEVER_STORED: Final = "no-store"


def install(app: Flask, office: PortalOffice) -> None:
    """Put the headers on every answer, errors included."""

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in ALWAYS.items():
            response.headers[name] = value
        if office.is_https:
            response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT_SECURITY
        # Only static files say something else of themselves.
        response.headers.setdefault("Cache-Control", NEVER_STORED)
        return response
