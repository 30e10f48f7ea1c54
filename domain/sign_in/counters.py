"""Counters of attempts: each is counted by one conditional statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    delete,
    literal,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from domain.database import UtcDateTime
from domain.sign_in import lockout_policy as policy
from domain.sign_in.model import AttemptCounter, CountedBy

_ONE_ATTEMPT: Final = MappingProxyType({"count": 1, "lockouts": 0})
_HELD_IN_ORDER: Final = (
    AttemptCounter.counted_by != CountedBy.NETWORK,
    AttemptCounter.counted_by,
    AttemptCounter.subject,
)


@dataclass(frozen=True)
class CounterKey:
    """Whose attempts: a kind, and which one of it."""

    counted_by: CountedBy
    subject: str

    def is_it(self) -> ColumnElement[bool]:
        """The SQL condition for the counter's row."""
        return and_(
            AttemptCounter.counted_by == self.counted_by,
            AttemptCounter.subject == self.subject,
        )


def count_attempt(
    session: Session, key: CounterKey, *, pauses: bool, now: datetime
) -> int | None:
    """Count one more attempt; gives its number, or None when it may not be made.

    One statement decides and counts, so that of many at once each gets a number
    of its own, and none gets past the pause that the one before it set. None is a
    pause, or a window that is over (see `hold` and `renew`).
    """
    counter = AttemptCounter
    may_count = [counter.window_began_at > now - policy.COUNTED_FOR]
    if pauses:
        may_count.append(
            or_(counter.paused_until.is_(None), counter.paused_until <= now)
        )
    number = counter.count + 1
    until = _paused_until(number, now) if pauses else counter.paused_until
    return _insert_or(
        session,
        key,
        now,
        {"count": number, "last_at": now, "paused_until": until},
        and_(*may_count),
    )


def count_failure_of_network(
    session: Session, network: CounterKey, *, now: datetime
) -> int | None:
    """Count one more failure of a network address; None when its budget is spent."""
    counter = AttemptCounter
    is_over = counter.window_began_at <= now - policy.NETWORK_WINDOW
    has_budget = and_(
        counter.count < policy.NETWORK_FAILURES,
        counter.lockouts < policy.NETWORK_LOCKOUTS,
    )
    values = {
        "count": case((is_over, 1), else_=counter.count + 1),
        "lockouts": case((is_over, 0), else_=counter.lockouts),
        "window_began_at": case(
            (is_over, literal(now, UtcDateTime())), else_=counter.window_began_at
        ),
        "last_at": now,
    }
    return _insert_or(session, network, now, values, or_(is_over, has_budget))


def count_lockout_of_network(
    session: Session, network: CounterKey, *, now: datetime
) -> bool:
    """Count a lockout against the address that caused it; False when it had three.

    The hour begins anew with each: within no hour are there more than three. Known
    browsers leave their address uncounted, so its row may be missing, or be over.
    """
    counter = AttemptCounter
    is_over = counter.window_began_at <= now - policy.NETWORK_WINDOW
    values = {
        "count": case((is_over, 0), else_=counter.count),
        "lockouts": case((is_over, 1), else_=counter.lockouts + 1),
        "window_began_at": now,
        "last_at": now,
    }
    has_one_left = or_(is_over, counter.lockouts < policy.NETWORK_LOCKOUTS)
    first = {"count": 0, "lockouts": 1}
    counted = _insert_or(session, network, now, values, has_one_left, first=first)
    return counted is not None


def give_back(session: Session, key: CounterKey, counted_at: datetime) -> None:
    """Take back one attempt, and its pause; nothing when it is not counted any more."""
    values: dict[str, Any] = {
        "count": AttemptCounter.count - 1,
        "paused_until": case(
            (AttemptCounter.last_at <= counted_at, None),
            else_=AttemptCounter.paused_until,
        ),
    }
    is_counted = and_(
        AttemptCounter.count > 0, AttemptCounter.window_began_at <= counted_at
    )
    _change(session, key, is_counted, values)


def hold(session: Session, *keys: CounterKey) -> dict[CounterKey, AttemptCounter]:
    """The counters as they are, which nobody else changes until the transaction ends.

    Held in one order by everybody: networks come first.
    """
    rows = session.scalars(
        select(AttemptCounter)
        .where(or_(*(key.is_it() for key in keys)))
        .order_by(*_HELD_IN_ORDER)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {CounterKey(row.counted_by, row.subject): row for row in rows}


def renew(session: Session, key: CounterKey, *, count: int, began_at: datetime) -> None:
    """Let a counter that is held begin another window, with what it has of it."""
    values = {"count": count, "window_began_at": began_at}
    _change(session, key, literal(True), values)  # noqa: FBT003 (SQL's true)


def forget(session: Session, key: CounterKey, since: datetime) -> int | None:
    """Begin from nothing, unless somebody tried after `since`; gives what it had."""
    forgetting = delete(AttemptCounter).where(
        key.is_it(), AttemptCounter.last_at <= since
    )
    count: int | None = session.scalar(
        forgetting.returning(AttemptCounter.count).execution_options(
            synchronize_session=False
        )
    )
    return count


def forget_old(session: Session, *, now: datetime) -> None:
    """Wipe counters whose window is over, as if nothing was ever counted.

    In the order in which everybody holds them; one that is held is in use again, or
    goes the next time.
    """
    old = (
        select(AttemptCounter.counted_by, AttemptCounter.subject)
        .where(AttemptCounter.last_at <= now - policy.COUNTED_FOR)
        .order_by(*_HELD_IN_ORDER)
        .with_for_update(skip_locked=True)
    )
    is_old = tuple_(AttemptCounter.counted_by, AttemptCounter.subject).in_(old)
    session.execute(
        delete(AttemptCounter)
        .where(is_old)
        .execution_options(synchronize_session=False)
    )


def _paused_until(number: ColumnElement[int], now: datetime) -> ColumnElement[Any]:
    """The pause that begins with this number; none of them is longer than the last."""
    instants = {
        failures: literal(now + pause, UtcDateTime())
        for failures, pause in policy.GROWING_PAUSES.items()
    }
    longest = literal(now + policy.LONGEST_PAUSE, UtcDateTime())
    none = dict.fromkeys(range(1, policy.FIRST_PAUSED))
    return case(none | instants, value=number, else_=longest)


def _insert_or(
    session: Session,
    key: CounterKey,
    now: datetime,
    change: dict[str, Any],
    condition: ColumnElement[bool],
    *,
    first: Mapping[str, int] = _ONE_ATTEMPT,
) -> int | None:
    """Begin a counter, or change it on a condition; gives its count."""
    table: Any = AttemptCounter.__table__
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if is_postgresql else sqlite.insert
    statement = insert(table).values(
        counted_by=key.counted_by,
        subject=key.subject,
        **first,
        window_began_at=now,
        last_at=now,
    )
    counted = statement.on_conflict_do_update(
        index_elements=["counted_by", "subject"], set_=change, where=condition
    ).returning(table.c.count)
    count: int | None = session.scalar(counted)
    return count


def _change(
    session: Session,
    key: CounterKey,
    condition: ColumnElement[bool],
    values: dict[str, Any],
) -> bool:
    changed = session.execute(
        update(AttemptCounter)
        .where(key.is_it(), condition)
        .values(values)
        .returning(AttemptCounter.count)
        .execution_options(synchronize_session=False)
    ).all()
    return bool(changed)
