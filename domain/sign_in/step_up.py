"""Step-up: the code that an administrator gives before an act that hands out access.

Counted and compared in one transaction that holds the administrator's row. Nothing
slow is computed, so of many codes at once exactly five are compared, and a right one
works once.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import update
from sqlalchemy.orm import Session

from domain import audit, outbox, step_ups
from domain.actor import Actor, AdministratorId
from domain.administrators import Administrator, hold_rights, of_today
from domain.audit import AuditAct, Concerning
from domain.errors import DomainError, NotFoundError, NotPermittedError
from domain.permissions import Act, require
from domain.secret import Keyring, Secret
from domain.sign_in import step_up_apps, step_up_mail
from domain.sign_in.one_time_codes import read_digits
from domain.step_ups import WRONG_CODES_ALLOWED, CodeWay, StepUp

# The outbox kind by which managers hear of a block.
BLOCKED_NOTICE: Final = "step_up_blocked"


class OwnBlockError(DomainError):
    """One's own block is lifted by another manager."""

    code = "own_step_up_block"


class GivenKind(StrEnum):
    """What became of a code that was given.

    Malformed, used and missing ones are not counted: who gives them guesses nothing.
    """

    RIGHT = "right"
    WRONG = "wrong"
    # Not six digits.
    MALFORMED = "malformed"
    # The app's code of now was given before; its next one works.
    USED = "used"
    # No code was mailed, or it was too long ago, or it was used.
    NONE_WAITING = "none_waiting"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Given:
    """`left` tries after a wrong code; `until` a right one is good."""

    kind: GivenKind
    left: int = 0
    until: datetime | None = None


@dataclass(frozen=True)
class Proof:
    """How a code is compared, and what a right one does."""

    way: CodeWay
    act: AuditAct
    details: dict[str, Any]


def give_code(
    session: Session, typed: str, *, keyring: Keyring, actor: Actor, now: datetime
) -> Given:
    """Compare a code from a letter or the app; a right one is good for 15 minutes.

    The fifth wrong one in a row blocks until a manager lifts it, and managers are
    told. A wrong code is an outcome and no error, so that it is remembered: whoever
    calls lets the transaction commit.
    """
    administrator_id = own_id(actor)
    way = step_ups.way_of(session, administrator_id) or CodeWay.MAIL
    proof = Proof(way, AuditAct.STEP_UP_PASSED, {"way": way.value})
    return prove(session, typed, proof, keyring=keyring, actor=actor, now=now)


def prove(
    session: Session,
    typed: str,
    proof: Proof,
    *,
    keyring: Keyring,
    actor: Actor,
    now: datetime,
) -> Given:
    """The same for any purpose: `proof` says what is compared and what is logged."""
    administrator_id = own_id(actor)
    step_up = step_ups.hold(session, administrator_id)
    # A dismissal wipes what is held here: whoever waited for that has nothing to give.
    actor = of_today(session, actor, Act.GIVE_CODES)
    if step_up.blocked_at is not None:
        return Given(GivenKind.BLOCKED)
    code = read_digits(typed)
    if code is None:
        return Given(GivenKind.MALFORMED)
    by_mail = proof.way is CodeWay.MAIL
    if by_mail and not step_up_mail.is_waiting(step_up, now=now):
        return Given(GivenKind.NONE_WAITING)
    counted = _count(session, administrator_id)
    if counted is None:
        return Given(GivenKind.BLOCKED)
    if by_mail:
        is_right = step_up_mail.use(session, step_up, code, keyring=keyring, now=now)
        outcome = GivenKind.RIGHT if is_right else GivenKind.WRONG
    else:
        outcome = _by_app(session, step_up, code, keyring=keyring, now=now)
    return _settle(session, step_up, outcome, counted, proof, actor=actor, now=now)


