"""Which mail server takes our letters, and in whose name they go out."""

import socket
import ssl
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final
from urllib.parse import unquote, urlsplit

from email_validator import EmailNotValidError, validate_email

from domain.secret import Secret

_LONGEST_NAME: Final = 100
_THIS_MACHINE: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class Security(StrEnum):
    """How the connection is encrypted; the value is the URL's scheme."""

    NONE = "smtp"
    IMPLICIT = "smtps"
    STARTTLS = "smtp+starttls"


# RFC 6409 (submission), RFC 8314 (implicit TLS).
_PORTS: Final = {Security.NONE: 25, Security.IMPLICIT: 465, Security.STARTTLS: 587}


class MailSettingProblem(StrEnum):
    """Why an address of a mail server, or of a sender, can't be used."""

    UNREADABLE = "unreadable"
    PASSWORD_IN_CLEAR = "password_in_clear"  # noqa: S105 (the name of a problem)
    NO_ADDRESS = "no_address"


class MailSettingError(ValueError):
    """A setting about mail that can't be used; `problem` says why."""

    def __init__(self, problem: MailSettingProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed in; `login` is a user name and its password."""

    host: str
    port: int
    security: Security
    login: tuple[str, Secret] | None = None

    @classmethod
    def from_url(cls, text: str) -> "MailServer":
        """From `smtp://`, `smtps://` or `smtp+starttls://` user:password@host:port.

        Raises MailSettingError; a password goes unencrypted to this machine only.
        """
        try:
            parts = urlsplit(text.strip())
            security = Security(parts.scheme)
            port = _PORTS[security] if parts.port is None else parts.port
        except ValueError as error:
            raise MailSettingError(MailSettingProblem.UNREADABLE) from error
        host = parts.hostname
        is_bare = parts.path in ("", "/") and not parts.query and not parts.fragment
        if not host or not port or not is_bare or not host.isprintable():
            raise MailSettingError(MailSettingProblem.UNREADABLE)
        login = _login(parts.username, parts.password)
        if login and security is Security.NONE and host not in _THIS_MACHINE:
            raise MailSettingError(MailSettingProblem.PASSWORD_IN_CLEAR)
        return cls(host, port, security, login)

    @property
    def is_on_this_machine(self) -> bool:
        """Whether what is said to it stays on this machine."""
        return self.host in _THIS_MACHINE


def _login(name: str | None, password: str | None) -> tuple[str, Secret] | None:
    if name is None and password is None:
        return None
    login = unquote(name or ""), unquote(password or "")
    # smtplib can say nothing else in AUTH.
    is_sayable = all(part.isascii() and part.isprintable() for part in login)
    if not all(login) or not is_sayable:
        raise MailSettingError(MailSettingProblem.UNREADABLE)
    return login[0], Secret(login[1])


@dataclass(frozen=True)
class Sender:
    """In whose name letters go out: an address that somebody reads."""

    name: str
    address: str

    @classmethod
    def from_text(cls, text: str) -> "Sender":
        """From `hr@company.nl` or `Company HR <hr@company.nl>`.

        Raises MailSettingError.
        """
        name, _, rest = text.strip().rpartition("<")
        name = name.strip().strip('"').strip()
        try:
            address = deliverable(rest.removesuffix(">").strip())
        except UndeliverableAddressError as error:
            raise MailSettingError(MailSettingProblem.NO_ADDRESS) from error
        is_plain = name.isprintable() and not set(name) & set('<>"@')
        if not address.isascii() or not is_plain or len(name) > _LONGEST_NAME:
            raise MailSettingError(MailSettingProblem.NO_ADDRESS)
        return cls(name, address)

    @property
    def domain(self) -> str:
        """What stands after the @."""
        return self.address.rpartition("@")[2]


class UndeliverableAddressError(ValueError):
    """Not exactly one address that a letter could go to."""


def deliverable(address: str) -> str:
    """The one address as mail servers know it: an international domain in ASCII.

    The part before the @ stays as it is, in whatever script (RFC 6531). Raises
    UndeliverableAddressError for lists, groups, comments and all else.
    """
    try:
        found = validate_email(address, check_deliverability=False, strict=True)
    except EmailNotValidError as error:
        raise UndeliverableAddressError from error
    return f"{found.local_part}@{found.ascii_domain}"


@cache
def name_of_this_machine() -> str:
    """For EHLO; asked once, because the answer may have to come from DNS."""
    name = socket.getfqdn()
    return name if "." in name and name.isascii() else "[127.0.0.1]"


@cache
def verifying_context() -> ssl.SSLContext:
    """TLS that checks name and certificate; made once, it takes about 50 ms."""
    return ssl.create_default_context()
