"""When attempts stop counting: after 24 hours, after a sign-in, and for good."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.logins.model import Login
from domain.permissions import Act, require
from domain.sign_in import comers, counters
from domain.sign_in import lockout_policy as policy
from domain.sign_in.comers import Budget
from domain.sign_in.gate import Visit
from domain.sign_in.model import AttemptOutcome, PasswordAttempt

# Network addresses are kept in this table and nowhere else, and no longer than this
# unless the settings say so.
KEPT_FOR: Final = timedelta(days=183)
_COUNTED: Final = (
    AttemptOutcome.RESERVED,
    AttemptOutcome.WRONG,
    AttemptOutcome.REFUSED,
)


def slide(session: Session, budget: Budget, *, now: datetime) -> None:
    """Let a window that is over begin later, with the failures that are still in it."""
    counter = counters.hold(session, budget.key).get(budget.key)
    since = now - policy.COUNTED_FOR
    if counter is not None and counter.window_began_at <= since:
        _recount(session, budget, since, now)


def forgive(session: Session, login: Login, visit: Visit, *, since: datetime) -> None:
    """A sign-in is complete: what failed before its password came is forgotten.

    In the budget that was used, with its marks. A known browser forgives no stranger
    who guesses at the login, and a sign-in elsewhere no known browser. The network
    address keeps its count, or an attacker could clear it with a login of his own.
    """
    budget = comers.budget_of(session, login, visit)
    if not _forgive(session, budget, since):
        # Most people type it right at once, and have no marks.
        return
    session.execute(
        update(PasswordAttempt)
        .where(
            budget.attempts,
            PasswordAttempt.wrong_mark.is_not(None),
            PasswordAttempt.at <= since,
        )
        .values(wrong_mark=None)
        .execution_options(synchronize_session=False)
    )


def forget_marks(session: Session, *, now: datetime) -> None:
    """Wipe what is remembered of the wrong passwords of a day ago."""
    session.execute(
        update(PasswordAttempt)
        .where(
            PasswordAttempt.wrong_mark.is_not(None),
            PasswordAttempt.at <= now - policy.COUNTED_FOR,
        )
        .values(wrong_mark=None)
        .execution_options(synchronize_session=False)
    )


def forget_attempts(
    session: Session, before: datetime, *, limit: int, actor: Actor
) -> int:
    """Wipe attempts until then, with the networks they came from; how many."""
    require(actor, Act.APPLY_RETENTION)
    some = select(PasswordAttempt.id).where(PasswordAttempt.at <= before)
    wiped = session.scalars(
        delete(PasswordAttempt)
        .where(PasswordAttempt.id.in_(some.order_by(PasswordAttempt.at).limit(limit)))
        .returning(PasswordAttempt.id)
        .execution_options(synchronize_session=False)
    )
    return len(wiped.all())


def _forgive(session: Session, budget: Budget, since: datetime) -> bool:
    """Whether there was anything to forgive."""
    count = counters.forget(session, budget.key, since)
    if count is not None:
        return count > 0
    counter = counters.hold(session, budget.key).get(budget.key)
    if counter is None:
        return False
    # Somebody tried in vain since: those attempts stay.
    _recount(session, budget, since, counter.last_at)
    return True


def _recount(session: Session, budget: Budget, since: datetime, now: datetime) -> None:
    count, first_at = session.execute(
        select(func.count(), func.min(PasswordAttempt.at)).where(
            budget.attempts,
            PasswordAttempt.at > since,
            PasswordAttempt.outcome.in_(_COUNTED),
        )
    ).one()
    counters.renew(
        session, budget.key, count=count, began_at=first_at if count else now
    )