def lift(
    session: Session, administrator_id: AdministratorId, *, actor: Actor, now: datetime
) -> bool:
    """Let a blocked administrator give codes again; says whether that was needed.

    Decided by today's rights: whoever was dismissed or demoted a moment ago lifts
    nothing. Raises NotPermittedError, OwnBlockError for one's own, NotFoundError for
    nobody, StepUpRequiredError.
    """
    actor = hold_rights(session, actor, Act.LIFT_STEP_UP)
    if actor.administrator_id == administrator_id:
        raise OwnBlockError
    step_ups.require_step_up(session, actor, now=now)
    if session.get(Administrator, administrator_id) is None:
        raise NotFoundError(kind="administrator")
    lifted = session.execute(
        update(StepUp)
        .where(
            StepUp.administrator_id == administrator_id, StepUp.blocked_at.is_not(None)
        )
        .values(blocked_at=None, wrong_codes=0, confirmed_at=None)
        .returning(StepUp.administrator_id)
    ).all()
    if lifted:
        details = {"administrator_id": administrator_id}
        concerning = Concerning(details=details)
        audit.record(session, AuditAct.STEP_UP_LIFTED, concerning, actor=actor, now=now)
    return bool(lifted)


def own_id(actor: Actor) -> AdministratorId:
    """Whose codes they are. Raises NotPermittedError for who has none to give."""
    require(actor, Act.GIVE_CODES)
    if actor.administrator_id is None:
        raise NotPermittedError(act=Act.GIVE_CODES.value)
    return actor.administrator_id


def _count(session: Session, administrator_id: AdministratorId) -> int | None:
    """The number of this try since the last right code; None when it is one too many.

    One statement counts and decides, before anything is compared.
    """
    return session.scalar(
        update(StepUp)
        .where(
            StepUp.administrator_id == administrator_id,
            StepUp.blocked_at.is_(None),
            StepUp.wrong_codes < WRONG_CODES_ALLOWED,
        )
        .values(wrong_codes=StepUp.wrong_codes + 1)
        .returning(StepUp.wrong_codes)
        .execution_options(synchronize_session=False)
    )


def _by_app(
    session: Session, step_up: StepUp, code: Secret, *, keyring: Keyring, now: datetime
) -> GivenKind:
    step = step_up_apps.matching(step_up, code, keyring=keyring, now=now)
    if step is None:
        return GivenKind.WRONG
    is_new = step_up_apps.spend(session, step_up, step)
    return GivenKind.RIGHT if is_new else GivenKind.USED


def _settle(
    session: Session,
    step_up: StepUp,
    kind: GivenKind,
    counted: int,
    proof: Proof,
    *,
    actor: Actor,
    now: datetime,
) -> Given:
    if kind is GivenKind.USED:
        _write(session, step_up, wrong_codes=counted - 1)
        return Given(kind)
    if kind is GivenKind.RIGHT:
        _write(session, step_up, wrong_codes=0, confirmed_at=now)
        _record(session, proof.act, proof.details, actor, now)
        return Given(kind, until=now + step_ups.STEP_UP_LIFE)
    details = {"way": proof.way.value, "wrong_codes": counted}
    if counted < WRONG_CODES_ALLOWED:
        _record(session, AuditAct.STEP_UP_FAILED, details, actor, now)
        return Given(kind, left=WRONG_CODES_ALLOWED - counted)
    _write(session, step_up, blocked_at=now, confirmed_at=None, code_digest=None)
    _record(session, AuditAct.STEP_UP_BLOCKED, details, actor, now)
    told = {"administrator_id": step_up.administrator_id}
    outbox.queue(session, BLOCKED_NOTICE, told, now=now)
    return Given(GivenKind.BLOCKED)


def _write(session: Session, step_up: StepUp, **values: Any) -> None:
    session.execute(
        update(StepUp)
        .where(StepUp.administrator_id == step_up.administrator_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    session.expire(step_up)


def _record(
    session: Session,
    act: AuditAct,
    details: dict[str, Any],
    actor: Actor,
    now: datetime,
) -> None:
    audit.record(session, act, Concerning(details=details), actor=actor, now=now)
