"""Locking a login after too many wrong passwords, with the story of how it came."""

import itertools
from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Any, Final

from sqlalchemy import ColumnElement, distinct, func, or_, select
from sqlalchemy.orm import Session

from domain import outbox
from domain.actor import EMPLOYEE
from domain.audit import AuditAct
from domain.letters.queueing import LetterKind, Recipient, queue_letter
from domain.logins import states
from domain.logins.model import Login, LoginId, LoginState
from domain.logins.states import Transition
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard
from domain.secret import Keyring
from domain.sign_in.lockout_story import Story
from domain.sign_in.model import AttemptOutcome, Lockout, PasswordAttempt

LOCKED_NOTICE: Final = "lockout"
_COUNTED_FOR: Final = timedelta(hours=24)
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
    login, card = session.execute(
        select(Login, RecordCard)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .where(Login.id == login_id)
    ).one()
    lockout = Lockout(
        login_id=login_id,
        branch_id=card.branch_id,
        locked_at=now,
        **vars(_story(session, login_id, now)),
    )
    session.add(lockout)
    session.flush()
    outbox.queue(session, LOCKED_NOTICE, {"lockout_id": lockout.id}, now=now)
    _queue_letter(session, login, card, keyring, now)


def _queue_letter(
    session: Session, login: Login, card: RecordCard, keyring: Keyring, now: datetime
) -> None:
    to = Recipient(
        address=card.email or login.user_name,
        first_name=card.first_name or card.full_name,
        language=login.language,
        record_card_id=card.id,
    )
    queue_letter(session, LetterKind.LOCKED_OUT, to, keyring=keyring, now=now)


def _story(session: Session, login_id: LoginId, now: datetime) -> Story:
    """What was tried since the lockout before this one, within 24 hours."""
    tried = _latest(session, login_id, now, list(AttemptOutcome))
    in_vain = _latest(session, login_id, now, _IN_VAIN)
    networks = {row.network for row in in_vain}
    since = min([now - _NAMES_WITHIN, *(row.at for row in in_vain[:1])])
    return Story(
        attempts=len(in_vain),
        networks=len(networks),
        names_from_networks=_names_tried_from(session, networks, since),
        known_browser=any(row.device_id is not None for row in in_vain),
        # Robots that do not wait when they are told to are known by it.
        seconds_between=_seconds_between([row.at for row in tried]),
    )


def _latest(
    session: Session,
    login_id: LoginId,
    now: datetime,
    outcomes: Sequence[AttemptOutcome],
) -> list[Any]:
    """The last attempts with these outcomes, in order; a flood is not read whole."""
    rows = session.execute(
        select(PasswordAttempt.at, PasswordAttempt.network, PasswordAttempt.device_id)
        .where(
            PasswordAttempt.login_id == login_id,
            PasswordAttempt.outcome.in_(outcomes),
            PasswordAttempt.at > now - _COUNTED_FOR,
            _after_the_lockout_before(login_id),
        )
        .order_by(PasswordAttempt.at.desc(), PasswordAttempt.id.desc())
        .limit(_READ_AT_MOST)
    ).all()
    return list(reversed(rows))


def _after_the_lockout_before(login_id: LoginId) -> ColumnElement[bool]:
    before = (
        select(func.max(Lockout.locked_at))
        .where(Lockout.login_id == login_id)
        .scalar_subquery()
    )
    return or_(before.is_(None), PasswordAttempt.at > before)


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
    pairs = itertools.pairwise(instants)
    gaps = [(later - earlier).total_seconds() for earlier, later in pairs]
    return int(median(gaps)) if gaps else 0
