"""Locking a login after too many wrong passwords, with the story of how it came."""

import itertools
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, distinct, func, select
from sqlalchemy.orm import Session, joinedload

from domain import outbox
from domain.actor import EMPLOYEE
from domain.audit import AuditAct
from domain.letters.queueing import LetterKind, queue_letter
from domain.logins import states
from domain.logins.model import Login, LoginId, LoginState
from domain.logins.recipients import recipient_of
from domain.logins.states import Transition
from domain.record_cards.employment import office_day
from domain.secret import Keyring
from domain.sign_in import lockout_policy as policy
from domain.sign_in.forgetting import KEPT_FOR
from domain.sign_in.lockout_story import Story
from domain.sign_in.model import (
    AttemptOutcome,
    Lockout,
    LockoutAlert,
    PasswordAttempt,
)

LOCKED_NOTICE: Final = "lockout"
_NAMES_WITHIN: Final = timedelta(hours=1)
_READ_AT_MOST: Final = 500
_IN_VAIN: Final = (
    AttemptOutcome.WRONG,
    AttemptOutcome.REPEATED,
    # An attempt whose process was killed while it hashed.
    AttemptOutcome.RESERVED,
)
_LOCKING: Final = Transition(
    LoginState.LOCKED, AuditAct.LOGIN_LOCKED, settles_end_date=False
)


def lock(
    session: Session, login_id: LoginId, *, keyring: Keyring, now: datetime
) -> None:
    """Deactivate a login for too many wrong passwords (manual, tip 2).

    Sessions, links and codes die with it; the branch's admin channel is told, and
    the employee gets a letter. Only an active login is locked, so that a switch-off
    by an administrator stays one: whatever else is closed as it is.
    """
    locked = states.bring(
        session,
        _LOCKING,
        Login.id == login_id,
        states.counted_as(office_day(now)) == LoginState.ACTIVE,
        of=[LoginState.ACTIVE],
        limit=1,
        actor=EMPLOYEE,
        now=now,
    )
    if not locked:
        return
    login = session.scalars(
        select(Login)
        .where(Login.id == login_id)
        .options(joinedload(Login.record_card, innerjoin=True))
        .execution_options(populate_existing=True)
    ).one()
    lockout = Lockout(
        login_id=login_id,
        branch_id=login.record_card.branch_id,
        locked_at=now,
        **vars(_story(session, login, now)),
    )
    session.add(lockout)
    session.flush()
    outbox.queue(session, LOCKED_NOTICE, {"lockout_id": lockout.id}, now=now)
    to = recipient_of(login)
    queue_letter(session, LetterKind.LOCKED_OUT, to, keyring=keyring, now=now)


def forget_old(session: Session, *, now: datetime) -> None:
    """Wipe lockouts of half a year ago, decided or not, and alerts that lose all.

    The states of the logins stay as they are.
    """
    session.execute(delete(Lockout).where(Lockout.locked_at <= now - KEPT_FOR))
    tells_of_one = select(Lockout.id).where(Lockout.alert_id == LockoutAlert.id)
    session.execute(
        delete(LockoutAlert)
        .where(LockoutAlert.opened_at <= now - KEPT_FOR, ~tells_of_one.exists())
        .execution_options(synchronize_session=False)
    )


def _story(session: Session, login: Login, now: datetime) -> Story:
    tried = _tried(session, login, now)
    networks = {row.network for row in tried}
    since = min([now - _NAMES_WITHIN, *(row.at for row in tried[:1])])
    different = [row.at for row in tried if row.outcome is not AttemptOutcome.REPEATED]
    return Story(
        attempts=len(tried),
        networks=len(networks),
        names_from_networks=_names_tried_from(session, networks, since),
        known_browser=any(row.device_id is not None for row in tried),
        seconds_between=_seconds_between(different),
    )


def _tried(session: Session, login: Login, now: datetime) -> Sequence[Any]:
    """The attempts in vain that brought it about, in order.

    Those with this password, since the last sign-in, within 24 hours.
    """
    since = now - policy.COUNTED_FOR
    rows = session.execute(
        select(
            PasswordAttempt.at,
            PasswordAttempt.network,
            PasswordAttempt.device_id,
            PasswordAttempt.outcome,
        )
        .where(
            PasswordAttempt.login_id == login.id,
            # Locking has raised it by one.
            PasswordAttempt.credential_version == login.credential_version - 1,
            PasswordAttempt.outcome.in_(_IN_VAIN),
            PasswordAttempt.at > max(since, login.last_sign_in_at or since),
        )
        .order_by(PasswordAttempt.at.desc(), PasswordAttempt.id.desc())
        # The same password over and over makes no end of them.
        .limit(_READ_AT_MOST)
    ).all()
    return rows[::-1]


def _names_tried_from(session: Session, networks: set[str], since: datetime) -> int:
    """How many names failed there; colleagues who got in there are left out."""
    if not networks:
        return 0
    there: Any = (PasswordAttempt.network.in_(networks), PasswordAttempt.at >= since)
    got_in = select(PasswordAttempt.name_digest).where(
        *there, PasswordAttempt.outcome == AttemptOutcome.RIGHT
    )
    count = session.scalar(
        select(func.count(distinct(PasswordAttempt.name_digest))).where(
            *there,
            PasswordAttempt.outcome.in_(_IN_VAIN),
            PasswordAttempt.name_digest.not_in(got_in),
        )
    )
    return count or 0


def _seconds_between(instants: Sequence[datetime]) -> int:
    """The second shortest time from one password to another.

    Whoever types needs some seconds each time; the pauses lengthen most of them, and
    the shortest may be an accident.
    """
    pairs = itertools.pairwise(instants)
    gaps = sorted((later - earlier).total_seconds() for earlier, later in pairs)
    return int(gaps[:2][-1]) if gaps else 0
