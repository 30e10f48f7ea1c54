"""The cookies: their names, how long they live, and what guards them."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from flask import request
from werkzeug.wrappers import Response

from domain.secret import Secret
from domain.sign_in.devices import KEPT_FOR
from portal.office import the_office

# What our tokens are made of; anything else was never ours.
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{20,128}")
FORM: Final = "sleutelbos_form"
RECOVERY_PATH: Final = "/herstel"
DISPUTE_PATH: Final = "/klopt-niet"


@dataclass(frozen=True)
class Cookie:
    """One cookie; without `life` it goes when the browser closes."""

    plain_name: str
    path: str = "/"
    life: timedelta | None = None

    @property
    def name(self) -> str:
        """On https with the prefix that keeps other hosts from setting it."""
        return prefixed(self.plain_name, self.path, is_https=the_office().is_https)

    def read(self) -> Secret | None:
        """The token in it, if it has the form of one."""
        value = request.cookies.get(self.name, "")
        return Secret(value) if _TOKEN.fullmatch(value) else None

    def is_there(self) -> bool:
        """Whether the browser sent it, whatever is in it."""
        return self.name in request.cookies

    def set(self, response: Response, value: str) -> None:
        """Give it to the browser."""
        response.set_cookie(
            self.name,
            value,
            max_age=self.life,
            path=self.path,
            secure=the_office().is_https,
            httponly=True,
            samesite="Lax",
        )

    def delete(self, response: Response) -> None:
        """Take it back."""
        response.delete_cookie(
            self.name,
            path=self.path,
            secure=the_office().is_https,
            httponly=True,
            samesite="Lax",
        )


SESSION: Final = Cookie("sleutelbos_session")
BROWSER: Final = Cookie("sleutelbos_browser", life=KEPT_FOR)
LANGUAGE: Final = Cookie("sleutelbos_language", life=timedelta(days=400))
LINK: Final = Cookie("sleutelbos_link", path=RECOVERY_PATH, life=timedelta(minutes=30))
DISPUTE: Final = Cookie(
    "sleutelbos_dispute", path=DISPUTE_PATH, life=timedelta(minutes=30)
)


def prefixed(name: str, path: str, *, is_https: bool) -> str:
    """The name with `__Host-`, or `__Secure-` where a path limits it (RFC 6265bis)."""
    if not is_https:
        return name
    return f"__Host-{name}" if path == "/" else f"__Secure-{name}"
