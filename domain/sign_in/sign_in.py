"""Signing in with user name and password.

An attempt is reserved in one transaction, hashed outside any, and ended in another
(docs/architecture.md). What is refused looks and takes the same for a name that
nobody has, a wrong password and a locked login: one lookup, one reservation, one
hash, one end. A pause hashes nothing, for any name: it comes before the password is
looked at, is as long for a name that nobody has as for one that somebody has, and
what the policy holds back must not take a core from those who may go on.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain import audit
from domain.actor import EMPLOYEE
from domain.audit import AuditAct, Concerning
from domain.errors import HashingBusyError
from domain.logins.model import Login, LoginId, PasswordKind, SecondFactor
from domain.logins.passwords import meets_floor
from domain.secret import Secret
from domain.sign_in import (
    attempts,
    comers,
    lockouts,
    mail_codes,
    second_step,
    sessions,
)
from domain.sign_in import lockout_policy as policy
from domain.sign_in.attempts import Paused, Reservation
from domain.sign_in.comers import Comer, Known
from domain.sign_in.gate import Verdict, Visit, Way, may_authenticate
from domain.sign_in.model import Stage
from domain.sign_in.sessions import NewSession
from domain.sign_in.tools import SignInTools


class OutcomeKind(StrEnum):
    """What the visitor is told; REFUSED is the same for unknown, wrong and locked."""

    GO_ON = "go_on"
    REFUSED = "refused"
    PAUSED = "paused"
    INACTIVE = "inactive"
    EXPIRED = "expired"


@dataclass(frozen=True)
class SignInOutcome:
    """`session` when there is one to go on with; `retry_after` when paused."""

    kind: OutcomeKind
    session: NewSession | None = None
    retry_after: timedelta | None = None


_TOLD: Final = {
    Verdict.LOCKED: OutcomeKind.REFUSED,
    Verdict.INACTIVE: OutcomeKind.INACTIVE,
    Verdict.EXPIRED: OutcomeKind.EXPIRED,
}


@dataclass(frozen=True)
class _Compared:
    """An attempt whose password was compared; `new_hash` replaces a weak one."""

    reservation: Reservation
    password: Secret
    is_right: bool
    new_hash: str | None = None


def sign_in(
    tools: SignInTools, user_name: str, password: Secret, *, visit: Visit, now: datetime
) -> SignInOutcome:
    """Try a password; a right one begins a session.

    An initial password that expired is told after it was right, and so is a login
    that was never activated, switched off, or whose employment ended (product,
    section 4). Raises HashingBusyError and DatabaseBusyError, and then nothing was
    decided about the password.
    """
    with tools.transaction() as session:
        comer = comers.by_name(session, user_name, visit, tools.keyring)
        reserved = attempts.reserve(session, comer, pauses=tools.pauses, now=now)
    if isinstance(reserved, Paused):
        return SignInOutcome(OutcomeKind.PAUSED, retry_after=reserved.retry_after)
    compared = _compare(tools, reserved, password)
    with tools.transaction() as session:
        known = _let_in(session, tools, compared, now)
        if not isinstance(known, Known):
            return known
        return SignInOutcome(
            OutcomeKind.GO_ON, session=_begin(session, tools, known, visit, now)
        )


def verify_current_password(
    tools: SignInTools,
    login_id: int,
    password: Secret,
    *,
    visit: Visit,
    now: datetime,
) -> SignInOutcome:
    """Ask somebody who is signed in for the password once more.

    Reserved, counted and refused exactly as a sign-in; GO_ON begins no session.
    """
    with tools.transaction() as session:
        comer = comers.by_login(session, login_id, visit, tools.keyring)
        reserved = attempts.reserve(session, comer, pauses=tools.pauses, now=now)
    if isinstance(reserved, Paused):
        return SignInOutcome(OutcomeKind.PAUSED, retry_after=reserved.retry_after)
    compared = _compare(tools, reserved, password)
    with tools.transaction() as session:
        known = _let_in(session, tools, compared, now)
    return SignInOutcome(OutcomeKind.GO_ON) if isinstance(known, Known) else known


def _compare(
    tools: SignInTools, reservation: Reservation, password: Secret
) -> _Compared:
    stored, is_initial = reservation.password_hash, reservation.is_initial
    try:
        is_right = tools.hashing.verify(password, stored, is_initial=is_initial)
        is_weak = is_right and stored is not None and not meets_floor(stored)
        new_hash = (
            tools.hashing.rehash(password, is_initial=is_initial) if is_weak else None
        )
    except HashingBusyError:
        # Nothing was decided, so nothing is counted.
        with tools.transaction() as session:
            attempts.withdraw(session, reservation)
        raise
    return _Compared(reservation, password, is_right, new_hash)


def _let_in(
    session: Session, tools: SignInTools, compared: _Compared, now: datetime
) -> Known | SignInOutcome:
    """Who came in, or what they are told; the attempt is ended either way."""
    known = compared.reservation.comer.known
    if known is None or not compared.is_right:
        _end_wrong(session, tools, compared, now)
        return SignInOutcome(OutcomeKind.REFUSED)
    login = _as_it_is_now(session, known)
    verdict = may_authenticate(login, known.card, Way.PASSWORD, now=now)
    if login.credential_version != known.login.credential_version:
        # Another password since, or locked by those who were faster.
        verdict = Verdict.LOCKED
    if verdict is not Verdict.OPEN:
        _end_refused(session, tools, compared, verdict, now)
        return SignInOutcome(_TOLD[verdict])
    attempts.end_right(session, compared.reservation)
    if compared.new_hash is not None:
        login.password_hash = compared.new_hash
    return Known(login, known.card, known.branch, known.device_id)


def _as_it_is_now(session: Session, known: Known) -> Login:
    return session.scalars(
        select(Login)
        .where(Login.id == known.login.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def _begin(
    session: Session, tools: SignInTools, known: Known, visit: Visit, now: datetime
) -> NewSession:
    login, card = known.login, known.card
    factor = second_step.required_factor(login, known.branch)
    number = sessions.new_number()
    if factor is SecondFactor.MAIL:
        mail_codes.send(session, login, card, number, keyring=tools.keyring, now=now)
    return sessions.begin(
        session,
        login,
        card,
        _first_stage(login, factor),
        sign_in_number=number,
        visit=visit,
        now=now,
    )


def _first_stage(login: Login, factor: SecondFactor) -> Stage:
    if factor is not SecondFactor.NONE:
        return Stage.CODE_DUE
    is_initial = login.password_kind is PasswordKind.INITIAL
    return Stage.CHANGE_DUE if is_initial else Stage.IN


def _end_wrong(
    session: Session, tools: SignInTools, compared: _Compared, now: datetime
) -> None:
    reservation, keyring = compared.reservation, tools.keyring
    failures = attempts.end_wrong(
        session, reservation, compared.password, keyring=keyring, now=now
    )
    comer = reservation.comer
    if failures is None or comer.known is None:
        return
    if failures == policy.FIRST_PAUSED:
        # Of two wrong ones nothing is said: that happens to everybody.
        _record_refusal(session, comer.known, "wrong_passwords", now)
    if policy.locks(failures, comer.allowed):
        _lock_if_due(session, tools, comer, comer.known, now)


def _lock_if_due(
    session: Session, tools: SignInTools, comer: Comer, known: Known, now: datetime
) -> None:
    login = _as_it_is_now(session, known)
    verdict = may_authenticate(login, known.card, Way.PASSWORD, now=now)
    # A switch-off by an administrator stays one; what is locked is so already.
    can_be_locked = verdict in (Verdict.OPEN, Verdict.EXPIRED)
    if can_be_locked and attempts.is_lock_due(session, comer, now=now):
        lockouts.lock(session, LoginId(login.id), keyring=tools.keyring, now=now)


def _end_refused(
    session: Session,
    tools: SignInTools,
    compared: _Compared,
    verdict: Verdict,
    now: datetime,
) -> None:
    reservation = compared.reservation
    failures = attempts.end_refused(
        session, reservation, compared.password, keyring=tools.keyring, now=now
    )
    known = reservation.comer.known
    if failures is not None and known is not None and verdict is not Verdict.LOCKED:
        _record_refusal(session, known, verdict.value, now)


def _record_refusal(session: Session, known: Known, why: str, now: datetime) -> None:
    audit.record(
        session,
        AuditAct.SIGN_IN_REFUSED,
        Concerning(
            branch_id=known.branch.id,
            record_card_id=known.card.id,
            login_id=known.login.id,
            details={"why": why},
        ),
        actor=EMPLOYEE,
        now=now,
    )
