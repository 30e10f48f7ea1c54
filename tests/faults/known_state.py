"""The rule that no kill may break: what somebody can sign in with is always known.

At any instant a login has nothing yet, or its old password, or a new initial
password that stands in a workbook in the channel. Anything else is a bug.
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
