"""The one gate: whether a login may come in, whichever way it comes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.logins.model import Login, LoginState, PasswordKind
from domain.record_cards.employment import is_employed, office_day
from domain.record_cards.model import RecordCard
from domain.secret import Secret


@dataclass(frozen=True)
class Visit:
    """From where somebody comes: the peer's address, and the browser's cookie."""

    address: str
    device: Secret | None = None


class Way(StrEnum):
    """How somebody wants to come in, or to stay in."""

    PASSWORD = "password"  # noqa: S105 (the name of a way)
    CODE = "code"
    LINK = "link"
    SESSION = "session"
    SLACK = "slack"


class Verdict(StrEnum):
    """What the gate says."""

    OPEN = "open"
    LOCKED = "locked"
    INACTIVE = "inactive"
    EXPIRED = "expired"


# Links and Slack lead to a new password, so they are for an expired one too.
_ENDS_IN_A_NEW_PASSWORD: Final = frozenset({Way.LINK, Way.SLACK})


def may_authenticate(
    login: Login, card: RecordCard, way: Way, *, now: datetime
) -> Verdict:
    """Whether this login may come in this way at this instant.

    Every way in asks it, each time. Somebody whose employment ended yesterday is
    out, although the schedule closes the login in the night that follows.
    """
    if login.state is LoginState.LOCKED:
        return Verdict.LOCKED
    if login.state is not LoginState.ACTIVE or _is_to_be_closed(login, card, now):
        return Verdict.INACTIVE
    if way not in _ENDS_IN_A_NEW_PASSWORD and _has_expired(login, now):
        return Verdict.EXPIRED
    return Verdict.OPEN


def _is_to_be_closed(login: Login, card: RecordCard, now: datetime) -> bool:
    """`logins.states.is_to_be_closed`, of one login at hand."""
    has_left = not is_employed(card.end_on, office_day(now))
    return has_left and login.closed_for_end_on != card.end_on


def _has_expired(login: Login, now: datetime) -> bool:
    expires_at = login.initial_password_expires_at
    return (
        login.password_kind is PasswordKind.INITIAL
        and expires_at is not None
        and expires_at <= now
    )
