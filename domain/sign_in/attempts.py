"""Attempts with a password: reserved before the hash, ended after it.

Rows are held in one order by everybody: the login, its network's counter, its own
counter. A process that is killed between reserving and ending leaves an attempt
that counts as wrong.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from domain.logins.model import Login, LoginState, PasswordKind
from domain.logins.passwords import canonical_form
from domain.secret import Keyring, Secret
from domain.sign_in import counters, forgetting
from domain.sign_in import lockout_policy as policy
from domain.sign_in.comers import Comer
from domain.sign_in.counters import CounterKey
from domain.sign_in.hashing_slots import LONGEST
from domain.sign_in.model import AttemptCounter, AttemptOutcome, PasswordAttempt

_MARK_DIGITS: Final = 8
_NOBODY: Final = 0


@dataclass(frozen=True)
class Paused:
    """Nothing is counted and nothing compared until the pause is over."""

    retry_after: timedelta


@dataclass(frozen=True)
class Reservation:
    """An attempt that is counted; what the password is compared with.

    `is_permitted`: the policy lets this one reach the stored hash. In everything
    else, from the dummy hash to the marks, attempts are treated alike, or their
    pauses would tell a known name from an unknown one.
    """

    attempt_id: int
    at: datetime
    comer: Comer
    is_permitted: bool

    @property
    def password_hash(self) -> str | None:
        """The hash to compare with; None is a dummy."""
        if self.comer.known is None or not self.is_permitted:
            return None
        login = self.comer.known.login
        return None if login.state is LoginState.LOCKED else login.password_hash

    @property
    def is_initial(self) -> bool:
        """Whether the password is compared in the form of those that we made."""
        known = self.comer.known
        return known is not None and known.login.password_kind is PasswordKind.INITIAL


def reserve(
    session: Session, comer: Comer, *, pauses: bool, now: datetime
) -> Reservation | Paused:
    """Count an attempt before anything is compared.

    First the network address has its budget, then the login its pause. A browser
    that signed in before is counted by itself, so that neither an attack from
    elsewhere nor one in the same restaurant keeps the owner out.
    A pause leaves nothing behind: no row, no count.
    """
    network = comer.network_key
    if network is not None:
        counted = counters.count_failure_of_network(session, network, now=now)
        if counted is None:
            return Paused(_rest_of_hour(session, network, now))
    number = counters.count_attempt(session, comer.key, pauses=pauses, now=now)
    if number is None:
        forgetting.slide(session, comer.budget, now=now)
        number = counters.count_attempt(session, comer.key, pauses=pauses, now=now)
    if number is None:
        retry_after = _rest_of_pause(session, comer.key, now)
        # Takes the network's count back too.
        session.rollback()
        return Paused(retry_after)
    return Reservation(
        attempt_id=_add(session, comer, now),
        at=now,
        comer=comer,
        is_permitted=policy.may_reach_hash(number, comer.allowed),
    )


def withdraw(session: Session, reservation: Reservation) -> None:
    """Take back an attempt with which nothing was compared."""
    _give_back_everything(session, reservation)
    session.execute(
        delete(PasswordAttempt).where(PasswordAttempt.id == reservation.attempt_id)
    )


def end_right(session: Session, reservation: Reservation) -> None:
    """The password was right and the gate is open: no failure, so it goes back.

    What failed before stays counted until the sign-in is complete (`forgive`). The
    login is held.
    """
    _give_back_everything(session, reservation)
    _end(session, reservation, AttemptOutcome.RIGHT, None)


def end_wrong(
    session: Session,
    reservation: Reservation,
    password: Secret,
    *,
    keyring: Keyring,
    now: datetime,
) -> int | None:
    """The password failed; gives how many are counted, this one included.

    None when the same password failed before: it counts once, so its reservation
    goes back. The network's does not, or one password could be sent without end; in a
    known browser the own one goes back no oftener than the branch allows failures.
    """
    outcome = (
        AttemptOutcome.WRONG if reservation.is_permitted else AttemptOutcome.REFUSED
    )
    return _end_in_vain(session, reservation, password, outcome, keyring, now)


def end_refused(
    session: Session,
    reservation: Reservation,
    password: Secret,
    *,
    keyring: Keyring,
    now: datetime,
) -> int | None:
    """The password was right, and the login may not come in: counted, and once."""
    outcome = AttemptOutcome.REFUSED
    return _end_in_vain(session, reservation, password, outcome, keyring, now)


def is_lock_due(session: Session, comer: Comer, *, now: datetime) -> bool:
    """Whether as many failed as the branch allows; one in the air may be right.

    Counts the lockout against the network address, that of a known browser too: its
    cookie is of a computer that colleagues share, and can be copied. An address that
    caused three within the hour causes no more: the login stays as it is, with its
    attempts used up.
    """
    counter = counters.hold(session, comer.key).get(comer.key)
    if counter is None or not policy.locks(counter.count, comer.allowed):
        return False
    failures = _failures_since(session, comer, counter.window_began_at, now)
    if not policy.locks(failures, comer.allowed):
        return False
    return counters.count_lockout_of_network(session, comer.lockouts_key, now=now)


def _add(session: Session, comer: Comer, now: datetime) -> int:
    known = comer.known
    attempt = PasswordAttempt(
        at=now,
        login_id=known.login.id if known else None,
        name_digest=comer.name_digest,
        network=comer.network,
        device_id=known.device_id if known else None,
        credential_version=known.login.credential_version if known else None,
        outcome=AttemptOutcome.RESERVED,
    )
    session.add(attempt)
    session.flush()
    return attempt.id


def _hold(session: Session, comer: Comer) -> dict[CounterKey, AttemptCounter]:
    """The login and its counters, in everybody's order; unknown names ask the same."""
    login_id = comer.known.login.id if comer.known else _NOBODY
    # key_share: who holds a counter may still add an attempt at this login.
    session.execute(
        select(Login.id).where(Login.id == login_id).with_for_update(key_share=True)
    )
    return counters.hold(session, comer.lockouts_key, comer.key)


