"""How often somebody may ask for a link to a new password."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from domain.database import wait_for_turn
from domain.secret import Keyring, Secret
from domain.sign_in.model import RecoveryRequest
from domain.sign_in.networks import network_of
from domain.slack_users import SlackIdentity

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(hours=24)
OF_A_LOGIN: Final = ((HOUR, 3), (DAY, 5))
OF_AN_ASKER: Final = ((HOUR, 20),)


def subject_of_login(login_id: int) -> str:
    """Under what the requests for a login are counted, whichever way they came."""
    return f"login {login_id}"


def subject_of_network(address: str, keyring: Keyring) -> str:
    """Under what the requests from a network are counted; it can't be read back."""
    network = Secret(network_of(address))
    return f"network {keyring.digest(network, purpose='recovery network')}"


def subject_of_slack(identity: SlackIdentity) -> str:
    """Under what the requests of a person in Slack are counted."""
    return f"slack {identity.team_id} {identity.user_id}"


def count_login(session: Session, login_id: int, *, now: datetime) -> bool:
    """Count a request for a login that is held; False when it is one too many."""
    return _count(session, subject_of_login(login_id), OF_A_LOGIN, now)


def count_asker(session: Session, subject: str, *, now: datetime) -> bool:
    """Count a request of a network or a person; False when it is one too many.

    Exact, however many come at once: those of one subject are counted one after the
    other, and nobody waits for another's.
    """
    wait_for_turn(session, subject)
    return _count(session, subject, OF_AN_ASKER, now)


def forget_old(session: Session, *, now: datetime) -> None:
    """Drop what no limit looks at any more."""
    session.execute(delete(RecoveryRequest).where(RecoveryRequest.at <= now - DAY))


def _count(
    session: Session,
    subject: str,
    limits: tuple[tuple[timedelta, int], ...],
    now: datetime,
) -> bool:
    """A request that is refused is not counted, or a network would stay shut."""
    for within, at_most in limits:
        asked = session.scalar(
            select(func.count())
            .select_from(RecoveryRequest)
            .where(
                RecoveryRequest.subject == subject, RecoveryRequest.at > now - within
            )
        )
        if (asked or 0) >= at_most:
            return False
    session.add(RecoveryRequest(subject=subject, at=now))
    session.flush()
    return True
