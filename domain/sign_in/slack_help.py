"""What somebody in Slack who asks for a new password gets: a letter, or a reason."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.database import wait_for_turn
from domain.logins.recipients import recipient_of
from domain.record_cards.model import RecordCardId
from domain.secret import Keyring
from domain.sign_in import recovery, recovery_limits, slack_links
from domain.sign_in.model import RecoveryRequest
from domain.sign_in.recovery_limits import OF_A_LOGIN, OF_AN_ASKER
from domain.slack_users import SlackIdentity

SAME_WISH_WITHIN: Final = timedelta(seconds=5)
_Limits = tuple[tuple[timedelta, int], ...]


class HelpKind(Enum):
    """What becomes of the request."""

    LETTER = auto()
    LATER = auto()
    NO_LOGIN = auto()
    UNKNOWN = auto()


@dataclass(frozen=True)
class Help:
    """`address` is where the letter goes; `again_at` when there may be another."""

    kind: HelpKind
    address: str | None = None
    again_at: datetime | None = None


def ask_for_letter(
    session: Session, identity: SlackIdentity, *, keyring: Keyring, now: datetime
) -> Help:
    """Have a letter sent to whoever is linked to this person in Slack.

    The answer is the same for a login that is locked, closed or not yet active: the
    letter says how it stands, and goes to the address of the record card. A second
    wish within seconds, as of a double click, is the same wish.
    """
    linked = slack_links.find_card(session, identity)
    if linked is None:
        return Help(HelpKind.UNKNOWN)
    if linked.login is None:
        return Help(HelpKind.NO_LOGIN)
    asker = recovery_limits.subject_of_slack(identity)
    wait_for_turn(session, asker)
    letter = Help(HelpKind.LETTER, address=recipient_of(linked.login).address)
    card_id = RecordCardId(linked.card.id)
    wish = f"wish {card_id} {identity.team_id} {identity.user_id}"
    if _is_as_of_just_now(session, wish, now):
        return letter
    again_at = _again_at(session, linked.login.id, wish, asker, now)
    if again_at is not None:
        return Help(HelpKind.LATER, again_at=again_at)
    session.add(RecoveryRequest(subject=wish, at=now))
    recovery.request_link_in_slack(session, card_id, identity, keyring=keyring, now=now)
    return letter


def _is_as_of_just_now(session: Session, wish: str, now: datetime) -> bool:
    """Whether this person wished the same for the same card only seconds ago."""
    wished = session.scalar(
        select(RecoveryRequest.id)
        .where(
            RecoveryRequest.subject == wish,
            RecoveryRequest.at > now - SAME_WISH_WITHIN,
        )
        .limit(1)
    )
    return wished is not None


def _again_at(
    session: Session, login_id: int, wish: str, asker: str, now: datetime
) -> datetime | None:
    """When all limits leave room again; None when they do so now.

    The worker counts for the login, whichever way a request came; wishes that it has
    not come to yet are counted here.
    """
    login = recovery_limits.subject_of_login(login_id)
    waits = [
        *_waits(session, login, OF_A_LOGIN, now),
        *_waits(session, wish, OF_A_LOGIN, now),
        *_waits(session, asker, OF_AN_ASKER, now),
    ]
    return max(waits, default=None)


def _waits(
    session: Session, subject: str, limits: _Limits, now: datetime
) -> list[datetime]:
    waits = []
    for within, at_most in limits:
        # Once the last but `at_most - 1` is too old to count, there is room for one.
        in_the_way = session.scalar(
            select(RecoveryRequest.at)
            .where(
                RecoveryRequest.subject == subject, RecoveryRequest.at > now - within
            )
            .order_by(RecoveryRequest.at.desc(), RecoveryRequest.id.desc())
            .offset(at_most - 1)
            .limit(1)
        )
        if in_the_way is not None:
            waits.append(in_the_way + within)
    return waits