def _give_back_everything(session: Session, reservation: Reservation) -> None:
    for key in (reservation.comer.network_key, reservation.comer.key):
        if key is not None:
            counters.give_back(session, key, reservation.at)


def _end_in_vain(
    session: Session,
    reservation: Reservation,
    password: Secret,
    outcome: AttemptOutcome,
    keyring: Keyring,
    now: datetime,
) -> int | None:
    comer = reservation.comer
    held = _hold(session, comer)
    mark = _mark(password, keyring, comer)
    counter = held.get(comer.key)
    if _is_marked(session, comer, mark, now):
        if counter is not None and _may_repeat(session, comer, counter):
            counters.give_back(session, comer.key, reservation.at)
        _end(session, reservation, AttemptOutcome.REPEATED, None)
        return None
    _end(session, reservation, outcome, mark)
    return counter.count if counter else 0


def _end(
    session: Session,
    reservation: Reservation,
    outcome: AttemptOutcome,
    mark: int | None,
) -> None:
    session.execute(
        update(PasswordAttempt)
        .where(PasswordAttempt.id == reservation.attempt_id)
        .values(outcome=outcome, wrong_mark=mark)
        .execution_options(synchronize_session=False)
    )


def _mark(password: Secret, keyring: Keyring, comer: Comer) -> int:
    """32 bits: too few to tell the password by, enough to know it again."""
    is_password = len(password.reveal()) <= LONGEST
    typed = canonical_form(password) if is_password else password
    digest = keyring.digest(typed, purpose=comer.mark_purpose)
    return int(digest.partition(".")[2][:_MARK_DIGITS], 16)


def _is_marked(session: Session, comer: Comer, mark: int, now: datetime) -> bool:
    same = select(PasswordAttempt.id).where(
        comer.is_subject(),
        PasswordAttempt.wrong_mark == mark,
        PasswordAttempt.at > now - policy.COUNTED_FOR,
    )
    return session.scalar(same.limit(1)) is not None


def _may_repeat(session: Session, comer: Comer, counter: AttemptCounter) -> bool:
    """Whether a repetition costs nothing; a network's budget limits it elsewhere."""
    if comer.network_key is not None:
        return True
    repeated = session.scalar(
        select(func.count()).where(
            comer.budget.attempts,
            PasswordAttempt.at >= counter.window_began_at,
            PasswordAttempt.outcome == AttemptOutcome.REPEATED,
        )
    )
    return (repeated or 0) < comer.allowed


def _failures_since(
    session: Session, comer: Comer, since: datetime, now: datetime
) -> int:
    was_killed = and_(
        PasswordAttempt.outcome == AttemptOutcome.RESERVED,
        PasswordAttempt.at <= now - policy.IN_FLIGHT,
    )
    count = session.scalar(
        select(func.count()).where(
            comer.budget.attempts,
            PasswordAttempt.at >= since,
            or_(PasswordAttempt.outcome == AttemptOutcome.WRONG, was_killed),
        )
    )
    return count or 0


def _rest_of_hour(session: Session, network: CounterKey, now: datetime) -> timedelta:
    counter = counters.hold(session, network)[network]
    return counter.window_began_at + policy.NETWORK_WINDOW - now


def _rest_of_pause(session: Session, key: CounterKey, now: datetime) -> timedelta:
    paused_until = counters.hold(session, key)[key].paused_until
    return paused_until - now if paused_until else timedelta(seconds=1)
