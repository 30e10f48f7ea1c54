"""The rule that no kill may break: what somebody can sign in with is always known.

At any instant a login has nothing yet, or its old password, or a new initial
password that stands in a workbook in the channel, or what a letter brings that waits
or went out. Anything else is a bug.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from domain.logins.model import Login, PasswordKind
from domain.secret import Secret

Opens = Callable[[str, Secret], bool]


class KnownState(StrEnum):
    """What somebody can sign in with."""

    NOTHING_YET = "nothing_yet"
    OLD_PASSWORD = "old_password"
    HANDED_OVER = "handed_over"


class UnknownStateError(AssertionError):
    """Nobody holds the password that this login has."""


@dataclass(frozen=True)
class Credential:
    """What a login signs in with."""

    kind: PasswordKind
    password_hash: str | None
    version: int


def credential_of(login: Login) -> Credential:
    """The login's credential at this moment."""
    return Credential(
        login.password_kind, login.password_hash, login.credential_version
    )


def known_state(
    before: Credential,
    now: Credential,
    posted: Collection[Secret],
    opens: Opens,
) -> KnownState:
    """Which of the permitted states a login is in; raises UnknownStateError.

    `before` is what it had when the run started, `posted` are the passwords that
    workbooks in the channel name for it.
    """
    if now == before:
        if before.kind is PasswordKind.NONE:
            return KnownState.NOTHING_YET
        return KnownState.OLD_PASSWORD
    if now.version != before.version + 1:
        raise UnknownStateError(f"changed {now.version - before.version} times")
    if now.kind is not PasswordKind.INITIAL or now.password_hash is None:
        raise UnknownStateError(f"changed into {now.kind}")
    if not any(opens(now.password_hash, password) for password in posted):
        raise UnknownStateError("a valid password that stands in no posted workbook")
    return KnownState.HANDED_OVER


@dataclass(frozen=True)
class MailedAccess:
    """What a letter brings, one that went out or one that still waits."""

    password: Secret | None
    token: Secret | None
    is_sent: bool


class MailedState(StrEnum):
    """What somebody can sign in with while a mailing is at it."""

    AS_BEFORE = "as_before"
    LETTER_WAITS = "letter_waits"
    LETTER_SENT = "letter_sent"


def mailed_state(
    before: Credential,
    now: Credential,
    letters: Collection[MailedAccess],
    opens: Opens,
    leads_in: Callable[[Secret], bool],
) -> MailedState:
    """Which of the permitted states a mailing left a login in.

    A new password or link is the login's own exactly when a letter brings it, and
    that letter brings nothing else however often it was sent. `leads_in` says whether
    the link with this token works for the login. Raises UnknownStateError.
    """
    if now == before:
        if letters:
            raise UnknownStateError("a letter brings what the login does not have")
        return MailedState.AS_BEFORE
    if now.version != before.version + 1:
        raise UnknownStateError(f"changed {now.version - before.version} times")
    if not letters:
        raise UnknownStateError("changed, and no letter says into what")
    for letter in letters:
        if not _brings(letter, now, opens, leads_in):
            raise UnknownStateError("a letter brings what the login does not have")
    is_sent = any(letter.is_sent for letter in letters)
    return MailedState.LETTER_SENT if is_sent else MailedState.LETTER_WAITS


def _brings(
    letter: MailedAccess,
    now: Credential,
    opens: Opens,
    leads_in: Callable[[Secret], bool],
) -> bool:
    if letter.password is not None:
        return (
            now.kind is PasswordKind.INITIAL
            and now.password_hash is not None
            and opens(now.password_hash, letter.password)
        )
    return (
        now.kind is PasswordKind.NONE
        and now.password_hash is None
        and letter.token is not None
        and leads_in(letter.token)
    )
