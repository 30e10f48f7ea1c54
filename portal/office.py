"""What the pages need of the office, handed in once at the start."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final, cast
from urllib.parse import urlsplit

from flask import current_app

from domain.clock import Clock
from domain.database import Database
from domain.secret import Keyring
from domain.sign_in.tools import SignInTools
from portal.locale import Language

_USUAL: Final = {"http": 80, "https": 443}
EXTENSION: Final = "sleutelbos_office"


@dataclass(frozen=True)
class PortalOffice:
    """The parts behind the pages, and what is the same for the whole company."""

    tools: SignInTools
    database: Database
    clock: Clock
    keyring: Keyring
    company: str
    portal_url: str
    language: Language = "nl"

    @cached_property
    def is_https(self) -> bool:
        """Whether browsers reach the pages over TLS; cookies depend on it."""
        return urlsplit(self.portal_url).scheme == "https"

    @cached_property
    def host(self) -> str:
        """The one name by which the pages may be asked for, without its port."""
        name = urlsplit(self.portal_url).hostname or ""
        return name.encode("idna").decode()

    @cached_property
    def origin(self) -> str:
        """Scheme, host and port of the pages, as browsers write an origin."""
        parts = urlsplit(self.portal_url)
        name = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if parts.port in (None, _USUAL[parts.scheme]) else f":{parts.port}"
        return f"{parts.scheme}://{name}{port}"


def the_office() -> PortalOffice:
    """The office of the app that answers the present request."""
    return cast(PortalOffice, current_app.extensions[EXTENSION])
