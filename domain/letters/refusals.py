"""Why a mail server did not take a letter."""

import socket
import ssl
from enum import StrEnum
from typing import Final

OVERTAKEN: Final = "overtaken"


class LetterError(Exception):
    """A letter did not go out; `code` says why, and names nobody."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class LetterRefusedError(LetterError):
    """It will never be taken; trying again is of no use."""


class LetterOvertakenError(LetterRefusedError):
    """What it says is not true any more: the login was changed since."""

    def __init__(self) -> None:
        super().__init__(OVERTAKEN)


class LetterDeferredError(LetterError):
    """It was not taken now; other letters may be."""


class ServerAwayError(LetterError):
    """No letter can be handed in now."""


class ConnectionLostError(ServerAwayError):
    """The server ended the connection before the letter was on its way."""


class HungUpError(LetterDeferredError):
    """The server ended the connection over this letter."""


class Cause(StrEnum):
    """What a code comes down to, for whoever has to do something about it."""

    ADDRESS_REFUSED = "address_refused"
    ADDRESS_UNUSABLE = "address_unusable"
    ADDRESS_INTERNATIONAL = "address_international"
    LETTER_REFUSED = "letter_refused"
    PUT_OFF = "put_off"
    SENDER_REFUSED = "sender_refused"
    PASSWORD_REFUSED = "password_refused"  # noqa: S105 (the name of a cause)
    NO_PASSWORDS = "no_passwords"
    NO_ENCRYPTION = "no_encryption"
    CERTIFICATE_REFUSED = "certificate_refused"
    NAME_UNKNOWN = "name_unknown"
    UNREACHABLE = "unreachable"
    TOO_SLOW = "too_slow"
    TOO_LATE = "too_late"
    KEY_LOST = "key_lost"
    OTHER = "other"


_CAUSES: Final = {
    "recipient_refused": Cause.ADDRESS_REFUSED,
    "address_unusable": Cause.ADDRESS_UNUSABLE,
    "smtputf8_missing": Cause.ADDRESS_INTERNATIONAL,
    "letter_refused": Cause.LETTER_REFUSED,
    "recipient_deferred": Cause.PUT_OFF,
    "letter_deferred": Cause.PUT_OFF,
    "sender_refused": Cause.SENDER_REFUSED,
    "auth_refused": Cause.PASSWORD_REFUSED,
    "auth_missing": Cause.NO_PASSWORDS,
    "starttls_missing": Cause.NO_ENCRYPTION,
    "starttls_refused": Cause.NO_ENCRYPTION,
    "tls_failed": Cause.NO_ENCRYPTION,
    "certificate_refused": Cause.CERTIFICATE_REFUSED,
    "host_unknown": Cause.NAME_UNKNOWN,
    "connection_refused": Cause.UNREACHABLE,
    "connect_timed_out": Cause.UNREACHABLE,
    "unreachable": Cause.UNREACHABLE,
    "timed_out": Cause.TOO_SLOW,
    "no_answer": Cause.TOO_SLOW,
    "expired": Cause.TOO_LATE,
    "key_lost": Cause.KEY_LOST,
}


def cause_of(code: str) -> Cause:
    """What an error code comes down to; an answer's number does not matter."""
    return _CAUSES.get(code.rstrip("-0123456789").rstrip("_"), Cause.OTHER)


def code_of_connecting(error: OSError) -> str:
    """Why there is no connection."""
    match error:
        case ConnectionRefusedError():
            return "connection_refused"
        case socket.gaierror():
            return "host_unknown"
        case TimeoutError():
            return "connect_timed_out"
        case _:
            return "unreachable"


def code_of_tls(error: OSError) -> str:
    """Why the connection could not be encrypted."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return "certificate_refused"
    return "tls_failed"
